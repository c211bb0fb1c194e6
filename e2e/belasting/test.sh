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

source "$here/../server.sh"
trap 'stop_servers; rm -rf "$work"' EXIT

serve "$work"
# The map of all cells is made after the start; a measurement begins when that is done.
sleep 5
node "$here/belasting.mjs" "$address" --pid "$pid" --toets 25 --tegel 50 --geheugen 400 "$@"
