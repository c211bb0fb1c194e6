// Telling the place: by drawing, from a file, by name, by coordinates and from the list.
import assert from "node:assert/strict";
import { deflateRawSync, crc32 as zlibCrc32 } from "node:zlib";
import { assertNotReloaded, eventually, go, mark, visit, withBrowser } from "../hulp/reiziger.mjs";
import { PLAN, answered, verdict } from "../hulp/toets.mjs";

withBrowser();

const BARE = "/toets?activiteit=zonnepark";

/** The corners of a polygon in well-known text. */
function corners(wkt) {
  const found = /^POLYGON ?\(\((.*)\)\)$/.exec(wkt);
  assert.ok(found, `a polygon: ${wkt}`);
  return found[1].split(",").map((pair) => pair.trim().split(" ").map(Number));
}

async function mapReady(page) {
  await page.locator(".brink-kaart canvas").waitFor();
  await page.getByRole("group", { name: "Tekenen op de kaart" }).waitFor();
  await page.locator(".brink-kaart").scrollIntoViewIfNeeded();
  return page.locator(".brink-kaart canvas").first().boundingBox();
}

function placeText(page) {
  return page.locator("[data-live-deel=plaats] strong").first().innerText();
}

visit("drawing a polygon, changing it and taking it away", {}, async (page) => {
  await go(page, BARE);
  await mark(page);
  const box = await mapReady(page);
  const without = await verdict(page);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.getByRole("button", { name: "Vlak", exact: true }).click();
  const around = [[-40, -40], [40, -40], [40, 40], [-40, 40]];
  for (const [dx, dy] of around) {
    await page.mouse.move(x + dx, y + dy, { steps: 4 });
    await page.mouse.click(x + dx, y + dy);
  }
  await page.mouse.move(x - 40, y - 40, { steps: 4 });
  await page.mouse.click(x - 40, y - 40);
  await eventually(async () => (await page.locator("#vorm").inputValue()).startsWith("POLYGON"), "the field has the polygon");
  const drawn = await page.locator("#vorm").inputValue();
  assert.equal(corners(drawn).length, 5);
  await answered(page, "vorm=POLYGON");
  assert.match(await placeText(page), /^Een vlak van [\d.,]+ hectare/);
  await page.getByRole("heading", { name: "Oordeel van de visie" }).waitFor();
  assert.notEqual(await page.locator(".brink-uitslag__zin").innerText(), "", `from ${without}`);

  // A corner is dragged: the shape, the address and the words follow.
  const first = await placeText(page);
  await page.mouse.move(x + 40, y + 40);
  await page.mouse.down();
  await page.mouse.move(x + 90, y + 80, { steps: 10 });
  await page.mouse.up();
  await eventually(async () => (await page.locator("#vorm").inputValue()) !== drawn, "the polygon changed");
  await eventually(async () => (await placeText(page)) !== first, "the words changed");
  const changed = await page.locator("#vorm").inputValue();
  assert.equal(corners(changed).length, 5);
  await answered(page, changed.replaceAll(" ", "+"));

  await page.getByRole("button", { name: "Wissen", exact: true }).click();
  await page.getByText("Nog geen plaats.").waitFor();
  assert.equal(await page.locator("#vorm").inputValue(), "");
  assert.doesNotMatch(page.url(), /vorm=/);
  assert.equal(await verdict(page), without);
  await assertNotReloaded(page);
});

