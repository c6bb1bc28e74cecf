"""Who made the parts that the frozen program ships, and under which licence; used by build.spec.

The notices are made from what is really bundled: each file is traced to the distribution that installed it. The build
fails where a part is under a licence that is not in ``ALLOWED``, or where nobody knows whose it is.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LICENCES = ROOT / "resources" / "licences"
SYSTEM_FOLDER = re.compile(r"^(/usr)?/lib(32|64)?(/[^/]+-linux-gnu[^/]*)?$")
LICENCE_FILE = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "bzip2-1.0.6",
    "GPL-2.0-or-later WITH Bootloader-exception",  # PyInstaller's start-up code: free of conditions in a built program
    "HPND",
    "ISC",
    "LGPL-3.0-only",  # Qt: as separate libraries, which the person may replace
    "MIT",
    "MIT-0",
    "PSF-2.0",
    "Zlib",
}
BY_CLASSIFIER = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
}
READ = {  # distributions that say it nowhere but in their licence file, or not exactly: read by a person
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pyinstaller-hooks-contrib": "Apache-2.0",  # its run-time hooks, which alone are bundled
    "pyrage": "MIT",
    "sqlcipher3": "Zlib",
}
SYSTEM = {  # libraries of the building system that are bundled: what is not here is left to the system it runs on
    "libbz2": "bzip2-1.0.6",
    "libcrypto": "Apache-2.0",
    "libexpat": "MIT",
    "libffi": "MIT",
    "liblzma": "0BSD",
    "libssl": "Apache-2.0",
    "libuuid": "BSD-3-Clause",
    "libxcb-cursor": "MIT",
    "libxcb-icccm": "MIT",
    "libxcb-image": "MIT",
    "libxcb-keysyms": "MIT",
    "libxcb-render-util": "MIT",
    "libxcb-util": "MIT",
    "libxkbcommon": "MIT",
    "libxkbcommon-x11": "MIT",
    "libz": "Zlib",
}


class Unlicensed(Exception):
    """A part that may not be shipped, or whose licence nobody knows."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One part of the frozen program that others made."""

    name: str
    version: str
    licence: str  # an SPDX expression
    text: str


def own_library(path: str | Path) -> str | None:
    """The name in ``SYSTEM`` of a library by its file (``libz.so.1`` -> ``libz``); None if it is not there."""
    name = Path(path).name.partition(".so")[0]
    return name if name in SYSTEM else None


def from_the_system(path: str | Path) -> bool:
    """Whether a file is one of the building system's shared libraries (Python's own apart)."""
    file = Path(path).resolve()
    return (
        bool(SYSTEM_FOLDER.match(file.parent.as_posix()))
        and ".so" in file.name
        and not file.name.startswith("libpython")
    )


def parts(files: Iterable[str]) -> list[Part]:
    """The parts that the bundled ``files`` come from, by name; raises :class:`Unlicensed`."""
    owners = _owners()
    found: dict[str, Part] = {}
    for path in {Path(file).resolve() for file in files if file}:
        if (owner := owners.get(path)) is not None:
            name = canonicalize_name(owner.name)
            if name not in found and name != "outreach":
                found[name] = _of_distribution(owner)
        elif (library := own_library(path)) and from_the_system(path):
            found[library] = Part(library, "", allowed(library, SYSTEM[library]), _debian_copyright(path))
        elif not _of_python(path) and not path.is_relative_to(ROOT):
            raise Unlicensed(f"{path.name} is bundled, and nobody knows whose it is")
    found["python"] = _python()
    return sorted(found.values())


def text(listed: Iterable[Part]) -> str:
    """The whole file of notices."""
    pieces = [
        "Outreach is licensed under the Apache License 2.0 (LICENSE). It is built from the parts below, each under the "
        "licence named. Fonts, icons and reference data name their sources and licences in files beside them."
    ]
    listed = list(listed)
    pieces.append("\n".join(f"{part.name} {part.version}".strip() + f": {part.licence}" for part in listed))
    pieces.append((LICENCES / "INSIDE.md").read_text(encoding="utf-8"))
    pieces += [f"{part.name} {part.version}".strip() + f" ({part.licence})\n\n{part.text.strip()}" for part in listed]
    return ("\n\n" + "=" * 100 + "\n\n").join(piece.strip("\n") for piece in pieces) + "\n"


