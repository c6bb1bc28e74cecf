"""What was asked in a county before, and what became of it: to be told to those who come there again.

Others look on where it is shown, so the words are those that were released for sharing; of what was not, its themes.
"""

from dataclasses import dataclass

from outreach_app.operations.releases import TEXT, Stage, stage_of
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import language

_LATEST = 200  # answers looked through, the latest first


@dataclass(frozen=True, slots=True)
class Answered:
    """Something that was asked, in words anybody may read, or else by its themes; what was decided, and when the
    community was told ("" for not yet)."""

    feedback: str
    words: str
    themes: tuple[str, ...]
    decided: str
    told_back_on: str = ""


def answered_here(store: Store, event: str, limit: int = 3) -> list[Answered]:
    """The latest answers to what was said at events in this event's county."""
    found = store.get("events", event)
    county = found.values["county"] if found else None
    if not county:
        return []
    here = {view.id for view in store.list("events", {"county": county})}
    answers = {
        view.values["feedback"]: view
        for view in reversed(store.list("responses", order="-made_at", limit=_LATEST))
        if view.values["decided"]
    }
    said = {view.id: view for view in store.many("feedback", list(answers)) if view.shown}
    told = [
        _answered(store, said[feedback], answer)
        for feedback, answer in reversed(answers.items())
        if feedback in said and said[feedback].values["event"] in here and not said[feedback].values["sensitive"]
    ]
    return [each for each in told if each.words or each.themes][:limit]


def _answered(store: Store, said: View, answer: View) -> Answered:
    themes = store.many("themes", said.elements("themes"))
    names = [(theme.values["name_es"] if language() == "es" else None) or theme.title for theme in themes]
    released = stage_of(said.values) is Stage.RELEASED
    return Answered(
        said.id,
        str(said.values[TEXT]) if released else "",
        tuple(names),
        str(answer.values["decided"]),
        str(answer.values["told_back_on"] or ""),
    )
