// Well-known text (WGS84, longitude before latitude) to GeoJSON and back.

export type Position = [number, number];
export type Shape =
  | { type: "Point"; coordinates: Position }
  | { type: "LineString"; coordinates: Position[] }
  | { type: "Polygon"; coordinates: Position[][] }
  | { type: "MultiPoint"; coordinates: Position[] }
  | { type: "MultiLineString"; coordinates: Position[][] }
  | { type: "MultiPolygon"; coordinates: Position[][][] };
export type SimpleShape = Extract<Shape, { type: "Point" | "LineString" | "Polygon" }>;

const DECIMALS = 6;
const MIN_RING = 4;

/** A number of a coordinate: at most six decimals (about 0.1 m), no trailing zeros. */
export function formatNumber(value: number): string {
  const text = value.toFixed(DECIMALS).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}

function list<T>(items: T[], one: (item: T) => string): string {
  return `(${items.map(one).join(", ")})`;
}

const position = ([x, y]: Position): string => `${formatNumber(x)} ${formatNumber(y)}`;
const positions = (line: Position[]): string => list(line, position);
const rings = (polygon: Position[][]): string => list(polygon, positions);

export function formatWkt(shape: Shape): string {
  switch (shape.type) {
    case "Point":
      return `POINT (${position(shape.coordinates)})`;
    case "LineString":
      return `LINESTRING ${positions(shape.coordinates)}`;
    case "Polygon":
      return `POLYGON ${rings(shape.coordinates)}`;
    case "MultiPoint":
      return `MULTIPOINT ${list(shape.coordinates, (point) => `(${position(point)})`)}`;
    case "MultiLineString":
      return `MULTILINESTRING ${rings(shape.coordinates)}`;
    case "MultiPolygon":
      return `MULTIPOLYGON ${list(shape.coordinates, rings)}`;
  }
}

/** Reads the nested lists of a text; every failing step answers undefined. */
class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  private blank(): void {
    while (/\s/.test(this.text.charAt(this.at))) this.at += 1;
  }

  word(): string {
    this.blank();
    const found = /^[a-z]+/i.exec(this.text.slice(this.at))?.[0] ?? "";
    this.at += found.length;
    return found.toUpperCase();
  }

  take(sign: string): boolean {
    this.blank();
    if (this.text.charAt(this.at) !== sign) return false;
    this.at += 1;
    return true;
  }

  private number(): number | undefined {
    this.blank();
    const found = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i.exec(this.text.slice(this.at, this.at + 40))?.[0];
    if (found === undefined) return undefined;
    this.at += found.length;
    return Number(found);
  }

  /** A longitude and a latitude; a height after them is read and dropped. */
  position = (): Position | undefined => {
    const x = this.number();
    const y = this.number();
    if (x === undefined || y === undefined || Math.abs(x) > 180 || Math.abs(y) > 90) return undefined;
    this.number();
    return [x, y];
  };

  /** A position that may stand in brackets of its own, as in MULTIPOINT. */
  bracketed = (): Position | undefined => {
    if (!this.take("(")) return this.position();
    const found = this.position();
    return this.take(")") ? found : undefined;
  };

  list<T>(one: () => T | undefined): T[] | undefined {
    if (!this.take("(")) return undefined;
    const items: T[] = [];
    do {
      const item = one();
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.take(","));
    return this.take(")") ? items : undefined;
  }

  line = (): Position[] | undefined => {
    const line = this.list(this.position);
    return line !== undefined && line.length > 1 ? line : undefined;
  };

  lines = (): Position[][] | undefined => this.list(this.line);

  rings = (): Position[][] | undefined => {
    const rings = this.lines();
    const closed = rings?.every((ring) => {
      const [first, last] = [ring[0], ring[ring.length - 1]];
      return ring.length >= MIN_RING && first?.[0] === last?.[0] && first?.[1] === last?.[1];
    });
    return closed === true ? rings : undefined;
  };

  ended(): boolean {
    this.blank();
    return this.at === this.text.length;
  }
}

function read(reader: Reader): Shape | undefined {
  const kind = reader.word();
  const dimension = reader.word();
  if (!["", "Z", "M"].includes(dimension)) return undefined;
  switch (kind) {
    case "POINT": {
      const found = reader.bracketed();
      return found && { type: "Point", coordinates: found };
    }
    case "LINESTRING": {
      const found = reader.line();
      return found && { type: "LineString", coordinates: found };
    }
    case "POLYGON": {
      const found = reader.rings();
      return found && { type: "Polygon", coordinates: found };
    }
    case "MULTIPOINT": {
      const found = reader.list(reader.bracketed);
      return found && { type: "MultiPoint", coordinates: found };
    }
    case "MULTILINESTRING": {
      const found = reader.lines();
      return found && { type: "MultiLineString", coordinates: found };
    }
    case "MULTIPOLYGON": {
      const found = reader.list(reader.rings);
      return found && { type: "MultiPolygon", coordinates: found };
    }
    default:
      return undefined;
  }
}

/** The shape of a text, or undefined when it is not well-known text of a shape the plan can have. */
export function parseWkt(text: string): Shape | undefined {
  const reader = new Reader(text);
  const shape = read(reader);
  return reader.ended() ? shape : undefined;
}

/** "6.5,52.9" as a position. */
export function parsePoint(text: string): Position | undefined {
  const [x, y, ...rest] = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (x === undefined || y === undefined || rest.length > 0) return undefined;
  return Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : undefined;
}

export function formatPoint([x, y]: Position): string {
  return `${formatNumber(x)},${formatNumber(y)}`;
}

/** A shape taken apart: multi-shapes as their members. */
export function parts(shape: Shape): SimpleShape[] {
  switch (shape.type) {
    case "MultiPoint":
      return shape.coordinates.map((coordinates) => ({ type: "Point", coordinates }));
    case "MultiLineString":
      return shape.coordinates.map((coordinates) => ({ type: "LineString", coordinates }));
    case "MultiPolygon":
      return shape.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
    default:
      return [shape];
  }
}

/** Members of one kind put together; undefined when there are none or the kinds differ. */
export function join(members: SimpleShape[]): Shape | undefined {
  const [first] = members;
  if (first === undefined || members.some((member) => member.type !== first.type)) return undefined;
  if (members.length === 1) return first;
  switch (first.type) {
    case "Point":
      return { type: "MultiPoint", coordinates: members.map((member) => member.coordinates as Position) };
    case "LineString":
      return { type: "MultiLineString", coordinates: members.map((member) => member.coordinates as Position[]) };
    case "Polygon":
      return { type: "MultiPolygon", coordinates: members.map((member) => member.coordinates as Position[][]) };
  }
}

export type Bounds = [number, number, number, number];

/** West, south, east, north. */
export function bounds(shape: Shape): Bounds {
  const flat = (shape.coordinates as unknown[]).flat(3) as number[];
  const xs = flat.filter((_, n) => n % 2 === 0);
  const ys = flat.filter((_, n) => n % 2 === 1);
  const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (values: number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
  return [least(xs), least(ys), most(xs), most(ys)];
}
