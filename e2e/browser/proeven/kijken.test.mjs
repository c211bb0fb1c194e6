// Looking around: the map, where something fits, the vision, the goals, about and the API's own page.
import assert from "node:assert/strict";
import { assertNotReloaded, eventually, go, mark, visit, withBrowser } from "../hulp/reiziger.mjs";

withBrowser();

async function mapBox(page) {
  const canvas = page.locator(".brink-kaart canvas").first();
  await canvas.waitFor();
  await canvas.scrollIntoViewIfNeeded();
  await page.waitForLoadState("networkidle");
  return canvas.boundingBox();
}

/** What the map shows, as a number: another picture gives another one. */
async function picture(page) {
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(await page.locator(".brink-kaart").first().screenshot()).digest("hex");
}

visit("the map: layers on and off, and what applies where one clicks", {}, async (page) => {
  await go(page, "/kaart");
  await mark(page);
  const box = await mapBox(page);
  const bare = await picture(page);
  await page.getByLabel("Zoek een laag").fill("Gemeente Emmen");
  const layer = page.locator('input[name=laag][value="gemeente-emmen"]');
  await layer.waitFor();
  await layer.check();
  assert.match(page.url(), /laag=gemeente-emmen/);
  await page.locator("[data-legenda]").getByText("Gemeente Emmen").waitFor();
  await eventually(async () => (await picture(page)) !== bare, "the layer is drawn");
  const slider = page.getByLabel("Dekking van Gemeente Emmen");
  assert.equal(await slider.isVisible(), true);
  const full = await picture(page);
  await slider.fill("10");
  await eventually(async () => (await picture(page)) !== full, "the layer fades");
  await layer.uncheck();
  assert.doesNotMatch(page.url(), /laag=/);
  assert.equal(await page.locator("[data-legenda] li").count(), 0);

  await page.locator(".brink-kaart").first().scrollIntoViewIfNeeded();
  const now = await page.locator(".brink-kaart canvas").first().boundingBox();
  await page.mouse.click(now.x + now.width / 2, now.y + now.height / 2);
  await page.getByRole("heading", { name: "Wat hier geldt" }).waitFor();
  for (const part of ["Gebieden op deze plek", "Niet op deze plek", "Provinciale belangen"]) await page.getByRole("heading", { name: part }).waitFor();
  assert.match(decodeURIComponent(page.url()), /punt=6\.\d+,52\.\d+/);
  await assertNotReloaded(page);
  assert.ok(box.height > 200, "the map has room");
  // The same place without scripts, from the address alone.
  const place = new URL(page.url()).searchParams.get("punt");
  const words = await page.locator("[data-live-deel=waar] strong").first().innerText();
  await go(page, `/waar?punt=${place}`);
  assert.equal(await page.locator("[data-live-deel=waar] strong").first().innerText(), words);
});

visit("what applies at a place, without scripts", { javaScriptEnabled: false }, async (page) => {
  await go(page, "/kaart");
  await page.locator("main #waar").fill("Gieten");
  await page.getByRole("button", { name: "Toon" }).click();
  await page.getByRole("heading", { name: "Wat hier geldt" }).waitFor();
  await page.getByRole("link", { name: "Toets een plan op deze plek" }).click();
  await page.getByRole("heading", { name: "Toets een plan" }).waitFor();
  assert.match(await page.getByRole("main").innerText(), /Plaats: .*Gieten/);
});

