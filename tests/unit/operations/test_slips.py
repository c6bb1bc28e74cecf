"""Slips: a code for whoever said something, drawn as it is saved, and the paper it is on."""

import subprocess
from datetime import date

import pytest

from outreach_app.model.codes import read_code, spaced
from outreach_app.model.errors import NotFound
from outreach_app.operations import feedback
from outreach_app.operations.feedback import NewFeedback, read_back, record_feedback
from outreach_app.operations.settings import change_settings
from outreach_app.operations.slips import draw_slip
from outreach_app.store.stores import Store

WORDS = "The van only comes Tuesdays."


def test_a_note_is_read_back_as_it_was_saved_with_its_code(laptop: Store, event: str) -> None:
    made, _changes = record_feedback(laptop, NewFeedback(f" {WORDS} ", event, slip=True))
    note = read_back(laptop, made)
    assert note is not None
    assert (note.words, read_code(spaced(note.slip))) == (WORDS, note.slip)
    plain, _changes = record_feedback(laptop, NewFeedback(WORDS, event))
    without = read_back(laptop, plain)
    assert without is not None
    assert without.slip == ""
    assert read_back(laptop, event) is None


def test_no_two_slips_have_one_code(laptop: Store, event: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["K7Q4M2X", "K7Q4M2X", "0000000"])
    monkeypatch.setattr(feedback, "draw_short_code", lambda _source: next(drawn))
    codes = []
    for _again in range(2):
        note = read_back(laptop, record_feedback(laptop, NewFeedback(WORDS, event, slip=True))[0])
        assert note is not None
        codes.append(note.slip)
    assert codes == ["K7Q4M2X", "0000000"]


def test_the_slip_says_how_to_ask_and_not_what_was_said(laptop: Store, event: str) -> None:
    change_settings(laptop, {"phone": "828 555 0100"})
    made, _changes = record_feedback(laptop, NewFeedback(WORDS, event, slip=True))
    note = read_back(laptop, made)
    assert note is not None
    pdf = draw_slip(laptop, made, date(2026, 11, 21))
    said = " ".join(
        subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode().split()
    )
    assert spaced(note.slip) in said
    assert "ask 828 555 0100 and say this code" in said
    assert "Gracias" in said
    assert "Tuesdays" not in said
    with pytest.raises(NotFound):
        draw_slip(laptop, record_feedback(laptop, NewFeedback(WORDS, event))[0], date(2026, 11, 21))
