"""Somebody who has every public workbook of the same figures tries to work out each count that was left out.

The solver knows what a reader can know: all sheets of every workbook, in both languages, what the groups of one are
called in the other, that a group which stands there has somebody in it, that groups add up to the total where each
record is in one, and that what is left out is small or stands beside something small. It keeps for each count the
least and the most that it can be, and narrows them until nothing moves.
"""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model.records import REGISTRY
from outreach_app.model.reviewed_texts import reviewed
from outreach_app.sheets import counts
from outreach_app.sheets.counts import THRESHOLD, Figures
from outreach_app.sheets.public_books import PublicBook, write_public
from outreach_app.sheets.words import Words
from outreach_app.texts import say
from tests.unit.sheets.conftest import View

MANY = 10**6
EVENT_TYPES, COUNTIES = ("tabling", "training", "health_fair", None), ("37173", "37075", "37043", None)
KINDS, LANGUAGES = ("question", "praise", "problem", None), ("en", "es", None)
THEMES = ("Housing", "Food", "Roads")
OVERLAPPING = "feedback_by_theme"

EVENT = st.tuples(st.sampled_from(COUNTIES), st.sampled_from(EVENT_TYPES), st.sampled_from((0, 0, 1, 3, 9, 12)))
FEEDBACK = st.tuples(
    st.sampled_from(KINDS),
    st.sampled_from(LANGUAGES),
    st.sets(st.sampled_from(range(len(THEMES)))),
    st.sampled_from(("yes", "no")),
)
DEPARTMENTS = st.tuples(
    st.lists(st.tuples(EVENT, st.integers(1, 13)), max_size=4),
    st.lists(st.tuples(FEEDBACK, st.integers(1, 13)), max_size=4),
)


def views_of(events: Iterable[Any], feedback: Iterable[Any]) -> dict[str, list[View]]:
    """The records of a department: so many of each event with so many who came, and of each piece of feedback."""
    made: dict[str, list[View]] = {"events": [], "sign_ins": [], "feedback": [], "themes": []}

    def add(kind: str, values: Mapping[str, Any]) -> str:
        record = f"{kind}-{len(made[kind])}-5f2b"
        made[kind].append(View(kind, record, "", values))
        return record

    themes = [add("themes", {"name": name, "name_es": f"{name} (es)"}) for name in THEMES]
    for (county, event_type, came), times in events:
        for _ in range(times):
            event = add("events", {"name": "E", "county": county, "event_type": event_type})
            for _ in range(came):
                add("sign_ins", {"event": event, "status": "attended"})
    for (kind, language, about, may_share), times in feedback:
        for _ in range(times):
            spoken = [{"value": themes[place]} for place in sorted(about)]
            values = {"what_kind": kind, "language": language, "themes": spoken, "may_share": may_share}
            add("feedback", {**values, "text_for_sharing": "A text", "reviewed_by": reviewed("Zed", "A text")})
    return made


@dataclass
class Range:
    """The least and the most that a count can be."""

    least: int = 0
    most: int = MANY

    def narrow(self, least: int, most: int) -> bool:
        """Whether it was narrowed by that."""
        before = (self.least, self.most)
        self.least, self.most = max(self.least, least), min(self.most, most)
        assert self.least <= self.most, "what was published contradicts itself"
        return before != (self.least, self.most)


