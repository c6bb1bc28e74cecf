"""Where a word can be read in files: every byte is looked through, in any writing that a program keeps words in."""

import io
import zipfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path


@cache
def forms(word: str) -> frozenset[bytes]:
    """What the word is in bytes, in small letters where they are ASCII's: as text, digits, backwards, in base64.

    In base64 only the letters are taken that do not also hang on what stands before and after, wherever it begins.
    """
    found: set[bytes] = set()
    for written in (word, word.lower(), word.upper(), word.casefold()):
        for text in (written.encode(), written.encode("utf-16-le"), written.encode("utf-16-be")):
            found |= {text, text.hex().encode(), text[::-1]}
            for before in range(3):
                encoded = b64encode(bytes(before) + text)
                found.add(encoded[(before * 8 + 5) // 6 : (before + len(text)) * 8 // 6])
    return frozenset(form.lower() for form in found)


def seen_in(content: bytes, words: Iterable[str]) -> set[str]:
    """Those of the words that can be read in bytes, or in what is packed in them."""
    words = set(words)
    small = content.lower()
    found = {word for word in words if any(form in small for form in forms(word))}
    if b"PK\x03\x04" in content and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                found |= seen_in(name.encode() + packed.read(name), words - found)
    return found


def files(folder: Path) -> Iterator[Path]:
    """Every file in a folder, however deep."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def sightings(folder: Path, words: Iterable[str]) -> dict[str, set[str]]:
    """The words that can be read in the files of a folder, or in what they are called: by the file's path there."""
    looked = ((str(path.relative_to(folder)), path.read_bytes()) for path in files(folder))
    found = {name: seen_in(name.encode() + b"\n" + content, words) for name, content in looked}
    return {name: seen for name, seen in found.items() if seen}
