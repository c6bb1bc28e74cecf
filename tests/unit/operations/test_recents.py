"""What somebody had to do with lately: opened first, then saved, and neither what is gone nor whole lists."""

from outreach_app.operations.events import plan_event
from outreach_app.operations.recents import recent
from outreach_app.operations.records import delete_record, make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store


def test_what_was_opened_comes_before_what_was_saved(laptop: Store) -> None:
    event, _changes = plan_event(laptop, {"name": "Fair"})
    sign_in(laptop, NewSignIn(event, "Ada Crowe"))
    gone, _changes = make_record(laptop, "people", {"name": "Ben"})
    delete_record(laptop, "people", gone)
    with laptop.writing("fill") as draft:
        for number in range(50):
            draft.new("people", {"name": f"Person {number}"})
    found = recent(laptop, [("events", event), ("people", gone)])
    assert [one.title for one in found] == ["Fair", "Person 0", "Person 1", "Ada Crowe"]
    assert recent(laptop, [], limit=1)[0].title == "Person 0"
