// The shape of a plan, shown only (not drawn), and the chosen point.
import type { GeoJSONSource, Map as GlMap } from "maplibre-gl";
import { colour, onThemeChange } from "../kleur";
import { type Position, type Shape, bounds } from "../wkt";

const SOURCE = "plan";
const MAX_ZOOM = 15;

function collection(shape: Shape | undefined): GeoJSON.FeatureCollection {
  return { type: "FeatureCollection", features: shape === undefined ? [] : [{ type: "Feature", properties: {}, geometry: shape }] };
}

function paint(map: GlMap): void {
  map.setPaintProperty("plan-rand", "line-color", colour("tekst"));
  map.setPaintProperty("plan-vlak", "fill-color", colour("tekst"));
  map.setPaintProperty("plan-punt", "circle-color", colour("accent"));
  map.setPaintProperty("plan-punt", "circle-stroke-color", colour("grond"));
}

/** Shows a shape above everything else; nothing when there is none. */
export function showShape(map: GlMap, shape: Shape | undefined): void {
  const source = map.getSource<GeoJSONSource>(SOURCE);
  if (source !== undefined) {
    source.setData(collection(shape));
    return;
  }
  map.addSource(SOURCE, { type: "geojson", data: collection(shape) });
  map.addLayer({ id: "plan-vlak", type: "fill", source: SOURCE, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-opacity": 0.12 } });
  map.addLayer({ id: "plan-rand", type: "line", source: SOURCE, filter: ["!=", ["geometry-type"], "Point"], paint: { "line-width": 3 } });
  map.addLayer({
    id: "plan-punt",
    type: "circle",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-radius": 8, "circle-stroke-width": 3 },
  });
  paint(map);
  onThemeChange(() => paint(map));
}

export function point(coordinates: Position): Shape {
  return { type: "Point", coordinates };
}

/** Brings a shape into view. */
export function fit(map: GlMap, shape: Shape, maxZoom = MAX_ZOOM): void {
  map.fitBounds(bounds(shape), { padding: 48, maxZoom, animate: false });
}

/** A click, or Enter on the map for its middle: the place that was meant. */
export function onPlace(map: GlMap, act: (place: Position) => void): void {
  map.on("click", (event) => act([event.lngLat.lng, event.lngLat.lat]));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const { lng, lat } = map.getCenter();
    act([lng, lat]);
  });
}