@dataclass
class Reader:
    """What a reader knows of each count, by table and group; of totals, by what is counted."""

    groups: dict[tuple[str, str], Range] = field(default_factory=dict)
    totals: dict[str, Range] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)  # tables of which all groups are seen

    def read(self, book: BytesIO, figures: Figures, language: str) -> None:
        """Learn from one workbook. ``figures`` tell what tables and groups are called, not how many are in them."""
        sheets = {
            sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in openpyxl.load_workbook(book)
        }
        front = dict(row[:2] for row in sheets[say("Read me", language)] if row[0])
        for of, name in (("events", "Events"), ("sign_ins", "Sign-ins"), ("feedback", "Feedback")):
            told = front[say(name, language)]
            self.totals.setdefault(of, Range()).narrow(*((told, told) if isinstance(told, int) else (1, THRESHOLD)))
        for table in figures.tables():
            if table.title in sheets:
                self.whole.add(table.name)
                for group, told in sheets[table.title][1:]:
                    known = self.groups.setdefault((table.name, table.codes[group]), Range())
                    known.narrow(*((told, told) if isinstance(told, int) else (1, MANY)))
        texts = len(sheets[say("In people's words", language)]) - 1
        self.totals["feedback"].narrow(texts, MANY)

    def solve(self) -> None:
        """Narrow everything by everything else until nothing moves."""
        while any([*self._narrowed()]):
            pass

    def _narrowed(self) -> Iterable[bool]:
        for table in self.whole:
            total = self.totals[table.split("_by_")[0]]
            cells = [cell for (name, _group), cell in self.groups.items() if name == table]
            if table == OVERLAPPING:
                for cell in cells:
                    yield cell.narrow(0, total.most)
                    yield total.narrow(cell.least, MANY)
                continue
            least, most = sum(cell.least for cell in cells), sum(cell.most for cell in cells)
            yield total.narrow(least, most)
            for cell in cells:
                yield cell.narrow(total.least - (most - cell.most), total.most - (least - cell.least))


def published(views: Mapping[str, list[View]], times: int = 1) -> Reader:
    """What somebody knows who read the figures in both languages, ``times`` each."""
    reader = Reader()
    for language in ("en", "es"):
        figures = Figures(REGISTRY, views, Words(), language)
        for _ in range(times):
            target = BytesIO()
            write_public(target, PublicBook("Pine County Health", 0, REGISTRY, views, language))
            reader.read(target, figures, language)
    reader.solve()
    return reader


def given_back(views: Mapping[str, list[View]], reader: Reader) -> list[Any]:
    """The counts of 1 to the threshold that the reader knows closer than "1 to the threshold"."""
    found = []
    for table in Figures(REGISTRY, views, Words(), "en").tables():
        if 0 < table.total <= THRESHOLD:
            known = reader.totals[table.of]
            found += [(table.of, known)] if known.least > 1 or known.most < THRESHOLD else []
        for group, number in table.groups.items():
            known = reader.groups.get((table.name, table.codes[group]), Range())
            if 0 < number <= THRESHOLD and (known.least > 1 or known.most < THRESHOLD):
                found.append((table.name, group, number, known))
    return found


@given(DEPARTMENTS)
def test_no_count_that_was_left_out_is_worked_out_from_all_sheets_together(department: Any):
    views = views_of(*department)
    assert not given_back(views, published(views))


SMALL_BESIDE_LARGE = (
    [((county, "tabling", 12), times) for county, times in zip(COUNTIES, (3, 30, 40, 50), strict=True)],
    [],
)


def test_the_same_figures_published_again_and_in_the_other_language_leave_out_the_same():
    views = views_of(*SMALL_BESIDE_LARGE)
    reader = published(views, times=3)
    hidden = [
        known for (table, _), known in reader.groups.items() if table == "events_by_county" and known.least < known.most
    ]
    assert len(hidden) == 2
    assert not given_back(views, reader)


@pytest.mark.parametrize("mistake", ["nothing beside the small one", "others by chance", "texts of too few"])
def test_the_solver_finds_what_is_published_by_mistake(mistake: str, monkeypatch: pytest.MonkeyPatch):
    views = views_of(*SMALL_BESIDE_LARGE)
    if mistake == "nothing beside the small one":
        monkeypatch.setattr(counts, "_could_be_many", lambda *_: True)
    elif mistake == "others by chance":
        by_chance: Callable[..., Any] = lambda *_: type("", (), {"digest": lambda _: random.random()})()  # noqa: E731
        monkeypatch.setattr(counts, "sha256", by_chance)
    else:
        views = views_of([], [(("praise", "en", set(), "yes"), 9)])
        reader = published(views)
        assert not given_back(views, reader)
        reader.totals["feedback"].narrow(9, MANY)
        assert given_back(views, reader)
        return
    assert given_back(views, published(views, times=4))
