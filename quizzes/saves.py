"""The saves of one question: which counts, what becomes of another one, and whether another page was quicker. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.attempts import Save, Saved, judge_check, judge_save
from quizzes.kinds import Value


@dataclass(frozen=True)
class Page:
    """The page that sends answers: its name, and the last save it was drawn with, where it says so."""

    client: str
    seen: int | None = None


@dataclass(frozen=True)
class Kept:
    """A save as it is kept; `id` rises in the order they were received."""

    id: int
    client: str
    sequence: int
    value: Value
    is_stale: bool = False
    is_final: bool = False


@dataclass(frozen=True)
class Ruling:
    """What becomes of an answer that a page sends."""

    is_kept: bool
    """A new row; else it is one that is there already."""
    sequence: int
    is_stale: bool = False
    is_final: bool = False
    is_elsewhere: bool = False
    """Another page changed the answer after this one was drawn."""
    is_locked: bool = False
    """It was checked with another answer before, and that one stays."""


def of_page(kept: Sequence[Kept], client: str) -> list[Saved]:
    """What one page saved so far."""
    return [Saved(one.sequence, one.value) for one in kept if one.client == client]


def counted(kept: Sequence[Kept]) -> Kept | None:
    """The last received that is not stale; once one was checked, all later ones are."""
    return max((one for one in kept if not one.is_stale), key=lambda one: one.id, default=None)


def is_from_elsewhere(last: Kept | None, page: Page, value: Value) -> bool:
    """Whether the answer that counts is another page's, given after this page was drawn."""
    if last is None or page.seen is None:
        return False
    return last.client != page.client and last.id > page.seen and last.value != value


def rule(
    kept: Sequence[Kept], page: Page, sequence: int, value: Value, drawn: Value | None, *, is_check: bool = False
) -> Ruling:
    """What to do with an answer; `is_check` asks for it to be final. An empty one never is."""
    before, last = of_page(kept, page.client), counted(kept)
    if last is not None and last.is_final:
        judged, kept_as = judge_save(before, sequence, value, drawn)
        is_locked = value != last.value and judged is not Save.UNCHANGED
        return Ruling(is_locked and judged is not Save.REPLAY, kept_as, is_stale=True, is_locked=is_locked)
    is_final = is_check and bool(value)
    judged, kept_as = judge_check(before, sequence, value) if is_final else judge_save(before, sequence, value, drawn)
    return Ruling(
        judged in (Save.NEW, Save.STALE),
        kept_as,
        is_stale=judged is Save.STALE,
        is_final=is_final and judged is Save.NEW,
        is_elsewhere=is_from_elsewhere(last, page, value),
    )
