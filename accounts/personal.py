"""What is held of a person: each room registers its part in app.py, so that accounts/ can tell and erase all of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import Person
from accounts.pseudonyms import Naming
from foundation.database import Base

Told = Iterable[tuple[Any, Mapping[str, Any]]]
"""Rows, each with what its columns do not say themselves: the words of a question, the title of a quiz."""


@dataclass(frozen=True)
class Holding:
    """A table that holds something of people. Every column is told but those withheld, each with its reason."""

    model: type[Base]
    file: str
    """What its file in the export is called, without an ending."""
    about: str
    """A sentence for the person themselves, marked by N_."""
    of: Callable[[Person, datetime], Told]
    withheld: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Keeper:
    """What one room holds of a person.

    erase(person, naming, at)    blanks what they wrote and whatever else names or describes them, within the caller's
                                 transaction; locks first what their own requests may be writing to
    """

    holdings: Sequence[Holding]
    erase: Callable[[Person, Naming, datetime], None]
    untold: Mapping[str, str] = field(default_factory=dict)
    """Table -> why it is not told, though its foreign keys lead to a person."""


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """The rooms in the order in which a request locks their rows: the highest first."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def keepers() -> Sequence[Keeper]:
    return tuple(_keepers)


def holdings() -> list[Holding]:
    """From the account itself up to what was done in it."""
    return [holding for keeper in reversed(_keepers) for holding in keeper.holdings]
