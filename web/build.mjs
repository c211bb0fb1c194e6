// Builds the pages' modules and style sheets into a folder: node build.mjs OUTDIR
// Run by crates/web/build.rs. Prints errors only.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { licences } from "./licenties.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];
if (target === undefined) {
  console.error("usage: node build.mjs OUTDIR");
  process.exit(2);
}
const out = resolve(target);
await mkdir(out, { recursive: true });
for (const name of await readdir(out)) {
  if (/^(deel|kaartwerker)-\w+\.js$/.test(name)) await rm(join(out, name));
}

// MapLibre's worker is a file of its own: the content security policy of the pages allows no blob: worker.
const require = createRequire(import.meta.url);
const workerSource = join(dirname(require.resolve("maplibre-gl/package.json")), "dist", "maplibre-gl-worker.mjs");
const worker = await readFile(workerSource);
const workerName = `kaartwerker-${createHash("sha256").update(worker).digest("hex").slice(0, 8)}.js`;
await copyFile(workerSource, join(out, workerName));

const shared = {
  absWorkingDir: here,
  outdir: out,
  bundle: true,
  minify: true,
  legalComments: "none",
  metafile: true,
  logLevel: "error",
};
const pages = ["basis", "toets", "kaart", "geschikt", "visie", "doelen"];
try {
  const [scripts, styles] = await Promise.all([
    build({
      ...shared,
      entryPoints: Object.fromEntries(pages.map((page) => [page, `src/pages/${page}.ts`])),
      format: "esm",
      splitting: true,
      target: "es2022",
      chunkNames: "deel-[hash]",
      define: { WORKER_FILE: JSON.stringify(workerName) },
    }),
    build({
      ...shared,
      entryPoints: { brink: "src/css/brink.css", kaart: "src/css/kaart.css" },
      target: ["chrome120", "firefox121", "safari17.4"],
      loader: { ".svg": "dataurl" },
    }),
    copyFile(join(here, "src", "brink-teken.svg"), join(out, "brink-teken.svg")),
  ]);
  await writeFile(join(out, "licenties.txt"), await licences(here, [scripts.metafile, styles.metafile]));
} catch (error) {
  if (error?.errors === undefined) console.error(error);
  process.exit(1);
}
