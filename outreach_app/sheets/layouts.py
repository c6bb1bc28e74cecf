"""The layouts of other programs' files: of each, its headings and what each holds, declared once for both ways.

What a column holds is written like a place in a record: ``phones:mobile`` the number of a sort, ``phones#2`` the
second, ``phones#2.kind`` what is said of it, ``addresses:postal.zip`` a part of an address. ``middle_name``,
``organization`` and ``job_title`` are no fields of a person, but what other programs keep beside one; ``record`` is our
own code and ``identifier`` the other program's.
"""

import re
from dataclasses import dataclass
from functools import cache

from outreach_app.model.vocabularies import folded

NAMES = ("name", "given_name", "family_name")
RECORD_CODE, IDENTIFIER = "record", "identifier"
BESIDE_PEOPLE = ("middle_name", "organization", "job_title")
OUR_LABEL = "Outreach"
"""What another program calls the field that holds our code."""

_HOLDS = re.compile(r"(?P<field>[a-z_]+)(?::(?P<sort>[a-z_]+))?(?:#(?P<number>\d))?(?:[.=](?P<part>[A-Za-z0-9_-]+))?")


@dataclass(frozen=True, slots=True)
class Holds:
    """What a column holds, taken apart."""

    field: str
    sort: str = ""
    number: int = 0
    part: str = ""


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """One column. ``also``: older headings of it. ``leaves``: whether it is written, for some are only read."""

    heading: str
    holds: str
    also: tuple[str, ...] = ()
    leaves: bool = True

    @property
    def headings(self) -> tuple[str, ...]:
        """All that may head it."""
        return (self.heading, *self.also)


@dataclass(frozen=True, slots=True)
class FileLayout:
    """One program's file. ``called``: the program, as people call it; "" for headings that many use."""

    name: str
    called: str
    kind: str
    columns: tuple[LayoutColumn, ...]

    @property
    def leaving(self) -> tuple[LayoutColumn, ...]:
        """The columns that are written."""
        return tuple(each for each in self.columns if each.leaves)

    @property
    def known(self) -> dict[str, str]:
        """What columns hold, by folded heading."""
        return {folded(heading): each.holds for each in reversed(self.columns) for heading in each.headings}


@cache
def holds(text: str) -> Holds | None:
    """What a column holds, from how it is written; None where it is written otherwise."""
    found = _HOLDS.fullmatch(text)
    if not found:
        return None
    return Holds(found["field"], found["sort"] or "", int(found["number"] or 0), found["part"] or "")


def _read(heading: str, what: str, *also: str) -> LayoutColumn:
    return LayoutColumn(heading, what, also, leaves=False)


def _numbered(most: int, *columns: tuple[str, str, str]) -> tuple[LayoutColumn, ...]:
    """Columns that come several times: heading and what it holds with {n}, and an older heading."""
    return tuple(
        LayoutColumn(heading.format(n=n), what.format(n=n), (older.format(n=n),) if older else ())
        for n in range(1, most + 1)
        for heading, what, older in columns
    )


def _labelled(heading: str, name: str) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """A value and what it is called, as Google has them."""
    label = (f"{heading} {{n}} - Label", f"{name}#{{n}}.kind", f"{heading} {{n}} - Type")
    return label, (f"{heading} {{n}} - Value", f"{name}#{{n}}", "")


GOOGLE = FileLayout(
    "google",
    "Google Contacts",
    "people",
    (
        LayoutColumn("First Name", "given_name", ("Given Name",)),
        LayoutColumn("Middle Name", "middle_name", ("Additional Name",)),
        LayoutColumn("Last Name", "family_name", ("Family Name",)),
        LayoutColumn("Nickname", "preferred_name"),
        LayoutColumn("Organization Name", "organization", ("Organization 1 - Name",)),
        LayoutColumn("Organization Title", "job_title", ("Organization 1 - Title",)),
        _read("Notes", "notes"),
        *_numbered(4, *_labelled("E-mail", "emails")),
        *_numbered(6, *_labelled("Phone", "phones")),
        LayoutColumn("Address 1 - Street", "street"),
        LayoutColumn("Address 1 - City", "town"),
        LayoutColumn("Address 1 - Region", "state"),
        LayoutColumn("Address 1 - Postal Code", "zip"),
        LayoutColumn("Custom Field 1 - Label", "record.label", ("Custom Field 1 - Type",)),
        LayoutColumn("Custom Field 1 - Value", "record"),
    ),
)  # fmt: skip