def allowed(name: str, expression: str) -> str:
    """The licence under which a part is shipped: of several offered, the first that is allowed."""
    for offered in re.split(r" OR ", expression.strip("()")):
        if all(one.strip("() ") in ALLOWED for one in offered.split(" AND ")):
            return offered
    raise Unlicensed(f"{name} is under {expression or 'a licence nobody knows'}")


def licence_of(name: str, metadata: Mapping[str, str], classifiers: Iterable[str]) -> str:
    """What a distribution says of its licence, as an SPDX expression; "" where it says nothing certain."""
    if canonicalize_name(name) in READ:
        return READ[canonicalize_name(name)]
    if expression := metadata.get("License-Expression"):
        return expression
    said = {one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License :: ")} - {"OSI Approved"}
    if said:
        return " AND ".join(sorted(BY_CLASSIFIER.get(one, one) for one in said))
    return metadata.get("License") or ""


def _owners() -> dict[Path, Distribution]:
    owners: dict[Path, Distribution] = {}
    for distribution in distributions():
        for file in distribution.files or []:
            owners[Path(str(distribution.locate_file(file))).resolve()] = distribution
    return owners


def _of_distribution(distribution: Distribution) -> Part:
    metadata = distribution.metadata
    said = {key: metadata[key] for key in ("License-Expression", "License") if key in metadata}
    licence = allowed(distribution.name, licence_of(distribution.name, said, metadata.get_all("Classifier") or []))
    texts = [
        Path(str(distribution.locate_file(file))).read_text(encoding="utf-8", errors="replace")
        for file in distribution.files or []
        if LICENCE_FILE.search(str(file)) and file.suffix not in (".py", ".pyc")
    ]
    return Part(distribution.name, distribution.version, licence, "\n\n".join(texts) or _common_text(licence))


def _common_text(licence: str) -> str:
    """The licence's own words, for a part that comes without them. The LGPL refers to the GPL, so both are given."""
    names = [licence, "GPL-3.0-only"] if licence.startswith("LGPL-3.0") else [licence]
    files = [LICENCES / f"{name}.txt" for name in names]
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        raise Unlicensed(f"a part comes without its licence, and resources/licences has no {missing[0]}")
    return "\n\n".join(file.read_text(encoding="utf-8") for file in files)


def _of_python(path: Path) -> bool:
    return path.is_relative_to(Path(sys.base_prefix).resolve()) and "site-packages" not in path.parts


def _python() -> Part:
    version = ".".join(map(str, sys.version_info[:3]))
    library = Path(sys.base_prefix)
    places = [library / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "LICENSE.txt"]
    places += [library / "LICENSE.txt", Path("/usr/share/doc/python3/copyright")]
    file = next((place for place in places if place.is_file()), None)
    if file is None:
        raise Unlicensed("this Python comes without its licence")
    return Part("Python", version, "PSF-2.0", file.read_text(encoding="utf-8", errors="replace"))


def _debian_copyright(path: Path) -> str:
    """What the building system says of a library's authors: on Debian and its kin, their copyright file."""
    if shutil.which("dpkg-query"):
        for spelled in (str(path), str(path).removeprefix("/usr")):  # packages older than the merged /usr know no /usr
            asked = subprocess.run(["dpkg-query", "-S", spelled], capture_output=True, text=True, check=False)
            if asked.returncode == 0:
                package = asked.stdout.partition(":")[0]
                return Path("/usr/share/doc", package, "copyright").read_text(encoding="utf-8", errors="replace")
    return "Part of the system this program was built on, whose package of that name holds its authors' notices."
