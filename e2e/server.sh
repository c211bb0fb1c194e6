# Starts servers for tests: `source` this. Wants `$brink`.

brink_pids=()

# Stops all that were started.
stop_servers() {
  local one
  for one in "${brink_pids[@]:-}"; do
    [ -z "$one" ] || kill "$one" 2>/dev/null || true
    [ -z "$one" ] || wait "$one" 2>/dev/null || true
  done
}

# serve FOLDER ARGUMENT...: starts a server on a free port that writes to FOLDER/uit and FOLDER/log, and waits for it. Sets
# `address` and `pid`. Nothing goes out: there is no base map.
serve() {
  local folder="$1"
  shift
  mkdir -p "$folder"
  # What an earlier server said is not what this one says.
  : >"$folder/uit"
  "$brink" server --adres 127.0.0.1:0 --verzoeken-per-seconde 0 --achtergrondkaart "" "$@" >"$folder/uit" 2>"$folder/log" &
  pid=$!
  brink_pids+=("$pid")
  for _ in $(seq 600); do
    address="$(sed -n 's|^Brink staat klaar op \(http://[^ ]*\)/$|\1|p' "$folder/uit")"
    [ -z "$address" ] || return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  echo "brink server does not start:" >&2
  cat "$folder/uit" "$folder/log" >&2
  return 1
}
