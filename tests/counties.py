"""The counties of the United States: names and shapes, made of the npm package us-atlas.

    uv run python -m tests.counties PACKAGE        PACKAGE: the folder of the package us-atlas 3.0.1, unpacked

Names and codes go to ``resources/counties/counties.csv``, beside the populations and rural codes that stand there; the
shapes, simplified, to ``resources/counties/shapes.json``. What a county is called besides its name, and the codes that
the package's edition of 2017 does not have, stand here.
"""

import csv
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "counties"
UNIT = 0.005  # degrees
STRAY = 0.011  # degrees that a simplified line may run from the true one

Point = tuple[float, float]

PARISHES, MUNICIPIOS = "22", "72"
CITIES = ("24510", "29510")  # and those of Virginia from 51510 on
PLAIN = ("11001", "32510", "60", "66", "69", "78")  # called by their names alone
CENSUS_AREAS = ("02016", "02050", "02063", "02066", "02070", "02105", "02158", "02180", "02198", "02201", "02232",
                "02240", "02261", "02270", "02280", "02290")  # fmt: skip
NEWER = {
    "02063": "Chugach", "02066": "Copper River", "09110": "Capitol", "09120": "Greater Bridgeport",
    "09130": "Lower Connecticut River Valley", "09140": "Naugatuck Valley", "09150": "Northeastern Connecticut",
    "09160": "Northwest Hills", "09170": "South Central Connecticut", "09180": "Southeastern Connecticut",
    "09190": "Western Connecticut",
}  # fmt: skip
RETIRED = {
    "02201": "Prince of Wales-Outer Ketchikan", "02232": "Skagway-Hoonah-Angoon", "02261": "Valdez-Cordova",
    "02270": "Wade Hampton", "02280": "Wrangell-Petersburg", "12025": "Dade", "46113": "Shannon", "51515": "Bedford",
    "51560": "Clifton Forge", "51780": "South Boston",
}  # fmt: skip


def kind_of(fips: str) -> str:
    """What a county is called besides its name."""
    if fips in PLAIN or fips[:2] in PLAIN:
        return ""
    if fips in CITIES or (fips[:2] == "51" and fips >= "51510"):
        return "city"
    if fips in NEWER and fips[:2] == "09":
        return "region"
    if fips[:2] == "02":
        return "census_area" if fips in CENSUS_AREAS else "borough"
    return {PARISHES: "parish", MUNICIPIOS: "municipio"}.get(fips[:2], "county")


def named(package: Path) -> Mapping[str, str]:
    """Every code with its name."""
    shapes = json.loads((package / "counties-10m.json").read_text(encoding="utf-8"))["objects"]["counties"]
    found = {each["id"]: each["properties"]["name"] for each in shapes["geometries"]}
    return dict(sorted({**found, **NEWER, **RETIRED}.items()))


def write_names(names: Mapping[str, str]) -> None:
    """Write the list, keeping what is known of each county besides."""
    file = FOLDER / "counties.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        known = {row["fips"]: row for row in csv.DictReader(opened)}
    with (FOLDER / "states.csv").open(encoding="utf-8", newline="") as opened:
        states = {row["prefix"]: row["state"] for row in csv.DictReader(opened)}
    columns = ["fips", "state", "county", "kind", "retired", "population_2020", "rucc_2023", "nonmetro"]
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, columns, lineterminator="\n", restval="")
        writer.writeheader()
        for fips, name in names.items():
            said = {"fips": fips, "state": states[fips[:2]], "county": name, "kind": kind_of(fips)}
            kept = {column: known.get(fips, {}).get(column, "") for column in columns[5:]}
            writer.writerow({**said, "retired": "1" if fips in RETIRED else "", **kept})


def drawn(package: Path) -> tuple[list[list[Point]], dict[str, Any]]:
    """The arcs, in degrees east and north, and each county's polygons."""
    atlas = json.loads((package / "counties-10m.json").read_text(encoding="utf-8"))
    (across, up), (left, bottom) = (atlas["transform"][name] for name in ("scale", "translate"))
    arcs = []
    for steps in atlas["arcs"]:
        along = zip(*(accumulate(each) for each in zip(*steps, strict=True)), strict=True)
        arcs.append([(_west(x * across + left), y * up + bottom) for x, y in along])
    shapes = atlas["objects"]["counties"]["geometries"]
    return arcs, {each["id"]: each["arcs"] if each["type"] == "MultiPolygon" else [each["arcs"]] for each in shapes}


def _west(degrees: float) -> float:
    """Degrees east; of the Aleutians beyond the line of the date as if it went on."""
    return degrees - 360 if degrees > 170 else degrees


def simplified(line: Sequence[Point], stray: float) -> list[Point]:
    """A line with no more points than it takes to stray so far (Douglas and Peucker)."""
    if len(line) < 3:
        return list(line)
    (ax, ay), (bx, by) = line[0], line[-1]
    long = math.hypot(bx - ax, by - ay)
    away = [
        abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / long if long else math.hypot(x - ax, y - ay)
        for x, y in line[1:-1]
    ]
    most = max(away)
    if most <= stray and long:
        return [line[0], line[-1]]
    at = away.index(most) + 1
    return [*simplified(line[: at + 1], stray)[:-1], *simplified(line[at:], stray)]


def stray_of(line: Sequence[Point]) -> float:
    """How far it may be strayed from a line: from a short one, round a small city, less."""
    across, down = (max(each) - min(each) for each in zip(*line, strict=True))
    return min(STRAY, max(across, down) / 12)


def write_shapes(arcs: Sequence[Sequence[Point]], counties: Mapping[str, Any]) -> None:
    """Write the arcs that are used, in whole units, each point as its way from the one before."""
    used = sorted({arc if arc >= 0 else ~arc for arc in _arcs(counties)})
    place = {arc: at for at, arc in enumerate(used)}
    lines = [json.dumps(_steps(simplified(arcs[arc], stray_of(arcs[arc]))), separators=(",", ":")) for arc in used]
    placed = {
        fips: [[[place[at] if at >= 0 else ~place[~at] for at in ring] for ring in poly] for poly in polygons]
        for fips, polygons in sorted(counties.items())
    }
    said = [f"{json.dumps(fips)}:{json.dumps(polygons, separators=(',', ':'))}" for fips, polygons in placed.items()]
    text = '{"arcs":[\n' + ",\n".join(lines) + '\n],\n"counties":{\n' + ",\n".join(said) + "\n}}\n"
    (FOLDER / "shapes.json").write_text(text, encoding="utf-8")


def _arcs(counties: Mapping[str, Any]) -> Iterable[int]:
    return (at for polygons in counties.values() for poly in polygons for ring in poly for at in ring)


def _steps(line: Sequence[Point]) -> list[int]:
    steps, before = [], (0, 0)
    for x, y in line:
        here = round(x / UNIT), round(y / UNIT)
        if here != before or not steps:
            steps += [here[0] - before[0], here[1] - before[1]]
        before = here
    return steps


if __name__ == "__main__":
    atlas = Path(sys.argv[1])
    write_names(named(atlas))
    write_shapes(*drawn(atlas))
