"""Feedback: what was said at each event, by whom if they wished, and how the worker took it down."""

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from outreach_app.demo.captures import Feedback, SignIn
from outreach_app.demo.moments import instant, minutes_of, moment
from outreach_app.demo.voices import Said, Voices, hinted, themes_of
from outreach_app.demo.words import place, words

_KINDS = {
    "experience": 33, "problem": 15, "suggestion": 18, "question": 13, "praise": 9, "belief_heard": 5, "observation": 4,
}  # fmt: skip
_TONES = {
    "praise": (("positive",), (1,)),
    "experience": (("negative", "mixed", "unclear"), (70, 25, 5)),
    "problem": (("negative", "mixed"), (85, 15)),
    "suggestion": (("neutral", "mixed", "positive"), (60, 30, 10)),
    "question": (("neutral", "unclear", "negative"), (60, 25, 15)),
    "belief_heard": (("negative", "unclear"), (50, 50)),
    "observation": (("neutral",), (1,)),
}


class Remarks:
    """Plans the feedback of events and keeps, beside each piece, the part of it that may be shared."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._voices = {language: Voices(rng, language) for language in ("en", "es")}

    def at_event(self, event: int, about: Mapping[str, Any], signed: list[SignIn]) -> list[tuple[Feedback, Said]]:
        """As many pieces of feedback as the event's data asks for, in order of time."""
        charts = round(about["voices"] * 0.06) if about["type"] not in ("canvass", "virtual") else 0
        planned = [
            self._chart(event, about) if number < charts else self._remark(event, about, signed)
            for number in range(about["voices"])
        ]
        return sorted(planned, key=lambda pair: instant(pair[0].at))

    def _language(self, about: Mapping[str, Any]) -> str:
        return "es" if self._rng.random() < about["spanish"] else "en"

    def _chart(self, event: int, about: Mapping[str, Any]) -> tuple[Feedback, Said]:
        language = self._language(about)
        said = self._voices[language].chart(about["topics"])
        at = self._that_night(about)
        return (
            Feedback(
                event, about["staff"][0], at, "paper", said.words, language, "suggestion", themes_of(said), None,
                "not_asked", self._rng.choice((0, 3, 5, 8)), "flip_chart", None, None, None, None,
            ),
            said,
        )  # fmt: skip

    def _remark(self, event: int, about: Mapping[str, Any], signed: list[SignIn]) -> tuple[Feedback, Said]:
        language = self._language(about)
        voices = self._voices[language]
        what_kind = self._rng.choices(list(_KINDS), list(_KINDS.values()))[0]
        topic = voices.topic(what_kind, about["topics"])
        if topic == "strengths_and_assets" and what_kind == "problem":
            what_kind = "praise"
        said = voices.say(what_kind, topic, about["county"])
        how, source = self._how(what_kind, about)
        worker = self._rng.choice(about["staff"])
        at = self._that_night(about) if source == "paper" else self._then(about)
        waits = self._rng.random() < 0.12  # sorting waits for the coordinator
        return (
            Feedback(
                event, worker, at, source, said.words, language,
                None if waits else what_kind,
                () if waits else themes_of(said),
                self._speaker(language, worker, at, what_kind, signed),
                self._may_share(what_kind),
                self._agreed(what_kind), how,
                **self._sorted_by(said, topic, what_kind),
            ),
            said,
        )  # fmt: skip

    def _how(self, what_kind: str, about: Mapping[str, Any]) -> tuple[str, str]:
        """How it came, and by which road it gets in."""
        if what_kind == "observation":
            return "observed", "live"
        how = self._rng.choices(("spoken", "noted", "written_card", "survey"), (62, 16, 18, 4))[0]
        if about["type"] == "virtual" and how == "written_card":
            how = "noted"
        return how, "paper" if how in ("written_card", "survey") else "live"

    def _may_share(self, what_kind: str) -> str:
        if what_kind == "observation":
            return "not_asked"
        return self._rng.choices(("yes", "no", "not_asked"), (58, 11, 31))[0]

    def _agreed(self, what_kind: str) -> int:
        if what_kind == "observation" or self._rng.random() < 0.74:
            return 0
        return self._rng.choice((1, 1, 2, 2, 3, 4, 5, 7, 9))

    def _speaker(self, language: str, worker: int, at: str, what_kind: str, signed: list[SignIn]) -> int | None:
        """Nobody, mostly; else a person the worker signed in earlier that day, of that language."""
        if what_kind == "observation" or self._rng.random() < 0.84:
            return None
        now = instant(at)
        possible = [
            each.person
            for each in signed
            if each.person is not None
            and each.worker == worker
            and each.status in ("attended", "walk_in")
            and (each.language or "en") == language
            and instant(each.at) < now
        ]
        return self._rng.choice(possible) if possible else None

    def _sorted_by(self, said: Said, topic: str, what_kind: str) -> dict[str, str | None]:
        """What a worker with a moment to spare would add."""
        data = words("topics")
        tones, weights = _TONES[what_kind]
        if topic == "strengths_and_assets":
            tones, weights = ("positive", "neutral"), (80, 20)
        tone = self._rng.choices(tones, weights)[0]
        concerned = hinted(said.words, data["populations"])
        chance = self._rng.random
        return {
            "sentiment": tone if chance() < 0.55 else None,
            "scope": data["topics"][topic]["scope"] if chance() < 0.5 else None,
            "population": concerned[0] if concerned and chance() < 0.7 else None,
            "programme": data["topics"][topic]["programme"] if chance() < 0.4 else None,
        }

    def _then(self, about: Mapping[str, Any]) -> str:
        begins, ends = minutes_of(about["from"]), minutes_of(about["to"])
        minutes = self._rng.uniform(begins + 8, ends + 6)
        return moment(date.fromisoformat(about["date"]), minutes, place(about["county"])["state"])

    def _that_night(self, about: Mapping[str, Any]) -> str:
        minutes = self._rng.uniform(21.2 * 60, 22.6 * 60)
        return moment(date.fromisoformat(about["date"]), minutes, place(about["county"])["state"])
