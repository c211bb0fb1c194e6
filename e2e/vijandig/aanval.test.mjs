// A hostile client. Whatever it does, it gets a clear refusal or a closed door; others notice nothing.
import assert from "node:assert/strict";
import http from "node:http";
import http2 from "node:http2";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import * as bombs from "./bommen.mjs";
import { ATTACKER, VISITOR, ask, pause, raw, start, visitor } from "./server.mjs";

/** What a decent visitor waits at most while the server is attacked. */
const PATIENCE_MS = Number(process.env.BRINK_PROEF_GEDULD_MS ?? 1_000);
const MOST_MB = 400;

let server;
/** The limit on requests is off here, so that every one is looked at for what it is; floods meet a server as it comes. */
let open;
let standard;

before(async () => {
  [open, standard] = await Promise.all([start(["--verzoeken-per-seconde", "0"]), start()]);
  // The first map takes a moment; the attack begins after it.
  for (const one of [open, standard]) {
    for (let n = 0; n < 20; n += 1) await ask(one, "/toets?activiteit=zonnepark&punt=6.7,52.9");
  }
  await pause(3_000);
});

after(async () => {
  for (const one of [open, standard]) assert.deepEqual(await one.stop(), { code: 0, signal: null }, "the server stops as it should");
});

/** A test under which a visitor keeps asking. */
function attack(name, act, { limit = 60_000, flood = false } = {}) {
  test(name, { timeout: limit }, async () => {
    server = flood ? standard : open;
    const other = visitor(server);
    try {
      await act();
    } finally {
      await other.leave();
    }
    assert.deepEqual(other.faults, [], "the visitor saw no fault");
    assert.ok(other.answers > 0, "the visitor was answered");
    assert.ok(other.slowest < PATIENCE_MS, `the visitor waited ${Math.round(other.slowest)} ms`);
    const { highest } = await server.memory();
    assert.ok(highest < MOST_MB, `the server took ${Math.round(highest)} MB`);
    assert.equal((await ask(server, "/klaar")).status, 200);
  });
}

/** A refusal: 4xx, deliberately busy, or a closed door. Never a fault of the server, never silence. */
function assertRefused(answer, what, also = []) {
  const { status, end } = answer;
  if (status === 0) assert.equal(end, "closed", `${what}: neither answer nor end`);
  else assert.ok((status >= 400 && status < 500) || status === 503 || status === 504 || also.includes(status), `${what}: ${status}`);
}

/** Never a fault of the server. */
function assertSound({ status }, what) {
  assert.ok(status < 500 || status === 503 || status === 504, `${what}: ${status}`);
}

const hostile = (path, options = {}) => ask(server, path, { address: ATTACKER, ...options }).catch((error) => ({ status: 0, end: "closed", body: "", error }));

attack("bodies without end", async () => {
  async function* endless(chunked) {
    const block = Buffer.alloc(64 << 10, 0x61);
    for (let n = 0; n < 4096; n += 1) yield chunked ? Buffer.concat([Buffer.from("10000\r\n"), block, Buffer.from("\r\n")]) : block;
  }
  const part = Buffer.from('--x\r\nContent-Disposition: form-data; name="bestand"; filename="a"\r\n\r\n');
  const chunk = (bytes) => Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
  const forms = { "/toets/plek": "multipart/form-data; boundary=x", "/toets/bewaar": "application/x-www-form-urlencoded", "/api/v1/toets": "application/json" };
  for (const [path, type] of Object.entries(forms)) {
    for (const length of ["Content-Length: 1073741824", "Transfer-Encoding: chunked"]) {
      const chunked = length.startsWith("Transfer");
      const head = Buffer.from(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\n${length}\r\n\r\n`);
      const answer = await raw(server, async function* () {
        yield head;
        if (path === "/toets/plek") yield chunked ? chunk(part) : part;
        yield* endless(chunked);
      }, { timeout: 15_000 });
      assertRefused(answer, `${path} with ${length}`);
      assert.ok(answer.sent < 100 << 20, `${path} with ${length} took ${answer.sent} bytes`);
    }
    // One that breaks off.
    const half = await raw(server, Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n`), chunk(part), Buffer.from("zz\r\n")]));
    assertRefused(half, `${path} that breaks off`);
  }
});

