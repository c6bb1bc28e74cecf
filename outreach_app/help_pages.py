"""The help: pages of Markdown, a file for each page and language, ``resources/help/<language>/<name>.md``.

A page that a language does not have is shown in English. Its first line is its title.
"""

from collections.abc import Sequence
from functools import cache

from outreach_app.assets import asset
from outreach_app.model.vocabularies import folded
from outreach_app.texts import LANGUAGES

_ENGLISH = "en"
_ORDER = ("capture", "sync", "joining", "deciding", "recovery-sheet", "backups", "stolen-laptop")
"""As people come to need them; a page that is not named here comes last."""


@cache
def help_pages() -> Sequence[str]:
    """The names of all pages, in the order they are listed."""
    found = {path.stem for path in asset("help", _ENGLISH).glob("*.md")}
    return [*(name for name in _ORDER if name in found), *sorted(found.difference(_ORDER))]


def help_page(name: str, language: str) -> str:
    """A page's Markdown. KeyError for a name that no page has."""
    if name not in help_pages():
        raise KeyError(name)
    spoken = asset("help", language if language in LANGUAGES else _ENGLISH, f"{name}.md")
    return (spoken if spoken.is_file() else asset("help", _ENGLISH, f"{name}.md")).read_text(encoding="utf-8")


def help_title(name: str, language: str) -> str:
    """What a page is called."""
    return help_page(name, language).splitlines()[0].removeprefix("# ")


def help_found(text: str, language: str) -> Sequence[str]:
    """The pages that say all the words of a text, or begin words with them; those whose title does come first."""
    words = folded(text).split()
    told = {name: folded(help_page(name, language).replace("*", "")) for name in help_pages()}
    found = [name for name, page in told.items() if all(_begins(word, page) for word in words)]
    return sorted(found, key=lambda name: not all(_begins(each, folded(help_title(name, language))) for each in words))


def _begins(word: str, page: str) -> bool:
    return page.startswith(word) or any(f"{before}{word}" in page for before in " (¿«`")
