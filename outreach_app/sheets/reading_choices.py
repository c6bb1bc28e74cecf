"""What a person says of how files are to be read, where the files themselves leave it open."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from outreach_app.sheets.parsing import Order


@dataclass(frozen=True, slots=True)
class Choices:
    """``told``: by heading, what its column holds, "" for nothing that is to be taken. ``days``: how days with slashes
    are meant where a column's cells do not tell. ``fill``: cells that were merged all hold what the first of them does,
    else the others say nothing. ``keep``: columns that are not ours are kept as notes."""

    told: Mapping[str, str] = field(default_factory=dict)
    days: Order = Order.UNKNOWN
    fill: bool = False
    keep: bool = False


AS_IT_IS = Choices()
"""Nothing is said."""
