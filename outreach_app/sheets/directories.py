"""A partner directory in a layout of Open Referral (HSDS 3, or Ohana), read into descriptions of new records.

What cannot be a field of its own (which phone belongs to which place, how to get there) is kept in the notes. All text
taken over stays in the directory's own language. Every record has a key made from the directory alone, so that reading
it twice describes the same records.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach_app.model.errors import OutreachError
from outreach_app.model.identifiers import is_id
from outreach_app.sheets.csv_files import read_csv
from outreach_app.sheets.directory_files import (
    DirectoryFile,
    FileAccount,
    SetAside,
    UsedRow,
    files_of,
    find_files,
    is_zipped,
    role_of,
)
from outreach_app.sheets.directory_records import (
    AffiliationDraft,
    OrganizationDraft,
    PlaceDraft,
    Row,
    add_new,
    address_value,
    county_in,
    languages_in,
    one_line,
    phone_note,
    phone_value,
    place_notes,
    service_line,
    service_notes,
    slug,
)
from outreach_app.texts import _

__all__ = ["Directory", "FileAccount", "NewRecord", "SetAside", "UsedRow", "is_directory", "read_directory"]


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to be made: its field values (lists as plain element values), and its references as source keys.

    ``own``: the id it has in the directory, where that may be one of ours that left and comes back."""

    kind: str
    source_key: str
    values: Mapping[str, Any]
    references: Mapping[str, str] = field(default_factory=dict)
    own: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """What a partner directory holds, and what became of each row of its files."""

    organizations: tuple[NewRecord, ...]
    people: tuple[NewRecord, ...]
    affiliations: tuple[NewRecord, ...]
    files: tuple[FileAccount, ...]

    @property
    def records(self) -> tuple[NewRecord, ...]:
        """All records, those that others refer to first."""
        return self.organizations + self.people + self.affiliations


def is_directory(path: Path) -> bool:
    """Whether a folder, or a CSV file, is (part of) a partner directory in this layout."""
    try:
        if path.is_dir() or is_zipped(path):
            return "organizations" in find_files(path)[0]
        return role_of(read_csv(path)) is not None
    except (OSError, OutreachError):
        return False


def read_directory(path: Path) -> Directory:
    """The partner directory in a folder or zip file of CSV files, or in its file of organizations alone.

    NotFound where there is nothing of that name, NotWritable where it cannot be read, BadInput where it is no such
    directory.
    """
    files, others = files_of(path)
    reader = _Reader(files)
    for role, read in reader.readers().items():
        if role in files:
            read(files[role])
    accounts = [file.account() for file in files.values()]
    return reader.directory(tuple(sorted([*accounts, *others], key=lambda account: account.file)))


