"""Blanks in a stem: `[[Mataram|Kota Mataram]]` to fill in, `[[*tinggi / rendah]]` to choose from. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from courses.findings import Findings
from foundation import mentions
from foundation.source import code_spans
from quizzes.answer_keys import (
    NumberAnswer,
    TextAnswer,
    judge_number,
    split_keys,
    warn_of_two_readings,
)
from quizzes.numbers import read_number
from quizzes.question_text import QuestionText

BLANK = re.compile(r"\[\[(?P<inside>(?:[^\[\]]|\[(?!\[)|\](?!\]))*)\]\]|(?P<open>\[\[)")
TERM = re.compile(mentions.TERM)
SLASH = re.compile(r"\s/\s")
CHOSEN = re.compile(r"^\*(?!\*)[^/]*/|/\s*\*(?!\*)")
"""A star beside a slash without spaces: meant as a menu."""
BOLD = re.compile(r"^(\*\*|__)(?=[^\s*_])(?P<text>.*[^\s*_])\1$")


@dataclass(frozen=True)
class Gap:
    """A blank to write in."""

    answer: TextAnswer | NumberAnswer


@dataclass(frozen=True)
class Menu:
    """A blank to choose from."""

    parts: tuple[str, ...]
    right: str


@dataclass(frozen=True)
class Blanks:
    """The blanks of a question in the order they stand, those of the heading first."""

    blanks: tuple[Gap | Menu, ...]


@dataclass(frozen=True)
class Mark:
    """`[[…]]` as it stands; `inside` is None where it is never closed."""

    start: int
    end: int
    inside: str | None


@dataclass(frozen=True)
class PlacedMark:
    """A mark by line index and column."""

    inside: str | None
    index: int
    column: int


def find_marks(paragraph: str) -> Iterator[Mark]:
    """Every blank of a paragraph; terms of the glossary and code have none."""
    spans = code_spans(paragraph) if "[[" in paragraph else []
    for match in BLANK.finditer(paragraph):
        is_code = any(start <= match.start() < end for start, end in spans)
        if not is_code and not TERM.match(paragraph, match.start()):
            yield Mark(match.start(), match.end(), None if match["open"] else match["inside"])


def placed_marks(title: str, title_column: int, start: int, text: QuestionText, last: int) -> list[PlacedMark]:
    """The blanks of a heading, then those of the stem, which ends at place `last`."""
    found = [PlacedMark(mark.inside, start, title_column + mark.start) for mark in find_marks(title)]
    for place, paragraph in text.paragraphs(0, last):
        for mark in find_marks(paragraph):
            before = paragraph[: mark.start]
            column = mark.start - (before.rfind("\n") + 1) + 1
            found.append(PlacedMark(mark.inside, text.offset + place + before.count("\n"), column))
    return found


def without_blanks(text: str) -> str:
    """A heading as its id may know it: nothing of the key."""
    return replaced(text, lambda mark: " ")


def replaced(text: str, by: Callable[[Mark], str]) -> str:
    """A paragraph with something else in the place of each blank."""
    parts, at = [], 0
    for mark in find_marks(text):
        if mark.inside is not None:
            parts += [text[at : mark.start], by(mark)]
            at = mark.end
    return "".join([*parts, text[at:]])


def refuse_open(marks: Iterable[PlacedMark], findings: Findings) -> None:
    """Tell of each `[[` that is never closed, whatever kind of question it stands in."""
    for mark in marks:
        if mark.inside is None:
            hint = "tutup dengan `]]` di paragraf yang sama."
            findings.error(mark.index, "K032", "isian `[[` ini tidak ditutup", hint, mark.column)


def read_blanks(marks: Iterable[PlacedMark], tolerance: int, findings: Findings) -> Blanks | None:
    """What to fill in; None, and problems, when a blank cannot be read."""
    read = [_read(mark, tolerance, findings) for mark in marks]
    blanks = tuple(blank for blank in read if blank is not None)
    return Blanks(blanks) if len(blanks) == len(read) else None


def _read(mark: PlacedMark, tolerance: int, findings: Findings) -> Gap | Menu | None:
    if mark.inside is None:  # told of already
        return None
    inside = " ".join(mark.inside.split())
    if not inside:
        hint = "tulis jawabannya, misalnya `[[Mataram]]`."
        findings.error(mark.index, "K032", "isian ini kosong", hint, mark.column)
        return None
    if SLASH.search(f" {inside} "):
        return _read_menu(SLASH.split(f" {inside} "), mark, findings)
    if CHOSEN.search(inside):
        hint = "beri spasi di kedua sisi garis miring: `[[*tinggi / rendah]]`."
        findings.error(mark.index, "K031", "menu ini tidak terbaca", hint, mark.column)
        return None
    return _read_gap(inside, mark, tolerance, findings)


def _read_menu(written: list[str], mark: PlacedMark, findings: Findings) -> Menu | None:
    parts = [_read_part(part.strip()) for part in written]
    starred = [name for name, is_starred in parts if is_starred]
    names = [name for name, _is_starred in parts]
    at = (mark.index, mark.column)
    if not all(names):
        findings.error(at[0], "K032", "satu bagian menu ini kosong", "tulis teksnya, atau hapus `/`-nya.", at[1])
    elif len(set(names)) < len(names):
        findings.error(at[0], "K012", "dua bagian menu ini sama persis", "ubah salah satunya, atau hapus.", at[1])
    elif len(starred) != 1:
        message = "menu ini menandai lebih dari satu bagian" if starred else "menu ini belum punya bagian yang benar"
        findings.error(at[0], "K031", message, "tandai tepat satu: `[[*tinggi / rendah]]`.", at[1])
    else:
        return Menu(tuple(names), starred[0])
    return None


def _read_part(part: str) -> tuple[str, bool]:
    """A part of a menu without emphasis, and whether it has the star."""
    if BOLD.match(part) or not part.startswith("*"):
        return _without_bold(part), False
    return _without_bold(
        part.removeprefix("*").strip().removesuffix("*") if _is_italic(part) else part[1:].strip()
    ), True


def _is_italic(part: str) -> bool:
    """Whether the star opens italics: it is closed again."""
    return part.count("*") % 2 == 0 and part.endswith("*")


def _without_bold(part: str) -> str:
    match = BOLD.match(part)
    return match["text"] if match else part


def _read_gap(inside: str, mark: PlacedMark, tolerance: int, findings: Findings) -> Gap | None:
    keys = [_without_bold(text) for _at, text in split_keys(inside)]
    if any(key.startswith("*") for key in keys):
        hint = "menu memakai garis miring berspasi: `[[*tinggi / rendah]]`; bila bukan menu, hapus `*`-nya."
        findings.error(mark.index, "K031", "tanda `*` ini di luar menu", hint, mark.column)
        return None
    if not all(keys):
        hint = "tulis teksnya, atau hapus tanda `|`-nya."
        findings.error(mark.index, "K029", "satu jawaban isian ini kosong", hint, mark.column)
        return None
    broken = [key for key in keys if judge_number(key, mark.index, mark.column, findings)]
    if broken:
        return None
    numbers = [number for key in keys if (number := read_number(key))]
    if len(numbers) < len(keys):
        return Gap(TextAnswer(tuple(keys), (), tolerance))
    for key in keys:
        warn_of_two_readings(key, mark.index, mark.column, findings)
    return Gap(NumberAnswer(tuple(numbers)))
