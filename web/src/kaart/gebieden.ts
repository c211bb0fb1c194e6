// Maps that only show: areas of a statement or section, and a shape where there is one.
import { mapIn } from "./vak";

export async function showAreas(kind: string, label: string): Promise<void> {
  const found = await mapIn(kind, label);
  if (found === undefined) return;
  const { box, map } = found;
  const [{ AreaLayers, numbered }, { words }, { fit, showShape }, { parseWkt }] = await Promise.all([
    import("./lagen"),
    import("./basis"),
    import("./plan"),
    import("../wkt"),
  ]);
  const layers = new AreaLayers(map);
  layers.only(numbered(words(box.dataset["lagen"])));
  const shape = parseWkt(box.dataset["vorm"] ?? "");
  if (shape === undefined) return;
  showShape(map, shape);
  fit(map, shape);
}
