"""What a learner's answers say of each objective of a course: counted, never judged. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar

T = TypeVar("T")

ENOUGH = 3
"""Questions below which nothing can be concluded; a convention, told as such."""
FINEST = 1_000_000


@dataclass(frozen=True)
class Objective:
    code: str
    text: str
    level: str
    module: str
    """The title of the module that declares it."""


class Module(Protocol):
    @property
    def title(self) -> str: ...

    @property
    def objectives(self) -> Sequence[dict[str, str]]: ...


def objectives_of(modules: Iterable[Module]) -> list[Objective]:
    """Every objective of a course, in the author's order."""
    return [
        Objective(one["code"], one["text"], one.get("level", ""), module.title)
        for module in modules
        for one in module.objectives
    ]


@dataclass(frozen=True)
class Piece:
    """One answer that speaks for one objective, in its question's points."""

    objective: str
    activity: int
    item: str
    earned: float
    maximum: float
    is_practice: bool = False

    @property
    def is_right(self) -> bool:
        return self.earned >= self.maximum

    @property
    def is_partial(self) -> bool:
        return 0 < self.earned < self.maximum


@dataclass(frozen=True)
class Standing:
    """The evidence for one objective."""

    objective: Objective
    items: tuple[Piece, ...]
    """Of first attempts."""
    practised: tuple[Piece, ...]
    """Of checks and practice: shown apart, since the same question may come again."""

    @property
    def share(self) -> Fraction | None:
        """What was earned of what could be, over first attempts; None without evidence."""
        maximum = sum((_exact(piece.maximum) for piece in self.items), Fraction(0))
        return sum((_exact(piece.earned) for piece in self.items), Fraction(0)) / maximum if maximum else None

    @property
    def percent(self) -> float | None:
        return None if self.share is None else float(100 * self.share)

    @property
    def is_enough(self) -> bool:
        return len(self.items) >= ENOUGH

    @property
    def recalled(self) -> int:
        """How many of the practice answers were wholly right."""
        return sum(piece.is_right for piece in self.practised)


def _exact(points: float) -> Fraction:
    return Fraction(points).limit_denominator(FINEST)


def standings(objectives: Iterable[Objective], pieces: Iterable[Piece]) -> list[Standing]:
    """One for each objective, also where nothing speaks for it yet; pieces keep their order."""
    found = list(pieces)
    return [
        Standing(
            objective,
            tuple(piece for piece in found if piece.objective == objective.code and not piece.is_practice),
            tuple(piece for piece in found if piece.objective == objective.code and piece.is_practice),
        )
        for objective in objectives
    ]


def by_objective(
    objectives: Iterable[Objective], things: Iterable[T], code_of: Callable[[T], str]
) -> list[tuple[Objective | None, list[T]]]:
    """Things under the objective each names, in the author's order; last those that name none that is known."""
    known: dict[str, Objective] = {objective.code: objective for objective in objectives}
    groups: dict[str, list[T]] = {code: [] for code in [*known, ""]}
    for thing in things:
        code = code_of(thing)
        groups[code if code in known else ""].append(thing)
    return [(known.get(code), found) for code, found in groups.items() if found]
