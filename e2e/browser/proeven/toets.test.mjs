// The whole assessment: by mouse, by keyboard, without scripts and on a phone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { PHONE, assertNotReloaded, eventually, go, mark, visit, withBrowser } from "../hulp/reiziger.mjs";
import { PLAN, answered, foretold, openQuestions, verdict, verdictText } from "../hulp/toets.mjs";

withBrowser();

/** From the start page to the answer for a solar park near a village. */
async function fromStart(page, choose) {
  await go(page, "/");
  await page.locator("#plan").fill("zonnepark bij Gieten");
  await choose(page.getByRole("main").getByRole("button", { name: "Zoek" }));
  const first = page.getByRole("main").getByRole("link", { name: /^Zonnepark.* bij Gieten$/ });
  await choose(first);
  await page.locator(".brink-uitslag").waitFor();
  assert.match(await page.locator("h1").innerText(), /^Zonnepark/);
  assert.match(page.url(), /activiteit=zonnepark/);
}

/** A question that says how an answer changes the verdict, if there is one. */
async function telling(page) {
  const now = await verdictText(page);
  for (const question of await openQuestions(page).all()) {
    if ((await question.locator(".brink-vraag__gevolg").count()) === 0) continue;
    const promise = (await foretold(question)).find((way) => way.verdict !== now);
    if (promise !== undefined) return { question, promise };
  }
  return {};
}

visit("by mouse: from the search field to an answer that was kept", {}, async (page) => {
  await fromStart(page, (target) => target.click());
  await mark(page);

  // What a question foretells comes true, and the page stays.
  let kept = 0;
  for (let turn = 0; turn < 10 && kept < 2; turn += 1) {
    const { question, promise } = await telling(page);
    const one = question ?? openQuestions(page).filter({ has: page.locator("input[type=radio]") }).first();
    const name = await one.locator("input[type=radio]").first().getAttribute("name");
    await one.getByRole("radio", { name: promise?.choice ?? "Ja", exact: true }).click();
    await answered(page, `${name}=`);
    if (promise === undefined) continue;
    assert.equal(await verdictText(page), promise.verdict, `${name}: ${promise.choice}`);
    await eventually(async () => (await page.locator("#melding").textContent()).includes(promise.verdict), "the new verdict is said");
    kept += 1;
  }
  assert.ok(kept > 0, "at least one question changed the verdict");
  await assertNotReloaded(page);

  // A question is skipped: it goes, and the verdict stays.
  const before = await verdict(page);
  const open = openQuestions(page).first();
  const id = await open.getAttribute("id");
  await open.getByRole("button", { name: /^Sla over/ }).click();
  await answered(page, "overslaan=");
  await page.locator(`#${id}`).waitFor({ state: "detached" });
  assert.equal(await verdict(page), before);
  await page.getByRole("button", { name: /^Stel de overgeslagen|^Stel de 1 overgeslagen/ }).click();
  await page.locator(`#${id}`).waitFor();
  assert.doesNotMatch(page.url(), /overslaan=/);
  await assertNotReloaded(page);

  // An answer is taken away.
  const answers = page.locator(".brink-vraag button[name=wis]");
  const count = await answers.count();
  await answers.last().click();
  await eventually(async () => (await answers.count()) === count - 1, "one answer less");

  for (const part of ["Per belang", "Wat de visie zegt", "Wat er volgt", "Wie beslist", "Wat onzeker is", "Delen en bewaren"]) {
    await page.getByRole("heading", { name: part, exact: true }).waitFor();
  }
  assert.ok((await page.locator(".brink-belangen__rij").count()) > 0, "verdicts by interest");
  assert.ok((await page.locator(".brink-voorwaarde").count()) > 0, "conditions");
  await page.getByText("Waarop dit antwoord rust").click();
  await page.getByText("Kenmerk van het pakket").waitFor();
  const norm = page.locator(".brink-norm").first();
  await norm.evaluate((one) => one.closest("details.brink-bewijs")?.setAttribute("open", ""));
  await norm.locator("summary").click();
  await norm.locator(".brink-norm__waarom").waitFor();

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download als JSON" }).click()]);
  assert.equal(download.suggestedFilename(), "toets.json");
  const json = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.equal(json.oordeel, await verdict(page));
  assert.equal(json.activiteit.id, "zonnepark");
  assert.ok(json.normen.length > 0 && json.bewijs.pakket.hash.length > 0);
});

