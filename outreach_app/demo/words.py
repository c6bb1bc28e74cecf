"""The demo's own words, read from ``resources/demo`` (each file's form is told in SOURCE.md there)."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from outreach_app.assets import asset

Pieces = Mapping[str, list[str]]
"""What people say on one topic: pool ("lived", "wish", ...) to pieces."""


@cache
def words(name: str) -> Any:
    """What ``resources/demo/NAME.json`` holds. It is shared: nobody changes it."""
    return json.loads(asset("demo", f"{name}.json").read_text(encoding="utf-8"))


def voices(language: str) -> Mapping[str, Pieces]:
    """By topic, and "general", what people say in a language."""
    said: Mapping[str, Pieces] = words(f"voices.{language}")
    return said


def place(county: str) -> Mapping[str, Any]:
    """Towns, roads, distances and people of a county, by its FIPS code."""
    found: Mapping[str, Any] = words("places")[county]
    return found
