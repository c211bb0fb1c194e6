// Place names on our own base layer, in the fonts of the reader's machine (the style has no glyphs address).
import type { Map as GlMap } from "maplibre-gl";
import { colour, onThemeChange } from "../kleur";

const ID = "plaatsnamen";

function paint(map: GlMap): void {
  if (map.getLayer(ID) === undefined) return;
  map.setPaintProperty(ID, "text-color", colour("tekst"));
  map.setPaintProperty(ID, "text-halo-color", colour("grond"));
}

export function placeNames(map: GlMap): { show: () => void; hide: () => void } {
  onThemeChange(() => paint(map));
  return {
    show: () => {
      if (map.getLayer(ID) !== undefined) return;
      map.addSource(ID, { type: "geojson", data: `${location.origin}/api/v1/plaatsen` });
      map.addLayer({
        id: ID,
        type: "symbol",
        source: ID,
        layout: {
          "text-field": ["coalesce", ["get", "naam"], ""],
          "text-font": ["sans-serif"],
          "text-size": ["interpolate", ["linear"], ["zoom"], 7, 11, 12, 15],
          "text-padding": 6,
          // Where the server tells how many people live there, larger places win.
          "symbol-sort-key": ["-", 0, ["coalesce", ["to-number", ["get", "inwoners"]], 0]],
        },
        paint: { "text-halo-width": 1.5 },
      });
      paint(map);
    },
    hide: () => {
      if (map.getLayer(ID) !== undefined) map.removeLayer(ID);
      if (map.getSource(ID) !== undefined) map.removeSource(ID);
    },
  };
}
