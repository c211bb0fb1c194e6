// Areas on the map: vector tiles, one source per area so that each goes on and off by itself.
import type { FilterSpecification, LayerSpecification, Map as GlMap } from "maplibre-gl";
import { areaColour, onThemeChange } from "../kleur";
import { ABOVE_AREAS, TILE_MAX_ZOOM, areaTiles } from "./basis";
import { hatch } from "./arcering";

export interface Area {
  id: string;
  /** 1 to 12, see areaColour. */
  hue: number;
  /** 0 to 1. */
  opacity: number;
}

const SKETCH: FilterSpecification = ["==", ["get", "kaartsoort"], "schets"];
const FILL = 0.35;
const HATCH = 0.75;

const shape = (kind: string, ...more: FilterSpecification[]): FilterSpecification =>
  ["all", ["==", ["geometry-type"], kind], ...more] as FilterSpecification;

export class AreaLayers {
  private readonly shown = new Map<string, Area>();

  constructor(private readonly map: GlMap) {
    onThemeChange(() => {
      for (const area of [...this.shown.values()]) {
        this.hide(area.id);
        this.show(area);
      }
    });
  }

  show(area: Area): void {
    if (this.shown.has(area.id)) return;
    this.shown.set(area.id, area);
    const source = `gebied-${area.id}`;
    this.map.addSource(source, { type: "vector", tiles: [areaTiles([area.id])], maxzoom: TILE_MAX_ZOOM });
    for (const layer of this.layers(area, source)) this.map.addLayer(layer, ABOVE_AREAS);
  }

  hide(id: string): void {
    if (!this.shown.delete(id)) return;
    const source = `gebied-${id}`;
    for (const layer of this.map.getStyle().layers) {
      if ("source" in layer && layer.source === source) this.map.removeLayer(layer.id);
    }
    this.map.removeSource(source);
  }

  opacity(id: string, opacity: number): void {
    const area = this.shown.get(id);
    if (area === undefined) return;
    area.opacity = opacity;
    for (const layer of this.layers(area, `gebied-${id}`)) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        if (name.endsWith("-opacity")) this.map.setPaintProperty(layer.id, name as "fill-opacity", value);
      }
    }
  }

  /** Shows these areas and no others. */
  only(areas: Area[]): void {
    for (const id of [...this.shown.keys()]) {
      if (!areas.some((area) => area.id === id)) this.hide(id);
    }
    for (const area of areas) this.show(area);
  }

  private layers({ id, hue, opacity }: Area, source: string): LayerSpecification[] {
    const ink = areaColour(hue);
    const base = { source, "source-layer": id } as const;
    const real: FilterSpecification = ["!", SKETCH] as FilterSpecification;
    return [
      { id: `${source}-vlak`, type: "fill", ...base, filter: shape("Polygon", real), paint: { "fill-color": ink, "fill-opacity": FILL * opacity } },
      {
        id: `${source}-schets`,
        type: "fill",
        ...base,
        filter: shape("Polygon", SKETCH),
        paint: { "fill-pattern": hatch(this.map, ink), "fill-opacity": HATCH * opacity },
      },
      {
        id: `${source}-rand`,
        type: "line",
        ...base,
        filter: ["all", ["!=", ["geometry-type"], "Point"], real] as FilterSpecification,
        paint: { "line-color": ink, "line-width": 1.5, "line-opacity": opacity },
      },
      {
        id: `${source}-schetsrand`,
        type: "line",
        ...base,
        filter: ["all", ["!=", ["geometry-type"], "Point"], SKETCH] as FilterSpecification,
        paint: { "line-color": ink, "line-width": 1.5, "line-dasharray": [3, 2], "line-opacity": opacity },
      },
      {
        id: `${source}-punt`,
        type: "circle",
        ...base,
        filter: shape("Point"),
        paint: {
          "circle-color": ink,
          "circle-radius": 5,
          "circle-opacity": opacity,
          "circle-stroke-color": "#ffffff",
          "circle-stroke-width": 1.5,
          "circle-stroke-opacity": opacity,
        },
      },
    ];
  }
}

/** Areas of a list of ids, each with the next colour. */
export function numbered(ids: string[]): Area[] {
  return ids.map((id, n) => ({ id, hue: n + 1, opacity: 1 }));
}
