"""One attendance signed in twice is proposed once."""

from outreach_app.matching.sign_ins import SignInFacts, duplicate_sign_ins


def pairs(*sign_ins: SignInFacts) -> list[tuple[str, str, bool]]:
    return [(pair.a, pair.b, pair.certain) for pair in duplicate_sign_ins(sign_ins)]


def test_same_person_at_the_same_event() -> None:
    assert pairs(SignInFacts("b", "fair", "ada"), SignInFacts("a", "fair", "ada")) == [("a", "b", True)]


def test_another_event_or_person_is_another_attendance() -> None:
    assert (
        pairs(SignInFacts("a", "fair", "ada"), SignInFacts("b", "hall", "ada"), SignInFacts("c", "fair", "tom")) == []
    )


def test_the_same_name_as_written_is_for_a_person_to_decide() -> None:
    written = SignInFacts("a", "fair", name="Crowe, Ada"), SignInFacts("b", "fair", name="ada  crowe")
    assert pairs(*written) == [("a", "b", False)]


def test_a_first_name_or_nothing_written_is_anybody() -> None:
    assert pairs(SignInFacts("a", "fair", name="Ada"), SignInFacts("b", "fair", name="Ada")) == []
    assert pairs(SignInFacts("a", "fair", name="A. Crowe"), SignInFacts("b", "fair", name="A. Crowe")) == []
    assert pairs(SignInFacts("a", "fair"), SignInFacts("b", "fair")) == []
    assert pairs(SignInFacts("a", "", "ada"), SignInFacts("b", "", "ada")) == []
    jr = SignInFacts("a", "fair", name="Roy Crowe Jr."), SignInFacts("b", "fair", name="Roy Crowe")
    assert pairs(*jr) == []


def test_three_make_two_pairs_with_the_first() -> None:
    three = [SignInFacts(one, "fair", "ada") for one in "cab"]
    assert pairs(*three) == [("a", "b", True), ("a", "c", True)]


def test_what_somebody_decided_is_not_proposed_again() -> None:
    two = [SignInFacts(one, "fair", "ada") for one in "ab"]
    assert duplicate_sign_ins(two, {frozenset("ab")}) == []
