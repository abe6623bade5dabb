"""Regular expressions as keys of a text answer: which may be used. Pure.

Learners' answers meet them with the `regex` package, which knows a time limit; so do the probes here. A limit counts
the processor's time, not the clock's, so that a busy machine judges as an idle one does.
"""

from itertools import pairwise

import regex

LONGEST = 300
SLOW_SECONDS = 0.1
PROBE_LENGTH = 400
MOST_PROBES = 40
ORDINARY_GROUP = regex.compile(r"\((?:\?(?::|=|!|<=|<!|P<|P=)|(?![?*]))")
OPENING = regex.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|(?P<group>\([?*]?)|(?P<brace>\{(?![0-9,]))", regex.DOTALL)
TOKEN = regex.compile(
    r"(?P<atom>\\.|\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?(?:P?<\w+>|P=\w+|[:=!]|<[=!]))?)|(?P<close>\))"
    r"|(?P<repeat>[*+]|\{[0-9]*,\})[?+]?|.",
    regex.DOTALL,
)


def compiled(pattern: str) -> regex.Pattern[str]:
    """The pattern as it meets answers: case never matters."""
    return regex.compile(pattern, regex.IGNORECASE | regex.VERSION0)


def fault(pattern: str) -> str:
    """What is wrong with how a pattern is written, in Indonesian; "" when nothing is."""
    if len(pattern) > LONGEST:
        return f"pola ini lebih dari {LONGEST} huruf"
    for match in OPENING.finditer(pattern):
        if match["brace"]:
            return "tanda `{` dalam pola ini bukan bilangan pengulangan"
        if match["group"] and not ORDINARY_GROUP.match(pattern, match.start()):
            return "kelompok `(?…)` dalam pola ini tidak dipakai di sini"
    try:
        compiled(pattern)
    except (regex.error, OverflowError, RecursionError, ValueError):
        return "pola ini tidak terbaca"
    return ""


def is_slow(pattern: str) -> bool:
    """Whether a sound pattern may take very long: it repeats a repetition, or a probe has to be stopped."""
    return _repeats_a_repetition(pattern) or any(_is_stopped(pattern, probe) for probe in _probes(pattern))


def _repeats_a_repetition(pattern: str) -> bool:
    """Whether something like (a+)+ stands in it: such patterns are slow in most programs."""
    open_groups: list[bool] = [False]
    closed = False  # whether what ended just here is a group with a repetition in it
    for match in TOKEN.finditer(pattern):
        if match["repeat"]:
            if closed:
                return True
            open_groups[-1] = True
        closed = False
        if match["open"]:
            open_groups.append(False)
        elif match["close"] and len(open_groups) > 1:
            closed = open_groups.pop()
            open_groups[-1] |= closed
    return False


def _probes(pattern: str) -> list[str]:
    """Long texts that nearly fit: the pattern's own letters and words over and over, with an odd end."""
    letters = list(dict.fromkeys(letter for letter in pattern if letter.isalnum() or letter == " "))
    words = [word for word in dict.fromkeys(regex.findall(r"\w+", pattern)) if len(word) > 1]
    pairs = [first + second for first, second in pairwise(letters)]
    units = [*dict.fromkeys(["a", "0", " ", "a ", *letters, *words, *pairs])][:MOST_PROBES]
    needed = "".join(letters)
    return [unit * (PROBE_LENGTH // len(unit)) + end for unit in units for end in ("\x00", f"{needed}\x00", needed)]


def _is_stopped(pattern: str, probe: str) -> bool:
    try:
        compiled(pattern).fullmatch(probe, timeout=SLOW_SECONDS)
    except TimeoutError:
        return True
    return False
