"""The review workbook of what waits for a person: made here, filled in anywhere, and taken back (``reviews_taken``)."""

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from outreach_app.journal.standing import DELETED
from outreach_app.model.fields import Field, Value
from outreach_app.model.identifiers import digest_of
from outreach_app.model.values import shown
from outreach_app.operations.duplicates import reasons
from outreach_app.operations.exporting import held_back
from outreach_app.sheets.accounts import Account, FileAccount, RowSetAside
from outreach_app.sheets.books import Signer
from outreach_app.sheets.filled_reviews import ReviewCode
from outreach_app.sheets.marks import mark_of
from outreach_app.sheets.reviews import Alike, Conflict, Review, Version, write_review
from outreach_app.store.clusters import members
from outreach_app.store.decisions import Decision, Option
from outreach_app.store.handouts import hand_out
from outreach_app.store.stores import Store
from outreach_app.texts import _, count, language, say


@dataclass(frozen=True, slots=True)
class ReviewWritten:
    """A review that was written, and how much is in it to decide."""

    file: Path
    conflicts: int
    pairs: int

    def to_json(self) -> dict[str, Any]:
        """As one JSON object."""
        return {"file": str(self.file), "decisions": {"conflicts": self.conflicts, "duplicates": self.pairs}}

    def in_words(self) -> str:
        """As a person reads it."""
        to_decide = count("{n} thing to decide", "{n} things to decide", self.conflicts + self.pairs)
        return f"{_('Wrote {file}', file=self.file)}: {to_decide}\n{_('Anyone who has this file can read it.')}"


def make_review(store: Store, target: Path, spoken: str = "") -> ReviewWritten:
    """Write a review of all that waits under To decide here. Raises NotWritable."""
    files: dict[str, FileAccount] = {}
    for each in store.decisions(also_put_off=True):
        if each.what == "row":
            account = files.setdefault(each.title, FileAccount(each.title))
            account.set_aside += [RowSetAside(line.name, None, line.reason) for line in each.lines]
    review = review_of(store, Account([*files.values()]), spoken)
    made = BytesIO()
    write_review(made, review)
    hand_out(target, made.getvalue())
    return ReviewWritten(target, len(review.conflicts), len(review.alike))


def review_of(store: Store, account: Account, spoken: str = "") -> Review:
    """What a person must look at, beside the account of what was merged."""
    spoken, decisions = spoken or language(), store.decisions(also_put_off=True)
    differ = [each for each in decisions if each.what in ("conflict", "deletion")]
    told = [each for each in differ if each.record not in held_back(store, store.registry[each.kind], [each.record])]
    sealed = len(differ) - len(told)
    left_out = count(
        "{n} thing to decide about sensitive feedback stays out of this file. Decide it in Outreach, under To decide.",
        "{n} things to decide about sensitive feedback stay out of this file. Decide them in Outreach, under To "
        "decide.",
        sealed,
        spoken,
    )
    return Review(
        store.department,
        store.clock.tick(),
        account,
        [_conflict(store, each, spoken) for each in told],
        [_alike(store, each, spoken) for each in decisions if each.other],
        spoken,
        [left_out] if sealed else [],
        made_by=store.worker,
        space=store.space.space,
        signer=Signer(store.identity.sign, store.identity.public),
    )


def code_of(store: Store, decision: Decision, option: Option | None = None) -> ReviewCode:
    """By what a line of a review is found again: the decision, what stands there, and of several values which."""
    return ReviewCode(
        mark_of(digest_of(decision.place)),
        mark_of(_stood(store, decision)),
        mark_of(digest_of(_key(option)))[:5] if option is not None else "",
    )


def option_of(decision: Decision, code: ReviewCode) -> Option | None:
    """Which of the values that stand there a line is about."""
    return next((each for each in decision.options if mark_of(digest_of(_key(each)))[:5] == code.option), None)


def _key(option: Option) -> str:
    return json.dumps(option.value, sort_keys=True, ensure_ascii=False)


def _stood(store: Store, decision: Decision) -> bytes:
    """A digest of all that whoever decides has to have seen: alike at every store that holds the same."""
    if decision.other:
        return stood_of_two(store, decision.kind, decision.record, decision.other)
    if decision.field == DELETED:
        with store.reading() as connection:
            cluster = members(connection, decision.kind, decision.record)
        ids = sorted(each.write.id for stand in store.standing(cluster).values() for each in stand)
        return digest_of(repr([(run.hex(), number) for run, number in ids]))
    return digest_of(*sorted(map(_key, decision.options)))


def stood_of_two(store: Store, kind: str, one: str, other: str) -> bytes:
    """The same of two that may be one: what each of them says."""
    pair = store.many(kind, sorted((one, other)))
    return digest_of(*(json.dumps([view.id, view.values], sort_keys=True, default=str) for view in pair))


def said(store: Store, field: Field | None, value: Value, spoken: str | None = None) -> str:
    """A value as a line of a review says it; "" of a deletion."""

    def called(record: str) -> str | None:
        named = store.get(field.refers_to, record) if field is not None and field.refers_to else None
        return named.title if named else None

    return shown(field, value, spoken, called) if field is not None else ""


def _conflict(store: Store, decision: Decision, spoken: str) -> Conflict:
    kind = store.registry[decision.kind]
    view = store.get(decision.kind, decision.record)
    field = kind.field(decision.field)
    versions = []
    for place, option in enumerate(decision.options):
        value = said(store, field, option.value, spoken)
        code = str(code_of(store, decision, option))
        versions.append(Version(value, option.author, option.clock, place == 0, code))
    label = say(field.label if field is not None else "Deleted", spoken)
    return Conflict(say(kind.about.label, spoken), decision.title, view.code if view else "", label, versions)


def _alike(store: Store, decision: Decision, spoken: str) -> Alike:
    one, other = (store.get(decision.kind, record) for record in (decision.record, decision.other))
    label = say(store.registry[decision.kind].about.label, spoken)
    codes = [view.code if view else "" for view in (one, other)]
    score = min(100, round(decision.score / 200))
    why = "; ".join(reasons(decision.why, spoken))
    identity = str(code_of(store, decision))
    return Alike(label, decision.title, codes[0], decision.other_title, codes[1], score, why, identity)
