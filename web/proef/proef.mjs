// The component sheet and small pages with a map, under the strict content security policy and with made-up data:
// to look at the front without the server. node proef/proef.mjs [PORT] [OUTDIR of build.mjs]
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";

const here = dirname(fileURLToPath(import.meta.url));
const port = Number(process.argv[2] ?? 8099);
const built = resolve(process.argv[3] ?? join(here, "..", "dist"));
const POLICY =
  "default-src 'self'; img-src 'self' data: https://service.pdok.nl; connect-src 'self' https://service.pdok.nl; worker-src 'self'; style-src 'self'; script-src 'self'";
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8" };
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAGUlEQVR4nGOwbz/w/+shp/8MO0zk/zMAAQBVGQeIEGRGqQAAAABJRU5ErkJggg==", "base64");

const square = (west, south, east, north, properties) => ({
  type: "Feature",
  properties,
  geometry: { type: "Polygon", coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] },
});
const areas = {
  "gemeente-a": [square(6.2, 52.65, 6.6, 53.1, { naam: "West" }), square(6.6, 52.65, 7.0, 53.1, { naam: "Oost" })],
  "laag-a": [square(6.3, 52.7, 6.7, 52.95, { naam: "A", kaartsoort: "echt" })],
  "laag-b": [
    square(6.5, 52.8, 6.9, 53.05, { naam: "B", kaartsoort: "schets" }),
    { type: "Feature", properties: { naam: "p", kaartsoort: "echt" }, geometry: { type: "Point", coordinates: [6.8, 52.75] } },
  ],
};
const places = [["Assen", 6.56, 52.99, 69000], ["Emmen", 6.9, 52.78, 57000], ["Hoogeveen", 6.48, 52.72, 40000], ["Borger", 6.79, 52.92, 4800]];

function tile(z, y, x, ids) {
  const layers = {};
  for (const id of ids) {
    const cut = new GeoJSONVT({ type: "FeatureCollection", features: areas[id] ?? [] }, { maxZoom: 14, extent: 4096 }).getTile(z, x, y);
    if (cut) layers[id] = cut;
  }
  return Buffer.from(fromGeojsonVt(layers, { version: 2 }));
}

async function file(path) {
  return [await readFile(path), TYPES[extname(path)] ?? "application/octet-stream"];
}

async function answer(url) {
  const path = url.pathname;
  const tiles = /^\/ogc\/v1\/tiles\/WebMercatorQuad\/(\d+)\/(\d+)\/(\d+)$/.exec(path);
  if (tiles) return [tile(...tiles.slice(1).map(Number), (url.searchParams.get("collections") ?? "").split(",")), "application/vnd.mapbox-vector-tile"];
  if (path.startsWith("/geschikt/tegels/")) return [PIXEL, "image/png"];
  if (path === "/geschikt.geojson") return [JSON.stringify({ type: "FeatureCollection", features: [square(6.5, 52.8, 6.6, 52.9, {})] }), "application/geo+json"];
  if (path === "/api/v1/plaatsen") {
    const features = places.map(([naam, x, y, inwoners]) => ({ type: "Feature", properties: { naam, inwoners }, geometry: { type: "Point", coordinates: [x, y] } }));
    return [JSON.stringify({ type: "FeatureCollection", features }), "application/geo+json"];
  }
  if (path === "/waar" || path === "/geschikt/plek") {
    const part = path === "/waar" ? "waar" : "plek";
    return [`<!doctype html><div data-live-deel="${part}"><p>Hier geldt iets: ${url.searchParams.get("punt")?.replace(/[^0-9.,-]/g, "")}</p></div>`, TYPES[".html"]];
  }
  if (path.startsWith("/bestanden/")) return file(join(built, path.slice("/bestanden/".length).replaceAll("/", "")));
  if (path === "/favicon.ico") return file(join(built, "brink-teken.svg"));
  const name = path === "/" ? "onderdelen" : path.slice(1).replace(/\W/g, "");
  const [text, type] = await file(join(here, `${name}.html`));
  // The answer tells what was asked, so that live answers can be seen to come.
  const asked = url.searchParams.toString().replaceAll("&", "&amp;").replaceAll("<", "");
  return [text.toString().replace(/(<p data-melding>)[^<]*/, `$1Gevraagd: ${asked || "niets"}`), type];
}

createServer(async (request, response) => {
  response.setHeader("content-security-policy", POLICY);
  try {
    const [body, type] = await answer(new URL(request.url ?? "/", "http://localhost"));
    response.setHeader("content-type", type).end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(port, "127.0.0.1");
