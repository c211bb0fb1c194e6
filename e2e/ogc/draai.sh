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

source "$here/../server.sh"
trap stop_servers EXIT
# The map that the package itself has: no layers of whoever runs this.
XDG_DATA_HOME="$work/geen" serve "$work"
python3 "$here/lees.py" "$address/ogc/v1" "$work"
