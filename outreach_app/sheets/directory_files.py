"""The files of a partner directory, known by their headings, and the account of their rows.

The layout is that of Open Referral's Human Services Data Specification 3, or of Ohana, an older form of it: one CSV
file each for organizations, their locations, addresses, services, contacts, phones and more, joined by numbers; in a
folder, or in one zip file.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from outreach_app.model.errors import BadInput, Damaged, NotFound, NotWritable, OutreachError
from outreach_app.sheets.csv_files import Table, read_csv, table_of
from outreach_app.sheets.csv_writing import unprefixed
from outreach_app.sheets.hsds import OLDER, TABLES
from outreach_app.texts import _

LARGEST = 200_000_000
"""Bytes that a directory's zip file may unpack to."""
_MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class Role:
    """What one file of the layout is for, and how its headings tell."""

    name: str  # the file's usual name, without ".csv"
    kind: str  # the kind of record its rows become, or become part of
    needs: frozenset[str]
    one_of: frozenset[str]  # none: no more is needed
    never: frozenset[str]
    used: frozenset[str]  # columns that are read
    older: Mapping[str, str] = field(default_factory=dict)  # by a heading, the older one that is read for it

    def fits(self, headings: frozenset[str]) -> bool:
        """Whether a file with these headings is this one."""
        return (
            self.needs <= headings and not self.never & headings and (not self.one_of or bool(self.one_of & headings))
        )


def _role(name: str, kind: str, needs: str, one_of: str = "", never: str = "", used: str = "") -> Role:
    wanted, older = frozenset(needs.split()), OLDER.get(name, {})
    read = wanted | frozenset(used.split()) | older.keys()
    return Role(name, kind, wanted, frozenset(one_of.split()), frozenset(never.split()), read, older)


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
        "latitude short_desc transportation virtual accessibility location_type",
        "location_id service_id number title",
        "accessibility alternate_name email languages short_desc transportation website location_type",
    ),
    _role(
        "addresses",
        "organizations",
        "location_id address_1 city address_type",
        used="id attention address_2 state_province postal_code country",
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
        "services",
        "organizations",
        "id organization_id name status",
        "program_id interpretation_services fees_description eligibility_description assured_date url",
        "location_id service_id latitude title number",
        "alternate_name description email application_process",
    ),
    _role(
        "service_places",
        "organizations",
        "service_id location_id",
        never="name number language service_at_location_id address_1 title freq",
        used="id description",
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
    _role(
        "phones",
        "organizations",
        "number type",
        "contact_id location_id organization_id service_id",
        used="id contact_id location_id organization_id service_id extension",
    ),
    _role("identifiers", "organizations", "organization_id identifier", used="id identifier_type"),
    _role("languages", "organizations", "name code location_id", never="number address_1", used="id service_id"),
    _role("areas", "organizations", "service_id name extent extent_type", used="id"),
)
"""In the order they are read: each is joined to those before it."""


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
        written = [heading.lower() for heading in self.table.headings]
        older = {name: known for name, known in self.role.older.items() if known not in written}
        headings = [older.get(heading, heading) for heading in written]
        for number, cells in zip(self.table.numbers, self.table.rows, strict=True):
            yield number, {name: unprefixed(cell.strip()) for name, cell in zip(headings, cells, strict=True) if name}

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


def is_zipped(path: Path) -> bool:
    """Whether a file is a zip file by its name, as a directory leaves in one."""
    return path.suffix.lower() == ".zip" and path.is_file()


def find_files(place: Path) -> tuple[dict[str, DirectoryFile], list[FileAccount]]:
    """The files of a directory by role, and the accounts of CSV files in its folder or zip file that are not read, with
    the reason. Raises BadInput or Damaged for a zip file that cannot be read.

    Of two that fit one role, the one with the usual name is read, else the first by name.
    """
    found: dict[str, DirectoryFile] = {}
    others: list[FileAccount] = []
    usual = {*TABLES, *(role.name for role in ROLES)}
    tables = _zipped(place) if place.is_file() else _in_folder(place)
    for name, read in sorted(tables.items(), key=lambda item: (Path(item[0]).stem.lower() not in usual, item[0])):
        try:
            table = read()
        except OutreachError as fault:
            others.append(FileAccount(name, error=str(fault)))
            continue
        role = role_of(table)
        if role is None:
            others.append(FileAccount(name, error=_("Not a file of a partner directory; it was left alone.")))
        elif role.name in found:
            first = found[role.name].name
            others.append(FileAccount(name, error=_("Holds the same as “{file}”; it was left alone.", file=first)))
        else:
            found[role.name] = DirectoryFile(name, role, table)
    return found, others


def _in_folder(folder: Path) -> dict[str, Callable[[], Table]]:
    paths = [path for path in folder.iterdir() if path.is_file() and path.suffix.lower() == ".csv"]
    return {path.name: partial(read_csv, path) for path in paths}


def _zipped(path: Path) -> dict[str, Callable[[], Table]]:
    """The CSV files in a zip file. What they unpack to is counted as they are unpacked, for a zip may lie about it."""
    found: dict[str, Callable[[], Table]] = {}
    left = LARGEST
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if entry.is_dir() or not entry.filename.lower().endswith(".csv"):
                    continue
                with archive.open(entry) as file:
                    raw = file.read(left + 1)
                left -= len(raw)
                if left < 0 or len(found) >= _MOST_FILES:
                    raise BadInput(_("“{file}” unpacks to far more than a directory holds.", file=path.name))
                name = entry.filename.rpartition("/")[2]
                found[name] = partial(table_of, raw, name)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error) as fault:
        raise Damaged(_("“{file}” cannot be unpacked. Get the whole file and try again.", file=path.name)) from fault
    return found


def files_of(path: Path) -> tuple[dict[str, DirectoryFile], list[FileAccount]]:
    """The files of the directory that a path names, and the accounts of those that are not read. Raises NotFound,
    NotWritable, Damaged, and BadInput where there is no directory."""
    if not path.exists():
        raise NotFound(_("There is no folder “{folder}”. Check the name and try again.", folder=path.name))
    if not path.is_dir() and not is_zipped(path):
        table = read_csv(path)
        role = role_of(table)
        if role is None:
            raise BadInput(_("“{file}” is no file of a partner directory.", file=path.name))
        if role.name != "organizations":
            raise BadInput(
                _(
                    "“{file}” belongs to organizations that are listed in another file. Choose the whole folder.",
                    file=path.name,
                )
            )
        return {role.name: DirectoryFile(path.name, role, table)}, []
    try:
        files, others = find_files(path)
    except OSError:
        raise NotWritable(_("The folder “{folder}” cannot be read.", folder=path.name)) from None
    if "organizations" not in files:
        broken = [account.error for account in others if account.file.lower().startswith("organization")]
        raise BadInput(
            " ".join(
                [
                    *broken,
                    _(
                        "“{folder}” is no partner directory: no CSV file in it lists organizations by id and name.",
                        folder=path.name,
                    ),
                ]
            )
        )
    return files, others
