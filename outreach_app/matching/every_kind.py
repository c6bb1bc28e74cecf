"""The likely pairs of all kinds in one go. A process beside may do it, which then loads nothing but matching."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from outreach_app.matching.duplicates import DuplicatePair, Verdicts
from outreach_app.matching.organizations import probable_duplicate_organizations
from outreach_app.matching.people import probable_duplicates
from outreach_app.matching.sign_ins import duplicate_sign_ins

LIKELY: Mapping[str, Callable[[Iterable[Any], Verdicts], list[DuplicatePair]]] = {
    "people": probable_duplicates,
    "organizations": probable_duplicate_organizations,
    "sign_ins": duplicate_sign_ins,
}
"""By kind, what finds the pairs among its facts that nobody has decided yet."""

Told = Sequence[tuple[str, Sequence[Any], Verdicts]]
"""Kinds, each with its facts and what somebody has decided."""


def likely_pairs(told: Told) -> dict[str, list[DuplicatePair]]:
    """The likely pairs, by kind."""
    return {kind: LIKELY[kind](facts, verdicts) for kind, facts, verdicts in told}
