// A server of our own to attack, and a visitor who must not notice.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BRINK = process.env.BRINK ?? "brink";
const START_MS = 60_000;
/** The attacker and the visitor are different clients: each address has limits of its own. */
export const ATTACKER = "127.0.0.2";
export const VISITOR = "127.0.0.1";

/** Starts a server; `stop` ends it and takes its folder away. */
export async function start(args = []) {
  const folder = await mkdtemp(join(tmpdir(), "brink-vijandig-"));
  const child = spawn(
    BRINK,
    ["server", "--adres", "127.0.0.1:0", "--achtergrondkaart", "", "--gegevens", join(folder, "gegevens"), ...args],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const server = { child, log: "", port: 0 };
  child.stderr.on("data", (bytes) => (server.log += bytes));
  server.ended = new Promise((done) => child.on("exit", (code, signal) => done({ code, signal })));
  server.port = await new Promise((done, fail) => {
    let out = "";
    const timer = setTimeout(() => fail(new Error(`the server does not start: ${server.log}`)), START_MS);
    child.on("error", fail);
    child.on("exit", () => fail(new Error(`the server ended: ${server.log}`)));
    child.stdout.on("data", (bytes) => {
      out += bytes;
      const found = /127\.0\.0\.1:(\d+)/.exec(out);
      if (found === null) return;
      clearTimeout(timer);
      done(Number(found[1]));
    });
  });
  server.stop = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
    const end = await server.ended;
    clearTimeout(timer);
    await rm(folder, { recursive: true, force: true });
    return end;
  };
  /** Resident memory now and at its highest, in MB. */
  server.memory = async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8");
    const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024;
    return { now: of("VmRSS"), highest: of("VmHWM") };
  };
  return server;
}

/** A decent question. */
export function ask(server, path, options = {}) {
  const { body, address = VISITOR, timeout = 30_000, agent, ...rest } = options;
  return new Promise((done, fail) => {
    const begin = performance.now();
    const request = http.request({ host: "127.0.0.1", port: server.port, localAddress: address, path, agent, timeout, ...rest }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", fail);
      response.on("end", () =>
        done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString("utf8"), ms: performance.now() - begin }),
      );
    });
    request.on("timeout", () => request.destroy(new Error(`no answer within ${timeout} ms: ${path}`)));
    request.on("error", fail);
    request.end(body);
  });
}

/** A visitor who keeps asking, and remembers what went wrong. */
export function visitor(server, { every = 100, path } = {}) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  const seen = { answers: 0, faults: [], slowest: 0, times: [] };
  let running = true;
  let n = 0;
  const ask1 = async () => {
    n += 1;
    const asked = path ?? `/toets?activiteit=zonnepark&punt=${(6.4 + (n % 40) / 100).toFixed(2)},${(52.75 + (n % 23) / 100).toFixed(2)}`;
    const begin = Date.now();
    try {
      const answer = await ask(server, asked, { agent });
      seen.answers += 1;
      seen.times.push(answer.ms);
      seen.slowest = Math.max(seen.slowest, answer.ms);
      if (answer.status !== 200) seen.faults.push(`${answer.status} on ${asked}`);
      seen.last = answer;
    } catch (error) {
      seen.faults.push(`${error.message} on ${asked} after ${Date.now() - begin} ms`);
    }
  };
  const pending = new Set();
  const done = (async () => {
    while (running) {
      const one = ask1().finally(() => pending.delete(one));
      pending.add(one);
      await new Promise((go) => setTimeout(go, every));
    }
    await Promise.all(pending);
    agent.destroy();
  })();
  seen.leave = async () => {
    running = false;
    await done;
    return seen;
  };
  return seen;
}

/** Bytes sent over a bare connection: what comes back, and whether it was closed. */
export function raw(server, bytes, { timeout = 5_000, address = ATTACKER, most = 1 << 20, hold = false } = {}) {
  return new Promise((done) => {
    const begin = performance.now();
    let got = Buffer.alloc(0);
    let sent = 0;
    const socket = net.connect({ host: "127.0.0.1", port: server.port, localAddress: address });
    const finish = (end) => {
      clearTimeout(timer);
      socket.destroy();
      const text = got.toString("latin1");
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
      done({ status, text, end, sent, ms: performance.now() - begin });
    };
    const timer = setTimeout(() => finish("open"), timeout);
    socket.on("error", () => finish("closed"));
    socket.on("close", () => finish("closed"));
    socket.on("data", (part) => {
      if (got.length < most) got = Buffer.concat([got, part]);
      // An answer is enough, unless the question is how long the connection lives.
      if (!hold && /^HTTP\/1\.[01] \d{3}[^]*?\r\n\r\n/.test(got.subarray(0, 65_536).toString("latin1"))) setTimeout(() => finish("answered"), 50);
    });
    socket.on("connect", async () => {
      try {
        for await (const part of typeof bytes === "function" ? bytes() : [bytes]) {
          if (socket.destroyed) return;
          sent += part.length;
          if (!socket.write(part)) await new Promise((go) => (socket.once("drain", go), socket.once("close", go)));
        }
      } catch {
        // Whoever is thrown out while speaking, is thrown out.
      }
    });
  });
}

export const pause = (ms) => new Promise((go) => setTimeout(go, ms));
