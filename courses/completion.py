"""What counts as started and as done, and what comes next. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar


class State(StrEnum):
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True)
class EvidenceItem:
    """How one answer speaks for one objective, in the question's own points."""

    objective: str
    item: str
    earned: float
    maximum: float


@dataclass(frozen=True)
class Outcome:
    """What a room says of a learner in an activity. Points are None where nothing is scored."""

    state: State
    at: datetime
    earned: float | None = None
    maximum: float | None = None
    is_passed: bool | None = None
    evidence: tuple[EvidenceItem, ...] = ()
    is_practice: bool = False
    occasion: int = 0
    """The number of the attempt it comes from: told again, it takes the place of what that attempt said before."""
    is_provisional: bool = False
    """Something of it waits for a person's mark."""


def further(before: State | None, now: State) -> State:
    """What is done stays done, whatever is tried again."""
    return State.DONE if State.DONE in (before, now) else now


class Chapter(Protocol):
    """What `unmet` needs to know of a module."""

    @property
    def slug(self) -> str: ...

    @property
    def is_done(self) -> bool: ...


C = TypeVar("C", bound=Chapter)


def unmet(required: Collection[str], chapters: Iterable[C]) -> list[C]:
    """The required modules of which anything is left to do, in the course's order; one that is gone asks nothing."""
    return [chapter for chapter in chapters if chapter.slug in required and not chapter.is_done]


class Standing(Protocol):
    """What `next_index` needs to know of a step on the way."""

    @property
    def is_done(self) -> bool: ...

    @property
    def is_open(self) -> bool:
        """It can be done now."""
        ...

    @property
    def last_touched(self) -> datetime | None: ...


def next_index(steps: Sequence[Standing]) -> int | None:
    """Which step to continue with: the one touched last while it is not done, else the first after it that is not.

    None when every step is done. A step left out on purpose comes again once the end is reached; one that cannot be
    done now, by its dates, only when no other is left.
    """
    undone = [index for index, step in enumerate(steps) if not step.is_done]
    left = [index for index in undone if steps[index].is_open] or undone
    touched = [(step.last_touched, index) for index, step in enumerate(steps) if step.last_touched is not None]
    if not left or not touched:
        return left[0] if left else None
    last = max(touched)[1]
    return next((index for index in left if index >= last), left[0])
