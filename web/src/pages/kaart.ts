// All layers: on and off, opacity, and what applies at the place that is clicked.
import { follower } from "../deel";
import { startFilter } from "../filter";
import { mapIn } from "../kaart/vak";
import { formatPoint, parsePoint, parseWkt, type Position } from "../wkt";

const LABEL = "Kaart met lagen. Klik op een plek om te zien wat daar geldt, of druk op Enter voor het midden van de kaart.";

interface Toggle {
  box: HTMLInputElement;
  slider: HTMLInputElement | null;
}

function toggles(): Toggle[] {
  return [...document.querySelectorAll<HTMLInputElement>("input[type='checkbox'][name='laag']")].map((box) => ({
    box,
    slider: box.closest(".brink-laag")?.querySelector<HTMLInputElement>("[data-dekking]") ?? null,
  }));
}

const share = (slider: HTMLInputElement | null): number => (slider === null ? 1 : Number(slider.value) / Number(slider.max || 100));

/** The legend under the map names what is on. */
function legend(): void {
  const list = document.querySelector("[data-legenda]");
  list?.replaceChildren(
    ...toggles()
      .filter(({ box }) => box.checked)
      .map(({ box }) => {
        const line = document.createElement("li");
        line.className = "brink-legenda__regel";
        const swatch = box.closest("label")?.querySelector(".brink-staal")?.cloneNode();
        const sketch = box.dataset["kaartsoort"] === "schets" ? " (schets)" : "";
        line.append(...(swatch === undefined ? [] : [swatch]), ` ${box.dataset["naam"] ?? box.value}${sketch}`);
        return line;
      }),
  );
}

/** The address tells which layers are on and which place is chosen. */
function remember(place: Position | undefined): void {
  const url = new URL(location.href);
  url.searchParams.delete("laag");
  for (const { box } of toggles()) if (box.checked) url.searchParams.append("laag", box.value);
  if (place !== undefined) {
    url.searchParams.delete("vorm");
    url.searchParams.set("punt", formatPoint(place));
  }
  history.replaceState(history.state, "", url);
}

async function start(): Promise<void> {
  startFilter();
  const found = await mapIn("kaart", LABEL);
  if (found === undefined) return;
  const { box, map } = found;
  const [{ AreaLayers }, { fit, onPlace, point, showShape }] = await Promise.all([import("../kaart/lagen"), import("../kaart/plan")]);
  showShape(map, undefined);
  const layers = new AreaLayers(map);
  const pointField = document.querySelector<HTMLInputElement>("input[name='punt']");
  let place = parsePoint(new URLSearchParams(location.search).get("punt") ?? pointField?.value ?? "");
  const ask = follower("waar");

  const apply = ({ box, slider }: Toggle): void => {
    const label = slider?.closest<HTMLElement>(".brink-laag__dekking");
    if (label) label.hidden = !box.checked;
    if (box.checked) layers.show({ id: box.value, hue: Number(box.dataset["kleur"] ?? 1), opacity: share(slider) });
    else layers.hide(box.value);
  };
  for (const toggle of toggles()) {
    apply(toggle);
    toggle.box.addEventListener("change", () => {
      apply(toggle);
      legend();
      remember(place);
    });
    toggle.slider?.addEventListener("input", () => layers.opacity(toggle.box.value, share(toggle.slider)));
  }

  if (place !== undefined) {
    showShape(map, point(place));
    fit(map, point(place), 11);
  } else {
    const shape = parseWkt(box.dataset["vorm"] ?? "");
    if (shape !== undefined) {
      showShape(map, shape);
      fit(map, shape);
    }
  }
  onPlace(map, (chosen) => {
    place = chosen;
    showShape(map, point(chosen));
    if (pointField !== null) pointField.value = formatPoint(chosen);
    document.querySelector("input[name='vorm']")?.remove();
    remember(chosen);
    const url = new URL("/waar", location.href);
    url.searchParams.set("punt", formatPoint(chosen));
    void ask(url);
  });
}

void start();
