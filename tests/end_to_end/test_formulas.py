"""Texts that spreadsheet programs take for formulas: captured, written out, evaluated by LibreOffice, read back.

Never a formula, never changed.
"""

import csv
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from outreach_app.model.records import REGISTRY
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.spaces import open_store
from outreach_app.sheets.csv_writing import prefixed
from outreach_app.texts import say
from tests.helpers.programs import LONGEST, PASSPHRASE, done

HEADING = say(REGISTRY["feedback"].by_name["verbatim"].label, "en")
PAYLOADS = (
    "=1+1", "=2*21", "+1+1", "-1+1", "@SUM(1;1)", "=SUM(1,1)", "=cmd|' /C calc'!A0", "=cmd|'/c powershell'!A1",
    "+cmd|' /C calc'!A0", "-cmd|' /C calc'!A0", "@cmd|' /C calc'!A0", '=HYPERLINK("http://127.0.0.1/?"&A1,"look")',
    '=WEBSERVICE("http://127.0.0.1/")', '=IMPORTXML("http://127.0.0.1/","//a")', '=IMAGE("http://127.0.0.1/a.png")',
    "=DDE(\"cmd\";\"/C calc\";\"x\")", "=MSEXCEL|'\\..\\..\\cmd.exe'!''", "=rundll32|'URL.dll,OpenURL calc'!A", "=A1",
    "=A1:B2", "=[book.xlsx]Sheet1!A1", "='file:///etc/passwd'#$passwd.A1", "=INDIRECT(\"A1\")", "=1/0", "=#REF!",
    "=NOW()", "=RAND()", "=TRUE()", "+48 22 555 01 12", "-5 degrees", "@home", "==1", "=", "+", "-", "@",
    "'=1+1", "''=1+1", "|=1+1", ";=1+1", "＝1+1", "%0A=1+1", "=\"a\"&\"b\"", "{=1+1}", "=LET(x;1;x+1)",
)  # fmt: skip


def test_forty_payloads_through_capture_export_evaluation_and_back(
    office: Path, resaved: Callable[[Path], Path], tmp_path: Path
) -> None:
    assert len({*PAYLOADS}) >= 40
    store = open_store(office, PASSPHRASE)
    for payload in PAYLOADS:
        record_feedback(store, NewFeedback(payload))
    assert {view.values["verbatim"] for view in store.list("feedback")} == {*PAYLOADS}
    store.close()
    book, table = tmp_path / "all.xlsx", tmp_path / "feedback.csv"
    done("export", book, "--store", office)
    done("export", table, "--store", office, "--format", "csv", "--kinds", "feedback")

    again = resaved(book)
    for each in (book, again):
        with zipfile.ZipFile(each) as archive:
            parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert not [part for part in parts if re.search(rb"<f[ >]", part)], "a formula came to be"
        assert {*texts(each)} >= {*PAYLOADS}

    # in CSV no text begins a formula, and what LibreOffice works out is what is written there
    assert [prefixed(payload) for payload in PAYLOADS] == [
        f"'{payload}" if payload[0] in "=+-@\t\r'" else payload for payload in PAYLOADS
    ]
    for each in (table, evaluated(table, tmp_path)):
        assert {row[HEADING] for row in rows(each)} == {prefixed(payload) for payload in PAYLOADS}

    for file in (book, again):
        came = done("import", file, "--store", office, "--json").json["account"]["total"]["feedback"]
        assert came["same"] == came["read"] == len(PAYLOADS)
    store = open_store(office, PASSPHRASE)
    assert {view.values["verbatim"] for view in store.list("feedback")} == {*PAYLOADS}
    store.close()


def texts(book: Path) -> list[str]:
    """All texts on the feedback sheet."""
    sheet = openpyxl.load_workbook(book)["Feedback"]
    return [cell for row in sheet.iter_rows(min_row=2, values_only=True) for cell in row if isinstance(cell, str)]


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def evaluated(table: Path, folder: Path) -> Path:
    """A CSV table as LibreOffice shows it once it is opened and every cell is worked out."""
    out = folder / "worked out"
    opened = "--infilter=CSV:44,34,UTF8,1,,0,false,true,false,false,false,-1"  # as a double click does: formulas work
    written = ("--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76")
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", opened, *written]
    subprocess.run([*command, "--outdir", str(out), str(table)], capture_output=True, timeout=LONGEST, check=True)
    return out / table.name
