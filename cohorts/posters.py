"""What a hall reads from the screen: a QR code, and for those who type, an address and a code."""

from dataclasses import dataclass

from markupsafe import Markup

from foundation import codes, qr


@dataclass(frozen=True)
class Poster:
    code: str
    address: str
    """Where the code is typed, as people say it: without http."""
    drawing: Markup
    """The QR code of the address that has the code in it."""


def poster(code: str, link: str, entrance: str) -> Poster:
    """Of two absolute addresses: the one that has the code in it, and the one where it is typed."""
    drawing = Markup(qr.drawing(link))  # noqa: S704  squares that we draw; the address is only their pattern
    return Poster(codes.shown(code), entrance.split("//", 1)[1], drawing)
