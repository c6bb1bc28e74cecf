"""Made-up rows of partner lists on which organizations stand several times, beside those of ``outreach_rows``.

Offices of one county share a switchboard and a building, chapters and stations share a name, churches of one name stand
in several towns; legal endings come and go, words are shortened, initials stand for names. The same seed gives the same
rows; matchers are tuned and reported on the seeds named there.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.outreach_rows import (
    FAMILIES,
    TOWNS,
    Row,
    mistyped,
    plain,
    random_phone,
    random_street,
    typed_phone,
    typed_street,
)

HEADINGS = ("Name", "Phone", "E-mail", "Website", "Street", "Town")
_COUNTIES = ("Swain", "Graham", "Jackson", "Macon", "Cherokee", "Clay", "Haywood", "Madison", "Yancey", "Avery")
_OFFICES = (
    "Health Department", "Department of Social Services", "Public Library", "Sheriff's Office", "Senior Center",
    "Schools", "Cooperative Extension", "Emergency Management", "Parks and Recreation", "Veterans Services",
    "Transit Authority", "Housing Authority",
)  # fmt: skip
_CHURCHES = (
    ("First Baptist Church", ""), ("First United Methodist Church", ""), ("Church of God", ""),
    ("St. Joseph Catholic Church", "Iglesia Católica San José"), ("Bethel Baptist Church", "Iglesia Bautista Bethel"),
    ("Mount Zion AME Church", ""), ("New Hope Baptist Church", "Iglesia Bautista Nueva Esperanza"),
    ("Seventh-day Adventist Church", "Iglesia Adventista del Séptimo Día"), ("Grace Lutheran Church", ""),
)  # fmt: skip
_CHAPTERS = ("American Red Cross", "Habitat for Humanity", "Boys & Girls Club", "Rotary Club", "Head Start", "4-H Club")
_TRADES = ("Bakery", "Pharmacy", "Auto Repair", "Farms", "Family Dentistry", "Hardware", "Construction", "Grocery")
_CAUSES = ("Food", "Recovery", "Housing", "Literacy", "Justice", "Family", "Youth", "Elder", "Wellness", "Harvest")
_BODIES = ("Coalition", "Alliance", "Network", "Foundation", "Project", "Partnership", "Outreach Center", "Pantry")
_NATURE = (
    "Smoky Mountain",
    "Blue Ridge",
    "Nantahala",
    "Four Rivers",
    "Laurel",
    "Hiwassee",
    "Big Creek",
    "High Country",
)
_ENDINGS = ("Inc.", "LLC", "Incorporated", "Corp.", "Co.")
_SHORTER = (
    ("Department", "Dept."), ("County", "Co."), ("Center", "Ctr"), ("Saint", "St."), ("St.", "Saint"), (" and ", " & "),
    ("First ", "1st "), ("Association", "Assoc."), ("Mount ", "Mt. "), (" & ", " and "), ("United Methodist", "UMC"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Organization:
    number: int
    name: str
    also: str  # what it is called in Spanish
    ending: str
    phone: str
    switchboard: str
    site: str
    street: tuple[str, str, tuple[str, ...]]
    town: str


def rows(seed: int, organizations: int) -> list[Row]:
    """Rows of so many organizations, most of them listed once or twice, in no order."""
    rng = random.Random(seed)
    made = [row for organization in _organizations(rng, organizations) for row in _listed(rng, organization)]
    rng.shuffle(made)
    return made


def _organizations(rng: random.Random, wanted: int) -> Iterator[_Organization]:
    switchboards = {county: (random_phone(rng), random_street(rng), rng.choice(TOWNS)[0]) for county in _COUNTIES}
    seen: set[tuple[str, str]] = set()
    sites: set[str] = set()
    number = 0
    while number < wanted:
        name, also, ending, county = _named(rng)
        phone, street, town = switchboards.get(county, ("", random_street(rng), rng.choice(TOWNS)[0]))
        if (name, town) in seen:
            continue
        seen.add((name, town))
        if county and rng.random() < 0.3:  # it has a building of its own
            street = random_street(rng)
        words = plain(name).lower().replace("'", "").replace(".", "").replace("-", "").replace("&", "").split()
        site = "".join(words[:3])
        if site in sites or rng.random() < 0.2:
            site += plain(town).lower().replace(" ", "")
        if site in sites:
            site += str(number)
        sites.add(site)
        yield _Organization(number, name, also, ending, random_phone(rng), phone, f"{site}.example", street, town)
        number += 1


def _named(rng: random.Random) -> tuple[str, str, str, str]:
    """A name, the Spanish one, a legal ending, and the county whose office it is."""
    sort = rng.choices(range(6), (18, 16, 14, 24, 22, 6))[0]
    if sort == 0:
        county = rng.choice(_COUNTIES)
        return f"{county} County {rng.choice(_OFFICES)}", "", "", county
    if sort == 1:
        return *rng.choice(_CHURCHES), "", ""
    if sort == 2:
        return (
            f"{rng.choice(_CHAPTERS)} of {rng.choice(_COUNTIES)} County",
            "",
            "Inc." if rng.random() < 0.4 else "",
            "",
        )
    if sort == 3:
        middle = rng.choice(("'s", " & Sons", " Brothers", "", " Family"))
        return f"{rng.choice(FAMILIES)}{middle} {rng.choice(_TRADES)}", "", rng.choice((*_ENDINGS, "")), ""
    if sort == 4:
        name = f"{rng.choice(_NATURE)} {rng.choice(_CAUSES)} {rng.choice(_BODIES)}"
        return name, "", rng.choice((*_ENDINGS, "", "")), ""
    return f"{rng.choice(_COUNTIES)} County Fire Station {rng.randrange(1, 9)}", "", "", rng.choice(_COUNTIES)


def _listed(rng: random.Random, organization: _Organization) -> Iterator[Row]:
    for _time in range(rng.choices((1, 2, 3, 4), (50, 30, 14, 6))[0]):
        phones = (organization.phone, organization.switchboard or organization.phone, "")
        mailbox = rng.choice(("info", "office", "contact"))
        domain = organization.site if rng.random() < 0.7 else "gmail.com"
        box = f"{mailbox}@{domain}" if domain != "gmail.com" else f"{organization.site[:-8]}@{domain}"
        site = rng.choice(("https://www.{}", "http://{}/", "www.{}", "{}")).format(organization.site)
        yield Row(
            (
                _written(rng, organization),
                typed_phone(rng, rng.choices(phones, (32, 18, 50))[0]),
                mistyped(rng, box, 0.02) if rng.random() < 0.3 else "",
                site if rng.random() < 0.3 else "",
                typed_street(rng, organization.street) if rng.random() < 0.4 else "",
                mistyped(rng, organization.town, 0.02) if rng.random() < 0.7 else "",
            ),
            organization.number,
        )


def _written(rng: random.Random, organization: _Organization) -> str:
    """A name as somebody wrote it."""
    name = organization.also if organization.also and rng.random() < 0.2 else organization.name
    words = name.split()
    letters = "".join(word[0] for word in words if word[0].isupper())
    if len(letters) > 2 and rng.random() < 0.04:
        return letters
    for long, short in _SHORTER:
        if long in name and rng.random() < 0.3:
            name = name.replace(long, short, 1)
    name = mistyped(rng, name, 0.08)
    if organization.ending and rng.random() < 0.45:
        name += rng.choice((f" {organization.ending}", f", {organization.ending}"))
    if rng.random() < 0.05:
        name = f"The {name}"
    if len(letters) > 2 and rng.random() < 0.05:
        name += f" ({letters})"
    if rng.random() < 0.3:
        name = plain(name)
    return rng.choices((name, name.upper(), name.lower()), (90, 6, 4))[0]
