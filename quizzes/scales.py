"""Questions without right or wrong: a scale to tick, a comment to write. Pure."""

import re
from dataclasses import dataclass

from courses.findings import Findings
from quizzes.options import Line
from quizzes.question_text import QuestionText

MARK = r"(?: ?[=.):]| ?[-–](?! ?[0-9]))?"
"""What may stand between a number and its words, and is dropped."""
LINE = re.compile(
    rf"^(?P<first>[0-9]{{1,3}}){MARK}(?: (?P<low>.*?))? ?(?:…|\.\.\.) ?(?P<last>[0-9]{{1,3}}){MARK}(?: (?P<high>.*))?$"
)
LOWEST, HIGHEST = 0, 11


@dataclass(frozen=True)
class Scale:
    """Whole numbers to choose from, with words for both ends."""

    first: int
    last: int
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Comment:
    """Free text, judged by nobody."""

    words: int | None = None
    """About how many to write."""


def find_scale(text: QuestionText) -> int | None:
    """The place of the last line that is a scale."""
    places = [
        place
        for place, line in enumerate(text.lines)
        if place not in text.opaque and text.kinds[place] in (Line.TEXT, Line.INDENTED, Line.ITEM) and _match(line)
    ]
    return places[-1] if places else None


def _match(line: str) -> re.Match[str] | None:
    return LINE.match(" ".join(line.split()))


def read_scale(text: QuestionText, place: int, findings: Findings) -> Scale | None:
    line = text.lines[place]
    match = _match(line)
    assert match is not None
    first, last = int(match["first"]), int(match["last"])
    if not LOWEST <= first < last <= HIGHEST:
        hint = "tulis dari kecil ke besar, antara 0 dan 11, misalnya `1 Tidak setuju … 5 Setuju`."
        column = len(line) - len(line.lstrip()) + 1
        findings.error(text.offset + place, "K036", f"skala {first} sampai {last} tidak dapat dipakai", hint, column)
        return None
    return Scale(first, last, match["low"] or "", match["high"] or "")
