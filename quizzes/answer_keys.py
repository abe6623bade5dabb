"""Keys that are written out: `= Panayotis Soldatos | Soldatos`, `= /pola/`, `= 3,14 ± 0,01`. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from courses.findings import Findings
from quizzes import patterns
from quizzes.numbers import (
    Number,
    is_broken,
    is_like_number,
    number_and_unit,
    parts_of,
    read_number,
    readings,
    write_number,
)
from quizzes.options import Line
from quizzes.question_text import QuestionText
from quizzes.words import Kind

KEY_LINE = re.compile(r"^ {0,3}=(?:[ \t]+(?P<keys>.*))?$")
BROKEN_KEY_LINE = re.compile(r"^ {0,3}=[^\s=>]")
BAR = re.compile(r"\\?\|")
PATTERN = re.compile(r"^/(?P<pattern>.+)/$")
TWO_PATTERNS = re.compile(r"/[ \t]*\\?\|[ \t]*/")


@dataclass(frozen=True)
class TextAnswer:
    """A short text: right when it is like one of `keys`, or one of `patterns` fits all of it."""

    keys: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    tolerance: int = 0
    """How many edits are forgiven."""


@dataclass(frozen=True)
class NumberAnswer:
    """A number: right when it is near enough to one of `keys`."""

    keys: tuple[Number, ...]
    unit: str = ""


def split_keys(written: str) -> Iterator[tuple[int, str]]:
    """The alternatives between bars, bare or escaped, each with its position."""
    at = 0
    for match in re.finditer(rf"{BAR.pattern}|$", written):
        part = written[at : match.start()]
        yield at + (len(part) - len(part.lstrip()) if part.strip() else 0), part.strip()
        at = match.end()


def is_key_line(text: QuestionText, place: int) -> bool:
    is_text = text.kinds[place] in (Line.TEXT, Line.INDENTED) and place not in text.opaque
    return is_text and KEY_LINE.match(text.lines[place]) is not None


def read_keys(
    text: QuestionText, asked: Kind | None, tolerance: int, unit: str, findings: Findings
) -> TextAnswer | NumberAnswer | None:
    """The answer that all `=` lines of a question give together; None, and problems, when one cannot be read."""
    reader = _KeyReader(findings)
    for place, line in enumerate(text.lines):
        if is_key_line(text, place):
            reader.take(line, text.offset + place)
    return reader.answer(asked, tolerance, unit)


@dataclass(frozen=True)
class _Written:
    text: str
    index: int
    column: int


class _KeyReader:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.written: list[_Written] = []
        self.patterns: list[_Written] = []
        self.is_sound = True

    def take(self, line: str, index: int) -> None:
        match = KEY_LINE.match(line)
        assert match is not None
        keys = (match["keys"] or "").rstrip()
        column = match.start("keys") + 1 if keys else len(line) + 1
        pattern = PATTERN.match(keys)
        if TWO_PATTERNS.search(keys) if pattern else any(PATTERN.match(text) for _at, text in split_keys(keys)):
            hint = "tulis tiap pola pada baris `=` sendiri."
            self._refuse(index, "K028", "pola harus sendirian di barisnya", hint, column)
        elif pattern:
            self._take_pattern(pattern["pattern"], index, column)
        else:
            self._take_texts(keys, index, column)

    def _take_pattern(self, pattern: str, index: int, column: int) -> None:
        if message := patterns.fault(pattern):
            hint = "perbaiki polanya, atau tulis jawabannya satu per satu: `= satu | dua`."
            self._refuse(index, "K026", message, hint, column)
        elif patterns.is_slow(pattern):
            hint = "jangan mengulang yang sudah berulang, misalnya `(a+)+`; tulis `a+`."
            self._refuse(index, "K027", "pola ini dapat sangat lambat", hint, column)
        else:
            self.patterns.append(_Written(pattern, index, column))

    def _take_texts(self, keys: str, index: int, column: int) -> None:
        for at, text in split_keys(keys):
            if text:
                self.written.append(_Written(text, index, column + at))
            else:
                hint = "tulis teksnya, atau hapus tanda `|`-nya."
                self._refuse(index, "K029", "jawaban ini kosong", hint, column + at)

    def answer(self, asked: Kind | None, tolerance: int, unit: str) -> TextAnswer | NumberAnswer | None:
        numbers = [read_number(key.text) for key in self.written]
        is_number = asked is not Kind.TEXT and not self.patterns and bool(numbers) and all(numbers)
        if asked is not Kind.TEXT:
            self._judge_numbers(asked, numbers)
        if not self.is_sound:
            return None
        if is_number:
            return NumberAnswer(tuple(number for number in numbers if number), unit)
        return TextAnswer(tuple(key.text for key in self.written), tuple(key.text for key in self.patterns), tolerance)

    def _judge_numbers(self, asked: Kind | None, numbers: Sequence[Number | None]) -> None:
        for key, number in zip(self.written, numbers, strict=True):
            if judge_number(key.text, key.index, key.column, self.findings):
                self.is_sound = False
            elif number is None and asked is Kind.NUMBER:
                hint = _as_number(key.text) or "tulis misalnya `= 169` atau `= 3,14 ± 0,01`."
                self._refuse(key.index, "K024", f"`{key.text}` bukan bilangan", hint, key.column)
            elif all(numbers) and not self.patterns:
                warn_of_two_readings(key.text, key.index, key.column, self.findings)
        like = next((key for key in self.written if is_like_number(key.text)), None)
        if like is not None and self.is_sound and asked is not Kind.NUMBER:
            hint = f"{_as_number(like.text) or 'tulis bilangannya saja'}, atau `jenis: teks` bila memang teks."
            message = f"`{like.text}` mirip bilangan, tetapi dibaca sebagai teks"
            self.findings.warn(like.index, "K047", message, hint, like.column)
        for pattern in self.patterns if asked is Kind.NUMBER else ():
            hint = "tulis bilangannya, atau `jenis: teks`."
            self._refuse(pattern.index, "K024", "soal angka tidak memakai pola", hint, pattern.column)

    def _refuse(self, index: int, code: str, message: str, hint: str, column: int) -> None:
        self.is_sound = False
        self.findings.error(index, code, message, hint, column)


def _as_number(key: str) -> str:
    """How a key that is like a number is written as one, or ""."""
    number, unit = number_and_unit(key)
    if number is None:
        return ""
    return f"tulis `= {write_number(number)}`{f' dan `satuan: {unit}`' if unit else ''}"


def judge_number(key: str, index: int, column: int, findings: Findings) -> bool:
    """Tell of a number that is followed by ± and no number; whether it is one."""
    if is_broken(key):
        hint = "tulis misalnya `3,14 ± 0,01`."
        findings.error(index, "K024", "sesudah ± harus ada bilangan", hint, column)
        return True
    return False


def warn_of_two_readings(key: str, index: int, column: int, findings: Findings) -> None:
    both = next((found for part in parts_of(key) if len(found := readings(part)) > 1), None)
    if both is not None:
        meant, other = (f"{value.normalize():f}".replace(".", ",") for value in both)
        hint = f"tulis `{meant}`, atau `{other}` bila itu maksud Anda."
        message = f"`{key}` dapat dibaca {meant} atau {other}; di sini dibaca {meant}"
        findings.warn(index, "K025", message, hint, column)
