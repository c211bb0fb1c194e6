// Stopping and changing while people ask: nobody is cut off.
import assert from "node:assert/strict";
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ask, pause, start, visitor } from "./server.mjs";

const PACKAGE = process.env.BRINK_PROEF_PAKKET ?? new URL("../../policies/drenthe-2022", import.meta.url).pathname;
const TOETS = "/toets?activiteit=zonnepark&punt=6.763,53.003";

test("who is being answered when the server stops, gets the answer", { timeout: 60_000 }, async () => {
  const server = await start(["--verzoeken-per-seconde", "0"]);
  await ask(server, TOETS);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
  const begun = [];
  // As many as wait in line for a while, and one that takes long.
  const asked = Array.from({ length: 80 }, (_, n) => {
    const path = n === 0 ? "/geschikt?activiteit=windturbines" : `/toets?activiteit=zonnepark&punt=${(6.4 + n / 250).toFixed(3)},52.9`;
    return new Promise((done) => {
      const request = http.request({ host: "127.0.0.1", port: server.port, path, agent }, (response) => {
        let length = 0;
        response.on("data", (part) => (length += part.length));
        response.on("end", () => done({ status: response.statusCode, length, complete: response.complete }));
        response.on("error", (error) => done({ error: error.message }));
      });
      request.on("error", (error) => done({ error: error.message }));
      begun.push(new Promise((go) => request.on("finish", go)));
      request.end();
    });
  });
  await Promise.all(begun);
  // What is sent has arrived, and most of it waits.
  await pause(100);
  const stopped = Date.now();
  server.child.kill("SIGTERM");
  const answers = await Promise.all(asked);
  for (const [n, answer] of answers.entries()) {
    assert.equal(answer.error, undefined, `request ${n}`);
    assert.equal(answer.complete, true, `request ${n} is answered to the end`);
    assert.ok(answer.status < 500, `request ${n}: ${answer.status}`);
  }
  await assert.rejects(ask(server, "/gezond", { timeout: 2_000 }), "newcomers are not let in");
  agent.destroy();
  const end = await server.stop();
  assert.deepEqual(end, { code: 0, signal: null });
  assert.ok(Date.now() - stopped < 20_000, "and then it ends");
});

test("a connection on which nothing is asked does not keep the server from stopping", { timeout: 60_000 }, async () => {
  const server = await start();
  const agent = new http.Agent({ keepAlive: true });
  await ask(server, "/gezond", { agent });
  const begin = Date.now();
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
  agent.destroy();
  assert.ok(Date.now() - begin < 5_000, `it took ${Date.now() - begin} ms`);
});

test("a changed package is taken in; a broken one is not; nobody is refused", { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "brink-pakket-"));
  const copy = join(folder, "pakket");
  await cp(PACKAGE, copy, { recursive: true });
  const server = await start(["--verzoeken-per-seconde", "0", "--pakket", copy]);
  const guest = visitor(server, { every: 50, path: TOETS });
  try {
    const before = await ask(server, TOETS);
    const hash = JSON.parse((await ask(server, "/klaar")).body).hash;
    // A norm that the page shows, in other words.
    const file = join(copy, "normen", "5.6.2.yaml");
    const text = await readFile(file, "utf8");
    const summaries = [...text.matchAll(/^ +samenvatting: (["']?)(.+?)\1$/gm)].map((found) => found[2]);
    const told = summaries.find((one) => /^[A-Za-z0-9 ,.]+$/.test(one) && before.body.includes(one));
    assert.ok(told, "the page shows a norm of this file");
    const marked = "Hier staat nu iets anders dan eerst.";
    await writeFile(file, text.replace(told, marked));
    await until(async () => (await ask(server, TOETS)).body.includes(marked), "the new words are shown");
    const fresh = JSON.parse((await ask(server, "/klaar")).body).hash;
    assert.notEqual(fresh, hash);

    // Broken: the former stays, and the operator can see it.
    await appendFile(file, "\n- id: [dit is geen yaml\n");
    await until(async () => /^brink_herladen_mislukt_total [1-9]/m.test((await ask(server, "/metrics")).body), "the failure is counted");
    const ready = await ask(server, "/klaar");
    assert.equal(ready.status, 200);
    assert.equal(JSON.parse(ready.body).hash, fresh);
    assert.ok((await ask(server, TOETS)).body.includes(marked));
    assert.match(server.log, /the former stay in use/);

    // Mended: as it was.
    await writeFile(file, text);
    await until(async () => JSON.parse((await ask(server, "/klaar")).body).hash === hash, "the first package again");
    assert.ok((await ask(server, TOETS)).body.includes(told));
  } finally {
    await guest.leave();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  assert.deepEqual(guest.faults, [], "the visitor saw no fault");
  assert.ok(guest.answers > 50);
});

async function until(check, what) {
  for (let n = 0; n < 150; n += 1) {
    if (await check()) return;
    await pause(200);
  }
  assert.fail(`not within 30 s: ${what}`);
}
