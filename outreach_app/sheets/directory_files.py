"""The files of a partner directory, known by their headings, and the account of their rows.

The layout is that of Ohana, an older form of Open Referral's Human Services Data Specification: one CSV file each for
organizations, their locations, addresses, mailing addresses, services, contacts and phones, joined by numbers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from outreach_app.model.errors import OutreachError
from outreach_app.sheets.csv_files import Table, read_csv
from outreach_app.texts import _


@dataclass(frozen=True, slots=True)
class Role:
    """What one file of the layout is for, and how its headings tell."""

    name: str  # the file's usual name, without ".csv"
    kind: str  # the kind of record its rows become, or become part of
    needs: frozenset[str]
    one_of: frozenset[str]  # none: no more is needed
    never: frozenset[str]
    used: frozenset[str]  # columns that are read

    def fits(self, headings: frozenset[str]) -> bool:
        """Whether a file with these headings is this one."""
        return (
            self.needs <= headings and not self.never & headings and (not self.one_of or bool(self.one_of & headings))
        )


def _role(name: str, kind: str, needs: str, one_of: str = "", never: str = "", used: str = "") -> Role:
    wanted = frozenset(needs.split())
    return Role(
        name, kind, wanted, frozenset(one_of.split()), frozenset(never.split()), wanted | frozenset(used.split())
    )


# In the order they are read: each is joined to those before it.
ROLES = (
    _role(
        "organizations",
        "organizations",
        "id name",
        "alternate_name legal_status tax_id tax_status date_incorporated accreditations funding_sources",
        "organization_id location_id service_id latitude",
        "alternate_name description email tax_id website",
    ),
    _role(
        "locations",
        "organizations",
        "id organization_id name",
        "latitude short_desc transportation virtual accessibility",
        "location_id service_id number title",
        "accessibility alternate_name email languages short_desc transportation website",
    ),
    _role(
        "addresses",
        "organizations",
        "location_id address_1 city",
        never="attention",
        used="id address_2 state_province postal_code country",
    ),
    _role(
        "mail_addresses",
        "organizations",
        "location_id address_1 city attention",
        used="id address_2 state_province postal_code country",
    ),
    _role(
        "services",
        "organizations",
        "id location_id name",
        "eligibility application_process service_areas fees audience",
        used="alternate_name application_process description eligibility email fees languages service_areas status "
        "website",
    ),
    _role(
        "contacts",
        "people",
        "id name title",
        "organization_id location_id service_id",
        "number",
        "organization_id location_id service_id email department",
    ),
    _role(
        "phones",
        "organizations",
        "number number_type",
        "contact_id location_id organization_id service_id",
        used="id contact_id location_id organization_id service_id country_prefix department extension vanity_number",
    ),
)


@dataclass(frozen=True, slots=True)
class UsedRow:
    """A row that became a record, or part of one."""

    row: int
    source_key: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that could not be used, and why, in a sentence for a person."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of one file: ``read`` = the used rows + those set aside. With an ``error``, none of it was read."""

    file: str
    kind: str = ""
    read: int = 0
    used: tuple[UsedRow, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    columns_not_used: tuple[str, ...] = ()  # that have something in them
    error: str = ""


@dataclass(slots=True)
class DirectoryFile:
    """One file being read: its rows by heading, each of which is used or set aside."""

    name: str
    role: Role
    table: Table
    _used: list[UsedRow] = field(default_factory=list)
    _aside: list[SetAside] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """(number, cells by heading), cells stripped; a heading that is missing is not in the mapping."""
        headings = [heading.lower() for heading in self.table.headings]
        for number, cells in zip(self.table.numbers, self.table.rows, strict=True):
            yield number, {name: cell.strip() for name, cell in zip(headings, cells, strict=True) if name}

    def use(self, row: int, source_key: str) -> None:
        """Note that a row became (part of) a record."""
        self._used.append(UsedRow(row, source_key))

    def set_aside(self, row: int, reason: str) -> None:
        """Note that a row could not be used."""
        self._aside.append(SetAside(row, reason))

    def account(self) -> FileAccount:
        """What became of its rows."""
        table = self.table
        unused = tuple(
            heading
            for at, heading in enumerate(table.headings)
            if heading.lower() not in self.role.used and any(cells[at].strip() for cells in table.rows)
        )
        return FileAccount(self.name, self.role.kind, len(table.rows), tuple(self._used), tuple(self._aside), unused)


def role_of(table: Table) -> Role | None:
    """Which file of the layout a table is, by its headings; None for any other table."""
    headings = frozenset(heading.lower() for heading in table.headings)
    return next((role for role in ROLES if role.fits(headings)), None)


def find_files(folder: Path) -> tuple[dict[str, DirectoryFile], list[FileAccount]]:
    """The files of a directory by role, and the accounts of CSV files in the folder that are not read, with the reason.

    Of two that fit one role, the one with the usual name is read, else the first by name.
    """
    found: dict[str, DirectoryFile] = {}
    others: list[FileAccount] = []
    usual = {role.name for role in ROLES}
    paths = [path for path in folder.iterdir() if path.is_file() and path.suffix.lower() == ".csv"]
    for path in sorted(paths, key=lambda path: (path.stem.lower() not in usual, path.name)):
        try:
            table = read_csv(path)
        except OutreachError as fault:
            others.append(FileAccount(path.name, error=str(fault)))
            continue
        role = role_of(table)
        if role is None:
            others.append(FileAccount(path.name, error=_("Not a file of a partner directory; it was left alone.")))
        elif role.name in found:
            first = found[role.name].name
            others.append(FileAccount(path.name, error=_("Holds the same as “{file}”; it was left alone.", file=first)))
        else:
            found[role.name] = DirectoryFile(path.name, role, table)
    return found, others
