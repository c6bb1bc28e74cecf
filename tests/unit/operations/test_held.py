"""What is held is written anew: two contents of one number beside each other, and each in the place of its own."""

from outreach_app.journal.changes import Change, Slot, Write, WriteId
from outreach_app.model.identifiers import new_id
from outreach_app.operations.held import written_anew

RUN, RECORD = bytes(16), new_id()


def test_two_contents_of_one_number_are_both_written() -> None:
    """A laptop was copied while it ran, both copies wrote on, and then both were given up."""
    one, other = _changed("Alarka"), _changed("Bryson City")
    made = written_anew([[one], [other]], [one, other])
    assert {write.value for write in made} == {"Alarka", "Bryson City"}
    assert all(write.replaces == (WriteId(RUN, 2),) for write in made)


def test_what_one_of_them_replaced_of_itself_stays_gone() -> None:
    one, other = _changed("Alarka"), _changed("Bryson City")
    later = _changed("Cherokee", number=3, replaces=(WriteId(RUN, 2),))
    made = written_anew([[one, later], [other]], [one, later, other])
    assert {write.value for write in made} == {"Cherokee", "Bryson City"}


def _changed(town: str, number: int = 1, replaces: tuple[WriteId, ...] = ()) -> Change:
    salt = town.encode().ljust(16)
    write = Write(WriteId(RUN, number + 1), Slot("people", RECORD, "town"), town, replaces, salt)
    return Change(WriteId(RUN, number), "everyone", "Ben", bytes(16), 1, "live", "edit_people", (write,))
