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

source "$here/../server.sh"
trap 'stop_servers; rm -rf "$work"' EXIT

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

# Every answer that is kept goes with the folder; layers of whoever runs this make no difference.
XDG_DATA_HOME="$work/leeg" serve "$work" --gegevens "$work/gegevens" ${BRINK_PROEF_BRON:+--bron "$BRINK_PROEF_BRON"}

export BRINK_PROEF_ADRES="$address" BRINK_PROEF_SCHERMEN="$target/schermen"
if [ $# -eq 0 ]; then set -- proeven/*.test.mjs; fi
failed=0
node --test --test-concurrency=2 --test-reporter=spec "$@" || failed=1
if grep -E ' (ERROR|WARN) ' "$work/log" >&2; then echo "the server complains" >&2; failed=1; fi
exit "$failed"
