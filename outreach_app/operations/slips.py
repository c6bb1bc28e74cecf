"""Slips: what whoever said something takes along, to ask later what became of it."""

from datetime import date

from outreach_app.model.dates import heading
from outreach_app.model.errors import NotFound
from outreach_app.operations.feedback import read_back
from outreach_app.operations.settings import department_name, setting
from outreach_app.paper.slips import SlipRequest, render_slip
from outreach_app.store.stores import Store
from outreach_app.texts import _, language


def draw_slip(store: Store, feedback: str, today: date) -> bytes:
    """The slip of a piece of feedback as a PDF, the language spoken first. NotFound where it has no code here."""
    note = read_back(store, feedback)
    if note is None or not note.slip:
        raise NotFound(_("There is no slip of that on this laptop."))
    first = language()
    contact = setting(store, "phone") or setting(store, "reach") or ""
    languages = (first, *(other for other in ("en", "es") if other != first))
    return render_slip(SlipRequest(department_name(store), note.slip, heading(today, first), contact, languages))
