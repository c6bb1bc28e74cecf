"""What the program stands on may be shipped, and the notices say so; an unknown or unfit part is refused."""

from pathlib import Path

import pytest

from tests import notices
from tests.notices import Unlicensed, allowed, licence_of, own_library, parts, text


def file_of(module: str) -> str:
    from importlib.util import find_spec

    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return spec.origin


def test_parts_are_traced_to_the_distribution_that_installed_them() -> None:
    files = [file_of(name) for name in ("openpyxl", "nicknames", "PySide6", "sqlcipher3", "outreach_app", "json")]
    found = {part.name: part for part in parts(files)}
    assert {name: part.licence for name, part in found.items()} == {
        "openpyxl": "MIT",
        "nicknames": "Apache-2.0",
        "PySide6_Essentials": "LGPL-3.0-only",
        "sqlcipher3": "Zlib",
        "Python": "PSF-2.0",
    }
    assert all(len(part.text) > 400 for part in found.values())
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["PySide6_Essentials"].text


def test_the_notices_name_every_part_and_what_it_carries_inside() -> None:
    said = text(parts([file_of("openpyxl"), file_of("sqlcipher3")]))
    assert "openpyxl 3" in said
    assert "ZETETIC" in said
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in said


def test_a_part_under_the_gpl_stops_the_build() -> None:
    with pytest.raises(Unlicensed, match=r"anything is under GPL-3\.0-only"):
        allowed("anything", "GPL-3.0-only")
    with pytest.raises(Unlicensed, match="nobody knows"):
        allowed("anything", "")
    with pytest.raises(Unlicensed):
        allowed("anything", "MIT AND GPL-2.0-only")
    assert allowed("anything", "GPL-2.0-only OR LGPL-3.0-only") == "LGPL-3.0-only"
    assert allowed("anything", "(MIT OR Apache-2.0)") == "MIT"


def test_a_file_of_nobody_stops_the_build(tmp_path: Path) -> None:
    stray = tmp_path / "libreadline.so.8"
    stray.write_bytes(b"")
    with pytest.raises(Unlicensed, match="libreadline"):
        parts([str(stray)])


def test_what_distributions_say_of_their_licence_is_understood() -> None:
    classified = ["License :: OSI Approved :: MIT License", "Topic :: Utilities"]
    assert licence_of("x", {"License-Expression": "ISC"}, classified) == "ISC"
    assert licence_of("x", {"License": "see the file"}, classified) == "MIT"
    assert licence_of("x", {}, ["License :: OSI Approved :: GNU General Public License v3 (GPLv3)"]).startswith("GNU")
    assert licence_of("x", {}, []) == ""


def test_libraries_of_the_system_are_known_by_their_file() -> None:
    assert own_library("/usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0.0.0") == "libxcb-cursor"
    assert own_library("/usr/lib/x86_64-linux-gnu/libreadline.so.8") is None
    assert notices.from_the_system("/usr/lib/x86_64-linux-gnu/libreadline.so.8")
    assert not notices.from_the_system(file_of("sqlcipher3"))
