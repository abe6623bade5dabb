"""What a rendered text says, for places that hold words only: menus, and names of buttons. Pure."""

import re
from html import unescape

PICTURE = re.compile(r'<img\b[^<>]*?\balt="([^"]*)"[^<>]*>')
DEFINITION = re.compile(r"<span>.*?</span>", re.DOTALL)
"""Only a term's definition stands in a span of no class."""
BREAK = re.compile(r"<br\b[^<>]*>")
TAG = re.compile(r"<[^<>]*>")


def spoken(html: str) -> str:
    """Words without tags; a picture says what it shows, a term only itself."""
    html = BREAK.sub(" ", PICTURE.sub(r"\1", DEFINITION.sub("", html)))
    return " ".join(unescape(TAG.sub("", html)).split())
