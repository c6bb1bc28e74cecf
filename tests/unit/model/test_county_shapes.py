"""The shapes of counties: every county of 2017 has one, where it lies."""

import pytest

from outreach_app.model import counties
from outreach_app.model.county_shapes import Ring, state_shapes
from tests.counties import NEWER, RETIRED, simplified

STILL_DRAWN = {"02261"}  # in use when the shapes were made


def middle(rings: tuple[Ring, ...]) -> tuple[float, float]:
    points = [point for ring in rings for point in ring]
    return sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points)


def test_every_county_has_a_shape_but_those_of_other_times() -> None:
    known = {fips for fips in counties.labels() if counties.county(fips)}
    states = {county.state for fips in known if (county := counties.county(fips)) is not None}
    drawn = {fips for state in states for fips in state_shapes(state)}
    assert known - drawn == {*NEWER, *RETIRED} - STILL_DRAWN
    assert drawn <= known
    assert [fips for state in states for fips, rings in state_shapes(state).items() if not rings] == []


@pytest.mark.parametrize(
    ("state", "west", "east"), [("NC", "37039", "37055"), ("OR", "41019", "41045"), ("PR", "72005", "72053")]
)
def test_west_is_left_and_each_ring_is_closed(state: str, west: str, east: str) -> None:
    shapes = state_shapes(state)
    assert middle(shapes[west])[0] < middle(shapes[east])[0]
    assert all(ring[0] == ring[-1] for rings in shapes.values() for ring in rings)


def test_neighbours_share_their_border() -> None:
    """And north is up."""
    shapes = state_shapes("NC")
    assert middle(shapes["37173"])[1] < middle(shapes["37113"])[1]
    swain, graham = (set(shapes[fips][0]) for fips in ("37173", "37075"))
    assert len(swain & graham) >= 2


def test_simplifying_keeps_the_ends_and_strays_no_farther_than_it_may() -> None:
    line = [(0.0, 0.0), (1.0, 0.05), (2.0, 0.0), (3.0, 2.0), (4.0, 0.0)]
    assert simplified(line, 0.1) == [(0.0, 0.0), (2.0, 0.0), (3.0, 2.0), (4.0, 0.0)]
    island = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]
    assert simplified(island, 0.1)[0] == simplified(island, 0.1)[-1]
