"""What the visitor screen promises at its foot: who keeps what is written, who reads it, how to take a consent back."""

from outreach_app.operations.visitors import Promises
from outreach_app.texts import _, language, speaking
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, column, row


class PromisesFoot(Pane):
    """One line of it always, all of it for whoever asks."""

    def __init__(self) -> None:
        self.line, self.all_of_it = Words("", "tiny", wrap=True), Words("", "tiny", wrap=True)
        self.more = LinkButton("", self._on_more)
        super().__init__(column(self.line, self.all_of_it, row(self.more, 1), space="small"))
        self._told: Promises | None = None
        self.fold()

    def show_promises(self, told: Promises) -> None:
        """Promise this."""
        self._told = told

    def speak(self, code: str) -> None:
        """Say it in a language."""
        with speaking(code):
            self.more.say(_("More about this"))
            if self._told is not None:
                line, more = promised(self._told)
                self.line.setText(line)
                self.all_of_it.setText(more)

    def fold(self) -> None:
        """Show no more than the line."""
        self.all_of_it.hide()

    def _on_more(self) -> None:
        self.all_of_it.setVisible(not self.all_of_it.isVisible())


def promised(told: Promises) -> tuple[str, str]:
    """What is promised in the language spoken: in a line, and all of it."""
    spoken = language()
    read_by = told.read_by[spoken] or _("Its staff can read it")
    parts = [
        _(
            "{department} keeps what you write. {read_by}; the law may make it a public record.",
            department=told.department,
            read_by=read_by.rstrip("."),
        ),
        _("To change your mind: {contact}.", contact=told.contact)
        if told.contact
        else _("To change your mind, tell any of our staff."),
    ]
    more = [
        _("You need not give a phone or an e-mail. What you press we may use; what you do not press, we do not."),
        _("If you change your mind, we stop, and what you wrote is corrected."),
        told.notice[spoken],
    ]
    return " ".join(parts), " ".join(part for part in more if part)
