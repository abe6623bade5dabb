"""What an author most likely meant by a line that is not read as an answer: hints that say what to write. Pure."""

import re
from collections.abc import Sequence

from quizzes.words import Kind

BULLET = r"(?:[-*+•‐‑–—−]|[0-9]{1,9}[.)]|[A-Za-z][.)])"
RULE = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]*(?P<text>[^\s#].*)$")
CLOSING = re.compile(r"[ \t]#+[ \t]*$")
NUMBERED = re.compile(
    r"^ {0,3}(?:"
    r"(?:\*\*|__)(?:[Ss]oal[ \t]+)?(?:[0-9]{1,3}|[A-Za-z])(?:[.):][ \t]*|(?=\*\*|__))(?P<bold>.*)"
    r"|[0-9]{1,3}[.)][ \t]+(?P<number>(?:\*\*|__).*|.*\?[ \t]*))$"
)
"""A question as it is numbered elsewhere: `**2. Apa?**`, `2. **Apa?**`, `2. Apa?`."""
RIGHT_TICK = "[xXvVyY√✓✔✅☑☒✗✖*]"
SIGN = "[☐☑☒✅✓✔√□■]"
BOX = re.compile(
    rf"^[ \t]*(?:{BULLET}[ \t]*)?"
    rf"(?:\\?[\[(][ \t]*(?P<mark>{RIGHT_TICK}?)\ufe0f?[ \t]*\\?[\])]|(?P<sign>{SIGN})\ufe0f?)[ \t]*(?P<text>\S.*)$"
)
KEY = re.compile(rf"^[ \t]*(?:{BULLET}[ \t]*)?=[ \t]*(?P<text>[^\s=>].*)$")
PAIR = re.compile(rf"^[ \t]*(?:{BULLET}[ \t]+)?(?P<left>\S.*?)(?:[-–—=]{{1,2}}>|[→⟶⟹⇒➔➜➝])[ \t]*(?P<right>[^\s>].*)$")
BLANK = re.compile(r"(?<![\[\]!\\\w])\[(?P<text>[^\[\]@^]{2,})\](?![\[\](:])")
WRITTEN_ELSEWHERE = {Kind.SINGLE: BOX, Kind.TEXT: KEY, Kind.MATCHING: PAIR, Kind.BLANKS: BLANK}


def next_question(line: str) -> str:
    """What to write where a line looks like the heading of the next question, or ""."""
    heading = HEADING.match(line)
    numbered = NUMBERED.match(line)
    if heading:
        text = CLOSING.sub("", heading["text"]).strip()
    elif numbered:
        text = (numbered["bold"] or numbered["number"] or "").replace("**", "").replace("__", "").strip() or "…"
    else:
        return ""
    return f"tulis `## {text}` bila ini soal berikutnya."


def below_answers(line: str) -> str:
    """What to do with a line that may not stand below the answers."""
    if RULE.match(line):
        return "hapus garisnya; judul `## ` sudah memisahkan soal."
    return next_question(line) or (
        "pindahkan ke atas jawaban, atau awali dengan `>` sesudah baris kosong sebagai pembahasan."
    )


def option(line: str) -> str:
    """How a line that is meant as an option is written, or ""."""
    match = BOX.match(line)
    if match is None:
        return ""
    is_right = (match["mark"] or match["sign"] or "☐") not in "☐□"
    return f"tulis `- [{'x' if is_right else ' '}] {match['text'].strip()}` di tepi kiri."


def answers(lines: Sequence[str], way: Kind | None) -> str:
    """How the first line that looks like an answer is written, or ""; `way` is how the author wants to ask."""
    for kind, pattern in WRITTEN_ELSEWHERE.items():
        matches = (pattern.search(line) for line in lines) if way in (None, kind) else iter(())
        if match := next(filter(None, matches), None):
            return _written(kind, match)
    return ""


def _written(kind: Kind, match: re.Match[str]) -> str:
    match kind:
        case Kind.SINGLE:
            return option(match[0])
        case Kind.MATCHING:
            return f"tulis pasangan dengan panah berspasi: `- {match['left'].strip()} -> {match['right'].strip()}`."
        case Kind.BLANKS:
            return f"tulis `[[{match['text']}]]` bila ini isian."
        case _:
            return f"tulis `= {match['text'].strip()}` pada baris sendiri."
