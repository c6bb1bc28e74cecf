"""What a season leaves behind is the same when it comes back: notes added later, other time zones, two partners of one
name, people joined, addresses whose line could be read otherwise."""

from pathlib import Path

import pytest

from outreach_app.operations.decisions import join
from outreach_app.operations.directories import import_directory
from outreach_app.operations.exporting_files import export
from outreach_app.operations.importing import import_path
from outreach_app.operations.leaving import Wanted
from outreach_app.store.stores import Store

CSV = ("people", "organizations", "events")


@pytest.fixture
def season(laptop: Store) -> Store:
    """A store in which all of that was written."""
    with laptop.writing("make") as draft:
        address = {
            "kind": "physical",
            "name": "Rescue",
            "street": "10 Oak St, 2nd Floor",
            "town": "Sylva",
            "state": "NC",
        }
        rescue = draft.new("organizations", {"name": "Rescue", "addresses": [address], "notes": "Ring twice."})
        other = draft.new("organizations", {"name": "Rescue", "services_offered": ["Rides"], "languages": ["es"]})
        one = draft.new("people", {"name": "Ada Crowe", "phones": [{"number": "828 555 0101"}]})
        two = draft.new("people", {"name": "Ada Crowe", "emails": ["ada@x.example"]})
        draft.new("affiliations", {"person": one, "organization": other, "job_title": "Driver"})
        draft.new("affiliations", {"person": two, "organization": rescue, "job_title": "Cook"})
        draft.new("events", {"name": "Fair", "starts": "2026-10-07T18:00:00-07:00", "notes": "Bring chairs."})
    with laptop.writing("add") as draft:
        draft.append("organizations", rescue, "notes", "Ask for Tom.\nNot on Mondays.")
    join(laptop, "people", one, two)
    return laptop


@pytest.mark.parametrize("form", ["google", "outlook", "civicrm", *CSV])
def test_in_a_table(season: Store, tmp_path: Path, form: str) -> None:
    wanted = Wanted(form="csv", lists=(form,)) if form in CSV else Wanted(form=form)
    export(season, tmp_path / "out.csv", wanted)
    (account,) = import_path(season, tmp_path / "out.csv").files
    assert account.error is None
    assert all(rows.same == rows.read for rows in account.rows.values()), account
    assert account.change is None


def test_in_the_directory(season: Store, tmp_path: Path) -> None:
    export(season, tmp_path / "out.zip", Wanted(form="hsds"))
    accounts = import_directory(season, tmp_path / "out.zip")
    assert all(rows.same == rows.read for account in accounts for rows in account.rows.values()), accounts
    assert all(account.change is None for account in accounts)
