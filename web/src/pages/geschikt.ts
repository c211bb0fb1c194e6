// Where an activity fits: the verdict everywhere as tiles, the zones found, and why at the place that is clicked.
import type { GeoJSONSource, Map as GlMap, RasterTileSource } from "maplibre-gl";
import { follower } from "../deel";
import { mapIn } from "../kaart/vak";
import { colour, onThemeChange } from "../kleur";
import { onRenewed } from "../levend";
import { query } from "../vraag";
import { formatPoint, parsePoint } from "../wkt";

const LABEL = "Kaart met het oordeel op elke plek. Klik op een plek om te zien waarom, of druk op Enter voor het midden van de kaart.";
/** The anchor of kaart/basis.ts, which is fetched only when there is a map. */
const ABOVE_AREAS = "boven-de-gebieden";
const TILE_MAX_ZOOM = 14;
const TILE_SIZE = 256;
const OPACITY = 0.7;

/** The question of the form, without the place that was clicked. */
function asked(): URLSearchParams | undefined {
  const form = document.querySelector<HTMLFormElement>("form[data-live]");
  const found = form === null ? new URLSearchParams(location.search) : query(form);
  found.delete("punt");
  return (found.get("activiteit") ?? "") === "" ? undefined : found;
}

const tiles = (question: URLSearchParams): string => `${location.origin}/geschikt/tegels/{z}/{x}/{y}?${question.toString()}`;
const zones = (question: URLSearchParams): string => `${location.origin}/geschikt.geojson?${question.toString()}`;

function opacity(): number {
  const slider = document.querySelector<HTMLInputElement>("[data-dekking]");
  return slider === null ? OPACITY : Number(slider.value) / Number(slider.max || 100);
}

function addLayers(map: GlMap, question: URLSearchParams): void {
  map.addSource("geschikt", { type: "raster", tiles: [tiles(question)], tileSize: TILE_SIZE, maxzoom: TILE_MAX_ZOOM });
  map.addLayer({ id: "geschikt", type: "raster", source: "geschikt", paint: { "raster-resampling": "nearest", "raster-opacity": opacity(), "raster-fade-duration": 0 } }, ABOVE_AREAS);
  map.addSource("zones", { type: "geojson", data: zones(question) });
  map.addLayer({ id: "zones", type: "line", source: "zones", paint: { "line-width": 2 } }, ABOVE_AREAS);
}

const paint = (map: GlMap): void => {
  if (map.getLayer("zones") !== undefined) map.setPaintProperty("zones", "line-color", colour("tekst"));
};

/** Shows the answer to the question as it is now; nothing without an activity. */
function renew(map: GlMap): void {
  const question = asked();
  const source = map.getSource<RasterTileSource>("geschikt");
  for (const id of ["geschikt", "zones"]) {
    if (map.getLayer(id) !== undefined) map.setLayoutProperty(id, "visibility", question === undefined ? "none" : "visible");
  }
  if (question === undefined) return;
  if (source === undefined) addLayers(map, question);
  else {
    source.setTiles([tiles(question)]);
    map.getSource<GeoJSONSource>("zones")?.setData(zones(question));
  }
  paint(map);
}

async function start(): Promise<void> {
  const found = await mapIn("geschikt", LABEL);
  if (found === undefined) return;
  const { map } = found;
  const slider = document.querySelector<HTMLElement>(".brink-dekking");
  if (slider !== null) slider.hidden = false;
  const { onPlace, point, showShape } = await import("../kaart/plan");
  const spot = parsePoint(document.querySelector<HTMLInputElement>("[data-live-deel='plek'] input[name='punt']")?.value ?? "");
  showShape(map, spot === undefined ? undefined : point(spot));
  renew(map);
  onThemeChange(() => paint(map));

  const ask = follower("plek");
  let last = asked()?.toString();
  onRenewed(({ url }) => {
    const now = asked()?.toString();
    if (url.pathname === "/geschikt/plek" || now === last) return;
    last = now;
    renew(map);
  });
  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.dataset["dekking"] !== undefined && map.getLayer("geschikt") !== undefined) {
      map.setPaintProperty("geschikt", "raster-opacity", opacity());
    }
  });
  onPlace(map, (chosen) => {
    const question = asked();
    if (question === undefined) return;
    showShape(map, point(chosen));
    const url = new URL("/geschikt/plek", location.href);
    url.search = question.toString();
    url.searchParams.set("punt", formatPoint(chosen));
    void ask(url).then(() => {
      const own = new URL(location.href);
      own.searchParams.set("punt", formatPoint(chosen));
      history.replaceState(history.state, "", own);
    });
  });
}

void start();
