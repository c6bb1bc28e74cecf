"""Nothing readable on disk: a word is searched for in every byte that a store leaves there."""

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.operations.spaces import new_store
from outreach_app.store.keys import DEMO_COST
from tests.helpers.sightings import files, sightings


def searched(folder: Path, *words: str) -> set[str]:
    """The files looked through; fails where a word is in one of them, in any writing it may be kept in."""
    assert sightings(folder, words) == {}
    return {path.name for path in files(folder)}


def test_nothing_that_was_written_can_be_read_on_the_disk(tmp_path: Path) -> None:
    word = "Zyxwvuqueen"
    store = new_store(tmp_path / "store", "Sesameopener", f"{word} Crowe", f"{word} County", cost=DEMO_COST)
    with store.writing("make_events") as draft:
        event = draft.new("events", {"name": f"{word} Fair"})
    details = {"town": word, "notes": f"{word} has a van."}
    sign_in(store, NewSignIn(event, word, emails=(f"{word}@example.org",), details=details))
    store.find(word)
    store.set_setting("last", word)
    store.back_up(tmp_path / "backup.zip")
    open_files = searched(tmp_path, word, "Sesameopener")
    store.close()
    assert {"outreach.db", "outreach.db-wal", "keys.json", "backup.zip"} <= open_files
    assert searched(tmp_path, word, "Sesameopener") >= {"outreach.db", "keys.json", "backup.zip"}


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
@pytest.mark.parametrize(
    "written",
    [
        str.encode,
        lambda text: text.upper().encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: b64encode(text.encode()),
        lambda text: b64encode(text.upper().encode()),
        lambda text: b64encode(text.encode("utf-16-le")),
        lambda text: text.encode().hex().encode(),
    ],
)
def test_the_word_would_be_found_however_it_was_written(
    tmp_path: Path, written: Callable[[str], bytes], before: str
) -> None:
    (tmp_path / "leak").write_bytes(written(f"{before}Zyxwvuqueen Crowe"))
    assert sightings(tmp_path, ["Zyxwvuqueen", "Elsewhere"]) == {"leak": {"Zyxwvuqueen"}}


def test_the_word_would_be_found_packed_and_in_the_name_of_a_file(tmp_path: Path) -> None:
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as inner:
        inner.writestr("page", "Zyxwvuqueen " * 50)
    with ZipFile(tmp_path / "outer", "w", ZIP_DEFLATED) as outer:
        outer.writestr("inner", kept.getvalue())
    (tmp_path / "zyxwvuqueen.tmp").write_bytes(b"")
    assert set(sightings(tmp_path, ["Zyxwvuqueen"])) == {"outer", "zyxwvuqueen.tmp"}
