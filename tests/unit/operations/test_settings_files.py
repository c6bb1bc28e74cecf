"""The file of settings: twenty laptops alike by one file, a hostile one changes nothing, a newer one loses nothing."""

import json
from pathlib import Path

import pytest

from outreach_app.model.errors import BadInput, NotFound
from outreach_app.model.logos import kept_logo
from outreach_app.operations.settings import change_settings, choose_visitor_pin, has_visitor_pin, setting, settings
from outreach_app.operations.settings_files import MOST_BYTES, save_settings, take_settings
from outreach_app.store.stores import Store
from tests.helpers.little_pictures import png
from tests.helpers.memories import all_changes

CHOSEN = {
    "name": "Avery County Health",
    "phone": "828 555 0100",
    "call_today": "Rosa Núñez, 828 555 0101",
    "notice_es": "Lo guardamos.",
    "engagement_scheme": "power",
    "threshold": 20,
    "language": "es",
    "theme": "contrast",
    "text_size": "150",
    "idle_minutes": "5",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "alike.settings.json"


def test_another_laptop_is_set_up_alike_and_twice_changes_nothing(laptops: list[Store], file: Path) -> None:
    ada, ben = laptops
    change_settings(ada, {**CHOSEN, "logo": kept_logo(png())})
    choose_visitor_pin(ada, "4821")
    save_settings(ada, file)
    taken = take_settings(ben, file)
    assert settings(ben) == settings(ada)
    assert (set(taken.changed), taken.same, taken.waiting) == ({*CHOSEN, "logo"}, 0, ())
    assert take_settings(ben, file).changed == ()
    assert not has_visitor_pin(ben)
    assert "4821" not in file.read_text()


def test_what_only_mails_workbooks_has_the_departments_until_its_own_arrive(laptops: list[Store], file: Path) -> None:
    ada, ben = laptops
    change_settings(ada, CHOSEN)
    save_settings(ada, file)
    ben.role = "worker"
    assert set(take_settings(ben, file).waiting) == CHOSEN.keys() - {"language", "theme", "text_size", "idle_minutes"}
    assert setting(ben, "call_today") == CHOSEN["call_today"]
    assert not ben.recent(1)  # a worker's laptop says nothing for the department
    change_settings(ada, {"call_today": "Luz, 828 555 0102"})
    ben.apply(all_changes(ada))
    assert setting(ben, "call_today") == "Luz, 828 555 0102"


def test_what_a_newer_program_says_is_kept_and_handed_on(laptop: Store, file: Path) -> None:
    newer = {"department": {"motto": "Together", "phone": "828 555 0100"}, "laptop": {"sounds": "off"}}
    file.write_text(json.dumps({"outreach_settings": 1, **newer}))
    taken = take_settings(laptop, file)
    assert (taken.changed, taken.kept) == (("phone",), ("motto", "sounds"))
    save_settings(laptop, file)
    written = json.loads(file.read_text())
    assert written["department"].items() >= newer["department"].items()
    assert written["laptop"]["sounds"] == "off"


HOSTILE = [
    b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b"x" * (MOST_BYTES + 1), b'{"outreach_settings": true}',
    b'{"outreach_settings": 1, "department": []}', b'{"outreach_settings": 0}', b'{"outreach_settings": "1"}',
    b'{"outreach_settings": 2}', b'{"department": {"phone": "1"}}',
    *(
        json.dumps({"outreach_settings": 1, "laptop": {"text_size": "200", **own}, "department": theirs}).encode()
        for own, theirs in (
            ({}, {"threshold": 1}), ({}, {"threshold": 1e9}), ({}, {"logo": "=="}), ({}, {"phone": ["1"]}),
            ({}, {"theme": "dark"}), ({"phone": "1"}, {}), ({"theme": "pink"}, {}), ({}, {"notice": "\ud800"}),
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_a_file_that_is_none_or_says_what_cannot_be_changes_nothing(laptop: Store, file: Path, raw: bytes) -> None:
    before = dict(settings(laptop))
    file.write_bytes(raw)
    with pytest.raises(BadInput) as told:
        take_settings(laptop, file)
    assert str(told.value).endswith(".")
    assert settings(laptop) == before


def test_a_file_that_is_not_there_is_said(laptop: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        take_settings(laptop, tmp_path / "none.json")
    with pytest.raises(NotFound):
        take_settings(laptop, tmp_path)
