"""Which questions an attempt asks: so many of all, or so many of each pool; and how much that is. Pure."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quizzes.questions import Question

Draw = int | Mapping[str, int] | None
"""As authors write it: so many of all questions, so many of each pool named, or (None) all there are."""


def draw(questions: Sequence[Question], wanted: Draw, chance: random.Random) -> list[Question]:
    """What is asked, in the order of the file; all of a pool that has no more than is wanted."""
    if wanted is None:
        return list(questions)
    drawn: set[str] = set()
    for number, pool in _pools(questions, wanted):
        drawn.update(chance.sample([question.id for question in pool], number))
    return [question for question in questions if question.id in drawn]


def _pools(questions: Sequence[Question], wanted: Draw) -> list[tuple[int, list[Question]]]:
    """How many to draw of which questions; what no draw names is asked whole."""
    if not isinstance(wanted, Mapping):
        pools = [(wanted, list(questions))]
    else:
        pools = [(number, [one for one in questions if one.pool == pool]) for pool, number in wanted.items()]
        pools.append((None, [one for one in questions if one.pool not in wanted]))
    return [(len(pool) if number is None else min(number, len(pool)), pool) for number, pool in pools]


@dataclass(frozen=True)
class Size:
    """How many questions and points an attempt has, between the least and the most that may be drawn."""

    fewest: int
    most: int
    least_points: Decimal
    most_points: Decimal


def size(questions: Sequence[Question], wanted: Draw) -> Size:
    """Of any attempt that draws from these questions."""
    number, least, most = 0, Decimal(0), Decimal(0)
    for drawn, pool in _pools(questions, wanted):
        points = sorted(question.points for question in pool)
        number += drawn
        least += sum(points[:drawn], Decimal(0))
        most += sum(points[len(points) - drawn :], Decimal(0))
    return Size(number, number, least, most)


def widest(sizes: Iterable[Size]) -> Size:
    """What holds for each of several ways to be asked."""
    found = list(sizes)
    return Size(
        min(one.fewest for one in found),
        max(one.most for one in found),
        min(one.least_points for one in found),
        max(one.most_points for one in found),
    )
