"""Words are released with the name of who read them, and no others in their place."""

from hypothesis import assume, given
from hypothesis import strategies as st

from outreach_app.model.reviewed_texts import is_reviewed, reviewed

words = st.text(min_size=1).filter(str.split)


@given(words, words, st.text())
def test_the_words_that_were_read_are_and_no_others(read: str, others: str, by: str) -> None:
    assume(read.split() != others.split())
    assert is_reviewed(read, reviewed(by, read))
    assert not is_reviewed(others, reviewed(by, read))
    assert is_reviewed(others, reviewed(reviewed(by, read), others)), "read once more, by the same"


@given(words, st.text())
def test_a_name_alone_releases_nothing(text: str, by: str) -> None:
    assert not is_reviewed(text, by)
    assert not is_reviewed(text, None)
    assert not is_reviewed(None, reviewed(by, ""))


def test_it_says_who_read_them_and_spaces_tell_nothing() -> None:
    assert reviewed("Ada Crowe", "The bus is late").startswith("Ada Crowe · ")
    assert reviewed(reviewed("Ada Crowe", "Once"), "Twice") == reviewed("Ada Crowe", "Twice")
    assert is_reviewed("The bus\r\nis late", reviewed("Ada Crowe", "The bus\nis late "))