OUTLOOK = FileLayout(
    "outlook",
    "Outlook",
    "people",
    (
        LayoutColumn("First Name", "given_name"),
        LayoutColumn("Middle Name", "middle_name"),
        LayoutColumn("Last Name", "family_name"),
        LayoutColumn("Nickname", "preferred_name"),
        LayoutColumn("Company", "organization"),
        LayoutColumn("Job Title", "job_title"),
        LayoutColumn("E-mail Address", "emails#1"),
        LayoutColumn("E-mail 2 Address", "emails#2"),
        LayoutColumn("E-mail 3 Address", "emails#3"),
        LayoutColumn("Primary Phone", "phones#1"),
        LayoutColumn("Mobile Phone", "phones:mobile#1"),
        LayoutColumn("Home Phone", "phones:home#1"),
        LayoutColumn("Home Phone 2", "phones:home#2"),
        LayoutColumn("Business Phone", "phones:work#1"),
        LayoutColumn("Business Phone 2", "phones:work#2"),
        LayoutColumn("Business Fax", "phones:fax#1"),
        LayoutColumn("TTY/TDD Phone", "phones:tty#1"),
        LayoutColumn("Other Phone", "phones:other#1"),
        LayoutColumn("Home Street", "street"),
        LayoutColumn("Home City", "town"),
        LayoutColumn("Home State", "state"),
        LayoutColumn("Home Postal Code", "zip"),
        _read("Business Street", "street"),
        _read("Business City", "town"),
        _read("Business State", "state"),
        _read("Business Postal Code", "zip"),
        _read("Notes", "notes"),
        LayoutColumn("User 1", "record"),
    ),
)

CIVICRM = FileLayout(
    "civicrm",
    "CiviCRM",
    "people",
    (
        LayoutColumn("First Name", "given_name"),
        LayoutColumn("Middle Name", "middle_name"),
        LayoutColumn("Last Name", "family_name"),
        LayoutColumn("Nickname", "preferred_name"),
        LayoutColumn("Current Employer", "organization"),
        LayoutColumn("Job Title", "job_title"),
        LayoutColumn("Email", "emails#1"),
        LayoutColumn("Email 2", "emails#2"),
        LayoutColumn("Phone", "phones#1"),
        LayoutColumn("Phone 2", "phones#2"),
        LayoutColumn("Street Address", "street"),
        LayoutColumn("City", "town"),
        LayoutColumn("State", "state"),
        LayoutColumn("Postal Code", "zip"),
        _read("Note(s)", "notes"),
        LayoutColumn("External Identifier", "identifier"),
        _read("Contact ID", "identifier", "Internal Contact ID"),
    ),
)

CALENDAR = FileLayout(
    "calendar",
    "Google Calendar, Outlook",
    "events",
    (
        _read("Subject", "name"),
        _read("Start Date", "starts.day"),
        _read("Start Time", "starts.time"),
        _read("End Date", "ends.day"),
        _read("End Time", "ends.time"),
        _read("Location", "venue_name"),
        _read("Description", "notes"),
    ),
)

_CONTACTS = (
    _read("Phone", "phones", "Phone Number", "Phone Numbers", "Telephone", "Tel", "Teléfono"),
    _read("Cell", "phones:mobile", "Cell Phone", "Mobile", "Mobile Phone", "Celular", "Móvil"),
    _read("Home Phone", "phones:home", "Teléfono de casa"),
    _read("Work Phone", "phones:work", "Office Phone", "Teléfono del trabajo"),
    _read("Fax", "phones:fax", "Fax Number"),
    _read("Email", "emails", "E-mail", "Email Address", "E-mail Address", "Mail", "Correo", "Correo electrónico"),
    _read("Notes", "notes", "Note", "Comments", "Notas", "Comentarios"),
)

