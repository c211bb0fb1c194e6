// Live answers: a change of the form is asked as the same page, and parts of the answer take the place of ours.
import { RENEWED, type Renewed, busy, explain, follow, refill, swap } from "./deel";
import { address, query } from "./vraag";

const PAUSE_MS = 250;
/** With arrow keys every radio button on the way is chosen for a moment. */
const ARROW_PAUSE_MS = 1000;

class LiveForm {
  private timer: number | undefined;
  private running: AbortController | undefined;
  private asked: string;
  private failed = false;
  private arrow = false;

  constructor(private readonly form: HTMLFormElement) {
    this.asked = address(form, query(form)).href;
    // Fields may stand outside the form (form="id"), so the document listens.
    document.addEventListener("input", this.changed);
    document.addEventListener("change", this.changed);
    document.addEventListener("keydown", (event) => (this.arrow = event.key.startsWith("Arrow")), { capture: true });
    document.addEventListener("pointerdown", () => (this.arrow = false), { capture: true });
    form.addEventListener("submit", this.submitted);
    for (const button of document.querySelectorAll<HTMLElement>("[data-live-knop]")) {
      button.classList.replace("utrecht-button--primary-action", "utrecht-button--secondary-action");
    }
  }

  private changed = (event: Event): void => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)) return;
    if (field.form !== this.form || field.name === "" || field.type === "file") return;
    this.running?.abort();
    clearTimeout(this.timer);
    const pause = this.arrow && field.type === "radio" ? ARROW_PAUSE_MS : PAUSE_MS;
    this.timer = setTimeout(() => void this.ask(address(this.form, query(this.form))), pause);
  };

  private submitted = (event: SubmitEvent): void => {
    const button = event.submitter;
    // What is posted elsewhere goes its own way; and after a failure the browser may try.
    if (this.failed || button?.hasAttribute("formaction") || button?.hasAttribute("formmethod")) return;
    event.preventDefault();
    clearTimeout(this.timer);
    this.asked = "";
    void this.ask(address(this.form, query(this.form, button))).then((done) => {
      if (!done) return;
      const goal = document.querySelector<HTMLElement>("[data-live-doel]");
      if (goal === null || (button !== null && button.getAttribute("name") !== null)) return;
      goal.tabIndex = -1;
      goal.focus();
    });
  };

  private async ask(asked: URL): Promise<boolean> {
    if (asked.href === this.asked) {
      busy(false);
      return false;
    }
    this.running?.abort();
    const mine = new AbortController();
    this.running = mine;
    busy(true);
    try {
      const { page, sentTo } = await follow(asked, mine.signal);
      if (mine.signal.aborted) return false;
      const url = sentTo ?? asked;
      this.failed = false;
      swap(page);
      if (sentTo !== undefined) refill(this.form, page);
      this.asked = sentTo === undefined ? asked.href : address(this.form, query(this.form)).href;
      if (page.title !== "") document.title = page.title;
      history.replaceState(history.state, "", url);
      this.complain("");
      document.dispatchEvent(new CustomEvent<Renewed>(RENEWED, { detail: { page, url } }));
      return true;
    } catch (error) {
      if (mine.signal.aborted) return false;
      this.failed = true;
      this.complain(explain(error));
      return false;
    } finally {
      if (this.running === mine) busy(false);
    }
  }

  private complain(text: string): void {
    let place = this.form.querySelector<HTMLElement>("[data-live-fout]") ?? document.querySelector<HTMLElement>("[data-live-fout]");
    if (place === null) {
      if (text === "") return;
      place = document.createElement("div");
      place.dataset["liveFout"] = "";
      this.form.prepend(place);
    }
    place.replaceChildren();
    if (text === "") return;
    const button = document.querySelector("[data-live-knop]")?.textContent?.trim() ?? "";
    const notice = document.createElement("div");
    notice.className = "utrecht-alert utrecht-alert--error";
    notice.setAttribute("role", "alert");
    const content = document.createElement("div");
    content.className = "utrecht-alert__content";
    const sentence = document.createElement("p");
    sentence.className = "utrecht-paragraph";
    sentence.textContent = button === "" ? text : `${text} De knop “${button}” blijft werken.`;
    content.append(sentence);
    notice.append(content);
    place.append(notice);
  }
}

export function startLive(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-live]")) new LiveForm(form);
}

export function onRenewed(act: (renewed: Renewed) => void): void {
  document.addEventListener(RENEWED, (event) => act((event as CustomEvent<Renewed>).detail));
}
