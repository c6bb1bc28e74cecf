"""The recovery sheet: the department's key on one page of paper, with what to do with it in plain words."""

from collections.abc import Sequence

from outreach_app.paper.codes import qr_svg
from outreach_app.paper.renderer import render
from outreach_app.texts import say

_SAYS = {
    "heading": "Recovery sheet",
    "lead": (
        "This sheet opens every laptop of the department that keeps its outreach in Outreach. "
        "Whoever holds it can read all that is on them."
    ),
    "prove": (
        "Prove it now: in Outreach, open Keys, and type these words or scan the square code. "
        "From then on the words are nowhere but on this paper."
    ),
    "lock": (
        "Lock it away, apart from the laptops: in a safe, or in a sealed envelope that two people signed. "
        "Take no picture of it, and keep no copy on a computer."
    ),
    "use": (
        "When a passphrase is forgotten: start Outreach on that laptop, choose “Open with the recovery sheet”, "
        "and type the words in their order. The first four letters of each are enough."
    ),
    "look": (
        "Look for it every few months, as Outreach will ask. "
        "If it is lost, or somebody saw it who should not, tell the coordinator at once."
    ),
    "words": "The 24 words, in their order",
    "printed": "Printed on, by",
    "kept": "Kept at",
    "code": "Square code of the 24 words",
}
_STEPS = ("prove", "lock", "use", "look")
_LINES = ("printed", "kept")


def render_recovery_sheet(
    department: str,
    words: Sequence[str],
    qr_text: str,
    languages: Sequence[str] = ("en", "es"),
    paper: str = "us-letter",
) -> bytes:
    """The sheet as a PDF of one page; ``words`` stand in their order, the square code says ``qr_text``."""

    def said(name: str) -> list[dict[str, str]]:
        return [{"language": language, "text": say(_SAYS[name], language)} for language in languages]

    return render(
        "recovery-sheet",
        {
            "title": say(_SAYS["heading"], languages[0]),
            "department": " ".join(department.split()),
            "languages": list(languages),
            "paper": paper,
            "heading": said("heading"),
            "lead": said("lead"),
            "steps": [said(name) for name in _STEPS],
            "words_label": said("words"),
            "words": list(words),
            "lines": [said(name) for name in _LINES],
            "qr": qr_svg(qr_text),
            "qr_says": say(_SAYS["code"], languages[0]),
        },
    )
