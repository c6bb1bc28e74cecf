"""One department's space: its first store, an invitation, the second laptop that joins."""

from pathlib import Path

import pytest

from outreach_app.model.errors import NotFound, OutreachError
from outreach_app.operations.spaces import invite, join, keys_of, new_store, open_store
from outreach_app.store.keys import DEMO_COST
from tests.conftest import PASSPHRASE


def test_a_second_laptop_joins_by_file_and_six_words(tmp_path: Path) -> None:
    first = new_store(tmp_path / "one", PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST)
    code = invite(first, tmp_path / "invitation")
    assert len(code.split()) == 6
    second = join(tmp_path / "two", tmp_path / "invitation", code, "Ben Squirrel", "another one", DEMO_COST)
    assert second.space == first.space.for_role(False)
    assert (second.worker, second.role, second.department) == ("Ben Squirrel", "worker", "Hill County Health")
    assert second.device != first.device
    second.close()
    open_store(tmp_path / "two", "another one").close()
    with pytest.raises(OutreachError):
        join(tmp_path / "three", tmp_path / "invitation", "six words that are not so", "Cora", "x", DEMO_COST)
    with pytest.raises(NotFound, match="invitation cannot be read"):
        join(tmp_path / "three", tmp_path / "none", code, "Cora", "x", DEMO_COST)
    assert not (tmp_path / "three").exists()
    first.close()


def test_what_singles_a_record_out() -> None:
    phones = [{"id": "1", "value": {"number": "828 555 0112"}}, {"id": "2", "value": {"kind": "home"}}]
    person = set(keys_of("people", {"name": "Ada Crowe", "phones": phones, "emails": [], "town": None}))
    assert {"p:8285550112", "w:ada", "w:crowe"} <= person
    assert "w:grange" in keys_of("organizations", {"name": "Alarka", "other_names": [{"id": "1", "value": "Grange"}]})
    assert keys_of("sign_ins", {"name_as_written": "Ada"}) == ()
