"""Sign-ins of one person at one event, made on two laptops or on paper and screen."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from outreach_app.matching.agreements import Level, Part, Reason
from outreach_app.matching.duplicates import DuplicatePair, Verdicts, best_first
from outreach_app.matching.names import read_name

_SURE, _LIKELY = 20.0, 6.0  # log2 of the odds


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """A sign-in: at which event, and whose: a person's id (where several are one, theirs), else the name as written."""

    id: str
    event: str
    person: str = ""
    name: str = ""


def duplicate_sign_ins(sign_ins: Iterable[SignInFacts], known_verdicts: Verdicts = ()) -> list[DuplicatePair]:
    """Pairs that are one attendance: the same person at the same event (``certain``), or the same name in full.

    Of several alike, each is paired with the first by id, so that three make two pairs.
    """
    alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for sign_in in sign_ins:
        if not sign_in.event:
            continue
        if sign_in.person:
            alike["person", sign_in.event, sign_in.person].append(sign_in.id)
            continue
        name = read_name(sign_in.name)
        if name.given and name.family and len(name.given[0]) > 1:  # a first name alone is anybody's
            alike["name", sign_in.event, *name.given, "", *name.family, name.generation].append(sign_in.id)
    pairs = []
    for (by, *_), ids in alike.items():
        first, *others = sorted(ids)
        sure = by == "person"
        reason = Reason(Part.PERSON if sure else Part.NAME, Level.SAME)
        pairs += [
            DuplicatePair(first, other, _SURE if sure else _LIKELY, (reason,), (), sure)
            for other in others
            if frozenset((first, other)) not in known_verdicts
        ]
    return best_first(pairs)
