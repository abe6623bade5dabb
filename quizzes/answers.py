"""Which lines of a question answer it: the last list with boxes, and nothing else beside it. Pure."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from courses.findings import Findings
from courses.values import closest
from foundation.source import Sheet, code_spans
from quizzes.options import Line, ListBlock, find_lists, kind_of
from quizzes.words import OTHER_KINDS, Kind

BLANK = re.compile(r"\[\[(?!\s*istilah:)[^\[\]]+\]\]")
EQUALS = re.compile(r"^ {0,3}=[ \t]+\S")


@dataclass(frozen=True)
class QuestionText:
    """A question's lines below its metadata, and what each of them is; `offset` is the index of the first."""

    lines: Sequence[str]
    kinds: Sequence[Line]
    offset: int
    opaque: frozenset[int]
    """Places of lines in fences and containers: part of the stem, never answers."""

    @classmethod
    def of(cls, sheet: Sheet, containers: Set[int], first: int, last: int) -> "QuestionText":
        hidden = [index - first for index in range(first, last) if index in sheet.code_lines or index in containers]
        lines, opaque = sheet.lines[first:last], frozenset(hidden)
        return cls(lines, [kind_of(line, place in opaque) for place, line in enumerate(lines)], first, opaque)

    def between(self, first: int, last: int) -> str:
        return "\n".join(self.lines[first:last]).strip("\n")

    def first_written(self, first: int) -> int:
        return next((place for place in range(first, len(self.lines)) if self.lines[place].strip()), first)

    def last_written(self) -> int:
        return max((place for place, line in enumerate(self.lines) if line.strip()), default=-1)

    def prose(self) -> list[str]:
        """Lines that are neither options nor hidden in fences and containers."""
        lines = zip(self.lines, self.kinds, strict=True)
        return [line for place, (line, kind) in enumerate(lines) if kind is not Line.BOX and place not in self.opaque]


def find_answers(text: QuestionText, title: str, word: str, start: int, findings: Findings) -> ListBlock | None:
    """The list that answers the question; None, and a problem, when there is none to read.

    `word` is what the author wrote after `jenis`, "" without one; `start` is the index of the question's heading.
    """
    lists = find_lists(text.lines, text.kinds)
    boxed = [found for found in lists if found.has_boxes]
    other = word if word in OTHER_KINDS else _other_kind(title, text, lists)
    if boxed and other:
        message = f"soal ini punya dua macam jawaban: kotak dan {other}"
        findings.error(start, "K007", message, "sisakan satu cara menjawab.")
    elif len(boxed) > 1:
        between = text.offset + text.first_written(boxed[-2].last)
        hint = "hapus, pindahkan ke atas pilihan, atau jorokkan dengan dua spasi."
        findings.error(between, "K007", "baris ini memutus daftar pilihan", hint)
    elif boxed:
        return boxed[0]
    elif other and word not in set(Kind):
        hint = "pakai pilihan `- [ ] …` dahulu, atau tunggu versi berikutnya."
        findings.error(start, "K090", f"jenis soal ini belum didukung: {other}", hint)
    else:
        last = max(text.offset + text.last_written(), start)
        hint = "tulis pilihan `- [ ] …`, dan `- [x] …` untuk yang benar."
        findings.error(last, "K001", "soal ini belum punya pilihan jawaban", hint)
    return None


def is_known_kind(word: str, written: str, index: int, findings: Findings) -> bool:
    """Whether a `jenis` is one of the format's; a problem when it is not."""
    if not word or word in OTHER_KINDS or word in set(Kind):
        return True
    findings.error(index, "K018", f"jenis soal `{written}` tidak dikenal", closest(written, [*Kind, *OTHER_KINDS]))
    return False


def _other_kind(title: str, text: QuestionText, lists: Sequence[ListBlock]) -> str:
    """A kind of answer other than boxes that stands in the question, or ""."""
    written = text.prose()
    if any(EQUALS.match(line) for line in written):
        return "teks"
    if any(found.has_arrows for found in lists):
        return "jodoh"
    if BLANK.search(_without_code("\n".join([title, *written]))):
        return "isian"
    is_last = bool(lists) and lists[-1].last > text.last_written()
    return "urutan" if is_last and lists[-1].is_ordered and not lists[-1].has_boxes else ""


def _without_code(text: str) -> str:
    kept, at = [], 0
    for start, end in code_spans(text):
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])
