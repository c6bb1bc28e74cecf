"""The renderer: tagged, repeatable, private, and never stopped by a character."""

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from outreach_app.assets import asset
from outreach_app.paper import renderer
from outreach_app.paper.renderer import TemplateFault, ask, render
from outreach_app.paper.sheets import SheetLine, SheetRequest, render_sheet

Open = Callable[[bytes], Any]


def structure(reader: Any) -> Counter[str]:
    """How often each kind of structure element stands in the PDF; languages as ``P:es``, alternatives as ``Alt``."""
    found: Counter[str] = Counter()

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if kind := node.get("/S"):
                found[kind[1:]] += 1
                found[f"{kind[1:]}:{node.get('/Lang')}"] += "/Lang" in node
                found["Alt"] += "/Alt" in node
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def metadata(reader: Any) -> str:
    data: bytes = reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    return data.decode()


def test_the_pdf_is_tagged_and_says_so(request_for_both: SheetRequest, opened: Open) -> None:
    sheet = render_sheet(request_for_both)
    reader = opened(sheet.pdf)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata.title == "Listening session, Almond Fire Hall: sign-in sheet K7Q-4M2-X"
    assert reader.metadata.author == "Hill County Health Department"
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(reader)


def test_the_structure_is_a_heading_and_a_table_a_page(request_for_both: SheetRequest, opened: Open) -> None:
    sheet = render_sheet(request_for_both)
    found = structure(opened(sheet.pdf))
    assert found["H1"] == 1  # repeated heads are furniture
    assert found["Figure"] == found["Alt"] == 1
    assert found["Table"] == found["THead"] == sheet.pages
    assert found["TH"] == 6 * sheet.pages
    assert found["TR"] == sheet.lines + sheet.pages
    assert found["P:es"] > 0
    contents = opened(sheet.pdf).pages[1].get_contents().get_data()
    assert contents.count(b"BDC") > 50
    assert b"/Artifact" in contents


def test_a_single_page_has_a_heading_too(request_for_both: SheetRequest, opened: Open) -> None:
    found = structure(opened(render_sheet(replace(request_for_both, only_page=3)).pdf))
    assert found["H1"] == found["Table"] == found["Figure"] == 1


def test_a_spanish_sheet_is_spanish_to_a_screen_reader(request_for_both: SheetRequest, opened: Open) -> None:
    reader = opened(render_sheet(replace(request_for_both, languages=("es",))).pdf)
    assert reader.trailer["/Root"]["/Lang"] == "es"
    assert reader.metadata.title.endswith("hoja de asistencia K7Q-4M2-X")


def test_the_same_data_give_the_same_bytes(request_for_both: SheetRequest) -> None:
    assert render_sheet(request_for_both).pdf == render_sheet(request_for_both).pdf


def test_all_fonts_are_embedded(request_for_both: SheetRequest, opened: Open) -> None:
    fonts = opened(render_sheet(request_for_both).pdf).pages[0]["/Resources"]["/Font"]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts.values()]
    assert len(descriptors) == 3  # regular, bold, italic
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in descriptors)


def test_no_temporary_file_is_made(
    request_for_both: SheetRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    before = {path: path.stat().st_mtime_ns for path in asset("paper").rglob("*")}
    opened_files: list[str] = []
    _watching.append(opened_files)
    try:
        render_sheet(replace(request_for_both, names=(SheetLine("Ada Crowe"),)))
    finally:
        _watching.remove(opened_files)
    assert opened_files == []
    assert list(tmp_path.iterdir()) == []
    assert {path: path.stat().st_mtime_ns for path in asset("paper").rglob("*")} == before


_watching: list[list[str]] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event == "open" and arguments[1] is not None and set("wax+") & set(str(arguments[1])):
        _watching[-1].append(str(arguments[0]))


@pytest.fixture(scope="module", autouse=True)
def _hook() -> None:
    """Note every file that Python opens to write (an audit hook cannot be taken off again, so it minds a list)."""
    import sys

    sys.addaudithook(_watch)


def test_a_character_no_font_has_stops_nothing(request_for_both: SheetRequest, opened: Open) -> None:
    strange = replace(request_for_both, names=(SheetLine("Ada \U0010fffd Crowe"),), blank_lines=1)
    reader = opened(render_sheet(strange).pdf)
    assert "pdfuaid" not in metadata(reader)  # it would not be true
    assert structure(reader)["Table"] == 1
    assert "Crowe" in reader.pages[0].extract_text()


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    """Put a template named ``broken`` where templates are looked for."""
    monkeypatch.setattr(renderer, "asset", _beside(tmp_path))
    return lambda source: (tmp_path / "broken.typ").write_text(source, encoding="utf-8")


def _beside(folder: Path) -> Callable[..., Path]:
    def find(*parts: str) -> Path:
        return asset(*parts) if parts[0] == "fonts" else folder.joinpath(*parts[1:])

    return find


def test_a_fault_of_a_template_says_where_and_not_what(broken: Callable[[str], int]) -> None:
    broken('#let data = json(bytes(sys.inputs.data))\n#panic("for " + data.name)\n')
    for work in (render, ask):
        with pytest.raises(TemplateFault) as fault:
            work("broken", {"name": "Ada Crowe"})
        assert "broken" in str(fault.value)
        assert "Ada" not in str(fault.value)
        assert fault.value.__suppress_context__
    with pytest.raises(TemplateFault, match=r"^broken\.typ:2:"):
        render("broken", {"name": "Ada Crowe"})


def test_a_template_that_is_not_accessible_is_refused(broken: Callable[[str], int]) -> None:
    broken("Words, and no title for the document.\n")
    with pytest.raises(TemplateFault):
        render("broken", {})


def test_a_template_is_asked_for_its_layout(broken: Callable[[str], int]) -> None:
    broken("#let data = json(bytes(sys.inputs.data))\n#metadata((twice: data.n * 2)) <layout>\n")
    assert ask("broken", {"n": 21}) == {"twice": 42}


def test_fonts_have_their_licence_and_their_source_beside_them() -> None:
    fonts = asset("fonts")
    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL.txt").read_text(encoding="utf-8")
    source = (fonts / "SOURCE.md").read_text(encoding="utf-8")
    files = sorted(fonts.glob("*.ttf"))
    assert all(path.name.split("-")[0] + "-" in source for path in files)
    assert sum(path.stat().st_size for path in files) < 4_000_000


def test_our_fonts_show_the_languages_of_the_catalogues_and_more() -> None:
    for letters in ("áéíñóúü¿¡ÁÉÍÑÓÚÜº«»", "ăâđêôơưạảấầẩẫậ", "—–‘’“”…·", "אבגדה", "ابتثجگچپ", "ᎠᎡᎢ", "☀🙂", "Жщ", "αω"):
        assert renderer._ours_show(frozenset(letters)), letters
    assert not renderer._ours_show(frozenset("\U0010fffd"))
