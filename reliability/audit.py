"""The database asked afterwards: is every acknowledged answer there, once, and is it the one that counts?"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, create_engine, text

from reliability.journal import Journal, Sent

ATTEMPTS = """
SELECT people.username, attempts.number, attempts.id, attempts.arrangement, attempts.submitted_at, attempts.earned
FROM attempts
JOIN enrolments ON enrolments.id = attempts.enrolment_id
JOIN people ON people.id = enrolments.person_id
JOIN cohorts ON cohorts.id = enrolments.cohort_id
JOIN activities ON activities.id = attempts.activity_id
WHERE cohorts.slug = :cohort AND activities.key = :quiz
"""
ANSWERS = "SELECT id, attempt_id, question, client, sequence, value, is_stale FROM answers ORDER BY id"

Key = tuple[str, int, int, str, int]


@dataclass(frozen=True)
class Kept:
    """What the database has of the answers that phones sent, by their keys, in the order they were received."""

    values: dict[Key, list[tuple[str, ...]]]
    counted: dict[tuple[str, int, int], tuple[str, int]]
    """Client and sequence of the answer that counts, by username, attempt and question."""
    submitted: dict[tuple[str, int], bool]
    """Whether an attempt is submitted and has its score."""
    twice: int = 0
    """Attempts that are there twice under one number."""


@dataclass(frozen=True)
class Finding:
    acknowledged: int
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    miscounted: list[str] = field(default_factory=list)
    """Another answer counts than the last that was acknowledged."""
    damage: list[str] = field(default_factory=list)
    """What the database says of itself."""

    @property
    def is_sound(self) -> bool:
        return not (self.lost or self.doubled or self.miscounted or self.damage)

    def __add__(self, other: "Finding") -> "Finding":
        return Finding(
            max(self.acknowledged, other.acknowledged),
            self.lost + other.lost,
            self.doubled + other.doubled,
            self.miscounted + other.miscounted,
            self.damage + other.damage,
        )


def judge(
    kept: Kept, acknowledged: Sequence[Sent], submitted: Iterable[tuple[str, int]], sent: Sequence[Sent]
) -> Finding:
    """Pure. A save may count before its acknowledgement arrives, so what counts may be newer, never older."""
    lost = [f"{one}" for one in acknowledged if one.value not in kept.values.get(one.key, [])]
    lost += [f"submission {one}" for one in submitted if not kept.submitted.get(one)]
    doubled = [f"{key}: {len(values)} rows" for key, values in kept.values.items() if len(values) > 1]
    known = {one.key for one in sent}
    doubled += [f"{key}: never sent" for key in kept.values if key not in known]
    doubled += [f"{kept.twice} attempts with a number that another one has"] * bool(kept.twice)
    last = {one.key[:3]: one for one in acknowledged}
    miscounted = []
    for place, one in last.items():
        client, sequence = kept.counted.get(place, ("", 0))
        if client != one.client or sequence < one.sequence:
            miscounted.append(f"{one}: {client} {sequence} counts")
    return Finding(len(acknowledged), lost, doubled, miscounted)


def audit(url: str, cohort: str, quiz: str, journal: Journal) -> Finding:
    """Of a site that may go on serving: what is acknowledged before the database is asked must be in it."""
    acknowledged, submitted = list(journal.acknowledged), list(journal.submitted)
    engine = create_engine(url)
    try:
        kept = _kept(engine, cohort, quiz)
        found = judge(kept, acknowledged, submitted, list(journal.sent))
        return found + Finding(len(acknowledged), damage=_damage(engine))
    finally:
        engine.dispose()


def _kept(engine: Engine, cohort: str, quiz: str) -> Kept:
    with engine.connect() as connection:
        attempts = connection.execute(text(ATTEMPTS), {"cohort": cohort, "quiz": quiz}).all()
        answers = connection.execute(text(ANSWERS)).all()
    places = {row.id: (row.username, row.number) for row in attempts}
    positions = {
        (row.id, question): position
        for row in attempts
        for position, (question, _parts) in enumerate(_value(row.arrangement), start=1)
    }
    values: dict[Key, list[tuple[str, ...]]] = {}
    counted: dict[tuple[str, int, int], tuple[str, int]] = {}
    for row in answers:
        if row.attempt_id in places:
            place = (*places[row.attempt_id], positions[row.attempt_id, row.question])
            values.setdefault((*place, row.client, row.sequence), []).append(tuple(sorted(_value(row.value))))
            if not row.is_stale:
                counted[place] = (row.client, row.sequence)
    numbers = Counter(places.values())
    is_done = {(row.username, row.number): row.submitted_at is not None and row.earned is not None for row in attempts}
    return Kept(values, counted, is_done, sum(count - 1 for count in numbers.values()))


def _value(kept: Any) -> Any:
    """SQLite hands JSON out as text, PostgreSQL as what it says."""
    return json.loads(kept) if isinstance(kept, str) else kept


def _damage(engine: Engine) -> list[str]:
    """PostgreSQL checks its pages and keys as it reads and writes; SQLite is asked."""
    if engine.dialect.name != "sqlite":
        return []
    with engine.connect() as connection:
        said = [row[0] for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
        return said + [f"foreign key: {tuple(row)}" for row in connection.execute(text("PRAGMA foreign_key_check"))]
