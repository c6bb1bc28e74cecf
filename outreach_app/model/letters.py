"""Letters that can be kept: written to the store, to a workbook, to paper."""


def well_formed(text: str) -> str:
    """``text`` with a sign in place of each half of a letter, such as a terminal makes of bytes it cannot read."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
