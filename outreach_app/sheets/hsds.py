"""The partner directory in the Human Services Data Specification 3 of Open Referral: its files, declared once.

``TABLES`` is what is written and what :mod:`outreach_app.sheets.directories` reads; ``OLDER`` says which column of the
older Ohana layout holds the same. One zip file holds them all, with the descriptor that makes it a data package.
"""

import io
import json
import zipfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from outreach_app.model.counties import label as county_label
from outreach_app.model.fields import Field
from outreach_app.model.identifiers import derived_id
from outreach_app.model.vocabularies import vocabulary
from outreach_app.sheets.books import KindRows
from outreach_app.sheets.columns import carried_fields
from outreach_app.sheets.contacts import IdOf
from outreach_app.sheets.csv_writing import csv_bytes, dialled, prefixed
from outreach_app.sheets.directory_records import service_line

TABLES: Mapping[str, tuple[str, ...]] = {
    "organizations": (
        "id", "name", "alternate_name", "description", "email", "website", "tax_status", "tax_id", "legal_status",
        "parent_organization_id",
    ),
    "organization_identifiers": ("id", "organization_id", "identifier_type", "identifier"),
    "locations": ("id", "location_type", "organization_id", "name", "alternate_name", "description", "transportation"),
    "addresses": (
        "id", "location_id", "attention", "address_1", "address_2", "city", "region", "state_province", "postal_code",
        "country", "address_type",
    ),
    "services": (
        "id", "organization_id", "program_id", "name", "alternate_name", "description", "url", "email", "status",
        "application_process", "fees_description", "eligibility_description",
    ),
    "contacts": ("id", "organization_id", "name", "title", "department", "email"),
    "phones": ("id", "location_id", "service_id", "organization_id", "contact_id", "number", "extension", "type"),
    "languages": ("id", "location_id", "name", "code"),
    "service_areas": ("id", "service_id", "name", "extent_type", "extent"),
}  # fmt: skip
OLDER: Mapping[str, Mapping[str, str]] = {
    "locations": {"description": "short_desc", "url": "website"},
    "services": {"eligibility_description": "eligibility", "fees_description": "fees", "url": "website"},
    "phones": {"type": "number_type"},
}
"""By table, the older name of a column that means the same."""

_PHONE_TYPES = {"mobile": "cell", "fax": "fax", "tty": "textphone"}
_SERVICE_STATUS = {"inactive": "inactive", "closed": "defunct"}
_STATED = {"format": "csv", "mediatype": "text/csv", "profile": "tabular-data-resource"}
_DAY_OF_ALL = (2020, 1, 1, 0, 0, 0)  # the files in the zip say no more of when they were made than the log does


