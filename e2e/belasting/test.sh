#!/usr/bin/env bash
# Puts a load on the real server and says how it did: 200 questions a second for a minute, of four kinds. Wants a quiet machine.
#   e2e/belasting/test.sh [path of the built brink] [options of belasting.mjs]
# Fails on any error, on a p95 of a toets above 25 ms or of a tile above 50 ms, and on more than 400 MB.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
brink="$(realpath "${1:-${CARGO_TARGET_DIR:-$root/target}/release/brink}")"
shift || true
work="$(mktemp -d)"

pid=
stop() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  [ -z "$pid" ] || wait "$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

"$brink" server --adres 127.0.0.1:0 --verzoeken-per-seconde 0 --achtergrondkaart "" >"$work/uit" 2>"$work/log" &
pid=$!
address=
for _ in $(seq 300); do
  address="$(sed -n 's#.*\(http://127\.0\.0\.1:[0-9]*\)/.*#\1#p' "$work/uit" | head -n 1)"
  if [ -n "$address" ] && node -e 'fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$address/klaar"; then break; fi
  kill -0 "$pid" 2>/dev/null || { cat "$work/uit" "$work/log" >&2; exit 1; }
  address=
  sleep 0.2
done
[ -n "$address" ] || { echo "the server is not ready within a minute" >&2; exit 1; }
# The map of all cells is made after the start; a measurement begins when that is done.
sleep 5
node "$here/belasting.mjs" "$address" --pid "$pid" --toets 25 --tegel 50 --geheugen 400 "$@"
