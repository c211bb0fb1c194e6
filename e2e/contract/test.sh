#!/usr/bin/env bash
# Starts a real server and holds it to the OpenAPI document it serves. See README.md.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
target="${CARGO_TARGET_DIR:-$root/target}"
work="$target/contract"
brink="${BRINK:-$target/release/brink}"
mkdir -p "$work/leeg"

source "$here/../server.sh"
trap stop_servers EXIT

# The versions the test was made with; installed once for each.
want="$(cat "$here/package-lock.json" "$here/requirements.txt" | sha256sum | cut -d' ' -f1)"
if [ "$(cat "$work/.gereed" 2>/dev/null)" != "$want" ]; then
  cp "$here/package.json" "$here/package-lock.json" "$work/"
  if (cd "$work" && npm ci --no-audit --no-fund --silent) && python3 -m venv --clear "$work/venv" \
    && "$work/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"; then
    echo "$want" >"$work/.gereed"
  else
    echo "skipped: Spectral or Schemathesis can't be installed" >&2
    exit 77
  fi
fi

HOME="$work/leeg" XDG_DATA_HOME="$work/leeg" serve "$work"
python3 - "$address" "$work/openapi.json" <<'PY'
import json, sys, urllib.request
document = json.load(urllib.request.urlopen(sys.argv[1] + "/api/v1/openapi.json", timeout=20))
# The address of the server is the operator's; one that runs for a test has no HTTPS.
document["servers"][0]["url"] = "https://brink.example.nl/api/v1"
json.dump(document, open(sys.argv[2], "w"), ensure_ascii=False, indent=1)
PY

# A task that is there to be asked after.
BRINK_TAAK="$(python3 - "$address" "$work/openapi.json" <<'PY'
import json, sys, urllib.request
form = json.load(open(sys.argv[2]))["paths"]["/geschikt"]["post"]["requestBody"]["content"]["application/json"]
question = json.dumps(dict(form["example"], raster=250, aantal=1)).encode()
headers = {"Content-Type": "application/json", "Prefer": "respond-async"}
request = urllib.request.Request(sys.argv[1] + "/api/v1/geschikt", question, headers)
print(json.load(urllib.request.urlopen(request, timeout=20))["id"])
PY
)"
export BRINK_TAAK

spectral() { "$work/node_modules/.bin/spectral" lint --fail-severity hint --ruleset "$1" "$work/openapi.json"; }
echo "== Spectral, adr.yml"
spectral "$here/adr.yml"
logius="${BRINK_ADR:-https://static.developer.overheid.nl/adr/ruleset.yaml}"
case "$logius" in
  http*)
    if python3 -c 'import sys, urllib.request; open(sys.argv[2], "wb").write(urllib.request.urlopen(sys.argv[1], timeout=10).read())' \
      "$logius" "$work/logius.yml" 2>/dev/null; then
      logius="$work/logius.yml"
    else
      echo "skipped: the ruleset at $logius can't be had"
      logius=""
    fi
    ;;
esac
if [ -n "$logius" ]; then
  echo "== Spectral, $logius"
  spectral "$logius"
fi

echo "== Schemathesis"
cd "$work"
PYTHONDONTWRITEBYTECODE=1 "$work/venv/bin/schemathesis" --config-file "$here/schemathesis.toml" run "$address/api/v1/openapi.json" \
  --url "$address/api/v1" --max-examples "${BRINK_CONTRACT_EXAMPLES:-40}" "$@"
