"""The sheet of groups to join: handed to somebody who asked what there is for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from outreach_app.paper.renderer import render
from outreach_app.texts import say

_SAYS = {
    "heading": "Groups you can join",
    "lead": "These groups decide, advise and plan. They need people who know how things are here.",
    "ending": "Ask us, and we will introduce you.",
    "how_to_join": "How to join",
    "meets": "Meets",
    "where": "Where",
    "openings": "Free seats",
    "open_to_public": "Visitors",
    "languages": "Languages",
    "compensation": "For your time",
    "ask": "Ask",
}
LINES = ("how_to_join", "meets", "where", "openings", "open_to_public", "languages", "compensation", "ask")
"""What is said of a group, in this order, where it is known."""

Said = Callable[[str], str]
"""Words in a language, by its code."""


@dataclass(frozen=True, slots=True)
class PrintedGroup:
    """One group as it is printed. ``lines`` by the names of :data:`LINES`."""

    name: str
    kind: str = ""
    purpose: str = ""
    lines: Mapping[str, str] | None = None
    checked: Said | None = None


def render_group_sheet(
    department: str,
    about: str,
    groups: Sequence[PrintedGroup],
    languages: Sequence[str] = ("en", "es"),
    *,
    large_print: bool = False,
    paper: str = "us-letter",
) -> bytes:
    """The sheet as a PDF. ``about``: for which interests and county these were chosen, or ""."""

    def said(words: Said) -> list[dict[str, str]]:
        return [{"language": language, "text": words(language)} for language in languages]

    def named(name: str) -> list[dict[str, str]]:
        return said(lambda language: say(_SAYS[name], language))

    return render(
        "group-sheet",
        {
            "title": say(_SAYS["heading"], languages[0]),
            "department": " ".join(department.split()),
            "languages": list(languages),
            "paper": paper,
            "large": large_print,
            "about": about,
            **{name: named(name) for name in ("heading", "lead", "ending")},
            "groups": [
                {
                    "name": group.name,
                    "kind": group.kind,
                    "purpose": group.purpose,
                    "lines": [
                        [named(name), (group.lines or {})[name]] for name in LINES if (group.lines or {}).get(name)
                    ],
                    "checked": said(group.checked) if group.checked else [],
                }
                for group in groups
            ],
        },
    )
