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
    is_final: bool = False


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
    final: set[str] = field(default_factory=set)
    """Questions that were checked: their answers stand for good."""

    def end(self, closes: datetime | None) -> datetime | None:
        """Given when the quiz closes as things are now."""
        ends = [self.started_at + timedelta(minutes=self.minutes)] if self.minutes else []
        if closes is not None and closes >= self.started_at:
            ends.append(closes)
        return min(ends, default=None)

    def acknowledge(
        self, client: str, question: str, sequence: int, value: Value, drawn: Value | None, *, is_check: bool = False
    ) -> None:
        """A save was answered with "kept": what that promises. `is_check`: its question was asked to be checked."""
        said = self.pages.setdefault((client, question), {})
        newest = max(said, default=0)
        is_final = is_check and bool(value) and question not in self.final
        if not is_final:
            if said.get(sequence) == value:
                return  # sent again
            if not said and sequence == 1 and value == drawn:
                return  # nobody touched it
            if sequence in said and said[newest] == value:
                return  # the page was gone back to, and says what it said last
            if question in self.final and value == self.standing[question]:
                return  # says what was checked
        is_late = sequence < newest and sequence not in said
        is_stale = is_late or question in self.final
        said[sequence if sequence not in said else newest + 1] = value
        self.log.append(Kept(question, client, tuple(value), is_stale, is_final and not is_late))
        if not is_stale:
            self.standing[question] = value
        if is_final and not is_late:
            self.final.add(question)


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
