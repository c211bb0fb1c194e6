// A browser that tells on the page: whatever goes wrong in it fails the test that looks.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium, devices } from "playwright-core";

/** Where the server is; test.sh says so. */
export const ADDRESS = process.env.BRINK_PROEF_ADRES ?? "http://127.0.0.1:8080";
/** Where screenshots go. */
export const SCREENS = process.env.BRINK_PROEF_SCHERMEN ?? "schermen";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
];

/** For who works on web/: a folder with a fresh build, used in place of what the server has in it. */
const FRESH = process.env.BRINK_PROEF_BESTANDEN;

/** A test takes at most this long. */
const LIMIT_MS = 90_000;
/** One wait within a test takes at most this long: the machine may be busy with other tests. */
const WAIT_MS = 20_000;

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, userAgent: devices["Pixel 5"].userAgent };

let browser;

/** One browser for all tests of a file. */
export function withBrowser() {
  before(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  });
  after(() => browser?.close());
}

/** What goes wrong in a page, while it is looked at. */
async function watch(context, faults, allowed) {
  const report = (text) => {
    if (!allowed.some((pattern) => pattern.test(text))) faults.push(text);
  };
  context.on("page", (page) => {
    page.setDefaultTimeout(WAIT_MS);
    page.on("console", (message) => {
      // What the policy refuses is said here too.
      if (message.type() === "error") report(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => report(`script: ${error.stack ?? error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 500) report(`${response.status()}: ${response.url()}`);
    });
    page.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "";
      if (why !== "net::ERR_ABORTED") report(`${why}: ${request.url()}`);
    });
  });
  if (FRESH) {
    await context.route(/\/bestanden\/[0-9a-f]+\//, (route) => route.fulfill({ path: join(FRESH, new URL(route.request().url()).pathname.split("/").pop()) }));
  }
  // Nothing may leave the server's own address.
  await context.route(
    (url) => url.origin !== new URL(ADDRESS).origin,
    (route) => {
      report(`elsewhere: ${route.request().url()}`);
      return route.abort();
    },
  );
}

/** A fresh visitor, without memory of others. `act` gets the page; any fault in it fails. */
export async function visitor(options, act) {
  const { allowed = [], ...rest } = options;
  const faults = [];
  const context = await browser.newContext({
    baseURL: ADDRESS,
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
    ...rest,
  });
  await watch(context, faults, allowed);
  const page = await context.newPage();
  try {
    const result = await act(page, context);
    assert.deepEqual(faults, [], "the page complains");
    return result;
  } catch (error) {
    if (faults.length > 0 && error.code !== "ERR_ASSERTION") error.message += `\nand the page complains: ${faults.join("\n")}`;
    await mkdir(SCREENS, { recursive: true });
    await page.screenshot({ path: join(SCREENS, `fout-${Date.now()}.png`), fullPage: true }).catch(() => {});
    error.message += `\nat ${page.url()}`;
    throw error;
  } finally {
    await context.close();
  }
}

/** A test with one visitor. */
export function visit(name, options, act) {
  test(name, { timeout: LIMIT_MS }, () => visitor(options, act));
}

/** Tries until it holds. */
export async function eventually(check, what, limit = WAIT_MS) {
  const end = Date.now() + limit;
  let last;
  for (;;) {
    try {
      const value = await check();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not so within ${limit / 1000} s: ${what}${last ? ` (${last.message})` : ""}`);
    await new Promise((go) => setTimeout(go, 50));
  }
}

/** Leaves a mark in the page that a reload would wipe out. */
export async function mark(page) {
  await page.evaluate(() => {
    globalThis.brinkMark = true;
  });
}

export async function assertNotReloaded(page) {
  assert.equal(await page.evaluate(() => globalThis.brinkMark === true), true, "the page was reloaded");
}

/** Goes to an address and expects this status. */
export async function go(page, address, status = 200) {
  const response = await page.goto(address, { waitUntil: "load" });
  assert.equal(response?.status(), status, address);
  return response;
}
