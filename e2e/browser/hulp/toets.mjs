// What a visitor reads on the page of an answer.
import assert from "node:assert/strict";
import { eventually } from "./reiziger.mjs";

/** The verdict on the page, as the word of the answer. */
export async function verdict(page) {
  const classes = await page.locator(".brink-uitslag").first().getAttribute("class");
  const found = /brink-uitslag--([a-z-]+)/.exec(classes ?? "");
  assert.ok(found, "the page has a verdict");
  return found[1];
}

/** The verdict as people read it. */
export function verdictText(page) {
  return page.locator(".brink-uitslag__oordeel").first().innerText();
}

/** Questions that are still open: they can be skipped. */
export function openQuestions(page) {
  return page.locator(".brink-vraag:has(button[name=overslaan])");
}

/** Waits until the address asks what was just filled in, and the answer to it is on the page. */
export async function answered(page, part) {
  await eventually(() => decodeURIComponent(page.url()).includes(part), `the address has ${part}: ${page.url()}`);
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}

/** The answers a question foretells: what is chosen, and the verdict (as text) that follows. */
export async function foretold(question) {
  const text = await question.locator(".brink-vraag__gevolg").innerText();
  const found = /^Het oordeel wordt dan: (.*)\.$/.exec(text.trim());
  if (!found) return [];
  return found[1].split(" · ").map((part) => {
    const at = part.lastIndexOf(": ");
    return { choice: part.slice(0, at), verdict: part.slice(at + 2) };
  });
}

/** A plan that several tests begin with. */
export const PLAN = "/toets?activiteit=zonnepark&vorm=POLYGON%28%286.75+52.95%2C6.754+52.95%2C6.754+52.953%2C6.75+52.953%2C6.75+52.95%29%29";
