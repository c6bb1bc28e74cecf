"""Finding and listing: the beginnings of words, joined ones once, codes for good."""

import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model.codes import record_code
from outreach_app.operations.decisions import join, not_the_same
from outreach_app.operations.listing import listing
from outreach_app.operations.records import delete_record, undo_last
from outreach_app.store.near_words import near, note
from outreach_app.store.stores import Store


def make(store: Store, kind: str, *names: str, **more: object) -> list[str]:
    with store.writing(f"make_{kind}") as draft:
        return [draft.new(kind, {"name": name, **more}) for name in names]


def titles(store: Store, text: str, *kinds: str, limit: int = 20) -> list[str]:
    return [found.title for found in store.find(text, kinds, limit=limit)]


class TestFind:
    def test_by_the_beginnings_of_words_in_any_order_without_accents_or_case(self, laptop: Store) -> None:
        make(laptop, "people", "José Ñandú", "Mary O'Brien-Crowe", "Ada")
        for words in ("jose", "JOSÉ", "nandu jo", "ñan", "josé ñandú"):
            assert titles(laptop, words) == ["José Ñandú"], words
        for words in ("o'brien", "crowe mary", "bri cro", "O’Brien"):
            assert titles(laptop, words) == ["Mary O'Brien-Crowe"], words
        assert titles(laptop, "osé") == []

    @pytest.mark.parametrize("words", ["", "   ", "'", '"', "*", "-", "NEAR(", "kind : people", "ada OR x", "zq\x00xv"])
    def test_whatever_is_typed_is_words_and_no_command(self, laptop: Store, words: str) -> None:
        make(laptop, "people", "Ada")
        assert titles(laptop, words) == []
        if not words.strip(" '*-\""):
            assert titles(laptop, f"{words}(ada{words}") == ["Ada"]

    @pytest.mark.parametrize("kept", ["(828) 555-0112", "+18285550112", "8285550112", "828.555.0112", "1-828-555-0112"])
    def test_by_phone_however_it_is_typed_and_kept(self, laptop: Store, kept: str) -> None:
        make(laptop, "people", "Ada", phones=[{"number": kept}])
        make(laptop, "people", "Ben", phones=[{"number": "828 555 0199"}])
        typed = ("8285550112", "828 555 0112", "(828) 555-0112", "555-0112", "5550112", "+1 828 555 0112", "0112")
        for words in (*typed, "1 828 555 01 12", "18285550112", "ada 828 555", "828-555-0112 ada"):
            assert titles(laptop, words) == ["Ada"], words
            assert listing(laptop, "people", words).count == 1, words
        assert titles(laptop, "828 555") == ["Ada", "Ben"]
        assert titles(laptop, "828 556 0112") == []

    def test_titles_that_begin_so_come_first_then_by_kind_and_title(self, laptop: Store) -> None:
        make(laptop, "events", "Zoo day by the ada river")
        make(laptop, "people", "Crowe Ada", "Ada Zed", "Adah Crowe")
        make(laptop, "organizations", "Ada's Diner")
        assert titles(laptop, "ada") == [
            "Ada Zed",
            "Adah Crowe",
            "Ada's Diner",
            "Zoo day by the ada river",
            "Crowe Ada",
        ]
        assert titles(laptop, "ada", limit=4)[-1] == "Zoo day by the ada river"
        assert titles(laptop, "ada", limit=2) == ["Ada Zed", "Adah Crowe"]
        assert titles(laptop, "ada", "organizations") == ["Ada's Diner"]

    def test_a_title_that_holds_the_words_comes_before_what_holds_them_elsewhere(self, laptop: Store) -> None:
        make(laptop, "events", "Table after mass", venue_name="San Martín del Valle")
        make(laptop, "people", "Maren Delacey")
        assert titles(laptop, "mar del") == ["Maren Delacey", "Table after mass"]

    def test_a_title_that_begins_so_is_never_missed_among_many(self, laptop: Store) -> None:
        make(laptop, "people", *(f"Person Warm{number}" for number in range(600)))
        make(laptop, "people", "Warm Springs")
        assert titles(laptop, "warm", limit=5)[0] == "Warm Springs"

    def test_what_was_deleted_is_not_found_until_it_is_brought_back(self, laptop: Store) -> None:
        [record] = make(laptop, "people", "Ada")
        delete_record(laptop, "people", record)
        assert titles(laptop, "ada") == []
        undo_last(laptop)
        assert titles(laptop, "ada") == ["Ada"]

    def test_joined_ones_are_found_once_by_the_words_of_any(self, laptop: Store) -> None:
        [one], [other] = make(laptop, "people", "Ada Crowe"), make(laptop, "people", "Adelaide Crow")
        join(laptop, "people", one, other)
        assert [found.id for found in laptop.find("ada")] == [min(one, other)]
        assert [found.id for found in laptop.find("crow")] == [min(one, other)]
        undo_last(laptop)
        assert len(laptop.find("crow")) == 2

    def test_what_the_program_keeps_for_itself_is_not_found(self, laptop: Store) -> None:
        one, other = make(laptop, "people", "Ada", "Bo")
        not_the_same(laptop, "people", one, other)
        assert titles(laptop, "same") == titles(laptop, "people") == []

    def test_by_its_code(self, laptop: Store) -> None:
        [record] = make(laptop, "people", "Ada")
        assert titles(laptop, record_code(record)[:-1]) == ["Ada"]


