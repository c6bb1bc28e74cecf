"""Sides of a page that scroll each for itself; where the text is too large for that, one whole thing that scrolls."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.look.looks import look
from ui.widgets.cards import Scroll
from ui.widgets.layouts import Columns, height_at

_LEAST = 160  # pixels a side keeps where it scrolls


class Sides(Columns):
    """``Sides((form_card, form_scroll, 7), (side_scroll, side_scroll, 4))``: what is shown, what of it scrolls, and its
    share of the width. One below the other (the last on top if ``last_on_top``) they are as high as what is in them,
    and the page does the scrolling."""

    def __init__(self, *sides: tuple[QWidget, Scroll, int], least: int = 760, last_on_top: bool = False) -> None:
        super().__init__(*((shown, share) for shown, _scroll, share in sides), least=least)
        self._breadth, self._last_on_top = least, last_on_top
        self._scrolls = [scroll for _shown, scroll, _share in sides]
        self.whole = False
        for scroll in self._scrolls:
            scroll.setMinimumHeight(_LEAST)
            inside = scroll.widget()
            assert inside is not None
            inside.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: beside each other, or below."""
        super().resizeEvent(event)
        self.whole = self.width() < self._breadth * look().text
        if self.whole and self._last_on_top:
            self._box.setDirection(QBoxLayout.Direction.BottomToTop)
        for scroll in self._scrolls:
            off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
            scroll.setVerticalScrollBarPolicy(off if self.whole else needed)
            self._fit(scroll)

    def _fit(self, scroll: Scroll) -> None:
        inside = scroll.widget()
        layout = inside.layout() if inside is not None else None
        if not self.whole or layout is None:
            scroll.setMinimumHeight(_LEAST)
            return
        scroll.setMinimumHeight(height_at(layout, scroll.viewport().width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: what is inside has become higher or lower."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            for scroll in self._scrolls:
                if scroll.widget() is watched:
                    self._fit(scroll)
        return super().eventFilter(watched, event)
