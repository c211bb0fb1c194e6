// Fetching a page and putting its parts in the place of ours.
import { Idiomorph } from "idiomorph";

/** Fired on the document after parts were swapped. */
export const RENEWED = "brink:vernieuwd";
export interface Renewed {
  page: Document;
  url: URL;
}

export class FetchProblem extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const PART = "[data-live-deel]";

export async function fetchPage(url: URL, signal: AbortSignal): Promise<Document> {
  return (await follow(url, signal)).page;
}

/** The page, and its own address when the server sent us on. */
export async function follow(url: URL, signal: AbortSignal): Promise<{ page: Document; sentTo: URL | undefined }> {
  const response = await fetch(url, { signal, headers: { accept: "text/html" }, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  // A page that says what is wrong with the input is an answer too.
  if (!response.ok && page.querySelector(PART) === null) throw new FetchProblem(response.statusText, response.status);
  return { page, sentTo: response.redirected ? new URL(response.url) : undefined };
}

type Filled = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
const CHOSEN = ["checkbox", "radio", "file", "hidden", "submit", "button"];

/** The server made something else of what was asked (a place by name became a point): fields outside the parts follow. */
export function refill(form: HTMLFormElement, page: Document): void {
  const filled = (one: unknown): one is Filled =>
    one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement || (one instanceof HTMLInputElement && !CHOSEN.includes(one.type));
  for (const field of form.elements) {
    if (!filled(field) || field.id === "" || field.closest(PART) !== null) continue;
    const fresh = page.getElementById(field.id);
    if (filled(fresh)) field.value = fresh.value;
  }
}

/** What the reader opened, typed or what a module drew stays. */
const callbacks = {
  beforeNodeMorphed: (old: Element): boolean => !(old instanceof HTMLElement && old.dataset["kaart"] !== undefined),
  beforeAttributeUpdated: (name: string, node: Element): boolean =>
    !(name === "open" && node instanceof HTMLDetailsElement) && !(name === "hidden" && node instanceof HTMLElement && node.dataset["actie"] !== undefined),
};

/** The question in hand: its place among the questions of its part. */
function questionInHand(): { part: HTMLElement; at: number } | undefined {
  const part = document.activeElement?.closest<HTMLElement>(PART);
  if (part === null || part === undefined) return undefined;
  const question = document.activeElement?.closest(".brink-vraag") ?? null;
  return { part, at: question === null ? -1 : [...part.querySelectorAll(".brink-vraag")].indexOf(question) };
}

/** When what had the focus is gone (a question that is answered), the one that took its place gets it. */
function keepFocus(before: { part: HTMLElement; at: number } | undefined): void {
  if (before === undefined || !before.part.isConnected || (document.activeElement !== document.body && document.activeElement !== null)) return;
  const goal = before.at < 0 ? undefined : before.part.querySelectorAll<HTMLElement>(".brink-vraag")[before.at];
  const next = goal ?? before.part;
  next.tabIndex = -1;
  next.focus({ preventScroll: goal === undefined });
}

/** Swaps the named parts (all when no name is given) and says what the answer wants said. */
export function swap(page: Document, only?: string): number {
  const said = document.querySelector("[data-melding]")?.textContent ?? "";
  const inHand = questionInHand();
  let swapped = 0;
  for (const part of document.querySelectorAll<HTMLElement>(PART)) {
    const name = part.dataset["liveDeel"] ?? "";
    if (only !== undefined && name !== only) continue;
    const fresh = page.querySelector(`[data-live-deel="${CSS.escape(name)}"]`);
    if (fresh === null || !part.isConnected) continue;
    swapped += 1;
    if (fresh.innerHTML !== part.innerHTML) {
      Idiomorph.morph(part, fresh.innerHTML, { morphStyle: "innerHTML", ignoreActiveValue: true, restoreFocus: true, callbacks });
    }
  }
  keepFocus(inHand);
  const say = document.querySelector("[data-melding]")?.textContent ?? "";
  if (say !== said) announce(say);
  return swapped;
}

export function announce(text: string): void {
  const region = document.getElementById("melding");
  if (region !== null) region.textContent = text.replace(/\s+/g, " ").trim();
}

export function busy(on: boolean, only?: string): void {
  for (const part of document.querySelectorAll<HTMLElement>(PART)) {
    if (only !== undefined && part.dataset["liveDeel"] !== only) continue;
    if (on) part.setAttribute("aria-busy", "true");
    else part.removeAttribute("aria-busy");
  }
}

/** One part that follows a click: the newest wins. */
export function follower(name: string): (url: URL) => Promise<Document | undefined> {
  let running: AbortController | undefined;
  return async (url) => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    busy(true, name);
    try {
      const page = await fetchPage(url, mine.signal);
      swap(page, name);
      document.dispatchEvent(new CustomEvent<Renewed>(RENEWED, { detail: { page, url } }));
      return page;
    } catch (error) {
      if (!mine.signal.aborted) announce(explain(error));
      return undefined;
    } finally {
      if (running === mine) busy(false, name);
    }
  };
}

/** What went wrong, and what the reader can do. */
export function explain(error: unknown): string {
  const status = error instanceof FetchProblem ? error.status : 0;
  if (status === 429) return "Er zijn te veel vragen achter elkaar gesteld. Wacht even en probeer het opnieuw.";
  if (status === 413 || status === 414) return "De vorm heeft te veel punten om zo te versturen. Upload de vorm als bestand.";
  if (status >= 500) return "De server kan nu geen antwoord geven. Probeer het straks opnieuw.";
  if (status >= 400) return "De server begrijpt deze vraag niet. Kijk de velden na.";
  return "Er is geen verbinding met de server. Kijk of u internet hebt en probeer het opnieuw.";
}
