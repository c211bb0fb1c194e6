"""What both peers share: the shapes and plans that plekken wrote, and the clock."""

import statistics
import sys
import time
from pathlib import Path

ROUNDS = 3


def read(name):
    """The rows of a file: number, tab, WKT."""
    lines = Path(sys.argv[1], name).read_text().splitlines()
    return [(int(number), wkt) for number, wkt in (line.split("\t") for line in lines)]


def report(plans, locate):
    """Prints the median time in seconds, of each plan the fastest round, and the sum of all shares."""
    fastest = [float("inf")] * len(plans)
    total = 0.0
    for _ in range(ROUNDS):
        total = 0.0
        for n, plan in enumerate(plans):
            start = time.perf_counter()
            shares = locate(plan)
            fastest[n] = min(fastest[n], time.perf_counter() - start)
            total += sum(share for _, share in shares)
    print(statistics.median(fastest), total)