attack("slow ones: no head, half a head, half a body, no reading", async () => {
  const drip = (first, letter) =>
    async function* () {
      yield Buffer.from(first);
      for (let n = 0; n < 60; n += 1) {
        await pause(1_000);
        yield Buffer.from(letter);
      }
    };
  const every = (count, bytes, options) => Promise.all(Array.from({ length: count }, () => raw(server, bytes, options)));
  const [silent, heads, bodies, idle] = await Promise.all([
    every(20, async function* () {}, { timeout: 35_000, hold: true }),
    every(30, drip("GET / HTTP/1.1\r\nHost: x\r\nX-A: ", "a"), { timeout: 35_000 }),
    every(30, drip("POST /toets/bewaar HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nvraag=", "a"), { timeout: 35_000 }),
    every(20, Buffer.from("GET /gezond HTTP/1.1\r\nHost: x\r\n\r\n"), { timeout: 45_000, hold: true }),
  ]);
  for (const answer of heads) assertRefused(answer, "half a head");
  for (const answer of bodies) assertRefused(answer, "half a body");
  for (const answer of silent) assert.equal(answer.end, "closed", "who says nothing is let go");
  for (const answer of idle) assert.equal(answer.end, "closed", "who has been answered and says nothing more is let go");
}, { limit: 90_000 });

attack("large answers that nobody reads", async () => {
  const sockets = await Promise.all(
    Array.from({ length: 100 }, async () => {
      return new Promise((done) => {
        const socket = connect({ host: "127.0.0.1", port: standard.port, localAddress: ATTACKER }, () => {
          socket.pause();
          socket.write("GET /toets HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200));
          done(socket);
        });
        socket.on("error", () => done(socket));
      });
    }),
  );
  await pause(4_000);
  // The server gives up on them; it says itself how many connections it has.
  const left = async () => Number(/^brink_verbindingen (\d+)$/m.exec((await ask(standard, "/metrics")).body)?.[1]);
  for (let n = 0; n < 40 && (await left()) > 10; n += 1) await pause(1_000);
  const still = await left();
  for (const socket of sockets) socket.destroy();
  assert.ok(still <= 10, `${still} connections are still open`);
}, { flood: true });

attack("heads and addresses that are too long", async () => {
  const head = (lines) => Buffer.from(`GET / HTTP/1.1\r\nHost: x\r\n${lines}\r\n`);
  assertRefused(await raw(server, head("X-A: b\r\n".repeat(5_000))), "5000 headers");
  assertRefused(await raw(server, head(`X-A: ${"b".repeat(1 << 20)}\r\n`)), "a header of 1 MB");
  assertRefused(await raw(server, head(`Cookie: ${"a=b; ".repeat(50_000)}\r\n`)), "a large cookie");
  assertRefused(await raw(server, Buffer.from(`GET /toets?vorm=${"1".repeat(1 << 20)} HTTP/1.1\r\nHost: x\r\n\r\n`)), "an address of 1 MB");
  assertRefused(await raw(server, Buffer.from(`${"A".repeat(100_000)} / HTTP/1.1\r\nHost: x\r\n\r\n`)), "a method of 100 kB");
  assertSound(await hostile(`/toets?${"a=b&".repeat(12_000)}`), "12000 parameters");
  assertSound(await hostile(`/toets?activiteit=zonnepark&${Array.from({ length: 2_000 }, (_, n) => `g.x${n}=ja`).join("&")}`), "2000 facts");
  assertSound(await hostile(`/toets?activiteit=zonnepark&${Array.from({ length: 2_000 }, (_, n) => `gebied=x${n}`).join("&")}`), "2000 areas");
  assertSound(await hostile(`/zoek?q=${"zonnepark+".repeat(5_000)}`), "a long question");
  assertSound(await hostile(`/visie/zoek?q=${"zonnepark+".repeat(5_000)}`), "a long question to the reader");
});

/** Bytes without meaning, the same every time. */
function noise(length, seed) {
  let state = seed;
  return Buffer.from(Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return (state >> 16) & 0xff;
  }));
}

