// Diagonal stripes: what is a sketch, not a measured border.
import type { Map as GlMap } from "maplibre-gl";

const SIDE = 20;
const RATIO = 2;

/** The name of a striped image in this colour, made when the map has none yet. */
export function hatch(map: GlMap, ink: string): string {
  const name = `schets${ink}`;
  if (map.hasImage(name)) return name;
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const pen = canvas.getContext("2d");
  if (pen === null) return name;
  pen.strokeStyle = ink;
  pen.lineWidth = 4;
  for (const shift of [-SIDE, 0, SIDE]) {
    pen.beginPath();
    pen.moveTo(shift - 2, SIDE + 2);
    pen.lineTo(shift + SIDE + 2, -2);
    pen.stroke();
  }
  map.addImage(name, pen.getImageData(0, 0, SIDE, SIDE), { pixelRatio: RATIO });
  return name;
}
