"""The steps of the circle, from hearing to telling back, in words."""

from outreach_app.texts import say

_STEPS = {
    "heard": "heard",
    "sorted": "sorted",
    "passed_on": "passed on",
    "answered": "answered",
    "told_back": "told back",
}


def step_words(step: str) -> str:
    """What a step is called."""
    return say(_STEPS[step])
