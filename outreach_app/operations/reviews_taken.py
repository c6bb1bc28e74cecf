"""Taking the decisions of a review that was filled in, through the verbs of To decide; each can be undone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from outreach_app.apart import Pause
from outreach_app.journal.changes import Changes, WriteId
from outreach_app.model.errors import BadInput, OutreachError, WrongSpace
from outreach_app.model.fields import Value
from outreach_app.model.values import parse
from outreach_app.model.vocabularies import folded
from outreach_app.operations import decisions as verbs
from outreach_app.operations.reviewing import code_of, option_of, said, stood_of_two
from outreach_app.operations.typing_in import referred
from outreach_app.sheets.accounts import CHANGED, SAME, FileAccount
from outreach_app.sheets.cells import canonical
from outreach_app.sheets.filled_reviews import FilledLine, FilledReview, read_review
from outreach_app.sheets.marks import mark_of
from outreach_app.sheets.openings import Opened
from outreach_app.store.clusters import link_id
from outreach_app.store.decisions import Decision
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import LANGUAGES, _, say

TAKEN, ALREADY, EMPTY, ASIDE = "taken", "already", "empty", "not_understood"
"""What became of a decision of a review."""


def take_review(
    store: Store, opened: Opened, name: str, dry_run: bool = False, pause: Pause = lambda: None
) -> FileAccount:
    """Take the decisions of a review, all in one transaction; or only say what would come of it.

    Raises WrongSpace for another department's, and what ``pause`` raises: then nothing is taken.
    """
    review = read_review(opened)
    if review.space and review.space != store.space.space:
        raise WrongSpace(
            _("This review is from another department ({name}). Nothing of it was taken.", name=review.department)
        )
    account = FileAccount(name)
    if review.damaged:
        account.remarks.append(
            _("The page by which this review is proven is damaged; its lines were read by their codes.")
        )
    taking = _Taking(store, account, dry_run)
    if dry_run:
        taking.take(review, pause)
    else:
        with store.at_once():
            taking.take(review, pause)
    account.change, account.decided = taking.change, taking.counts
    account.remarks.append(
        _(
            "Decisions: {taken} taken, {already} decided already, {empty} left empty, {aside} not understood.",
            taken=taking.counts[TAKEN],
            already=taking.counts[ALREADY],
            empty=taking.counts[EMPTY],
            aside=taking.counts[ASIDE],
        )
    )
    return account


@dataclass(frozen=True, slots=True)
class _Stale(Exception):
    """A line that is not taken, with why."""

    why: str


class _Taking:
    """One review being taken."""

    def __init__(self, store: Store, account: FileAccount, dry_run: bool) -> None:
        self._store, self._account, self._dry_run = store, account, dry_run
        self.change: WriteId | None = None
        self.counts = dict.fromkeys((TAKEN, ALREADY, EMPTY, ASIDE), 0)
        waiting = [(code_of(store, each), each) for each in store.decisions(also_put_off=True) if each.kind]
        self._waiting = {code.place: (each, code.stood) for code, each in waiting}  # before any of it is decided

    def take(self, review: FilledReview, pause: Pause) -> None:
        """Take each decision; its lines belong together."""
        together: dict[str, list[FilledLine]] = {}
        for at, line in enumerate(review.lines):
            together.setdefault(line.code.place if line.code else f"line {at}", []).append(line)
        for lines in together.values():
            pause()
            self._take(lines)

    def _take(self, lines: Sequence[FilledLine]) -> None:
        given = [line for line in lines if line.answer or line.typed or line.unread]
        if not given:
            self._note(EMPTY, SAME)
            return
        try:
            became = self._settled(given)
        except _Stale as fault:
            self._put_aside(given[0], fault.why)
        except OutreachError as fault:
            self._put_aside(given[0], str(fault))
        else:
            self._note(became, CHANGED if became == TAKEN else SAME)

    def _note(self, became: str, outcome: str) -> None:
        self.counts[became] += 1
        self._account.note(_("Decisions"), outcome)

    def _put_aside(self, line: FilledLine, why: str) -> None:
        self.counts[ASIDE] += 1
        self._account.put_aside(_("Decisions"), line.sheet, line.row, why)

    def _settled(self, given: Sequence[FilledLine]) -> str:
        line = given[0]
        if len({(each.answer, each.typed, each.code.option if each.code else "") for each in given}) > 1:
            answers = {each.answer for each in given}
            if len(given) > 1 and (answers & {"use", ""} or len(answers) > 1):
                raise _Stale(_("Two different answers are given for one thing. Leave one of them."))
        if line.unread:
            raise _Stale(_("“{answer}” is none of the answers. Choose one from the list.", answer=line.unread))
        if line.typed and line.answer:
            raise _Stale(_("Two different answers are given for one thing. Leave one of them."))
        if line.code is None:
            raise _Stale(_("Its code is gone, so nobody can tell what it decides."))
        if line.apart:
            raise _apart()
        if line.code.place not in self._waiting:
            return self._no_longer_waiting(line)
        decision, stood = self._waiting[line.code.place]
        self._check_its_own(decision, line)
        if stood != line.code.stood:
            raise _stale()
        return self._do(_verb(self._store, decision, line))

    def _do(self, verb: Callable[[], Changes | None]) -> str:
        if not self._dry_run:
            changes = verb()
            self.change = changes.change if changes and changes.change else self.change
        return TAKEN

    def _check_its_own(self, decision: Decision, line: FilledLine) -> None:
        """A column sorted apart puts a code beside another line's words."""
        records = [each for each in (decision.record, decision.other) if each]
        own = {view.code for view in self._store.many(decision.kind, records)}
        field = self._store.registry[decision.kind].field(decision.field)
        called = {folded(say(field.label, each)) for each in LANGUAGES} if field else set()
        if any(line.records) and own.isdisjoint(line.records):
            raise _apart()
        if called and line.column and folded(line.column) not in called:
            raise _apart()

    def _no_longer_waiting(self, line: FilledLine) -> str:
        """It was decided meanwhile; or two that are not asked about here, of whom somebody says what they are."""
        found = [self._by_code(code) for code in line.records]
        if not found or None in found:
            raise _Stale(_("Nothing here has this code. Merge the workbooks it came from first."))
        if len(found) == 1:
            return ALREADY
        one, other = (view for view in found if view is not None)
        link = self._store.get("links", link_id(one.id, other.id))
        if one.id == other.id or (link is not None and link.shown and link.values["says"] in ("same", "not_same")):
            return ALREADY
        if line.answer == "later":
            return ALREADY
        assert line.code is not None
        if mark_of(stood_of_two(self._store, one.kind, one.id, other.id)) != line.code.stood:
            raise _stale()
        answers: Mapping[str, Callable[[Store, str, str, str], Changes]] = {
            "same": verbs.join,
            "not_same": verbs.not_the_same,
        }
        says = answers.get(line.answer)
        if says is None:
            raise _unfit()
        verb, pair = says, sorted((one.id, other.id))
        verbs.check_decides(self._store, Decision("duplicate", one.kind, pair[0], one.title, other=pair[1]))
        return self._do(lambda: verb(self._store, one.kind, *pair))

    def _by_code(self, code: str) -> View | None:
        kinds = (name for name, kind in self._store.registry.items() if kind.about.in_forms)
        return next((view for kind in kinds if code and (view := self._store.by_code(kind, code))), None)


