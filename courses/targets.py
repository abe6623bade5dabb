"""Where a text points: links, pictures, reference definitions and bare addresses, by line and column. Pure and linear."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

ADDRESS = re.compile(r"\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*))")
DEFINITION = re.compile(r"^ {0,3}\[(?!\^)(?P<label>[^\[\]\n]+)\]:[ \t]*<?(?P<address>[^\s<>]+)>?", re.MULTILINE)
AUTOLINK = re.compile(r"<(?P<address>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>")
BRACKET = re.compile(r"\\.|!?\[|\]", re.DOTALL)


@dataclass(frozen=True)
class Target:
    """An address as written; `index` counts lines from 0, `column` from 1."""

    address: str
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
        *((position, label, is_picture, address) for position, label, is_picture, address in _inline(text)),
        *((match.start("address"), match["label"], False, match["address"]) for match in DEFINITION.finditer(text)),
        *((match.start("address"), match["address"], False, match["address"]) for match in AUTOLINK.finditer(text)),
    ]
    return [Target(address, label, picture, *at(position)) for position, label, picture, address in sorted(found)]


def _inline(text: str) -> Iterator[tuple[int, str, bool, str]]:
    """`[label](address)` and `![label](address)`, innermost brackets first; brackets pair by a stack."""
    opened: list[re.Match[str]] = []
    for match in BRACKET.finditer(text):
        sign = match[0]
        if sign.startswith("\\"):
            continue
        if sign != "]":
            opened.append(match)
        elif opened:
            opener = opened.pop()
            address = ADDRESS.match(text, match.end()) if text.startswith("(", match.end()) else None
            if address is not None:
                label = text[opener.end() : match.start()]
                group = "angled" if address["angled"] is not None else "plain"
                yield address.start(group), label, opener[0].startswith("!"), address[group]
            if opener.end() < match.start() and "\n\n" in text[opener.end() : match.start()]:
                opened.clear()
