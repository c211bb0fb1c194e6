#!/usr/bin/env bash
# Imports the real layers of ../shared/geodata into a folder, so that the load is that of a server with real maps:
#   e2e/belasting/lagen.sh FOLDER [path of the built brink]
#   XDG_DATA_HOME=FOLDER e2e/belasting/test.sh
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
export XDG_DATA_HOME="${1:?name the folder for the layers}"
brink="$(realpath "${2:-${CARGO_TARGET_DIR:-$root/target}/release/brink}")"
data="${BRINK_SHARED:-$root/../shared}/geodata"
[ -d "$data" ] || { echo "skipped: $data is not here"; exit 0; }

layer() { "$brink" kaarten importeer --gebied "$1" --bron meting "${@:3}" "$data/$2.geojson" | tail -n 1; }
layer provincie-drenthe provincie_drenthe
layer natura-2000 natura2000_drenthe
layer natuurnetwerk-nederland nnn_realisatie_verbeteren
layer akkervogelgebied kerngebied_akkervogels
layer weidevogelgebied kerngebied_weidevogels
layer glastuinbouwlocatie-aangewezen glastuinbouw
layer verbodszone-diepe-boringen verbodszones_diepe_boring
layer grondwaterbeschermingsgebied dc-2024-5400_vermoedelijk_grondwaterbescherming
for name in "Aa en Hunze" Assen Borger-Odoorn Coevorden "De Wolden" Emmen Hoogeveen Meppel Midden-Drenthe Noordenveld Tynaarlo Westerveld; do
  area="${name,,}"
  layer "gemeente-${area// /-}" gemeenten_drenthe --kenmerk "wof:name=$name"
done
