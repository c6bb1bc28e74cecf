"""Mistakes that others have made, planted in the program by the tests alone: each must be caught by some play."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from outreach_app.journal import standing
from outreach_app.journal.changes import Change, Horizon, Stamped, WriteId
from outreach_app.journal.clock import DAY
from outreach_app.journal.statements import Received, run_of
from outreach_app.model.errors import OutreachError
from outreach_app.model.fields import Rule
from outreach_app.model.records import REGISTRY
from outreach_app.operations.syncing import StoreReplica
from outreach_app.store import receivers, record_journals
from outreach_app.store.identities import EVERYONE
from outreach_app.store.shipping import Shipping, State
from outreach_app.store.stores import Store
from outreach_app.sync import exchanges
from outreach_app.sync.carriers import Listed
from outreach_app.sync.exchanges import Applied
from outreach_app.sync.segments import OpenedSegment, Segment, read_label, seal
from tests.simulator.laptops import Laptop

Place = tuple[bytes, int, int]
Patch = pytest.MonkeyPatch


def last_writer_wins(patch: Patch) -> None:
    """Of two that differ, the later takes the place of the earlier."""
    true = standing.standing

    def latest(*given: Any) -> list[Stamped]:
        stand = true(*given)
        beside = [each for each in stand if _rule(each) in (Rule.TALLY, Rule.ONCE)]
        return [*beside, *{each.write.slot: each for each in stand if each not in beside}.values()]

    patch.setattr(record_journals, "standing", latest)


def _rule(each: Stamped) -> Rule:
    return REGISTRY.rule(each.write.slot.kind, each.write.slot.field)


def replaced_writes_forgotten(patch: Patch) -> None:
    """One of the writes that were replaced stands again."""
    true = standing.replaced

    def forgetful(writes: Iterable[Any]) -> set[Any]:
        gone = true(writes)
        return gone - {min(gone, default=None)}

    patch.setattr(standing, "replaced", forgetful)


def horizon_too_far(patch: Patch) -> None:
    """The change after the last one that a workbook's maker knew counts as known."""

    def covers(self: Horizon, write: WriteId) -> bool:
        return write in self.beyond or (write.run in self.runs and 0 < write.number <= self.runs[write.run] + 3)

    patch.setattr(Horizon, "covers", covers)


def horizon_too_near(patch: Patch) -> None:
    """The last write of a run that a workbook's maker knew counts as unknown."""

    def covers(self: Horizon, write: WriteId) -> bool:
        reached = self.runs.get(write.run, 0)
        return 0 < write.number < reached or (write in self.beyond and not reached == write.number > 0)

    patch.setattr(Horizon, "covers", covers)


def reading_counted_without_its_horizon(patch: Patch) -> None:
    """What a workbook does not show counts as gone, whether or not its maker knew it."""
    patch.setattr(Horizon, "covers", lambda _horizon, _write: True)


def readings_not_synced(patch: Patch) -> None:
    """A change travels without the workbooks that were read in it."""

    def stripped(changes: Collection[Change], *given: Any) -> Segment:
        return seal([replace(change, readings=()) for change in changes], *given)

    patch.setattr(exchanges, "seal", stripped)


def delivery_without_waiting(patch: Patch) -> None:
    """What follows a gap is taken in, and the gap forgotten."""

    def hasty(known: Mapping[bytes, int], offered: Collection[Place]) -> list[Place]:
        return sorted(place for place in offered if place[1] > known.get(place[0], 0))

    patch.setattr(receivers, "ready", hasty)
    patch.setattr(Shipping, "state_of", lambda _shipping, _digest: State.APPLIED)


def cursor_that_skips_a_gap(patch: Patch) -> None:
    """A file whose numbers lie below the highest one kept of its run is passed over."""
    true = exchanges._Exchange._take

    def take(self: Any, file: Listed) -> None:
        *_device, run, first, _last, _digest = ["", *file.name.replace("/", "-").split("-")][-5:]
        kept = [name.replace("/", "-").split("-") for name in self._replica.kept()]
        if int(first) < max((int(last) for *_rest, of, _first, last, _digest in kept if of == run), default=0):
            self._unchanged += 1
        else:
            true(self, file)

    patch.setattr(exchanges._Exchange, "_take", take)


def clamp_on_clocks(patch: Patch) -> None:
    """A clock that cannot be right is set right by whoever takes the change in."""
    true = Store._take_in

    def take_in(self: Store, connection: Any, taken: Iterable[Change], begun: Any) -> Any:
        latest = self.clock.now() + DAY
        return true(self, connection, [replace(each, clock=min(each.clock, latest)) for each in taken], begun)

    patch.setattr(Store, "_take_in", take_in)


def receipt_before_durable_write(patch: Patch) -> None:
    """A coordinator's laptop signs for a segment before it has taken it in."""
    true = StoreReplica.apply

    def apply(self: StoreReplica, opened: OpenedSegment) -> Applied:
        store = self._store
        if store.device in store.membership().coordinators and store.device != opened.header.device:
            with store.writing("receive") as draft:
                draft.statements.append(Received({opened.header.run: opened.header.last}))
        return true(self, opened)

    patch.setattr(StoreReplica, "apply", apply)


def listing_trusted(patch: Patch) -> None:
    """A file that is listed under the name of a segment is taken for that segment, unread."""
    true = exchanges._Exchange._take

    def take(self: Any, file: Listed) -> None:
        if file.name in self._replica.kept():
            self._unchanged += 1
            self._present.add(file.name)
        else:
            true(self, file)

    patch.setattr(exchanges._Exchange, "_take", take)


def cursor_saved_before_apply(patch: Patch) -> None:
    """A file is remembered as done, and its changes are taken in after that."""
    true = exchanges._Exchange._take

    def take(self: Any, file: Listed) -> None:
        with suppress(OutreachError):
            segment, _sealed = read_label(self._carrier.read(file.name), self._replica.space.space)
            self._replica.keep(segment.kept(State.APPLIED))
            self._note(file, segment.name, segment.label.run, segment.label.last)
        true(self, file)

    patch.setattr(exchanges._Exchange, "_take", take)


def run_id_reused(patch: Patch) -> None:
    """A laptop goes on in the same run after it was unlocked, restored or copied."""
    true = Laptop.open

    def open_again(self: Laptop, *by: Any) -> None:
        true(self, *by)
        self.store._runs[EVERYONE] = run_of(self.store.device, b"reused..")

    patch.setattr(Laptop, "open", open_again)


MISTAKES: tuple[Callable[[Patch], None], ...] = (
    last_writer_wins, replaced_writes_forgotten, horizon_too_far, horizon_too_near, reading_counted_without_its_horizon,
    readings_not_synced, delivery_without_waiting, cursor_that_skips_a_gap,
    clamp_on_clocks, receipt_before_durable_write, listing_trusted, cursor_saved_before_apply, run_id_reused,
)  # fmt: skip
