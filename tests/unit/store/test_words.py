"""What a record is called, sorted and found by."""

import pytest

from outreach_app.model.records import REGISTRY
from outreach_app.store.words import TITLE_LENGTH, column_value, sort_key, title_of, words_of


def test_a_title_joins_what_names_a_record_and_leaves_out_what_is_empty() -> None:
    sign_ins = REGISTRY["sign_ins"]
    values = {"name_as_written": "Ada\nCrowe", "event": "e1"}
    assert title_of(sign_ins, values, {"e1": "Fair"}) == "Ada Crowe · Fair"
    assert title_of(sign_ins, values, {}) == "Ada Crowe"
    assert title_of(sign_ins, {}, {}) == ""


@pytest.mark.parametrize("length", [1, TITLE_LENGTH, TITLE_LENGTH + 1, 5000])
def test_a_title_is_never_longer_than_a_line(length: int) -> None:
    title = title_of(REGISTRY["people"], {"name": "a" * length}, {})
    assert len(title) == min(length, TITLE_LENGTH)
    assert title.endswith("…") is (length > TITLE_LENGTH)


def test_sorting_knows_no_accents_and_no_case() -> None:
    assert sort_key("Ñandú ÉMILE") == "nandu emile"
    assert sorted(["zed", "Émile", "adam"], key=sort_key) == ["adam", "Émile", "zed"]


def test_search_looks_through_phones_as_written_and_as_dialled_addresses_lists_and_the_code() -> None:
    values = {
        "name": "Alarka Grange",
        "phones": [{"id": "1", "value": {"number": "+1 (828) 555-0112"}}, {"id": "2", "value": {"kind": "fax"}}],
        "addresses": [{"id": "1", "value": {"kind": "postal", "town": "Alarka", "zip": "28713"}}],
        "other_names": [{"id": "1", "value": "The Grange"}],
    }
    words = words_of(REGISTRY["organizations"], values, {}, "ABCDE12345F")
    for expected in ("ABCDE12345F", "Alarka Grange", "8285550112", "5550112", "The Grange"):
        assert expected in words, expected


def test_a_column_holds_lists_and_mappings_as_json_and_truth_as_a_number() -> None:
    assert column_value([{"id": "1", "value": "ñ"}]) == '[{"id": "1", "value": "ñ"}]'
    assert column_value({"a": 1}) == '{"a": 1}'
    assert column_value(True) == 1
    assert type(column_value(False)) is int
    assert column_value(None) is None
    assert column_value("x") == "x"