/** What has the focus, and whether one sees it. */
async function focus(page) {
  return page.evaluate(() => {
    const one = document.activeElement;
    if (one === null || one === document.body) return { lost: true };
    // A radio button may show it on its label, the map on its frame.
    const places = [one, one.closest("label"), one.closest(".brink-kaart")].filter((place) => place !== null);
    const ring = places.some((place) => {
      const look = getComputedStyle(place);
      return (look.outlineStyle !== "none" && Number.parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
    });
    const box = one.getBoundingClientRect();
    const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return { lost: false, ring, inView, label: `${one.tagName} ${one.id} ${one.getAttribute("name") ?? ""} ${(one.textContent ?? "").trim().slice(0, 40)}` };
  });
}

async function assertFocus(page) {
  let now = await focus(page);
  // Scrolling takes a moment.
  for (let turn = 0; turn < 20 && (now.lost || !now.inView); turn += 1) {
    await page.waitForTimeout(25);
    now = await focus(page);
  }
  assert.equal(now.lost, false, "the focus is lost");
  assert.equal(now.ring, true, `one does not see the focus on ${now.label}`);
  assert.equal(now.inView, true, `the focus is out of sight on ${now.label}`);
}

/** Presses Tab until this has the focus; sees it all the way. */
async function tabTo(page, target, most = 120) {
  for (let turn = 0; turn < most; turn += 1) {
    await page.keyboard.press("Tab");
    await assertFocus(page);
    if (await target.evaluate((one) => one === document.activeElement).catch(() => false)) return;
  }
  assert.fail(`not reached with ${most} tabs: ${target}`);
}

visit("by keyboard alone: from the address bar to an answered question", {}, async (page) => {
  await go(page, "/");
  // The first stop leads past the menu.
  await page.keyboard.press("Tab");
  await assertFocus(page);
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /Naar de inhoud/);
  await page.keyboard.press("Enter");
  await eventually(() => page.url().endsWith("#inhoud"), "the skip link works");
  await tabTo(page, page.locator("#plan"), 5);
  await page.keyboard.type("zonnepark bij Gieten");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/zoek/);
  await tabTo(page, page.getByRole("main").getByRole("link", { name: /^Zonnepark.* bij Gieten$/ }));
  await page.keyboard.press("Enter");
  await page.locator(".brink-uitslag").waitFor();
  await mark(page);

  // Radio buttons are one stop (at the chosen one); arrows go through them. "Weet ik niet" is the last, so "right" comes round to "Ja".
  const first = openQuestions(page).first();
  const name = await first.locator("input[type=radio]").first().getAttribute("name");
  await tabTo(page, page.locator(`input[name="${name}"]:checked`));
  await page.keyboard.press("ArrowRight");
  await assertFocus(page);
  await answered(page, `${name}=`);
  await assertFocus(page);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), name, "the focus stays at the question");
  await assertNotReloaded(page);

  // Space skips a question; the focus goes to what took its place.
  const skip = openQuestions(page).first().getByRole("button", { name: /^Sla over/ });
  await tabTo(page, skip);
  await page.keyboard.press("Space");
  await answered(page, "overslaan=");
  await assertFocus(page);
  await page.keyboard.press("Tab");
  await assertFocus(page);
  assert.equal(await page.evaluate(() => document.activeElement?.closest("#plan") !== null), true, "the next stop is in the form");

  // A norm opens with Enter.
  const norm = page.locator("details[open] > div > .brink-norm > summary").first();
  await tabTo(page, norm, 200);
  await page.keyboard.press("Enter");
  await eventually(() => norm.evaluate((one) => one.parentElement.open), "the norm opens");
  await assertNotReloaded(page);
});

