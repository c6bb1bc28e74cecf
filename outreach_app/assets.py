"""Where the program's own files are: icons, fonts, translations, templates, reference data, help."""

import sys
from functools import cache
from pathlib import Path


@cache
def assets() -> Path:
    """The resources folder: beside the package in a checkout, inside it in a wheel or a frozen program.

    The checkout is asked first, because an editable install keeps no fresh copy of its own.
    """
    package = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", package.parent))
    for place in (package.parent / "resources", package / "_resources", frozen / "outreach_app" / "_resources"):
        if (place / "vocabularies").is_dir():
            return place
    raise FileNotFoundError("Outreach's own files are missing; please install it again.")


def asset(*parts: str) -> Path:
    """One file of the resources folder, by its parts."""
    return assets().joinpath(*parts)
