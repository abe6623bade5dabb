"""`[@key, hlm. 12; @other]` and `[[istilah: term|shown words]]`: what marks in running text say. Pure, and linear."""

import re
from dataclasses import dataclass

from foundation.slugs import plain

CITATION = r"\[(?P<cited>@[^\[\]]*)\](?![(\[:])"
"""Not where it is the label of a link or of an address."""
TERM = r"(?i:\[\[[ \t]*(?:istilah|term)[ \t]*:(?P<term>[^\[\]]*)\]\])"
PIECE = re.compile(r"@(?P<key>[^\s,;@]+)\s*(?:,\s*(?P<where>.*))?", re.DOTALL)
BAR = re.compile("\\\\?\\||\x02124\x03")
"""The sign between a term and the words shown for it; in a table it is escaped, which Python-Markdown marks so."""


@dataclass(frozen=True)
class Citation:
    """One work cited; `where` in it, such as "hlm. 12", or ""; `offset` counts from the first `@` of the mark."""

    key: str
    where: str
    offset: int


def read_citation(inside: str) -> tuple[Citation, ...]:
    """ "@a, hlm. 12; @b" -> both works; () where one of them cannot be read."""
    found: list[Citation] = []
    at = 0
    for piece in inside.split(";"):
        match = PIECE.fullmatch(piece.strip())
        if match is None or "@" in (match["where"] or ""):
            return ()
        offset = at + len(piece) - len(piece.lstrip())
        found.append(Citation(match["key"], " ".join((match["where"] or "").split()), offset))
        at += len(piece) + 1
    return tuple(found)


def read_term(inside: str) -> tuple[str, str]:
    """ "kerja sama daerah|kerja samanya" -> the term, and the words to show for it."""
    name, *shown = BAR.split(inside, maxsplit=1)
    name = " ".join(name.split())
    return name, (" ".join(shown[0].split()) if shown else "") or name


def folded(name: str) -> str:
    """A term however it is typed: case, spaces and marks are ignored."""
    return plain(name).casefold()
