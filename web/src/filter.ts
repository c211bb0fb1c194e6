// A field that narrows a list on the page: input[data-filter="selector of the rows"].

/** Lower case, without accents. */
const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Shows only the rows that have the words; a row with a choice that is made stays. Groups without rows go too. */
function narrow(selector: string, typed: string): number {
  const words = folded(typed).split(/\s+/).filter((word) => word !== "");
  let shown = 0;
  const groups = new Set<HTMLDetailsElement>();
  for (const row of document.querySelectorAll<HTMLElement>(selector)) {
    const name = folded(row.querySelector("label")?.textContent ?? row.textContent ?? "");
    const chosen = row.querySelector<HTMLInputElement>("input:checked") !== null;
    const hit = words.every((word) => name.includes(word));
    row.hidden = !hit && !chosen;
    if (hit) shown += 1;
    const group = row.closest("details");
    if (group !== null) groups.add(group);
  }
  for (const group of groups) {
    const rows = [...group.querySelectorAll<HTMLElement>(selector)];
    group.hidden = rows.every((row) => row.hidden);
    if (words.length > 0 && !group.hidden) group.open = true;
  }
  return shown;
}

export function startFilter(): void {
  const field = document.querySelector<HTMLInputElement>("input[data-filter]");
  if (field === null) return;
  const state = document.querySelector<HTMLElement>("[data-filter-stand]");
  field.addEventListener("input", () => {
    const shown = narrow(field.dataset["filter"] ?? "", field.value);
    if (state !== null) state.textContent = field.value.trim() === "" ? "" : shown === 0 ? "Geen laag heet zo." : shown === 1 ? "1 laag gevonden." : `${shown} lagen gevonden.`;
  });
}
