"""Latihan ulang: which missed questions come back today, and when each comes back after that. Pure.

When a memory fades is FSRS-6 as the package `fsrs` computes it (github.com/open-spaced-repetition/py-fsrs); what counts
as recall, how many a day and when a question is learned are ours: docs/decisions says why, under "Practice".
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from fsrs import Card as FsrsCard
from fsrs import Rating, Scheduler, State

from foundation.local_time import WITA

PER_DAY = 5
"""Questions a learner is asked in one day, by the calendar in WITA."""
LEARNED_DAYS = 60
"""A question whose memory lasts this long is learned, and asked no more until it is missed again."""

# Without steps of minutes every interval is whole days; without fuzz the same answers always give the same day.
_SCHEDULER = Scheduler(
    desired_retention=0.9, learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False
)


@dataclass(frozen=True)
class Memory:
    """What FSRS knows of a question after it was practised."""

    stability: float
    """Days until nine of ten such memories are left."""
    difficulty: float
    """1 to 10."""
    at: datetime
    """When it was practised last."""

    @property
    def is_learned(self) -> bool:
        return self.stability >= LEARNED_DAYS


@dataclass(frozen=True)
class Card:
    """A question that a learner missed, and how it stands."""

    activity_id: int
    question: str
    objective: str
    """The first that it names; "" for none."""
    missed_at: datetime
    memory: Memory | None = None
    """None before it was practised the first time."""
    planned: datetime | None = None
    """When it was to come back, as said after its last practice."""

    @property
    def is_missed_again(self) -> bool:
        """Outside practice, since it was practised last."""
        return self.memory is not None and self.missed_at > self.memory.at

    @property
    def is_learned(self) -> bool:
        return self.memory is not None and self.memory.is_learned and not self.is_missed_again

    def is_practised_on(self, day: datetime) -> bool:
        return self.memory is not None and is_same_day(self.memory.at, day)

    @property
    def due(self) -> datetime:
        """A new one at once; one that is missed again too, but never twice on a day."""
        if self.memory is None or self.planned is None:
            return self.missed_at
        return max(self.missed_at, next_day(self.memory.at)) if self.is_missed_again else self.planned


@dataclass(frozen=True)
class Today:
    """What there is to practise on one day."""

    cards: tuple[Card, ...]
    """To be answered now, in order."""
    answered: int
    """How many were answered today already."""
    is_full: bool
    """Whether the day's measure is used up."""
    later: int
    """How many come back on another day."""
    next_at: datetime | None
    """When the first of those does."""


def today(cards: Collection[Card], practised_at: Iterable[datetime], now: datetime) -> Today:
    """At most PER_DAY with those answered already; first what is due longest, then by objective.

    `practised_at` tells of every question when it was practised last, whether or not it is still a card.
    """
    open_cards = [card for card in cards if not card.is_learned]
    answered = sum(is_same_day(moment, now) for moment in practised_at)
    due = sorted(
        (card for card in open_cards if is_due(card, now)),
        key=lambda card: (card.due, card.objective, card.activity_id, card.question),
    )
    chosen = tuple(due[: max(PER_DAY - answered, 0)])
    later = [max(card.due, next_day(now)) for card in open_cards if card not in chosen]
    return Today(chosen, answered, answered >= PER_DAY, len(later), min(later, default=None))


def is_due(card: Card, now: datetime) -> bool:
    return card.due <= now and not card.is_practised_on(now)


def rating(share: Fraction) -> Rating:
    """Everything right is recalled; more than half, with effort; the rest is forgotten. Easy nobody can tell for you.

    Half is not enough: it is what chance earns where options are judged one by one.
    """
    if share == 1:
        return Rating.Good
    return Rating.Hard if share > Fraction(1, 2) else Rating.Again


def practised(card: Card, share: Fraction, at: datetime) -> tuple[Memory, datetime]:
    """What is known of a question after an answer, and the midnight in WITA with which its next day begins.

    A miss outside practice was a failed recall of its own.
    """
    before = card.memory
    if before is None or card.is_missed_again:
        before, _due = _reviewed(before, Rating.Again, min(card.missed_at, at))
    return _reviewed(before, rating(share), at)


def _reviewed(memory: Memory | None, rating: Rating, at: datetime) -> tuple[Memory, datetime]:
    """FSRS is told the day of a review, not its hour: a day later is a day later, also after a long evening."""
    known = FsrsCard(card_id=0, state=State.Learning, step=0)
    if memory is not None:
        known = FsrsCard(
            card_id=0,
            state=State.Review,
            stability=memory.stability,
            difficulty=memory.difficulty,
            last_review=next_day(memory.at, 0),
        )
    today = next_day(at, 0)
    after, _log = _SCHEDULER.review_card(known, rating, today)
    assert after.stability is not None
    assert after.difficulty is not None
    return Memory(after.stability, after.difficulty, at), next_day(at, (after.due - today).days)


def next_day(moment: datetime, days: int = 1) -> datetime:
    """The midnight in WITA with which the day some days after a moment begins."""
    day = moment.astimezone(WITA).date() + timedelta(days=days)
    return datetime.combine(day, time(), WITA).astimezone(UTC)


def days_until(moment: datetime, now: datetime) -> int:
    """Whole days by the calendar in WITA; 0 is today."""
    return (moment.astimezone(WITA).date() - now.astimezone(WITA).date()).days


def is_same_day(one: datetime, other: datetime) -> bool:
    return days_until(one, other) == 0


def to_json(memory: Memory) -> dict[str, Any]:
    return {"stability": memory.stability, "difficulty": memory.difficulty, "at": memory.at.isoformat()}


def from_json(kept: Mapping[str, Any]) -> Memory | None:
    """None for what this version cannot read: the question then begins anew."""
    try:
        memory = Memory(float(kept["stability"]), float(kept["difficulty"]), datetime.fromisoformat(kept["at"]))
    except (KeyError, TypeError, ValueError):
        return None
    is_sound = 0 < memory.stability < float("inf") and 1 <= memory.difficulty <= 10
    return memory if is_sound and memory.at.tzinfo is not None else None
