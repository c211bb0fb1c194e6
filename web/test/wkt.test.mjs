import assert from "node:assert/strict";
import { test } from "node:test";
import { bounds, formatNumber, formatPoint, formatWkt, join, parsePoint, parseWkt, parts } from "../src/wkt.ts";

const RING = "(6.4 52.8, 6.6 52.8, 6.6 52.9, 6.4 52.8)";

test("numbers have at most six decimals and no trailing zeros", () => {
  assert.equal(formatNumber(6.12345678), "6.123457");
  assert.equal(formatNumber(6.5), "6.5");
  assert.equal(formatNumber(100), "100");
  assert.equal(formatNumber(-0.0000001), "0");
});

test("every kind of shape comes back as it was written", () => {
  for (const text of [
    "POINT (6.5 52.9)",
    "LINESTRING (6.4 52.8, 6.5 52.9)",
    `POLYGON (${RING})`,
    `POLYGON (${RING}, (6.5 52.81, 6.55 52.81, 6.55 52.83, 6.5 52.81))`,
    "MULTIPOINT ((6.5 52.9), (6.6 52.9))",
    "MULTILINESTRING ((6.4 52.8, 6.5 52.9), (6.6 52.8, 6.7 52.9))",
    `MULTIPOLYGON ((${RING}), (${RING}))`,
  ]) {
    const shape = parseWkt(text);
    assert.ok(shape, text);
    assert.equal(formatWkt(shape), text);
  }
});

test("writings of other programs are read", () => {
  assert.deepEqual(parseWkt(" point z( 6.5  52.9 10.2 ) "), { type: "Point", coordinates: [6.5, 52.9] });
  assert.deepEqual(parseWkt("MULTIPOINT(6.5 52.9,6.6 52.9)")?.coordinates, [[6.5, 52.9], [6.6, 52.9]]);
  assert.deepEqual(parseWkt("POINT(6.5e0 +52.9)")?.coordinates, [6.5, 52.9]);
});

test("what is no shape is not read", () => {
  for (const text of [
    "",
    "POINT",
    "POINT (6.5)",
    "POINT (6.5 52.9",
    "POINT (6.5 52.9) and more",
    "POINT (200 52.9)",
    "POINT (6.5 95)",
    "POINT EMPTY",
    "LINESTRING (6.4 52.8)",
    "POLYGON ((6.4 52.8, 6.6 52.8, 6.6 52.9))",
    "POLYGON ((6.4 52.8, 6.6 52.8, 6.6 52.9, 6.5 52.8))",
    "CIRCLE (6.5 52.9)",
    "POINT (6.5 <script>)",
  ]) {
    assert.equal(parseWkt(text), undefined, text);
  }
});

test("a drawn shape is stable: written and read again it gives the same text", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 500; round += 1) {
    const ring = Array.from({ length: 3 + Math.floor(random() * 6) }, () => [random() * 360 - 180, random() * 180 - 90]);
    const text = formatWkt({ type: "Polygon", coordinates: [[...ring, ring[0]]] });
    const again = parseWkt(text);
    assert.ok(again, text);
    assert.equal(formatWkt(again), text);
  }
});

test("a multi-shape comes apart and together again", () => {
  const shape = parseWkt(`MULTIPOLYGON ((${RING}), (${RING}))`);
  const members = parts(shape);
  assert.equal(members.length, 2);
  assert.deepEqual(join(members), shape);
  assert.deepEqual(join(members.slice(0, 1)), { type: "Polygon", coordinates: members[0].coordinates });
  assert.equal(join([]), undefined);
  assert.equal(join([members[0], { type: "Point", coordinates: [6, 52] }]), undefined);
});

test("bounds are west, south, east, north", () => {
  assert.deepEqual(bounds(parseWkt(`POLYGON (${RING})`)), [6.4, 52.8, 6.6, 52.9]);
  assert.deepEqual(bounds(parseWkt("POINT (6.5 52.9)")), [6.5, 52.9, 6.5, 52.9]);
  assert.deepEqual(bounds(parseWkt(`MULTIPOLYGON ((${RING}), ((6.7 52.7, 6.8 52.7, 6.8 52.75, 6.7 52.7)))`)), [6.4, 52.7, 6.8, 52.9]);
});

test("a point of the address is longitude, latitude", () => {
  assert.deepEqual(parsePoint("6.5,52.9"), [6.5, 52.9]);
  assert.deepEqual(parsePoint(" 6.5 , 52.9 "), [6.5, 52.9]);
  for (const text of ["", ",", "6.5", "6.5,", "6.5,52.9,1", "a,b", "6.5,152.9"]) assert.equal(parsePoint(text), undefined, text);
  assert.equal(formatPoint([6.12345678, 52]), "6.123457,52");
});
