"""The help: pages of Markdown, a file for each page and language, ``resources/help/<language>/<name>.md``.

A page that a language does not have is shown in English. Its first line is its title.
"""

from collections.abc import Sequence

from outreach_app.assets import asset
from outreach_app.texts import LANGUAGES

_ENGLISH = "en"


def help_pages() -> Sequence[str]:
    """The names of all pages."""
    return sorted(path.stem for path in asset("help", _ENGLISH).glob("*.md"))


def help_page(name: str, language: str) -> str:
    """A page's Markdown. KeyError for a name that no page has."""
    if name not in help_pages():
        raise KeyError(name)
    spoken = asset("help", language if language in LANGUAGES else _ENGLISH, f"{name}.md")
    return (spoken if spoken.is_file() else asset("help", _ENGLISH, f"{name}.md")).read_text(encoding="utf-8")


def help_title(name: str, language: str) -> str:
    """What a page is called."""
    return help_page(name, language).splitlines()[0].removeprefix("# ")
