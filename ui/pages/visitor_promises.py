"""What the visitor screen promises whoever writes there: the department, who may read it, how to withdraw."""

from outreach_app.operations.visitors import Promises
from outreach_app.texts import _, language
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, column, row


class PromisesPane(Pane):
    """A line, and all of it for whoever asks for more."""

    def __init__(self) -> None:
        self.line, self.whole = Words("", "tiny", wrap=True), Words("", "tiny", wrap=True)
        self.more = LinkButton("", lambda: self.whole.setVisible(not self.whole.isVisible()))
        super().__init__(column(self.line, self.whole, row(self.more, 1)))
        self.whole.hide()

    def say(self, told: Promises | None) -> None:
        """Say it in the language spoken now; None where it is not known yet."""
        self.more.say(_("More about this"))
        if told is not None:
            line, whole = promised(told)
            self.line.setText(line)
            self.whole.setText(whole)

    def fold(self) -> None:
        """Only the line, for whoever comes next."""
        self.whole.hide()


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
