"""The help: pages of Markdown, a file for each page and language, ``resources/help/<language>/<name>.md``.

A page that a language does not have is shown in English. Its first line is its title; its last, a comment that is not
shown, holds other words that people look for it by, in a fright too.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from outreach_app.assets import asset
from outreach_app.model.vocabularies import folded
from outreach_app.texts import LANGUAGES

_ENGLISH = "en"
_LONGER = 4  # letters: shorter words stand on every page
_ORDER = (
    "capture",
    "follow-ups",
    "printing",
    "sync",
    "workbooks",
    "mailed-workbooks",
    "joining",
    "deciding",
    "telling-back",
    "groups",
    "sharing",
    "exports",
    "other-programs",
    "settings",
    "recovery-sheet",
    "backups",
    "stolen-laptop",
)
"""As people come to need them; a page that is not named here comes last."""


@cache
def help_pages() -> Sequence[str]:
    """The names of all pages, in the order they are listed."""
    found = {path.stem for path in asset("help", _ENGLISH).glob("*.md")}
    return [*(name for name in _ORDER if name in found), *sorted(found.difference(_ORDER))]


def help_folder(language: str) -> Path:
    """The folder of a language's pages; their pictures lie in one within."""
    return asset("help", language if language in LANGUAGES else _ENGLISH)


def help_page(name: str, language: str) -> str:
    """A page's Markdown. KeyError for a name that no page has."""
    return _parted(name, language)[0]


def _parted(name: str, language: str) -> tuple[str, str]:
    """What is shown of a page, and the other words it is looked for by."""
    if name not in help_pages():
        raise KeyError(name)
    spoken = help_folder(language) / f"{name}.md"
    file = spoken if spoken.is_file() else asset("help", _ENGLISH, f"{name}.md")
    shown, _mark, also = file.read_text(encoding="utf-8").partition("\n\n<!--")
    return f"{shown.rstrip()}\n", also.replace("-->", "")


def help_title(name: str, language: str) -> str:
    """What a page is called."""
    return help_page(name, language).splitlines()[0].removeprefix("# ")


def help_found(text: str, language: str) -> Sequence[str]:
    """The pages that say all the words of a text, or begin words with them, or are looked for by them; first those
    whose title does, then those looked for so. Where none says all, those that say most of the longer words."""
    words = folded(text).split()
    pages = {name: [folded(each.replace("*", "")) for each in _parted(name, language)] for name in help_pages()}

    def hits(name: str, looked_for: Sequence[str]) -> int:
        return sum(any(_begins(word, part) for part in pages[name]) for word in looked_for)

    def place(name: str) -> tuple[bool, int]:
        title = folded(help_title(name, language))
        return not all(_begins(each, title) for each in words), -sum(_begins(each, pages[name][1]) for each in words)

    found = [name for name in pages if hits(name, words) == len(words)]
    if not found:
        longer = [word for word in words if len(word) >= _LONGER]
        most = max(hits(name, longer) for name in pages)
        found = [name for name in pages if most and hits(name, longer) == most]
    return sorted(found, key=place)


def _begins(word: str, page: str) -> bool:
    return page.startswith(word) or any(f"{before}{word}" in page for before in " (¿«`")
