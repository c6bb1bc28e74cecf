"""History in words: when, who, how it came, what from and what to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from outreach_app.journal.histories import HistoryLine
from outreach_app.journal.standing import DELETED
from outreach_app.model.dates import full_moment, moment_of, short_moment
from outreach_app.model.fields import Field, Rule
from outreach_app.model.kinds import Kind
from outreach_app.model.values import shown
from outreach_app.model.vocabularies import vocabulary
from outreach_app.texts import _, say

_LONG = 240


def when(clock: int) -> str:
    """The time of a change as one says it."""
    return short_moment(moment_of(clock), date.today())


def when_exactly(clock: int) -> str:
    """The same in full."""
    return full_moment(moment_of(clock))


def who(author: str, source: str, undone: bool = False) -> str:
    """Who wrote something, and how it came where it was not simply typed in: an undo gave it again (``undone``)."""
    if undone:
        return f"{author} · {_('undid')}"
    return author if source == "live" else f"{author} · {vocabulary('source').label(source).lower()}"


def value_words(field: Field, value: Any, titles: Mapping[str, str]) -> str:
    """One value (of a list: one element) as it is shown; "" where it is empty."""
    said = " ".join(shown(field, value, title_of=titles.get, on_screen=True).split())
    return said if len(said) <= _LONG else said[:_LONG].rstrip() + "…"


def line_words(declared: Kind, line: HistoryLine, titles: Mapping[str, str]) -> str:
    """One line of history: what from, what to. "" for what this program does not know."""
    if line.field == DELETED:
        return _("Deleted") if line.after is not None else _("Brought back")
    field = declared.field(line.field)
    if field is None:
        return ""
    label, after = say(field.label), value_words(field, line.after, titles)
    if field.rule is Rule.TALLY and isinstance(line.after, int):
        return f"{label}: {line.after:+,}"
    before = "; ".join(dict.fromkeys(filter(None, (value_words(field, value, titles) for value in line.before))))
    if before and after and before != after:
        return _("{field}: {before} → {after}", field=label, before=before, after=after)
    if before and not after:
        return _("{field}: {before}, taken away", field=label, before=before)
    return f"{label}: {after}" if after else ""


def change_words(declared: Kind, lines: Sequence[HistoryLine], titles: Mapping[str, str]) -> list[str]:
    """All lines of one change, those that say nothing left out."""
    return [words for words in (line_words(declared, line, titles) for line in lines) if words]
