"""Texts for sharing: what was said beside what of it may leave, one after the other, released by a coordinator."""

from collections.abc import Sequence
from functools import partial
from textwrap import shorten
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent

from outreach_app.journal.changes import Changes
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations import sharing as verbs
from outreach_app.operations.drafts import Draft, KeptDraft, Place
from outreach_app.operations.releases import FEEDBACK, TEXT, Stage
from outreach_app.operations.sharing import Piece, Pieces
from outreach_app.operations.telltales import Telltale, telltales
from outreach_app.store.views import View
from outreach_app.texts import _, count, say
from ui.actions import action
from ui.desks import Desk
from ui.drafts import DraftKeeper
from ui.pages.base import Page
from ui.pages.sharing_views import TextEditor
from ui.widgets.cards import Card, EmptyState, Scroll
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.headers import PageHeader
from ui.widgets.labels import muted
from ui.widgets.layouts import Pane, column
from ui.widgets.rows import Row, RowList
from ui.widgets.sides import Sides

_STAGES = {
    Stage.TO_WRITE: "To write",
    Stage.WRITTEN: "Written, not released",
    Stage.RELEASED: "Released",
}
_SIGNS = {
    Stage.TO_WRITE: ("pencil", "Alt+1"),
    Stage.WRITTEN: ("file-text", "Alt+2"),
    Stage.RELEASED: ("check", "Alt+3"),
}
_NOTHING = {
    Stage.TO_WRITE: "Nothing is to be written. What people tell you, and may be shared, comes here.",
    Stage.WRITTEN: "No text waits to be released.",
    Stage.RELEASED: "No text is released yet. Nothing that people said leaves the department.",
}
_LETTERS = 110  # of a piece in the list
_LOOKED_MS = 250  # after the last letter, what is written is looked at


