"""Shares of plans in shapes by Shapely: an STRtree over subdivided pieces."""

import numpy
import shapely

from peer import read, report

MOST = 128


def subdivide(shape):
    """Halves a shape along its longer side until no piece has more than MOST vertices."""
    if shapely.get_num_coordinates(shape) <= MOST:
        return [] if shape.is_empty else [shape]
    left, low, right, high = shape.bounds
    if right - left >= high - low:
        middle = (left + right) / 2
        halves = [(left, low, middle, high), (middle, low, right, high)]
    else:
        middle = (low + high) / 2
        halves = [(left, low, right, middle), (left, middle, right, high)]
    return [piece for half in halves for piece in subdivide(shapely.intersection(shape, shapely.box(*half)))]


keys, pieces = [], []
for key, wkt in read("vlakken.tsv"):
    for piece in subdivide(shapely.from_wkt(wkt)):
        keys.append(key)
        pieces.append(piece)
keys, pieces = numpy.array(keys), numpy.array(pieces)
tree = shapely.STRtree(pieces)


def locate(plan):
    found = tree.query(plan, predicate="intersects")
    areas = shapely.area(shapely.intersection(pieces[found], plan))
    own, place = numpy.unique(keys[found], return_inverse=True)
    return list(zip(own, numpy.bincount(place, areas) / plan.area))


report([shapely.from_wkt(wkt) for _, wkt in read("plannen.tsv")], locate)