visit("without scripts: the same journey through forms", { javaScriptEnabled: false }, async (page) => {
  await fromStart(page, (target) => target.click());
  assert.equal(await page.locator(".brink-kaart").isVisible(), false, "no empty map");
  let done = false;
  for (let turn = 0; turn < 10 && !done; turn += 1) {
    const { question, promise } = await telling(page);
    const one = question ?? openQuestions(page).filter({ has: page.locator("input[type=radio]") }).first();
    const name = await one.locator("input[type=radio]").first().getAttribute("name");
    await one.getByRole("radio", { name: promise?.choice ?? "Ja", exact: true }).check();
    await page.getByRole("button", { name: "Bereken opnieuw" }).click();
    await page.waitForURL((url) => url.searchParams.get(name) !== null && url.searchParams.get(name) !== "");
    if (promise === undefined) continue;
    assert.equal(await verdictText(page), promise.verdict);
    done = true;
  }
  assert.ok(done, "a question changed the verdict");
  const open = openQuestions(page).first();
  const id = await open.getAttribute("id");
  await open.getByRole("button", { name: /^Sla over/ }).click();
  await page.waitForURL(/overslaan=/);
  assert.equal(await page.locator(`#${id}`).count(), 0);

  // A place from the list, a place by name, and none.
  await page.getByText("Een gebied, een tekening als tekst of een bestand").click();
  await page.locator("#kies-gebied").selectOption({ label: "Gemeente Emmen" });
  await page.getByRole("button", { name: "Kies", exact: true }).click();
  await page.getByText(/Ergens in Gemeente Emmen/i).first().waitFor();
  await page.locator("#waar").fill("Borger");
  await page.getByRole("button", { name: "Kies", exact: true }).click();
  await page.getByText("Een punt bij Borger").waitFor();
  await page.getByRole("button", { name: "Haal de plaats weg" }).click();
  await page.getByText("Nog geen plaats.").waitFor();
  await page.getByRole("link", { name: "Toets", exact: true }).first().click();
  await page.getByRole("heading", { name: "Toets een plan" }).waitFor();
  await page.locator("#activiteit").fill("geitenstal");
  await page.getByRole("main").getByRole("button", { name: "Zoek" }).click();
  await page.getByRole("main").locator(".brink-lijst a").first().click();
  await page.locator(".brink-uitslag").waitFor();
});

visit("on a phone: by touch", PHONE, async (page) => {
  await fromStart(page, (target) => target.tap());
  await mark(page);
  const question = openQuestions(page).first();
  const radio = question.locator("input[type=radio]").first();
  const name = await radio.getAttribute("name");
  const label = question.locator("label").first();
  const box = await label.boundingBox();
  assert.ok(box.height >= 24 && box.width >= 24, `big enough to touch: ${box.width} x ${box.height}`);
  await label.tap();
  await answered(page, `${name}=`);
  await assertNotReloaded(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `the page is ${wide} pixels too wide`);
  await page.getByRole("button", { name: /^Sla over/ }).first().tap();
  await answered(page, "overslaan=");
});

visit("an activity by the tree, and words that mean nothing", {}, async (page) => {
  await go(page, "/toets?q=xyzzyqwrt");
  await page.getByText(/Niets gevonden voor|Bedoelt u een van deze/).waitFor();
  const branch = page.locator("details.brink-boom__tak").first();
  await branch.locator("summary").first().click();
  const leaf = branch.locator("a.brink-boom__blad:visible").first();
  const name = (await leaf.innerText()).replace(", in het algemeen", "");
  await leaf.click();
  await page.locator(".brink-uitslag").waitFor();
  assert.equal(await page.locator("h1").innerText(), name);
});

visit("what is wrong in an address is said, and the rest is judged", {}, async (page) => {
  await go(page, `${PLAN}&g.oppervlakte-ha=veel&g.bestaat-niet=ja`);
  await page.getByRole("alert").first().waitFor();
  await verdict(page);
  await go(page, "/toets?activiteit=zonnepark&vorm=POINT(52.9+6.5)");
  await page.getByRole("alert").filter({ hasText: "verwisseld" }).waitFor();
  await go(page, "/toets?activiteit=zonnepark&vorm=POINT(4.9+52.37)");
  await page.getByRole("alert").first().waitFor();
});
