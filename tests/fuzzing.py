"""Files broken in every way, read as people read them: `uv run python -m tests.fuzzing [--files N] [--seed S]`.

A small workbook of ours and a table of contacts are mutated: bytes, the zip's structure, XML, CSV. Each is imported on
trial. What may come of it is an account, or a sentence that says why not: no crash, no hang, memory bounded.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path

from outreach_app.apart import lasting
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.exporting_files import export
from outreach_app.operations.importing import import_paths
from outreach_app.operations.leaving import Wanted
from outreach_app.operations.records import make_record
from outreach_app.operations.reviewing import make_review
from outreach_app.store.stores import Store
from tests.benchmarks.figures import peak_mb
from tests.helpers.memories import memory

Mutation = Callable[[random.Random, bytes], bytes]
CONTACTS = (
    "Name,Phone,E-mail,Town\nAda Crowe,828 555 0101,ada@x.example,Sylva\n"
    '"Bo, Jr.",(828) 555-0102,,Murphy\nInés Ñuño,,ines@x.example,"Bryson ""B"" City"\n'
)
_ODD = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b";",
    b"\t",
    b"\r",
    b"=1+1",
    b"\xc3",
    b"," * 400,
    b"9" * 400,
    b"\n\n",
)
_XML = (
    b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>', b"<row><c/></row>" * 50,
    b"&#0;", b"&c;", b"]]>", b"<![CDATA[", b"<a>" * 400, b'r="XFD1048576"', b't="s"', b"<v>99999999999999999999</v>",
    b"<v>-1</v>", b"<f>1/0</f>", b"</worksheet>", b"\0", b"\xff",
)  # fmt: skip


@dataclass
class Tally:
    """What came of the files: each is in one of ``read``, ``refused`` or ``crashed``."""

    files: int = 0
    read: int = 0
    refused: int = 0
    crashed: list[str] = field(default_factory=list)
    sentences: Counter[str] = field(default_factory=Counter)
    longest_s: float = 0.0
    seconds: float = 0.0
    peak_mb: float = 0.0


def _bytes(rng: random.Random, raw: bytes) -> bytes:
    made = bytearray(raw)
    for _time in range(rng.choice((1, 1, 2, 8, 40))):
        at = rng.randrange(len(made))
        made[at] = rng.randrange(256)
    return bytes(made)


def _cut(rng: random.Random, raw: bytes) -> bytes:
    return raw[: rng.randrange(len(raw))]


def _moved(rng: random.Random, raw: bytes) -> bytes:
    one, other = sorted(rng.randrange(len(raw)) for _end in range(2))
    at = rng.randrange(len(raw))
    return raw[:at] + raw[one:other][:4_000] + raw[at:]


def _inserted(rng: random.Random, raw: bytes, odd: tuple[bytes, ...]) -> bytes:
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + rng.choice(odd) + raw[at:]


def _part(rng: random.Random, raw: bytes) -> bytes:
    """One part of a workbook changed, dropped, doubled or blown up, the zip around it whole."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        names = source.namelist()
        chosen, how = rng.choice(names), rng.randrange(9)
        for name in names:
            content = source.read(name)
            if name == chosen and how == 0:
                continue
            if name == chosen:
                content = _changed(rng, content, how)
            made.writestr(name, content)
        if how == 1:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # that it is there twice, as it may be
                made.writestr(f"xl/worksheets/sheet{rng.randrange(90)}.xml", source.read(chosen))
    return out.getvalue()


def _changed(rng: random.Random, content: bytes, how: int) -> bytes:
    if how == 2:
        return _bytes(rng, content) if content else b"?"
    if how == 3:
        return content[: len(content) // 2]
    if how == 4:
        return content + b" " * rng.choice((1_000, 5_000_000))
    if how == 5:
        cells = [*re.finditer(rb'r="[A-Z]+\d+"', content)]
        if cells:
            cell = rng.choice(cells)
            place = rng.choice((b'r="XFD1048576"', b'r="A0"', b'r="ZZZZ9"', b'r=""'))
            return content[: cell.start()] + place + content[cell.end() :]
    if how == 6:
        tags = [*re.finditer(rb"<[^>]+>", content)]
        if tags:
            tag = rng.choice(tags)
            return content[: tag.start()] + rng.choice((b"", tag[0] * 3, b"<odd/>")) + content[tag.end() :]
    return _inserted(rng, content, _XML)


WORKBOOKS: tuple[Mutation, ...] = (_bytes, _cut, _moved, _part, _part, _part, _part)
TABLES: tuple[Mutation, ...] = (_bytes, _cut, _moved, lambda rng, raw: _inserted(rng, raw, _ODD))


def bases(store: Store, folder: Path) -> list[tuple[str, bytes, tuple[Mutation, ...]]]:
    """What is mutated: a workbook of a small store, a review, tables, an address book and a calendar."""
    for name in ("Ada Crowe", "=Bo", "Inés Ñuño"):
        make_record(store, "people", {"name": name, "zip": "02139"})
    make_record(store, "events", {"name": "Fair", "starts": "2026-11-21T10:00:00-05:00"})
    export_workbook(store, folder / "base.xlsx")
    for name, form in (("base.vcf", "vcard4"), ("base.ics", "ics")):
        export(store, folder / name, Wanted(form=form))
    make_review(store, folder / "review.xlsx")
    return [
        (".xlsx", (folder / "review.xlsx").read_bytes(), WORKBOOKS),
        (".vcf", (folder / "base.vcf").read_bytes(), TABLES),
        (".ics", (folder / "base.ics").read_bytes(), TABLES),
        (".xlsx", (folder / "base.xlsx").read_bytes(), WORKBOOKS),
        (".csv", CONTACTS.encode(), TABLES),
        (".csv", CONTACTS.encode("cp1252"), TABLES),
    ]


def run(files: int, seed: int) -> Tally:
    """Read so many broken files."""
    rng, tally, begun = random.Random(seed), Tally(files), time.monotonic()
    with tempfile.TemporaryDirectory() as made, closing(memory()) as store, lasting():
        folder = Path(made)
        known = bases(store, folder)
        for number in range(files):
            ending, raw, mutations = known[number % len(known)]
            path = folder / f"file{ending}"
            path.write_bytes(rng.choice(mutations)(rng, raw))
            _read(store, path, number, tally)
    tally.seconds, tally.peak_mb = time.monotonic() - begun, peak_mb()
    return tally


def _read(store: Store, path: Path, number: int, tally: Tally) -> None:
    begun = time.monotonic()
    try:
        (account,) = import_paths(store, [path], dry_run=True).files
    except Exception as fault:  # noqa: BLE001 (any is what is looked for)
        tally.crashed.append(f"{number}: {type(fault).__name__}")
        return
    finally:
        tally.longest_s = max(tally.longest_s, time.monotonic() - begun)
    if account.error is None:
        tally.read += 1
        return
    tally.refused += 1
    tally.sentences[account.error] += 1


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    tally = run(asked.files, asked.seed)
    print(json.dumps(asdict(tally) | {"sentences": dict(tally.sentences.most_common())}, indent=1))
    sys.exit(1 if tally.crashed else 0)


if __name__ == "__main__":
    main()
