"""The slip that whoever said something takes along: a code, and how to ask by it what became of it; not the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.model.codes import spaced
from outreach_app.paper.codes import qr_svg
from outreach_app.paper.renderer import render
from outreach_app.texts import say


@dataclass(frozen=True, slots=True)
class SlipRequest:
    """A slip to make."""

    department: str
    code: str  # as stored, "K7Q4M2X"
    day: str  # as people say it, in the leading language
    contact: str = ""  # by what the department is asked
    languages: tuple[str, ...] = ("en", "es")
    paper: str = "us-letter"


def render_slip(request: SlipRequest) -> bytes:
    """The slip as a PDF of one page, to be cut or folded at its line."""

    def said(text: str, **values: str) -> Sequence[dict[str, str]]:
        return [{"language": language, "text": say(text, language, **values)} for language in request.languages]

    if request.contact:
        ask = said("To hear what became of what you told us, ask {contact} and say this code.", contact=request.contact)
    else:
        ask = said("To hear what became of what you told us, ask any of our staff and say this code.")
    return render(
        "slip",
        {
            "title": say("Slip {code}", request.languages[0], code=spaced(request.code)),
            "department": " ".join(request.department.split()),
            "languages": list(request.languages),
            "paper": request.paper,
            "heading": said("Thank you for telling us."),
            "code": spaced(request.code),
            "day": request.day,
            "ask": ask,
            "nameless": said("It does not say who you are or what you said."),
            "qr": qr_svg(f"OUTREACH:{request.code}"),
            "qr_says": say("Square code of slip {code}", request.languages[0], code=spaced(request.code)),
        },
    )
