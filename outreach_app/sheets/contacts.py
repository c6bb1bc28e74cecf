"""People as other programs list contacts: one line each, with where they belong. From that line a row of any layout."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outreach_app.model.fields import Field
from outreach_app.sheets.books import KindRows, Viewed
from outreach_app.sheets.columns import carried_fields
from outreach_app.sheets.csv_writing import dialled, prefixed
from outreach_app.sheets.layouts import OUR_LABEL, PHONE_LABELS, FileLayout, holds

TitleOf = Callable[[str, str], str]
"""(kind, id) -> what the record is called; "" where it is not there."""

IdOf = Callable[[str], str]
"""(id) -> what stands for it outside."""

_ADDRESS = ("street", "town", "state", "zip")


@dataclass(frozen=True, slots=True)
class Contact:
    """One person. ``texts``: single fields by name; ``left_out``: places they have beside the one that is told."""

    id: str
    texts: Mapping[str, str]
    phones: Sequence[Mapping[str, Any]] = ()
    emails: Sequence[str] = ()
    left_out: int = 0

    def text(self, name: str) -> str:
        """One of its texts; "" where nothing is said."""
        return self.texts.get(name, "")


@dataclass(slots=True)
class ContactRows:
    """The rows of a layout, and how many values found no column in it."""

    rows: list[list[str]] = field(default_factory=list)
    left_out: int = 0


def contacts(
    kinds: Iterable[KindRows], title_of: TitleOf, heads: Mapping[str, str], id_of: IdOf | None = None
) -> list[Contact]:
    """The people among what leaves. ``heads``: what each that was joined stands under; ``id_of``: what stands for an id
    outside the department; without it ours go along, and our codes."""

    def shown_title(kind: str, record: str) -> str:
        return title_of(kind, heads.get(record, record))

    by_kind = {each.kind.name: each for each in kinds}
    belongs: dict[str, list[Mapping[str, Any]]] = {}
    for view, values in _leaving(by_kind.get("affiliations")):
        if view.shown and values.get("person"):
            belongs.setdefault(heads.get(values["person"], values["person"]), []).append(values)
    return [
        _contact(view, values, _best_first(belongs.get(view.id, ())), shown_title, id_of)
        for view, values in _leaving(by_kind.get("people"))
        if view.shown and values.get("name")
    ]


def _leaving(rows: KindRows | None) -> Iterable[tuple[Viewed, Mapping[str, Any]]]:
    """Each record of a kind with those of its values that may leave."""
    if rows is None:
        return
    fields: Sequence[Field] = rows.fields if rows.fields is not None else carried_fields(rows.kind)
    for each in rows.records:
        yield each.view, {about.name: each.view.values.get(about.name) for about in fields}


def _best_first(places: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Where somebody is, before where they were; where they are called first of all."""
    return sorted(places, key=lambda values: (bool(values.get("until")), not values.get("main_contact")))


def _contact(
    view: Viewed, values: Mapping[str, Any], places: Sequence[Mapping[str, Any]], title_of: TitleOf, id_of: IdOf | None
) -> Contact:
    texts = {name: str(values[name]) for name in ("preferred_name", *_ADDRESS) if values.get(name)}
    texts |= _names(values)
    if places:
        organization = str(places[0].get("organization") or "")
        texts["organization"] = title_of("organizations", organization)
        texts["job_title"] = str(places[0].get("job_title") or "")
    if id_of is None:
        texts |= {"record": view.code, "record.label": OUR_LABEL, "identifier": view.code}
    phones: dict[str, Mapping[str, Any]] = {}
    emails: dict[str, str] = {}
    for said in (values, *(place for place in places if not place.get("until"))):
        for phone in _elements(said, "phones"):
            phones.setdefault(str(phone.get("number")), phone)
        for email in _elements(said, "emails"):
            emails.setdefault(str(email).casefold(), str(email))
    record = view.id if id_of is None else id_of(view.id)
    return Contact(record, texts, tuple(phones.values()), tuple(emails.values()), max(0, len(places) - 1))


def _elements(values: Mapping[str, Any], name: str) -> list[Any]:
    return [element["value"] for element in values.get(name) or ()]


def _names(values: Mapping[str, Any]) -> dict[str, str]:
    """A name in the parts other programs ask for. Where nobody said which part is which, it is never guessed: all of it
    stands where a name alone is looked for, and reads back whole."""
    name, given, family = (str(values.get(part) or "") for part in ("name", "given_name", "family_name"))
    if given and family and name.startswith(given) and name.endswith(family) and len(name) > len(given) + len(family):
        between = name[len(given) : len(name) - len(family)].strip()
        return {"name": name, "given_name": given, "middle_name": between, "family_name": family}
    return {"name": name, "given_name": name}


def rows_of(layout: FileLayout, people: Iterable[Contact]) -> ContactRows:
    """The rows of a layout."""
    made = ContactRows()
    for each in people:
        texts = dict(each.texts)
        made.left_out += each.left_out
        for name, values in (("phones", each.phones), ("emails", [{"number": email} for email in each.emails])):
            made.left_out += _place(layout, name, values, texts)
        made.rows.append([_cell(texts.get(column.holds, ""), column.holds) for column in layout.leaving])
    return made


def _place(layout: FileLayout, name: str, values: Iterable[Mapping[str, Any]], texts: dict[str, str]) -> int:
    """Give each value the first free column that fits it; how many found none."""
    columns = [(column.holds, holds(column.holds)) for column in layout.leaving]
    free = [(what, found) for what, found in columns if found and found.field == name and not found.part]
    sorts = {found.sort for _what, found in free}
    left = 0
    for value in values:
        kind = str(value.get("kind") or "")
        wanted = kind if kind in sorts else ""
        if kind and not wanted and len(sorts) > 1:
            wanted = "other"  # a program that has a column for each kind, and none for this one
        place = next((each for each in free if each[1].sort == wanted), None)
        if place is None:
            left += 1
            continue
        free.remove(place)
        texts[place[0]] = str(value.get("number") or "")
        texts[f"{place[0]}.kind"] = PHONE_LABELS[kind][0] if kind in PHONE_LABELS else ""
    return left


def _cell(text: str, what: str) -> str:
    return dialled(text) if what.startswith("phones") else prefixed(text)
