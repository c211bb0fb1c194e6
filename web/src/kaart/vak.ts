// Boxes of maps on a page: the map's code is fetched only when there is one.
import type { Map as GlMap } from "maplibre-gl";

export async function mapIn(kind: string, label: string): Promise<{ box: HTMLElement; map: GlMap } | undefined> {
  const box = document.querySelector<HTMLElement>(`[data-kaart="${kind}"]`);
  if (box === null) return undefined;
  const { createMap } = await import("./basis");
  const map = await createMap(box, box.getAttribute("aria-label") ?? label);
  return map === undefined ? undefined : { box, map };
}
