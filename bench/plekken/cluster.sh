#!/usr/bin/env bash
# Runs a command with a PostgreSQL with PostGIS of its own: in a temporary folder, on a socket there, as another user when
# this one is root. Ends with 77 when the machine has none (Debian: apt-get install postgresql postgresql-15-postgis-3).
set -euo pipefail

postgis="$(ls -d /usr/share/postgresql/*/extension/postgis.control 2>/dev/null | sort -V | tail -1 || true)"
version="$(basename "$(dirname "$(dirname "${postgis:-/none/none/none}")")")"
bin="/usr/lib/postgresql/$version/bin"
if [ ! -x "$bin/initdb" ]; then
  echo "skipped: no PostgreSQL with PostGIS here" >&2
  exit 77
fi

work="$(mktemp -d)"
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$work"
  as=(runuser -u postgres --)
fi
stop() {
  "${as[@]}" "$bin/pg_ctl" --pgdata "$work/data" --mode immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT

cd "$work"
"${as[@]}" "$bin/initdb" --pgdata "$work/data" --username brink --auth trust --encoding UTF8 --locale C >/dev/null
# Nothing here has to survive: no waiting for the disk.
"${as[@]}" "$bin/pg_ctl" --pgdata "$work/data" --log "$work/log" --wait start \
  --options "-k $work -c listen_addresses='' -c fsync=off -c shared_buffers=256MB -c jit=off" >/dev/null
export PGHOST="$work" PGUSER=brink PGDATABASE=postgres
"$bin/psql" --quiet --command 'set client_min_messages = error; create extension postgis'
"$@"
