"""Sheets to look at: a request to vary, and what a PDF says, read by pdftotext and by pypdf."""

import io
import subprocess
from collections.abc import Callable

import pypdf
import pytest

from outreach_app.paper.sheets import SheetRequest

Read = Callable[[bytes], list[str]]


@pytest.fixture
def request_for_both() -> SheetRequest:
    """A blank sheet in English and Spanish, on three pages."""
    return SheetRequest(
        title="Listening session, Almond Fire Hall",
        when_text={"en": "Saturday 21 November 2026, 10:00–13:00", "es": "sábado 21 de noviembre de 2026, 10:00–13:00"},
        place="Almond Fire Hall, Bryson City",
        host="Nantahala Food Share",
        department="Hill County Health Department",
        sheet_code="K7Q4M2X",
        blank_lines=33,
        languages=("en", "es"),
        contact="828-555-0100",
    )


@pytest.fixture
def pages_of() -> Read:
    """The words of each page as pdftotext finds them, in one line, without the marks that let a long word break."""

    def read(pdf: bytes) -> list[str]:
        done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
        words = done.stdout.decode().replace("\u200b", "").replace("\u2060", "")
        return [" ".join(page.split()) for page in words.split("\f")[:-1]]

    return read


@pytest.fixture
def opened() -> Callable[[bytes], pypdf.PdfReader]:
    """The PDF as pypdf reads it."""
    return lambda pdf: pypdf.PdfReader(io.BytesIO(pdf), strict=True)