visit("where it fits: another answer, other colours; and why there", {}, async (page) => {
  const tiles = [];
  page.on("request", (request) => {
    if (request.url().includes("/geschikt/tegels/")) tiles.push(request.url());
  });
  await go(page, "/geschikt");
  await page.locator("#activiteit").fill("zonnepark");
  await page.getByRole("main").getByRole("button", { name: "Zoek" }).click();
  await page.getByRole("main").getByRole("link", { name: /^Zonnepark/ }).first().click();
  await page.getByRole("heading", { name: /^Waar past het\? Zonnepark/ }).waitFor();
  await mark(page);
  await mapBox(page);
  await eventually(() => tiles.length > 0, "the verdicts are drawn");
  const table = page.getByRole("table", { name: "Alle grond, van mild naar streng" });
  const before = await table.innerText();
  const drawn = await picture(page);
  // An answer that changes the table is looked for beforehand, then given.
  const ways = await page.locator("[data-live-deel=gegevens] input[type=radio]").evaluateAll((all) => all.filter((one) => one.value !== "").map((one) => ({ name: one.name, value: one.value, id: one.id })));
  const shares = (html) => /<tbody[^>]*>([^]*?)<\/tbody>/.exec(html)?.[1];
  const own = shares(await (await page.request.get("/geschikt?activiteit=zonnepark")).text());
  let way;
  for (const one of ways.slice(0, 40)) {
    const query = new URLSearchParams({ activiteit: "zonnepark", [one.name]: one.value });
    if (shares(await (await page.request.get(`/geschikt?${query}`)).text()) !== own) {
      way = one;
      break;
    }
  }
  assert.ok(way, "an answer changes the table");
  const count = tiles.length;
  const radio = page.locator(`[id="${way.id}"]`);
  if (!(await radio.isVisible())) await page.locator("#meer-gegevens > summary").click();
  await radio.check();
  await eventually(() => page.url().includes(way.name), `the address has ${way.name}`);
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
  assert.notEqual(await table.innerText(), before);
  await eventually(() => tiles.slice(count).some((url) => url.includes(way.name)), "new tiles are asked");
  await page.waitForLoadState("networkidle");
  await eventually(async () => (await picture(page)) !== drawn, "and the colours");

  await page.locator(".brink-kaart").first().scrollIntoViewIfNeeded();
  const box = await page.locator(".brink-kaart canvas").first().boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.getByRole("heading", { name: /^Waarom hier/ }).waitFor();
  const verdict = await page.locator("[data-live-deel=plek] .brink-oordeel").first().innerText();
  await assertNotReloaded(page);
  await page.getByRole("link", { name: "Volledige toets op deze plek" }).click();
  await page.locator(".brink-uitslag").waitFor();
  assert.equal(await page.locator(".brink-uitslag__oordeel").innerText(), verdict, "the assessment says the same");
});

visit("where it fits, by what differs from place to place", {}, async (page) => {
  await go(page, "/geschikt?activiteit=zonnepark");
  await mark(page);
  const table = page.getByRole("table", { name: "Alle grond, van mild naar streng" });
  const all = await table.innerText();
  await page.getByRole("radio", { name: "Alleen wat per plek verschilt" }).check();
  await page.getByText("Niet meegeteld is wat overal hetzelfde is").waitFor();
  assert.notEqual(await table.innerText(), all);
  assert.match(page.url(), /plaatsgebonden=ja/);
  await page.getByText("Wat overal de doorslag geeft").click();
  assert.ok(await page.locator("#overal li").first().isVisible());
  await page.getByRole("radio", { name: "Alle normen" }).check();
  await eventually(async () => (await table.innerText()) === all, "all norms count again");
  await assertNotReloaded(page);
});

visit("where it fits, to take along", {}, async (page) => {
  await go(page, "/geschikt?activiteit=zonnepark&tot=nee-tenzij");
  assert.ok((await page.locator("li[id^=zone-]").count()) > 0, "zones are found");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Zones (GeoJSON)" }).click()]);
  const { readFile } = await import("node:fs/promises");
  const zones = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.equal(zones.type, "FeatureCollection");
  assert.ok(zones.features.length > 0);
  const image = await page.request.get("/geschikt.png?activiteit=zonnepark");
  assert.equal(image.headers()["content-type"], "image/png");
  assert.ok((await image.body()).length > 5_000);
});

