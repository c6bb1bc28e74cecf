"""Square codes for sheets."""

from io import BytesIO


def qr_svg(content: str) -> str:
    """A QR code as SVG, without its quiet zone: the sheet leaves four modules white around it."""
    import segno

    drawing = BytesIO()
    segno.make(content, error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False)
    return drawing.getvalue().decode()
