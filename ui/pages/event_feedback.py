"""Feedback: the words first, all else optional and after."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QWidget

from outreach_app.journal.changes import Changes
from outreach_app.model.errors import BadInput
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.drafts import Typed
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.settings import setting
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.event_finders import PersonField, Picker
from ui.pages.event_forms import CaptureForm, part, take_highlighted
from ui.pages.event_people import singled_out
from ui.pages.event_read_back import ReadBackPane
from ui.widgets.buttons import Button
from ui.widgets.chips import Chip, ChipRow, Choice, Stepper
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import GrowingText, LabelledField, LineEdit
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Columns, Pane, row

_SPOKEN = ("en", "es")
_THREE = 800  # pixels in which three fields stand side by side


class _Translated(Columns):
    """What was said in another language, in English, and who says so."""

    def __init__(self) -> None:
        self.words = GrowingText(least=2, most=5)
        self.by = LineEdit(placeholder=_("Who translated it"))
        super().__init__(
            (LabelledField(_("In English"), self.words, hint=_("if somebody is there to say it")), 3),
            (LabelledField(_("Translated by"), self.by), 1),
            least=_THREE,
        )


class FeedbackForm(CaptureForm):
    """The form of *Feedback*."""

    way = "to_feedback"
    what = "Piece of feedback"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.words = GrowingText(least=4, most=8)
        self.words.submitted.connect(self.save)
        kinds = [Choice(term.code, term.label_in()) for term in vocabulary("feedback_kinds").terms]
        self.kind = ChipRow(kinds, name=_("What kind"))
        waits = _("may wait for the coordinator")
        self.themes = Picker(_("Themes"), placeholder=_("Pick or type a theme"), hint=waits)
        self.said_by = PersonField(desk, placeholder=_("Nobody named"))
        self.said_by_field = LabelledField(_("Said by"), self.said_by, buddy=self.said_by.field)
        self.said_by.typed.connect(lambda _text: self.said_by_field.refuse(""))
        answers = [Choice(term.code, term.label_in()) for term in vocabulary("share_answers").terms]
        self.may_share = ChipRow(answers, name=_("May we share the words, without a name?"), required=True)
        self.agreed = Stepper(name=_("Others agreed"))
        self.sensitive = Chip(_("Sensitive: only the coordinators will read it"), icon="shield-alert")
        self.sensitive.toggled.connect(self._on_sensitive)
        self.call = Words("", "waits", wrap=True)
        self.translated = _Translated()
        self.translated.words.submitted.connect(self.save)
        spoken = [Choice(code, vocabulary("languages").label(code)) for code in _SPOKEN]
        self.language = ChoiceBox(spoken, name=_("Language it was said in"))
        self.language.changed.connect(lambda _code: self._show_translation())
        self.read_back = ReadBackPane(desk)
        self.words.textChanged.connect(lambda: self.read_back.clear() if self.words.text else None)
        self.kept_when = muted(wrap=False)
        self.keeper.kept.connect(self._on_kept)
        self.drafted = {
            "words": self.words,
            "kind": self.kind,
            "themes": self.themes,
            "said_by": self.said_by,
            "may_share": self.may_share,
            "agreed": self.agreed,
            "sensitive": self.sensitive,
            "language": self.language,
            "translation": self.translated.words,
            "translator": self.translated.by,
        }
        self.call.hide()
        self._compose()

    def _compose(self) -> None:
        save = Button.of(self.can["save"], primary=True)
        self.lay(
            LabelledField(_("In their words"), self.words, hint=_("— write what was said; sort it out later")),
            self.translated,
            part(_("What kind"), self.kind),
            self.themes,
            Columns(
                (self.said_by_field, 3),
                (part(_("May we share the words, without a name?"), self.may_share), 4),
                (part(_("Others agreed"), self.agreed), 2),
                least=_THREE,
            ),
            Columns(
                (Pane(row(save, self.sensitive, 1, space="medium")), 0),
                (Pane(row(self.language, 1, self.kept_when, space="medium")), 1),
                least=_THREE,
            ),
            self.call,
            self.read_back,
            1,
        )

    @property
    def first(self) -> QWidget:
        """The words."""
        return self.words

    def begin(self, event: str) -> None:
        """Start on an event: have the themes at hand."""
        self.said_by.event_id = event
        self.desk.read(lambda store: store.list("themes"), self._on_themes)
        self.read_back.clear()
        super().begin(event)

    def clear(self) -> None:
        """Ready for the next."""
        self.words.write("")
        self.kind.choose(())
        self.themes.clear()
        self.said_by.clear()
        self.said_by_field.refuse("")
        self.may_share.choose(["not_asked"])
        self.agreed.set(0)
        self.sensitive.setChecked(False)
        self.language.choose(language())
        for field in (self.translated.words, self.translated.by):
            field.clear()
        self._show_translation()
        self.kept_when.setText("")
        self.blank()

    @action("save", "Save", shortcut="Ctrl+Enter")
    def save(self) -> None:
        """Save what was said, just as it was said."""
        if not self.words.text.strip():
            self.take_focus()
            return
        take_highlighted(self.said_by)
        themes = self.themes.finish(
            _("No theme is called that. Choose one from the list, or leave it to the coordinator.")
        )
        if not (themes and self._known_speaker()):
            return
        new = NewFeedback(
            self.words.text,
            self.event_id,
            language=self.language.chosen or language(),
            what_kind=self.kind.one or "",
            themes=self.themes.keys,
            said_by=self.said_by.known or self.said_by.text,
            may_share=self.may_share.one or "not_asked",
            agreed=self.agreed.value,
            sensitive=self.sensitive.isChecked(),
            translation=self.translated.words.text if self.translated.isVisibleTo(self) else "",
            translator=self.translated.by.text() if self.translated.isVisibleTo(self) else "",
            slip=True,
        )
        sealed = " ".join(filter(None, (_("Saved, and sealed to the coordinators."), self.call.text())))
        told = sealed if new.sensitive else ""
        self.read_back.clear()
        verb = record_feedback if self.said_by.settled else record_as_typed
        self.send(verb, new, lambda made: self.read_back.read(made[0], told))

    def put_back(self, typed: Typed) -> None:
        """Put it back, with the translation in view where there is one."""
        super().put_back(typed)
        self._show_translation()

    def _show_translation(self) -> None:
        """What was not said in English may stand in English beside."""
        self.translated.setVisible(self.language.chosen != "en")

    def _on_sensitive(self, on: bool) -> None:
        """Say whom to call today, in the department's words, or what is always true."""
        self.call.setVisible(on)
        if on:
            self.call.setText(_("In danger now: 911. Tell your coordinator today."))
            self.desk.read(lambda store: setting(store, "call_today"), self._on_call_today)

    def _on_call_today(self, whom: str | None) -> None:
        if whom:
            self.call.setText(_("In danger now: 911. Call today: {whom}", whom=whom))

    def _known_speaker(self) -> bool:
        """Whether nobody is named, or somebody known is, or the store is still to be asked."""
        unknown = bool(self.said_by.text) and self.said_by.settled and not self.said_by.known
        self.said_by_field.refuse(_nobody() if unknown else "")
        if unknown:
            self.said_by.field.setFocus()
        return not unknown

    def _on_kept(self, when: datetime | None) -> None:
        self.kept_when.setText(_("Draft kept {time}", time=f"{when:%H:%M:%S}") if when is not None else "")

    def _on_themes(self, themes: Sequence[View]) -> None:
        self.themes.offer(
            [
                (theme.id, theme_name(theme))
                for theme in themes
                if theme.values["parent"] and not theme.values["retired"]
            ]
        )


def record_as_typed(store: Store, new: NewFeedback) -> tuple[str, Changes]:
    """Write it down as said by whom the letters single out: for fingers that were quicker than the list."""
    single = singled_out(store, new.said_by, new.event)
    if single is None:
        raise BadInput(_nobody())
    return record_feedback(store, replace(new, said_by=single.id))


def theme_name(view: View) -> str:
    """A theme's name in the person's language, where it has one."""
    spanish = view.values.get("name_es") if language() == "es" else None
    return str(spanish or view.title)


def _nobody() -> str:
    return _("Choose who said it from the list, or leave this empty.")
