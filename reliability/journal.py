"""What phones saw: how long each step took, what went wrong, and every answer that was acknowledged. Pure."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

BURST = ("send all", "confirm", "submit", "result")
"""The steps that a whole hall takes within the same ten seconds."""


@dataclass(frozen=True)
class Sent:
    """One save of one question, as a page sends it."""

    username: str
    attempt: int
    question: int
    """Its position on the learner's page, from 1."""
    client: str
    sequence: int
    value: tuple[str, ...]
    """Keys of options, sorted."""

    @property
    def key(self) -> tuple[str, int, int, str, int]:
        return self.username, self.attempt, self.question, self.client, self.sequence


@dataclass
class Journal:
    seconds: dict[str, list[float]] = field(default_factory=dict)
    """Of each answered request, by step."""
    troubles: Counter[str] = field(default_factory=Counter)
    """What a person would have noticed, by kind."""
    reconnects: int = 0
    """Idle connections that the server had closed: a browser opens another one and nobody notices."""
    sent: list[Sent] = field(default_factory=list)
    acknowledged: list[Sent] = field(default_factory=list)
    """In the order of their acknowledgements."""
    submitted: list[tuple[str, int]] = field(default_factory=list)
    """Username and number of every attempt whose submission was acknowledged."""
    finished: int = 0
    """Praja who came to the end of what they had to do."""

    def took(self, step: str, seconds: float) -> None:
        self.seconds.setdefault(step, []).append(seconds)

    @property
    def requests(self) -> int:
        return sum(len(taken) for taken in self.seconds.values())

    def slowest(self, *, in_burst: bool) -> float:
        """The 99th percentile of all requests in the burst, or of all others."""
        return percentile([s for step, all_ in self.seconds.items() if (step in BURST) is in_burst for s in all_], 99)


def percentile(values: Sequence[float], share: float) -> float:
    """By nearest rank; 0 of nothing."""
    return sorted(values)[max(0, math.ceil(len(values) * share / 100) - 1)] if values else 0.0
