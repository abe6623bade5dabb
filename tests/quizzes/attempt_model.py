"""What attempts should be, told simply: the other side of the state machine's comparison.

Written from docs/attempts.md and the authoring format, not from the code it is compared with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Value = list[str]


@dataclass(frozen=True)
class Kept:
    """A save as it should stand in the log."""

    question: str
    client: str
    value: tuple[str, ...]
    is_stale: bool


@dataclass
class Attempt:
    number: int
    started_at: datetime
    minutes: int | None
    is_submitted: bool = False
    log: list[Kept] = field(default_factory=list)
    standing: dict[str, Value] = field(default_factory=dict)
    """The answers that count."""
    pages: dict[tuple[str, str], dict[int, Value]] = field(default_factory=dict)
    """(client, question) -> what each sequence of that page said last."""

    @property
    def ends_at(self) -> datetime | None:
        return self.started_at + timedelta(minutes=self.minutes) if self.minutes else None

    def is_over(self, now: datetime) -> bool:
        return self.ends_at is not None and now > self.ends_at

    def acknowledge(self, client: str, question: str, sequence: int, value: Value, drawn: Value | None) -> None:
        """A save was answered with "kept": what that promises."""
        said = self.pages.setdefault((client, question), {})
        if said.get(sequence) == value:
            return  # sent again
        if not said and sequence == 1 and value == drawn:
            return  # nobody touched it
        newest = max(said, default=0)
        if sequence in said and said[newest] == value:
            return  # the page was gone back to, and says what it said last
        is_stale = sequence < newest and sequence not in said
        said[sequence if sequence not in said else newest + 1] = value
        self.log.append(Kept(question, client, tuple(value), is_stale))
        if not is_stale:
            self.standing[question] = value


@dataclass
class Quiz:
    """One learner's attempts at one quiz."""

    allowed: int
    attempts: dict[int, Attempt] = field(default_factory=dict)

    @property
    def open(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts.values() if not attempt.is_submitted), None)

    def may_start(self) -> bool:
        return self.open is None and (not self.allowed or len(self.attempts) < self.allowed)


def as_log(rows: Mapping[int, Kept]) -> list[Kept]:
    """Rows by id, oldest first."""
    return [rows[id] for id in sorted(rows)]
