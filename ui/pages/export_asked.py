"""What is asked for on the page Export, as it is handed to the pages beside it."""

from dataclasses import dataclass, replace

from outreach_app.operations.leaving import Wanted
from outreach_app.store.stores import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """``partner`` and ``event`` are ids, or "" for none; the rest is as it was chosen."""

    chosen: Wanted
    partner: str = ""
    event: str = ""

    def wanted(self, store: Store) -> Wanted:
        """The same as verbs are told it: by codes, and for the log by the partner's name where nobody else is named."""
        partner = store.get("organizations", self.partner) if self.partner else None
        event = store.get("events", self.event) if self.event else None
        return replace(
            self.chosen,
            partner=partner.code if partner else "",
            event=event.code if event else "",
            to_whom=self.chosen.to_whom or (partner.title if partner else ""),
        )
