// The map: the base map the server names when it can be reached, else the municipalities and place names of our own server.
import { AttributionControl, Map as GlMap, NavigationControl, ScaleControl, setWorkerUrl, type MapOptions } from "maplibre-gl";
import { colour, isDark, onThemeChange } from "../kleur";
import type { Bounds } from "../wkt";
import { DUTCH } from "./taal";
import { placeNames } from "./plaatsnamen";

setWorkerUrl(new URL(`./${WORKER_FILE}`, import.meta.url).href);

const BASE = "achtergrondkaart";
const BASE_WAIT_MS = 2500;
/** A tile in the middle of the Netherlands, to try. */
const FIRST_TILE = { z: "8", x: "132", y: "83" };
const OWN_AFTER_MS = 400;
const NETHERLANDS: Bounds = [3.2, 50.7, 7.3, 53.6];
const MARGIN_DEGREES = 1.5;
const TILE_SIZE = 256;
const BASE_MAX_ZOOM = 19;
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

interface BaseMap {
  tiles: string;
  source: string;
}

/** The base map that the server lets us use: its policy allows no other address. */
function baseMap(): BaseMap | undefined {
  const told = document.querySelector<HTMLMetaElement>("meta[name='brink-achtergrondkaart']");
  return told === null || told.content === "" ? undefined : { tiles: told.content, source: told.dataset["bron"] ?? "" };
}

/** Whether the base map can be reached: its first tile comes in time. */
async function answers({ tiles }: BaseMap): Promise<boolean> {
  const tile = tiles.replace(/\{([xyz])\}/g, (_, axis: "x" | "y" | "z") => FIRST_TILE[axis]);
  try {
    const response = await fetch(tile, { signal: AbortSignal.timeout(BASE_WAIT_MS), credentials: "omit" });
    return response.ok;
  } catch {
    return false;
  }
}

/** Text as HTML: MapLibre takes an attribution for HTML. */
function escaped(text: string): string {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
}

function addBaseMap(map: GlMap, { tiles, source }: BaseMap): void {
  map.addSource(BASE, { type: "raster", tiles: [tiles], tileSize: TILE_SIZE, maxzoom: BASE_MAX_ZOOM, attribution: escaped(source) });
  map.addLayer({ id: BASE, type: "raster", source: BASE }, ABOVE_BASE);
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
  if (map.getLayer(BASE) !== undefined) {
    // A dark map is the light one turned over: low and high brightness change places.
    map.setPaintProperty(BASE, "raster-brightness-min", isDark() ? 0.95 : 0);
    map.setPaintProperty(BASE, "raster-brightness-max", isDark() ? 0.1 : 1);
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
  const base = baseMap();
  const waiting = setTimeout(useOwn, OWN_AFTER_MS);
  const reached = base !== undefined && (await answers(base));
  clearTimeout(waiting);
  if (base === undefined || !reached) {
    useOwn();
    return;
  }
  if (own) {
    removeOwn(map);
    names.hide();
  }
  addBaseMap(map, base);
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