visit("a point by keyboard on the map", {}, async (page) => {
  await go(page, BARE);
  await mapReady(page);
  await page.getByRole("button", { name: "Punt", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".brink-kaart canvas").first().focus();
  await page.keyboard.press("ArrowLeft");
  await page.waitForTimeout(400);
  await page.keyboard.press("Enter");
  await eventually(async () => (await page.locator("#vorm").inputValue()).startsWith("POINT"), "the field has the point");
  await answered(page, "vorm=POINT");
  assert.match(await placeText(page), /^Een punt/);
});

visit("the last way of telling the place counts", {}, async (page) => {
  await go(page, BARE);
  await mark(page);
  await mapReady(page);
  // By name, then drawn, then by name again.
  await page.locator("#waar").fill("Borger");
  await page.getByRole("button", { name: "Kies", exact: true }).click();
  await eventually(async () => (await placeText(page)) === "Een punt bij Borger", "the place by name");
  assert.equal(await page.locator("#waar").inputValue(), "", "the field is free for another place");
  assert.match(await page.locator("#vorm").inputValue(), /^POINT/);
  assert.doesNotMatch(page.url(), /waar=/);
  const box = await mapReady(page);
  await page.getByRole("button", { name: "Punt", exact: true }).click();
  await page.waitForTimeout(300);
  await page.mouse.click(box.x + box.width / 2 + 60, box.y + box.height / 2 + 60);
  const named = decodeURIComponent(page.url());
  await eventually(() => decodeURIComponent(page.url()) !== named, "the drawn point is asked");
  const drawn = await page.locator("#vorm").inputValue();
  await answered(page, drawn.replaceAll(" ", "+"));
  await page.locator("#waar").fill("Gieten");
  await page.getByRole("button", { name: "Kies", exact: true }).click();
  await eventually(async () => (await placeText(page)) === "Een punt bij Gieten", "the other place by name");
  // A question after it does not bring the former place back.
  await page.locator(".brink-vraag input[type=radio]").first().check();
  await answered(page, "binnen");
  assert.equal(await placeText(page), "Een punt bij Gieten");
  await page.getByRole("button", { name: "Haal de plaats weg" }).click();
  await page.getByText("Nog geen plaats.").waitFor();
  assert.equal(await page.locator("#vorm").inputValue(), "");
  await assertNotReloaded(page);
});

visit("a place by coordinates, in degrees and in metres", {}, async (page) => {
  await go(page, BARE);
  for (const [typed, lon, lat] of [["6.7632,53.0031", 6.7632, 53.0031], ["246553, 558500", 6.74, 53.0]]) {
    await page.locator("#waar").fill(typed);
    await page.keyboard.press("Enter");
    await eventually(async () => {
      const found = /^POINT ?\(([\d.]+) ([\d.]+)\)$/.exec(await page.locator("#vorm").inputValue());
      return found && Math.abs(Number(found[1]) - lon) < 0.03 && Math.abs(Number(found[2]) - lat) < 0.02;
    }, `${typed} becomes a point at ${lon} ${lat}`);
  }
  // What is no place is said, with what it may be.
  await page.locator("#waar").fill("Borgerr");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").filter({ hasText: "bedoelt u" }).waitFor();
  await page.locator("#waar").fill("4.9,52.37");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").first().waitFor();
});

visit("a municipality from the list, and a polygon as text", {}, async (page) => {
  await go(page, BARE);
  await mark(page);
  await openMore(page);
  await page.locator("#kies-gebied").selectOption({ label: "Gemeente Emmen" });
  await eventually(async () => /^Ergens in Gemeente Emmen/i.test(await placeText(page)), "the municipality is the place");
  assert.match(page.url(), /gebied=/);
  assert.doesNotMatch(page.url(), /kies-gebied=/);
  await page.locator("#vorm").fill("POLYGON((6.75 52.95, 6.754 52.95, 6.754 52.953, 6.75 52.953, 6.75 52.95))");
  await eventually(async () => /^Een vlak van 9,0 hectare/.test(await placeText(page)), "the polygon is the place");
  await page.locator("#vorm").fill("POLYGON((6.75 52.95");
  await page.getByRole("alert").filter({ hasText: "WKT" }).waitFor();
  await assertNotReloaded(page);
});

const SQUARE = [[6.75, 52.95], [6.754, 52.95], [6.754, 52.953], [6.75, 52.953], [6.75, 52.95]];

/** Unfolds the other ways to tell a place; the map that comes in above may move them away from under a click. */
async function openMore(page) {
  const more = page.locator("details#plaats-meer");
  await eventually(async () => {
    if (!(await more.evaluate((one) => one.open))) await more.locator("> summary").click();
    return more.evaluate((one) => one.open);
  }, "the other ways to tell a place are there");
}

async function upload(page, name, buffer, mimeType = "application/octet-stream") {
  await openMore(page);
  await page.locator("#bestand").setInputFiles({ name, mimeType, buffer });
  await page.getByRole("button", { name: "Lees het bestand" }).click();
}

/** A zip with these files, as an archiver makes it. */
function zip(files) {
  const [local, central] = [[], []];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(name.length, 22);
    local.push(Buffer.from("PK\x03\x04"), head, Buffer.from(name), packed);
    const entry = Buffer.alloc(42);
    entry.writeUInt16LE(20, 0);
    head.copy(entry, 2, 0, 24);
    entry.writeUInt32LE(at, 38);
    central.push(Buffer.from("PK\x01\x02"), entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(18);
  const size = central.reduce((sum, part) => sum + part.length, 0);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...local, ...central, Buffer.from("PK\x05\x06"), end]);
}

