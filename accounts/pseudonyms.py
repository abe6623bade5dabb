"""What they are called whose data was erased, also in texts of others that named them in full. Pure."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PREFIX = "terhapus-"
"""Nobody else's username begins with it: see accounts.names."""
LEARNER, STAFF = "Praja terhapus", "Staf terhapus"
"""In place of the name."""


def new_pseudonym() -> str:
    """Random: nothing of the person is in it."""
    return f"{PREFIX}{secrets.token_hex(4)}"


def is_pseudonym(username: str) -> bool:
    return username.startswith(PREFIX)


@dataclass(frozen=True)
class Naming:
    """How somebody was called, and what stands there from now on."""

    username: str
    names: tuple[str, ...]
    """All they ever had, as far as anything remembers."""
    pseudonym: str
    called: str
    shared: frozenset[str] = frozenset()
    """Those of the names, in small letters, that somebody else has as well."""

    @property
    def full(self) -> str:
        """As the staff log names people."""
        return f"{self.called} ({self.pseudonym})"

    def without(self, text: str) -> str:
        """A text of somebody else without this person.

        A name that somebody else has, or that may be an ordinary word as a username may ("Merdeka", "praja"), goes only
        where nobody else can be meant: before the username in parentheses.
        """
        for name in self.names:
            text = _word(f"{name} ({self.username})").sub(lambda _match: self.full, text)
        for name in self.names:
            if name.lower() in self.shared or not _is_telling(name):
                continue
            text = _word(name).sub(lambda _match: self.called, text)
        return _word(self.username).sub(lambda _match: self.pseudonym, text) if _is_telling(self.username) else text

    def without_in(self, details: Mapping[str, Any], *, is_subject: bool) -> dict[str, Any]:
        """An entry's details; of one about this person no reason stays either, for it may tell of an illness."""
        kept = {key: self._without_in(value) for key, value in details.items()}
        blank = {"name": self.called, "reason": ""} if is_subject else {}
        return kept | {key: value for key, value in blank.items() if key in kept}

    def _without_in(self, value: Any) -> Any:
        """Lists and mappings of the log tell of people by username; a single word may be a role that is called so."""
        match value:
            case str():
                return self.without(value)
            case list():
                return [self.pseudonym if one == self.username else self._without_in(one) for one in value]
            case dict():
                return {key: self._without_in(one) for key, one in value.items() if key != self.username}
        return value


def _is_telling(name: str) -> bool:
    """Whether a name means this person wherever it stands: it has two words, or a digit as every NPP has."""
    return len(name.split()) > 1 or any(letter.isdigit() or letter == "@" for letter in name)


def _word(name: str) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