def _verb(store: Store, decision: Decision, line: FilledLine) -> Callable[[], Changes]:
    """What is done for a line's answer. Raises BadInput where it is no answer to that."""
    if line.typed:
        value = _typed(store, decision, line.typed)
        return lambda: verbs.use(store, decision, value)
    if line.answer == "use" and decision.what == "conflict":
        option = option_of(decision, line.code) if line.code else None
        if option is None:
            raise _stale()
        field = store.registry[decision.kind].field(decision.field)
        if line.said and line.said not in {canonical(said(store, field, option.value, each)) for each in LANGUAGES}:
            raise _apart()
        return lambda: verbs.use(store, decision, option.value)
    if line.answer == "keep_both" and not decision.can_keep_both:
        raise BadInput(_("Both cannot be kept here: it is one value. Use one of them."))
    of_what: Mapping[str, Mapping[str, Callable[[], Changes]]] = {
        "conflict": {"keep_both": lambda: verbs.keep_both(store, decision)},
        "deletion": {
            "keep": lambda: verbs.keep_after_all(store, decision),
            "delete": lambda: verbs.delete_after_all(store, decision),
        },
        "duplicate": {
            "same": lambda: verbs.join(store, decision.kind, decision.record, decision.other),
            "not_same": lambda: verbs.not_the_same(store, decision.kind, decision.record, decision.other),
        },
        "apart": {"same": lambda: verbs.stand_as_one(store, decision)},
    }
    answers = {**of_what.get(decision.what, {}), "later": lambda: verbs.later(store, decision)}
    if decision.what == "apart" and line.answer == "not_same":
        raise BadInput(_("Others join these two, so say in Outreach, under To decide, which one does not belong."))
    if line.answer not in answers:
        raise _unfit()
    if decision.what == "duplicate":
        verbs.check_decides(store, decision)
    return answers[line.answer]


def _typed(store: Store, decision: Decision, text: str) -> Value:
    """The value that was written in. Raises BadInput where it is none of the field's."""
    field = store.registry[decision.kind].field(decision.field)
    if decision.what != "conflict" or field is None:
        raise _unfit()
    return parse(field, text, find=lambda kind, said: referred(store, kind, said))


def _apart() -> _Stale:
    return _Stale(
        _("Its code belongs to another line, as if one column had been sorted apart or what it says were typed over.")
    )


def _stale() -> _Stale:
    return _Stale(_("Somebody changed this after the review was made, so what stands was not seen. Look at it again."))


def _unfit() -> BadInput:
    return BadInput(_("This answer does not fit here. Choose one from the list."))
