// A load of mixed questions at a fixed rate: node belasting.mjs ADDRESS [--per-seconde 200] [--seconden 60] [--pid PID]
//
// Why our own and not wrk, oha or k6: wrk keeps no rate and gives one distribution for all kinds together; it waits for an answer
// before it asks the next, so that a slow server is asked less and looks better than it is. oha keeps a rate but knows one kind of
// question; k6 is not in a registry we use. Here every request has its moment beforehand, whatever became of the others, and the time
// counts from that moment: standing in line counts.
import { readFile } from "node:fs/promises";
import http from "node:http";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "per-seconde": { type: "string", default: "200" },
    seconden: { type: "string", default: "60" },
    pid: { type: "string" },
    // What must hold, in milliseconds and MB; without them it only measures.
    toets: { type: "string" },
    tegel: { type: "string" },
    geheugen: { type: "string" },
  },
});
const base = new URL(positionals[0] ?? "http://127.0.0.1:8080");
const PLACES = 400;
const [rate, seconds] = [Number(values["per-seconde"]), Number(values.seconden)];

/** Numbers that look like chance but are the same each time. */
let state = 20221;
function chance() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
const pick = (list) => list[Math.floor(chance() * list.length)];

async function names(path, read) {
  const response = await fetch(new URL(path, base));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return read(await response.json());
}

const activities = await names("/api/v1/woordenlijst/activiteiten", (found) => found.filter(({ groep }) => !groep).map(({ id }) => id));
const towns = await names("/api/v1/plaatsen", ({ features }) => features.map(({ geometry }) => geometry.coordinates));
/** Places around towns, tried beforehand: a plan outside the territory is refused. */
const places = [];
for (let n = 0; n < PLACES; n += 1) {
  const [lon, lat] = pick(towns);
  const one = `${(lon + chance() * 0.04 - 0.02).toFixed(5)},${(lat + chance() * 0.03 - 0.015).toFixed(5)}`;
  const answer = await fetch(new URL(`/api/v1/toets?activiteit=${activities[0]}&punt=${one}`, base));
  await answer.arrayBuffer();
  if (answer.ok) places.push(one);
}
const place = () => pick(places);
const layers = await names("/ogc/v1/collections?f=json", ({ collections }) => collections.map(({ id }) => id).filter((id) => id !== "antwoorden"));

/** A tile that was not asked before: each has other layers, so that none comes from a store. */
function tile() {
  const zoom = 8 + Math.floor(chance() * 6);
  const [lon, lat] = place().split(",").map(Number);
  const column = Math.floor(((lon + 180) / 360) * 2 ** zoom);
  const row = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** zoom);
  return `/ogc/v1/tiles/WebMercatorQuad/${zoom}/${row}/${column}?f=mvt&collections=${encodeURIComponent(`${pick(layers)},${pick(layers)},${pick(layers)}`)}`;
}

const KINDS = {
  toets: () => `/api/v1/toets?activiteit=${encodeURIComponent(pick(activities))}&punt=${place()}`,
  "toets (bladzijde)": () => `/toets?activiteit=${encodeURIComponent(pick(activities))}&punt=${place()}`,
  waar: () => `/api/v1/waar?punt=${place()}`,
  tegel: tile,
};
/** Of ten questions: four plans, one page, two places, three tiles. */
const MIX = ["toets", "tegel", "waar", "toets", "tegel", "toets (bladzijde)", "toets", "waar", "tegel", "toets"];

const agent = new http.Agent({ keepAlive: true, maxSockets: 100, scheduling: "fifo" });
const results = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, { times: [], faults: new Map() }]));

function ask(kind, path, moment) {
  return new Promise((done) => {
    const finish = (fault) => {
      const { times, faults } = results[kind];
      times.push(performance.now() - moment);
      if (fault !== undefined) faults.set(fault, (faults.get(fault) ?? 0) + 1);
      done();
    };
    const request = http.get(new URL(path, base), { agent, timeout: 30_000, headers: { "accept-encoding": "gzip" } }, (response) => {
      response.resume();
      response.on("end", () => finish(response.statusCode === 200 || response.statusCode === 204 ? undefined : `${response.statusCode} ${path}`));
      response.on("error", (error) => finish(error.message));
    });
    request.on("timeout", () => request.destroy(new Error("no answer in 30 s")));
    request.on("error", (error) => finish(error.message));
  });
}

async function memory() {
  if (values.pid === undefined) return Number.NaN;
  const status = await readFile(`/proc/${values.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
}

/** Everything is made beforehand: making it costs this program time too. */
const plan = Array.from({ length: rate * seconds }, (_, n) => ({ kind: MIX[n % MIX.length], at: (n * 1000) / rate })).map((one) => ({ ...one, path: KINDS[one.kind]() }));

const memories = [];
const begin = performance.now() + 200;
const pending = new Set();
let late = 0;
let next = 0;
const watch = setInterval(async () => memories.push(await memory().catch(() => Number.NaN)), 1_000);
memories.push(await memory());
while (next < plan.length) {
  const now = performance.now() - begin;
  while (next < plan.length && plan[next].at <= now) {
    const { kind, path, at } = plan[next];
    late = Math.max(late, now - at);
    const one = ask(kind, path, begin + at).finally(() => pending.delete(one));
    pending.add(one);
    next += 1;
  }
  await new Promise((go) => setTimeout(go, 1));
}
await Promise.all(pending);
clearInterval(watch);
memories.push(await memory());
agent.destroy();
const took = (performance.now() - begin) / 1000;

const share = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)];
const shown = (ms) => ms.toFixed(1).padStart(9);
console.log(`${plan.length} vragen in ${took.toFixed(1)} s: ${(plan.length / took).toFixed(0)} per seconde (gevraagd ${rate}); de vrager zelf hooguit ${late.toFixed(0)} ms te laat`);
console.log(`${"soort".padEnd(20)}${"aantal".padStart(8)}${"p50 ms".padStart(9)}${"p95 ms".padStart(9)}${"p99 ms".padStart(9)}${"hoogst".padStart(9)}${"fout".padStart(7)}`);
let failed = false;
for (const [kind, { times, faults }] of Object.entries(results)) {
  const sorted = times.sort((a, b) => a - b);
  const wrong = [...faults.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${kind.padEnd(20)}${String(sorted.length).padStart(8)}${[0.5, 0.95, 0.99, 1].map((part) => shown(share(sorted, part))).join("")}${String(wrong).padStart(7)}`);
  for (const [fault, count] of [...faults].slice(0, 3)) console.log(`    ${count} x ${fault}`);
  const most = values[kind];
  if (wrong > 0 || (most !== undefined && share(sorted, 0.95) > Number(most))) failed = true;
}
if (values.pid !== undefined) {
  console.log(`geheugen: ${memories.at(0).toFixed(0)} MB aan het begin, ${memories.at(-1).toFixed(0)} MB aan het eind, hooguit ${Math.max(...memories.filter(Number.isFinite)).toFixed(0)} MB`);
  if (values.geheugen !== undefined && Math.max(...memories.filter(Number.isFinite)) > Number(values.geheugen)) failed = true;
}
process.exitCode = failed ? 1 : 0;
