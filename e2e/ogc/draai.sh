#!/usr/bin/env bash
# Starts brink and lets GDAL read its OGC APIs as any other program would. See README.md.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
work="${CARGO_TARGET_DIR:-$root/target}/ogc"
mkdir -p "$work"
brink="${1:-${BRINK:-}}"
if [ -z "$brink" ]; then
  (cd "$root" && cargo build --quiet --package brink)
  brink="${CARGO_TARGET_DIR:-$root/target}/debug/brink"
fi

if ! command -v ogrinfo >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get install --yes --quiet --no-install-recommends gdal-bin >"$work/apt.log" 2>&1 \
    || { apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends gdal-bin; } >"$work/apt.log" 2>&1 || true
fi
if ! command -v ogrinfo >/dev/null; then
  echo "skipped: GDAL is not here (Debian: apt-get install gdal-bin)"
  exit 0
fi
ogrinfo --version

port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
# The map that the package itself has: no layers of whoever runs this.
"$brink" --kaarten "$work/geen" server --adres "127.0.0.1:$port" >"$work/brink.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
for _ in $(seq 150); do
  if python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5)' "http://127.0.0.1:$port/klaar" 2>/dev/null; then break; fi
  kill -0 "$server" 2>/dev/null || { cat "$work/brink.log" >&2; exit 1; }
  sleep 0.2
done

python3 "$here/lees.py" "http://127.0.0.1:$port/ogc/v1" "$work"
