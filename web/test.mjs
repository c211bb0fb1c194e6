// Bundles the tests (node 20 reads no TypeScript) and runs them with node's own runner.
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "test");
const out = await mkdtemp(join(tmpdir(), "brink-web-"));
try {
  const tests = (await readdir(folder)).filter((name) => name.endsWith(".test.mjs"));
  await build({ absWorkingDir: here, entryPoints: tests.map((name) => join(folder, name)), outdir: out, outExtension: { ".js": ".mjs" }, bundle: true, platform: "node", format: "esm", logLevel: "error" });
  const files = tests.map((name) => join(out, name));
  process.exitCode = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1;
} finally {
  await rm(out, { recursive: true });
}
