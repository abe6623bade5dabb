"""QR codes as drawings to put into a page. Pure."""

import segno

DARK, LIGHT = "#000", "#fff"
"""Whatever the page's colours are: readers expect dark on light."""


def drawing(text: str) -> str:
    """An SVG element without any style, which the page's own policy would refuse; it fills the place it stands in."""
    # A quarter of it may be unreadable, by glare on the screen or by somebody's head.
    code = segno.make_qr(text, error="q")
    return code.svg_inline(omitsize=True, dark=DARK, light=LIGHT, svgclass=None, lineclass=None)