function crc32(bytes) {
  if (zlibCrc32) return zlibCrc32(bytes);
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

/** A shapefile with one polygon in RD New. */
function shapefile() {
  const ring = [[246000, 557000], [246000, 557300], [246300, 557300], [246300, 557000], [246000, 557000]];
  const content = Buffer.alloc(44 + 4 + ring.length * 16);
  content.writeInt32LE(5, 0);
  [246000, 557000, 246300, 557300].forEach((value, n) => content.writeDoubleLE(value, 4 + n * 8));
  content.writeInt32LE(1, 36);
  content.writeInt32LE(ring.length, 40);
  content.writeInt32LE(0, 44);
  ring.flat().forEach((value, n) => content.writeDoubleLE(value, 48 + n * 8));
  const header = (words) => {
    const head = Buffer.alloc(100);
    head.writeInt32BE(9994, 0);
    head.writeInt32BE(words, 24);
    head.writeInt32LE(1000, 28);
    head.writeInt32LE(5, 32);
    [246000, 557000, 246300, 557300].forEach((value, n) => head.writeDoubleLE(value, 36 + n * 8));
    return head;
  };
  const record = Buffer.alloc(8);
  record.writeInt32BE(1, 0);
  record.writeInt32BE(content.length / 2, 4);
  const index = Buffer.alloc(8);
  index.writeInt32BE(50, 0);
  index.writeInt32BE(content.length / 2, 4);
  const dbf = Buffer.alloc(32 + 32 + 1 + 1 + 4 + 1, 0);
  dbf.writeUInt8(3, 0);
  dbf.set([126, 11, 25], 1);
  dbf.writeUInt32LE(1, 4);
  dbf.writeUInt16LE(65, 8);
  dbf.writeUInt16LE(5, 10);
  dbf.write("NAAM", 32);
  dbf.write("C", 43);
  dbf.writeUInt8(4, 48);
  dbf.writeUInt8(13, 64);
  dbf.write(" park", 65);
  dbf.writeUInt8(26, 70);
  return {
    "park.shp": Buffer.concat([header((100 + 8 + content.length) / 2), record, content]),
    "park.shx": Buffer.concat([header(54), index]),
    "park.dbf": dbf,
    "park.prj": Buffer.from('PROJCS["RD_New",GEOGCS["GCS_Amersfoort"]]'),
  };
}

visit("a place from a file", {}, async (page) => {
  await go(page, `${BARE}&g.bodemingreep=nee`);
  const feature = { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [SQUARE] } };
  await upload(page, "plan.geojson", Buffer.from(JSON.stringify(feature)), "application/geo+json");
  await page.waitForURL(/vorm=POLYGON/);
  assert.match(await placeText(page), /^Een vlak van 9,0 hectare/);
  assert.match(page.url(), /g\.bodemingreep=nee/, "what was answered stays");

  await upload(page, "park.zip", zip(shapefile()), "application/zip");
  await page.waitForURL((url) => /6\.7[34]/.test(decodeURIComponent(url.search)) && !url.search.includes("6.754"));
  assert.match(await placeText(page), /^Een vlak van 9,0 hectare/);

  // A shape that is too long for an address is stored.
  const round = Array.from({ length: 400 }, (_, n) => [6.75 + 0.01 * Math.cos((n * Math.PI) / 200), 52.95 + 0.006 * Math.sin((n * Math.PI) / 200)]);
  const circle = { type: "Polygon", coordinates: [[...round, round[0]]] };
  await upload(page, "rond.geojson", Buffer.from(JSON.stringify(circle)));
  await page.waitForURL(/plek=/);
  assert.match(await placeText(page), /^Een vlak van \d+,\d hectare/);
  assert.ok(page.url().length < 500, "the address stays short");
});

visit("a broken file gives a page that says what to do", { allowed: [/status of 400/] }, async (page) => {
  const broken = { "plan.geojson": '{"type":"Polygon","coordinates":[[[6.7,52.9],', "plan.zip": "PK\x03\x04 broken", "plan.xyz": "hello", "plan.json": '{"type":"FeatureCollection","features":[]}' };
  for (const [name, text] of Object.entries(broken)) {
    await go(page, PLAN);
    await upload(page, name, Buffer.from(text, "latin1"));
    await page.getByRole("heading", { name: "Het verzoek klopt niet" }).waitFor();
    assert.match(await page.getByRole("main").innerText(), /Dit bestand is niet als plaats te gebruiken: .+/s, name);
    await page.getByText("Ga terug en kies een ander bestand").waitFor();
    await page.goBack();
    await page.locator(".brink-uitslag").waitFor();
  }
});
