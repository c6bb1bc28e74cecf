"""Reviews and return files that LibreOffice saved again, as xlsx and as ods: what they say is still found."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from outreach_app.operations.records import make_record
from outreach_app.operations.returning import make_returns
from outreach_app.operations.reviewing import make_review
from outreach_app.store.stores import Store
from tests.helpers.departments import Department, department
from tests.helpers.memories import all_changes, memory

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice Calc is not installed")
FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods"}
Save = Callable[[Path, str], Path]


@pytest.fixture(scope="module")
def saved_as(tmp_path_factory: pytest.TempPathFactory) -> Save:
    """Opens a workbook in LibreOffice and saves it as another file."""
    profile = tmp_path_factory.mktemp("libreoffice")

    def save(workbook: Path, ending: str) -> Path:
        target = tmp_path_factory.mktemp("again")
        start = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command = [*start, "--convert-to", FORMATS[ending], "--outdir", str(target), str(workbook)]
        subprocess.run(command, capture_output=True, timeout=180, check=True)
        return target / f"{workbook.stem}.{ending}"

    return save


@pytest.fixture
def store() -> Iterator[Store]:
    """A town to decide, and two who may be one."""
    with closing(memory("Ada Crowe")) as one, closing(memory("Ben Squirrel")) as other:
        with one.writing("make_people") as draft:
            mae = draft.new("people", {"name": "Mae", "zip": "02139"})
            for _twice in range(2):
                draft.new("people", {"name": "Thaddeus Oxendine", "emails": ["thad@example.org"]})
        other.apply(all_changes(one))
        for each, code in ((one, "02140"), (other, "02141")):
            with each.writing("edit_people") as draft:
                draft.set("people", mae, "zip", code)
        one.apply(all_changes(other))
        look_for_duplicates(one)
        yield one


@pytest.mark.parametrize("ending", FORMATS)
def test_a_review_keeps_its_codes(store: Store, saved_as: Save, tmp_path: Path, ending: str) -> None:
    make_review(store, tmp_path / "review.xlsx")
    book = openpyxl.load_workbook(tmp_path / "review.xlsx")
    for title, answer, at_text in (("To decide", "Use this", "02141"), ("Perhaps the same", "Not the same", "")):
        sheet = book[title]
        heads = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            if not at_text or row[heads.index("What it says")].value == at_text:
                row[heads.index("Decision")].value = answer
    book.save(tmp_path / "review.xlsx")
    [account] = import_path(store, saved_as(tmp_path / "review.xlsx", ending)).files
    assert account.error is None
    assert account.decided == {"taken": 2, "already": 0, "empty": 0, "not_understood": 0}
    assert next(view.values["zip"] for view in store.list("people") if view.title == "Mae") == "02141"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Department]:
    (tmp_path / "county").mkdir()
    with department(tmp_path / "county") as made:
        yield made


@pytest.mark.parametrize("ending", FORMATS)
def test_a_return_file_is_still_proven(county: Department, saved_as: Save, tmp_path: Path, ending: str) -> None:
    ben = county.joined("Ben")
    make_record(ben, "people", {"name": "Mae", "town": "Alarka"})
    export_workbook(ben, tmp_path / "week.xlsx")
    import_path(county.office, saved_as(tmp_path / "week.xlsx", ending))
    [(_whose, path, _rows)] = make_returns(county.office, tmp_path).files
    [account] = import_path(ben, saved_as(path, ending)).files
    assert account.error is None
    assert ben.whereabouts().only_here == 0
