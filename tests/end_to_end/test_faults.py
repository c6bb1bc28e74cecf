"""Everything that can go wrong on a laptop or in a folder, and the sentence that whoever sits there reads of it.

Each is brought about for real (``tests/helpers/faults.py``, ``folder_faults.py``). Its sentence is its own: no other
fault is told by it, and it is told in Spanish too.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from outreach_app.journal.statements import WORKER
from outreach_app.operations.spaces import open_store
from outreach_app.store.keys import DEMO_COST
from outreach_app.texts import speak
from tests.helpers.departments import OWN_PASSPHRASE, Department, department
from tests.helpers.faults import (
    World,
    another_departments_sheet,
    another_departments_workbook,
    backup_by_a_wrong_passphrase,
    backup_over_a_store,
    damaged_backup,
    damaged_invitation,
    damaged_key_file,
    damaged_log,
    damaged_store,
    damaged_workbook,
    empty_store,
    expired_invitation,
    full_laptop,
    half_a_sheet,
    half_an_invitation,
    invitation_by_wrong_words,
    keyring_gone,
    newer_invitation,
    newer_key_file,
    newer_store,
    no_invitation,
    no_store,
    no_workbook,
    sheet_with_a_wrong_word,
    store_from_before_the_first_release,
    store_in_use,
    store_without_its_database,
    store_without_its_key_file,
    wrong_passphrase,
)
from tests.helpers.folder_faults import (
    another_departments_file,
    another_departments_folder,
    another_program_s_file,
    bit_flipped,
    bomb,
    clock_a_year_ahead,
    clock_years_back,
    empty,
    full_stick,
    half_uploaded,
    locked_file,
    missing_middle,
    name_that_leads_out,
    newer_file,
    not_let_in,
    read_only_stick,
    sealed_for_coordinators,
    stick_not_in,
    stick_pulled_while_it_is_read,
    stick_pulled_while_it_is_written,
    stick_that_does_not_answer,
    stick_that_does_not_keep_what_it_takes,
    tampered,
    too_large_a_file,
    two_contents_of_one_number,
    written_after_it_was_lost,
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department whose worker Ben was let in, its stores closed."""
    place = tmp_path_factory.mktemp("department")
    with department(place) as county:
        ben = county.joined("Ben")
        county.sync(ben, county.office, ben)
    return place


