"""A rubric as a table: Kriteria, Bobot, then levels from best to worst. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from courses.findings import Findings
from foundation.problems import has_errors
from foundation.slugs import plain
from foundation.source import code_spans
from quizzes.options import Line
from quizzes.question_text import QuestionText

DELIMITER = re.compile(r"^\|?:?-+:?(?:\|:?-+:?)*\|?$")
CRITERION = frozenset({"kriteria", "kriterium", "criteria", "criterion"})
WEIGHT = frozenset({"bobot", "weight"})
TOTAL = re.compile(r"(?:sub)?(?:total|jumlah)(?: (?:total|bobot|skor|nilai|poin))?", re.IGNORECASE)
UNIT = re.compile(r" ?\(?%\)?$")
PERCENT = re.compile(r"^(?P<name>.*?) ?\( ?(?P<percent>[0-9]{1,3}(?:[.,][0-9]{1,4})?) ?%? ?\)$")
AMOUNT = re.compile(r"^(?P<amount>[0-9]{1,12}(?:[.,][0-9]{1,4})?)[ \t]*%?$")


@dataclass(frozen=True)
class Level:
    """How well a criterion is met, and what share of its weight that is worth."""

    name: str
    share: Fraction


@dataclass(frozen=True)
class Criterion:
    name: str
    weight: Fraction
    """Of all criteria together 1."""
    descriptions: tuple[str, ...]
    """One for each level."""


@dataclass(frozen=True)
class Essay:
    """A long text that an instructor judges by a rubric."""

    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    words: int | None = None
    """About how many to write."""


@dataclass(frozen=True)
class Table:
    """A table in a question: places of its header and of the line after it."""

    first: int
    last: int
    header: tuple[str, ...]


def find_rubric(text: QuestionText) -> Table | None:
    """The last table with a Bobot column."""
    for place in range(len(text.lines) - 2, -1, -1):
        if _is_row(text, place) and _is_row(text, place + 1) and _is_delimiter(text.lines[place + 1]):
            header = cells(text.lines[place])
            if any(_is_column(name, WEIGHT) for name in header):
                return Table(place, _end(text, place + 2), header)
    return None


def _is_row(text: QuestionText, place: int) -> bool:
    is_text = place not in text.opaque and text.kinds[place] in (Line.TEXT, Line.INDENTED)
    return is_text and "|" in text.lines[place]


def _is_column(written: str, names: frozenset[str]) -> bool:
    """Whether a head means one of the names, bold or not, with a percent sign or without."""
    return UNIT.sub("", plain(written)).lower() in names


def _is_delimiter(line: str) -> bool:
    return DELIMITER.match("".join(line.split())) is not None


def _end(text: QuestionText, place: int) -> int:
    while place < len(text.lines) and _is_row(text, place):
        place += 1
    return place


def cells(line: str) -> tuple[str, ...]:
    """The cells of a row; a bar that is escaped or in code parts none."""
    spans = code_spans(line)
    row = line.strip()
    offset = len(line) - len(line.lstrip())
    bars = [
        place
        for place, letter in enumerate(row)
        if letter == "|"
        and (place == 0 or row[place - 1] != "\\")
        and not any(start <= place + offset < end for start, end in spans)
    ]
    ends = [-1, *bars, len(row)]
    parts = [row[first + 1 : last].strip() for first, last in pairwise(ends)]
    if bars and bars[0] == 0:
        parts = parts[1:]
    if bars and bars[-1] == len(row) - 1:
        parts = parts[:-1]
    return tuple(parts)


def read_rubric(text: QuestionText, table: Table, words: int | None, findings: Findings) -> Essay | None:
    """The rubric of a table; None, and problems, when something in it means nothing."""
    problems_before = len(findings.problems)
    head = text.offset + table.first
    is_sound = len(table.header) > 1 and _is_column(table.header[1], WEIGHT)
    if not is_sound or not _is_column(table.header[0], CRITERION):
        hint = "tulis kolomnya: | Kriteria | Bobot | Baik | Cukup | Kurang |."
        findings.error(head, "K035", "kolom pertama rubrik harus Kriteria, lalu Bobot", hint)
        return None
    levels = _read_levels(table.header[2:], head, findings)
    rows = [(text.offset + place, cells(text.lines[place])) for place in range(table.first + 2, table.last)]
    if not rows:
        findings.error(head + 1, "K035", "rubrik ini belum punya kriteria", "tulis satu kriteria per baris.")
    is_described = any(_says_something(row) for _index, row in rows)
    weights = [_read_row(index, row, len(levels), is_described, findings) for index, row in rows]
    seen: set[str] = set()
    for index, row in rows:
        if row[0] and row[0] in seen:
            hint = "ubah salah satunya, atau hapus."
            findings.error(index, "K012", f'dua kriteria sama persis: "{row[0]}"', hint)
        seen.add(row[0])
    if has_errors(findings.problems[problems_before:]):
        return None
    total = sum(weights, Fraction(0))
    criteria = [
        Criterion(row[0], weight / total, _filled(row[2:], len(levels)))
        for (_index, row), weight in zip(rows, weights, strict=True)
    ]
    return Essay(tuple(levels), tuple(criteria), words)


def _filled(descriptions: Sequence[str], count: int) -> tuple[str, ...]:
    return (*descriptions, *[""] * (count - len(descriptions)))


def _read_levels(names: Sequence[str], index: int, findings: Findings) -> list[Level]:
    """Levels in equal steps from 1 to 0, unless a percentage stands behind a name."""
    if len(names) < 2:
        hint = "tulis paling sedikit dua, dari terbaik: | Kriteria | Bobot | Baik | Kurang |."
        findings.error(index, "K035", "rubrik ini belum punya dua tingkat", hint)
        return []
    levels = []
    for place, written in enumerate(names):
        match = PERCENT.match(" ".join(written.split()))
        name = match["name"] if match else written
        share = 1 - Fraction(place, len(names) - 1)
        if match:
            share = Fraction(match["percent"].replace(",", ".")) / 100
        levels.append(Level(name, share))
        if not name:
            findings.error(index, "K035", "satu tingkat rubrik belum bernama", "tulis misalnya Baik, Cukup, Kurang.")
    if any(after.share >= before.share for before, after in pairwise(levels)) or levels[0].share > 1:
        hint = "urutkan dari yang terbaik; persen dalam kurung harus makin kecil."
        findings.error(index, "K035", "tingkat rubrik tidak turun dari terbaik ke terburuk", hint)
    return levels


def _says_something(row: Sequence[str]) -> bool:
    return any(row[2:])


def _read_row(index: int, row: Sequence[str], levels: int, is_described: bool, findings: Findings) -> Fraction:
    """The weight of a criterion; `is_described`: other rows say what their levels mean."""
    match = AMOUNT.match(row[1]) if len(row) > 1 else None
    weight = Fraction(match["amount"].replace(",", ".")) if match else Fraction(0)
    if TOTAL.fullmatch(plain(row[0]).rstrip(" :")):
        findings.error(index, "K035", "baris jumlah bukan kriteria", "hapus baris ini; bobot dijumlahkan sendiri.")
        return weight
    if not row[0]:
        findings.error(index, "K035", "kriteria ini belum bernama", "tulis namanya di kolom pertama.")
    if weight <= 0:
        findings.error(index, "K035", "bobot harus bilangan di atas 0", "tulis misalnya 40.")
    elif levels and len(row) > levels + 2:
        hint = "hapus yang lebih, atau tulis `\\|` untuk garis tegak di dalam sel."
        findings.error(index, "K035", "baris ini punya lebih banyak sel daripada kepala tabelnya", hint)
    elif is_described and row[0] and not _says_something(row):
        hint = "tulis artinya di tiap tingkat, atau hapus baris ini bila isinya jumlah bobot."
        findings.warn(index, "K035", "semua tingkat kriteria ini kosong", hint)
    return weight
