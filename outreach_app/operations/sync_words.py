"""What came of a sync and what waits since, line by line: for the window and the command alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from outreach_app.operations.admissions import Waiting, ask_first, why_in_words
from outreach_app.store.shipping import State, Whereabouts
from outreach_app.sync.exchanges import reason
from outreach_app.texts import _, count

_QUIET = (State.SEALED,)  # it is for others, and nobody here need do anything


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what there is, of what number, and why where that has to be said."""

    key: str
    words: str
    number: int = 0
    why: str = ""
    waits: bool = False  # on a person, or on what has not come yet
    names: tuple[str, ...] = ()  # of the files it is about


def outcome(account: Mapping[str, Any]) -> list[Line]:
    """What an exchange did: what went, what came, and the files that gave nothing, those of one reason together.

    What is kept here and waits is told by :func:`left`, for it waits after the next sync too.
    """
    lines = [
        *_news(account),
        Line("sent", _("Left there for the others"), account["sent_changes"]),
        Line("received", _("Taken in from the others"), account["received"] + account.get("late", 0)),
        Line("carried", _("Carried on for other laptops"), account["carried_segments"]),
        Line("clashing", _("Two different ones under one number; both are kept"), account["clashing"], waits=True),
    ]
    lines = [each for each in lines if each.number or each.why or each.key in ("sent", "received")]
    grouped: dict[tuple[str, bool, bool], list[str]] = {}
    for each in account["set_aside"]:
        if not each.get("kept"):
            grouped.setdefault((each["reason"], each["waits"], not each.get("replaced")), []).append(each["name"])
    for at, ((why, waits, minds), names) in enumerate(grouped.items()):
        lines.append(Line(f"aside-{waits:d}-{at}", _files(names, waits), len(names), why, minds, tuple(names)))
    if account["not_sent"]:
        lines.append(Line("not_sent", _("The rest could not be left there"), 0, account["not_sent"], True))
    return lines


def _news(account: Mapping[str, Any]) -> list[Line]:
    """What a person must hear first: who belongs since, and that nothing lay there, as on another stick."""
    lines = []
    if account.get("joined"):
        about = _("What it wrote counts, and it gets what the others write.")
        lines.append(Line("joined", _("This laptop is let in now"), 0, about))
    if account.get("let_in"):
        lines.append(Line("let_in", _("Let in now"), 0, ", ".join(account["let_in"])))
    if not account["files"]:
        about = _("If other laptops have synced with it, this is another stick or folder.")
        lines.append(Line("empty", _("Nothing lay there yet"), 0, about))
    return lines


def whereabouts(where: Whereabouts) -> list[Line]:
    """Where this laptop's own work is, in three lines; in two where nobody can confirm it."""
    lines = [Line("only_here", _("Only on this laptop"), where.only_here, waits=where.only_here > 0)]
    if where.alone:
        about = _("Only another coordinator's laptop could confirm it, and there is none.")
        return [*lines, Line("copied", _("Copied to a folder or stick"), where.copied, about)]
    return [
        *lines,
        Line("copied", _("Copied, not yet confirmed"), where.copied),
        Line("received", _("Received by the department"), where.received),
    ]


def _files(names: Sequence[str], waits: bool) -> str:
    """One by its name, several by their number and what became of them."""
    if len(names) == 1:
        return PurePosixPath(names[0]).name
    if waits:
        return count("{n} file waits", "{n} files wait", len(names))
    return count("{n} file set aside", "{n} files set aside", len(names))


def left(segments: Mapping[str, int], asking: Iterable[Waiting] = (), coordinator: bool = False) -> list[Line]:
    """What waits here: laptops to be let in, and the files that are kept and not taken in yet, those of one reason
    together. They are carried on all the same. ``coordinator``: whoever reads this can let a laptop in."""
    lines = []
    for each in asking:
        why = f"{why_in_words(each)} {ask_first(each.device)}" if coordinator else why_in_words(each)
        lines.append(Line(each.device.hex(), _("{name}'s laptop waits to be let in", name=each.name), 0, why, True))
    return lines + [
        Line(state, reason(State(state)), number, waits=state not in _QUIET)
        for state, number in sorted(segments.items())
    ]


def accounted(account: Mapping[str, Any]) -> str:
    """That every file there is accounted for, in figures; or that it is not."""
    if not account["adds_up"]:
        return _("These figures do not add up. Please sync once more, and tell whoever looks after the program.")
    aside = account["set_aside"]
    waits = sum(each["waits"] for each in aside)
    parts = [
        count("{n} known from before", "{n} known from before", account["unchanged"]),
        count("{n} read", "{n} read", account["read"]),
        count("{n} mended", "{n} mended", account["mended"]) if account["mended"] else "",
        count("{n} waits", "{n} wait", waits) if waits else "",
        count("{n} file set aside", "{n} files set aside", len(aside) - waits),
    ]
    files = count("{n} file there", "{n} files there", account["files"])
    return _("{files}: {parts}.", files=files, parts=", ".join(part for part in parts if part))


def in_words(account: Mapping[str, Any], waiting: Sequence[Line], verbose: bool = False) -> str:
    """All of it, as the command says it; ``verbose``: with the names of the files."""
    lines = [_said(each, verbose) for each in outcome(account)]
    if account["files"]:
        lines.append(accounted(account))
    if waiting:
        lines += ["", _("What waits here:"), *(f"  {_said_of_waiting(each)}" for each in waiting)]
    return "\n".join(lines)


def where_in_words(where: Whereabouts) -> str:
    """Where this laptop's own work is, as the command says it."""
    lines = [f"  {each.words}: {each.number:,}{f'. {each.why}' if each.why else ''}" for each in whereabouts(where)]
    return "\n".join([_("Where this laptop's own work is:"), *lines])


def _said(line: Line, verbose: bool) -> str:
    said = f"{line.words}: {line.why or f'{line.number:,}'}"
    return "\n".join([said, *(f"    {name}" for name in line.names if verbose)])


def _said_of_waiting(line: Line) -> str:
    if line.number:
        return f"{count('{n} file', '{n} files', line.number)}: {line.words}"
    return f"{line.words}. {line.why}"
