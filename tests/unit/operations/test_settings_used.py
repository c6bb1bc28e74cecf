"""What is chosen under Settings holds where it says: on sheets, in what is published, in the notice of a consent."""

import io
from pathlib import Path

import openpyxl
import pypdf

from outreach_app.model.logos import kept_logo
from outreach_app.operations.consents import NOTICE, answer
from outreach_app.operations.exporting_files import export
from outreach_app.operations.leaving import Wanted
from outreach_app.operations.printing import SheetChoices, preview_sheet
from outreach_app.operations.settings import change_settings
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store
from tests.helpers.little_pictures import png


def test_a_sheet_carries_the_departments_name_logo_and_own_notice(laptop: Store, event: str) -> None:
    assert not page(preview_sheet(laptop, event, SheetChoices()).pdf).images
    chosen = {"name": "Avery County Health", "notice": "Kept at the front desk.", "logo": kept_logo(png())}
    change_settings(laptop, chosen)
    drawn = page(preview_sheet(laptop, event, SheetChoices()).pdf)
    said = " ".join(drawn.extract_text().split())
    assert "Avery County Health" in said
    assert "Kept at the front desk." in said
    assert "puede ser un registro público" in said  # nobody wrote another in Spanish
    assert len(drawn.images) == 1


def test_a_logo_that_is_broken_inside_keeps_no_sheet_from_being_drawn(laptop: Store, event: str) -> None:
    before = preview_sheet(laptop, event, SheetChoices()).spans
    change_settings(laptop, {"logo": kept_logo(png()[:40] + b"?" * 200)})
    assert preview_sheet(laptop, event, SheetChoices()).spans == before


def test_who_may_be_called_to_withdraw_is_on_the_sheet(laptop: Store, event: str) -> None:
    change_settings(laptop, {"phone": "828 555 0100"})
    assert "828 555 0100" in page(preview_sheet(laptop, event, SheetChoices()).pdf).extract_text()


def test_counts_up_to_the_chosen_one_are_not_published(laptop: Store, event: str, tmp_path: Path) -> None:
    for number in range(12):
        sign_in(laptop, NewSignIn(event, f"Person {'abcdefghijkl'[number]}"))
    assert "12" in published(laptop, tmp_path / "one.xlsx")
    change_settings(laptop, {"threshold": 12})
    assert "12" not in published(laptop, tmp_path / "other.xlsx")


def page(pdf: bytes) -> pypdf.PageObject:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0]


def published(store: Store, file: Path) -> set[str]:
    export(store, file, Wanted(profile="public"))
    rows = [row for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows(values_only=True)]
    return {str(cell) for row in rows for cell in row if isinstance(cell, int | float)}


def test_a_consent_says_which_notice_was_read(laptop: Store, event: str) -> None:
    signed = sign_in(laptop, NewSignIn(event, "Ada Crowe"))
    answer(laptop, signed.person, "phone", "granted", "spoken", "2026-11-21")
    change_settings(laptop, {"notice": "Kept at the front desk."})
    answer(laptop, signed.person, "email", "granted", "spoken", "2026-11-21")
    of = {view.values["channel"]: view.values["notice_version"] for view in laptop.list("consents")}
    assert of["phone"] == NOTICE
    assert of["email"].startswith(f"{NOTICE}-")
