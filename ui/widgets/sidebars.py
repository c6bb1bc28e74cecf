"""The sidebar: where one can go, how much is there, what waits; and at its foot who is working."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLayout, QSizePolicy, QVBoxLayout, QWidget

from outreach_app.texts import _
from ui.look.looks import look
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import Line, Scroll
from ui.widgets.labels import Words
from ui.widgets.layouts import column, row
from ui.widgets.painting import box, draw_focus, draw_icon, painter_for

_WRAP = Qt.TextFlag.TextWordWrap
_SLACK = 4  # pixels that words which may wrap need beside what they measure
_EDGE, _BADGE = 10, 7  # pixels beside icon, words and count; and within the badge beside its figure


@dataclass(frozen=True, slots=True)
class Place:
    """One entry. ``waits``: its count is an amber badge, and 0 shows none."""

    name: str
    label: str
    icon: str
    keys: str = ""
    waits: bool = False


class PlaceButton(QAbstractButton):
    """One entry of the sidebar."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self._count: int | None = None
        self.setText(place.label)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{place.label}  {place.keys}" if place.keys else place.label)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.count(None)

    def count(self, figure: int | None) -> None:
        """Show how much is there; None for nothing said."""
        self._count = figure
        self.setAccessibleName(self.place.label if figure is None else f"{self.place.label}, {figure:,}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's: one line, with room for its words as they are when chosen, and for its count."""
        worn = look()
        wide = self._beside + worn.metrics("body", bold=True).boundingRect(self.place.label).width() + _SLACK
        return QSize(wide, max(worn.size("nav"), worn.metrics("body").height() + 10))

    def minimumSizeHint(self) -> QSize:
        """Qt's: its words go on in a second line where there is no room."""
        return QSize(100, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Qt's: the same."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's: the height that its words take at a width, as they are when chosen."""
        tall = QRect(0, 0, max(40, width - self._beside), 10_000)
        words = look().metrics("body", bold=True).boundingRect(tall, _WRAP, self.place.label)
        return max(look().size("nav"), words.height() + 10)

    @property
    def _beside(self) -> int:
        """The width of all but its words."""
        worn = look()
        wide = _EDGE + worn.icon() + _EDGE + _EDGE
        if self._figure:
            wide += worn.metrics("tiny", bold=True).horizontalAdvance(self._figure) + _EDGE
            wide += 2 * _BADGE if self.place.waits else 0
        return wide

    @property
    def _figure(self) -> str:
        return "" if self._count is None or (self.place.waits and not self._count) else f"{self._count:,}"

    def event(self, event: QEvent) -> bool:
        """Qt's: drawn anew when the pointer comes or goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it."""
        worn, painter, rect, here = look(), painter_for(self), self.rect(), self.isChecked()
        if here or self.underMouse():
            box(painter, rect, worn.colour("soft" if here else "background"), None, worn.radius("control"))
        if self.hasFocus():
            draw_focus(painter, rect, "accent", worn.radius("control"))
        ink, middle = "accent" if here else "ink", rect.center().y() + 1
        left, figure = draw_icon(painter, _EDGE, middle, self.place.icon, ink) + _EDGE, self._figure
        wide = worn.metrics("tiny", bold=True).horizontalAdvance(figure) if figure else 0
        right = rect.right() - 9
        if figure:
            painter.setFont(worn.font("tiny", bold=self.place.waits or here))
            if self.place.waits:
                high = worn.metrics("tiny").height() + 2
                badge = QRect(right - wide - 2 * _BADGE, middle - high // 2, wide + 2 * _BADGE, high)
                box(painter, badge, worn.colour("waits_soft"), None, high / 2)
                painter.setPen(worn.colour("waits"))
                painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, figure)
                wide += 2 * _BADGE
            else:
                painter.setPen(worn.colour("muted"))
                place = QRect(right - wide, 0, wide + 1, rect.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)
        painter.setFont(worn.font("body", bold=here))
        painter.setPen(worn.colour(ink))
        room = right - left - (wide + 6 if wide else 0)
        painter.drawText(QRect(left, 0, room, rect.height()), _WRAP | Qt.AlignmentFlag.AlignVCenter, self.place.label)
        painter.end()


_FOOT = 22  # pixels beside the words at the foot


class Sidebar(QFrame):
    """Entries from data; ``went`` tells which was chosen. Up and down move, Enter or Space goes."""

    went = Signal(str)

    def __init__(
        self,
        places: Sequence[Place],
        worker: str,
        department: str,
        lock: Callable[[], object],
        at_foot: Sequence[Place] = (),
    ) -> None:
        super().__init__()
        self.setProperty("ground", "side")
        self.setAccessibleName(_("Places"))
        self._buttons: dict[str, PlaceButton] = {}
        entries = QWidget()
        list_ = QVBoxLayout(entries)
        list_.setContentsMargins(0, 0, 0, 0)
        list_.setSpacing(0)
        for place in places:
            button = PlaceButton(place)
            button.clicked.connect(lambda _on=False, name=place.name: self.went.emit(name))
            button.installEventFilter(self)
            self._buttons[place.name] = button
            list_.addWidget(button)
        list_.addStretch(1)
        name = Words("Outreach", "heading")
        name.setContentsMargins(10, 2, 0, 12)
        self.lock = LinkButton(_("Lock"), lock, step="tiny")
        self.lock.setToolTip(_("Ask for the passphrase again"))
        self._at_foot = {each.name for each in at_foot}
        self.links = [LinkButton(each.label, partial(self.went.emit, each.name), step="tiny") for each in at_foot]
        foot = column(Words(worker, "tiny", wrap=True), self._foot(department), space="none", margins=(10, 8, 4, 6))
        made = QVBoxLayout(self)
        made.setContentsMargins(10, 16, 10, 12)
        made.setSpacing(0)
        made.addWidget(name)
        self._scroll = Scroll(entries)
        made.addWidget(self._scroll, 1)
        made.addWidget(Line())
        made.addLayout(foot)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def _foot(self, department: str) -> QLayout:
        """Department and Lock: on one line where both fit."""
        wide = look().metrics("tiny").horizontalAdvance(f"{department} · ") + self.lock.sizeHint().width()
        if self.links or wide > self.sizeHint().width() - 2 * _FOOT:
            return column(Words(department, "tiny", wrap=True), row(*self.links, self.lock, 1), space="none")
        return row(Words(f"{department} ·", "tiny"), self.lock, 1, space="hair")

    def sizeHint(self) -> QSize:
        """Qt's: wide enough for its longest entry, within bounds."""
        widest = max(button.sizeHint().width() for button in self._buttons.values())
        return QSize(max(look().size("sidebar"), min(widest + 2 * _EDGE, 400)), 400)

    def show_place(self, name: str) -> None:
        """Mark where one is; a place that is not in the sidebar leaves the mark where it was."""
        for button in self._buttons.values() if name in self._at_foot else ():
            button.setAutoExclusive(False)  # of those that exclude each other one always stays on
            button.setChecked(False)
            button.setAutoExclusive(True)
        if name in self._buttons:
            self._buttons[name].setChecked(True)
            self._scroll.ensureWidgetVisible(self._buttons[name], 0, 0)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how much is where."""
        for name, figure in counts.items():
            if name in self._buttons:
                self._buttons[name].count(figure)
        self.updateGeometry()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # only entries are watched
        """Qt's: up and down move, Enter goes."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, PlaceButton):
            buttons = list(self._buttons.values())
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                buttons[(buttons.index(watched) + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return super().eventFilter(watched, event)
