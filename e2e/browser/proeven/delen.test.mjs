// Passing an answer on: by link, kept under an address of its own, beside another variant, and on paper.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { go, visit, visitor, withBrowser } from "../hulp/reiziger.mjs";
import { PLAN, answered, verdict, verdictText } from "../hulp/toets.mjs";

withBrowser();

/** Answers the first question, and says what came of it. */
async function answerOne(page) {
  await go(page, PLAN);
  const radio = page.locator(".brink-vraag input[type=radio]").first();
  const name = await radio.getAttribute("name");
  await radio.check();
  await answered(page, `${name}=`);
  return { url: page.url(), verdict: await verdict(page), sentence: await page.locator(".brink-uitslag__zin").innerText() };
}

visit("a shared link gives the same answer in another browser", { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  const mine = await answerOne(page);
  await page.getByRole("button", { name: "Kopieer de link" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, mine.url);
  await visitor({ javaScriptEnabled: false }, async (other) => {
    await go(other, copied);
    assert.equal(await verdict(other), mine.verdict);
    assert.equal(await other.locator(".brink-uitslag__zin").innerText(), mine.sentence);
  });
});

visit("a kept answer: found by its address, and taken away", { allowed: [/status of 404/] }, async (page) => {
  const mine = await answerOne(page);
  await page.getByRole("button", { name: "Bewaar dit antwoord onder een eigen adres" }).click();
  await page.waitForURL(/\/antwoord\/[A-Za-z0-9_-]{16,}$/);
  const address = page.url();
  await visitor({}, async (other) => {
    await go(other, address);
    assert.equal(await verdict(other), mine.verdict);
    await other.getByText("Dit antwoord is bewaard op").waitFor();
    const [download] = await Promise.all([other.waitForEvent("download"), other.getByRole("link", { name: "Antwoord van toen (JSON)" }).click()]);
    assert.equal(JSON.parse(await readFile(await download.path(), "utf8")).oordeel, mine.verdict);
  });
  await page.getByRole("button", { name: "Wis dit bewaarde antwoord" }).click();
  await page.waitForURL(/\/toets\?/);
  assert.equal(await verdict(page), mine.verdict);
  await go(page, address, 404);
  await page.getByText("Dit antwoord is niet (meer) bewaard.").waitFor();
});

visit("two variants side by side", {}, async (page) => {
  const mine = await answerOne(page);
  await page.getByRole("link", { name: "Maak een variant om te vergelijken" }).click();
  await page.waitForURL(/naast=/);
  await page.locator("#waar").fill("Emmen");
  await page.keyboard.press("Enter");
  await page.getByText("Een punt bij Emmen").waitFor();
  const other = await verdictText(page);
  await page.getByRole("link", { name: "Vergelijk de twee varianten" }).click();
  await page.getByRole("heading", { name: "Twee varianten vergelijken" }).waitFor();
  const outcome = page.getByRole("table", { name: "De uitkomst" });
  assert.equal(await outcome.locator(".brink-oordeel").nth(1).innerText(), other);
  const filled = page.getByRole("table", { name: "Wat anders is ingevuld" });
  assert.match(await filled.getByRole("row", { name: /^Plaats/ }).innerText(), /vlak van 9,0 hectare.*\s+.*punt bij Emmen/s);
  assert.ok((await page.getByRole("table", { name: "Per belang" }).getByRole("row").count()) > 1);
  await page.getByRole("link", { name: "Pas A aan" }).click();
  await page.locator(".brink-uitslag").waitFor();
  assert.equal(await verdict(page), mine.verdict);
});

visit("on paper: without menu and buttons, with what was folded away", {}, async (page) => {
  await go(page, PLAN);
  const norm = page.locator(".brink-norm").first();
  assert.equal(await norm.evaluate((one) => one.open), false);
  await page.emulateMedia({ media: "print" });
  for (const gone of [".brink-nav", ".brink-zoek", ".brink-knoppen.alleen-scherm", ".brink-tekenbalk", "button[name=overslaan]"]) {
    for (const one of await page.locator(gone).all()) assert.equal(await one.isVisible(), false, `${gone} is not printed`);
  }
  const texts = await page.locator(".brink-norm__waarom").evaluateAll((all) => all.map((one) => ({ text: one.textContent.trim(), tall: one.getBoundingClientRect().height })));
  assert.ok(texts.length > 5);
  assert.deepEqual(texts.filter(({ text, tall }) => text !== "" && tall === 0), [], "reasons are printed");
  await page.getByText("Kenmerk van het pakket").waitFor({ state: "visible" });
  assert.ok(await page.locator(".brink-uitslag").isVisible());
  const pdf = await page.pdf({ format: "A4" });
  assert.ok(pdf.length > 20_000);
});
