"""Answers that give parts something, each kept as "part:what"; parts are known by a key without a colon. Pure."""

from collections.abc import Mapping

from quizzes.kinds.kind import Value


def kept(given: Mapping[str, str]) -> Value:
    """What is answered, in the order of the mapping; parts that were given nothing are left out."""
    return [f"{part}:{what}" for part, what in given.items() if what]


def assigned(value: Value) -> dict[str, str]:
    """Part -> what it was given."""
    halves = (one.partition(":") for one in value)
    return {part: what for part, _colon, what in halves}
