"""Files made to do harm, or that do it by chance: each is refused with its own sentence, or read; memory stays bounded,
nothing is taken of it, and the rest of the batch goes on."""

import struct
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from outreach_app import apart
from outreach_app.operations.importing import import_paths
from outreach_app.sheets.accounts import FileAccount
from outreach_app.store.stores import Store
from tests.benchmarks.figures import peak_mb
from tests.helpers.memories import all_shown, memory
from tests.helpers.office_programs import needs_office, saved_as
from tests.helpers.worn_books import PEOPLE, book_of, counts, filled, rezipped

LAUGHS = b"<!DOCTYPE a [<!ENTITY l0 'ha'>%s]>" % b"".join(
    b"<!ENTITY l%d '%s'>" % (number, b"&l%d;" % (number - 1) * 10) for number in range(1, 10)
)
ENDS, ENDS_ODS = b"</sheetData>", b"</table:table>"
MOST_MB, CHILD_MB, LONGEST_S, SWELLS_MB = 250, apart.MEGABYTES, 60, 1_550

Break = Callable[[bytes], bytes]


class Batch:
    """A store, a good workbook, and a hostile one that comes before it."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.ids = filled(store)
        self.good = book_of(store, folder / "good.xlsx")
        self.peak = 0

    def broken(self, change: Break, source: Path | None = None, part: str = "") -> Path:
        """The good workbook with one part changed: by default the people's rows."""
        source = source or self.good
        named = part or ("content.xml" if source.suffix == ".ods" else self._people())
        to = source.with_name("bad" + source.suffix)
        return rezipped(source, to, lambda name, whole: change(whole) if name == named else whole)

    def swollen(self, begins: bytes, ends: bytes) -> Path:
        """The good workbook with 1.5 GB of nothing in the people's rows."""
        bad, named = self.folder / "bad.xlsx", self._people()
        with (
            zipfile.ZipFile(self.good) as good,
            zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
        ):
            for name in good.namelist():
                whole = good.read(name)
                if name != named:
                    made.writestr(name, whole)
                    continue
                head, _end, tail = whole.partition(ENDS)
                with made.open(name, "w") as part:
                    part.write(head + begins)
                    for _time in range(SWELLS_MB):
                        part.write(b" " * 1_000_000)
                    part.write(ends + ENDS + tail)
        return bad

    def _people(self) -> str:
        with zipfile.ZipFile(self.good) as archive:
            names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
            return next(
                name for name in names if b"Oxendine" in archive.read(name) and b"828 555" in archive.read(name)
            )

    def read(self, bad: Path) -> FileAccount:
        """The account of the hostile file; the good one after it was read, and nothing changed."""
        before, began, own = all_shown(self.store), time.monotonic(), peak_mb()
        first, second = import_paths(self.store, [bad, self.good], progress=self._look).files
        assert time.monotonic() - began < LONGEST_S
        assert peak_mb() - own < MOST_MB
        assert self.peak < CHILD_MB
        assert second.error is None
        assert counts(second) == {"same": len(PEOPLE)}
        assert all_shown(self.store) == before
        return first

    def _look(self, _done: int, _of: int) -> None:
        worker = apart._lasting.get()
        if worker is not None and worker._process is not None:
            status = Path(f"/proc/{worker._process.pid}/status")
            for line in status.read_text().splitlines() if status.exists() else ():
                if line.startswith("VmHWM:"):
                    self.peak = max(self.peak, int(line.split()[1]) // 1024)


@pytest.fixture
def batch(tmp_path: Path) -> Iterator[Batch]:
    with closing(memory()) as store:
        yield Batch(store, tmp_path)


def before(end: bytes, more: bytes) -> Break:
    return lambda whole: whole.replace(end, more + end, 1)


def refused(account: FileAccount) -> str:
    assert account.rows == {}
    return str(account.error)


def test_a_zip_bomb(batch: Batch) -> None:
    bad = batch.swollen(b"", b"")
    assert bad.stat().st_size < 9_000_000
    assert "unpacks to far more than a workbook holds" in refused(batch.read(bad))


def test_a_zip_bomb_that_says_it_is_small(batch: Batch) -> None:
    bad = batch.swollen(b"", b"")
    raw = bytearray(bad.read_bytes())
    with zipfile.ZipFile(bad) as archive:
        info = archive.getinfo(batch._people())
    for at in (info.header_offset + 22, raw.rindex(info.filename.encode()) - 46 + 24):
        assert struct.unpack_from("<I", raw, at)[0] == info.file_size
        struct.pack_into("<I", raw, at, 10_000)
    bad.write_bytes(raw)
    assert refused(batch.read(bad)) == "This workbook is damaged or cut short. Please ask for it again."


def test_one_cell_that_fills_all_memory(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    row = b'<row r="99"><c r="A99" t="inlineStr"><is><t xml:space="preserve">'
    monkeypatch.setattr(sys.modules[__name__], "SWELLS_MB", 1_450)
    said = refused(batch.read(batch.swollen(row, b"</t></is></c></row>")))
    assert said.startswith("The file cannot be read: it asks for more memory than a table needs")


@pytest.mark.parametrize("part", ["", "docProps/custom.xml", "xl/workbook.xml"])
def test_a_billion_laughs(batch: Batch, part: str) -> None:
    def change(whole: bytes) -> bytes:
        declared = whole.index(b"?>") + 2 if whole.startswith(b"<?") else 0
        return whole[:declared] + LAUGHS + whole[declared:].replace(b"<t>", b"<t>&l9;", 1)

    said = refused(batch.read(batch.broken(change, part=part)))
    assert said == "This file is built to swell as it is read, which no workbook does; it was not read."


@needs_office
def test_a_billion_laughs_in_an_ods(batch: Batch) -> None:
    ods = saved_as(batch.good, "ods", batch.folder / "out")
    bad = batch.broken(lambda whole: whole.replace(b"?>", b"?>" + LAUGHS, 1).replace(b"Alarka", b"&l9;"), ods)
    assert "built to swell" in refused(batch.read(bad))


def test_one_cell_in_the_last_row_of_the_last_column(batch: Batch) -> None:
    row = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    said = refused(batch.read(batch.broken(before(ENDS, row))))
    assert said == (
        "Cell XFD1048576 of the sheet People holds something, far away from all else. Please empty it, or delete its "
        "row and column, and try again."
    )


def test_a_million_empty_styled_rows_are_no_rows(batch: Batch) -> None:
    row = b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>'
    rows = b"".join(row % (number, number, number) for number in range(20, 1_048_577))
    account = batch.read(batch.broken(before(ENDS, rows)))
    assert account.error is None
    assert counts(account) == {"same": len(PEOPLE)}


@needs_office
def test_a_million_empty_styled_rows_of_an_ods_are_no_rows(batch: Batch) -> None:
    ods = saved_as(batch.good, "ods", batch.folder / "out")
    rows = (
        b'<table:table-row table:number-rows-repeated="1048000">'
        b'<table:table-cell table:style-name="ce1" table:number-columns-repeated="16384"/></table:table-row>'
    )
    account = batch.read(batch.broken(lambda whole: whole.replace(ENDS_ODS, rows + ENDS_ODS), ods))
    assert account.error is None
    assert counts(account) == {"same": len(PEOPLE)}


@needs_office
def test_one_cell_far_down_in_an_ods(batch: Batch) -> None:
    ods = saved_as(batch.good, "ods", batch.folder / "out")
    rows = (
        b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row><table:table-row>'
        b'<table:table-cell table:number-columns-repeated="16000"/><table:table-cell office:value-type="string">'
        b"<text:p>x</text:p></table:table-cell></table:table-row>"
    )
    said = refused(batch.read(batch.broken(lambda whole: whole.replace(ENDS_ODS, rows + ENDS_ODS), ods)))
    assert "of the sheet Read me holds something, far away from all else." in said


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_a_truncated_zip(batch: Batch, share: float) -> None:
    whole = batch.good.read_bytes()
    bad = batch.folder / "bad.xlsx"
    bad.write_bytes(whole[: int(len(whole) * share)])
    assert refused(batch.read(bad)) == "This workbook is damaged or cut short. Please ask for it again."


LOCKED = "This workbook is locked with a password. Please save it without one and try again."


def test_a_password_as_excel_sets_it(batch: Batch) -> None:
    bad = batch.folder / "bad.xlsx"
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert refused(batch.read(bad)) == LOCKED


@needs_office
def test_a_password_on_an_xls_and_on_an_ods(batch: Batch) -> None:
    xls = saved_as(batch.good, "xls", batch.folder / "out")
    raw = bytearray(xls.read_bytes())
    begins = raw.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # the first record; the next is made the one that locks
    struct.pack_into("<H", raw, begins + 20, 0x2F)
    xls.write_bytes(raw)
    assert refused(batch.read(xls)) == LOCKED
    ods = saved_as(batch.good, "ods", batch.folder / "out")
    locks = b'<manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    bad = batch.broken(
        lambda whole: whole.replace(
            b'full-path="content.xml" manifest:media-type="text/xml"/>',
            b'full-path="content.xml" manifest:media-type="text/xml">' + locks,
        ),
        ods,
        "META-INF/manifest.xml",
    )
    assert refused(batch.read(bad)) == LOCKED


def test_macros_are_said_and_never_run(batch: Batch) -> None:
    bad = batch.folder / "bad.xlsm"
    bad.write_bytes(batch.good.read_bytes())
    with zipfile.ZipFile(bad, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    account = batch.read(bad)
    assert counts(account) == {"same": len(PEOPLE)}
    assert account.remarks == ["It brings macros along. They were not run, and nothing of them was taken."]
