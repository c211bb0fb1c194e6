"""Shares of plans in shapes by PostGIS: subdivided pieces, a GiST index, a prepared statement. Run under cluster.sh."""

import psycopg
import shapely

from peer import read, report

LOCATE = """
    select key, sum(st_area(st_intersection(piece.shape, plan.shape))) / st_area(plan.shape)
    from piece, (select st_geomfromwkb(%b) as shape offset 0) as plan
    where st_intersects(piece.shape, plan.shape)
    group by key, plan.shape
"""

with psycopg.connect(autocommit=True) as connection:
    connection.execute("create unlogged table area (key int, shape geometry)")
    with connection.cursor().copy("copy area from stdin") as copy:
        for row in read("vlakken.tsv"):
            copy.write_row(row)
    connection.execute("create unlogged table piece as select key, st_subdivide(shape, 128) as shape from area")
    connection.execute("create index on piece using gist (shape)")
    connection.execute("vacuum analyze piece")

    plans = [shapely.to_wkb(shapely.from_wkt(wkt)) for _, wkt in read("plannen.tsv")]
    cursor = connection.cursor(binary=True)
    report(plans, lambda plan: cursor.execute(LOCATE, [plan], prepare=True).fetchall())