attack("what is no HTTP", async () => {
  const lines = {
    "no version": "GET\r\n\r\n",
    "a version of the future": "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "zeros": "\0\0\0\0\0\0\0\0\r\n\r\n",
    "a broken address": "GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
    "a header without colon": "GET / HTTP/1.1\r\nHost x\r\n\r\n",
    "a header with a zero": "GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n",
    "a space before the colon": "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    "two lengths": "POST /toets/bewaar HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc",
    "a negative length": "POST /toets/bewaar HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "a length that is no number": "POST /toets/bewaar HTTP/1.1\r\nHost: x\r\nContent-Length: 1e9\r\n\r\n",
    "a chunk beyond counting": "POST /toets/bewaar HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nabc",
    "a chunk that is no number": "POST /toets/bewaar HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n",
    "an unknown coding": "POST /toets/bewaar HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xyz\r\n\r\n",
    "a tunnel": "CONNECT example.nl:443 HTTP/1.1\r\nHost: example.nl:443\r\n\r\n",
    "a trace": "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
  };
  for (const [what, text] of Object.entries(lines)) assertRefused(await raw(server, Buffer.from(text, "latin1"), { timeout: 15_000 }), what);
  // Two requests hidden in one: whatever it is read as, the second never runs on its own account.
  const smuggled = await raw(server, Buffer.from("POST /toets/bewaar HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /gezond HTTP/1.1\r\nHost: x\r\n\r\n"), { timeout: 3_000, hold: true });
  assert.doesNotMatch(smuggled.text, /"gezond"/, "no smuggled answer");
  for (let seed = 1; seed <= 40; seed += 1) {
    const bytes = noise(2_000, seed * 7919);
    // What has no end of line may still become a request: such a one is waited for until it took too long.
    assertRefused(await raw(server, Buffer.concat([bytes, Buffer.from("\r\n\r\n")]), { timeout: 15_000 }), `noise ${seed}`);
  }
  const hello = Buffer.concat([Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), noise(500, 5)]);
  assertRefused(await raw(server, hello, { timeout: 15_000 }), "TLS");
});

