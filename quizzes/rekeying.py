"""What can become of a question that was asked already, and how it is scored then. Pure.

A re-key never edits a question: it is laid over the version that was asked, and taken off again by another one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from foundation.errors import N_, DomainError
from foundation.problems import Problem
from quizzes import grading, writing
from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.answers import Answer
from quizzes.blanks import Blanks, Gap, Menu
from quizzes.choices import Choice
from quizzes.grading import Mark
from quizzes.kinds import Value
from quizzes.plain_lists import Matching, Ordering
from quizzes.questions import Question, parse_questions
from quizzes.words import Credit

LONGEST_KEY = 2_000
"""Letters of a key that is written out."""


class Way(StrEnum):
    """What a re-key does to a question; the words are those of the form."""

    KEY = "kunci"  # another key
    LEFT_OUT = "tidak-dihitung"  # in no points, no maximum, no evidence
    FULL_MARK = "penuh"  # all points for everybody who was asked, also for a blank answer
    AS_WRITTEN = "semula"  # the version's own key again: how a re-key is undone


@dataclass(frozen=True)
class Change:
    way: Way
    key: tuple[str, ...] = ()
    """Option keys, sorted; or what the author would write: lines of `= …`, or what stands in each blank."""


AS_WRITTEN = Change(Way.AS_WRITTEN)


def stored(change: Change) -> dict[str, Any]:
    """A change as its row keeps it."""
    return {"way": change.way.value, "key": list(change.key)}


def restored(kept: Mapping[str, Any]) -> Change:
    return Change(Way(kept["way"]), tuple(kept["key"]))


def takes_key(question: Question) -> bool:
    """Whether another key can be written for it; the others can only be left out, or given to everybody."""
    return isinstance(question.answer, Choice | TextAnswer | NumberAnswer | Blanks)


def written_key(question: Question) -> list[str]:
    """Its key as a form shows it: option keys; or lines of `= …`, or what stands in each blank."""
    match question.answer:
        case Choice() as choice:
            return sorted(choice.right)
        case Blanks(blanks):
            lines = writing.key_lines(question)
            return [
                blank.right if isinstance(blank, Menu) else line[2:-2]
                for blank, line in zip(blanks, lines, strict=True)
            ]
        case TextAnswer() | NumberAnswer():
            return list(writing.key_lines(question))
    return []


def another_key(question: Question, written: Sequence[str]) -> Change:
    """The change to another key. Raises DomainError where it cannot be read, or is no key of this question."""
    if sum(map(len, written)) > LONGEST_KEY:
        raise DomainError(N_("Kunci ini terlalu panjang: paling banyak %(most)d huruf."), most=LONGEST_KEY)
    match question.answer:
        case Choice():
            key = tuple(sorted(set(written)))
        case Blanks():
            key = tuple(line.strip() for line in written)
        case _:
            key = tuple(_as_key_line(line) for line in written if line.strip())
    _with_key(question, key)
    return Change(Way.KEY, key)


def normal(question: Question, change: Change) -> Change:
    """A change as one version keeps it: to its author's own key it is none. Raises DomainError where it is no key."""
    return AS_WRITTEN if change.way is Way.KEY and _with_key(question, change.key) == question.answer else change


def _as_key_line(line: str) -> str:
    return f"= {line.strip().removeprefix('=').strip()}"


def applied(question: Question, change: Change | None) -> Question | None:
    """The question as it is scored: with its key of now; None where it counts nowhere."""
    if change is None or change.way in (Way.AS_WRITTEN, Way.FULL_MARK):
        return question
    return None if change.way is Way.LEFT_OUT else replace(question, answer=_with_key(question, change.key))


def material(question: Question) -> object:
    """What a key is made of. Where it is equal in two versions, the same change means the same."""
    match question.answer:
        case Choice() as choice:
            return ("choice", choice.is_multiple, choice.keys)
        case Blanks(blanks):
            return ("blanks", tuple(blank.parts if isinstance(blank, Menu) else () for blank in blanks))
        case Matching() as matching:
            return ("matching", frozenset(pair.left for pair in matching.pairs), frozenset(matching.rights))
        case Ordering(items):
            return ("ordering", frozenset(items))
        case NumberAnswer(_, unit):
            return (question.kind, unit)
    return (question.kind,)