@pytest.fixture
def world(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Ben has left something in the folder that the office has not read yet."""
    monkeypatch.setattr("outreach_app.sync.invitations.make_invitation.__defaults__", (WORKER, 14, DEMO_COST))
    place = shutil.copytree(begun, tmp_path / "department")
    with ExitStack() as held:
        county = Department(place, held, begun=True)
        made = World(county, county.keep(open_store(place / "Ben", OWN_PASSPHRASE)), place, monkeypatch)
        made.more()
        yield made


Fault = Callable[[World], str]
FAULTS: dict[Fault, str] = {
    wrong_passphrase: "That is not the passphrase of this store.",
    store_in_use: "This store is already open in another window.",
    no_store: "There is no store in this folder.",
    damaged_store: "The database of this store is damaged.",
    store_without_its_database: "The database of this store is gone or empty.",
    damaged_log: "The log of this store, with what was saved last, is damaged.",
    store_without_its_key_file: "The key file of this store is gone.",
    damaged_key_file: "The key file of this store is damaged.",
    newer_store: "This store was written by a newer Outreach.",
    newer_key_file: "This store was made by a newer Outreach.",
    store_from_before_the_first_release: "This store is from before the first release of Outreach",
    full_laptop: "The disk is full or does not answer.",
    keyring_gone: "This computer's keyring did not open the store.",
    another_departments_sheet: "This recovery sheet opens another department's stores",
    sheet_with_a_wrong_word: "These words do not belong together",
    half_a_sheet: "The recovery sheet has 24 words, not 12.",
    half_uploaded: "This file is not all there yet.",
    bit_flipped: "This file was damaged on its way.",
    tampered: "This file is not what its laptop signed",
    another_program_s_file: "This is not a file that Outreach made.",
    another_departments_file: "This file belongs to another department's space.",
    another_departments_folder: "This folder is another department's.",
    newer_file: "Made by a newer Outreach.",
    too_large_a_file: "This file is larger than any that Outreach makes.",
    missing_middle: "Waits for what the same laptop wrote before it",
    not_let_in: "Waits until a coordinator's laptop has let in the laptop that wrote it.",
    written_after_it_was_lost: "Had not been received when its laptop was given up as lost.",
    sealed_for_coordinators: "Sealed for others in the department.",
    two_contents_of_one_number: "Two copies of one laptop were open at once and wrote different things.",
    stick_not_in: "is not there. Is the stick in, or the network share open?",
    stick_pulled_while_it_is_read: "cannot be read any more. If the stick was pulled out",
    stick_pulled_while_it_is_written: "is gone, or another is in its place. If the stick was pulled out",
    full_stick: "There is no room left in",
    read_only_stick: "Nothing may be written in",
    stick_that_does_not_answer: "cannot be written to just now.",
    stick_that_does_not_keep_what_it_takes: "did not read back the same.",
    locked_file: "This file cannot be read just now.",
    name_that_leads_out: "This name leads out of the folder",
    clock_a_year_ahead: "ahead",
    clock_years_back: "before",
    damaged_backup: "This file is not a whole Outreach backup.",
    backup_over_a_store: "There is already a store in this folder.",
    invitation_by_wrong_words: "These words do not open this invitation.",
    damaged_invitation: "This invitation is damaged.",
    half_an_invitation: "This invitation is not all there.",
    no_invitation: "This file is not an invitation from Outreach.",
    newer_invitation: "This file was made by a newer Outreach. Please install",
    expired_invitation: "This invitation expired on 2020-09-27.",
    another_departments_workbook: "This workbook is from another department (Dale County).",
    damaged_workbook: "This workbook is damaged or cut short.",
    no_workbook: "This is not a workbook. It is",
}
"""Each fault, and what its sentence says."""

THE_SAME: dict[Fault, Fault] = {
    empty_store: store_without_its_database,
    empty: half_uploaded,
    bomb: tampered,
    backup_by_a_wrong_passphrase: wrong_passphrase,
}
"""What is told as something else is, because to whoever reads it, it is that."""


@pytest.mark.parametrize("fault", [*FAULTS, *THE_SAME], ids=lambda fault: fault.__name__)
def test_each_fault_is_told_in_a_sentence_of_its_own(fault: Fault, world: World) -> None:
    sentence = fault(world)
    own = FAULTS[THE_SAME.get(fault, fault)]
    assert own in sentence
    assert [words for words in FAULTS.values() if words in sentence and words not in own] == []
    assert re.search(r"[.?]$", sentence), sentence


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_each_fault_is_told_in_spanish_too(fault: Fault, world: World) -> None:
    speak("es")
    sentence = fault(world)
    assert sentence
    assert FAULTS[fault] not in sentence


def test_a_wrong_key_damage_tampering_another_space_and_a_newer_program_are_never_told_alike() -> None:
    kinds: list[tuple[Fault, ...]] = [
        (
            wrong_passphrase,
            damaged_store,
            damaged_log,
            damaged_key_file,
            newer_store,
            store_from_before_the_first_release,
        ),
        (sealed_for_coordinators, bit_flipped, tampered, another_departments_file, newer_file),
        (invitation_by_wrong_words, damaged_invitation, newer_invitation),
        (another_departments_sheet, sheet_with_a_wrong_word, half_a_sheet),
        (another_departments_workbook, damaged_workbook, no_workbook),
    ]
    for alike in kinds:
        assert len({FAULTS[fault] for fault in alike}) == len(alike)
