"""Decisions in words: what is asked, and what each answer is called."""

from collections.abc import Sequence
from dataclasses import replace

from outreach_app.model.fields import Field, Shape
from outreach_app.model.kinds import Registry
from outreach_app.store.decisions import Decision
from outreach_app.store.notices import ASKING
from outreach_app.texts import _, count, say
from ui.widgets.rows import Row

_WHICH = {
    Shape.PHONE: "Which phone is right for {title}?",
    Shape.EMAIL: "Which e-mail is right for {title}?",
    Shape.ADDRESS: "Which address is right for {title}?",
    Shape.WEB: "Which web address is right for {title}?",
    Shape.DATE: "Which day is right for {title}?",
    Shape.MOMENT: "Which time is right for {title}?",
}
_USE = {
    Shape.PHONE: "Use this number",
    Shape.EMAIL: "Use this e-mail",
    Shape.ADDRESS: "Use this address",
    Shape.DATE: "Use this day",
    Shape.MOMENT: "Use this time",
}
_NOTED = {
    "clock": "The clock of {title}",
    "file": "Files in {title}",
    "row": "Rows of {title}",
    "held": "From {title}'s laptop",
    ASKING: "{title}'s laptop waits to be let in",
}
_ICONS = {"clock": "clock", "file": "file-warning", "row": "table-2", "held": "shield-alert", ASKING: "laptop"}
_SAME = {
    "people": "Are {one} and {other} the same person?",
    "organizations": "Are {one} and {other} the same organization?",
    "sign_ins": "Did {one} and {other} sign in twice as one?",
}
_SAME_OF_MANY = {
    "people": "Are these {n} the same person?",
    "organizations": "Are these {n} the same organization?",
    "sign_ins": "Are these {n} one sign-in?",
}
_NAMED = 3  # names in a line of the list
_PERHAPS = {
    "people": "perhaps one person",
    "organizations": "perhaps one organization",
    "sign_ins": "perhaps one sign-in",
}


def key_of(decision: Decision) -> str:
    """What tells one decision from all others."""
    return "/".join((decision.what, decision.kind, decision.record, decision.field, decision.element, decision.other))


def row_of(registry: Registry, decision: Decision) -> Row:
    """Its line in the list of what is to be decided, with whose it is where it was handed to somebody."""
    made = _row_of(registry, decision)
    also = [made.detail, decision.handed_to, _("left for later") if decision.put_off else ""]
    return replace(made, detail=" · ".join(part for part in also if part))


def _row_of(registry: Registry, decision: Decision) -> Row:
    key = key_of(decision)
    if decision.what == "held":
        number = sum(line.changes for line in decision.lines)
        detail = count("{n} change held back", "{n} changes held back", number)
        return Row(key, noted_words(decision), _ICONS[decision.what], detail=detail)
    if decision.what == ASKING:
        return Row(key, noted_words(decision), _ICONS[ASKING], detail=_("a coordinator lets it in"))
    if decision.what in _NOTED:
        detail = count("{n} thing to note", "{n} things to note", len(decision.lines))
        return Row(key, noted_words(decision), _ICONS[decision.what], detail=detail)
    about = registry[decision.kind].about
    title = decision.title or say(about.one)
    if decision.what == "apart":
        other = decision.other_title or say(about.one)
        return Row(key, f"{title} · {other}", about.icon, detail=_("not the same, and joined"))
    if decision.what == "duplicate":
        number = len(decision.records)
        detail = perhaps(decision.kind)
        if number > 2:
            detail += " · " + count("{n} beside each other", "{n} beside each other", number)
        return Row(key, _names(decision, say(about.one)), about.icon, detail=detail)
    if decision.what == "deletion":
        return Row(key, title, "trash-2", detail=_("deleted, and written in"))
    number = len(decision.options)
    differ = count("{n} answer", "{n} answers that differ", number)
    return Row(key, _("{field} of {title}", field=label_of(registry, decision), title=title), "split", detail=differ)


def _names(decision: Decision, nameless: str) -> str:
    """Who may be one, the best pair's first, and how many more there are."""
    titles: dict[str, str] = {}
    for pair in decision.each:
        titles |= {pair.record: pair.title, pair.other: pair.other_title}
    names = " · ".join([title or nameless for title in titles.values()][:_NAMED])
    over = len(titles) - _NAMED
    return f"{names} · {count('{n} more', '{n} more', over)}" if over > 0 else names


def noted_words(decision: Decision) -> str:
    """What something to be noted is called."""
    return say(_NOTED[decision.what], title=decision.title or "?")


def label_of(registry: Registry, decision: Decision) -> str:
    """What the field is called; its name where this program does not know it."""
    field = registry[decision.kind].field(decision.field)
    return say(field.label) if field else decision.field


def perhaps(kind: str) -> str:
    """What two may be."""
    return say(_PERHAPS[kind]) if kind in _PERHAPS else _("perhaps the same")


def question(field: Field | None, label: str, title: str) -> str:
    """What is asked where answers differ."""
    if field is not None and field.shape in _WHICH:
        return say(_WHICH[field.shape], title=title)
    return _("{field}: what is right for {title}?", field=label, title=title)


def same_question(kind: str, one: str, other: str) -> str:
    """What is asked of two that may be one."""
    if kind in _SAME:
        return say(_SAME[kind], one=one, other=other)
    return _("Are {one} and {other} the same?", one=one, other=other)


def group_question(kind: str, names: Sequence[str]) -> str:
    """What is asked of two or more that may be one."""
    if len(names) == 2:
        return same_question(kind, *names)
    number = len(names)
    return say(_SAME_OF_MANY[kind], n=number) if kind in _SAME_OF_MANY else _("Are these {n} the same?", n=number)


def use_words(field: Field | None, empty: bool) -> str:
    """What the button of one answer says."""
    if empty:
        return _("Leave it empty")
    return say(_USE[field.shape]) if field is not None and field.shape in _USE else _("Use this")