def _with_key(question: Question, key: Sequence[str]) -> Answer:
    answer = question.answer
    match answer:
        case Choice():
            return _with_options(answer, frozenset(key))
        case TextAnswer(_, _, tolerance):
            return _read([*key], "jenis: teks", f"toleransi: {tolerance}")
        case NumberAnswer(_, unit):
            return _read([*key], "jenis: angka", *([f"satuan: {unit}"] if unit else []))
        case Blanks(blanks):
            if len(blanks) != len(key):
                raise DomainError(N_("Isi kunci setiap isian soal ini."))
            return Blanks(tuple(map(_with_blank, blanks, key)))
    raise DomainError(N_("Soal ini tidak dapat diberi kunci lain. Pilih tidak dihitung, atau nilai penuh."))


def _with_options(choice: Choice, right: frozenset[str]) -> Choice:
    """Of options of which one may be chosen several may be right now: each of them earns everything."""
    if not right:
        raise DomainError(N_("Pilih paling sedikit satu jawaban yang benar."))
    if not right <= choice.keys:
        raise DomainError(N_("Kunci itu bukan pilihan soal ini. Tentukan kunci untuk versi ini."))
    return replace(choice, options=tuple(replace(option, is_right=option.key in right) for option in choice.options))


def _with_blank(blank: Gap | Menu, key: str) -> Gap | Menu:
    if isinstance(blank, Menu):
        if key not in blank.parts:
            raise DomainError(N_("Kunci itu bukan bagian menu soal ini. Tentukan kunci untuk versi ini."))
        return replace(blank, right=key)
    tolerance = blank.answer.tolerance if isinstance(blank.answer, TextAnswer) else 0
    read = _read([f"[[{key}]]"], "jenis: isian", f"toleransi: {tolerance}")
    if not isinstance(read, Blanks) or len(read.blanks) != 1 or not isinstance(read.blanks[0], Gap):
        raise DomainError(N_("Tulis jawaban isian saja, misalnya Mataram | Kota Mataram."))
    return read.blanks[0]


def _read(lines: Sequence[str], *metadata: str) -> Answer:
    """The answer that an author's lines give, read by the reader of quiz files. Raises DomainError."""
    if any("\n" in line or "\r" in line for line in lines):
        raise DomainError(N_("Tulis satu jawaban tiap baris."))
    text = "\n".join(["## Soal {#soal}", *metadata, "", *lines])
    found = parse_questions(text, 1, "", frozenset({2}))
    refusal = next((problem for problem in found.problems if not problem.is_warning), None)
    if refusal is not None or len(found.questions) != 1:
        raise _unreadable(refusal)
    return found.questions[0].answer


def _unreadable(problem: Problem | None) -> DomainError:
    if problem is None:
        return DomainError(N_("Kunci ini tidak terbaca. Tulis misalnya Mataram | Kota Mataram."))
    said = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    return DomainError(N_("Kunci ini tidak terbaca: %(why)s"), why=said)


@dataclass(frozen=True)
class Keyed:
    """A question with the key that counts by now, and what was done to it."""

    question: Question
    way: Way = Way.AS_WRITTEN

    @property
    def is_counted(self) -> bool:
        return self.way is not Way.LEFT_OUT


def keyed(question: Question, change: Change | None) -> Keyed:
    return Keyed(applied(question, change) or question, change.way if change else Way.AS_WRITTEN)


def mark(subject: Keyed, value: Value, credit: Credit, judged: Fraction | None = None) -> Mark:
    """What an answer earns by the key of now. A full mark is everybody's, whatever they or a person said."""
    question = subject.question
    if subject.way is Way.LEFT_OUT:
        return Mark(question.id, Fraction(0), Fraction(0), not value, is_counted=False)
    if subject.way is Way.FULL_MARK:
        return Mark(question.id, Fraction(1), Fraction(question.points), not value)
    return grading.mark(question, value, credit, judged)


def mark_all(
    subjects: Iterable[Keyed], answers: Mapping[str, Value], credit: Credit, judged: Mapping[str, Fraction]
) -> list[Mark]:
    """A mark for every question, in order."""
    return [
        mark(subject, answers.get(subject.question.id, []), credit, judged.get(subject.question.id))
        for subject in subjects
    ]


def can_be_rekeyed(question: Question) -> bool:
    """What has no right or wrong has no key to mend."""
    return question.is_scored


def ways_for(question: Question) -> list[Way]:
    return [way for way in (Way.KEY, Way.LEFT_OUT, Way.FULL_MARK) if way is not Way.KEY or takes_key(question)]
