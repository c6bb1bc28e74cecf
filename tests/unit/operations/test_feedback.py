"""What people said is kept as they said it, and moves on from heard to told back."""

import pytest

from outreach_app.model.errors import BadInput, NotFound
from outreach_app.operations.feedback import NewFeedback, agree, record_feedback, respond
from outreach_app.operations.overviews import CIRCLE, circle, heard_by_theme
from outreach_app.operations.records import delete_record, edit_record, undo_last
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.memories import all_changes


def view(store: Store, kind: str, record: str) -> View:
    found = store.get(kind, record)
    assert found is not None
    return found


def theme(store: Store, at: int = 0) -> str:
    return store.list("themes")[at].id


def test_the_words_alone_save_and_nobody_is_named(laptop: Store) -> None:
    made, changes = record_feedback(laptop, NewFeedback("  The road floods.\n"))
    values = view(laptop, "feedback", made).values
    assert values["verbatim"] == "The road floods."
    assert (values["said_by"], values["may_share"], values["sensitive"], values["several_agreed"]) == (
        None,
        "not_asked",
        None,
        None,
    )
    assert changes.records == {"feedback": frozenset({made})}


@pytest.mark.parametrize("words", ["", " \n "])
def test_it_takes_words(laptop: Store, words: str) -> None:
    before = all_changes(laptop)
    with pytest.raises(BadInput, match="Nothing was written"):
        record_feedback(laptop, NewFeedback(words))
    assert all_changes(laptop) == before


def test_all_that_was_noted_beside_the_words(laptop: Store, event: str) -> None:
    new = NewFeedback(
        "El camino se inunda.",
        *(event, "es", "problem", (theme(laptop), theme(laptop, 1)), "", "yes", 3, "card", "negative"),
        sensitive=True,
        page=1,
        line=4,
        source="paper",
    )
    whole = view(laptop, "feedback", record_feedback(laptop, new)[0])
    assert (whole.values["language"], whole.values["several_agreed"], whole.source) == ("es", 3, "paper")
    assert whole.elements("themes") == [theme(laptop), theme(laptop, 1)]
    assert (whole.values["themes_version"], whole.values["sensitive"], whole.values["sheet_line"]) == (1, True, 4)


def test_what_was_said_is_never_altered(laptop: Store) -> None:
    made, _ = record_feedback(laptop, NewFeedback("The rode floods."))
    edit_record(laptop, "feedback", made, {"verbatim": "The road floods."})
    assert view(laptop, "feedback", made).values["verbatim"] == "The rode floods.\nThe road floods."
    edit_record(laptop, "feedback", made, {"verbatim": None})
    assert view(laptop, "feedback", made).values["verbatim"].startswith("The rode floods.")


def test_several_agree(laptop: Store) -> None:
    made, _ = record_feedback(laptop, NewFeedback("The road floods."))
    agree(laptop, made)
    agree(laptop, made, 2)
    assert view(laptop, "feedback", made).values["several_agreed"] == 3
    undo_last(laptop)
    assert view(laptop, "feedback", made).values["several_agreed"] == 1
    with pytest.raises(NotFound):
        agree(laptop, "none")


class TestCircle:
    def test_one_answer_for_each_moves_on(self, laptop: Store) -> None:
        made, _ = record_feedback(laptop, NewFeedback("The road floods."))
        reached = [circle(laptop)]
        edit_record(laptop, "feedback", made, {"themes": [theme(laptop)]})
        reached.append(circle(laptop))
        answers = set()
        for state in ("passed_on", "done", "told_back"):
            answers.add(respond(laptop, made, state=state)[0])
            reached.append(circle(laptop))
        assert len(answers) == 1
        assert [sum(each.values()) for each in reached] == [1, 2, 3, 4, 5]
        assert tuple(reached[-1]) == CIRCLE
        undo_last(laptop)
        assert circle(laptop)["told_back"] == 0

    def test_what_it_says_grows(self, laptop: Store) -> None:
        made, _ = record_feedback(laptop, NewFeedback("The road floods."))
        answer, _ = respond(laptop, made, state="passed_on", passed_to="Roads")
        respond(laptop, made, state="done", decided="A culvert in May.")
        values = view(laptop, "responses", answer).values
        assert (values["state"], values["passed_to"], values["decided"]) == ("done", "Roads", "A culvert in May.")

    def test_an_answer_to_what_is_not_here_is_refused(self, laptop: Store) -> None:
        with pytest.raises(NotFound):
            respond(laptop, "01a200d0-8bea-77c6-b31b-f44dd6ccbdeb", state="done")
        assert laptop.count("responses") == 0

    def test_feedback_that_was_deleted_is_nowhere_in_it(self, laptop: Store) -> None:
        made, _ = record_feedback(laptop, NewFeedback("The road floods.", themes=(theme(laptop),)))
        respond(laptop, made, state="told_back")
        delete_record(laptop, "feedback", made)
        assert set(circle(laptop).values()) == {0}
        assert heard_by_theme(laptop) == ()


def test_themes_most_heard_first(laptop: Store) -> None:
    one, other = laptop.list("themes")[:2]
    for themes in ((one.id,), (other.id, one.id), (other.id,), (other.id, other.id)):
        record_feedback(laptop, NewFeedback("x", themes=themes))
    assert heard_by_theme(laptop) == ((other.id, other.title, 3), (one.id, one.title, 2))
