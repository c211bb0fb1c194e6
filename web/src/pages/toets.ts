// Testing a plan: drawing its place; the areas it lies in.
import { drawCharts } from "../grafiek";
import { onRenewed } from "../levend";
import { mapIn } from "../kaart/vak";

const LABEL = "Kaart om de plek van het plan te tekenen. U kunt de plek ook zonder kaart invullen.";
/** Fields that tell a place in another way; who draws lets go of them. */
const OTHER_WAYS = ["punt", "plek"];

type Field = HTMLInputElement | HTMLTextAreaElement;

function field(form: HTMLFormElement | null, name: string): Field | undefined {
  const found = form?.elements.namedItem(name);
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement ? found : undefined;
}

/** One way to tell the place at a time: the last one filled in. */
function keepOneWay(form: HTMLFormElement): void {
  form.addEventListener(
    "change",
    (event) => {
      const changed = event.target;
      if (!(changed instanceof HTMLInputElement || changed instanceof HTMLTextAreaElement) || changed.value === "") return;
      const ways = ["vorm", ...OTHER_WAYS];
      if (!ways.includes(changed.name)) return;
      for (const name of ways) {
        const other = field(form, name);
        if (name !== changed.name && other !== undefined) other.value = "";
      }
    },
    { capture: true },
  );
}

async function start(): Promise<void> {
  const form = document.querySelector<HTMLTextAreaElement>("[name='vorm']")?.form ?? null;
  const target = field(form, "vorm");
  if (form !== null && target !== undefined) keepOneWay(form);
  const found = await mapIn("toets", LABEL);
  if (found === undefined) return;
  const { box, map } = found;
  const [{ AreaLayers, numbered }, { words }, { fit, showShape }, { parseWkt }] = await Promise.all([
    import("../kaart/lagen"),
    import("../kaart/basis"),
    import("../kaart/plan"),
    import("../wkt"),
  ]);
  showShape(map, undefined);
  const layers = new AreaLayers(map);
  layers.only(numbered(words(box.dataset["lagen"])));
  let shown = box.dataset["vorm"] ?? "";
  let show = (text: string): void => {
    const shape = parseWkt(text);
    showShape(map, shape);
    if (shape !== undefined) fit(map, shape);
  };
  if (target === undefined) show(shown);
  else {
    const { Drawing } = await import("../kaart/teken");
    const drawing = new Drawing(map, box, target);
    show = (text) => drawing.read(text);
  }
  onRenewed(({ page }) => {
    const fresh = page.querySelector<HTMLElement>("[data-kaart='toets']");
    if (fresh === null) return;
    layers.only(numbered(words(fresh.dataset["lagen"])));
    const text = fresh.dataset["vorm"] ?? "";
    // Another shape in the field is newer than this answer: it is shown already, as it was drawn.
    if (text !== shown && ["", text].includes(target?.value ?? "")) show(text);
    shown = text;
  });
}

void drawCharts();
void start();
