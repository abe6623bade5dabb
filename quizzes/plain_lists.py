"""Answers that are lists without boxes: pairs to match, and steps to put in order. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.findings import Findings
from quizzes.options import ARROW, BEGIN, QUOTE, Line, ListBlock, collapsed, refuse_text
from quizzes.question_text import QuestionText


@dataclass(frozen=True)
class Pair:
    left: str
    right: str


@dataclass(frozen=True)
class Matching:
    """Left sides to be given their right sides, which are always shuffled; distractors belong to none."""

    pairs: tuple[Pair, ...]
    distractors: tuple[str, ...] = ()

    @property
    def rights(self) -> tuple[str, ...]:
        """Everything there is to choose from, each once."""
        return tuple(dict.fromkeys([*(pair.right for pair in self.pairs), *self.distractors]))


@dataclass(frozen=True)
class Ordering:
    """Items in their right order; always shuffled."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class ListItem:
    lines: list[str]
    index: int
    column: int

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def read_items(text: QuestionText, block: ListBlock, findings: Findings) -> tuple[list[ListItem], int]:
    """The items of a list, each with its indented lines, and the place where an explanation may begin."""
    items: list[ListItem] = []
    margin = 0
    last_item = max(place for place in range(block.first, block.last) if text.kinds[place] is Line.ITEM)
    for place in range(block.first, block.last):
        line, kind = text.lines[place], text.kinds[place]
        indent = len(line) - len(line.lstrip(" "))
        match = BEGIN.match(line) if kind is Line.ITEM else None
        if kind is Line.BLANK:
            continue
        if kind is Line.QUOTE or QUOTE.match(line):
            if place > last_item:
                return items, place
            hint = "tulis satu pembahasan di bawah semua butir, sesudah baris kosong."
            findings.error(text.offset + place, "K006", "kutipan ini memutus butir-butir jawaban", hint)
            continue
        if match and (not items or indent < margin):
            margin = len(match["margin"])
            items.append(ListItem([match["text"].strip()], text.offset + place, match.start("text") + 1))
        elif items and (indent >= 2 or line.startswith("\t")):
            items[-1].lines.append(line.strip())
        else:
            refuse_text(text.offset + place, line, findings)
    return items, block.last


def read_matching(items: Sequence[ListItem], findings: Findings) -> Matching | None:
    """The pairs of a list with arrows; None, and problems, when an item cannot be read."""
    pairs: list[Pair] = []
    seen: set[str] = set()
    distractors: list[ListItem] = []
    is_sound = True
    for item in items:
        text = item.text
        arrow = ARROW.search(text)
        left = text[: arrow.start()].strip() if arrow else ""
        right = text[arrow.end() :].strip() if arrow else ""
        if not right:
            message = "butir ini belum punya panah" if arrow is None else "tidak ada apa pun sesudah panah ini"
            hint = "tulis `- Flanders -> Belgia`; pengecoh ditulis `- -> Kanada`."
            findings.error(item.index, "K033", message, hint, item.column)
            is_sound = False
        elif left in ("", "-"):
            distractors.append(ListItem([right], item.index, item.column))
        elif collapsed(left) in seen:
            hint = "ubah salah satunya, atau hapus."
            findings.error(item.index, "K012", f'dua butir sama persis: "{collapsed(left)}"', hint)
            is_sound = False
        else:
            seen.add(collapsed(left))
            pairs.append(Pair(left, right))
    return _judged(pairs, distractors, items, findings) if is_sound else None


def _judged(
    pairs: Sequence[Pair], distractors: Sequence[ListItem], items: Sequence[ListItem], findings: Findings
) -> Matching | None:
    seen = {collapsed(pair.right) for pair in pairs}
    is_sound = True
    for distractor in distractors:
        if collapsed(distractor.text) in seen:
            message = f'pengecoh ini sama dengan jawaban lain: "{collapsed(distractor.text)}"'
            findings.error(distractor.index, "K012", message, "ubah, atau hapus.")
            is_sound = False
        seen.add(collapsed(distractor.text))
    last = items[-1].index
    if not pairs:
        findings.error(last, "K002", "belum ada pasangan yang benar", "tulis misalnya `- Flanders -> Belgia`.")
    elif is_sound and len(seen) < 2:
        findings.error(last, "K008", "soal ini hanya punya satu pilihan", "tambahkan pasangan, atau pengecoh `- -> …`.")
    elif is_sound:
        return Matching(tuple(pairs), tuple(distractor.text for distractor in distractors))
    return None


def read_ordering(items: Sequence[ListItem], findings: Findings) -> Ordering | None:
    """The steps of an ordered list; None, and problems, when there is no order to find."""
    seen: set[str] = set()
    problems_before = len(findings.problems)
    for item in items:
        if collapsed(item.text) in seen:
            hint = "ubah salah satunya, atau hapus."
            findings.error(item.index, "K012", f'dua butir sama persis: "{collapsed(item.text)}"', hint)
        seen.add(collapsed(item.text))
    if len(items) < 2:
        findings.error(items[-1].index, "K008", "soal ini hanya punya satu butir", "tambahkan langkah lain.")
    is_sound = len(findings.problems) == problems_before
    return Ordering(tuple(item.text for item in items)) if is_sound else None