visit("the vision: found, opened, and linked to for good", {}, async (page) => {
  await go(page, "/visie");
  await page.getByRole("main").getByRole("searchbox").fill("zonnepark");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Uitspraken" }).waitFor();
  assert.ok((await page.locator("mark").count()) > 0, "what was found is marked");
  const link = page.getByRole("main").locator('a[href^="/visie/uitspraak/"]').first();
  const id = (await link.getAttribute("href")).split("/").pop();
  await link.click();
  await page.waitForURL(new RegExp(`/visie/.*${id.replaceAll(".", "\\.")}`));
  assert.match(await page.getByRole("main").innerText(), /Wat Brink ermee doet/);
  assert.match(await page.getByRole("main").innerText(), /Vindplaats/);
  await go(page, `/visie/uitspraak/${id}`);
  assert.match(await page.getByRole("main").innerText(), new RegExp(id.replaceAll(".", "\\.")));
  await go(page, "/visie/zoek?q=xyzzyqwrt");
  await page.getByText(/Niets gevonden voor/).waitFor();
});

visit("the vision: the tree opens to a section, and the section has its statements", {}, async (page) => {
  await go(page, "/visie");
  const branch = page.locator("details.brink-boom__tak").first();
  if (!(await branch.evaluate((one) => one.open))) await branch.locator("summary").first().click();
  const leaf = page.locator("a.brink-boom__blad:visible").first();
  await leaf.click();
  await page.waitForURL(/\/visie\/\d/);
  assert.ok((await page.getByRole("main").getByRole("heading", { level: 1 }).innerText()).length > 0);
  await go(page, "/visie/5.6.2");
  await page.locator(".brink-kaart canvas").first().waitFor();
  assert.ok((await page.locator(".brink-norm").count()) > 10, "statements of the section");
  await page.locator(".brink-norm summary").first().click();
  await eventually(() => page.locator(".brink-norm").first().evaluate((one) => one.open), "a statement opens");
});

visit("goals: each has its page, with a chart where there are numbers", {}, async (page) => {
  await go(page, "/doelen");
  const addresses = await page.locator("a.brink-kaartje__link").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  assert.ok(addresses.length > 5);
  let charts = 0;
  for (const address of addresses) {
    await go(page, address);
    const canvas = page.locator("canvas[data-grafiek]").first();
    if ((await canvas.count()) === 0) continue;
    charts += 1;
    await eventually(
      () => canvas.evaluate((one) => one.width > 0 && one.getContext("2d").getImageData(0, 0, one.width, one.height).data.some((value) => value !== 0)),
      `${address} draws its chart`,
    );
    assert.ok((await page.getByRole("table").count()) > 0, "the same numbers in a table");
    if (charts === 3) break;
  }
  assert.ok(charts > 0, "at least one goal has a chart");
});

visit("about the package, and what it promises", {}, async (page) => {
  await go(page, "/over");
  const text = await page.getByRole("main").innerText();
  for (const word of [/versie/i, /kenmerk|hash/i, /indicatie|aanwijzing/i, /laag|lagen/i]) assert.match(text, word);
  await page.getByRole("contentinfo").getByRole("link", { name: "Toegankelijkheid en privacy" }).click();
  await page.waitForURL(/toegankelijkheid/);
});

visit("the page of the API: its examples answer", {}, async (page) => {
  await go(page, "/api");
  const examples = await page.locator("pre code").allInnerTexts();
  const addresses = examples.map((text) => /^curl '(http:[^']+\/api\/v1\/[^']+)'$/.exec(text.trim())?.[1]).filter((one) => one !== undefined && !one.includes("/taken/"));
  assert.deepEqual(addresses.filter((one) => /\/ID$/.test(one)), [], "an example is of something that is there");
  assert.ok(addresses.length > 5);
  for (const address of addresses) {
    const { pathname, search } = new URL(address);
    const answer = await page.request.get(pathname + search);
    assert.equal(answer.status(), 200, address);
  }
  const openapi = await (await page.request.get("/api/v1/openapi.json")).json();
  assert.match(openapi.openapi, /^3\.1/);
});

visit("every link of the menu and the footer leads somewhere", {}, async (page) => {
  await go(page, "/");
  const links = await page.locator("header a[href^='/'], footer a[href^='/'], main a[href^='/']").evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute("href")))]);
  assert.ok(links.length > 15);
  for (const link of links) assert.equal((await page.request.get(link)).status(), 200, link);
});
