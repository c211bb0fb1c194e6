// The licences of what is bundled, as one text to be served beside it.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** The folder of the package a bundled file is of; undefined for our own files. */
function folderOf(input) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

async function manifest(folder) {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}

/** Files that come bundled by their maker hold their dependencies too. */
async function withDependencies(folder, modules, found) {
  if (found.has(folder)) return;
  const about = await manifest(folder).catch(() => undefined);
  if (about === undefined) return;
  found.set(folder, about);
  for (const name of Object.keys(about.dependencies ?? {})) {
    if (!name.startsWith("@types/")) await withDependencies(join(modules, name), modules, found);
  }
}

async function text(folder) {
  const name = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  return name === undefined ? "" : (await readFile(join(folder, name), "utf8")).trim();
}

export async function licences(here, metafiles) {
  const modules = join(here, "node_modules");
  const found = new Map();
  for (const { inputs } of metafiles) {
    for (const input of Object.keys(inputs)) {
      const folder = folderOf(input);
      if (folder !== undefined) await withDependencies(join(here, folder), modules, found);
    }
  }
  // Packages that share a licence text are named above it together.
  const groups = new Map();
  for (const [folder, about] of [...found].sort(([a], [b]) => a.localeCompare(b))) {
    const words = (await text(folder)) || `${about.license ?? "zie de makers"}. ${typeof about.author === "string" ? about.author : (about.author?.name ?? "")}`.trim();
    groups.set(words, [...(groups.get(words) ?? []), `${about.name} ${about.version} (${about.license ?? "zie hieronder"})`]);
  }
  const parts = [...groups].map(([words, names]) => `${names.join("\n")}\n\n${words}\n`);
  return `Brink gebruikt in de browser deze programma's van anderen.\n\n${parts.join(`\n${"-".repeat(72)}\n\n`)}`;
}
