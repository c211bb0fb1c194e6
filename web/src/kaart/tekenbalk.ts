// The buttons to draw with.

export type Tool = "punt" | "lijn" | "vlak" | "aanpassen" | "wissen";

const TOOLS: { tool: Tool; label: string; hint: string }[] = [
  { tool: "punt", label: "Punt", hint: "Klik op de plek. Met het toetsenbord: ga naar de kaart, schuif met de pijltjes en druk op Enter voor het midden." },
  { tool: "lijn", label: "Lijn", hint: "Klik op elk punt van de lijn. Klik nog eens op het laatste punt om te stoppen. Met het toetsenbord: Enter zet een punt in het midden, nog eens Enter stopt. Escape breekt af." },
  { tool: "vlak", label: "Vlak", hint: "Klik op elke hoek. Klik op de eerste hoek om het vlak te sluiten. Met het toetsenbord: Enter zet een hoek in het midden, nog eens Enter sluit het vlak. Escape breekt af." },
  { tool: "aanpassen", label: "Aanpassen", hint: "Klik op de vorm en sleep een hoek. Klik met de rechterknop op een hoek om die weg te halen." },
  { tool: "wissen", label: "Wissen", hint: "De vorm is gewist." },
];

export class Toolbar {
  private readonly buttons = new Map<Tool, HTMLButtonElement>();
  private readonly hint = document.createElement("p");

  constructor(box: HTMLElement, act: (tool: Tool) => void) {
    const bar = document.createElement("div");
    bar.className = "brink-tekenbalk";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Tekenen op de kaart");
    for (const { tool, label } of TOOLS) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `utrecht-button utrecht-button--secondary-action brink-tekenbalk__knop brink-tekenbalk__knop--${tool}`;
      button.textContent = label;
      if (tool !== "wissen") button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => act(tool));
      this.buttons.set(tool, button);
      bar.append(button);
    }
    this.hint.className = "brink-tekenbalk__uitleg";
    this.hint.setAttribute("aria-live", "polite");
    box.before(bar);
    box.after(this.hint);
    this.filled(false);
  }

  /** Marks the tool in hand and tells how it works. */
  choose(tool: Tool | undefined, hint?: string): void {
    for (const [name, button] of this.buttons) {
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(name === tool));
    }
    this.hint.textContent = hint ?? TOOLS.find((known) => known.tool === tool)?.hint ?? "Teken de plek van het plan op de kaart, of vul de plek zelf in.";
  }

  /** Changing and deleting need a shape. */
  filled(shape: boolean, editable = shape): void {
    const [change, clear] = [this.buttons.get("aanpassen"), this.buttons.get("wissen")];
    if (change !== undefined) change.disabled = !editable;
    if (clear !== undefined) clear.disabled = !shape;
  }
}
