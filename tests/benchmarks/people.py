"""Stores full of made-up people, for the benchmarks that need many. The same people every time."""

import random
import shutil
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outreach_app.model.vocabularies import vocabulary

if TYPE_CHECKING:
    from outreach_app.store.stores import Store

PASSPHRASE = "a passphrase"
BATCH = 2_000  # people a change
PARTS = (
    "ba",
    "cor",
    "den",
    "el",
    "fa",
    "gar",
    "hol",
    "in",
    "ja",
    "ker",
    "lo",
    "mar",
    "no",
    "ox",
    "pe",
    "ra",
    "sen",
    "ti",
    "vo",
    "win",
)
GIVEN = (
    "Ada",
    "Ben",
    "Carmen",
    "Dewey",
    "Elena",
    "Faye",
    "Guadalupe",
    "Harold",
    "Inez",
    "José",
    "Kay",
    "Luz",
    "Mae",
    "Nils",
)
TOWNS = (
    "Bryson City",
    "Cherokee",
    "Robbinsville",
    "Hayesville",
    "Murphy",
    "Franklin",
    "Sylva",
    "Burns",
    "John Day",
    "Lakeview",
)


def values(rng: random.Random, number: int) -> dict[str, Any]:
    """One person as typed: a name always, a phone and an e-mail for some."""
    given = f"{rng.choice(GIVEN)} {rng.choice(PARTS).title()}{rng.choice(PARTS)}"
    family = "".join(rng.choice(PARTS) for _ in range(3)).title()
    typed: dict[str, Any] = {"name": f"{given} {family}", "town": rng.choice(TOWNS)}
    if rng.random() < 0.62:
        typed["phones"] = [{"number": f"{rng.randrange(201, 989)} 555 01{number % 100:02}", "kind": "mobile"}]
    if rng.random() < 0.34:
        typed["emails"] = [f"{family}{number}@example.org".lower()]
    return typed


def whole_values(rng: random.Random, number: int) -> dict[str, Any]:
    """One person of whom everything is known: as wide as a row gets."""
    typed = values(rng, number)
    given, family = typed["name"].rsplit(" ", 1)
    return typed | {
        "given_name": given,
        "family_name": family,
        "pronouns": rng.choice(("she/her", "he/him", "they/them")),
        "phones": [{"number": f"828 555 01{number % 100:02}", "kind": "mobile", "text_ok": number % 3 == 0}],
        "emails": [f"{family}{number}@example.org".lower()],
        "preferred_language": rng.choice(("en", "es")),
        "preferred_contact": rng.choice(vocabulary("contact_ways").codes),
        "street": f"{number % 997} Creek Road",
        "state": "NC",
        "zip": f"28{number % 1000:03}",
        "county": "37173",
        "interests": rng.sample(vocabulary("interest_areas").codes, 3),
        "notes": "Asked about rides to the clinic, and who pays for them.",
    }


def people(size: int) -> Iterator[Mapping[str, Any]]:
    """So many people as typed."""
    rng = random.Random(size)
    return (values(rng, number) for number in range(size))


def fill(store: "Store", people: Iterable[Mapping[str, Any]], together: int = BATCH) -> None:
    """Put people into a store, so many to a change."""
    waiting = iter(people)
    while batch := list(islice(waiting, together)):
        with store.writing("fill") as draft:
            for typed in batch:
                draft.new("people", typed)


def filled(folder: Path, size: int, *, whole: bool = False) -> Path:
    """A copy, in ``folder``, of a store with ``size`` people and one event; made once a run, beside the folder."""
    from outreach_app.operations.events import plan_event
    from outreach_app.operations.spaces import new_store
    from outreach_app.store.keys import DEMO_COST

    made = folder.parent / f"{'whole' if whole else 'few'}-{size}"
    if not made.exists():
        rng = random.Random(size)
        store = new_store(made, PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST)
        plan_event(store, {"name": "Fire hall, Alarka", "starts": "2026-10-03T18:00:00-04:00"})
        make = whole_values if whole else values
        fill(store, (make(rng, number) for number in range(size)))
        store.close()
    return Path(shutil.copytree(made, folder / "store"))
