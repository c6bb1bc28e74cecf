"""What every part of a form is: a label, what is written, and below it why that cannot be used."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field
from outreach_app.model.values import shown
from outreach_app.texts import _, say
from ui.look.looks import look
from ui.widgets.announcements import announce
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import LineEdit
from ui.widgets.labels import Words
from ui.widgets.layouts import Settling, column, row
from ui.widgets.painting import painter_for
from ui.widgets.suggestions import Suggestion

_LONG = 28  # letters of a label that leaves no room for a hint

Titles = Mapping[str, str]
"""What the records that a record names are called, by id."""


class AnswerRecords(Protocol):
    """``records(kind, typed, deliver)``: have ``deliver`` called with the records that may be meant."""

    def __call__(self, kind: str, typed: str, deliver: Callable[[Sequence[Suggestion]], None], /) -> object:
        """Ask."""


class AnswerBefore(Protocol):
    """``before(field, typed, deliver)``: have ``deliver`` called with what others wrote in that field."""

    def __call__(self, field: str, typed: str, deliver: Callable[[Sequence[str]], None], /) -> object:
        """Ask."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """What a form asks of what is known, without a store of its own."""

    records: AnswerRecords
    before: AnswerBefore


class Hint(QWidget):
    """Muted words on one line; where there is no room for them, nothing, and ``fits`` tells it."""

    fits = Signal(bool)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def whole(self) -> bool:
        """Whether there is room for all of it."""
        return self.width() >= self.sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: tell whether it fits."""
        super().resizeEvent(event)
        self.fits.emit(self.whole)

    def sizeHint(self) -> QSize:
        """Qt's: one line."""
        metrics = look().metrics("tiny")
        return QSize(metrics.horizontalAdvance(self.text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Qt's: it gives way to everything else."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it."""
        if self.whole:
            worn, painter = look(), painter_for(self)
            painter.setFont(worn.font("tiny"))
            painter.setPen(worn.colour("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.text)
            painter.end()


class FieldPart(Settling):
    """One field of a form. ``write`` shows what stands, ``value`` reads what is written (BadInput where it cannot be
    used), ``state`` is whatever tells whether somebody touched it.

    The last thing that a part does when it is made is :meth:`lay`, with what it is written in and what takes the keys.
    """

    edited = Signal()
    decide_asked = Signal()
    wide: ClassVar[bool] = False  # it takes a line of the form for itself

    def __init__(self, field: Field, *, new: bool) -> None:
        super().__init__()
        self.declared, self.new = field, new
        self.titles: Titles = {}
        self.base: Any = None
        self._clean: object = None
        said = say(field.label)
        self.label = Words(said, "label", wrap=len(said) > _LONG)
        self.needed = Words(_("needed"), "tiny")
        self.hint = Hint(say(field.help))
        self.below = Words(self.hint.text, "tiny", wrap=True)  # the hint, where it finds no room beside the label
        # queued: a layout that is being laid out forgets what comes into view meanwhile
        self.hint.fits.connect(self._on_fits, Qt.ConnectionType.QueuedConnection)
        self.decide = LinkButton(_("To decide"), self.decide_asked.emit)
        self.waits = Words(_("Two answers"), "waits")
        self.meanwhile = Words("", "waits", wrap=True)
        self.reason = Words("", "fault", wrap=True)
        for hidden in (
            self.decide,
            self.waits,
            self.meanwhile,
            self.reason,
            self.below,
            *(() if field.required else (self.needed,)),
        ):
            hidden.hide()
        self.named: QWidget = self

    # what each kind of part says for itself

    def write(self, value: Any) -> None:
        """Show what stands."""
        raise NotImplementedError

    def value(self) -> Any:
        """What is written, as it is kept (a list field's elements without ids); BadInput."""
        raise NotImplementedError

    def state(self) -> object:
        """What is written, as it is compared."""
        raise NotImplementedError

    def draft(self) -> Any:
        """What is written, as it is kept while nobody is there: of CBOR's plain values."""
        return self.state()

    def restore(self, draft: Any) -> None:
        """Write again what a draft of this field holds, beside what stands now."""
        raise NotImplementedError

    def edit(self) -> Any:
        """What :func:`outreach_app.operations.records.edit_record` is to be given."""
        return self.value()

    # what all share

    def lay(self, body: QWidget, named: QWidget | None = None, *, beside: QWidget | None = None) -> None:
        """Lay it out round what it is written in; ``named`` is what takes the keys."""
        self.named = named or body
        self.label.setBuddy(self.named)
        if not self.named.accessibleName():
            self.named.setAccessibleName(self.label.text())
        self._describe("")
        self.setLayout(column(self._head(beside), body, self.below, self.meanwhile, self.reason, 1, space="hair"))
        self.below.setVisible(self.label.wordWrap() and bool(self.hint.text))
        self.named.installEventFilter(self)
        self._clean = self.state()

    def _on_fits(self, fits: bool) -> None:
        self.below.setVisible(not fits)

    def _head(self, beside: QWidget | None) -> QLayout:
        for link in (self.decide, beside):
            if link is not None:  # no higher than the label, so that fields side by side stay level
                link.setFixedHeight(look().metrics("small").height())
        if not self.label.wordWrap():
            return row(self.label, self.needed, self.waits, self.decide, (self.hint, 1), beside)
        self.hint.setParent(self)  # a question that needs the line for itself
        self.hint.hide()
        return row((self.label, 1), self.needed, self.waits, self.decide, beside)

    def show_value(self, value: Any, titles: Titles) -> None:
        """Show what stands, in place of anything written."""
        self.titles, self.base = titles, value
        self.write(value)
        self._clean = self.state()
        self.meanwhile.hide()
        self._refuse("")

    def meet(self, value: Any, titles: Titles) -> None:
        """Something else stands now: show it, but keep what somebody is writing here, and tell them."""
        if value == self.base and not self.meanwhile.isVisibleTo(self):
            self.titles = {**self.titles, **titles}
            return
        if not self.touched or self._says(value):
            self.show_value(value, titles)
            return
        self.base, self.titles = value, {**self.titles, **titles}
        stands = shown(self.declared, value, title_of=self.titles.get, on_screen=True) or _("nothing")
        self.meanwhile.setText(_("Meanwhile somebody wrote: {value}", value=stands))
        self.meanwhile.show()

    def _says(self, value: Any) -> bool:
        """Whether what is written is what stands now."""
        try:
            return bool(self.value() == value)
        except BadInput:
            return False

    @property
    def touched(self) -> bool:
        """Whether what is written is not what was shown."""
        return self.state() != self._clean

    def saved(self) -> None:
        """What was written has been saved."""
        self._clean = self.state()
        self.meanwhile.hide()

    def check(self) -> bool:
        """Whether it can be used; if not, say why below it."""
        try:
            empty = self.value() in (None, "", [])
        except BadInput as fault:
            self._refuse(self._plainly(fault))
            return False
        missing = self.declared.required and empty and self.base in (None, "", [])
        emptied = self.declared.required and empty and self.touched
        self._refuse(_("Please fill this in.") if missing or emptied else "")
        return not (missing or emptied)

    def focus_fault(self) -> None:
        """Put the focus where it can be mended."""
        self.named.setFocus()

    def show_undecided(self, undecided: bool) -> None:
        """Mark it as waiting for a decision, with the way there."""
        self.waits.setVisible(undecided)
        self.decide.setVisible(undecided)
        self.decide.setAccessibleName(_("To decide: {field}", field=self.label.text()))

    def _plainly(self, fault: BadInput) -> str:
        """The sentence without the field's name, which stands above it."""
        said = str(fault).removeprefix(f"{self.label.text()}: ")
        return said[:1].upper() + said[1:]

    def _refuse(self, reason: str) -> None:
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        if isinstance(self.named, LineEdit):
            self.named.wrong(bool(reason))
        self._describe(reason)
        announce(self.named, reason, urgent=True)

    def _describe(self, reason: str) -> None:
        needed = _("needed") if self.declared.required else ""
        self.named.setAccessibleDescription(reason or ". ".join(part for part in (needed, self.hint.text) if part))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: leaving a part that was written in checks it."""
        if event.type() is QEvent.Type.FocusOut and watched is self.named and self.touched:
            self.check()
        return super().eventFilter(watched, event)

    def _on_edited(self) -> None:
        if self.reason.isVisibleTo(self):
            self._refuse("")
        self.edited.emit()
