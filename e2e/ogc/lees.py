"""Reads the OGC APIs of a running Brink with the programs of GDAL: lees.py ADDRESS FOLDER."""

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

ADDRESS, WORK = sys.argv[1], sys.argv[2]
CRS = "http://www.opengis.net/def/crs/"
done = 0


def check(what, true, more=""):
    global done
    if not true:
        sys.exit(f"NOT: {what} {more}")
    done += 1
    print(f"  {what}")


def run(*words, fails=False):
    environment = dict(os.environ, GDAL_HTTP_MAX_RETRY="0", CPL_CURL_VERBOSE="NO")
    result = subprocess.run(words, capture_output=True, text=True, timeout=120, env=environment)
    if result.returncode != 0 and not fails:
        sys.exit(f"{' '.join(words)}\n{result.stdout}{result.stderr}")
    if "ERROR" in result.stderr and not fails:
        sys.exit(f"{' '.join(words)}\n{result.stderr}")
    return result.stdout


def ask(path, **parameters):
    query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
    with urllib.request.urlopen(ADDRESS + path + query, timeout=60) as answer:
        return answer.headers, answer.read()


def ask_json(path, **parameters):
    return json.loads(ask(path, **parameters)[1])


def count(text):
    return int(re.search(r"Feature Count: (\d+)", text)[1])


def features(name):
    with open(os.path.join(WORK, name)) as file:
        return json.load(file)["features"]


def corner(feature):
    place = feature["geometry"]["coordinates"]
    while isinstance(place[0], list):
        place = place[0]
    return place


# What an earlier run left.
for name in os.listdir(WORK):
    if name.endswith((".geojson", ".mvt")):
        os.remove(os.path.join(WORK, name))

# Collections.
collections = [one["id"] for one in ask_json("/collections")["collections"]]
listed = run("ogrinfo", "-ro", f"OAPIF:{ADDRESS}")
check(
    f"ogrinfo lists all {len(collections)} collections",
    all(re.search(rf"\b{re.escape(one)}\b", listed) for one in collections),
    listed[:2000],
)
total = ask_json("/collections/gebieden/items", limit=1)["numberMatched"]
said = run("ogrinfo", "-ro", "-so", f"OAPIF:{ADDRESS}", "gebieden")
check(f"ogrinfo counts {total} features in `gebieden`", count(said) == total, said)
for name in ["gebied: String", "naam: String", "kaartsoort: String", "hectare: Real"]:
    check(f"ogrinfo sees `{name}`", name in said, said)

# Paging: small pages give the same features, each once.
ogr = ["ogr2ogr", "-f", "GeoJSON"]
run(*ogr, f"{WORK}/alle.geojson", f"OAPIF:{ADDRESS}", "gebieden", "-oo", "PAGE_SIZE=7")
ids = [one["properties"].get("id") or one.get("id") for one in features("alle.geojson")]
check("ogr2ogr pages through all features, each once", len(ids) == len(set(ids)) == total, f"{len(ids)} {len(set(ids))}")

# A rectangle, by GDAL and by hand.
west, south, east, north = ask_json("/collections/gebieden")["extent"]["spatial"]["bbox"][0]
middle = [(west + east) / 2, (south + north) / 2]
box = [middle[0] - 0.1, middle[1] - 0.1, middle[0] + 0.1, middle[1] + 0.1]
run(*ogr, f"{WORK}/vak.geojson", f"OAPIF:{ADDRESS}", "gebieden", "-spat", *map(str, box))
some = ask_json("/collections/gebieden/items", limit=10000, bbox=",".join(map(str, box)))
check(
    f"-spat gives the {some['numberMatched']} features of bbox",
    len(features("vak.geojson")) == some["numberMatched"] and 0 < some["numberMatched"] < total,
    str(len(features("vak.geojson"))),
)

# A filter, evaluated here and by GDAL itself.
schets = ask_json("/collections/gebieden/items", limit=10000, filter="kaartsoort = 'schets' AND hectare > 1000")
run(*ogr, f"{WORK}/filter.geojson", f"OAPIF:{ADDRESS}", "gebieden", "-where", "kaartsoort = 'schets' AND hectare > 1000")
check(
    f"a CQL2 filter and -where of GDAL choose the same {schets['numberMatched']} features",
    len(features("filter.geojson")) == schets["numberMatched"] and 0 < schets["numberMatched"] < total,
    str(len(features("filter.geojson"))),
)
place = f"S_INTERSECTS(geometry, POINT({middle[0]} {middle[1]}))"
there = ask_json("/collections/gebieden/items", limit=10000, filter=place)
url = f"{ADDRESS}/collections/gebieden/items?" + urllib.parse.urlencode({"limit": 10000, "filter": place})
said = run("ogrinfo", "-ro", "-so", "-al", url)
check(f"a spatial CQL2 filter gives {there['numberMatched']} features", count(said) == there["numberMatched"] > 0, said)

