"""What of a short answer is its words: case, accents, spaces, dashes, quotes, outer punctuation never matter. Pure."""

import re
import unicodedata

SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180f]")
"""What only chooses between two drawings of a letter."""
SINGLE = "'`´‘’‚‛′‵‹›ʹʻʼʽʾʿˈˮ՚׳❛❜＇"
DOUBLE = '"“”„‟″‴‶«»ʺ״❝❞〝〞＂'
DASHES = "-‐‑‒–—―−⁃⸺⸻﹘﹣－˗"
LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "⁄": "/"}
"""What no decomposition of Unicode takes apart."""
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs nobody can see."""
TYPED = {ord(sign): plain for signs, plain in ((SINGLE, "'"), (DOUBLE, '"'), (DASHES, "-")) for sign in signs}
"""Dashes and quotes as a keyboard has them, where a word processor put others."""
SAME = TYPED | {ord(sign): "'" for sign in DOUBLE}
PLAIN = str.maketrans(LETTERS) | SAME
RUNS = re.compile(r"'{2,}|-{2,}")


def folded(text: str) -> str:
    """A text as it is compared: two texts are the same answer when they fold alike. Folding twice folds no further.

    Compatibility forms (ligatures, full width, superscripts) become plain ones: Unicode's NFKD, without its marks.
    """
    letters = unicodedata.normalize("NFKD", text.translate(SAME))
    letters = unicodedata.normalize("NFKD", letters.casefold())
    letters = "".join(letter for letter in letters if not _is_unseen(letter)).translate(PLAIN)
    whole = RUNS.sub(lambda run: run[0][0], unicodedata.normalize("NFC", "".join(letters.split())))
    return _without_edges(whole)


def _is_unseen(letter: str) -> bool:
    """Accents, joiners, marks of direction, and what only steers a terminal."""
    if unicodedata.combining(letter) or SELECTOR.match(letter) or letter in FILLERS:
        return True
    return unicodedata.category(letter) in ("Cf", "Cc") and not letter.isspace()


def _without_edges(text: str) -> str:
    """A text without punctuation around it, unless there is nothing else: then that is what was meant."""
    inner = [place for place in range(len(text)) if not _is_edge(text, place)]
    return text[inner[0] : inner[-1] + 1] if inner else text


def _is_edge(text: str, place: int) -> bool:
    """A dash before a digit is a sign, no punctuation: -5 is not 5."""
    is_sign = text[place] == "-" and text[place + 1 : place + 2].isdigit()
    return unicodedata.category(text[place]).startswith("P") and not is_sign
