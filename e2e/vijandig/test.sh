#!/usr/bin/env bash
# A hostile client, a farewell and a reload against the real server. See README.md.
#   e2e/vijandig/test.sh [path of the built brink] [test files]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
BRINK="$(realpath "${1:-${CARGO_TARGET_DIR:-$root/target}/debug/brink}")"
export BRINK BRINK_PROEF_PAKKET="$root/policies/drenthe-2022"
shift || true
# Thousands of connections need as many handles.
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
cd "$here"
if [ $# -eq 0 ]; then set -- ./*.test.mjs; fi
exec node --test --test-concurrency=1 --test-reporter=spec "$@"
