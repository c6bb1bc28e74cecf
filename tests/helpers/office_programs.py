"""LibreOffice, as people use it: it opens a file and saves it again under another form."""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

from tests.helpers.programs import LONGEST

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice Calc is not installed")
FORMS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "ods": "ods",
    "xls": "xls",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",  # -1: a file for each sheet
}


@cache
def _profile() -> str:
    return Path(tempfile.mkdtemp(prefix="libreoffice")).as_uri()


def saved_as(source: Path, form: str, folder: Path, reads: str = "") -> Path:
    """What LibreOffice makes of a file; of a workbook saved as csv the folder of its sheets. ``reads``: the filter it
    opens it with, where it cannot tell."""
    folder.mkdir(exist_ok=True)
    command = [
        "soffice",
        f"-env:UserInstallation={_profile()}",
        "--headless",
        *([f"--infilter={reads}"] if reads else []),
    ]
    command += ["--convert-to", FORMS.get(form, form), "--outdir", str(folder), str(source)]
    subprocess.run(command, capture_output=True, timeout=LONGEST, check=True)
    made = folder if form == "csv" else folder / f"{source.stem}.{form}"
    assert made.exists(), f"LibreOffice made no {form} of {source.name}"
    return made
