"""What a county asked before: released words alone, of the rest the themes, and never what is sensitive."""

from outreach_app.operations.county_heard import answered_here
from outreach_app.operations.events import plan_event
from outreach_app.operations.feedback import NewFeedback, record_feedback, respond
from outreach_app.operations.sharing import release
from outreach_app.store.stores import Store

SWAIN, GRAHAM = "37173", "37075"


def heard(store: Store, event: str, words: str, decided: str, **more: object) -> str:
    made, _changes = record_feedback(store, NewFeedback(words, event, may_share="yes", **more))
    respond(store, made, state="done", decided=decided)
    return made


def test_the_county_hears_what_became_of_what_it_asked(laptop: Store) -> None:
    earlier, coming = (
        plan_event(laptop, {"name": name, "county": SWAIN})[0] for name in ("Fire hall", "Fire hall again")
    )
    elsewhere, _changes = plan_event(laptop, {"name": "Fair", "county": GRAHAM})
    theme = next(view for view in laptop.list("themes") if view.values["parent"])
    van = heard(laptop, earlier, "Mabel Crowe asks for the van twice a week", "From January, Tuesdays and Fridays.")
    release(laptop, van, "Could the van run twice a week?", ())
    heard(laptop, earlier, "My neighbor is ill", "A nurse comes on Mondays.", themes=(theme.id,))
    heard(laptop, earlier, "He takes her money", "We looked into it.", sensitive=True, themes=(theme.id,))
    heard(laptop, elsewhere, "The road floods", "It is mended.", themes=(theme.id,))
    heard(laptop, earlier, "No theme, not released", "Nothing.")
    record_feedback(laptop, NewFeedback("Not answered", earlier))
    found = answered_here(laptop, coming)
    assert [(each.words, each.decided) for each in found] == [
        ("", "A nurse comes on Mondays."),
        ("Could the van run twice a week?", "From January, Tuesdays and Fridays."),
    ]
    assert found[0].themes == (theme.title,)
    respond(laptop, van, told_back_on="2026-10-03")
    assert answered_here(laptop, coming, 2)[1].told_back_on == "2026-10-03"
    nowhere, _changes = plan_event(laptop, {"name": "Somewhere"})
    assert answered_here(laptop, nowhere) == []
