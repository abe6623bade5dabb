"""`[^1]: note` and `[k]: https://…` at the end of a quiz, their usual place: known to every question above. Pure."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from foundation.source import Sheet

NOTE = r"\^[^\]\[\s]+"
LINK = r"(?![ xX✓✔vV]\])[^\]\[^@][^\]\[]*"
ADDRESS = r"\S*[:/.#]\S*(?:[ \t].*)?"
BEGIN = re.compile(rf"^ {{0,3}}\[(?P<label>(?P<note>{NOTE})|{LINK})\]:[ \t]*(?(note).*|{ADDRESS})$")
LAZY = re.compile(r"^[ \t]*[\w(*_\[\"“]")
"""A line that may go on with a note without being indented."""


@dataclass(frozen=True)
class Definition:
    """What a mark in a text stands for; `label` as it is written, `^1` for a note."""

    label: str
    text: str

    @property
    def is_note(self) -> bool:
        return self.label.startswith("^")


def find_definitions(sheet: Sheet, containers: Set[int]) -> tuple[tuple[Definition, ...], int]:
    """The definitions that end a text, and the index of the first line of them, or of the text's end."""
    found: list[tuple[str, list[str]]] = []
    first = len(sheet.lines)
    for index, line in enumerate(sheet.lines):
        is_opaque = index in sheet.code_lines or index in containers
        match = None if is_opaque else BEGIN.match(line)
        if match:
            first = index if not found else first
            found.append((match["label"], [line.strip()]))
        elif found and not is_opaque and _goes_on(line, sheet.lines[index - 1], found[-1][0]):
            found[-1][1].append(line)
        elif line.strip():
            found.clear()
    definitions = tuple(Definition(label, "\n".join(lines).rstrip()) for label, lines in found)
    return definitions, first if definitions else len(sheet.lines)


def _goes_on(line: str, before: str, label: str) -> bool:
    if not line.strip():
        return True
    is_indented = line.startswith(("    ", "\t"))
    return label.startswith("^") and (is_indented or bool(before.strip() and LAZY.match(line)))


def defined(text: str, definitions: Sequence[Definition], name: str) -> str:
    """A text with the definitions of the marks in it; notes get a label of their own, since a page holds many texts."""
    used = [one for one in definitions if f"[{one.label}]".casefold() in text.casefold()]
    for one in used:
        written = one.text
        if one.is_note:
            label = f"[{one.label}-{name}]"
            text, written = text.replace(f"[{one.label}]", label), written.replace(f"[{one.label}]", label, 1)
        text += f"\n\n{written}"
    return text
