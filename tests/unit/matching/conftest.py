"""A seeded maker of outreach rows: households, offices, nicknames, two surnames, accents, gaps and slips."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from outreach_app.matching.people import PersonFacts


def _listed(words: str) -> list[str]:
    return words.split()


_ENGLISH = _listed(
    "James Robert Mary Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph "
    "Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Margaret Mark Sandra "
    "Donald Ashley Steven Kimberly Paul Emily Andrew Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Dorothy "
    "Timothy Melissa Ronald Deborah George Stephanie Jason Rebecca Edward Sharon Thaddeus Laura Jeffrey Cynthia Ryan "
    "Kathleen Jacob Amy Gary Angela Nicholas Shirley Eric Anna Jonathan Brenda Stephen Pamela Larry Emma Wade Nicole "
    "Travis Tamika Latoya"
)
_SPANISH = _listed(
    "María José Juan Guadalupe Francisco Rosa Luis Carmen Miguel Ana Jesús Elena Pedro Teresa Carlos Leticia Manuel "
    "Verónica Antonio Silvia Alejandro Alejandra Jorge Patricia Fernando Graciela Ignacio Dolores Rafael Yolanda Ramón "
    "Gabriela Sergio Claudia Eduardo Mónica Raúl Isabel Roberto Sofía Andrés Marisol Óscar Lucía Ángel Beatriz Gerardo"
)
_COMMON = _listed(
    "Smith Johnson Williams Brown Jones Davis Miller Wilson Moore Taylor Anderson Thomas Jackson White Harris"
)
_SURNAMES = _listed(
    "García Hernández Martínez López González Pérez Rodríguez Sánchez Ramírez Cruz Flores Gómez Morales Vásquez "
    "Jiménez Reyes Díaz Torres Gutiérrez Ruiz Mendoza Aguilar Ortiz Castillo Romero Álvarez Méndez Chávez Rivera "
    "Juárez Ramos Domínguez Herrera Medina Castro Vargas Guzmán Velázquez Muñoz Rojas De_la_Cruz Contreras Salazar"
)
_BEGIN = _listed("Ox Hen Bar Ash Cal Dur Fen Gar Hol Kin Lam Mar Nor Pen Quil Rad Sel Tal Ved Wes Yar Crow Blan Stan")
_END = _listed("endine ley ton field worth man son berry combe dale ford gate ham kins low more ness ridge sby tree")
_TOWNS = ("Bryson City", "Cherokee", "Murphy", "Sylva", "Robbinsville", "Boone", "Lumberton", "Marion", "Burns", "Vale")
_STREETS = _listed("Oak Main Church River Mill Depot Pine Cedar Ridge School Spring Maple Fairview Second Third")
_SHORT = {
    "Robert": "Bob", "William": "Bill", "Elizabeth": "Beth", "Margaret": "Peggy", "James": "Jim", "Michael": "Mike",
    "Patricia": "Pat", "Richard": "Rick", "Joseph": "Joe", "Jennifer": "Jen", "Thomas": "Tom", "Susan": "Sue",
    "Deborah": "Debbie", "Christopher": "Chris", "Rebecca": "Becky", "Kathleen": "Kathy", "Edward": "Ed",
    "Francisco": "Paco", "Guadalupe": "Lupe", "José": "Pepe", "Jesús": "Chuy", "Ignacio": "Nacho", "Dolores": "Lola",
    "Graciela": "Chela", "Eduardo": "Lalo", "Leticia": "Lety", "Rafael": "Rafa", "Beatriz": "Bety", "Roberto": "Beto",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One made-up row and who it really is."""

    facts: PersonFacts
    who: int


def _phone(draw: random.Random) -> str:
    return f"828{draw.randrange(200, 999)}{draw.randrange(10_000):04d}"


def _slip(draw: random.Random, word: str) -> str:
    if len(word) < 4:
        return word
    at = draw.randrange(1, len(word) - 1)
    return draw.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + draw.choice("aeiorstln") + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        )
    )


def _written_phone(draw: random.Random, digits: str) -> str:
    a, b, c = digits[:3], digits[3:6], digits[6:]
    return draw.choice((f"({a}) {b}-{c}", f"{a}-{b}-{c}", f"{a} {b} {c}", digits, f"+1 {a}.{b}.{c}"))