# Coordinates: RD and 4326 of the server agree with what PROJ makes of CRS84. Without the correction grid PROJ is off by
# some decimetres.
first = next(one for one in some["features"] if one["geometry"]["type"] in ("Polygon", "MultiPolygon"))
path = f"/collections/gebieden/items/{first['id']}"
lonlat = corner(ask_json(path))
headers, body = ask(path, crs=f"{CRS}EPSG/0/28992")
rd = corner(json.loads(body))
check("Content-Crs names RD", headers["Content-Crs"] == f"<{CRS}EPSG/0/28992>", str(headers))
check("EPSG:4326 has the latitude first", corner(ask_json(path, crs=f"{CRS}EPSG/0/4326")) == lonlat[::-1])
check("EPSG:4258 has the latitude first", corner(ask_json(path, crs=f"{CRS}EPSG/0/4258")) == lonlat[::-1])
said = subprocess.run(
    ["gdaltransform", "-s_srs", "OGC:CRS84", "-t_srs", "EPSG:28992", "-output_xy"],
    input=f"{lonlat[0]} {lonlat[1]}\n", capture_output=True, text=True, timeout=60,
).stdout.split()
apart = max(abs(float(said[n]) - rd[n]) for n in (0, 1))
check(f"RD of the server and of PROJ are {apart:.3f} m apart", apart < 1.0, f"{said} {rd}")
with open(f"{WORK}/een.geojson", "w") as file:
    json.dump({"type": "FeatureCollection", "features": [ask_json(path)]}, file)
run(*ogr, "-s_srs", "OGC:CRS84", "-t_srs", "EPSG:28992", "-lco", "RFC7946=NO", f"{WORK}/rd.geojson", f"{WORK}/een.geojson")
other = corner(features("rd.geojson")[0])
check("ogr2ogr -t_srs agrees too", max(abs(other[n] - rd[n]) for n in (0, 1)) < 1.0, f"{other} {rd}")

# Tiles.
spot = subprocess.run(
    ["gdaltransform", "-s_srs", "OGC:CRS84", "-t_srs", "EPSG:3857", "-output_xy"],
    input=f"{middle[0]} {middle[1]}\n", capture_output=True, text=True, timeout=60,
).stdout.split()
half, zoom = 20037508.342789244, 9
span = 2 * half / 2**zoom
column, row = int((float(spot[0]) + half) / span), int((half - float(spot[1])) / span)
headers, tile = ask(f"/tiles/WebMercatorQuad/{zoom}/{row}/{column}", f="mvt")
check("a tile is a vector tile", headers["Content-Type"] == "application/vnd.mapbox-vector-tile" and len(tile) > 100)
with open(f"{WORK}/tegel.mvt", "wb") as file:
    file.write(tile)
said = run(
    "ogrinfo", "-ro", "-al", "-so", f"{WORK}/tegel.mvt", "-oo", f"X={column}", "-oo", f"Y={row}", "-oo", f"Z={zoom}"
)
layers = set(re.findall(r"Layer name: (\S+)", said))
check(f"GDAL reads {len(layers)} layers of the tile", layers and layers <= set(collections), said[:1000])
check("features of the tile have their properties", "kaartsoort: String" in said and "naam: String" in said, said[:1000])
extent = [tuple(map(float, match)) for match in re.findall(r"Extent: \(([-\d.]+), ([-\d.]+)\) - \(([-\d.]+), ([-\d.]+)\)", said)]
left, top = column * span - half, half - row * span
room = span * 64 / 4096 + 1
check(
    "what is drawn lies on the tile",
    extent and all(left - room <= a and b >= top - span - room and c <= left + span + room and d <= top + room for a, b, c, d in extent),
    str(extent),
)
tilejson = ask_json("/tiles/WebMercatorQuad", f="tilejson")
address = tilejson["tiles"][0].replace("{z}", str(zoom)).replace("{y}", str(row)).replace("{x}", str(column))
with urllib.request.urlopen(address, timeout=60) as answer:
    check("TileJSON leads to the same tile", answer.read() == tile)
check("TileJSON names the layers", layers <= {one["id"] for one in tilejson["vector_layers"]})

# What is wrong is refused, and told.
for path, status in [
    ("/collections/gebieden/items?kaartsort=schets", 400),
    ("/collections/gebieden/items?filter=%28%28%28", 400),
    ("/collections/atlantis/items", 404),
    ("/tiles/WebMercatorQuad/40/0/0", 404),
]:
    try:
        urllib.request.urlopen(ADDRESS + path, timeout=60)
        sys.exit(f"NOT refused: {path}")
    except urllib.error.HTTPError as error:
        kind = error.headers["Content-Type"]
        check(f"{path} is refused with {status}", error.code == status and kind == "application/problem+json", f"{error.code} {kind}")

print(f"{done} checks passed")
