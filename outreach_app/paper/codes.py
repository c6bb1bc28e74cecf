"""Square codes for sheets, and pictures as a template takes them."""

import base64
from io import BytesIO


def qr_svg(content: str) -> str:
    """A QR code as SVG, without its quiet zone: the sheet leaves four modules white around it."""
    import segno

    drawing = BytesIO()
    segno.make(content, error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False)
    return drawing.getvalue().decode()


def picture_svg(picture: bytes, form: str, wide: int, high: int) -> str:
    """A picture ("png" or "jpeg") in a frame of SVG: what a template is given is text."""
    kept = base64.b64encode(picture).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f'<image width="{wide}" height="{high}" href="data:image/{form};base64,{kept}"/></svg>'
    )
