"""Where a text points, by line and column: links, pictures and reference definitions. Pure, and linear."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

DEFINITION = re.compile(r"^ {0,3}\[(?!\^)(?P<label>[^\[\]\n]+)\]:[ \t]*<?(?P<address>[^\s<>]+)>?", re.MULTILINE)
AUTOLINK = re.compile(r"<(?P<address>[A-Za-z][A-Za-z0-9+.-]*://[^<>\s]*)>")
BRACKET = re.compile(r"\\.|!?\[|\]", re.DOTALL)
PARENTHESIS = re.compile(r"\\.|[()]|\n[ \t]*\n", re.DOTALL)
WITH_TITLE = re.compile(r"^(?P<address>\S*)\s+(?:\"[^\"]*\"|'[^']*')$")
LONGEST = 2_000
"""How far an address and its title may reach."""


@dataclass(frozen=True)
class Target:
    """An address as written; `index` counts lines from 0, `column` from 1."""

    address: str | None
    """None for a picture whose address stands elsewhere: `![label][name]`."""
    label: str
    is_picture: bool
    index: int
    column: int


def find_targets(text: str) -> list[Target]:
    """Everything the text points to, in order; code must be blanked out before."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(position: int) -> tuple[int, int]:
        index = bisect_right(starts, position) - 1
        return index, position - starts[index] + 1

    found = [
        *_inline(text),
        *((match.start("address"), match["address"], match["label"], False) for match in DEFINITION.finditer(text)),
        *((match.start("address"), match["address"], match["address"], False) for match in AUTOLINK.finditer(text)),
    ]
    in_order = sorted(found, key=lambda place: place[0])
    return [Target(address, label, picture, *at(position)) for position, address, label, picture in in_order]


def _inline(text: str) -> Iterator[tuple[int, str | None, str, bool]]:
    """`[label](address)` and `![label](address)`; brackets pair by a stack, so nested ones are found too."""
    opened: list[re.Match[str]] = []
    for match in BRACKET.finditer(text):
        sign = match[0]
        if sign.startswith("\\"):
            continue
        if sign != "]":
            opened.append(match)
        elif opened:
            opener = opened.pop()
            label, is_picture = text[opener.end() : match.start()], opener[0] == "!["
            address = _address(text, match.end())
            if address is not None:
                yield address[0], address[1], label, is_picture
            elif is_picture and text.startswith("[", match.end()):
                yield opener.start(), None, label, True


def _address(text: str, start: int) -> tuple[int, str] | None:
    """The address between brackets that open at `start`, and where it stands."""
    if not text.startswith("(", start):
        return None
    depth = 0
    for match in PARENTHESIS.finditer(text, start, start + LONGEST):
        if match[0].startswith("\n"):
            return None
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if not depth:
            inside = text[start + 1 : match.start()]
            written = inside.strip()
            titled = WITH_TITLE.match(written)
            address = titled["address"] if titled else written
            return start + 1 + len(inside) - len(inside.lstrip()), address.strip("<>")
    return None