class TestLists:
    def test_by_title_by_any_field_and_in_pages(self, laptop: Store) -> None:
        make(laptop, "people", "Émile", "adam", "Bo", town="Alarka")
        make(laptop, "people", "Zed")
        assert [view.title for view in laptop.list("people")] == ["adam", "Bo", "Émile", "Zed"]
        assert [view.title for view in laptop.list("people", order="-name", limit=2)] == ["Émile", "adam"]
        assert [view.title for view in laptop.list("people", limit=2, offset=2)] == ["Émile", "Zed"]
        assert laptop.count("people", {"town": "Alarka"}) == 3
        assert laptop.count("people", {"town": None}) == 1
        assert laptop.count("people", {"name": ("Bo", "Zed", "Nobody")}) == 2

    def test_a_page_of_a_list_holds_its_order_where_titles_are_alike(self, laptop: Store) -> None:
        made = make(laptop, "people", *(["Ada"] * 9))
        paged = [view.id for at in range(0, 9, 2) for view in laptop.list("people", limit=2, offset=at)]
        assert sorted(paged) == sorted(made)

    def test_what_points_at_one_of_several_that_stand_as_one_is_listed_for_all(self, laptop: Store) -> None:
        one, other = sorted(make(laptop, "people", "Ada", "Adah"))
        with laptop.writing("make_sign_ins") as draft:
            for person in (one, other):
                draft.new("sign_ins", {"person": person, "name_as_written": "A"})
        assert laptop.count("sign_ins", {"person": one}) == 1
        join(laptop, "people", one, other)
        assert laptop.count("sign_ins", {"person": one}) == laptop.count("sign_ins", {"person": other}) == 2
        assert [view.id for view in laptop.list("people")] == [one]
        undo_last(laptop)
        assert laptop.count("sign_ins", {"person": one}) == 1

    def test_of_a_list_field_what_it_holds_among_others(self, laptop: Store) -> None:
        first, second = make(laptop, "events", "Fair", "Clinic")
        [both] = make(laptop, "people", "Ada", met_at=[first, second], interests=["aging"])
        [one] = make(laptop, "people", "Bo", met_at=[second])
        [none] = make(laptop, "people", "Cy")
        listed = {
            name: {view.id for view in laptop.list("people", where)}
            for name, where in {
                "first": {"met_at": first},
                "second": {"met_at": second},
                "either": {"met_at": (first, second)},
                "never": {"met_at": None},
                "nothing": {"met_at": ()},
                "choice": {"interests": "aging", "met_at": second},
            }.items()
        }
        assert listed == {
            "first": {both},
            "second": {both, one},
            "either": {both, one},
            "never": {none},
            "nothing": set(),
            "choice": {both},
        }
        assert laptop.count("people", {"met_at": second}) == 2

    def test_a_list_of_partners_holds_joined_ones_under_any_of_their_ids(self, laptop: Store) -> None:
        one, other = make(laptop, "organizations", "Alarka Grange", "The Grange")
        [event] = make(laptop, "events", "Fair", co_hosts=[other])
        assert laptop.count("events", {"co_hosts": one}) == 0
        join(laptop, "organizations", one, other)
        assert [view.id for view in laptop.list("events", {"co_hosts": one})] == [event]

    def test_there_is_no_such_column(self, laptop: Store) -> None:
        for asked in ({"where": {"shoe_size": 9}}, {"order": "id; DROP TABLE people"}, {"where": {"id = id OR 1": 1}}):
            with pytest.raises(KeyError):
                laptop.list("people", **asked)

    def test_titles_of_what_a_record_points_at_come_with_it(self, laptop: Store) -> None:
        [event] = make(laptop, "events", "Fair")
        with laptop.writing("make_sign_ins") as draft:
            record = draft.new("sign_ins", {"event": event, "name_as_written": "Ada"})
        view = laptop.get("sign_ins", record)
        assert view is not None
        assert view.titles == {event: "Fair"}
        assert view.title == "Ada · Fair"

    def test_many_keeps_the_order_and_leaves_out_what_is_not_there(self, laptop: Store) -> None:
        one, other = make(laptop, "people", "Ada", "Bo")
        assert [view.id for view in laptop.many("people", [other, "none", one])] == [other, one]
        assert laptop.get("people", "none") is None


