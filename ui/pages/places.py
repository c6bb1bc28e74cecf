"""The places one can go to, in the order of the sidebar. Each page is loaded when it is first gone to."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from outreach_app.operations.keys import Recovery, recovery
from outreach_app.operations.overviews import OPEN, to_decide
from outreach_app.operations.sharing import how_many_to_write
from outreach_app.store.stores import Store
from ui.desks import Desk
from ui.pages.base import Page, PageSpec
from ui.widgets.status_bars import Standing


def places(today: Callable[[], date] = date.today) -> Sequence[PageSpec]:
    """All pages; the first is shown first. ``today`` tells the day that pages count from."""
    return (*_in_sidebar(today), *_behind(today))


def _in_sidebar(today: Callable[[], date]) -> Sequence[PageSpec]:
    """The places of the sidebar."""
    return (
        PageSpec("today", label="Today", icon="calendar-days", factory=partial(_today, today), shortcut="Ctrl+1"),
        _listed("events", "events", label="Events", icon="map-pin", shortcut="Ctrl+2"),
        _listed("people", "people", label="People", icon="users", shortcut="Ctrl+3"),
        _listed("partners", "organizations", label="Partners", icon="building-2", shortcut="Ctrl+4"),
        PageSpec(
            "groups",
            label="Groups to join",
            icon="messages-square",
            factory=partial(_groups, today),
            shortcut="Ctrl+5",
            count=partial(_count, "groups"),
        ),
        _listed("feedback", "feedback", label="Feedback", icon="message-square-text", shortcut="Ctrl+6"),
        PageSpec(
            "follow_ups",
            label="Follow-ups",
            icon="list-checks",
            factory=partial(_follow_ups, today),
            shortcut="Ctrl+7",
            count=lambda store: store.count("follow_ups", {"state": OPEN}),
        ),
        PageSpec(
            "heard", label="What we heard", icon="chart-column", factory=partial(_heard, today), shortcut="Ctrl+H"
        ),
        PageSpec(
            "decide", label="To decide", icon="split", factory=_decide, shortcut="Ctrl+8", count=to_decide, waits=True
        ),
        PageSpec(
            "share", label="Texts for sharing", icon="quote", factory=_share, shortcut="Ctrl+T", count=how_many_to_write
        ),
        PageSpec("print", label="Print", icon="printer", factory=partial(_print, today), shortcut="Ctrl+P"),
        PageSpec("merge", label="Import & merge", icon="upload", factory=_merge, shortcut="Ctrl+M"),
        PageSpec("export", label="Export", icon="file-spreadsheet", factory=partial(_export, today), shortcut="Ctrl+E"),
        PageSpec("sync", label="Sync", icon="arrow-right-left", factory=partial(_sync, today), shortcut="Ctrl+9"),
        PageSpec("keys", label="Keys", icon="lock", factory=_keys, shortcut="Ctrl+0", count=_to_prove, waits=True),
        PageSpec(
            "settings",
            label="Settings",
            icon="settings",
            factory=_settings,
            shortcut="Ctrl+,",
            in_sidebar=False,
            at_foot=True,
        ),
    )


def _behind(today: Callable[[], date]) -> Sequence[PageSpec]:
    """The pages one comes to from others."""
    return (
        PageSpec("event", label="Event", icon="map-pin", factory=_event, in_sidebar=False, full_window=True),
        PageSpec("visitor", label="Visitor screen", icon="tablet", factory=_visitor, in_sidebar=False, alone=True),
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
        PageSpec("tour", label="A short tour", icon="eye", factory=_tour, in_sidebar=False),
        PageSpec("help", label="Help", icon="circle-question-mark", factory=_help, in_sidebar=False),
    )


def standing(store: Store) -> Standing:
    """Where this laptop's own changes are."""
    where = store.whereabouts()
    return Standing(where.only_here, where.copied, where.received, where.alone)


def _listed(name: str, kind: str, *, label: str, icon: str, shortcut: str) -> PageSpec:
    """The place of a list of all records of a kind."""
    return PageSpec(name, label, icon, partial(_list, kind), shortcut, count=partial(_count, kind))


def _to_prove(store: Store) -> int:
    """One while the recovery sheet is to be printed, proven or looked for."""
    return int(recovery(store) in (Recovery.TO_PRINT, Recovery.TO_PROVE))


def _count(kind: str, store: Store) -> int:
    return store.count(kind)


def _today(today: Callable[[], date], desk: Desk) -> Page:
    from ui.pages.today import TodayPage

    return TodayPage(desk, today)


def _list(kind: str, desk: Desk) -> Page:
    from ui.pages.lists import ListPage

    return ListPage(desk, kind)


def _groups(today: Callable[[], date], desk: Desk) -> Page:
    from ui.pages.groups import GroupsPage

    return GroupsPage(desk, today)


def _follow_ups(today: Callable[[], date], desk: Desk) -> Page:
    from ui.pages.follow_ups import FollowUpsPage

    return FollowUpsPage(desk, today)


def _record(desk: Desk) -> Page:
    from ui.pages.record import RecordPage

    return RecordPage(desk)


def _event(desk: Desk) -> Page:
    from ui.pages.event import EventPage

    return EventPage(desk)


def _visitor(desk: Desk) -> Page:
    from ui.pages.visitor import VisitorPage

    return VisitorPage(desk)


def _heard(today: Callable[[], date], desk: Desk) -> Page:
    from ui.pages.heard import HeardPage

    return HeardPage(desk, today)


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


def _settings(desk: Desk) -> Page:
    from ui.pages.settings import SettingsPage

    return SettingsPage(desk)


def _compare(desk: Desk) -> Page:
    from ui.pages.comparing import ComparingPage

    return ComparingPage(desk)


def _tour(desk: Desk) -> Page:
    from ui.pages.tour import TourPage

    return TourPage(desk)


def _help(desk: Desk) -> Page:
    from ui.pages.help import HelpPage

    return HelpPage(desk)