class _Reader:
    """Reads the files in order, each row joined to what the files before it held."""

    def __init__(self, files: Mapping[str, DirectoryFile]) -> None:
        self._organizations: dict[str, OrganizationDraft] = {}
        self._places: dict[str, PlaceDraft] = {}
        self._services: dict[str, str] = {}  # a service's number -> its location's
        self._offers: dict[str, OrganizationDraft] = {}  # a service's number -> whose it is
        self._people: dict[str, str] = {}  # source key -> name
        self._affiliations: dict[str, AffiliationDraft] = {}
        self._contacts: dict[str, AffiliationDraft] = {}  # a contact's number -> the affiliation
        self._has_places = "locations" in files

    def readers(self) -> Mapping[str, Callable[[DirectoryFile], None]]:
        """By role, in the order of reading."""
        return {
            "organizations": self._read_organizations,
            "locations": self._read_locations,
            "addresses": lambda file: self._read_addresses(file, "physical"),
            "mail_addresses": lambda file: self._read_addresses(file, "postal"),
            "services": self._read_services,
            "service_places": self._read_service_places,
            "identifiers": self._read_identifiers,
            "languages": self._read_languages,
            "areas": self._read_areas,
            "contacts": self._read_contacts,
            "phones": self._read_phones,
        }

    def directory(self, files: tuple[FileAccount, ...]) -> Directory:
        """All that was read."""
        organizations = []
        for number, draft in self._organizations.items():
            places = [place for place in self._places.values() if place.organization == number]
            own = number if is_id(number) else ""
            organizations.append(NewRecord("organizations", draft.source_key, draft.finished(places), own=own))
        people = [NewRecord("people", key, {"name": name}) for key, name in self._people.items()]
        affiliations = [
            NewRecord(
                "affiliations",
                one.source_key,
                one.values,
                {"person": one.person, "organization": one.organization},
                one.own,
            )
            for one in self._affiliations.values()
        ]
        return Directory(tuple(organizations), tuple(people), tuple(affiliations), files)

    def _read_organizations(self, file: DirectoryFile) -> None:
        for number, row in file.rows():
            name, own = one_line(row["name"]), row["id"]
            if not name or not own:
                file.set_aside(number, _("It has no name.") if own else _("It has no number (id)."))
                continue
            if own in self._organizations:
                file.set_aside(number, _("Another organization above has the same number (id)."))
                continue
            draft = OrganizationDraft(f"ohana:organization:{own}:{slug(name)}", name, {"name": name})
            draft.add("other_names", one_line(row.get("alternate_name", "")))
            draft.add("emails", row.get("email", ""))
            draft.add("identifiers", row.get("tax_id", ""))
            draft.add_website(row.get("website", ""))
            if row.get("description"):
                draft.values["description"] = row["description"]
            self._organizations[own] = draft
            file.use(number, draft.source_key)

    def _read_locations(self, file: DirectoryFile) -> None:
        for number, row in file.rows():
            draft = self._organizations.get(row["organization_id"])
            if draft is None:
                file.set_aside(number, self._no_organization())
                continue
            if row["id"] in self._places:
                file.set_aside(number, _("Another location above has the same number (id)."))
                continue
            place = PlaceDraft(row["organization_id"], one_line(row["name"]) or draft.name)
            place.notes += place_notes(row)
            self._add_languages(draft, row.get("languages", ""))
            draft.add("emails", row.get("email", ""))
            draft.add_website(row.get("website", ""))
            self._places[row["id"]] = place
            file.use(number, draft.source_key)

    def _read_addresses(self, file: DirectoryFile, kind: str) -> None:
        for number, row in file.rows():
            found = self._of_place(row["location_id"])
            if found is None:
                file.set_aside(number, self._no_place())
                continue
            draft, place = found
            sort, named = row.get("address_type", kind), place.name
            if "address_type" in row:  # there a location without a name has its organization's
                sort, named = ("postal" if sort == "postal" else "physical"), "" if named == draft.name else named
            address = address_value(row, sort, one_line(row.get("attention", "")) or named)
            if address is None:
                file.set_aside(number, _("The address is outside the United States."))
                continue
            draft.add("addresses", address)
            file.use(number, draft.source_key)

    def _read_services(self, file: DirectoryFile) -> None:
        for number, row in file.rows():
            draft, place = self._of_row(row), self._places.get(row.get("location_id", ""))
            if draft is None:
                file.set_aside(number, self._no_place() if "location_id" in row else self._no_organization())
                continue
            self._services[row["id"]], self._offers[row["id"]] = row.get("location_id", ""), draft
            status = row.get("status", "").lower()
            draft.services.add(status or "active")
            if status not in ("", "active"):
                file.set_aside(number, _("The service is no longer offered ({status}).", status=status))
                continue
            draft.add("services_offered", service_line(row))
            services = place.services if place else draft.service_notes
            services.setdefault(one_line(row["name"]), []).extend(service_notes(row))
            draft.add("emails", row.get("email", ""))
            draft.add_website(row.get("website", ""))
            self._add_languages(draft, row.get("languages", ""))
            file.use(number, draft.source_key)

    def _read_service_places(self, file: DirectoryFile) -> None:
        for number, row in file.rows():
            draft, place = self._offers.get(row["service_id"]), self._places.get(row["location_id"])
            if draft is None or place is None:
                file.set_aside(number, self._no_place() if draft else _("Its service is not in this folder."))
                continue
            self._services[row["service_id"]] = row["location_id"]
            file.use(number, draft.source_key)

    def _read_identifiers(self, file: DirectoryFile) -> None:
        for number, row in file.rows():
            draft = self._organizations.get(row["organization_id"])
            if draft is None or not row["identifier"]:
                file.set_aside(number, _("It has no number (id).") if draft else self._no_organization())
                continue
            draft.add("identifiers", row["identifier"])
            file.use(number, draft.source_key)

    def _read_languages(self, file: DirectoryFile) -> None:
        for number, row in file.rows():
            draft = self._of_row(row)
            if draft is None:
                file.set_aside(number, self._no_place())
                continue
            self._add_languages(draft, row["name"] or row["code"])
            file.use(number, draft.source_key)

    def _read_areas(self, file: DirectoryFile) -> None:
        for number, row in file.rows():
            draft = self._offers.get(row["service_id"])
            if draft is None:
                file.set_aside(number, _("Its service is not in this folder."))
                continue
            county = county_in(row)
            if county:
                draft.add("counties_served", county)
            elif row["name"]:
                add_new(draft.notes, f"Serves {one_line(row['name'])}")
            file.use(number, draft.source_key)

    def _read_contacts(self, file: DirectoryFile) -> None:
        for number, row in file.rows():
            draft = self._of_row(row)
            name = one_line(row["name"])
            if draft is None or not name:
                file.set_aside(number, _("It has no name.") if draft else self._no_organization())
                continue
            # The same name at two places of one organization is one person.
            person = f"ohana:person:{slug(name)}:{draft.source_key}"
            title = ", ".join(one_line(row[part]) for part in ("title", "department") if row.get(part))
            key = f"{person.replace('person', 'affiliation', 1)}:{slug(title)}"
            self._people.setdefault(person, name)
            place = self._affiliations.setdefault(key, AffiliationDraft(key, person, draft.source_key, {}))
            place.own = place.own or (row["id"] if is_id(row["id"]) else "")
            if title:
                place.values["job_title"] = title
            if row.get("email"):
                add_new(place.values.setdefault("emails", []), row["email"])
            self._contacts[row["id"]] = place
            file.use(number, person)

    def _read_phones(self, file: DirectoryFile) -> None:
        for number, row in file.rows():
            phone = phone_value(row)
            contact = self._contacts.get(row.get("contact_id", ""))
            draft = None if row.get("contact_id") else self._of_row(row)
            if not row["number"]:
                file.set_aside(number, _("It has no number to call."))
            elif contact is not None:
                add_new(contact.values.setdefault("phones", []), phone)
                file.use(number, contact.source_key)
            elif draft is not None:
                draft.add("phones", phone)
                place = self._places.get(self._place_number(row))
                if place or "type" not in file.table.headings:  # else there is nothing to tell beside the number
                    add_new(place.phones if place else draft.phones, phone_note(row, phone))
                file.use(number, draft.source_key)
            else:
                contactless = _("Its contact is not in this folder.")
                file.set_aside(number, contactless if row.get("contact_id") else self._no_organization())

    @staticmethod
    def _add_languages(draft: OrganizationDraft, text: str) -> None:
        codes, others = languages_in(text)
        for code in codes:
            draft.add("languages", code)
        for other in others:
            add_new(draft.other_languages, other)

    def _place_number(self, row: Row) -> str:
        return row.get("location_id") or self._services.get(row.get("service_id", ""), "")

    def _of_place(self, number: str) -> tuple[OrganizationDraft, PlaceDraft] | None:
        place = self._places.get(number)
        return (self._organizations[place.organization], place) if place else None

    def _of_row(self, row: Row) -> OrganizationDraft | None:
        """The organization a row belongs to, named by its own number or through a location or service."""
        if row.get("organization_id"):
            return self._organizations.get(row["organization_id"])
        found = self._of_place(self._place_number(row))
        return found[0] if found else self._offers.get(row.get("service_id", ""))

    @staticmethod
    def _no_organization() -> str:
        return _("Its organization is not in this folder.")

    def _no_place(self) -> str:
        return _("Its location is not in this folder.") if self._has_places else _("The file of locations is missing.")
