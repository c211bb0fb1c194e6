// Files that are small to send and large to read, or otherwise not what they seem.
import { crc32 as zlibCrc32, deflateRawSync } from "node:zlib";

/** As much of a zip as a reader looks at: one deflated file in it, that says it is this large. */
export function zip(name, packed, size, crc = 0) {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(8, 4);
  head.writeUInt32LE(crc, 10);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(size, 18);
  head.writeUInt16LE(name.length, 22);
  const entry = Buffer.alloc(42);
  entry.writeUInt16LE(20, 0);
  head.copy(entry, 2, 0, 24);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(46 + name.length, 8);
  end.writeUInt32LE(30 + name.length + packed.length, 12);
  return Buffer.concat([
    Buffer.from("PK\x03\x04"), head, Buffer.from(name), packed,
    Buffer.from("PK\x01\x02"), entry, Buffer.from(name),
    Buffer.from("PK\x05\x06"), end,
  ]);
}

const zeros = Buffer.alloc(300 << 20);
const packed = deflateRawSync(zeros, { level: 9 });
const crc = zlibCrc32 ? zlibCrc32(zeros) : 0;

/** 300 MB of nothing, and one that lies about it. */
export const zipBomb = zip("plan.shp", packed, zeros.length, crc);
export const lyingZipBomb = zip("plan.shp", packed, 1000, crc);
export const zipBombOfJson = zip("plan.geojson", packed, zeros.length, crc);

const gml = (body, doctype) => `<?xml version="1.0"?>${doctype}<gml:Polygon xmlns:gml="http://www.opengis.net/gml/3.2" srsName="EPSG:28992"><gml:exterior><gml:LinearRing><gml:posList>${body}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>`;

const levels = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join("");
export const billionLaughs = gml("&e12;", `<!DOCTYPE x [<!ENTITY e0 "1 2 ">${levels}]>`);
export const quadraticBlowup = gml("&a;".repeat(60_000), `<!DOCTYPE x [<!ENTITY a "${"1 2 ".repeat(15_000)}">]>`);
export const externalEntity = gml("&f;", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>');
export const deepXml = `${"<a>".repeat(400_000)}`;
export const manyAttributes = `<a ${Array.from({ length: 200_000 }, (_, n) => `a${n}="1"`).join(" ")}/>`;

const ring = (count) => {
  const points = Array.from({ length: count }, (_, n) => `[${(6.7 + 0.01 * Math.cos((n * 2 * Math.PI) / count)).toFixed(5)},${(52.9 + 0.01 * Math.sin((n * 2 * Math.PI) / count)).toFixed(5)}]`);
  return `[${[...points, points[0]].join(",")}]`;
};
/** Almost 8 MB of corners. */
export const manyCorners = `{"type":"Polygon","coordinates":[${ring(400_000)}]}`;
/** Every line crosses every other. */
export const star = `{"type":"Polygon","coordinates":[[${Array.from({ length: 3001 }, (_, n) => `[${(6.7 + 0.1 * Math.cos(n * 2.4)).toFixed(6)},${(52.9 + 0.05 * Math.sin(n * 2.4)).toFixed(6)}]`).join(",")},[6.8,52.9]]]}`;
export const deepJson = "[".repeat(4_000_000);
export const deepCollection = `${'{"type":"GeometryCollection","geometries":['.repeat(50_000)}`;
export const manyFeatures = `{"type":"FeatureCollection","features":[${Array.from({ length: 100_000 }, () => '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[6.7,52.9]}}').join(",").slice(0, 7_900_000)}`;
export const notANumber = '{"type":"Polygon","coordinates":[[[NaN,52],[1e999,52],[-1e999,53],[NaN,52]]]}';
export const huge = '{"type":"Polygon","coordinates":[[[6.7,52.9],[1e308,52.9],[1e308,1e308],[6.7,52.9]]]}';

/** A form with a file in it. */
export function multipart(name, content, type = "application/octet-stream") {
  const boundary = "----brinkproef7MA4YWxk";
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="vraag"\r\n\r\nactiviteit=zonnepark\r\n--${boundary}\r\nContent-Disposition: form-data; name="bestand"; filename="`),
    Buffer.isBuffer(name) ? name : Buffer.from(name),
    Buffer.from(`"\r\nContent-Type: ${type}\r\n\r\n`),
    Buffer.isBuffer(content) ? content : Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { body, headers: { "content-type": `multipart/form-data; boundary=${boundary}`, "content-length": body.length } };
}
