"""Phone numbers: kept as they were typed, shown and compared in one form."""

_COUNTRY = "US"
_REGION_DIGITS = 10


def phone_digits(number: str) -> str:
    """The digits two spellings of one number share: ten for a US number, all of them otherwise. No extension."""
    parsed = _parsed(number)
    return parsed[0] if parsed else "".join(digit for digit in number if digit.isascii() and digit.isdigit())


def shown_phone(number: str) -> str:
    """A number as it is shown on screen, "(828) 555-0184"; as typed where it is no whole number."""
    parsed = _parsed(number)
    return parsed[1] if parsed else number


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
