"""The texts of the program and their translations: gathered, checked, compiled.

    uv run python -m tests.translations            what is missing, wrong or left over, language by language
    uv run python -m tests.translations --write    the same, and compile the catalogues that are whole

Translators write ``resources/translations/<language>/*.po``, one file an area; the program reads the one catalogue
compiled from them, ``LC_MESSAGES/outreach.mo`` beside them, which is kept in git so that a checkout speaks at once.
"""

import argparse
import ast
import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from outreach_app.model.records import REGISTRY
from outreach_app.model.settings import LAPTOP
from outreach_app.texts import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
CODE = (ROOT / "outreach_app", ROOT / "ui")
VOCABULARIES = ROOT / "resources" / "vocabularies"
TRANSLATIONS = ROOT / "resources" / "translations"
SHOWN_COLUMNS = ("label", "note", "meaning")
SHOWN_KEYWORDS = ("label", "help", "hint")  # of a declaration: translated where it is shown

Key = str | tuple[str, str]  # a msgid, or the two forms of a count


@dataclass
class Texts:
    """What the program says: each text with the first place it stands, and what is wrong with the way it is written."""

    said: dict[Key, str] = field(default_factory=dict)
    written: set[str] = field(
        default_factory=set
    )  # every string of the code and the lists: what may be said indirectly
    faults: list[str] = field(default_factory=list)

    def add(self, key: Key, place: str) -> None:
        """Note one text, unless it has no letters to translate."""
        if any(letter.isalpha() for letter in "".join(key)):
            self.said.setdefault(key, place)


def gathered() -> Texts:
    """All texts: of the code, of the declared fields and of the vocabularies."""
    texts = Texts()
    for folder in CODE:
        for path in sorted(folder.rglob("*.py")):
            _gather_code(path, texts)
    for key, place in _declared():
        texts.add(key, place)
    for path in sorted(VOCABULARIES.glob("*.csv")):
        _gather_list(path, texts)
    plain = {key: place for key, place in texts.said.items() if isinstance(key, str)}
    texts.written.update(plain)
    texts.faults += [
        f"{place}: {_short(key[0])} is also said without a number, at {plain[key[0]]}; gettext cannot tell them apart"
        for key, place in texts.said.items()
        if isinstance(key, tuple) and key[0] in plain
    ]
    return texts


def _declared() -> Iterator[tuple[str, str]]:
    for kind in REGISTRY.values():
        for name in (kind.about.label, kind.about.one):
            yield name, f"the kind {kind.name}"
        for each in kind.fields:
            for text in (each.label, each.help, each.section):
                yield text, f"the field {kind.name}.{each.name}"
    for each in LAPTOP:
        yield each.label, f"the setting {each.name}"
        yield each.help, f"the setting {each.name}"


def _gather_list(path: Path, texts: Texts) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            texts.written.update(row.values())
            for column in SHOWN_COLUMNS:
                if row.get(column):
                    texts.add(row[column], f"{path.name}:{number}")


def _gather_code(path: Path, texts: Texts) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = _constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.written.add(node.value)
        if isinstance(node, ast.Call):
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            _gather_call(node, constants, place, texts)


def _gather_call(call: ast.Call, constants: dict[str, list[str]], place: str, texts: Texts) -> None:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    given = [_string(argument) for argument in call.args]
    if name in ("_", "say") and call.args:
        if given[0] is not None:
            texts.add(given[0], place)
        elif isinstance(call.args[0], ast.JoinedStr) or (name == "_" and not isinstance(call.args[0], ast.Attribute)):
            texts.faults.append(
                f"{place}: what {name}() is given is put together at run time, so nobody can translate it"
            )
        else:
            for text in _behind(call.args[0], constants):
                texts.add(text, place)
    elif name == "count" and len(given) > 1:
        if given[0] is not None and given[1] is not None:
            texts.add((given[0], given[1]), place)
        else:
            texts.faults.append(f"{place}: count() needs its two texts written out")
    elif name in ("action", "ActionSpec") and len(given) > 1 and given[1]:
        texts.add(given[1], place)
    if ast.unparse(call.func).startswith("typer."):
        return  # Typer asks for its help while modules load, before anybody has said a language
    for keyword in call.keywords:
        if keyword.arg in SHOWN_KEYWORDS and (label := _string(keyword.value)):
            texts.add(label, place)


