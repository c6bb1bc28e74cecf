"""Feedback: the words first, all else optional and after."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.finding import Suggestions, suggest_people
from outreach_app.store.views import View
from outreach_app.texts import _, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.event_forms import CaptureForm, part, take_offered
from ui.widgets.buttons import Button
from ui.widgets.chips import Chip, ChipRow, Choice, Stepper, TakenChips
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import GrowingText, LabelledField
from ui.widgets.layouts import fill, row
from ui.widgets.suggestions import NEW, Suggestion, TypeAhead

_SPOKEN = ("en", "es")


class FeedbackForm(CaptureForm):
    """The form of *Feedback*."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._themes: Sequence[View] = ()
        self.words = GrowingText(least=4, most=8)
        self.words.submitted.connect(self.save)
        kinds = [Choice(term.code, term.label_in()) for term in vocabulary("feedback_kinds").terms]
        self.kind = ChipRow(kinds, name=_("What kind"))
        self.theme = TypeAhead(placeholder=_("Pick or type a theme"), best_first=True)
        self.theme.typed.connect(self._on_theme_typed)
        self.theme.taken.connect(self._on_theme_taken)
        self.themes = TakenChips(name=_("Themes"))
        self.said_by = TypeAhead(placeholder=_("Nobody named"), best_first=True)
        self.said_by.typed.connect(self._on_said_by)
        answers = [Choice(term.code, term.label_in()) for term in vocabulary("share_answers").terms]
        self.may_share = ChipRow(answers, name=_("May we share the words, without a name?"), required=True)
        self.agreed = Stepper(name=_("Others agreed"))
        self.sensitive = Chip(_("Sensitive: only the coordinator will read it"), icon="shield-alert")
        spoken = [Choice(code, vocabulary("languages").label(code)) for code in _SPOKEN]
        self.language = ChoiceBox(spoken, name=_("Language it was said in"))
        fill(
            self.body,
            (
                LabelledField(_("In their words"), self.words, hint=_("— write what was said; sort it out later")),
                part(_("What kind"), self.kind),
                LabelledField(_("Themes"), self.theme, hint=_("may wait for the coordinator"), buddy=self.theme.field),
                self.themes,
                row(
                    (LabelledField(_("Said by"), self.said_by, buddy=self.said_by.field), 3),
                    (part(_("May we share the words, without a name?"), self.may_share), 4),
                    (part(_("Others agreed"), self.agreed), 2),
                    space="medium",
                ),
                row(Button.of(self.can["save"], primary=True), self.sensitive, self.language, 1, space="medium"),
                1,
            ),
            "medium",
            (18, 14, 18, 16),
        )
        self.themes.hide()
        self.themes.changed.connect(lambda keys: self.themes.setVisible(bool(keys)))

    @property
    def first(self) -> QWidget:
        """The words."""
        return self.words

    def begin(self, event: str) -> None:
        """Start on an event: have the themes at hand."""
        super().begin(event)
        self.desk.read(lambda store: store.list("themes"), self._on_themes)

    def clear(self) -> None:
        """Ready for the next."""
        self.words.write("")
        self.kind.choose(())
        self.theme.clear()
        self.themes.clear()
        self.themes.hide()
        self.said_by.clear()
        self.may_share.choose(["not_asked"])
        self.agreed.set(0)
        self.sensitive.setChecked(False)
        self.language.choose(language())

    @action("save", "Save", shortcut="Ctrl+Enter")
    def save(self) -> None:
        """Save what was said, just as it was said."""
        if not self.words.text.strip():
            self.take_focus()
            return
        take_offered(self.said_by)
        new = NewFeedback(
            self.words.text,
            self.event_id,
            language=self.language.chosen or language(),
            what_kind=self.kind.one or "",
            themes=self.themes.keys,
            said_by=self.said_by.choice.key if self.said_by.choice else "",
            may_share=self.may_share.one or "not_asked",
            agreed=self.agreed.value,
            sensitive=self.sensitive.isChecked(),
        )
        self.clear()
        self.take_focus()
        self.desk.do(record_feedback, new, done=self._on_saved)

    def _on_saved(self, done: object) -> None:
        del done

    def _on_themes(self, themes: Sequence[View]) -> None:
        self._themes = [theme for theme in themes if theme.values["parent"] and not theme.values["retired"]]

    def _on_theme_typed(self, text: str) -> None:
        wanted = text.casefold()
        names = [(view.id, theme_name(view)) for view in self._themes]
        lines = [Suggestion(key, name, icon="tags") for key, name in names if wanted in name.casefold()]
        self.theme.offer(text, lines[:6])

    def _on_theme_taken(self, line: Suggestion) -> None:
        if line.key != NEW:
            self.themes.add(Choice(line.key, line.text))
            self.themes.show()
        self.theme.clear()

    def _on_said_by(self, text: str) -> None:
        self.desk.read(lambda store, event=self.event_id: suggest_people(store, text, event), self._on_people)

    def _on_people(self, found: Suggestions) -> None:
        lines = [Suggestion(line.id, line.name, line.organization) for line in found.lines]
        self.said_by.offer(found.typed, lines)


def theme_name(view: View) -> str:
    """A theme's name in the person's language, where it has one."""
    spanish = view.values.get("name_es") if language() == "es" else None
    return str(spanish or view.title)
