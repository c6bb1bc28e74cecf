"""Settings, declared once: the department's are the fields of a record, this laptop's stand here.

The page, the command, and the file by which other laptops are set up alike are made from these declarations.
"""

from collections.abc import Mapping, Sequence

from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Shape, Value
from outreach_app.model.kinds import Registry
from outreach_app.model.letters import well_formed
from outreach_app.model.logos import logo_fault
from outreach_app.model.vocabularies import vocabulary
from outreach_app.texts import _, say

DEPARTMENT_KIND = "department_settings"
LANGUAGE, THEME, TEXT_SIZE, IDLE = "language", "theme", "text_size", "idle_minutes"
DOOR = (LANGUAGE, THEME, TEXT_SIZE)
"""What the door shows too, before the store is open."""
LOGO, THRESHOLD = "logo", "threshold"

LAPTOP: Sequence[Field] = (
    Field("Language", Shape.CHOICE, "What the program speaks on this laptop.", vocabulary="spoken", name=LANGUAGE),
    Field("Colors", Shape.CHOICE, "High contrast reads best in the sun.", vocabulary="looks", name=THEME),
    Field("Size of text", Shape.CHOICE, vocabulary="text_sizes", name=TEXT_SIZE),
    Field("Lock when nobody touches it for", Shape.CHOICE, vocabulary="idle_minutes", name=IDLE),
)
"""What each laptop has its own of. It is never sent, and goes with the file of settings alone."""

DEFAULTS: Mapping[str, Value] = {THRESHOLD: 10, THEME: "system", TEXT_SIZE: "100", IDLE: "15"}
"""What holds until somebody says otherwise; all else is empty until then."""

_BOUNDS = {THRESHOLD: (2, 100)}
_LONGEST = {Shape.TEXT: 200, Shape.LONG_TEXT: 2_000}


def declared_settings(registry: Registry) -> dict[str, Field]:
    """Every setting by name: the department's, then this laptop's."""
    return {**registry[DEPARTMENT_KIND].by_name, **{field.name: field for field in LAPTOP}}


def check_setting(field: Field, value: Value) -> None:
    """Raises BadInput, naming the setting, for a value that it cannot have. None empties any."""
    fault = "" if value is None else _fault(field, value)
    if fault:
        raise BadInput(_("{setting}: {fault}", setting=say(field.label), fault=fault))


def _fault(field: Field, value: Value) -> str:
    """Why a value cannot be a setting's, "" where it can."""
    match field.shape, value:
        case Shape.CHOICE, str() if value in vocabulary(field.vocabulary).by_code:
            return ""
        case Shape.NUMBER, int() if not isinstance(value, bool):
            least, most = _BOUNDS[field.name]
            within = least <= value <= most
            return "" if within else _("choose a number from {least} to {most}.", least=least, most=most)
        case Shape.LONG_TEXT, str() if field.name == LOGO:
            return logo_fault(value)
        case ((Shape.TEXT | Shape.LONG_TEXT), str()) if well_formed(value) == value:
            most = _LONGEST[field.shape]
            return "" if len(value) <= most else _("this is too long; {most} letters are the most.", most=f"{most:,}")
        case _:
            return _("this cannot be used.")
