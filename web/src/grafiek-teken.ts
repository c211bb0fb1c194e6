// One chart with Chart.js, in the colours of the theme.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  Legend,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  Tooltip,
} from "chart.js";
import { areaColour, colour, onThemeChange } from "./kleur";

Chart.register(BarController, BarElement, LineController, LineElement, PointElement, CategoryScale, LinearScale, Tooltip, Legend);

interface Wanted {
  soort: "bar" | "line";
  labels: string[];
  reeksen: { naam: string; waarden: (number | null)[] }[];
  eenheid?: string;
}

const drawn = new Map<HTMLCanvasElement, { text: string; chart: Chart }>();
const number = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 3 });
const POINTS = ["circle", "rectRot", "triangle", "rect"] as const;
const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3]];

function read(text: string): Wanted | undefined {
  try {
    const found = JSON.parse(text) as Partial<Wanted>;
    const fits = (found.soort === "bar" || found.soort === "line") && Array.isArray(found.labels) && Array.isArray(found.reeksen);
    return fits ? (found as Wanted) : undefined;
  } catch {
    return undefined;
  }
}

function configuration(wanted: Wanted): ChartConfiguration {
  const ink = colour("tekst");
  const faint = colour("lijn");
  const unit = wanted.eenheid ?? "";
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const font = { family: getComputedStyle(document.body).fontFamily, size: 14 };
  return {
    type: wanted.soort,
    data: {
      labels: wanted.labels,
      datasets: wanted.reeksen.map((series, n) => ({
        label: series.naam,
        data: series.waarden,
        backgroundColor: areaColour(n + 1),
        borderColor: areaColour(n + 1),
        borderWidth: wanted.soort === "line" ? 2.5 : 0,
        // Not by colour alone: lines differ in dashes and points.
        borderDash: DASHES[n % DASHES.length] ?? [],
        pointStyle: POINTS[n % POINTS.length] ?? "circle",
        pointRadius: 4,
        maxBarThickness: 48,
        spanGaps: true,
      })),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: still ? false : { duration: 250 },
      interaction: { mode: "index", intersect: false },
      plugins: {
        legend: { display: wanted.reeksen.length > 1, position: "bottom", labels: { color: ink, font, boxWidth: 12, boxHeight: 8, padding: 16, usePointStyle: wanted.soort === "line" } },
        tooltip: {
          callbacks: {
            label: (item) => `${item.dataset.label ?? ""}: ${item.parsed.y === null ? "onbekend" : number.format(item.parsed.y)} ${unit}`.trim(),
          },
        },
      },
      scales: {
        x: { ticks: { color: ink, font }, grid: { display: false }, border: { color: faint } },
        y: {
          beginAtZero: true,
          ticks: { color: ink, font, callback: (value) => number.format(Number(value)) },
          grid: { color: faint },
          border: { display: false },
          title: { display: unit !== "", text: unit, color: ink, font },
        },
      },
    },
  };
}

export function draw(place: HTMLCanvasElement): void {
  const text = place.dataset["grafiek"] ?? "";
  const before = drawn.get(place);
  if (before?.text === text) return;
  const wanted = read(text);
  before?.chart.destroy();
  drawn.delete(place);
  place.parentElement?.classList.toggle("is-getekend", wanted !== undefined);
  if (wanted !== undefined) drawn.set(place, { text, chart: new Chart(place, configuration(wanted)) });
}

onThemeChange(() => {
  for (const place of [...drawn.keys()]) {
    drawn.get(place)?.chart.destroy();
    drawn.delete(place);
    if (place.isConnected) draw(place);
  }
});
