"""Drafts: each worker's own, the latest last, kept until they are saved, and gone without a trace then."""

from sqlalchemy import event

from outreach_app.operations.drafts import Draft, Place, add_waiting, drop_draft, keep_draft, kept_draft, kept_drafts
from outreach_app.store.stores import Store

HERE = Place("to_feedback e1", "Piece of feedback", "event", {"event": "e1", "way": "to_feedback"})
THERE = Place("record people p1", "Person", "record", {"kind": "people", "record": "p1"})


def test_a_draft_is_found_with_its_place_and_when_it_was_typed(laptop: Store) -> None:
    before = laptop.clock.now()
    keep_draft(laptop, THERE, Draft({"name": "Ada"}))
    keep_draft(laptop, HERE, Draft({"words": "The van"}, [{"words": "The clinic"}]))
    keep_draft(laptop, THERE, Draft({"name": "Ada Crowe"}))
    assert [(kept.place, kept.draft.typed) for kept in kept_drafts(laptop)] == [
        (HERE, {"words": "The van"}),
        (THERE, {"name": "Ada Crowe"}),
    ]
    found = kept_draft(laptop, HERE)
    assert found is not None
    assert (found.draft.waiting, found.when >= before) == ([{"words": "The clinic"}], True)


def test_each_worker_of_a_laptop_finds_their_own_alone(laptop: Store) -> None:
    keep_draft(laptop, HERE, Draft({"words": "The van"}))
    mine, laptop.worker = laptop.worker, "Ben Arch"
    assert (kept_drafts(laptop), kept_draft(laptop, HERE)) == ([], None)
    keep_draft(laptop, HERE, Draft({"words": "The clinic"}))
    drop_draft(laptop, HERE)
    laptop.worker = mine
    assert [kept.draft.typed for kept in kept_drafts(laptop)] == [{"words": "The van"}]


def test_what_could_not_be_saved_waits_beside_what_is_typed(laptop: Store) -> None:
    keep_draft(laptop, HERE, Draft({"words": "The van"}))
    for words in ("The clinic", "The road"):
        add_waiting(laptop, HERE, {"words": words})
    kept = kept_draft(laptop, HERE)
    assert kept is not None
    assert kept.draft == Draft({"words": "The van"}, [{"words": "The clinic"}, {"words": "The road"}])


def test_what_is_gone_was_written_over(laptop: Store) -> None:
    """Each time a draft grows, and when it is saved: SQLite is told to leave nothing of what it lets go."""
    told: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        told.append(statement)

    engine = laptop._database._engine
    event.listen(engine, "before_cursor_execute", hear)
    keep_draft(laptop, HERE, Draft({"words": "Somebody takes"}))
    keep_draft(laptop, HERE, Draft())
    event.remove(engine, "before_cursor_execute", hear)
    assert told.count("PRAGMA secure_delete = ON") == 2
    assert kept_draft(laptop, HERE) is None
    assert laptop.settings_under("draft") == {}
