"""Cards that other programs read: lines of a fair length, and what is written comes back."""

import re

from hypothesis import given
from hypothesis import strategies as st

from outreach_app.sheets.contacts import Contact
from outreach_app.sheets.vcards import VCARD_3, VCARD_4, vcards

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=90)


@given(texts, texts, st.sampled_from([VCARD_3, VCARD_4]))
def test_a_card_reads_back(name: str, town: str, version: str) -> None:
    raw = vcards([Contact("0193", {"name": name, "given_name": name, "town": town})], version)
    assert raw.endswith(b"END:VCARD\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    lines = dict(line.split(":", 1) for line in raw.decode().replace("\r\n ", "").split("\r\n") if line)
    assert unescaped(lines["FN"]) == name
    address = next(value for key, value in lines.items() if key.startswith("ADR"))
    assert unescaped(re.split(r"(?<!\\)(?:\\\\)*;", address.replace(r"\\", "\0"))[3].replace("\0", r"\\")) == town


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)
