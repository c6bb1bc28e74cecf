"""The shapes of counties, state by state, from ``resources/counties/shapes.json``."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import cos, radians
from typing import Any

from outreach_app.assets import asset
from outreach_app.model.counties import county

_A_DEGREE = 200
_DOT = 3.0
_NOTHING = 3  # points: an islet of which simplifying left no more is not drawn

Ring = tuple[tuple[float, float], ...]
"""A closed line of (across, down) in two hundredths of a degree of latitude. A county's rings are its outlines and the
holes in them: what is inside an odd number of rings is the county."""


@cache
def _file() -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(asset("counties", "shapes.json").read_text(encoding="utf-8"))
    return read


@cache
def state_shapes(state: str) -> Mapping[str, tuple[Ring, ...]]:
    """The shapes of a state's counties ("NC"), by code: flat and upright, as wide as they are in the state's middle."""
    read = _file()
    places = {
        fips: [_ring(read["arcs"], ring) for polygon in polygons for ring in polygon]
        for fips, polygons in read["counties"].items()
        if (known := county(fips)) is not None and known.state == state
    }
    norths = [north for rings in places.values() for ring in rings for _east, north in ring]
    narrow = cos(radians((min(norths) + max(norths)) / 2 / _A_DEGREE)) if norths else 1.0
    found = {}
    for fips, rings in places.items():
        flat = [tuple((east * narrow, float(-north)) for east, north in ring) for ring in rings]
        found[fips] = tuple(ring for ring in flat if len(ring) > _NOTHING) or (_dot(flat[0]),)
    return found


def _ring(arcs: Sequence[Sequence[int]], ring: Sequence[int]) -> list[tuple[int, int]]:
    """The places along a ring, east and north."""
    points: list[tuple[int, int]] = []
    for at in ring:
        line = _line(arcs[at if at >= 0 else ~at])
        points += line if at >= 0 else line[::-1]
    return [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]


def _dot(ring: Ring) -> Ring:
    """A small square where a city lies that is too small for a shape."""
    x, y = ring[0]
    return (x - _DOT, y - _DOT), (x + _DOT, y - _DOT), (x + _DOT, y + _DOT), (x - _DOT, y + _DOT), (x - _DOT, y - _DOT)


def _line(steps: Sequence[int]) -> list[tuple[int, int]]:
    x = y = 0
    points = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points
