"""First names that people use for one another: English from the ``nicknames`` package, Spanish from the table here.

``nicknames`` (Apache-2.0) carries its names with it, so nothing is fetched. All names here are folded: a-z only.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from nicknames import name_triplets

from outreach_app.matching.word_lists import ALSO_GIVEN

_SPANISH = """
adelaida lala; alberto beto; alejandra ale jandra; alejandro ale jandro alex; alfonso poncho fonso; alfredo fredo;
alicia licha; amelia melia; ana anita; andrea andi; angelica angie; anita ana; antonia tona tonia; antonio tono tony;
araceli chely celi; armando mando; arturo turo; aurelio yeyo; beatriz bety betty bea; benjamin benja mincho;
bernardo nardo; carlos carlitos charly carlo; carmen carmelita mencha; carolina caro; catalina cata; cecilia ceci;
claudia clau; concepcion concha conchita chona; consuelo chelo; cristina cris tina; cristobal tobal; daniel dani;
daniela dani; david davo; delfina fina; diego dieguito; dolores lola lolita; eduardo lalo edu eddie; elena nena;
elizabeth eli liz; enrique quique kike; enriqueta queta; ernesto neto; esperanza pera lancha; esteban teban;
eugenio geno; federico fede kiko; felipe pipe lipe; fernanda fer nanda; fernando fer nando; florencia flor;
francisca paca pancha paquita; francisco paco pancho panchito paquito kiko cisco frank; gabriel gabi gabo;
gabriela gabi gaby; gerardo gera; gertrudis tula; gilberto beto gil; graciela chela; gregorio goyo; guadalupe lupe
lupita pita; guillermo memo guille; gustavo tavo gus; heriberto beto; hilario layo; hortensia tencha; humberto beto;
ignacio nacho; irene nene; isabel chabela isa chavela; ismael mayelo; jacinto chinto; javier javi; jesus chuy chucho;
joaquin quino; jorge coque; jose pepe pepito joselito; josefa pepa chepa; josefina pepita fina chepina josie;
juan juanito juancho johnny; juana juanita; julia julita; julio julito; laura lalis; leonardo leo; leonor nora leo;
leticia lety leti; lidia lida; lorenzo lencho; lourdes lulu; lucia lucy chia; luis lucho luisito; luz lucha lucecita;
magdalena magda malena; manuel manolo manny manu meno; manuela manola; marcela chela; marcos marquitos;
margarita mago marga rita maggie; maria mari mary marucha mariquita; mariana mari; mario mayo; martin tincho;
mauricio mau; mercedes meche merche; micaela mica; miguel migue mike miguelito; minerva mine; monica moni;
natividad nati; nicolas nico; norberto beto; octavio tavo; olivia oli; pablo pablito; patricia paty pati; pedro perico
pedrito peter; pilar pili; rafael rafa; ramon moncho monchi; raquel quela; rebeca beca becky; refugio cuca cuco;
reynaldo rey; ricardo richi rica rick; roberto beto robert; rodolfo rudy fito; rodrigo rodri; rogelio roge;
rosa rosita; rosario chayo charo; ruben benito; salvador chava salva; samuel sami; santiago santi chago;
sebastian sebas; silvia chivis; socorro coco; sofia sofi; soledad chole; susana susi; teresa tere teresita tete;
tomas tomasito; trinidad trini; valentina vale; veronica vero; vicente chente; victor vico; virginia vicky gina;
xavier xavi; xochitl xochi; yolanda yoli yola; zoila zoi
"""

# One name in several spellings, where no rule of sound makes them one.
_SPELLINGS = (
    ("steven", "stephen", "stephan"),
    ("catherine", "katherine", "kathryn", "catharine", "cathryn"),
    ("sean", "shawn", "shaun"),
    ("geoffrey", "jeffrey", "jeffery"),
    ("javier", "xavier"),
    ("brittany", "britney"),
    ("michael", "micheal"),
    ("matthew", "mathew"),
    ("deborah", "debra"),
    ("yesenia", "jessenia", "llesenia"),
    ("giovanni", "jovani", "giovani"),
)

# Names of the package's table that are two people's names more often than one person's.
_DOUBTED = frozenset(
    {
        ("aaron", "erin"),
        ("aron", "erin"),
        ("bill", "fred"),
        ("bill", "robert"),
        ("robert", "bill"),
        ("robert", "billy"),
        ("robert", "rupert"),
    }
)


def _spanish() -> Mapping[str, frozenset[str]]:
    entries = (entry.split() for entry in _SPANISH.split(";"))
    return {formal: frozenset(shorts) for formal, *shorts in entries}


@cache
def short_forms() -> Mapping[str, frozenset[str]]:
    """By a name, the names its bearers are also called."""
    shorts: defaultdict[str, set[str]] = defaultdict(set)
    for formal, _, short in name_triplets():
        if (formal, short) not in _DOUBTED:
            shorts[formal].add(short)
    for formal, more in _spanish().items():
        shorts[formal] |= more
    for spellings in _SPELLINGS:
        for spelling in spellings:
            shorts[spelling] |= set(spellings) - {spelling}
    return {formal: frozenset(names) for formal, names in shorts.items()}


@cache
def full_forms() -> Mapping[str, frozenset[str]]:
    """By a name people are called, the names it may stand for."""
    fulls: defaultdict[str, set[str]] = defaultdict(set)
    for formal, shorts in short_forms().items():
        for short in shorts:
            fulls[short].add(formal)
    return {short: frozenset(names) for short, names in fulls.items()}


def same_or_short(one: str, other: str) -> bool:
    """Whether one name is the other, or what its bearers are called."""
    none: frozenset[str] = frozenset()
    return one == other or other in short_forms().get(one, none) or one in short_forms().get(other, none)


def names_for(name: str) -> frozenset[str]:
    """A name and every name it may stand for, or be called by."""
    none: frozenset[str] = frozenset()
    return frozenset({name}) | full_forms().get(name, none) | short_forms().get(name, none)


def is_given_name(word: str) -> bool:
    """Whether a word is known as a first name."""
    return word in ALSO_GIVEN or word in short_forms() or word in full_forms()
