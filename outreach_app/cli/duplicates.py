"""duplicates: who is on a list twice."""

from pathlib import Path
from typing import Annotated

import typer

from outreach_app.cli.options import AsJson, answer
from outreach_app.texts import _, count

_SHOWN = 200


def duplicates(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook or a CSV file, with headings.")],
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="people or organizations; else what its headings say.")
    ] = "",
    json: AsJson = False,
) -> None:
    """Find who may be on a list twice. No store is needed, and nothing is kept or changed.

    A pair is surely one, or for a person to look at; a group is of rows that are believed to be one, all together. Rows
    have the numbers they have in the file; with --json they are counted from 0, the first below the headings.
    """
    from outreach_app.model.errors import BadInput
    from outreach_app.operations.duplicates import why_in_words
    from outreach_app.operations.listed_duplicates import JOIN, KINDS, listed_twice

    if kind and kind not in KINDS:
        raise BadInput(_("There is no kind {kind} here: people, or organizations.", kind=kind))
    found = listed_twice(file, kind)
    joins = sum(verdict == JOIN for *_pair, verdict in found.pairs)
    lines = [
        count("{n} row read.", "{n} rows read.", found.rows),
        count("{n} pair is surely one.", "{n} pairs are surely one.", joins),
        count("{n} pair may be one: look at it.", "{n} pairs may be one: look at them.", len(found.pairs) - joins),
        count("{n} group is believed to be one.", "{n} groups are believed to be one.", len(found.clusters)),
    ]
    groups = (", ".join(str(found.numbers[row]) for row in rows) for rows in found.clusters[:_SHOWN])
    lines += ["  " + _("rows {numbers}", numbers=numbers) for numbers in groups]
    if len(found.clusters) > _SHOWN:
        lines.append(count("  and {n} more", "  and {n} more", len(found.clusters) - _SHOWN))
    for (one, other, _score, verdict), pair in list(zip(found.pairs, found.found, strict=True))[:_SHOWN]:
        mark = _("surely one") if verdict == JOIN else _("look at it")
        both = " · ".join(f"{found.numbers[row]} {found.names[row]}" for row in (one, other))
        lines.append(f"  {both} · {mark} · {'; '.join(why_in_words(pair))}")
    if len(found.pairs) > _SHOWN:
        lines.append(count("  and {n} more", "  and {n} more", len(found.pairs) - _SHOWN))
    answer(json, found.to_json(), "\n".join(lines))


def add_to(program: typer.Typer) -> None:
    """Add this command."""
    program.command()(duplicates)
