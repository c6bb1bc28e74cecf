"""What somebody did to a field in a form, where giving it a new value as a whole would undo what others did."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from outreach_app.model.fields import Value


@dataclass(frozen=True, slots=True)
class ListEdit:
    """What was done to a list field, element by element: other elements stay as others leave them."""

    changed: Mapping[str, Value] = field(default_factory=dict)  # by element id; None takes the element away
    added: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was done to a tally: pressed so many times up, or (below 0) down."""

    by: int
