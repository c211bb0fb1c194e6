// Charts in <canvas data-grafiek>: the library is fetched only when there is one.

export async function drawCharts(): Promise<void> {
  const places = document.querySelectorAll<HTMLCanvasElement>("canvas[data-grafiek]");
  if (places.length === 0) return;
  const { draw } = await import("./grafiek-teken");
  for (const place of places) draw(place);
}
