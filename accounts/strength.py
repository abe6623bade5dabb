"""Whether a password could be guessed by somebody who knows whose it is and what people here like. Pure."""

import re
from collections.abc import Iterable
from itertools import permutations

from accounts.favourites import FAVOURITES

STRONG_ENOUGH = 3
"""zxcvbn's score from 0 to 4; 3 stands for more than 10⁸ guesses."""
JUDGED = 32
"""Characters looked at: on longer ones made for it, the judging itself would take seconds."""
SHORTEST_PART, MOST_PARTS = 3, 8

OF_THE_HOUSE = ("ipdn", "praja", "paradiplomasi")
SEPARATORS = re.compile(r"[\s._-]+")
NPP = re.compile(r"\d{2}[.\- ]?\d{4}")


def is_weak(password: str, username: str, name: str) -> bool:
    # Its word lists take 13 MB, which a process spends only when somebody chooses a password.
    from zxcvbn import zxcvbn

    known = [*_parts(username), *_parts(name), *NPP.findall(password), *OF_THE_HOUSE, *FAVOURITES]
    # A dash between two names is no secret, yet costs a blind guesser much: judged with and without.
    spellings = {password[:JUDGED], SEPARATORS.sub("", password)[:JUDGED]}
    return "" in spellings or any(
        zxcvbn(spelling, user_inputs=known)["score"] < STRONG_ENOUGH for spelling in spellings
    )


def _parts(text: str) -> Iterable[str]:
    """A name whole, without what stands between its words, every word of it, and every two."""
    words = [word for word in re.findall(r"\w+", text) if len(word) >= SHORTEST_PART][:MOST_PARTS]
    return [text, SEPARATORS.sub("", text), *words, *("".join(two) for two in permutations(words, 2))]