class TestCodes:
    def test_a_code_on_paper_finds_its_record_after_it_was_joined(self, laptop: Store) -> None:
        one, other = sorted(make(laptop, "people", "Ada", "Adah"))
        join(laptop, "people", one, other)
        for record in (one, other):
            found = laptop.by_code("people", record_code(record))
            assert found is not None
            assert found.id == one

    def test_a_code_of_another_kind_or_of_what_was_deleted_finds_nothing(self, laptop: Store) -> None:
        [record] = make(laptop, "people", "Ada")
        assert laptop.by_code("events", record_code(record)) is None
        delete_record(laptop, "people", record)
        assert laptop.by_code("people", record_code(record)) is None


class TestLookups:
    def test_by_ranges_of_keys_until_there_are_enough(self, laptop: Store) -> None:
        make(laptop, "people", *(f"Ada Crowe{letter}" for letter in "abcdefgh"), emails=["ada@example.org"])
        found = laptop.looked_up("people", [("e:ada", "e:adb"), ("w:ada", "w:adb")], enough=3)
        assert len(found) == 3
        assert laptop.looked_up("organizations", [("w:ada", "w:adb")]) == []

    def test_of_joined_ones_the_head_is_given_once(self, laptop: Store) -> None:
        one, other = make(laptop, "people", "Ada Crowe", "Ada Crow", emails=["ada@example.org"])
        join(laptop, "people", one, other)
        head = min(one, other)
        assert [view.id for view in laptop.looked_up("people", [("e:ada", "e:adb")])] == [head]

    def test_an_old_phone_is_looked_up_no_more(self, laptop: Store) -> None:
        [record] = make(laptop, "people", "Ada", emails=["ada@example.org"])
        with laptop.writing("edit_people") as draft:
            draft.set("people", record, "emails", ["other@example.org"])
        assert laptop.looked_up("people", [("e:ada", "e:adb")]) == []
        assert len(laptop.looked_up("people", [("e:other", "e:othes")])) == 1
        delete_record(laptop, "people", record)
        assert laptop.looked_up("people", [("e:other", "e:othes")]) == []


