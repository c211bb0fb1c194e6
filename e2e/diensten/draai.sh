#!/usr/bin/env bash
# Starts real servers with an invented layer, runs a command against them, and stops them. See README.md.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
work="${CARGO_TARGET_DIR:-$root/target}/diensten"
mkdir -p "$work"

pids=()
stop() { for pid in "${pids[@]:-}"; do [ -z "$pid" ] || kill "$pid" 2>/dev/null || true; done; }
trap stop EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# wait_for URL PID: until it answers, or its server is gone, or half a minute.
wait_for() {
  for _ in $(seq 150); do
    if python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5)' "$1" 2>/dev/null; then return 0; fi
    kill -0 "$2" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}

# pygeoapi, in a virtual environment under the target folder.
# The versions the test was made with; installed once.
if [ ! -e "$work/venv/.gereed" ]; then
  python3 -m venv "$work/venv" \
    && "$work/venv/bin/pip" install --quiet --requirement "$here/requirements.txt" \
    && touch "$work/venv/.gereed" || echo "skipped: pygeoapi can't be installed" >&2
fi
if [ -e "$work/venv/.gereed" ]; then
  export BRINK_E2E_PORT BRINK_E2E_DATA
  BRINK_E2E_PORT="$(free_port)"
  # The GeoJSON provider knows no `crs` member and may rewrite its file: it gets a copy of its own.
  BRINK_E2E_DATA="$work/vakken.geojson"
  cp "$here/vakken.geojson" "$BRINK_E2E_DATA"
  (
    export PYGEOAPI_CONFIG="$here/pygeoapi.yml" PYGEOAPI_OPENAPI="$work/openapi.yml"
    cd "$work"
    PATH="$work/venv/bin:$PATH"
    pygeoapi openapi generate "$PYGEOAPI_CONFIG" --output-file "$PYGEOAPI_OPENAPI" >"$work/pygeoapi.log" 2>&1
    exec python -c "
from pygeoapi.flask_app import APP
from werkzeug.serving import run_simple
run_simple('127.0.0.1', $BRINK_E2E_PORT, APP, threaded=True)" >>"$work/pygeoapi.log" 2>&1
  ) &
  pids+=($!)
  if wait_for "http://127.0.0.1:$BRINK_E2E_PORT/collections/vakken?f=json" "${pids[-1]}"; then
    export BRINK_E2E_OGC_API="http://127.0.0.1:$BRINK_E2E_PORT"
  else
    echo "pygeoapi does not start; see $work/pygeoapi.log" >&2
    exit 1
  fi
fi

# MapServer, when the machine has it.
mapserv="${BRINK_MAPSERV:-/usr/lib/cgi-bin/mapserv}"
if [ -x "$mapserv" ]; then
  port="$(free_port)"
  sed "s|%ONLINE%|http://127.0.0.1:$port/|" "$here/vakken.map" >"$work/vakken.map"
  cp "$here/vakken.geojson" "$work/"
  (cd "$work" && exec python3 "$here/cgi.py" "$port" "$mapserv" "$work/vakken.map") &
  pids+=($!)
  if wait_for "http://127.0.0.1:$port/?service=WFS&request=GetCapabilities" "${pids[-1]}"; then
    export BRINK_E2E_WFS="http://127.0.0.1:$port/"
  else
    echo "MapServer does not start" >&2
    exit 1
  fi
else
  echo "skipped: no MapServer at $mapserv (Debian: apt-get install cgi-mapserver)" >&2
fi

if [ $# -eq 0 ]; then set -- cargo nextest run --package brink-fetch --test fetch real::; fi
"$@"
