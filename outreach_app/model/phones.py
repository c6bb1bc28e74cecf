"""Phone numbers: kept as they were typed, shown and compared in one form."""

from outreach_app.texts import count

_COUNTRY = "US"
_REGION_DIGITS = 10
_DIALLED = (7, 10)  # of a US number, without and with its area code


def phone_digits(number: str) -> str:
    """The digits two spellings of one number share: ten for a US number, all of them otherwise. No extension."""
    parsed = _parsed(number)
    return parsed[0] if parsed else "".join(digit for digit in number if digit.isascii() and digit.isdigit())


def shown_phone(number: str) -> str:
    """A number as it is shown on screen, "(828) 555-0184"; as typed where it is no whole number."""
    parsed = _parsed(number)
    return parsed[1] if parsed else number


def phone_doubt(number: str) -> str:
    """What to say of a number that cannot be right yet; "" where it can. It is saved as it is written all the same."""
    if len(phone_digits(number)) in _DIALLED:
        return ""
    written = sum(sign.isdigit() for sign in number)
    return count("This has one digit; US numbers have ten.", "This has {n} digits; US numbers have ten.", written)


def _parsed(number: str) -> tuple[str, str] | None:
    """(digits, form for the screen), where the library knows the number as possible. It is slow to load."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, _COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    home = parsed.country_code == 1
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    digits = str(parsed.national_number)
    if home and len(digits) != _REGION_DIGITS:
        return None
    return (digits if home else f"{parsed.country_code}{digits}"), phonenumbers.format_number(parsed, form)