def _string(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _constants(tree: ast.Module) -> dict[str, list[str]]:
    """The strings held by each constant of a module: itself, its elements, or its values where it is a mapping."""
    found: dict[str, list[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            strings = list(_strings(node.value))
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    found[target.id] = strings
    return found


def _strings(node: ast.expr) -> Iterator[str]:
    if (text := _string(node)) is not None:
        yield text
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _strings(value)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for element in node.elts:
            yield from _strings(element)


def _behind(node: ast.expr, constants: dict[str, list[str]]) -> Iterator[str]:
    """The texts of the constants that an expression looks into: ``say(_LABELS[code])``."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield from constants.get(part.id, [])


def read(language: str) -> tuple[dict[Key, tuple[Message, str]], list[str]]:
    """A language's entries with the file each stands in, and what is wrong among them."""
    entries: dict[Key, tuple[Message, str]] = {}
    faults: list[str] = []
    for path in sorted((TRANSLATIONS / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        for message in catalogue:
            if not message.id:
                continue
            key = _key(message)
            place = f"{language}/{path.name}"
            if message.fuzzy or not all(_forms(message)):
                faults.append(f"{place}: not translated yet: {_short(key)}")
                continue
            faults += [f"{place}: {fault}: {_short(key)}" for fault in _wrong_places(message)]
            other = entries.setdefault(key, (message, place))
            if other[0].string != message.string:
                faults.append(f"{place}: translated otherwise in {other[1]}: {_short(key)}")
    return entries, faults


def _key(message: Message) -> Key:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _wrong_places(message: Message) -> Iterator[str]:
    """Places to be filled that the translation lacks or invents. The form for one may do without its number."""
    english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    for original, translated in zip(english, _forms(message), strict=True):
        try:
            wanted, found = _places(original), _places(translated)
        except ValueError:
            yield "braces that cannot be read"
            continue
        if found != wanted and not (len(english) > 1 and found | {"n"} == wanted | {"n"}):
            yield f"places {sorted(found)} instead of {sorted(wanted)}"


def _short(key: Key) -> str:
    text = key if isinstance(key, str) else " | ".join(key)
    return repr(text if len(text) <= 90 else text[:89] + "…")


def faults_of(language: str, texts: Texts) -> list[str]:
    """What is missing, wrong or left over in a language."""
    entries, faults = read(language)
    faults += [f"{place}: no {language} for {_short(key)}" for key, place in texts.said.items() if key not in entries]
    for key, (_, place) in entries.items():
        if key not in texts.said and not set([key] if isinstance(key, str) else key) <= texts.written:
            faults.append(f"{place}: nobody says {_short(key)}")
    return faults


def compiled(language: str) -> bytes:
    """The catalogue of a language, byte for byte the same wherever and whenever it is compiled."""
    whole = _Bare(locale=language, fuzzy=False)
    for key, (message, _) in read(language)[0].items():
        whole.add(key, message.string)
    out = BytesIO()
    write_mo(out, whole)
    return out.getvalue()


class _Bare(Catalog):
    """A catalogue whose header says only what gettext needs: no dates and no tool's version."""

    def __iter__(self) -> Iterator[Message]:
        first, *messages = super().__iter__()
        kept = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms", "Language")
        first.string = "".join(f"{name}: {value}\n" for name, value in self.mime_headers if name in kept)
        return iter([first, *messages])


def catalogue_path(language: str) -> Path:
    """Where the program looks for a language's compiled catalogue."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "outreach.mo"


def languages() -> Iterable[str]:
    """The languages there are translations into."""
    return [language for language in LANGUAGES if language != "en"]


def main() -> int:
    """The command: 0 when all languages are whole and their catalogues current."""
    parser = argparse.ArgumentParser(prog="python -m tests.translations", description=__doc__)
    parser.add_argument("--write", action="store_true", help="compile the catalogues")
    asked = parser.parse_args()
    texts = gathered()
    faults = list(texts.faults)
    for language in languages():
        faults += faults_of(language, texts)
        path = catalogue_path(language)
        if asked.write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(compiled(language))
        elif not path.exists() or path.read_bytes() != compiled(language):
            faults.append(f"{language}: the catalogue is older than its translations; use --write")
    print("\n".join([*faults, f"{len(texts.said)} texts, {len(faults)} to look at"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
