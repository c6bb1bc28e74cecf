"""Days and times as people write and say them.

A day is ISO text and may be partial ("2026-11-21", "2026-11", "2026"); a moment is ISO text with its offset from UTC.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from outreach_app.model.errors import BadInput
from outreach_app.model.vocabularies import folded
from outreach_app.texts import LANGUAGES, _, count, say
from outreach_app.texts import language as current_language

_MONTHS = "January February March April May June July August September October November December"
_SHORT_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_SHORT_DAYS = "Mon Tue Wed Thu Fri Sat Sun"
_YEARS = range(1800, 2200)
_MOMENT_YEARS = range(1971, 2200)  # some systems know no local time before 1970
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = int(datetime(9999, 12, 30, tzinfo=UTC).timestamp())  # no calendar here knows a day after it
_KEPT = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ]00:00(?::00)?)?)?)?")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MONTH_SLASH = re.compile(r"(\d{1,2})/(\d{4})")
_HALF = r"\s*([ap])\.?\s*m\b\.?"
_TIME = re.compile(rf"(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?(?:{_HALF})?|\b(\d{{1,2}}){_HALF}", re.IGNORECASE)
_OFFSET = re.compile(r"\s*\(?(?:UTC)?([+\-−])(\d{2}):?(\d{2})\)?$")
_SMALL_WORDS = frozenset({"de", "del", "of", "the", "el", "at", "a", "las", "la"})
_UTC = re.compile(r"(?<=\d)\s*Z$", re.IGNORECASE)


def full(day: str, language: str | None = None) -> str:
    """A day in full: "21 November 2026", "November 2026", "2026". What is no day is given back as it is."""
    if not _KEPT.fullmatch(day):
        return day
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 1:
        return day
    month = say(_MONTHS, language).split()[parts[1] - 1]
    if len(parts) == 2:
        return say("{month} {year}", language, month=month, year=parts[0])
    return say("{day} {month} {year}", language, day=parts[2], month=month, year=parts[0])


def short(day: str, today: date, language: str | None = None) -> str:
    """A day as one says it: "today", "tomorrow", "yesterday", "3 Oct"; with the year where it is another one."""
    whole = _whole(day)
    if whole is None:
        return full(day, language)
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((whole - today).days)
    if near:
        return say(near, language)
    month = say(_SHORT_MONTHS, language).split()[whole.month - 1]
    if whole.year == today.year:
        return say("{day} {short_month}", language, day=whole.day, short_month=month)
    return say("{day} {short_month} {year}", language, day=whole.day, short_month=month, year=whole.year)


def due(day: str, today: date, language: str | None = None) -> str:
    """When something should be done, or how late it is: "2 days late", "today", "Tue", "3 Oct"."""
    whole = _whole(day)
    if whole is not None and whole < today:
        return count("{n} day late", "{n} days late", (today - whole).days, language)
    if whole is not None and 1 < (whole - today).days < 7:
        return say(_SHORT_DAYS, language).split()[whole.weekday()]
    return short(day, today, language)


def heading(day: date, language: str | None = None) -> str:
    """A day as the title of a page: "Saturday 21 November"."""
    weekday = say(_DAYS, language).split()[day.weekday()]
    month = say(_MONTHS, language).split()[day.month - 1]
    said = say("{weekday} {day} {month}", language, weekday=weekday, day=day.day, month=month)
    return said[:1].upper() + said[1:]


def full_moment(moment: str, language: str | None = None) -> str:
    """A moment in full: "21 November 2026, 10:42", with its offset where this computer would give another."""
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    time = when.strftime("%H:%M:%S" if when.second else "%H:%M")
    local = when.year in _MOMENT_YEARS and with_local_offset(when.replace(tzinfo=None)).isoformat() == moment
    return f"{full(when.date().isoformat(), language)}, {time}" + ("" if local else f" {when.isoformat()[-6:]}")


def short_moment(moment: str, today: date, language: str | None = None) -> str:
    """A moment as one says it: "10:42" today, "yesterday 10:42", "3 Oct 14:02"."""
    when = datetime.fromisoformat(moment)
    day = when.date()
    return f"{when:%H:%M}" if day == today else f"{short(day.isoformat(), today, language)} {when:%H:%M}"


def moment_of(clock: int) -> str:
    """The local moment of a clock (microseconds since 1970 UTC), to the second; of one beyond the years people count,
    the last of them."""
    return with_local_offset(_EPOCH + timedelta(seconds=min(clock // 1_000_000, _LAST))).isoformat()


def same_moment(one: object, other: object) -> bool:
    """Whether two values are one moment, by whatever clock each is told."""
    try:
        first, second = datetime.fromisoformat(str(one)), datetime.fromisoformat(str(other))
    except ValueError:
        return False
    return bool(first.tzinfo and second.tzinfo) and first == second


def with_local_offset(when: datetime) -> datetime:
    """A time as this computer's own local time; one without offset is taken to be local already."""
    local = when.astimezone()
    offset = local.utcoffset() or timedelta()
    return local.replace(tzinfo=timezone(timedelta(minutes=round(offset / timedelta(minutes=1)))))