COMMON = (
    FileLayout(
        "people",
        "",
        "people",
        (
            _read("UID", "identifier"),
            _read("Full Name", "name", "Contact Name", "Display Name", "Contact", "Nombre completo"),
            _read("First Name", "given_name", "First", "Given Name", "Forename", "Nombre de pila"),
            _read("Middle Name", "middle_name", "Middle", "Segundo nombre"),
            _read("Last Name", "family_name", "Last", "Surname", "Family Name", "Apellido", "Apellidos"),
            *_CONTACTS,
            _read("Organization", "organization", "Company", "Employer", "Agency", "Organización", "Empresa"),
            _read("Title", "job_title", "Position", "Role", "Puesto", "Cargo"),
            _read("Address", "street", "Street", "Mailing Address", "Address 1", "Dirección", "Calle"),
            _read("City", "town", "Ciudad"),
            _read("Zip Code", "zip", "Postal Code", "Zipcode", "Código postal"),
            _read("Language", "preferred_language", "Idioma"),
        ),
    ),
    FileLayout(
        "organizations",
        "",
        "organizations",
        (
            _read("Organization", "name", "Organization Name", "Agency", "Agency Name", "Company", "Organización"),
            *_CONTACTS,
            _read("Web", "website", "URL", "Web Site", "Sitio web"),
            _read(
                "Address", "addresses:physical.street", "Street", "Street Address", "Address 1", "Dirección", "Calle"
            ),
            _read("City", "addresses:physical.town", "Town", "Ciudad"),
            _read("State", "addresses:physical.state", "Estado"),
            _read("Zip Code", "addresses:physical.zip", "ZIP", "Postal Code", "Zipcode", "Código postal"),
            _read("Services", "services_offered", "Servicios"),
            _read("Description", "description", "Descripción"),
            _read("EIN", "identifiers", "Tax ID"),
        ),
    ),
    FileLayout(
        "events",
        "",
        "events",
        (
            _read("UID", "identifier"),
            _read("Event", "name", "Event Name", "Event Title", "Title", "Evento"),
            _read("Date", "starts.day", "Event Date", "Start Date", "Fecha"),
            _read("Time", "starts.time", "Start Time", "Hora"),
            _read("Start", "starts", "Starts At", "Inicio"),
            _read("End", "ends", "Ends At", "Fin"),
            _read("Venue", "venue_name", "Location", "Place", "Lugar"),
            _read("City", "town", "Ciudad"),
            _read("Zip Code", "zip", "Postal Code", "Código postal"),
            _read("Description", "notes", "Notes", "Descripción", "Notas"),
        ),
    ),
)
"""Headings that many use, of no program of their own."""

LAYOUTS = (GOOGLE, OUTLOOK, CIVICRM, CALENDAR)
CONTACT_LAYOUTS = {each.name: each for each in (GOOGLE, OUTLOOK, CIVICRM)}
"""Those that contacts leave in."""

PHONE_LABELS = {
    "mobile": ("Mobile", "Cell"),
    "home": ("Home", "House"),
    "work": ("Work", "Business", "Office", "Main"),
    "fax": ("Work Fax", "Fax", "Home Fax"),
    "tty": ("TTY", "TDD"),
    "hotline": ("Hotline",),
    "other": ("Other",),
}
"""What other programs call our kinds of phone: the first is written, all are read."""


def phone_kind(label: str) -> str:
    """The kind of phone that another program's label means; "" for one it makes up itself."""
    heard = folded(label.lstrip("* "))
    return next((kind for kind, labels in PHONE_LABELS.items() if heard in map(folded, labels)), "")
