"""What a person's judgement comes to: levels of a rubric, or a percentage where there is none. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Protocol

from foundation.errors import N_, DomainError
from quizzes.answers import Answer
from quizzes.rubrics import Essay

Levels = Sequence[int | None]
"""The level of each criterion, 0 the best; None is not judged yet."""

PERCENT = re.compile(r"(?P<amount>[0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%?")
LONGEST_COMMENT = 5_000
"""Letters of what a learner is told."""


@dataclass(frozen=True)
class Judgement:
    """What a form says of an answer; `share` is 0 to 1, None while something is not judged yet."""

    levels: tuple[int | None, ...]
    share: Fraction | None
    comment: str

    @property
    def is_complete(self) -> bool:
        return self.share is not None


@dataclass(frozen=True)
class Part:
    """One criterion in the question's points."""

    earned: float
    maximum: float


@dataclass(frozen=True)
class Assessment:
    """A person's mark as its learner reads it; `levels` and `parts` are those of the rubric, in its order."""

    levels: tuple[int | None, ...]
    parts: tuple[Part, ...]
    comment: str
    at: datetime


class Kept(Protocol):
    """A mark as it is stored."""

    @property
    def levels(self) -> list[int | None]: ...

    @property
    def comment(self) -> str: ...

    @property
    def at(self) -> datetime: ...


def share_of(essay: Essay, levels: Levels) -> Fraction | None:
    """Σ weight × share of the level chosen, the weights being 1 together; None while a criterion is not judged."""
    worth = shares(essay, levels)
    if None in worth:
        return None
    return sum(
        (criterion.weight * (part or 0) for criterion, part in zip(essay.criteria, worth, strict=True)), Fraction(0)
    )


def shares(essay: Essay, levels: Levels) -> list[Fraction | None]:
    """What each criterion earned of its own weight, 0 to 1."""
    return [None if level is None else essay.levels[level].share for level in levels]


def judge(answer: Answer, levels: Levels, percent: str, comment: str) -> Judgement:
    """A judgement as it was sent. Raises DomainError for one that no page of ours sends, or that says too much."""
    comment = comment.replace("\r\n", "\n").strip()
    if len(comment) > LONGEST_COMMENT:
        raise DomainError(N_("Komentar ini terlalu panjang: paling banyak %(most)d huruf."), most=LONGEST_COMMENT)
    if not isinstance(answer, Essay):
        return Judgement((), read_percent(percent), comment)
    is_of_rubric = all(level is None or 0 <= level < len(answer.levels) for level in levels)
    if len(levels) != len(answer.criteria) or not is_of_rubric:
        raise DomainError(N_("Penilaian ini bukan menurut rubrik soalnya. Muat ulang halaman ini, lalu nilai lagi."))
    return Judgement(tuple(levels), share_of(answer, levels), comment)


def read_percent(written: str) -> Fraction | None:
    """A share of 1 from a percentage as people write it; None where nothing is written. Raises DomainError."""
    if not written.strip():
        return None
    match = PERCENT.fullmatch(written.strip())
    share = Fraction(match["amount"].replace(",", ".")) / 100 if match else None
    if share is None or share > 1:
        raise DomainError(N_("Tulis nilainya sebagai angka dari 0 sampai 100, misalnya 75 atau 72,5."))
    return share


def check_complete(judgement: Judgement, answer: Answer) -> None:
    """Raises DomainError while something is missing."""
    if judgement.is_complete:
        return
    if not isinstance(answer, Essay):
        raise DomainError(N_("Tulis nilainya dahulu, dari 0 sampai 100."))
    raise DomainError(
        N_("Pilih satu tingkat untuk setiap kriteria. Yang belum: %(missing)s."),
        missing=", ".join(
            criterion.name for criterion, level in zip(answer.criteria, judgement.levels, strict=True) if level is None
        ),
    )


def assessment(answer: Answer, points: Fraction, mark: Kept) -> Assessment:
    """A stored mark in the question's points, criterion by criterion."""
    parts: tuple[Part, ...] = ()
    if isinstance(answer, Essay):
        worth = zip(answer.criteria, shares(answer, mark.levels), strict=True)
        parts = tuple(
            Part(float(points * criterion.weight * (share or 0)), float(points * criterion.weight))
            for criterion, share in worth
        )
    return Assessment(tuple(mark.levels), parts, mark.comment, mark.at)
