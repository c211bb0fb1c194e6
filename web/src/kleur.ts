// Colours of the theme for what is drawn by script.

const dark = matchMedia("(prefers-color-scheme: dark)");

export function isDark(): boolean {
  return dark.matches;
}

/** The value of a token as #rrggbb, or the fallback. */
export function colour(token: string, fallback = "#777777"): string {
  const value = getComputedStyle(document.body).getPropertyValue(`--brink-${token}`).trim();
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(value);
  if (short !== null) return `#${short.slice(1).map((digit) => digit + digit).join("")}`;
  return value === "" ? fallback : value;
}

export function onThemeChange(act: () => void): void {
  dark.addEventListener("change", act);
}

const HUES = 12;

/** The colour of an area: 1 to 12, what is outside goes round. */
export function areaColour(number: number): string {
  const hue = Number.isInteger(number) ? ((((number - 1) % HUES) + HUES) % HUES) + 1 : 1;
  return colour(`kleur-${hue}`);
}
