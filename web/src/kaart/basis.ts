// The map: base layer of PDOK when it can be reached, else the municipalities and place names of our own server.
import { AttributionControl, Map as GlMap, NavigationControl, ScaleControl, setWorkerUrl, type MapOptions } from "maplibre-gl";
import { colour, isDark, onThemeChange } from "../kleur";
import type { Bounds } from "../wkt";
import { DUTCH } from "./taal";
import { placeNames } from "./plaatsnamen";

setWorkerUrl(new URL(`./${WORKER_FILE}`, import.meta.url).href);

const PDOK = "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857";
const PDOK_FIRST_TILE = `${PDOK}/8/132/83.png`;
const PDOK_WAIT_MS = 2500;
const OWN_AFTER_MS = 400;
const NETHERLANDS: Bounds = [3.2, 50.7, 7.3, 53.6];
const MARGIN_DEGREES = 1.5;
const TILE_SIZE = 256;
const PDOK_MAX_ZOOM = 19;
export const TILE_MAX_ZOOM = 14;

/** Vector tiles of the areas, one layer in them per area. */
export function areaTiles(ids: string[]): string {
  return `${location.origin}/ogc/v1/tiles/WebMercatorQuad/{z}/{y}/{x}?f=mvt&collections=${ids.map(encodeURIComponent).join(",")}`;
}

export function words(text: string | undefined): string[] {
  return (text ?? "").split(",").map((word) => word.trim()).filter((word) => word !== "");
}

export function extent(box: HTMLElement): Bounds {
  const [west, south, east, north] = words(box.dataset["bereik"]).map(Number);
  if (west === undefined || south === undefined || east === undefined || north === undefined) return NETHERLANDS;
  const numbers: Bounds = [west, south, east, north];
  return numbers.every(Number.isFinite) && west < east && south < north ? numbers : NETHERLANDS;
}

/** Layers of data come above this one, base layers below it. */
export const ABOVE_BASE = "boven-de-ondergrond";
/** Areas come below this one; place names and the plan above it. */
export const ABOVE_AREAS = "boven-de-gebieden";

function options(box: HTMLElement, label: string): MapOptions {
  const start = extent(box);
  const [west, south, east, north] = start;
  return {
    container: box,
    style: {
      version: 8,
      sources: {},
      layers: [
        { id: "achtergrond", type: "background", paint: { "background-color": colour("vlak-2") } },
        { id: ABOVE_BASE, type: "background", layout: { visibility: "none" } },
        { id: ABOVE_AREAS, type: "background", layout: { visibility: "none" } },
      ],
    },
    bounds: start,
    fitBoundsOptions: { padding: 12 },
    maxBounds: [west - MARGIN_DEGREES, south - MARGIN_DEGREES, east + MARGIN_DEGREES, north + MARGIN_DEGREES],
    minZoom: 5,
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    attributionControl: false,
    // On a phone one finger scrolls the page; two move the map.
    cooperativeGestures: matchMedia("(max-width: 60rem)").matches,
    locale: { ...DUTCH, "Map.Title": label },
  };
}

/** Whether the base map can be reached: its first tile comes in time. */
async function pdokAnswers(): Promise<boolean> {
  try {
    const response = await fetch(PDOK_FIRST_TILE, { signal: AbortSignal.timeout(PDOK_WAIT_MS), credentials: "omit" });
    return response.ok;
  } catch {
    return false;
  }
}

function addPdok(map: GlMap): void {
  map.addSource("pdok", {
    type: "raster",
    tiles: [`${PDOK}/{z}/{x}/{y}.png`],
    tileSize: TILE_SIZE,
    maxzoom: PDOK_MAX_ZOOM,
    attribution: "Kaart: Kadaster, PDOK (BRT)",
  });
  map.addLayer({ id: "pdok", type: "raster", source: "pdok" }, ABOVE_BASE);
}

const OWN = "gemeenten";

function addOwn(map: GlMap, ids: string[]): void {
  if (ids.length === 0) return;
  map.addSource(OWN, { type: "vector", tiles: [areaTiles(ids)], maxzoom: TILE_MAX_ZOOM, attribution: "Eigen kaart: gemeenten en plaatsen" });
  for (const id of ids) {
    map.addLayer({ id: `${OWN}-vlak-${id}`, type: "fill", source: OWN, "source-layer": id }, ABOVE_BASE);
    map.addLayer({ id: `${OWN}-lijn-${id}`, type: "line", source: OWN, "source-layer": id }, ABOVE_BASE);
  }
}

function removeOwn(map: GlMap): void {
  for (const layer of map.getStyle().layers) {
    if (layer.id.startsWith(`${OWN}-`)) map.removeLayer(layer.id);
  }
  if (map.getSource(OWN) !== undefined) map.removeSource(OWN);
}

function paintBase(map: GlMap): void {
  map.setPaintProperty("achtergrond", "background-color", colour("vlak-2"));
  if (map.getLayer("pdok") !== undefined) {
    // A dark map is the light one turned over: low and high brightness change places.
    map.setPaintProperty("pdok", "raster-brightness-min", isDark() ? 0.95 : 0);
    map.setPaintProperty("pdok", "raster-brightness-max", isDark() ? 0.1 : 1);
  }
  for (const layer of map.getStyle().layers) {
    if (layer.id.startsWith(`${OWN}-vlak-`)) map.setPaintProperty(layer.id, "fill-color", colour("grond"));
    if (layer.id.startsWith(`${OWN}-lijn-`)) {
      map.setPaintProperty(layer.id, "line-color", colour("rand"));
      map.setPaintProperty(layer.id, "line-width", ["interpolate", ["linear"], ["zoom"], 7, 0.6, 12, 1.5]);
    }
  }
}

async function addBase(map: GlMap, ids: string[]): Promise<void> {
  const names = placeNames(map);
  let own = false;
  const useOwn = (): void => {
    if (own) return;
    own = true;
    addOwn(map, ids);
    names.show();
    paintBase(map);
  };
  const waiting = setTimeout(useOwn, OWN_AFTER_MS);
  const reached = await pdokAnswers();
  clearTimeout(waiting);
  if (!reached) {
    useOwn();
    return;
  }
  if (own) {
    removeOwn(map);
    names.hide();
  }
  addPdok(map);
  paintBase(map);
}

/** Fills the box with a map; undefined (and the box stays hidden) where maps cannot be drawn. */
export async function createMap(box: HTMLElement, label: string): Promise<GlMap | undefined> {
  if (document.createElement("canvas").getContext("webgl2") === null) return undefined;
  box.hidden = false;
  let map: GlMap;
  try {
    map = new GlMap(options(box, label));
  } catch (error) {
    console.warn("map cannot be drawn", error);
    box.replaceChildren();
    box.hidden = true;
    return undefined;
  }
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ maxWidth: 120 }), "top-left");
  map.addControl(new AttributionControl({ compact: true }), "bottom-right");
  await new Promise<void>((done) => void map.once("style.load", () => done()));
  onThemeChange(() => paintBase(map));
  void addBase(map, words(box.dataset["basis"]));
  return map;
}
