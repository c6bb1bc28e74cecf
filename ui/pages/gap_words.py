"""Who was not heard from lately, in words."""

from datetime import date

from outreach_app.model import counties
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.gaps import Gap
from outreach_app.texts import _, count


def gap_called(gap: Gap) -> str:
    """Who it is: "Graham County, NC", "Spanish speakers", "Farmworkers"."""
    if gap.of == "counties":
        return counties.label(gap.code)
    if gap.of == "languages":
        return _("{spoken} speakers", spoken=vocabulary("languages").label(gap.code))
    return vocabulary("populations").label(gap.code)


def silent_for(gap: Gap, today: date) -> str:
    """For how long: "11 weeks", "never"."""
    return count("{n} week", "{n} weeks", gap.weeks(today)) if gap.last else _("not yet")