@dataclass
class DirectoryOut:
    """The directory on its way out: rows by table, how many values found no column."""

    id_of: IdOf = str
    rows: dict[str, list[dict[str, str]]] = field(default_factory=lambda: {name: [] for name in TABLES})
    left_out: int = 0

    def add(self, table: str, **values: Any) -> None:
        """One row; what is not named is empty."""
        said = {name: str(value) for name, value in values.items() if value}
        ids = {name: self.id_of(value) for name, value in said.items() if name == "id" or name.endswith("_id")}
        self.rows[table].append(said | ids)

    def zipped(self, department: str) -> bytes:
        """All of it as one file."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, columns in TABLES.items():
                cells = [[_cell(column, row.get(column, "")) for column in columns] for row in self.rows[name]]
                archive.writestr(_entry(f"{name}.csv"), csv_bytes(columns, cells))
            archive.writestr(_entry("datapackage.json"), _descriptor(department))
        return out.getvalue()


def directory_out(
    kinds: Iterable[KindRows], private: Collection[str], heads: Mapping[str, str], id_of: IdOf = str
) -> DirectoryOut:
    """The directory of what leaves. ``private``: people who said no to being shared; ``heads``: what each that was
    joined stands under; ``id_of``: what stands for an id outside the department."""
    made, by_kind = DirectoryOut(id_of), {each.kind.name: each for each in kinds}
    people = dict(_leaving(by_kind.get("people")))
    organizations = dict(_leaving(by_kind.get("organizations")))
    for record, values in organizations.items():
        _organization(made, record, values, organizations)
    for record, values in _leaving(by_kind.get("affiliations")):
        person = heads.get(str(values.get("person")), str(values.get("person")))
        organization = heads.get(str(values.get("organization")), str(values.get("organization")))
        if person in people and person not in private and organization in organizations and not values.get("until"):
            _contact(made, record, values, str(people[person].get("name") or ""), organization)
    return made


def _leaving(rows: KindRows | None) -> Iterable[tuple[str, Mapping[str, Any]]]:
    if rows is None:
        return
    fields: tuple[Field, ...] = rows.fields if rows.fields is not None else carried_fields(rows.kind)
    for each in rows.records:
        if each.view.shown:
            yield each.view.id, {about.name: each.view.values.get(about.name) for about in fields}


def _elements(values: Mapping[str, Any], name: str) -> list[Any]:
    return [element["value"] for element in values.get(name) or ()]


def _organization(made: DirectoryOut, record: str, values: Mapping[str, Any], known: Collection[str]) -> None:
    names, emails = _elements(values, "other_names"), _elements(values, "emails")
    made.left_out += len(names[1:]) + len(emails[1:])
    parent = values.get("parent")
    made.add(
        "organizations",
        id=record,
        name=values.get("name"),
        alternate_name=names[0] if names else "",
        description=values.get("description"),
        email=emails[0] if emails else "",
        website=values.get("website"),
        parent_organization_id=parent if parent in known else "",
    )
    for each in _elements(values, "identifiers"):
        made.add("organization_identifiers", id=_id(record, each), organization_id=record, identifier=each)
    for phone in _elements(values, "phones"):
        made.add("phones", organization_id=record, **_phone(record, phone))
    first = _places(made, record, values)
    for code in _elements(values, "languages"):
        name = vocabulary("languages").label(code, "en")
        made.add("languages", id=_id(record, code), location_id=first, name=name, code=code)
    _services(made, record, values)


def _places(made: DirectoryOut, record: str, values: Mapping[str, Any]) -> str:
    """Its locations, one for each address; the id of the first. Languages need one too, if only in name."""
    addresses, name = _elements(values, "addresses"), str(values.get("name") or "")
    ids = []
    for address in addresses:
        ids.append(_id(record, "place", *(str(address.get(part)) for part in sorted(address))))
        called = address.get("name") or name
        made.add("locations", id=ids[-1], location_type="physical", organization_id=record, name=called)
        made.add(
            "addresses",
            id=_id(ids[-1], "address"),
            location_id=ids[-1],
            address_1=address.get("street"),
            city=address.get("town"),
            state_province=address.get("state"),
            postal_code=address.get("zip"),
            country="US",
            address_type=address.get("kind") or "physical",
        )
    if not ids and values.get("languages"):
        ids.append(_id(record, "place"))
        made.add("locations", id=ids[-1], location_type="virtual", organization_id=record, name=name)
    return ids[0] if ids else ""


def _services(made: DirectoryOut, record: str, values: Mapping[str, Any]) -> None:
    services, counties = _elements(values, "services_offered"), _elements(values, "counties_served")
    if not services:
        made.left_out += len(counties)
    for line in services:
        name, _colon, more = str(line).partition(": ")
        if not more or service_line({"name": name, "description": more}) != line:
            name, more = str(line), ""
        service = _id(record, "service", line)
        status = _SERVICE_STATUS.get(str(values.get("status")), "active")
        made.add("services", id=service, organization_id=record, name=name, description=more, status=status)
        for county in counties:
            area = {"name": county_label(county, "en"), "extent_type": "other", "extent": county}
            made.add("service_areas", id=_id(service, county), service_id=service, **area)


def _contact(made: DirectoryOut, record: str, values: Mapping[str, Any], name: str, organization: str) -> None:
    emails = _elements(values, "emails")
    made.left_out += len(emails[1:])
    email = emails[0] if emails else ""
    made.add("contacts", id=record, organization_id=organization, name=name, title=values.get("job_title"), email=email)
    for phone in _elements(values, "phones"):
        made.add("phones", contact_id=record, **_phone(record, phone))


def _phone(record: str, phone: Mapping[str, Any]) -> dict[str, str]:
    number, kind = str(phone.get("number") or ""), str(phone.get("kind") or "")
    said = "text" if kind == "other" and phone.get("text_ok") else _PHONE_TYPES.get(kind, "voice")
    return {"id": _id(record, "phone", number), "number": number, "type": said}


def _id(*parts: str) -> str:
    return derived_id("hsds", *parts)


def _cell(column: str, text: str) -> str:
    return dialled(text) if column == "number" else prefixed(text)


def _entry(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _DAY_OF_ALL)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def _descriptor(department: str) -> str:
    """The descriptor of the data package."""
    resources = [
        {"name": name, "path": f"{name}.csv", **_STATED, "schema": {"fields": [_field(each) for each in columns]}}
        for name, columns in TABLES.items()
    ]
    about = {"name": "partner-directory", "title": department, "profile": "tabular-data-package", "version": "3.0"}
    return json.dumps({**about, "resources": resources}, ensure_ascii=False, indent=1)


def _field(name: str) -> dict[str, str]:
    return {"name": name, "type": "string"}
