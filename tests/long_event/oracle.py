"""What must be in the store, by what the worker told: what is done is there, what was begun may be, nothing else is."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.long_event.worker import DRAFT, HEAD, LOCK, NOTE, SIGN_IN


class Lost(AssertionError):
    """Something that was done is not there, or something is there that nobody did."""


@dataclass
class Oracle:
    """Counts. ``may`` has for each entry what it may say ("" for one that may be gone); one text once it is settled."""

    may: dict[str, set[str]] = field(default_factory=dict)
    drafts: dict[str, set[str]] = field(default_factory=lambda: {SIGN_IN: {""}, NOTE: {""}})
    done: Counter[str] = field(default_factory=Counter)
    number: int = 0
    """How many texts were drawn, so that the next is another."""

    def hear(self, told: dict[str, Any]) -> None:
        """Take in one line of the worker's."""
        match told:
            case {"begin": what, "entry": entry, "then": then}:
                self.number += 1
                self.may.setdefault(entry, {told["now"]}).add(then)
                if what in self.drafts:
                    self.drafts[what] = _begun(then)
            case {"done": what, "entry": entry, "then": then}:
                self.may[entry] = {then}
                self.done[what] += 1
                if what in self.drafts:
                    self.drafts[what] = {""}
            case {"draft": way, "text": text}:
                self.number += 1
                self.drafts[way] = {text} if not told.get("struck") else self.drafts[way] | {""}
                self.done[DRAFT] += not told.get("struck")
            case {"locked": True}:
                self.done[LOCK] += 1
            case {"held": held, "drafts": drafts}:
                self.compare(held)
                for way, text in drafts.items():
                    if not any(text == each or (each and text and each.startswith(text)) for each in self.drafts[way]):
                        raise Lost(f"{text!r} stands in {way}, not one of {sorted(self.drafts[way])}")

    def compare(self, held: dict[str, Any]) -> None:
        """Compare with what the store holds; what was only begun is settled by that."""
        for what in (SIGN_IN, NOTE):
            self._settle(what, Counter(held[what]))
        heads = [self.may[entry] for entry in self.may if entry.split()[0] == HEAD]
        if not sum("" not in each for each in heads) <= held[HEAD] <= sum(each != {""} for each in heads):
            raise Lost(f"{held[HEAD]} heads of {len(heads)}")
        for entry in [entry for entry in self.may if entry.split()[0] == HEAD and len(self.may[entry]) > 1]:
            settled = sum(each == {"one"} for each in heads)
            self.may[entry] = {"one"} if settled < held[HEAD] else {""}

    def _settle(self, what: str, there: Counter[str]) -> None:
        for entry, may in self.may.items():
            if entry.split()[0] != what:
                continue
            found = [text for text in may if text and there[text]]
            if not found and "" not in may:
                raise Lost(f"{entry} is lost: {sorted(may)}")
            if found:
                there[found[0]] -= 1
            self.may[entry] = {found[0] if found else ""}
        if extra := [text for text, number in there.items() if number]:
            raise Lost(f"{len(extra)} of {what} that nobody made, or made once: {extra[:3]}")

    def left(self, wanted: dict[str, int]) -> dict[str, int]:
        """How many are still to be begun."""
        begun = Counter(entry.split()[0] for entry in self.may)
        return {what: max(0, number - begun[what]) for what, number in wanted.items()}


def _begun(text: str) -> set[str]:
    """What may stand in a form when it was killed while this was typed: it, its beginnings, or nothing."""
    return {"", text}
