"""Words the matcher knows: titles, particles, what people leave off or shorten. All folded to a-z and digits."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _listed("mr mrs ms miss mx dr dra prof rev reverend fr sra srta srita lic ing profa hon sgt lt capt")
CREDENTIALS = _listed(
    "md rn lpn phd mph msw lcsw lmft lpc lcas bsn msn np fnp dds dmd esq cpa edd mba mha mpa chw pharmd dnp"
)
GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
PARTICLES = _listed("de del la las los el y da das do dos di du le van von der den ter st san santa mc mac")

# First names that most often lead a double one: Maria Elena, Juan Carlos, Mary Ann.
LEADING = _listed("maria jose juan ana luz mary luis rosa john jean")
# ... and those that go on past a particle: Maria de los Angeles, Juan de Dios.
DEVOTED = _listed("maria jose juan")

# Given names in no table of short forms that often stand second: "Maria Elena Garcia" has one surname.
ALSO_GIVEN = _listed(
    "amparo angel angela angeles angelina ann anne ariel belen beth blanca brent camila carl celia clara cruz "
    "dale dawn dios dulce earl elvira emilia emilio erica erin esmeralda estela eva faith fatima glenn gloria "
    "grace hector hope ines irma isaac isabella itzel ivan james jazmin jean jo joel john joy karen karina kay "
    "keith lee leon leonel lilia lorena lou lucero luisa lynn mae marie marisol mark marta mateo may milagros "
    "miriam nancy natalia noemi nohemi omar oscar paola patricio paul paz perla raul ray reina remedios rocio "
    "rosalba rose roy sandra sara saul scott sergio sue thomas todd troy vanessa vianey wade wayne wendy yadira "
    "yesenia"
)

# Written short on lists and lines, as whole words.
ABBREVIATIONS = {
    "fco": "francisco", "gpe": "guadalupe", "gmo": "guillermo", "alej": "alejandro", "ant": "antonio",
    "mtz": "martinez", "rdz": "rodriguez", "hdz": "hernandez", "gzz": "gonzalez", "wm": "william", "chas": "charles",
    "geo": "george", "jas": "james", "robt": "robert", "thos": "thomas", "jno": "john",
}  # fmt: skip

# Mailboxes and pages anyone can have: that two share such a domain says nothing.
COMMON_DOMAINS = _listed(
    "gmail.com googlemail.com yahoo.com ymail.com hotmail.com outlook.com live.com msn.com aol.com icloud.com me.com "
    "mac.com comcast.net att.net verizon.net bellsouth.net charter.net spectrum.net frontier.com centurylink.net "
    "windstream.net earthlink.net proton.me protonmail.com mail.com gmx.com hotmail.es yahoo.es yahoo.com.mx "
    "facebook.com fb.com instagram.com twitter.com x.com linkedin.com youtube.com sites.google.com google.com "
    "linktr.ee wixsite.com wordpress.com blogspot.com squarespace.com weebly.com eventbrite.com"
)
# What people write for a mailbox they do not have.
NO_MAILBOX = _listed("none na noemail no nomail test unknown ninguno notiene xxx")

STREET_WORDS = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "boulevard": "blvd", "drive": "dr", "lane": "ln",
    "highway": "hwy", "court": "ct", "place": "pl", "parkway": "pkwy", "circle": "cir", "north": "n", "south": "s",
    "east": "e", "west": "w", "suite": "ste", "apartment": "apt", "mount": "mt", "saint": "st",
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
    "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip

# Of organizations: what is left off, what is written short, and what tells one branch from the next.
LEFT_OFF = _listed(
    "the of and for in at a an inc incorporated llc llp lp ltd limited co corp corporation company pllc pc pa dba "
    "nonprofit 501c3 el la los las de del y en para por"
)
SPELLED_OUT = {
    "dept": "department", "dpt": "department", "svc": "services", "svcs": "services", "service": "services",
    "srvcs": "services", "ctr": "center", "cntr": "center", "centre": "center", "centers": "center",
    "assn": "association", "assoc": "association", "asso": "association", "comm": "community", "cmty": "community",
    "univ": "university", "hosp": "hospital", "hlth": "health", "med": "medical", "ch": "church",
    "umc": "united methodist church", "ame": "african methodist episcopal", "bapt": "baptist",
    "presby": "presbyterian", "cnty": "county", "cty": "county", "co": "county", "vfd": "volunteer fire department",
    "fd": "fire department", "pd": "police department", "elem": "elementary", "sch": "school", "schools": "school",
    "hs": "high school", "ms": "middle school", "lib": "library", "libraries": "library", "st": "saint",
    "mt": "mount", "ft": "fort", "nc": "north carolina", "or": "oregon", "natl": "national", "intl": "international",
    "org": "organization", "fdn": "foundation", "govt": "government", "mgmt": "management", "soc": "social",
    "dss": "department social services", "hhs": "health human services", "cc": "community college",
    "churches": "church", "clinics": "clinic", "families": "family", "1st": "first", "2nd": "second", "3rd": "third",
    "iglesia": "church", "bautista": "baptist", "centro": "center", "salud": "health", "comunidad": "community",
    "comunitario": "community", "comunitaria": "community", "biblioteca": "library", "escuela": "school",
    "clinica": "clinic", "condado": "county",
}  # fmt: skip
# Words half the directory has: sharing them says little, however few organizations are known yet.
GENERIC = _listed(
    "first second baptist methodist presbyterian catholic church saint community county city town state center health "
    "department services social human school elementary middle high college university library fire police rescue "
    "volunteer hospital clinic medical family council club association foundation coalition center house senior youth "
    "public north south east west carolina oregon united free food pantry bank action agency office program"
)
BRANCHES = _listed("first second third fourth fifth north south east west upper lower")
