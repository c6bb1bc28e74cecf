"""The columns of a kind's list, from the fields that are declared as listed."""

from collections.abc import Callable, Sequence
from datetime import date

from outreach_app.model.dates import due, full, full_moment, short, short_moment
from outreach_app.model.fields import Field, Shape
from outreach_app.model.kinds import Kind
from outreach_app.model.phones import shown_phone
from outreach_app.model.values import shown
from outreach_app.store.views import View
from outreach_app.texts import _, say
from ui.models.records import Column

_SHARES = {Shape.LONG_TEXT: 4, Shape.REFERENCE: 3, Shape.PHONE: 3, Shape.EMAIL: 3, Shape.COUNTY: 3}
_OPEN = ("open", "waiting")


def columns_of(declared: Kind, today: date, names: Sequence[str] = ()) -> Sequence[Column[View]]:
    """One column for each of the fields named, or each listed one; the first is amber where something of the record is
    to be decided."""
    listed = [declared.by_name[name] for name in names] or [field for field in declared.fields if field.listed]
    return [_column(field, today, first=at == 0) for at, field in enumerate(listed)]


def _column(field: Field, today: date, *, first: bool) -> Column[View]:
    waits: Callable[[View], bool] | None = None
    if first:
        waits = _is_undecided
    elif field.name == "due":
        waits = lambda view: _is_late(view, today)  # noqa: E731 - one of two rules, kept beside each other
    return Column(
        say(field.label),
        text=lambda view: _with_waits(said(field, view, today), view, waits=first),
        sort=field.name,
        figures=field.shape is Shape.NUMBER,
        hover=lambda view: _with_waits(_whole(field, view), view, waits=first),
        waits=waits,
        share=4 if first else _SHARES.get(field.shape, 2),
    )


def _with_waits(text: str, view: View, *, waits: bool) -> str:
    """A cell's text; that something of the record is to be decided is said in words, not by colour alone."""
    return _("{value} · to decide", value=text) if waits and _is_undecided(view) else text


def said(field: Field, view: View, today: date) -> str:
    """A field of one record on one line, the way people say it."""
    value = view.values.get(field.name)
    if field.shape is Shape.DATE and isinstance(value, str):
        late = field.name == "due" and view.values.get("state") in _OPEN
        return due(value, today) if late else short(value, today)
    if field.shape is Shape.MOMENT and isinstance(value, str):
        return short_moment(value, today)
    if field.shape is Shape.PHONE:
        return "; ".join(shown_phone(str(phone.get("number", ""))) for phone in view.elements(field.name))
    return " ".join(shown(field, value, title_of=view.titles.get, on_screen=True).split())


def _whole(field: Field, view: View) -> str:
    """The same in full, for the pointer that rests on it."""
    value = view.values.get(field.name)
    if isinstance(value, str) and field.shape in (Shape.DATE, Shape.MOMENT):
        return full(value) if field.shape is Shape.DATE else full_moment(value)
    return shown(field, value, title_of=view.titles.get, on_screen=True)


def _is_undecided(view: View) -> bool:
    return view.to_decide > 0


def _is_late(view: View, today: date) -> bool:
    day = str(view.values.get("due") or "")
    return view.values.get("state") in _OPEN and len(day) == len("2026-11-21") and day < today.isoformat()
