// Buttons that only work with script: shown here, hidden in the page as it comes.
import { announce } from "./deel";

const SHOWN_MS = 2500;

async function copy(button: HTMLButtonElement): Promise<void> {
  const before = button.textContent ?? "";
  const said = await navigator.clipboard.writeText(button.dataset["tekst"] ?? location.href).then(
    () => "Gekopieerd",
    () => "Kopiëren lukt niet. Neem het adres over uit de adresbalk.",
  );
  button.textContent = said;
  announce(said);
  setTimeout(() => (button.textContent = before), SHOWN_MS);
}

export function startButtons(): void {
  const show = (): void => {
    for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-actie][hidden]")) button.hidden = false;
  };
  show();
  document.addEventListener("brink:vernieuwd", show);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button[data-actie]") : null;
    if (button?.dataset["actie"] === "afdrukken") window.print();
    if (button?.dataset["actie"] === "kopieer") void copy(button);
  });
}
