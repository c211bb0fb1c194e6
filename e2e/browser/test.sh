#!/usr/bin/env bash
# Tests the pages in a real browser against the real server. See README.md.
#   e2e/browser/test.sh [path of the built brink] [test files]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
target="${CARGO_TARGET_DIR:-$root/target}"
brink="$(realpath "${1:-$target/debug/brink}")"
shift || true
work="$(mktemp -d)"

pid=
stop() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  [ -z "$pid" ] || wait "$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

export CHROMIUM="${CHROMIUM:-/usr/bin/chromium}"
if [ ! -x "$CHROMIUM" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null
  else
    echo "no chromium at $CHROMIUM (Debian: apt-get install chromium; another place: CHROMIUM)" >&2
    exit 1
  fi
fi
cd "$here"
if ! [ -e node_modules/.gereed ] || [ package-lock.json -nt node_modules/.gereed ]; then
  npm ci --no-audit --no-fund --silent && touch node_modules/.gereed
fi

# Without an address of a base map nothing goes out; every answer that is kept goes with the folder.
"$brink" server --adres 127.0.0.1:0 --verzoeken-per-seconde 0 --achtergrondkaart "" --gegevens "$work/gegevens" \
  ${BRINK_PROEF_BRON:+--bron "$BRINK_PROEF_BRON"} >"$work/uit" 2>"$work/log" &
pid=$!
for _ in $(seq 300); do
  address="$(sed -n 's#.*\(http://127\.0\.0\.1:[0-9]*\)/.*#\1#p' "$work/uit" | head -n 1)"
  if [ -n "$address" ] && node -e 'fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$address/klaar"; then break; fi
  kill -0 "$pid" 2>/dev/null || { cat "$work/uit" "$work/log" >&2; exit 1; }
  address=
  sleep 0.2
done
[ -n "$address" ] || { echo "the server is not ready within a minute" >&2; cat "$work/log" >&2; exit 1; }

export BRINK_PROEF_ADRES="$address" BRINK_PROEF_SCHERMEN="$target/schermen"
if [ $# -eq 0 ]; then set -- proeven/*.test.mjs; fi
failed=0
node --test --test-concurrency=2 --test-reporter=spec "$@" || failed=1
if grep -E ' (ERROR|WARN) ' "$work/log" >&2; then echo "the server complains" >&2; failed=1; fi
exit "$failed"
