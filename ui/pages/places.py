"""The places one can go to, in the order of the sidebar. Each page is loaded when it is first gone to."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from outreach_app.operations.duplicates import how_many_wait, waiting
from outreach_app.operations.keys import Recovery, recovery
from outreach_app.operations.sharing import how_many_to_write
from outreach_app.store.stores import Store
from ui.desks import Desk
from ui.pages.base import Page, PageSpec
from ui.widgets.status_bars import Standing

OPEN = ("open", "waiting")
"""The states of a follow-up that is still to be done: only those are counted in the sidebar."""


def places(today: Callable[[], date] = date.today) -> Sequence[PageSpec]:
    """All pages; the first is shown first. ``today`` tells the day that pages count from."""
    return (
        PageSpec("today", label="Today", icon="calendar-days", factory=partial(_today, today), shortcut="Ctrl+1"),
        _listed("events", "events", label="Events", icon="map-pin", shortcut="Ctrl+2"),
        _listed("people", "people", label="People", icon="users", shortcut="Ctrl+3"),
        _listed("partners", "organizations", label="Partners", icon="building-2", shortcut="Ctrl+4"),
        _listed("groups", "groups", label="Groups to join", icon="messages-square", shortcut="Ctrl+5"),
        _listed("feedback", "feedback", label="Feedback", icon="message-square-text", shortcut="Ctrl+6"),
        _listed("follow_ups", "follow_ups", label="Follow-ups", icon="list-checks", shortcut="Ctrl+7"),
        PageSpec("heard", label="What we heard", icon="chart-column", factory=_heard, shortcut="Ctrl+H"),
        PageSpec(
            "decide", label="To decide", icon="split", factory=_decide, shortcut="Ctrl+8", count=_decisions, waits=True
        ),
        PageSpec(
            "share", label="Texts for sharing", icon="quote", factory=_share, shortcut="Ctrl+T", count=how_many_to_write
        ),
        PageSpec("print", label="Print", icon="printer", factory=partial(_print, today), shortcut="Ctrl+P"),
        PageSpec("merge", label="Import & merge", icon="upload", factory=_merge, shortcut="Ctrl+M"),
        PageSpec("export", label="Export", icon="file-spreadsheet", factory=partial(_export, today), shortcut="Ctrl+E"),
        PageSpec("sync", label="Sync", icon="arrow-right-left", factory=partial(_sync, today), shortcut="Ctrl+9"),
        PageSpec("keys", label="Keys", icon="lock", factory=_keys, shortcut="Ctrl+0", count=_to_prove, waits=True),
        PageSpec("event", label="Event", icon="map-pin", factory=_event, in_sidebar=False, full_window=True),
        PageSpec("record", label="Details", icon="file-text", factory=_record, in_sidebar=False),
        PageSpec("columns", label="What the columns hold", icon="table-2", factory=_columns, in_sidebar=False),
        PageSpec("returns", label="Return files", icon="file-spreadsheet", factory=_returns, in_sidebar=False),
        PageSpec("export_choices", label="Only a part", icon="table-2", factory=_export_choices, in_sidebar=False),
        PageSpec(
            "named_exports",
            label="Exports with a name",
            icon="file-spreadsheet",
            factory=partial(_named_exports, today),
            in_sidebar=False,
        ),
        PageSpec("template", label="Our own template", icon="table-2", factory=_template, in_sidebar=False),
        PageSpec("compare", label="Compare", icon="merge", factory=_compare, in_sidebar=False),
        PageSpec("help", label="Help", icon="circle-question-mark", factory=_help, in_sidebar=False),
    )


def standing(store: Store) -> Standing:
    """Where this laptop's own changes are."""
    where = store.whereabouts()
    return Standing(where.only_here, where.copied, where.received, where.alone)


def _listed(name: str, kind: str, *, label: str, icon: str, shortcut: str) -> PageSpec:
    """The place of a list of all records of a kind."""
    return PageSpec(name, label, icon, partial(_list, kind), shortcut, count=partial(_count, kind))


def _decisions(store: Store) -> int:
    """What is for who sits here: a coordinator all of it, a worker what was handed to them."""
    if store.role == "coordinator":
        return how_many_wait(store)
    return sum(each.handed_to == store.worker for each in waiting(store))


def _to_prove(store: Store) -> int:
    """One while the recovery sheet is to be printed, proven or looked for."""
    return int(recovery(store) in (Recovery.TO_PRINT, Recovery.TO_PROVE))


def _count(kind: str, store: Store) -> int:
    return store.count(kind, {"state": OPEN} if kind == "follow_ups" else {})


def _today(today: Callable[[], date], desk: Desk) -> Page:
    from ui.pages.today import TodayPage

    return TodayPage(desk, today)


def _list(kind: str, desk: Desk) -> Page:
    from ui.pages.lists import ListPage

    return ListPage(desk, kind)


def _record(desk: Desk) -> Page:
    from ui.pages.record import RecordPage

    return RecordPage(desk)


def _event(desk: Desk) -> Page:
    from ui.pages.event import EventPage

    return EventPage(desk)


def _heard(desk: Desk) -> Page:
    from ui.pages.heard import HeardPage

    return HeardPage(desk)


def _decide(desk: Desk) -> Page:
    from ui.pages.decisions import DecisionsPage

    return DecisionsPage(desk)


def _share(desk: Desk) -> Page:
    from ui.pages.sharing import SharingPage

    return SharingPage(desk)


def _print(today: Callable[[], date], desk: Desk) -> Page:
    from ui.pages.printing import PrintPage

    return PrintPage(desk, today)


def _merge(desk: Desk) -> Page:
    from ui.pages.merging import MergePage

    return MergePage(desk)


def _columns(desk: Desk) -> Page:
    from ui.pages.columns import ColumnsPage

    return ColumnsPage(desk)


def _returns(desk: Desk) -> Page:
    from ui.pages.returns import ReturnsPage

    return ReturnsPage(desk)


def _export(today: Callable[[], date], desk: Desk) -> Page:
    from ui.pages.exporting import ExportPage

    return ExportPage(desk, today)


def _export_choices(desk: Desk) -> Page:
    from ui.pages.export_choices import ExportChoicesPage

    return ExportChoicesPage(desk)


def _named_exports(today: Callable[[], date], desk: Desk) -> Page:
    from ui.pages.named_exports import NamedExportsPage

    return NamedExportsPage(desk, today)


def _template(desk: Desk) -> Page:
    from ui.pages.template import TemplatePage

    return TemplatePage(desk)


def _sync(today: Callable[[], date], desk: Desk) -> Page:
    from ui.pages.syncing import SyncPage

    return SyncPage(desk, today)


def _keys(desk: Desk) -> Page:
    from ui.pages.keys import KeysPage

    return KeysPage(desk)


def _compare(desk: Desk) -> Page:
    from ui.pages.comparing import ComparingPage

    return ComparingPage(desk)


def _help(desk: Desk) -> Page:
    from ui.pages.help import HelpPage

    return HelpPage(desk)
