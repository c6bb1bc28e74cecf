"""A department's own workbook: what each of its columns is to hold. Said once, it is filled by its name ever after."""

from pathlib import Path
from typing import Any

from outreach_app.operations.exporting_templates import TemplatePreview, preview_template, read_template
from outreach_app.operations.named_exports import save_export
from outreach_app.sheets.column_guesses import Columns
from outreach_app.store.stores import Store
from outreach_app.texts import _, say
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.export_asked import Asked
from ui.pages.held_columns import HeldColumns
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, Scroll
from ui.widgets.chips import Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import LabelledField
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, column, row, tab_on


class TemplatePage(Page):
    """The template's headings one below the other, each with what it is to hold; then it is kept."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: TemplatePreview | None = None
        self._path, self._name, self._since_last = Path(), "", False
        self._asked: Asked | None = None
        self.header = PageHeader(_("Our own template"), " ", back=self._back)
        self.kind = ChoiceBox(name=_("Each row is one of"))
        self.kind.changed.connect(self._on_kind)
        self.reason = Words("", "fault", wrap=True)
        self.reason.hide()
        self.columns = HeldColumns()
        self.columns.changed.connect(self._on_held)
        self.button = Button.of(self.can["keep"], primary=True)
        self.lay(
            self.header,
            (
                Card(
                    "",
                    LabelledField(_("Each row is one of"), self.kind),
                    (Scroll(Pane(column(self.columns, 1))), 1),
                    self.reason,
                    row(self.button, 1),
                ),
                1,
            ),
        )

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Our own template")

    @property
    def place(self) -> str:
        """It belongs to Export."""
        return "export"

    def shown(self, **arguments: Any) -> None:
        """It comes into view, for a file (``path``), with what is to be kept (``asked``) under which ``name``."""
        self._seen = None
        self.columns.clear()
        self.reason.hide()
        self.button.setEnabled(False)
        asked, path = arguments.get("asked"), arguments.get("path")
        if isinstance(asked, Asked) and isinstance(path, Path):
            self._asked, self._path, self._name = asked, path, str(arguments.get("name", ""))
            self._since_last = bool(arguments.get("since_last"))
            self.desk.work(
                lambda store, tell: preview_template(store, path, lambda: tell(0, 0)), self._on_read, label=_("Reading")
            )

    @action("keep", "Keep it", shortcut="Alt+K", icon="check")
    def keep(self) -> None:
        """Keep the template, and what its columns hold, under the name."""
        asked, told, last = self._asked, self.columns.told, self._since_last
        if asked is None or self._seen is None:
            return
        path, name = self._path, self._name

        def save(store: Store, tell: Any) -> Any:
            own = read_template(store, path, told.kind, told.holds, lambda: tell(0, 0))
            return save_export(store, name, asked.wanted(store), last, own)

        self.desk.work(save, lambda _kept: self.desk.go("export"), self._on_refused, _("Reading"))

    def _on_held(self, _told: Columns) -> None:
        self.reason.hide()

    def _back(self) -> None:
        self.desk.go("named_exports", asked=self._asked)

    def _on_refused(self, why: str) -> None:
        self.reason.setText(why)
        self.reason.show()

    def _on_read(self, seen: TemplatePreview) -> None:
        self._seen = seen
        self.header.say(self.title, seen.file)
        registry = self.desk.store.registry
        self.kind.offer([Choice(kind, say(registry[kind].about.label)) for kind in seen.guesses])
        self.button.setEnabled(True)
        self._on_kind(seen.columns.kind)

    def _on_kind(self, kind: str) -> None:
        seen = self._seen
        if seen is None:
            return
        self.kind.choose(kind)
        self.columns.show_table(seen.headings, seen.rows, seen.guesses[kind], seen.choices[kind])
        boxes = list(self.columns.boxes.values())
        if boxes:
            tab_on(self.kind, boxes[0])
            tab_on(boxes[-1], self.button)
            boxes[0].setFocus()
