"""One question through the versions of its quiz: those with the same material are re-keyed as one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from quizzes import rekeying
from quizzes.questions import Question
from quizzes.rekeying import Change


@dataclass(frozen=True)
class Asked:
    """A question as one version has it, and what became of it there."""

    version_id: int
    since: datetime
    attempts: int
    """Submitted ones of the version."""
    question: Question
    change: Change

    @property
    def key(self) -> list[str]:
        """That is scored by, as a form shows it."""
        return rekeying.written_key(rekeying.applied(self.question, self.change) or self.question)


@dataclass(frozen=True)
class Edition:
    """Versions in which the question has the same material, newest first."""

    asked: tuple[Asked, ...]

    @property
    def newest(self) -> Asked:
        return self.asked[0]

    @property
    def since(self) -> datetime:
        return self.asked[-1].since

    @property
    def attempts(self) -> int:
        return sum(one.attempts for one in self.asked)

    @property
    def is_of_one_mind(self) -> bool:
        """Whether all its versions are scored alike by now."""
        return all((one.change.way, one.key) == (self.newest.change.way, self.newest.key) for one in self.asked)


def editions(asked: Iterable[Asked]) -> list[Edition]:
    """`asked` is newest first, and so is what comes back."""
    found: dict[object, list[Asked]] = {}
    for one in asked:
        found.setdefault(rekeying.material(one.question), []).append(one)
    return [Edition(tuple(group)) for group in found.values()]