attack("paths that lead elsewhere", async () => {
  const up = ["..", "%2e%2e", "%2E.", "..%00", "....//", "..;", "%252e%252e", "%c0%ae%c0%ae", "..\\", "%5c..", "%u002e%u002e"];
  const base = /href="(\/bestanden\/[0-9a-f]+)\//.exec((await ask(server, "/")).body)[1];
  for (const step of up) {
    for (const slash of ["/", "%2f", "%5c", "//"]) {
      const path = Array.from({ length: 8 }, () => step).join(slash);
      for (const from of ["/bestanden", base, "/antwoord", "/visie/uitspraak", "/ogc/v1/collections", "/api/v1/normen", ""]) {
        const answer = await raw(server, Buffer.from(`GET ${from}/${path}${slash}etc${slash}passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, "latin1"));
        assertRefused(answer, `${from}/${path}`, from === "" ? [301, 308] : []);
        assert.doesNotMatch(answer.text, /root:.*:0:0:/, `${from}/${path}`);
      }
    }
  }
  for (const path of ["/%00", "/bestanden/x/%00brink.css", "/%ff%fe", "/antwoord/%ff", "/antwoord/%00", "/visie/%0d%0aSet-Cookie:a=b", "/toets%0d%0a%0d%0a", "//", "//example.nl/%2f..", "/bestanden//etc/passwd", "/antwoord/';DROP TABLE antwoord;--", `/antwoord/${"a".repeat(10_000)}`]) {
    const answer = await raw(server, Buffer.from(`GET ${path.replaceAll(" ", "%20")} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, "latin1"));
    assertRefused(answer, path);
    const [head] = answer.text.split("\r\n\r\n");
    assert.doesNotMatch(head, /^set-cookie/im, path);
    assert.doesNotMatch(head, /^location: \/\/example/im, path);
  }
}, { limit: 120_000 });

attack("thousands of connections from one client", async () => {
  const open = new Set();
  for (let n = 0; n < 3_000; n += 1) {
    const socket = connect({ host: "127.0.0.1", port: server.port, localAddress: ATTACKER });
    open.add(socket);
    socket.on("error", () => open.delete(socket));
    socket.on("close", () => open.delete(socket));
    if (n % 200 === 0) await pause(20);
  }
  await pause(2_000);
  // What is over the limit is closed at once; the rest is let go later.
  assert.ok(open.size <= 200, `${open.size} connections are still open`);
  for (const socket of open) socket.destroy();
}, { flood: true });

attack("JSON that goes deep, or is none", async () => {
  const json = { method: "POST", headers: { "content-type": "application/json" } };
  const bodies = {
    "deep lists": "[".repeat(200_000),
    "deep objects": '{"a":'.repeat(100_000),
    "a deep place": `{"activiteit":"zonnepark","locatie":${'{"type":"GeometryCollection","geometries":['.repeat(20_000)}`,
    "half": '{"activiteit":"zonne',
    "no object": "42",
    "bytes that are no text": Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    "a number without end": `{"activiteit":"zonnepark","gegevens":{"oppervlakte-ha":${"9".repeat(100_000)}}}`,
    "a key twice": '{"activiteit":"zonnepark","activiteit":"geitenstal"}',
    "many facts": `{"activiteit":"zonnepark","gegevens":{${Array.from({ length: 100_000 }, (_, n) => `"x${n}":true`).join(",")}}}`,
    "nothing": "",
  };
  for (const path of ["/api/v1/toets", "/api/v1/waar", "/api/v1/geschikt"]) {
    for (const [what, body] of Object.entries(bodies)) assertRefused(await hostile(path, { ...json, body }), `${path}: ${what}`);
  }
});

attack("files that blow up", async () => {
  const files = {
    "bom.zip": bombs.zipBomb,
    "leugen.zip": bombs.lyingZipBomb,
    "json.zip": bombs.zipBombOfJson,
    "lachen.gml": bombs.billionLaughs,
    "kwadraat.gml": bombs.quadraticBlowup,
    "buiten.gml": bombs.externalEntity,
    "diep.xml": bombs.deepXml,
    "kenmerken.xml": bombs.manyAttributes,
    "hoeken.geojson": bombs.manyCorners,
    "ster.geojson": bombs.star,
    "diep.json": bombs.deepJson,
    "diep.geojson": bombs.deepCollection,
    "veel.geojson": bombs.manyFeatures,
    "nan.geojson": bombs.notANumber,
    "groot.geojson": bombs.huge,
    "leeg.geojson": "",
    "ruis.gpkg": Buffer.concat([Buffer.from("SQLite format 3\0"), noise(100_000, 3)]),
    "ruis.fgb": Buffer.concat([Buffer.from([0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 0]), noise(100_000, 4)]),
    "ruis.zip": Buffer.concat([Buffer.from("PK\x03\x04"), noise(100_000, 6)]),
    "ruis": noise(1_000, 8),
  };
  for (const [name, content] of Object.entries(files)) {
    const answer = await hostile("/toets/plek", { method: "POST", ...bombs.multipart(name, content) });
    assertRefused(answer, name);
    assert.doesNotMatch(answer.body, /root:.*:0:0:/, name);
  }
  for (const name of ["../../../etc/passwd", "a\0b.geojson", Buffer.from([0xff, 0xfe, 0x2e, 0x7a, 0x69, 0x70]), `${"a".repeat(100_000)}.geojson`]) {
    assertRefused(await hostile("/toets/plek", { method: "POST", ...bombs.multipart(name, "geen bestand") }), `a name: ${String(name).slice(0, 20)}`);
  }
  // Many at the same time.
  const together = await Promise.all(Array.from({ length: 12 }, (_, n) => hostile("/toets/plek", { method: "POST", ...bombs.multipart(n % 2 ? "bom.zip" : "hoeken.geojson", n % 2 ? bombs.zipBomb : bombs.manyCorners) })));
  for (const answer of together) assertRefused(answer, "many files at once");
}, { limit: 180_000 });

attack("shapes that make no sense", async () => {
  const form = (vraag) => ({ method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: `vraag=${encodeURIComponent(vraag)}` });
  const corner = (n) => `${(6.7 + (n % 100) / 10_000).toFixed(4)} ${(52.9 + (n % 77) / 10_000).toFixed(4)}`;
  const shapes = {
    "NaN": "POINT(NaN NaN)",
    "beyond counting": "POINT(1e400 -1e400)",
    "nothing": "POINT EMPTY",
    "an empty polygon": "POLYGON EMPTY",
    "one corner": "POLYGON((6.7 52.9))",
    "a line there and back": "POLYGON((6.7 52.9, 6.8 52.9, 6.7 52.9))",
    "three dimensions": "POINT Z (6.7 52.9 3)",
    "a bow tie": "POLYGON((6.7 52.9, 6.8 53.0, 6.8 52.9, 6.7 53.0, 6.7 52.9))",
    "all the world": "POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))",
    "collections in collections": "GEOMETRYCOLLECTION(".repeat(2_500),
    "closed collections in collections": `${"GEOMETRYCOLLECTION(".repeat(2_000)}POINT(6.7 52.9)${")".repeat(2_000)}`,
    "brackets": "(".repeat(40_000),
    "brackets of a polygon": `POLYGON${"(".repeat(40_000)}`,
  };
  for (const [what, shape] of Object.entries(shapes)) {
    for (const path of ["/toets?activiteit=zonnepark&vorm=", "/toets.json?activiteit=zonnepark&vorm=", "/toets?activiteit=zonnepark&waar=", "/waar?vorm=", "/api/v1/waar?vorm=", "/geschikt?activiteit=zonnepark&vorm="]) {
      assertSound(await hostile(path + encodeURIComponent(shape)), `${path}${what}`);
    }
    assertSound(await hostile("/toets/bewaar", form(`activiteit=zonnepark&vorm=${encodeURIComponent(shape)}`)), `keep ${what}`);
  }
  const deep = `${"GEOMETRYCOLLECTION(".repeat(10_000)}POINT(6.7 52.9)${")".repeat(10_000)}`;
  assertSound(await hostile("/toets/bewaar", form(`activiteit=zonnepark&vorm=${deep}`)), "keep ten thousand collections");
  for (const count of [10_000, 250_000]) {
    const many = `POLYGON((${Array.from({ length: count }, (_, n) => corner(n)).join(",")},${corner(0)}))`;
    assertRefused(await hostile("/toets/bewaar", form(`activiteit=zonnepark&vorm=${many}`)), `${count} corners`);
  }
  const numbers = ["NaN", "Infinity", "1e400", "-0", "99999999999999999999", "0x10", "½", "%00", "1;DROP", "1,2,3,4,5", ""];
  for (const number of numbers) {
    for (const path of [`/waar?punt=${number},${number}`, `/api/v1/waar?punt=${number},${number}`, `/toets?activiteit=zonnepark&g.oppervlakte-ha=${number}`, `/toets?activiteit=zonnepark&peildatum=${number}`, `/geschikt/tegels/${number}/${number}/${number}?activiteit=zonnepark`, `/ogc/v1/tiles/WebMercatorQuad/${number}/${number}/${number}?f=mvt&collections=beekdal`, `/ogc/v1/collections/beekdal/items?limit=${number}`, `/ogc/v1/collections/beekdal/items?bbox=${number},${number},${number},${number}`, `/ogc/v1/collections/beekdal/items?offset=${number}`, `/api/v1/normen?pagina=${number}&per=${number}`]) {
      assertSound(await hostile(encodeURI(path)), path);
    }
  }
}, { limit: 120_000 });

attack("filters that go deep", async () => {
  for (const [what, filter] of Object.entries({
    "brackets": `${"(".repeat(15_000)}naam='x'${")".repeat(15_000)}`,
    "open brackets": "(".repeat(40_000),
    "not not": `${"NOT ".repeat(10_000)}naam='x'`,
    "and and": Array.from({ length: 3_000 }, (_, n) => `naam='x${n}'`).join(" AND "),
    "a pattern that never ends": `naam LIKE '${"%a".repeat(5_000)}'`,
    "arithmetic": `${"1+".repeat(15_000)}1=1`,
    "minus": `${"-".repeat(30_000)}1=1`,
    "a deep shape": `S_INTERSECTS(geometry,${"GEOMETRYCOLLECTION(".repeat(2_000)}POINT(6.7 52.9)${")".repeat(2_000)})`,
    "no text": "%ff%fe",
    "an open string": "naam='",
  })) {
    assertSound(await hostile(`/ogc/v1/collections/beekdal/items?filter-lang=cql2-text&filter=${what === "no text" ? filter : encodeURIComponent(filter)}`), what);
  }
}, { limit: 120_000 });

attack("the wrong kind of content", async () => {
  const types = ["text/plain", "application/json", "application/xml", "multipart/form-data", "multipart/form-data; boundary=", "application/x-www-form-urlencoded; charset=utf-16", "not a type", ""];
  for (const path of ["/toets/plek", "/toets/bewaar", "/api/v1/toets", "/api/v1/waar"]) {
    for (const type of types) {
      assertRefused(await hostile(path, { method: "POST", headers: { "content-type": type }, body: "vr\xe4ag=\xff&&==%zz" }), `${path} as ${type}`);
    }
  }
  for (const method of ["PUT", "PATCH", "DELETE", "PROPFIND"]) assertRefused(await hostile("/toets", { method, body: "x" }), method);
  const texts = ["%ff%fe", "%c3%28", "%ed%a0%80", "%00", "%", "%zz", "a%"];
  for (const text of texts) {
    for (const path of [`/zoek?q=${text}`, `/toets?q=${text}`, `/toets?activiteit=${text}`, `/toets?activiteit=zonnepark&titel=${text}`, `/visie/zoek?q=${text}`, `/api/v1/toets?activiteit=${text}`, `/doelen/${text}`, `/visie/${text}`]) {
      const answer = await raw(server, Buffer.from(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`), { timeout: 10_000 });
      assert.notEqual(answer.status, 0, path);
      assertSound(answer, path);
    }
  }
  for (const headers of [{ range: "bytes=0-1,5-2,-1" }, { "if-none-match": `${'"a",'.repeat(5_000)}` }, { "if-modified-since": "ooit" }, { "accept-encoding": "gzip;q=NaN, br;q=-1, *;q=9" }, { accept: "*/*;q=2,,;;" }, { "x-request-id": "a\tb".repeat(1_000) }, { "x-forwarded-for": "1, 2, drie" }, { expect: "iets" }]) {
    assertSound(await hostile("/toets?activiteit=zonnepark", { headers }), JSON.stringify(headers).slice(0, 60));
  }
});

attack("what is typed stays text", async () => {
  const script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
  for (const path of ["/zoek?q=", "/toets?q=", "/toets?activiteit=", "/toets?activiteit=zonnepark&titel=", "/toets?activiteit=zonnepark&waar=", "/toets?activiteit=zonnepark&g.oppervlakte-ha=", "/visie/zoek?q=", "/toets/vergelijk?a=activiteit%3Dzonnepark%26titel%3D", "/kaart?laag=", "/geschikt?activiteit="]) {
    const { body, headers } = await hostile(path + encodeURIComponent(path.includes("%3D") ? encodeURIComponent(script) : script));
    assert.doesNotMatch(body, /<script>alert|<img src=x/, path);
    assert.match(headers["content-security-policy"], /script-src 'self';/, path);
  }
});

attack("HTTP/2: streams opened and dropped at once", async () => {
  for (let round = 0; round < 5; round += 1) {
    const session = http2.connect(`http://127.0.0.1:${server.port}`, { localAddress: ATTACKER });
    session.on("error", () => {});
    await new Promise((go) => (session.once("connect", go), session.once("error", go)));
    for (let n = 0; n < 2_000 && !session.destroyed; n += 1) {
      try {
        const stream = session.request({ ":path": `/toets?activiteit=zonnepark&punt=6.${n % 90},52.9` });
        stream.on("error", () => {});
        stream.close(http2.constants.NGHTTP2_CANCEL);
      } catch {
        break;
      }
      if (n % 100 === 0) await pause(1);
    }
    await pause(100);
    session.destroy();
  }
}, { flood: true });

test("after all that: nothing panicked, memory is given back", async () => {
  const { body } = await ask(open, "/metrics");
  const panics = /^brink_paniek_total(?:\{[^}]*\})? (\d+)$/m.exec(body);
  assert.ok(panics, "the server counts panics");
  assert.equal(panics[1], "0", open.log.split("\n").filter((line) => line.includes("panicked")).slice(0, 5).join("\n"));
  for (const one of [open, standard]) {
    const { now } = await one.memory();
    assert.ok(now < MOST_MB, `${Math.round(now)} MB`);
    assert.doesNotMatch(one.log, /panicked/);
  }
});

test("who asks too often is told to wait; others are not", { timeout: 60_000 }, async () => {
  const limited = await start();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
  try {
    const many = await Promise.all(Array.from({ length: 1_200 }, () => ask(limited, "/", { address: ATTACKER, agent })));
    const refused = many.filter(({ status }) => status === 429);
    assert.ok(refused.length > 0, "the limit holds");
    assert.ok(refused.every(({ headers }) => Number(headers["retry-after"]) > 0), "and says for how long");
    assert.ok(many.every(({ status }) => status === 200 || status === 429));
    assert.equal((await ask(limited, "/", { address: VISITOR })).status, 200);
    assert.equal((await ask(limited, "/gezond", { address: ATTACKER })).status, 200, "the operator's questions are not counted");
  } finally {
    agent.destroy();
    await limited.stop();
  }
});
