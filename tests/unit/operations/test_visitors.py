"""A visitor alone: always somebody new, no name to what they say, and nothing but what is true is promised."""

from outreach_app.operations.consents import allowed_channels
from outreach_app.operations.records import make_record
from outreach_app.operations.settings import change_settings
from outreach_app.operations.sign_ins import NewSignIn
from outreach_app.operations.visitors import hear_visitor, join_groups, promises, sign_in_visitor
from outreach_app.store.stores import Store

PHONE = ({"number": "828 555 0133"},)


def test_whoever_signs_in_alone_is_somebody_new_with_their_own_consent(laptop: Store, event: str) -> None:
    known, _changes = make_record(laptop, "people", {"name": "Tomás Arroyo"})
    group, _changes = make_record(laptop, "groups", {"name": "Youth Council"})
    made = sign_in_visitor(
        laptop, NewSignIn(event, "Tomás Arroyo", known, phones=PHONE, consents={"phone": "granted"}, groups=(group,))
    )
    assert made.person != known
    assert allowed_channels(laptop, made.person) == {"phone": "granted"}
    (consent,) = laptop.list("consents", {"person": made.person})
    assert (consent.values["how"], consent.source) == ("kiosk", "kiosk")
    (entry,) = laptop.list("sign_ins", {"event": event})
    assert (entry.values["status"], entry.source) == ("walk_in", "kiosk")
    (wish,) = laptop.list("interests")
    assert (wish.values["person"], wish.values["group"], wish.values["state"]) == (made.person, group, "asked")


def test_what_a_visitor_says_has_no_name_and_a_code(laptop: Store, event: str) -> None:
    code, _changes = hear_visitor(laptop, event, "La van solo viene los martes.", "es", "yes")
    (note,) = laptop.list("feedback")
    values = note.values
    assert (values["slip_code"], values["said_by"], values["language"], values["may_share"]) == (
        code,
        None,
        "es",
        "yes",
    )
    assert (note.source, len(code)) == ("kiosk", 7)
    hear_visitor(laptop, event, "The road floods.", "en", "")
    assert laptop.list("feedback", order="-made_at")[0].values["may_share"] == "not_asked"


def test_who_has_signed_in_may_ask_to_join_afterwards(laptop: Store, event: str) -> None:
    groups = tuple(make_record(laptop, "groups", {"name": name})[0] for name in ("Care", "Youth"))
    person = sign_in_visitor(laptop, NewSignIn(event, "Ada")).person
    changes = join_groups(laptop, event, person, groups)
    wishes = laptop.list("interests", {"person": person})
    assert {wish.values["group"] for wish in wishes} == {*groups}
    assert changes.kinds == {"interests"}


def test_it_promises_what_the_department_says_of_itself(laptop: Store) -> None:
    told = promises(laptop, ("en", "es"))
    assert (told.department, told.contact, told.read_by) == (laptop.department, "", {"en": "", "es": ""})
    change_settings(laptop, {"name": "Swain Health", "reach": "a@b.example", "read_by": "Our three nurses read it"})
    told = promises(laptop, ("en", "es"))
    assert (told.department, told.contact) == ("Swain Health", "a@b.example")
    assert told.read_by == {"en": "Our three nurses read it", "es": "Our three nurses read it"}
