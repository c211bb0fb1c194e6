// Drawing the place of a plan: the shape goes as well-known text into the field `vorm` of the form.
import type { Map as GlMap } from "maplibre-gl";
import {
  type GeoJSONStoreFeatures,
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawPointMode,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { colour, onThemeChange } from "../kleur";
import { type Position, type Shape, type SimpleShape, formatWkt, join, parseWkt, parts } from "../wkt";
import { fit, showShape } from "./plan";
import { type Tool, Toolbar } from "./tekenbalk";

const MODES = { punt: "point", lijn: "linestring", vlak: "polygon", aanpassen: "select" } as const;
const MODE_OF = { Point: "point", LineString: "linestring", Polygon: "polygon" } as const;
const MAX_EDITABLE_VERTICES = 500;
const MIN_CORNERS = 3;
const DECIMALS = 1e6;

type Hex = `#${string}`;

function hex(token: string): Hex {
  return colour(token, "#1b6047") as Hex;
}

/** How shapes look in each mode, in the theme of now. */
function styles() {
  const [ink, edge] = [hex("accent"), hex("grond")];
  const closing = { closingPointColor: edge, closingPointOutlineColor: ink, closingPointOutlineWidth: 3, closingPointWidth: 7 };
  return {
    point: { pointColor: ink, pointWidth: 8, pointOutlineColor: edge, pointOutlineWidth: 3 },
    linestring: { lineStringColor: ink, lineStringWidth: 4, ...closing },
    polygon: { fillColor: ink, fillOpacity: 0.2, outlineColor: ink, outlineWidth: 3, ...closing },
    select: {
      selectedPointColor: ink,
      selectedPointWidth: 9,
      selectedPointOutlineColor: edge,
      selectedPointOutlineWidth: 3,
      selectedLineStringColor: ink,
      selectedLineStringWidth: 4,
      selectedPolygonColor: ink,
      selectedPolygonFillOpacity: 0.2,
      selectedPolygonOutlineColor: ink,
      selectedPolygonOutlineWidth: 3,
      selectionPointColor: edge,
      selectionPointOutlineColor: ink,
      selectionPointOutlineWidth: 3,
      selectionPointWidth: 7,
      midPointColor: edge,
      midPointOutlineColor: ink,
      midPointOutlineWidth: 1,
      midPointWidth: 4,
    },
  };
}

function modes(): [TerraDrawPointMode, TerraDrawLineStringMode, TerraDrawPolygonMode, TerraDrawSelectMode] {
  const look = styles();
  const corners = { feature: { draggable: true, coordinates: { midpoints: true, draggable: true, deletable: true } } };
  return [
    new TerraDrawPointMode({ styles: look.point }),
    new TerraDrawLineStringMode({ styles: look.linestring }),
    new TerraDrawPolygonMode({ styles: look.polygon }),
    new TerraDrawSelectMode({
      // Deleting and leaving off are ours, so that the field follows.
      keyEvents: { deselect: "Escape", delete: null, rotate: null, scale: null },
      flags: { point: { feature: { draggable: true } }, linestring: corners, polygon: corners },
      styles: look.select,
    }),
  ];
}

const rounded = (value: number): number => Math.round(value * DECIMALS) / DECIMALS;

function feature(shape: SimpleShape): GeoJSONStoreFeatures {
  const round = (value: unknown): unknown => (Array.isArray(value) ? value.map(round) : rounded(value as number));
  return {
    type: "Feature",
    properties: { mode: MODE_OF[shape.type] },
    geometry: { type: shape.type, coordinates: round(shape.coordinates) } as GeoJSONStoreFeatures["geometry"],
  };
}

/** Holes and very many corners can be shown, not dragged. */
function editable(shape: Shape): boolean {
  const flat = (shape.coordinates as unknown[]).flat(3).length / 2;
  return flat <= MAX_EDITABLE_VERTICES && parts(shape).every((part) => part.type !== "Polygon" || part.coordinates.length === 1);
}

export class Drawing {
  private readonly draw: TerraDraw;
  private readonly bar: Toolbar;
  private tool: Tool | undefined;
  private written: string;
  /** Corners put by keyboard, of a shape that is not ended yet. */
  private corners: Position[] = [];

  constructor(
    private readonly map: GlMap,
    box: HTMLElement,
    private readonly field: HTMLInputElement | HTMLTextAreaElement,
  ) {
    showShape(map, undefined);
    this.draw = new TerraDraw({ adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 9 }), modes: modes() });
    this.draw.start();
    this.bar = new Toolbar(box, (tool) => this.use(tool));
    this.written = box.dataset["vorm"] ?? field.value;
    this.load(this.written, true);
    this.draw.on("finish", (id, { action }) => this.finished(String(id), action === "draw"));
    field.addEventListener("change", () => {
      if (field.value !== this.written) this.read(field.value);
    });
    map.getCanvas().addEventListener("keydown", this.key);
    onThemeChange(() => {
      for (const [mode, look] of Object.entries(styles())) this.draw.setModeStyles(mode, look);
      this.load(this.written, false);
    });
  }

  /** By keyboard: Enter puts a corner in the middle of the map, twice at the same place ends the shape. */
  private key = (event: KeyboardEvent): void => {
    if (event.key === "Delete") this.use("wissen");
    if (event.key === "Escape") this.drop();
    if (event.key === "Backspace" && this.corners.length > 0) {
      this.corners.pop();
      this.preview();
    }
    if (event.key !== "Enter" || this.draw.getModeState() === "drawing") return;
    const { lng, lat } = this.map.getCenter();
    const here: Position = [rounded(lng), rounded(lat)];
    if (this.tool === "punt") this.replace({ type: "Point", coordinates: here });
    if (this.tool === "lijn" || this.tool === "vlak") this.corner(here, this.tool);
  };

  private corner(here: Position, tool: "lijn" | "vlak"): void {
    const last = this.corners[this.corners.length - 1];
    if (last?.[0] !== here[0] || last[1] !== here[1]) {
      this.corners.push(here);
      this.preview();
      return;
    }
    const [first] = this.corners;
    if (first === undefined || this.corners.length < (tool === "vlak" ? MIN_CORNERS : 2)) return;
    const shape: SimpleShape =
      tool === "vlak" ? { type: "Polygon", coordinates: [[...this.corners, first]] } : { type: "LineString", coordinates: [...this.corners] };
    this.corners = [];
    this.replace(shape);
  }

  private preview(): void {
    const [first, ...more] = this.corners;
    if (first === undefined) showShape(this.map, undefined);
    else showShape(this.map, more.length === 0 ? { type: "Point", coordinates: first } : { type: "LineString", coordinates: this.corners });
  }

  private drop(): void {
    if (this.corners.length === 0) return;
    this.corners = [];
    showShape(this.map, undefined);
  }

  /** Shows another shape, chosen elsewhere on the page. */
  read(text: string): void {
    if (text === this.written) return;
    this.written = text;
    this.load(text, true);
  }

  private load(text: string, show: boolean): void {
    const shape = parseWkt(text);
    this.draw.clear();
    const drawable = shape !== undefined && editable(shape);
    const refused = drawable && this.draw.addFeatures(parts(shape).map(feature)).some((result) => !result.valid);
    if (refused) this.draw.clear();
    showShape(this.map, drawable && !refused ? undefined : shape);
    this.bar.filled(shape !== undefined, drawable && !refused);
    this.take(undefined, shape !== undefined && !drawable ? "Deze vorm is te ingewikkeld om hier aan te passen. U kunt een nieuwe tekenen." : undefined);
    if (shape !== undefined && show) fit(this.map, shape);
  }

  private take(tool: Tool | undefined, hint?: string): void {
    this.drop();
    this.tool = tool;
    if (tool === undefined || tool === "wissen") this.draw.setMode("static");
    else this.draw.setMode(MODES[tool]);
    this.bar.choose(tool, hint);
  }

  private use(tool: Tool): void {
    if (tool === "wissen") {
      this.draw.clear();
      showShape(this.map, undefined);
      this.bar.filled(false);
      this.take(undefined, "De vorm is gewist.");
      this.write("");
      return;
    }
    this.take(this.tool === tool ? undefined : tool);
    if (this.tool === "aanpassen") this.select();
  }

  /** The only shape is taken in hand at once. */
  private select(): void {
    const [only, ...more] = this.members();
    if (only?.id !== undefined && more.length === 0) this.draw.selectFeature(only.id);
  }

  private members(): GeoJSONStoreFeatures[] {
    const kinds: string[] = Object.values(MODE_OF);
    return this.draw.getSnapshot().filter(({ properties }) => kinds.includes(String(properties["mode"])) && properties["selectionPoint"] !== true && properties["midPoint"] !== true);
  }

  private replace(shape: SimpleShape): void {
    this.draw.clear();
    const [added] = this.draw.addFeatures([feature(shape)]);
    if (added?.valid !== true) {
      this.bar.filled(false);
      this.write("");
      this.bar.choose(this.tool, "Deze vorm kan niet: de lijnen kruisen elkaar of er zijn te weinig hoeken. Teken opnieuw.");
      return;
    }
    this.settle();
  }

  private finished(id: string, drawn: boolean): void {
    if (drawn) {
      // A plan has one place: what was there before makes way.
      const others = this.members().flatMap((member) => (member.id === undefined || String(member.id) === id ? [] : [member.id]));
      this.draw.removeFeatures(others);
    }
    if (drawn) this.settle();
    else this.write(this.text());
  }

  private settle(): void {
    showShape(this.map, undefined);
    this.bar.filled(true);
    const text = this.text();
    if (this.tool !== "punt") {
      this.take("aanpassen");
      this.select();
    }
    this.write(text);
  }

  private text(): string {
    const shape = join(this.members().map((member) => member.geometry as SimpleShape));
    return shape === undefined ? "" : formatWkt(shape);
  }

  private write(text: string): void {
    this.written = text;
    this.field.value = text;
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
