"""The same steps as rules of a Hypothesis state machine, which looks for a play that goes wrong."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.simulator.plays import MEMORY, VERBS, Stage, short_play
from tests.simulator.steps import Step


class Machine(RuleBasedStateMachine):
    """One world; when a run of it ends, all meet and everything is compared."""

    happened: Counter[str]
    """Of all runs."""
    latest: Stage
    stage: Stage | None = None

    @initialize(seed=st.integers(0, 999))
    def begin(self, seed: int) -> None:
        """The laptops are set up, have written a little, and met."""
        self._place = TemporaryDirectory(prefix="outreach-machine-", dir=MEMORY)
        self.stage = Stage(seed, Path(self._place.name))
        for who in range(5):
            self.take(Step("write", who, 0, seed + who))
        self.take(Step("meet_all"))

    def take(self, step: Step) -> None:
        """Take a step."""
        assert self.stage is not None
        type(self).latest = self.stage
        self.stage.take(step)

    def teardown(self) -> None:
        if self.stage is not None:
            try:
                Machine.happened += +self.stage.end().happened
            finally:
                self.stage.close()
                self._place.cleanup()


def _rule(what: str) -> Callable[[Machine, int, int, int], None]:
    def taken(self: Machine, who: int, where: int, chance: int) -> None:
        self.take(Step(what, who, where, chance))

    taken.__name__ = what
    return rule(who=st.integers(0, 6), where=st.integers(0, 1), chance=st.integers(0, 9_999))(taken)


for _what in VERBS:
    setattr(Machine, _what, _rule(_what))


def explore(worlds: int, steps: int) -> Counter[str]:
    """Let Hypothesis look for a play that goes wrong; what happened in all of them. Raises AssertionError.

    The short play is found by leaving steps out: Hypothesis itself, which also tries smaller numbers, takes minutes.
    """
    Machine.happened = Counter()
    how = settings(
        max_examples=worlds, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False,
    )  # fmt: skip
    try:
        run_state_machine_as_test(Machine, settings=how)
    except Exception as fault:
        raise AssertionError(short_play(Machine.latest.taken, Machine.latest.seed)) from fault
    return Machine.happened