class _Maker:
    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.offices = [_phone(self.draw) for _ in range(12)]
        self.seen = self.boxes = 0

    def surname(self, spanish: bool) -> str:
        pool = _SURNAMES if spanish else _COMMON
        if self.draw.random() < (0.15 if spanish else 0.75):
            return self.draw.choice(_BEGIN) + self.draw.choice(_END)
        return pool[min(int(self.draw.expovariate(0.12)), len(pool) - 1)].replace("_", " ")

    def household(self) -> list[PersonFacts]:
        draw = self.draw
        spanish = draw.random() < 0.4
        size = draw.choices((1, 2, 3, 4), (60, 22, 12, 6))[0]
        town, phone = draw.choice(_TOWNS), _phone(draw)
        street = f"{draw.randrange(1, 999)} {draw.choice(_STREETS)} {draw.choice(('Street', 'Road', 'Ave.'))}"
        family = self.surname(spanish)
        people = []
        firsts = draw.sample(_SPANISH if spanish else _ENGLISH, size)
        for place, first in enumerate(firsts):
            if spanish and draw.random() < 0.3:
                first += " " + draw.choice(_SPANISH)
            if not spanish and place == 1 and draw.random() < 0.05:
                first, jr = firsts[0], " Jr."  # a father and son, with one phone
            else:
                jr = ""
            last = family if place == 0 or draw.random() < 0.8 else self.surname(spanish)
            if spanish and draw.random() < 0.5:
                last += " " + self.surname(spanish)
            own = phone if draw.random() < 0.55 else _phone(draw)
            if draw.random() < 0.06:
                own = draw.choice(self.offices)
            self.boxes += 1
            box = f"{first.split()[0]}.{last.split()[0]}{self.boxes}".lower()
            people.append(
                PersonFacts(
                    "",
                    f"{first} {last}{jr}",
                    phones=(own,) if draw.random() < 0.65 else (),
                    emails=(f"{box}@example.org",) if draw.random() < 0.45 else (),
                    street=street if draw.random() < 0.3 else "",
                    town=town if draw.random() < 0.7 else "",
                )
            )
        return people

    def again(self, person: PersonFacts) -> PersonFacts:
        """The same person on another day, as somebody else writes them down."""
        draw = self.draw
        first, *rest = person.name.split()
        least = 2 if len(rest) > 1 and rest[0] in _SPANISH else 1
        if draw.random() < 0.3:
            first = _SHORT.get(first, first)
        if len(rest) > least and rest[-1] != "Jr." and draw.random() < 0.4:
            rest = rest[:-1]
        if draw.random() < 0.12:
            rest[-1] = _slip(draw, rest[-1])
        elif draw.random() < 0.06:
            first = _slip(draw, first)
        name = " ".join([first, *rest])
        if draw.random() < 0.05:
            name = f"{' '.join(rest)}, {first}"
        if draw.random() < 0.4:
            name = name.translate(str.maketrans("áéíóúñÁÓ", "aeiounAO"))
        return replace(
            person,
            name=name.upper() if draw.random() < 0.08 else name,
            phones=tuple(phone for phone in person.phones if draw.random() < 0.75) or self.other_phone(),
            emails=tuple(
                email.upper() if draw.random() < 0.1 else email for email in person.emails if draw.random() < 0.7
            ),
            street=person.street if draw.random() < 0.6 else "",
            town=person.town if draw.random() < 0.8 else "",
        )

    def other_phone(self) -> tuple[str, ...]:
        return (_phone(self.draw),) if self.draw.random() < 0.15 else ()

    def rows(self, number: int) -> list[Row]:
        rows: list[Row] = []
        while len(rows) < number:
            for person in self.household():
                self.seen += 1
                times = 1 + self.draw.choices((0, 1, 2), (75, 18, 7))[0]
                for once in range(times):
                    facts = person if once == 0 else self.again(person)
                    written = tuple(_written_phone(self.draw, phone) for phone in facts.phones)
                    rows.append(Row(replace(facts, phones=written), self.seen))
        self.draw.shuffle(rows)
        return [replace(row, facts=replace(row.facts, id=f"{at:06d}")) for at, row in enumerate(rows[:number])]


@pytest.fixture(scope="session")
def outreach_rows() -> Callable[[int, int], list[Row]]:
    """``outreach_rows(number, seed)``: made-up rows, the same for the same seed."""
    return lambda number, seed: _Maker(seed).rows(number)
