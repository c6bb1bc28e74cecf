"""Where this laptop's own work is, in three lines; in two where nobody can confirm it."""

from outreach_app.store.shipping import Whereabouts
from outreach_app.texts import _
from ui.widgets.rows import Row


def where_rows(where: Whereabouts) -> list[Row]:
    """Only here (amber, while there is any), copied, received."""
    only_here = where.only_here
    rows = [Row("only_here", _("Only on this laptop"), "laptop", "", f"{only_here:,}", only_here > 0, strong=True)]
    if where.alone:
        words = _("Copied to a folder or stick")
        about = _("Only another coordinator's laptop could confirm it, and there is none.")
        return [*rows, Row("copied", words, "usb", about, f"{where.copied:,}", strong=True)]
    return [
        *rows,
        Row("copied", _("Copied, not yet confirmed"), "usb", "", f"{where.copied:,}", strong=True),
        Row("received", _("Received by the department"), "circle-check", "", f"{where.received:,}", strong=True),
    ]
