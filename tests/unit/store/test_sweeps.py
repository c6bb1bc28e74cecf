"""Bulk work is done unswept, and what comes after it is not."""

import gc

import pytest

from outreach_app.store.intakes import Intake
from outreach_app.store.stores import Store
from outreach_app.store.sweeps import unswept
from tests.helpers.memories import all_changes


def test_sweeping_goes_on_after_the_outermost_block_even_if_it_fails() -> None:
    def falter() -> None:
        with unswept():
            with unswept():
                assert not gc.isenabled()
            assert not gc.isenabled()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        falter()
    assert gc.isenabled()


def test_what_was_not_swept_before_is_not_swept_after() -> None:
    gc.disable()
    try:
        with unswept():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_changes_are_taken_in_unswept(laptops: list[Store], monkeypatch: pytest.MonkeyPatch) -> None:
    ada, ben, _ = laptops
    swept = []
    take = Intake.take

    def watched(self: Intake, *given: object, **named: object) -> set[bytes]:
        swept.append(gc.isenabled())
        return take(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Intake, "take", watched)
    ben.apply(all_changes(ada))
    with ben.writing("add") as draft:
        draft.new("people", {"name": "Ada"})
    assert swept
    assert not any(swept)
    assert gc.isenabled()
