"""Questions back to text, as an author would have written them: reading the text gives the question again. Pure."""

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.answers import Answer
from quizzes.blanks import Blanks, Gap, Menu
from quizzes.choices import Choice
from quizzes.numbers import is_broken, read_number, write_number
from quizzes.options import BOX, ITEM, Option, key_of
from quizzes.plain_lists import Matching, Ordering
from quizzes.questions import Question
from quizzes.rubrics import PERCENT, Essay
from quizzes.scales import Comment, Scale
from quizzes.words import NAMED_ONLY, Kind

QUESTION_LEVEL = 2


def write_question(question: Question, level: int = QUESTION_LEVEL) -> str:
    """The question under a heading of `level`; blanks stand in its heading and stem already."""
    heading = " ".join(part for part in ("#" * level, question.stem_title, f"{{#{question.id}}}") if part)
    parts = [
        "\n".join([heading, *_metadata(question)]),
        question.stem,
        "\n".join(_answer_lines(question)),
        "\n".join(_quoted(question.explanation, "")),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def key_lines(question: Question) -> Iterator[str]:
    """What is right, a line for each answer, blank or item, as an author writes it."""
    if isinstance(question.answer, Blanks):
        return (_blank(blank) for blank in question.answer.blanks)
    return _answer_lines(question)


def _metadata(question: Question) -> Iterator[str]:
    answer = question.answer
    written = {
        "jenis": question.kind if _needs_kind(question) else "",
        "tujuan": ", ".join(question.objectives),
        "lihat": question.see,
        "poin": _points(question),
        "toleransi": str(_tolerance(answer) or ""),
        "satuan": answer.unit if isinstance(answer, NumberAnswer) else "",
        "kata": str(answer.words or "") if isinstance(answer, Essay | Comment) else "",
        "tingkat": question.level,
        "kelompok": question.pool,
        "kredit": question.credit or "",
        "bentuk": question.form,
    }
    return (f"{name}: {value}" for name, value in written.items() if value)


def _needs_kind(question: Question) -> bool:
    """Whether the answers alone would tell another kind."""
    answer = question.answer
    if isinstance(answer, TextAnswer):
        is_like_numbers = not answer.patterns and all(read_number(key) for key in answer.keys)
        return is_like_numbers or any(is_broken(key) for key in answer.keys)
    if isinstance(answer, Ordering):
        return True  # steps may have arrows in them
    is_lone_multiple = isinstance(answer, Choice) and question.kind is Kind.MULTIPLE and len(answer.right) == 1
    return question.kind in NAMED_ONLY or is_lone_multiple


def _points(question: Question) -> str:
    return "" if question.points in (0, 1) else f"{question.points:f}".replace(".", ",")


def _tolerance(answer: Answer) -> int:
    if isinstance(answer, TextAnswer):
        return answer.tolerance
    gaps = [blank.answer for blank in answer.blanks if isinstance(blank, Gap)] if isinstance(answer, Blanks) else []
    return max((gap.tolerance for gap in gaps if isinstance(gap, TextAnswer)), default=0)


def _answer_lines(question: Question) -> Iterator[str]:
    """The answer block; blanks have none, they stand in the stem."""
    match question.answer:
        case Choice(options):
            for option in options:
                yield from _option(option)
        case TextAnswer(keys, patterns):
            yield from (f"= {key}" for key in keys)
            yield from (f"= /{pattern}/" for pattern in patterns)
        case NumberAnswer(numbers):
            yield from (f"= {write_number(number)}" for number in numbers)
        case Matching(pairs, distractors):
            for pair in pairs:
                yield from _item("- ", f"{pair.left} -> {pair.right}")
            for distractor in distractors:
                yield from _item("- ", f"-> {distractor}")
        case Ordering(items):
            for number, text in enumerate(items, start=1):
                yield from _item(f"{number}. ", text)
        case Essay() as essay:
            yield from _rubric(essay)
        case Scale(first, last, low, high):
            yield " ".join(part for part in (str(first), low, "…", str(last), high) if part)


def _option(option: Option) -> Iterator[str]:
    anchor = "" if option.key == key_of(option.text) else f" {{#{option.key}}}"
    yield from _item(f"- [{'x' if option.is_right else ' '}] ", option.text + anchor)
    yield from _quoted(option.feedback, "  ")


def _item(bullet: str, text: str) -> Iterator[str]:
    first, *more = text.split("\n")
    yield (bullet + first).rstrip()
    for line in more:  # far enough in that a line which looks like an item stays part of this one
        looks_like_item = ITEM.match(f"  {line}") or BOX.match(f"  {line}")
        yield f"{'    ' if looks_like_item else '  '}{line}"


def _quoted(text: str, margin: str) -> Iterator[str]:
    return (f"{margin}> {line}".rstrip() for line in text.split("\n")) if text else iter(())


def _blank(blank: Gap | Menu) -> str:
    if isinstance(blank, Menu):
        return f"[[{' / '.join(f'*{part}' if part == blank.right else part for part in blank.parts)}]]"
    answer = blank.answer
    keys = answer.keys if isinstance(answer, TextAnswer) else map(write_number, answer.keys)
    return f"[[{'|'.join(keys)}]]"


def _rubric(essay: Essay) -> Iterator[str]:
    steps = len(essay.levels) - 1
    names = [
        level.name
        if level.share == 1 - Fraction(place, steps) and not PERCENT.match(level.name)
        else f"{level.name} ({_decimal(level.share * 100)})"
        for place, level in enumerate(essay.levels)
    ]
    yield _row(["Kriteria", "Bobot", *names])
    yield _row(["---"] * (len(names) + 2))
    whole = lcm(*(criterion.weight.denominator for criterion in essay.criteria))
    for criterion in essay.criteria:
        yield _row([criterion.name, str(criterion.weight * whole), *criterion.descriptions])


def _row(parts: list[str]) -> str:
    return f"| {' | '.join(parts)} |"


def _decimal(value: Fraction) -> str:
    return f"{float(value):.4f}".rstrip("0").rstrip(".").replace(".", ",")
