"""Clocks that cannot be right and what was set aside: told once, stopping nobody, until noted or gone."""

from contextlib import closing

import pytest

from outreach_app.journal.clock import DAY, Clock
from outreach_app.operations.deciding import in_words
from outreach_app.operations.decisions import note
from outreach_app.store.decisions import Decision
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes, memory

YEAR = 365 * DAY


def write(store: Store, *names: str) -> None:
    for name in names:
        with store.writing("make_people") as draft:
            draft.new("people", {"name": name})


def notices(store: Store) -> list[tuple[str, str, int]]:
    return [(each.what, each.title, len(each.lines)) for each in store.decisions() if each.lines]


def only(store: Store) -> Decision:
    [decision] = store.decisions()
    return decision


class TestOddClocks:
    @pytest.mark.parametrize(("off", "said"), [(10 * YEAR, "a day ahead"), (-10 * YEAR, "long before this program")])
    def test_a_clock_ten_years_off_is_told_once_and_stops_nothing(self, laptop: Store, off: int, said: str) -> None:
        with closing(memory("Ben Squirrel", clock=Clock(lambda: Clock().now() + off))) as wrong:
            write(wrong, "Mae", "Bo", "Cy")
            assert laptop.apply(all_changes(wrong)).new == 3
        assert laptop.count("people") == 3
        assert notices(laptop) == [("clock", "Ben Squirrel", 1)]
        assert laptop.decision_counts() == {"conflicts": 0, "duplicates": 0, "notices": 1}
        assert said in in_words(only(laptop).lines[0], "clock")

    def test_one_set_back_while_it_was_open(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        write(ben, "Mae", "Bo")
        first, second = (change for change in all_changes(ben) if change.verb != "found")
        ada.apply([first])
        back = second.__class__(
            **{**{name: getattr(second, name) for name in second.__slots__}, "clock": first.clock - 9}
        )
        ada.apply([back])
        assert notices(ada) == [("clock", ben.worker, 1)]
        assert "was set back" in in_words(only(ada).lines[0], "clock")

    def test_noted_on_one_laptop_it_is_noted_on_all_and_a_new_one_is_told(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        with closing(memory("Cora Toineeta", clock=Clock(lambda: Clock().now() + YEAR))) as wrong:
            write(wrong, "Mae")
            for store in (ada, ben):
                store.apply(all_changes(wrong))
            note(ada, only(ada))
            ben.apply(all_changes(ada))
            assert (notices(ada), notices(ben)) == ([], [])
            ada.undo(ada.recent(1)[0].id)
            assert notices(ada) == [("clock", "Cora Toineeta", 1)]
            wrong._runs.clear()  # it is opened again
            write(wrong, "Bo")
            ben.apply(all_changes(wrong))
            assert notices(ben) == [("clock", "Cora Toineeta", 1)]

    def test_a_right_clock_is_not_told(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        write(ben, "Mae", "Bo")
        ada.apply(all_changes(ben))
        assert (notices(ada), notices(ben)) == ([], [])


class TestSetAside:
    LINES = (("People, row 3", "It has no name."), ("People, row 9", "It has no name."))

    def test_the_rows_of_a_workbook_are_one_thing_to_note(self, laptop: Store) -> None:
        laptop.set_aside("row", "June.xlsx", "June.xlsx", self.LINES)
        assert notices(laptop) == [("row", "June.xlsx", 2)]
        assert in_words(only(laptop).lines[0], "row") == "People, row 3: It has no name."
        note(laptop, only(laptop))
        assert notices(laptop) == []

    def test_what_is_set_aside_no_longer_is_gone_and_what_is_new_waits(self, laptop: Store) -> None:
        laptop.set_aside("file", "carrier", "USB", self.LINES)
        since = only(laptop).lines[0].at
        note(laptop, only(laptop))
        laptop.set_aside("file", "carrier", "USB", [self.LINES[0], ("a", "It was cut short.")])
        assert [(line.name, line.reason) for line in only(laptop).lines] == [("a", "It was cut short.")]
        laptop.undo(laptop.recent(1)[0].id)
        assert {line.name: line.at for line in only(laptop).lines}["People, row 3"] == since
        laptop.set_aside("file", "carrier", "USB", [])
        assert notices(laptop) == []

    def test_of_another_carrier_nothing_is_forgotten(self, laptop: Store) -> None:
        laptop.set_aside("file", "one", "USB", self.LINES)
        laptop.set_aside("file", "other", "Share", [])
        assert notices(laptop) == [("file", "USB", 2)]

    def test_names_that_no_letters_are_for_are_kept_as_signs(self, laptop: Store) -> None:
        laptop.set_aside("row", "week\udce9.xlsx", "week\udce9.xlsx", [("a\udce9", "It was cut short.")])
        assert notices(laptop) == [("row", "week\ufffd.xlsx", 1)]
        laptop.set_aside("row", "week\udce9.xlsx", "week\udce9.xlsx", [])
        assert notices(laptop) == []