def parse_day(text: str, language: str | None = None) -> str:
    """The day somebody wrote, whole or partial; BadInput where it is none, or could be two."""
    typed = text.strip()
    iso = _ISO.fullmatch(typed)
    if iso:
        return _checked(typed, *iso.groups())
    slashed = _SLASHED.fullmatch(typed)
    if slashed:
        return _day_of_slashes(typed, slashed, language)
    month_only = _MONTH_SLASH.fullmatch(typed)
    if month_only:
        return _checked(typed, month_only[2], month_only[1], None)
    return _day_in_words(typed)


def parse_moment(text: str, language: str | None = None) -> str:
    """The moment somebody wrote, with its offset (this computer's where none is written); BadInput where it is none."""
    typed = _UTC.sub("+00:00", text.strip())
    offset = _OFFSET.search(typed) if ":" in typed else None
    rest = typed[: offset.start()] if offset else typed
    found = list(_TIME.finditer(rest))
    if not found:
        raise BadInput(_("“{typed}” has no time; write it like 2026-11-21 10:30.", typed=typed))
    clock = found[-1]
    beside = (rest[: clock.start()] + rest[clock.end() :]).strip(" ,T")
    if not beside:
        raise BadInput(_("“{typed}” has no day; write it like 2026-11-21 10:30.", typed=typed))
    whole = _whole(parse_day(beside, language))
    minutes, seconds = int(clock[2] or 0), int(clock[3] or 0)
    hour = _hour(int(clock[1] or clock[5]), clock[4] or clock[6])
    if whole is None or whole.year not in _MOMENT_YEARS or hour is None or minutes > 59 or seconds > 59:
        raise BadInput(_("“{typed}” is no day and time; write it like 2026-11-21 10:30.", typed=typed))
    when = datetime(whole.year, whole.month, whole.day, hour, minutes, seconds)
    if offset is None:
        return with_local_offset(when).isoformat()
    away = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    if away >= timedelta(hours=24):
        raise BadInput(_("“{typed}” is no day and time; write it like 2026-11-21 10:30.", typed=typed))
    return when.replace(tzinfo=timezone(away if offset[1] == "+" else -away)).isoformat()


def _hour(hour: int, half: str | None) -> int | None:
    if half is None:
        return hour if hour < 24 else None
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _whole(day: str) -> date | None:
    return date.fromisoformat(day) if day.count("-") == 2 else None


def _checked(typed: str, year: str, month: str | None, day: str | None) -> str:
    """The day as it is kept, or BadInput where the calendar has no such day."""
    try:
        kept = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        kept = ""
    if not kept or int(year) not in _YEARS:
        raise BadInput(_("The calendar has no “{typed}”; write the day like 2026-11-21.", typed=typed))
    return kept if day else kept[:7] if month else kept[:4]


def _day_of_slashes(typed: str, slashed: re.Match[str], language: str | None) -> str:
    """Month first, as English readers of the United States write it; elsewhere only where there is no doubt."""
    first, second, year = int(slashed[1]), int(slashed[2]), slashed[3]
    wanted = language or current_language()
    if first > 12 or first == second:
        return _checked(typed, year, slashed[2], slashed[1])
    if second > 12 or wanted == "en":
        return _checked(typed, year, slashed[1], slashed[2])
    raise BadInput(
        _(
            "“{typed}” could be two days; write the month as a word: {one} or {other}.",
            typed=typed,
            one=full(_checked(typed, year, slashed[2], slashed[1])),
            other=full(_checked(typed, year, slashed[1], slashed[2])),
        )
    )


@cache
def _months() -> Mapping[str, int]:
    """The number of each month by its names, long and short, in every language."""
    named = {"sept": 9, "set": 9, "setiembre": 9}
    for language in LANGUAGES:
        for names in (_MONTHS, _SHORT_MONTHS):
            named |= {folded(name): at for at, name in enumerate(say(names, language).split(), start=1)}
    return named


def _day_in_words(typed: str) -> str:
    words = [word for word in re.split(r"[\s,.]+", folded(typed)) if word and word not in _SMALL_WORDS]
    months = [_months()[word] for word in words if word in _months()]
    numbers = [word for word in (re.sub(r"(?<=\d)(st|nd|rd|th|º|ro)$", "", word) for word in words) if word.isdigit()]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(months) == 1 and len(years) == 1 and len(days) <= 1 and len(words) == 2 + len(days):
        return _checked(typed, years[0], str(months[0]), days[0] if days else None)
    raise BadInput(_("“{typed}” is no day; write it like 2026-11-21, or only its month or year.", typed=typed))
