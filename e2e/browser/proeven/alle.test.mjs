// What holds of every page: accessible, in light and dark, on a phone and a desk; nothing wider than the screen.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { SCREENS, go, visitor, withBrowser } from "../hulp/reiziger.mjs";
import { PAGES } from "../hulp/bladen.mjs";

withBrowser();

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
const LOOKS = [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 1280 },
  { colorScheme: "light", width: 360 },
  { colorScheme: "dark", width: 360 },
];
const WIDTHS = [320, 768, 1280];
const TALLEST = 16_000;

/** What axe finds, a line each. */
async function findings(page) {
  const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.join(" ")}: ${failureSummary?.split("\n").slice(1).join(" ").trim()}`));
}

/** Elements that stick out of the screen, or text that is cut off. */
function tooWide() {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  const out = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
  return [`${wide} px too wide`, ...out.slice(0, 5).map((one) => `${one.tagName}.${one.className} ${(one.textContent ?? "").trim().slice(0, 40)}`)];
}

/** The map is there, or the page has none. */
async function settled(page) {
  if ((await page.locator("[data-kaart]").count()) > 0) await page.locator("[data-kaart] canvas").first().waitFor();
  await page.waitForLoadState("networkidle");
}

for (const [name, address, status] of PAGES) {
  test(`${name}: ${address}`, { timeout: 90_000 }, async () => {
    const allowed = status === 200 ? [] : [new RegExp(`status of ${status}`)];
    await visitor({ allowed }, async (page) => {
      await go(page, address, status);
      await settled(page);
      assert.match(await page.title(), /\S+.* - Brink$/);
      assert.equal(await page.locator("h1").count(), 1, "one heading of the first level");
      assert.equal(await page.locator("html").getAttribute("lang"), "nl");
      assert.equal(await page.locator("[style]:not([data-kaart] *, [data-kaart], canvas)").count(), 0, "no style in the page");
      const twice = await page.evaluate(() => {
        const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
        return ids.filter((id, n) => ids.indexOf(id) !== n);
      });
      assert.deepEqual(twice, [], "every id once");
      await page.evaluate(axe);
      const found = [];
      for (const { colorScheme, width } of LOOKS) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 900 });
        await page.waitForTimeout(50);
        found.push(...(await findings(page)).map((line) => `${colorScheme} ${width}: ${line}`));
      }
      assert.deepEqual(found, [], "axe finds nothing");
      await page.emulateMedia({ colorScheme: "light" });
      await mkdir(SCREENS, { recursive: true });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForTimeout(100);
        assert.deepEqual(await page.evaluate(tooWide), [], `${width} wide`);
        const height = Math.min(TALLEST, await page.evaluate(() => document.documentElement.scrollHeight));
        await page.screenshot({ path: join(SCREENS, `${name}-${width}.png`), fullPage: true, clip: { x: 0, y: 0, width, height } });
      }
    });
  });
}