class SharingPage(Page):
    """What is at one stage at the left, the piece in hand at the right. The next comes by itself."""

    kinds = frozenset({FEEDBACK, "organizations", "people"})
    keeps_drafts = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.stage = Stage.TO_WRITE
        self._pieces: Sequence[View] = ()
        self._chosen = ""
        self._wanted: frozenset[str] = frozenset()
        self.header = PageHeader(_("Texts for sharing"), " ")
        stages = [Choice(stage, say(_STAGES[stage]), *_SIGNS[stage]) for stage in Stage]
        self.which = ChipRow(stages, name=_("Which texts"), required=True)
        self.which.changed.connect(lambda keys: self._use(Stage(keys[0])))
        self.list = RowList(name=_("Which texts"), choosing=True)
        self.list.opened.connect(self._open)
        self.more = muted("")
        self.editor = TextEditor(desk, self.can)
        self.editor.text.submitted.connect(self.save)
        self.editor.text.textChanged.connect(self._on_written)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOKED_MS)
        self._looking.timeout.connect(self._look)
        self.keeper = DraftKeeper(desk, self._draft, self)
        left, right = Scroll(Pane(column(self.list, self.more, 1))), Scroll(self.editor)
        self.columns = Sides((Card("", (left, 1)), left, 33), (Card("", (right, 1)), right, 77), last_on_top=True)
        self.empty = EmptyState("quote", _("Nothing here"), " ")
        self.lay(self.header, self.which, (self.columns, 1), (self.empty, 1))
        for hidden in (self.more, self.columns, self.empty):
            hidden.hide()
        self._enable()

    # coming and going

    def shown(self, **arguments: Any) -> None:
        """It comes into view, with what is to be written unless another stage is asked for."""
        self.stage = Stage(arguments.get("stage") or self.stage)
        self._chosen = arguments.get("piece") or self._chosen
        self.refresh()

    def refresh(self) -> None:
        """Read anew what is at the stage."""
        stage = self.stage
        self.desk.read(lambda store: verbs.pieces(store, stage), self._show)

    def changed(self, changes: Changes) -> None:
        """Something was saved; what was undone is in hand again."""
        if changes.verb == "undo":
            self._wanted = changes.records.get(FEEDBACK, frozenset())
        super().changed(changes)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's: what is written stays for when one comes back."""
        super().hideEvent(event)
        self.keeper.keep()

    def _draft(self) -> Draft | None:
        if self.editor.piece is None:
            return None
        return Draft({"text": self.editor.text.text} if self.editor.touched else {})

    # what there is

    def _show(self, found: Pieces) -> None:
        if found.stage is not self.stage:
            return
        before = [view.id for view in self._pieces]
        self._pieces = found.views
        ids = [view.id for view in found.views]
        self._chosen = self._next(before, ids)
        for stage in Stage:
            self.which.chip(stage).say(f"{say(_STAGES[stage])} {found.counts[stage]:,}")
        self.which.choose([self.stage])
        self.list.show_rows([_row(view, self.stage) for view in found.views], self._chosen)
        over = found.counts[self.stage] - len(ids)
        self.more.setText(count("and {n} more after these", "and {n} more after these", over) if over > 0 else "")
        self.more.setVisible(over > 0)
        self.columns.setVisible(bool(ids))
        self.empty.setVisible(not ids)
        self.empty.say(say(_NOTHING[self.stage]))
        here = self.desk.store.role == "coordinator"
        words = _("The only words that leave the department."), "" if here else _("A coordinator releases them.")
        self.header.say(_("Texts for sharing"), " ".join(filter(None, words)))
        self._take_up()

    def _next(self, before: Sequence[str], ids: Sequence[str]) -> str:
        """What was undone, else what is in hand, else what stands in its place now."""
        back = [each for each in ids if each in self._wanted]
        self._wanted = frozenset()
        if back:
            return back[0]
        if self._chosen in ids:
            return self._chosen
        at = before.index(self._chosen) if self._chosen in before else 0
        return ids[min(at, len(ids) - 1)] if ids else ""

    def _use(self, stage: Stage) -> None:
        self.stage, self._pieces = stage, ()
        self.refresh()

    def _open(self, key: str) -> None:
        self._chosen = key
        self._take_up()

    def _take_up(self) -> None:
        chosen = self._chosen
        if chosen:
            self.desk.read(lambda store: verbs.piece(store, chosen), self._show_piece)
            return
        self.keeper.keep()
        self.editor.show_nothing()
        self._enable()
        if self.isVisible():
            self.which.chip(self.stage).setFocus()

    def _show_piece(self, piece: Piece) -> None:
        if piece.view.id != self._chosen:
            return
        if self.editor.piece is None or self.editor.piece.view.id != piece.view.id:
            self.keeper.keep()
            self.editor.show_piece(piece)
            self.keeper.begin(self._place(piece), self._on_draft)
            if self.isVisible():
                self.editor.text.setFocus()
        else:
            self.editor.meet(piece)
        self._enable()
        self._look()

    def _place(self, piece: Piece) -> Place:
        there = {"stage": str(self.stage), "piece": piece.view.id}
        return Place(f"sharing {piece.view.id}", "Text for sharing", "share", there)

    def _on_draft(self, kept: KeptDraft) -> None:
        if kept.draft.typed and not self.editor.touched:
            self.editor.text.write(kept.draft.typed["text"])

    # what is written

    def _on_written(self) -> None:
        self._enable()
        self._looking.start()

    def _look(self) -> None:
        """Ask what of the text tells who or where."""
        self._looking.stop()
        piece, text = self.editor.piece, self.editor.text.text
        if piece is None:
            return
        about = piece.view.id

        def told(found: Sequence[Telltale]) -> None:
            if self._chosen == about and self.editor.text.text == text:
                self.editor.show_telltales(found)

        self.desk.read(lambda store: telltales(store, text, about), told)

    def _enable(self) -> None:
        piece, written = self.editor.piece, bool(self.editor.text.text.strip())
        coordinator = self.desk.store.role == "coordinator"
        no = piece is not None and piece.view.values["may_share"] == "no"
        self.can["save"].setEnabled(piece is not None and self.editor.touched)
        self.can["release"].setEnabled(piece is not None and written and coordinator and not no)
        released = piece is not None and coordinator and self.stage is Stage.RELEASED
        self.can["take_back"].setEnabled(released)
        self.editor.take_back.setVisible(released)
        for name in ("begin", "details"):
            self.can[name].setEnabled(piece is not None)

    # doing

    @action("release", "Release", shortcut="Alt+R", icon="check")
    def release(self) -> None:
        """The text as it stands may leave, to the partners chosen, and to everybody where the speaker said yes."""
        piece = self.editor.piece
        if piece is not None:
            self._do(verbs.release, _("Released."), piece.view.id, self.editor.text.text, self.editor.partners)

    @action("save", "Save the text", shortcut="Ctrl+Enter", also=("Ctrl+S",))
    def save(self) -> None:
        """Keep the text, to be released another time."""
        piece = self.editor.piece
        if piece is not None and self.editor.touched:
            self._do(verbs.write_text, _("Saved. It is not released yet."), piece.view.id, self.editor.text.text)

    @action("take_back", "Take back", shortcut="Alt+T", icon="undo-2")
    def take_back(self) -> None:
        """It leaves no more."""
        piece = self.editor.piece
        if piece is not None:
            self._do(verbs.take_back, _("Taken back. It leaves no more."), piece.view.id)

    @action("begin", "Begin with their words", shortcut="Alt+W", icon="quote")
    def begin(self) -> None:
        """Put what was said into the text, to take out of it what tells who said it."""
        self.editor.begin_with_words()

    @action("details", "Open it", shortcut="Alt+O", icon="file-text")
    def details(self) -> None:
        """Its own page, with who said it and where."""
        if self._chosen:
            self.desk.go_to_record(FEEDBACK, self._chosen)

    def _do(self, verb: Any, said: str, *arguments: Any) -> None:
        self.desk.do(verb, *arguments, done=partial(self._on_done, said, arguments))

    def _on_done(self, said: str, saved: tuple[Any, ...], changes: Changes) -> None:
        feedback, *text = saved
        if text and self.editor.piece is not None and self.editor.piece.view.id == feedback:
            self.editor.saved(text[0])  # what was typed since waits
        self.keeper.keep()
        if changes.change is None:
            self.desk.messages.done(said)
        else:
            self.desk.messages.done(said, _("Undo"), partial(self.desk.undo, changes.change))


def _row(view: View, stage: Stage) -> Row:
    words = shorten(str(view.values["verbatim" if stage is Stage.TO_WRITE else TEXT]), _LETTERS, placeholder="…")
    answer = vocabulary("share_answers").label(str(view.values["may_share"] or "not_asked"))
    return Row(view.id, words, "message-square-text", _("May be shared: {answer}", answer=answer.lower()))
