"""`outreach demo`, the main job in one go, played by the real program and looked at from outside."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from filelock import FileLock

from outreach_app.demo.runs import PASSPHRASE
from outreach_app.operations.spaces import open_store
from outreach_app.store.folders import LOCK
from outreach_app.store.stores import Store
from tests.end_to_end.conftest import Demo
from tests.helpers.programs import LONGEST, contents, done, ids, refused

STAGES = ["captured", "exported", "merged", "synced"]
KINDS = [
    "events", "people", "organizations", "affiliations", "organization_relations", "sign_ins", "feedback", "themes",
    "responses", "follow_ups", "consents", "groups", "interests",
]  # fmt: skip
STORES = ["coordinator", "worker-1", "worker-2", "worker-3", "worker-4"]
EDITED = ["Macon sessions edited.xlsx", "Gorge and Boardman, checked.xlsx"]


@pytest.fixture(scope="module")
def stores(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    """Copies of its five stores, open."""
    folder = tmp_path_factory.mktemp("copies")
    opened = {name: open_store(demo.copy(name, folder), PASSPHRASE) for name in STORES}
    yield opened
    for store in opened.values():
        store.close()


@pytest.fixture(scope="module")
def account(demo: Demo) -> dict[str, dict[str, int]]:
    """Its account.json."""
    found: dict[str, dict[str, int]] = json.loads((demo.folder / "account.json").read_text(encoding="utf-8"))
    return found


def test_it_leaves_what_it_promises(demo: Demo) -> None:
    made = {path.name for path in demo.folder.iterdir()}
    assert made == {"stores", "shared", "exports", "master.xlsx", "review.xlsx", "sheets", "account.json"}
    assert sorted(path.name for path in (demo.folder / "stores").iterdir()) == STORES
    exports = {path.name for path in (demo.folder / "exports").iterdir()}
    workers = {f"worker-{number}.xlsx" for number in (1, 2, 3, 4)}
    written = {"internal-en.xlsx", "internal-es.xlsx", "partner-nantahala-food-share.xlsx", "public.xlsx"}
    assert exports == workers | written | set(EDITED)
    assert len(list((demo.folder / "sheets").glob("*.pdf"))) >= 8


def test_it_says_where_to_look(demo: Demo, account: dict[str, dict[str, int]]) -> None:
    total = f"{sum(account['captured'].values()):,}"
    assert f"captured {total}, exported {total}, merged {total}, synced {total}" in demo.said
    for path in demo.folder.iterdir():
        assert path.name in demo.said
    assert "passphrase of all its stores is: demo" in demo.said


def test_the_four_figures_agree_and_are_a_season(account: dict[str, dict[str, int]]) -> None:
    assert list(account) == STAGES
    for stage in STAGES:
        assert list(account[stage]) == KINDS
        assert account[stage] == account["captured"], stage
    captured = account["captured"]
    assert captured["events"] >= 12
    assert 580 <= captured["sign_ins"] <= 640
    assert 880 <= captured["feedback"] <= 920
    assert captured["affiliations"] >= 200
    assert captured["organizations"] >= 100


def codes(workbook: Path) -> dict[str, set[str]]:
    """The codes in the Record column of each sheet, as another program reads them."""
    book = openpyxl.load_workbook(workbook, read_only=True)
    found = {}
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        heading = [str(cell) for cell in next(rows)]
        if "Record" in heading:
            place = heading.index("Record")
            found[sheet.title] = {str(row[place]) for row in rows if row[place]}
    book.close()
    return found


@pytest.mark.parametrize("workbook", ["exports/internal-en.xlsx", "master.xlsx"])
def test_the_figures_are_those_of_the_files(demo: Demo, account: dict[str, dict[str, int]], workbook: str) -> None:
    counted = {sheet: len(found) for sheet, found in codes(demo.folder / workbook).items()}
    assert sorted(counted.values()) == sorted(account["merged"].values())


def test_all_laptops_hold_the_same(stores: dict[str, Store], account: dict[str, dict[str, int]]) -> None:
    held = {name: _everything(store) for name, store in stores.items()}
    for name in STORES[1:]:
        assert held[name] == held["coordinator"], name
    assert {kind: len(held["coordinator"][kind]) for kind in KINDS} == account["synced"]


def _everything(store: Store) -> dict[str, dict[str, Any]]:
    kinds = [name for name, kind in store.registry.items() if kind.about.in_forms]
    return {kind: {view.id: (view.values, view.title) for view in store.list(kind)} for kind in kinds}


@pytest.mark.parametrize("name", STORES)
def test_every_store_is_healthy(demo: Demo, name: str, tmp_path: Path) -> None:
    found = done("doctor", "--store", demo.copy(name, tmp_path), "--json", passphrase=PASSPHRASE).json
    assert found["healthy"] is True
    assert found["records"] > 3_000
    assert not found["pointing_nowhere"]


def test_one_phone_that_two_changed_is_to_be_decided(stores: dict[str, Store]) -> None:
    decisions = [each for each in stores["coordinator"].decisions() if each.what != "duplicate"]
    assert [(each.what, each.kind, each.title, each.field) for each in decisions] == [
        ("conflict", "people", "María Elena Fuentes Ruiz", "phones")
    ]
    numbers = {option.value["number"] for option in decisions[0].options if isinstance(option.value, Mapping)}
    assert numbers == {"828 555 0127", "828 555 0172"}
    assert stores["coordinator"].decision_counts()["duplicates"] >= 20


def test_the_review_lists_the_same(demo: Demo) -> None:
    book = openpyxl.load_workbook(demo.folder / "review.xlsx")
    rows = list(book["To decide"].iter_rows(min_row=2, values_only=True))
    assert {(row[1], row[3]) for row in rows} == {("María Elena Fuentes Ruiz", "Phones")}
    assert sorted(str(row[4])[:12] for row in rows) == ["828 555 0127", "828 555 0172"]
    assert book["Perhaps the same"].max_row > 20
    assert book["Set aside"].max_row == 1


def test_what_people_typed_into_workbooks_came_in(stores: dict[str, Store]) -> None:
    store = stores["worker-3"]
    typed = store.list("people", {"name": "Delia Ponce Arriaga"})
    assert [(view.values["town"], view.values["zip"]) for view in typed] == [("Odell", "97044")]
    assert [phone["number"] for phone in typed[0].elements("phones")] == ["541 555 0199"]
    moved = store.list("people", {"name": "Domingo Cisneros"})
    assert [view.elements("emails") for view in moved] == [["domingo.cisneros2@example.org"]]
    assert store.list("people", {"zip": "04605"}), "a ZIP lost the nought it begins with"


def test_the_edited_workbooks_are_edited(demo: Demo) -> None:
    macon = openpyxl.load_workbook(demo.folder / "exports" / EDITED[0])["People"]
    assert macon["A1"].value == "Phones"
    zips = next(column for column in macon.iter_cols(values_only=True) if column[0] == "ZIP")
    assert 4605 in zips
    assert [column.name for column in macon.tables["people"].tableColumns] == [cell.value for cell in macon[1]]
    gorge = openpyxl.load_workbook(demo.folder / "exports" / EDITED[1])["People"]
    assert [cell.value for cell in gorge[1]][1] == "ZIP"
    assert "City" in [cell.value for cell in gorge[1]]
    assert [cell.value for cell in gorge[gorge.max_row]][:2] == ["Delia Ponce Arriaga", "97044"]


def test_nothing_sensitive_is_in_it(stores: dict[str, Store]) -> None:
    assert not stores["coordinator"].list("feedback", {"sensitive": True})


def test_it_is_in_two_languages(demo: Demo, stores: dict[str, Store]) -> None:
    languages = {view.values["language"] for view in stores["coordinator"].list("feedback")}
    assert languages == {"en", "es"}
    spanish = openpyxl.load_workbook(demo.folder / "exports" / "internal-es.xlsx", read_only=True)
    assert {"Personas", "Comentarios"} & set(spanish.sheetnames)
    spanish.close()


def test_a_partner_gets_only_what_is_its_own(demo: Demo) -> None:
    book = openpyxl.load_workbook(demo.folder / "exports" / "partner-nantahala-food-share.xlsx")
    names = [row[0] for row in book["Organizations"].iter_rows(min_row=2, values_only=True)]
    assert names == ["Nantahala Food Share"]
    assert [cell.value for cell in book["Feedback"][1]] == ["Heard on", "Text for sharing", "Row"]
    assert book["Feedback"].max_row > 5
    known = set().union(*codes(demo.folder / "exports" / "internal-en.xlsx").values())
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2, values_only=True):
            for cell in row:
                assert not any(f"[{code}]" in str(cell) or code == cell for code in known if len(code) > 8), sheet.title


def test_what_is_published_names_nobody(demo: Demo, stores: dict[str, Store]) -> None:
    book = openpyxl.load_workbook(demo.folder / "exports" / "public.xlsx")
    said = " ".join(
        str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row if cell
    )
    assert "Swain County" in said
    names = {view.title for view in stores["coordinator"].list("people") if " " in view.title}
    assert not [name for name in names if name in said]
    assert "@" not in said
    assert "555 01" not in said


def test_the_sheets_can_be_printed(demo: Demo) -> None:
    sheets = sorted((demo.folder / "sheets").glob("*.pdf"))
    for sheet in sheets:
        said = subprocess.run(["pdftotext", "-layout", sheet, "-"], capture_output=True, text=True, check=True).stdout
        assert "Balsam & Juniper District Health" in said, sheet.name
        assert "Page 1 of" in said or "Página 1 de" in said, sheet.name
    coming = subprocess.run(["pdftotext", sheets[-1], "-"], capture_output=True, text=True, check=True).stdout
    assert sheets[-1].name.startswith("2026-11-21")
    assert "Ada Crowe" in coming, "those who are expected are not on the sheet"


def test_nothing_personal_can_be_read_on_disk(demo: Demo) -> None:
    for folder in ("stores", "shared"):
        for path in (demo.folder / folder).rglob("*"):
            if path.is_file():
                held = path.read_bytes()
                assert b"Oxendine" not in held, path.name
                assert b"828 555" not in held, path.name


def test_it_can_be_asked_like_any_store(demo: Demo, tmp_path: Path) -> None:
    found = ids(demo.copy("worker-1", tmp_path), "people", "oxen", passphrase=PASSPHRASE)
    assert "Thaddeus Oxendine" in found


def test_a_demo_is_opened_and_not_made_again(demo: Demo) -> None:
    before = contents(demo.folder)
    assert "holds a demo already" in done("demo", demo.folder, "--no-window").out
    assert contents(demo.folder) == before


def test_another_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear neighbor")
    assert "is not empty" in refused("demo", tmp_path, "--no-window")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert "is a file" in refused("demo", tmp_path / "letter.txt", "--no-window")


def test_a_demo_that_was_interrupted_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "stores" / "coordinator").mkdir(parents=True)
    (tmp_path / "account.json").write_text("{}")
    (tmp_path / "demo.unfinished").touch()
    before = contents(tmp_path)
    assert "was not finished. Delete that folder" in refused("demo", tmp_path, "--no-window")
    assert contents(tmp_path) == before


def test_a_demo_that_is_stopped_ends_at_once_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with subprocess.Popen(
        [sys.executable, "-m", "outreach_app", "demo", folder, "--no-window"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    ) as program:
        until = time.monotonic() + LONGEST
        while not (folder / "stores" / "worker-4" / "outreach.db").exists() and time.monotonic() < until:
            time.sleep(0.1)
        os.killpg(program.pid, signal.SIGINT)  # as a terminal does: everybody hears it
        out, err = program.communicate(timeout=LONGEST)
    assert (program.returncode, out, err.strip()) == (1, "", "Stopped. What was done before stays.")
    for store in (folder / "stores").iterdir():  # no laptop works on: the system lets go of what a dead program held
        lock = FileLock(store / LOCK)
        lock.acquire(timeout=10)
        lock.release()
    assert "was not finished" in refused("demo", folder, "--no-window")
