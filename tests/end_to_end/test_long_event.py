"""A long event at the real window, with undo, edits, drafts, locks and kills: nothing is lost, nothing grows.

This is a short one; `python -m tests.long_event` plays four hours of it.
"""

from pathlib import Path

import pytest

from tests.long_event.__main__ import play
from tests.long_event.oracle import Lost, Oracle
from tests.long_event.worker import ASIDES, HEAD, NOTE, SIGN_IN

SIGN_INS, NOTES, KILLS = 16, 12, 1
SEED = 7
OFTEN = 4.0  # so that something of each kind comes in so few
FEW = 30  # widgets that hold a page gone to once
GROWS = 40  # MB that a store's own memory of its pages may still take


def test_an_event_with_a_kill_loses_nothing_and_leaves_nothing_behind(tmp_path: Path) -> None:
    played = play(tmp_path, SIGN_INS, NOTES, KILLS, SEED, OFTEN)
    done = played.oracle.done
    assert sum(played.struck.values()) == KILLS
    assert SIGN_INS + NOTES - KILLS <= done[SIGN_IN] + done[NOTE] <= SIGN_INS + NOTES
    assert sum(done[each] for each in ASIDES) > 3
    first, *_between, last = max(played.rests, key=len)
    assert last["widgets"] < first["widgets"] + FEW
    assert last["threads"] == first["threads"]
    assert last["mb"] < first["mb"] + GROWS


def test_the_oracle_sees_what_is_lost_made_up_or_made_twice() -> None:
    def oracle() -> Oracle:
        made = Oracle()
        made.hear({"begin": SIGN_IN, "entry": "sign_in 1", "now": "", "then": "Ada Crowe"})
        made.hear({"done": SIGN_IN, "entry": "sign_in 1", "then": "Ada Crowe"})
        made.hear({"begin": NOTE, "entry": "note 2", "now": "", "then": "The van."})
        return made

    held = {SIGN_IN: ["Ada Crowe"], NOTE: [], HEAD: 0}
    oracle().compare(held)
    oracle().compare({**held, NOTE: ["The van."]})
    for wrong in ({SIGN_IN: []}, {SIGN_IN: ["Ada Crowe"] * 2}, {NOTE: ["A bus."]}, {HEAD: 1}):
        with pytest.raises(Lost):
            oracle().compare({**held, **wrong})
    settled = oracle()
    settled.compare(held)
    with pytest.raises(Lost):  # it was not there after the kill, and now it is
        settled.compare({**held, NOTE: ["The van."]})
    kept = oracle()
    kept.hear({"draft": SIGN_IN, "text": "Half"})
    with pytest.raises(Lost, match="stands in"):
        kept.hear({"held": held, "drafts": {SIGN_IN: "", NOTE: ""}})
