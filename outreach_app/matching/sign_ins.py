"""Sign-ins of one person at one event, made on two laptops or on paper and screen."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from outreach_app.matching.agreements import Level, Part, Reason
from outreach_app.matching.blocks import ROW, Traits
from outreach_app.matching.duplicates import DuplicatePair, Verdicts, best_first
from outreach_app.matching.names import read_name

_PERSON, _NAME = "person:", "name:"
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
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for sign_in in sign_ins:
        for key in sign_in_traits(sign_in).keys:
            alike[key].append(sign_in.id)
    pairs = []
    for key, ids in alike.items():
        first, *others = sorted(ids)
        sure = key.startswith(_PERSON)
        reason = Reason(Part.PERSON if sure else Part.NAME, Level.SAME)
        pairs += [
            DuplicatePair(first, other, _SURE if sure else _LIKELY, (reason,), (), sure)
            for other in others
            if frozenset((first, other)) not in known_verdicts
        ]
    return best_first(pairs)


def sign_in_traits(sign_in: SignInFacts) -> Traits:
    """What brings a sign-in together with others: all that share its one key are alike."""
    if not sign_in.event:
        return Traits(frozenset(), (ROW,))
    if sign_in.person:
        return Traits(frozenset({f"{_PERSON}{sign_in.event}:{sign_in.person}"}), (ROW,))
    name = read_name(sign_in.name)
    if not (name.given and name.family and len(name.given[0]) > 1):  # a first name alone is anybody's
        return Traits(frozenset(), (ROW,))
    words = " ".join((*name.given, "", *name.family, "", name.generation))
    return Traits(frozenset({f"{_NAME}{sign_in.event}:{words}"}), (ROW,))
