"""The tables of first names are there, folded, and mean what they should."""

from outreach_app.matching.given_names import full_forms, is_given_name, names_for, same_or_short, short_forms


def test_both_languages_are_there() -> None:
    assert {"bob", "rob"} <= short_forms()["robert"]
    assert {"paco", "pancho"} <= short_forms()["francisco"]
    assert "francisco" in full_forms()["paco"]
    assert len(short_forms()) > 1000


def test_all_are_folded_words() -> None:
    words = set(short_forms()) | set(full_forms())
    assert all(word.isascii() and word == word.lower() and " " not in word for word in words)


def test_same_or_short_has_no_direction_and_no_chains() -> None:
    assert same_or_short("lupe", "guadalupe")
    assert same_or_short("guadalupe", "lupe")
    assert not same_or_short("christine", "christopher")  # both are Chris; they are not each other
    assert not same_or_short("robert", "bill")
    assert names_for("nobodysname") == {"nobodysname"}
    assert is_given_name("elena")
    assert not is_given_name("oxendine")
