"""What was done to a question before, act by act, and how the last act is undone. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol

from quizzes.rekeying import AS_WRITTEN, Change, restored


class Kept(Protocol):
    """A re-key as it is kept, one of a version."""

    @property
    def id(self) -> int: ...

    @property
    def version_id(self) -> int: ...

    @property
    def question(self) -> str: ...

    @property
    def change(self) -> dict[str, Any]: ...

    @property
    def reason(self) -> str: ...

    @property
    def by_id(self) -> int | None: ...

    @property
    def at(self) -> datetime: ...


class Told(Protocol):
    """To how many attempts a re-key gave other points, and the sums of their scores."""

    @property
    def attempts(self) -> int: ...

    @property
    def before(self) -> float: ...

    @property
    def after(self) -> float: ...


@dataclass(frozen=True)
class Act:
    """What somebody did to a question at once, in all versions it was asked in."""

    rekeys: tuple[Any, ...]
    attempts: int
    """Those whose points it changed."""
    mean_before: float
    mean_after: float

    @property
    def id(self) -> int:
        found: int = self.rekeys[-1].id
        return found

    @property
    def last(self) -> Any:
        """One of its re-keys, for what they have in common."""
        return self.rekeys[-1]


def acts(rekeys: Iterable[Kept], effects: Mapping[int, Told]) -> list[Act]:
    """Of one question; `rekeys` are first to last, the acts newest first."""
    groups = groupby(rekeys, key=lambda one: (one.at, one.by_id, one.reason))
    return [_act(tuple(group), effects) for _when, group in groups][::-1]


def _act(rekeys: tuple[Kept, ...], effects: Mapping[int, Told]) -> Act:
    told = [effects[one.id] for one in rekeys if one.id in effects]
    attempts = sum(one.attempts for one in told)
    mean_before = sum(one.before for one in told) / (attempts or 1)
    return Act(rekeys, attempts, mean_before, sum(one.after for one in told) / (attempts or 1))


def before_last_act(acts: Sequence[Act]) -> dict[int, Change]:
    """Version id -> what stood there before the newest act: the plan that undoes it."""
    plan = {rekey.version_id: AS_WRITTEN for rekey in acts[0].rekeys}
    for act in reversed(acts[1:]):
        plan.update({one.version_id: restored(one.change) for one in act.rekeys if one.version_id in plan})
    return plan