class TestTitles:
    def test_a_new_name_travels_to_all_that_show_it(self, laptop: Store) -> None:
        [event], [person] = make(laptop, "events", "Fair"), make(laptop, "people", "Ada")
        with laptop.writing("make_sign_ins") as draft:
            sign_in = draft.new("sign_ins", {"event": event, "person": person, "name_as_written": "A. C."})
            consent = draft.new("consents", {"person": person, "channel": "phone", "state": "granted"})
        with laptop.writing("edit_people") as draft:
            draft.set("people", person, "name", "Nanye'hi")
        assert {found.id for found in laptop.find("nanye")} == {person, sign_in, consent}
        with laptop.writing("edit_events") as draft:
            draft.set("events", event, "name", "Tsali Day")
        view = laptop.get("sign_ins", sign_in)
        assert view is not None
        assert view.title == "A. C. · Tsali Day"
        assert {found.id for found in laptop.find("tsali")} == {event, sign_in}
        assert laptop.find("fair") == laptop.find("ada") == []
        assert laptop.check().healthy

    def test_what_arrives_before_what_it_points_at_is_named_when_that_comes(self, laptops: list[Store]) -> None:
        from tests.helpers.memories import all_changes

        ada, ben, _ = laptops
        [event] = make(ada, "events", "Fair")
        ben.apply(all_changes(ada))
        with ben.writing("make_sign_ins") as draft:
            sign_in = draft.new("sign_ins", {"event": event, "name_as_written": "A"})
        cora = laptops[2]
        cora.apply([change for change in all_changes(ben) if change.author == ben.worker])
        early = cora.get("sign_ins", sign_in)
        assert early is not None
        assert early.title == "A"
        cora.apply(all_changes(ada))
        late = cora.get("sign_ins", sign_in)
        assert late is not None
        assert late.title == "A · Fair"
        assert cora.check().healthy

    def test_a_very_long_title_is_cut(self, laptop: Store) -> None:
        [record] = make(laptop, "people", "Ada " * 60)
        view = laptop.get("people", record)
        assert view is not None
        assert len(view.title) <= 120
        assert view.title.endswith("…")


class TestFindEach:
    def test_of_every_kind_a_few_and_none_crowds_the_others_out(self, laptop: Store) -> None:
        make(laptop, "people", *(f"Warm Person {number:03}" for number in range(500)))
        make(laptop, "organizations", "The Warm Hearth", "Warmth Inc.")
        make(laptop, "events", "Warm Springs fair", "A warm evening")
        found = laptop.find_each("warm", each=3, limit=7)
        assert [one.kind for one in found] == ["events"] * 2 + ["people"] * 3 + ["organizations"] * 2
        assert [one.title for one in found if one.kind == "organizations"] == ["Warmth Inc.", "The Warm Hearth"]
        assert len(laptop.find_each("warm", each=3, limit=2)) == 2

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("quemby", "Rosa Quimby"),
            ("qiumby", "Rosa Quimby"),
            ("quimbby", "Rosa Quimby"),
            ("rosa quinby", "Rosa Quimby"),
            ("uimby", "Rosa Quimby"),
            ("zrro", "Zorro Ñandú"),
            ("nandi", "Zorro Ñandú"),
            ("thadeus", "Thaddeus Oxendine"),
            ("thadeus oxendene", "Thaddeus Oxendine"),
        ],
    )
    def test_a_slip_of_the_fingers_finds_who_was_meant(self, laptop: Store, typed: str, meant: str) -> None:
        make(laptop, "people", "Rosa Quimby", "Zorro Ñandú", "Thaddeus Oxendine", "Ada Crowe")
        assert [(one.title, one.near) for one in laptop.find_each(typed)] == [(meant, True)]

    def test_what_is_spelled_so_comes_before_what_is_nearly(self, laptop: Store) -> None:
        make(laptop, "people", "Marla Hand", "Marta Hand")
        assert [(one.title, one.near) for one in laptop.find_each("marta")] == [
            ("Marta Hand", False),
            ("Marla Hand", True),
        ]
        assert laptop.find_each("xylophone") == laptop.find_each("mrt") == laptop.find_each(" ") == []


@given(st.text("abcdefghij", min_size=5, max_size=14), st.data())
def test_any_one_slip_in_a_word_is_near_it(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijz"))
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    slips = (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped)
    with closing(sqlite3.connect(":memory:")) as driver:
        driver.execute("CREATE TABLE near_words (key TEXT, word TEXT, PRIMARY KEY (key, word)) WITHOUT ROWID")
        connection = SimpleNamespace(connection=SimpleNamespace(driver_connection=driver))
        note(connection, [word, "another", "words"])  # type: ignore[arg-type]
        for slip in slips:
            assert word in near(connection, slip), slip  # type: ignore[arg-type]
