"""Made-up rows of outreach lists in which people are met several times: what the matchers are tuned on and judged by.

Households share phones, addresses and last names; people go by short names, by one of two last names, with and without
accents; much is missing and some is mistyped. The same seed gives the same rows. Matchers are tuned on
:data:`TUNING` alone and reported on :data:`REPORTING`.
"""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

TUNING, REPORTING = 11, 47
HEADINGS = ("Name", "Phone", "E-mail", "Street", "Town", "ZIP", "Organization")


def _words(text: str) -> list[str]:
    """The words of a text; what is written together by _ is one of several words."""
    return [each.replace("_", " ") for each in text.split()]


_ENGLISH = _words(
    """
    James John Robert Michael William David Richard Joseph Thomas Charles Daniel Matthew Anthony Donald Mark
    Steven Andrew Kenneth Joshua Kevin Brian Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary Nicholas Eric
    Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Frank Raymond Walter Harold Dewey Vernon
    Clyde Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Nancy Betty Margaret Sandra
    Ashley Kimberly Emily Donna Michelle Carol Amanda Dorothy Melissa Deborah Stephanie Rebecca Sharon Laura
    Cynthia Kathleen Amy Angela Shirley Anna Brenda Pamela Emma Nicole Helen Samantha Katherine Christine Debra
    Rachel Carolyn Janet Ruth Opal Hazel Fern Iva Trena Wynona Thaddeus Ezekiel
    """
)
_SPANISH = _words(
    """
    José Luis Juan Carlos Jorge Francisco Manuel Miguel Antonio Jesús Alejandro Rafael Pedro Ángel Roberto
    Fernando Ramón Javier Sergio Raúl Enrique Eduardo Guillermo Ignacio Salvador María Guadalupe Juana Margarita
    Verónica Rosa Elena Teresa Leticia Francisca Josefina Alicia Yolanda Patricia Gloria Silvia Gabriela Beatriz
    Concepción Rosario Dolores Esperanza Xóchitl Araceli Graciela Inés Belén
    """
)
FAMILIES = _words(
    """
    Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin Thompson White
    Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Baker Nelson Hall Campbell
    Mitchell Carter Roberts Phillips Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers
    Morgan Cooper Peterson Reed Bailey Bell Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett Gray
    Hughes Price Myers Long Foster Sanders Ross Powell Sullivan Russell Crowe Bumgarner Hollifield Wachacha
    Oxendine Squirrel Sequoyah Buchanan McCoy McDonald O'Neal Van_Dyke Locklear Hyatt Shuler Cogdill Jenkins
    Owle Youngdeer Catolster
    """
)
_APELLIDOS = _words(
    """
    García Martínez Rodríguez López Hernández González Pérez Sánchez Ramírez Cruz Flores Gómez Morales Vázquez
    Reyes Jiménez Torres Díaz Gutiérrez Mendoza Ruiz Aguilar Ortiz Castillo Moreno Romero Álvarez Méndez Chávez
    Rivera Juárez Ramos Domínguez Herrera Medina Castro Vargas Guzmán Velázquez Muñoz Salazar Contreras Guerrero
    Ortega Estrada Delgado Maldonado Núñez Fuentes Cervantes Ocampo Lucero Barrera Zepeda Quiñones Iturbe
    De_la_Cruz
    """
)
_SHORT = {
    "James": "Jim Jimmy", "John": "Jack Johnny", "Robert": "Bob Bobby Rob", "Michael": "Mike", "William": "Bill Will",
    "David": "Dave", "Richard": "Rick Dick", "Joseph": "Joe", "Thomas": "Tom Tommy", "Charles": "Charlie Chuck",
    "Daniel": "Dan Danny", "Matthew": "Matt", "Anthony": "Tony", "Steven": "Steve", "Andrew": "Andy Drew",
    "Kenneth": "Ken Kenny", "Joshua": "Josh", "Edward": "Ed Eddie", "Ronald": "Ron", "Timothy": "Tim",
    "Jeffrey": "Jeff", "Nicholas": "Nick", "Jonathan": "Jon", "Stephen": "Steve", "Benjamin": "Ben", "Samuel": "Sam",
    "Gregory": "Greg", "Raymond": "Ray", "Walter": "Walt", "Patricia": "Pat Patty Trish", "Jennifer": "Jen Jenny",
    "Elizabeth": "Liz Beth Betsy", "Barbara": "Barb", "Susan": "Sue", "Jessica": "Jess", "Margaret": "Peggy Maggie",
    "Sandra": "Sandy", "Kimberly": "Kim", "Amanda": "Mandy", "Dorothy": "Dot", "Deborah": "Debbie Deb",
    "Stephanie": "Steph", "Rebecca": "Becky", "Cynthia": "Cindy", "Kathleen": "Kathy", "Pamela": "Pam",
    "Samantha": "Sam", "Katherine": "Kathy Kate", "Christine": "Chris", "Carolyn": "Carol", "Ezekiel": "Zeke",
    "José": "Pepe", "Francisco": "Paco Pancho", "Manuel": "Manny Manolo", "Antonio": "Toño Tony", "Jesús": "Chuy",
    "Alejandro": "Alex Jandro", "Rafael": "Rafa", "Roberto": "Beto", "Enrique": "Kike Quique", "Eduardo": "Lalo",
    "Guillermo": "Memo", "Ignacio": "Nacho", "Salvador": "Chava", "Guadalupe": "Lupe Lupita", "Margarita": "Mago",
    "Verónica": "Vero", "Teresa": "Tere", "Leticia": "Lety", "Francisca": "Paca", "Josefina": "Chepina",
    "Alicia": "Licha", "Yolanda": "Yoli", "Gabriela": "Gaby", "Beatriz": "Bety", "Concepción": "Concha",
    "Rosario": "Chayo", "Dolores": "Lola", "Graciela": "Chela", "Araceli": "Chely",
}  # fmt: skip
TOWNS = (
    ("Bryson City", "28713"), ("Cherokee", "28719"), ("Robbinsville", "28771"), ("Hayesville", "28904"),
    ("Murphy", "28906"), ("Franklin", "28734"), ("Sylva", "28779"), ("Almond", "28702"), ("Whittier", "28789"),
    ("Andrews", "28901"), ("Cullowhee", "28723"), ("Waynesville", "28786"),
)  # fmt: skip
_ROADS = _words(
    """
    Oak Pine Maple Main Church Mill Ridge Cedar Laurel River Depot School Spring Fontana Alarka Lands Creek
    """
)
_ENDS = (("Street", "St", "St."), ("Road", "Rd", "Rd."), ("Lane", "Ln"), ("Drive", "Dr", "Dr."), ("Avenue", "Ave"))
_ORGANIZATIONS = (
    "Nantahala Food Share", "Almond Fire Hall", "Swain County Schools", "Smoky Mountain Clinic", "Iglesia San José",
    "Four Rivers Library", "Cherokee Elders Center", "Graham County 4-H", "Hill Country Pantry", "First Baptist Church",
)  # fmt: skip
_MAILS = ("gmail.com", "yahoo.com", "hotmail.com", "example.org", "icloud.com")
_NEAR = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "m": "n", "t": "r", "l": "k", "s": "d", "c": "v", "r": "t"}
_HEARD = (
    ("ph", "f"),
    ("ck", "k"),
    ("z", "s"),
    ("v", "b"),
    ("y", "i"),
    ("ll", "l"),
    ("th", "t"),
    ("c", "k"),
    ("j", "h"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as somebody typed it, in the order of :data:`HEADINGS`, and the person it is of."""

    cells: tuple[str, ...]
    person: int


@dataclass(frozen=True, slots=True)
class _Household:
    families: tuple[str, ...]
    spanish: bool
    phone: str
    email: str
    street: tuple[str, str, tuple[str, ...]]
    town: tuple[str, str]


@dataclass(slots=True)
class _Person:
    number: int
    given: str
    middle: str
    families: tuple[str, ...]
    generation: str
    house: _Household
    phone: str
    email: str
    organization: str = ""
    short: list[str] = field(default_factory=list)


def rows(seed: int, people: int) -> list[Row]:
    """Rows of so many people, most of them met once or twice, in no order."""
    rng = random.Random(seed)
    made = [row for person in _people(rng, people) for row in _met(rng, person)]
    rng.shuffle(made)
    return made


def _people(rng: random.Random, wanted: int) -> Iterator[_Person]:
    number = 0
    while number < wanted:
        house = _household(rng)
        same_name = ""
        for _member in range(rng.choices((1, 2, 3, 4, 5), (40, 27, 15, 12, 6))[0]):
            names = _SPANISH if house.spanish else _ENGLISH
            given = rng.choice(names)
            generation = ""
            if same_name and not house.spanish and rng.random() < 0.04:
                given, generation = same_name, "Jr."
            same_name = same_name or given
            middle = rng.choice(names) if rng.random() < (0.35 if house.spanish else 0.25) else ""
            person = _Person(number, given, middle, house.families, generation, house, random_phone(rng), "")
            person.email = _email(rng, person)
            person.organization = rng.choice(_ORGANIZATIONS) if rng.random() < 0.25 else ""
            person.short = _SHORT.get(given, "").split()
            yield person
            number += 1
            if number == wanted:
                return


def _household(rng: random.Random) -> _Household:
    spanish = rng.random() < 0.35
    families = tuple(rng.sample(_APELLIDOS, 2)) if spanish else (rng.choice(FAMILIES),)
    street = random_street(rng)
    return _Household(
        families, spanish, random_phone(rng),
        f"{plain(families[0]).lower().replace('_', '')}family{rng.randrange(99)}@{rng.choice(_MAILS)}",
        street, rng.choice(TOWNS),
    )  # fmt: skip


def random_street(rng: random.Random) -> tuple[str, str, tuple[str, ...]]:
    """A number, a road and the ways its ending is written."""
    return str(rng.randrange(1, 990)), rng.choice(_ROADS), rng.choice(_ENDS)


def random_phone(rng: random.Random) -> str:
    """Ten digits."""
    area, rest = ("828555", rng.randrange(10_000)) if rng.random() < 0.5 else ("423", rng.randrange(10**7))
    return f"{area}{rest:0{10 - len(area)}}"


def _email(rng: random.Random, person: _Person) -> str:
    given, family = (plain(each).lower().replace(" ", "") for each in (person.given, person.families[0]))
    box = rng.choice((f"{given}.{family}", f"{given[0]}{family}", f"{family}{given[0]}", f"{given}{family[:3]}"))
    return f"{box}{rng.choice(('', rng.randrange(10, 99)))}@{rng.choice(_MAILS)}".replace("'", "")


def _met(rng: random.Random, person: _Person) -> Iterator[Row]:
    for _time in range(rng.choices((1, 2, 3, 4, 6), (52, 28, 12, 6, 2))[0]):
        house = person.house
        phone = rng.choices((person.phone, house.phone, ""), (38, 20, 42))[0]
        email = rng.choices((person.email, house.email, ""), (28, 6, 66))[0]
        town = house.town if rng.random() > 0.03 else rng.choice(TOWNS)
        yield Row(
            (
                _name(rng, person),
                typed_phone(rng, phone),
                mistyped(rng, email, 0.03),
                typed_street(rng, house.street) if rng.random() < 0.42 else "",
                mistyped(rng, town[0], 0.02) if rng.random() < 0.75 else "",
                town[1] if rng.random() < 0.4 else "",
                person.organization if rng.random() < 0.6 else "",
            ),
            person.number,
        )


def _name(rng: random.Random, person: _Person) -> str:
    given = rng.choice(person.short) if person.short and rng.random() < 0.22 else person.given
    if rng.random() < 0.03:
        given = f"{given[0]}."
    given = mistyped(rng, given, 0.05)
    families = list(person.families)
    if len(families) > 1:
        ways = (families, families[:1], families[1:], [" y ".join(families)], ["-".join(families)])
        families = rng.choices(ways, (45, 42, 3, 4, 6))[0]
    families = [_heard(rng, mistyped(rng, each, 0.05)) for each in families]
    family = " ".join(families)
    middle = rng.choices((person.middle, f"{person.middle[:1]}." if person.middle else "", ""), (25, 20, 55))[0]
    if rng.random() < 0.05:
        family = ""
    generation = f" {person.generation}" if person.generation and rng.random() < 0.8 else ""
    first = f"{given} {middle}".strip() if len(given) > 2 else given
    name = f"{family}, {first}" if family and rng.random() < 0.06 else f"{first} {family}".strip() + generation
    if person.house.spanish and rng.random() < 0.55:
        name = plain(name)
    return rng.choices((name, name.upper(), name.lower()), (86, 8, 6))[0]


def _heard(rng: random.Random, word: str) -> str:
    """As somebody writes who only heard it."""
    if rng.random() < 0.04:
        for one, other in rng.sample(_HEARD, len(_HEARD)):
            if one in word[1:]:
                return word[0] + word[1:].replace(one, other, 1)
    return word


def mistyped(rng: random.Random, text: str, chance: float) -> str:
    """With one slip of the fingers, by that chance."""
    if len(text) < 4 or rng.random() >= chance:
        return text
    at = rng.randrange(1, len(text) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + _NEAR.get(text[at].lower(), "e") + text[at + 1 :]


def typed_phone(rng: random.Random, digits: str) -> str:
    """A number in one of the ways people write it; now and then with a wrong digit."""
    if not digits:
        return ""
    if rng.random() < 0.03:
        at = rng.randrange(6, 10)
        digits = digits[:at] + str(rng.randrange(10)) + digits[at + 1 :]
    area, middle, last = digits[:3], digits[3:6], digits[6:]
    return rng.choice(
        (
            f"({area}) {middle}-{last}",
            f"{area}-{middle}-{last}",
            f"{area}.{middle}.{last}",
            digits,
            f"+1 {area} {middle} {last}",
        )
    )


def typed_street(rng: random.Random, street: tuple[str, str, tuple[str, ...]]) -> str:
    """As somebody writes it."""
    number, road, ends = street
    return f"{number} {mistyped(rng, road, 0.04)} {rng.choice(ends)}"


def plain(text: str) -> str:
    """Without accents."""
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
