"""Whether a question with options tests knowledge or a nose for questions. Pure; every finding is a warning.

After Haladyna, Downing & Rodriguez, "A Review of Multiple-Choice Item-Writing Guidelines", Applied Measurement in
Education 15 (2002). Thresholds for a whole quiz are set so that a careful author meets one by chance less than once in
fifty quizzes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from courses.findings import Findings
from foundation.slugs import plain
from quizzes.choices import Choice
from quizzes.options import Option

FEWEST_OPTIONS = 3
TRUE_OR_FALSE = (
    frozenset({"benar", "salah"}),
    frozenset({"betul", "salah"}),
    frozenset({"ya", "tidak"}),
    frozenset({"true", "false"}),
    frozenset({"yes", "no"}),
)
ALL_OR_NONE = re.compile(
    r"(?:semua(?:nya)?|seluruh(?:nya)?)(?: (?:jawaban|pilihan|pernyataan|butir))?"
    r"(?: yang)?(?: (?:di atas|tersebut|itu|ini))?(?: (?:adalah )?(?:benar|salah|tepat|keliru))?"
    r"|(?:benar|salah) semua(?:nya)?"
    r"|(?:tidak|tak) (?:ada|satu ?pun)(?: (?:satu ?pun|jawaban|pilihan|pernyataan|dari|di antara))*"
    r"(?: yang)?(?: (?:di atas|tersebut|itu|ini|semua))?(?: yang)?(?: (?:benar|salah|tepat|keliru))?"
    r"|bukan (?:semua|salah satu)(?:nya)?(?: (?:dari )?(?:di atas|itu|ini|tersebut))?"
    r"|(?:all|none) of (?:the above|these)"
    r"|[a-e](?:, ?[a-e])*,? (?:dan|atau) [a-e](?: benar| salah)?"
)
EMPHASISED = re.compile(r"(\*{1,3}|_{1,3})(?=\S)(.{1,200}?)(?<=\S)\1")
SENTENCE = re.compile(r"[^.?!]+[.?!]*")
NOT = r"(?:bukan|tidak|tak)(?:lah)?"
NEGATION = re.compile(
    rf"\b(?:[Mm]ana|[Mm]anakah|[Aa]pa|[Aa]pakah|[Ss]iapa|[Ss]iapakah|[Bb]erikut(?: ini)?)(?: saja)?(?: yang)? {NOT}\b"
    rf"|(?:^|[,:] )[Yy]ang {NOT}\b"
    r"|\b[Kk]ecuali\b"
    r"|\b[Yy]ang (?:bukan|tidak|tak)(?:lah)? sesuai\b"
    r"|\b(?:[Bb]ukan|[Tt]idak|[Tt]ak)(?:lah)? (?:termasuk|tergolong|merupakan|benar|tepat)\b"
)
"""What turns the question itself round: "mana yang bukan", not "negara yang tidak meratifikasi"."""
ABSOLUTE = re.compile(
    r"\b(?:selalu|(?:tidak|tak) pernah|pasti|mutlak|sama sekali|semua|seluruh|setiap|hanya|satu-satunya)\b",
    re.IGNORECASE,
)
FEWEST_FOR_LENGTH, ALWAYS_LONGEST = 4, 0.8
FEWEST_FOR_POSITION, ALWAYS_THERE = 6, 0.75


@dataclass(frozen=True)
class Placed:
    """A single-choice question with the index of its heading."""

    choice: Choice
    index: int


def judge_choice(title: str, stem: str, choice: Choice, index: int, findings: Findings) -> None:
    """Judge one question; `index` is its heading's line."""
    _count_options(choice, findings)
    for option in choice.options:
        if ALL_OR_NONE.fullmatch(_words(option)):
            hint = "tulis pilihan yang berdiri sendiri; urutan pilihan juga diacak."
            findings.warn(_index(option, findings), "K043", "pilihan ini menunjuk pilihan lain", hint)
    if word := negation(title, stem):
        hint = "tebalkan kata ingkarnya (`**bukan**`), atau ubah menjadi pertanyaan positif."
        findings.warn(index, "K044", f"batang soal ini ingkar (`{word}`) tanpa penekanan", hint)
    _find_absolutes(choice, findings)


def judge_quiz(singles: Sequence[Placed], shuffles_options: bool, findings: Findings) -> None:
    """Judge the keys of a quiz together; positions matter only where options keep their order."""
    singles = [one for one in singles if len(one.choice.options) > 1]
    telling = [one for one in singles if _key_is_longest(one.choice)]
    if len(singles) >= FEWEST_FOR_LENGTH and len(telling) >= ALWAYS_LONGEST * len(singles):
        message = f"pada {len(telling)} dari {len(singles)} soal, pilihan benar paling panjang"
        hint = "samakan panjang pilihan: pendekkan kuncinya, atau lengkapi pengecohnya."
        findings.warn(telling[0].index, "K041", message, hint)
    if shuffles_options or len(singles) < FEWEST_FOR_POSITION:
        return
    positions = [_position(one.choice) for one in singles]
    common = max(set(positions), key=positions.count)
    if positions.count(common) >= ALWAYS_THERE * len(positions):
        message = f"pada {positions.count(common)} dari {len(positions)} soal, kuncinya pilihan ke-{common + 1}"
        hint = "ubah letaknya, atau pakai `acak: [pilihan]`."
        findings.warn(singles[positions.index(common)].index, "K042", message, hint)


def negation(title: str, stem: str) -> str:
    """The words that turn the asking sentence round without being emphasised, or ""."""
    text = plain_of_emphasis(f"{title}\n\n{stem}" if stem else title)
    sentences = [found.strip() for found in SENTENCE.findall(text) if found.strip()]
    asking = [sentence for sentence in sentences if sentence.endswith("?")] or sentences[-1:]
    match = next((found for sentence in asking if (found := NEGATION.search(sentence))), None)
    return match[0] if match else ""


def plain_of_emphasis(text: str) -> str:
    """The text without what stands in bold or italics."""
    return EMPHASISED.sub("…", text)


def _count_options(choice: Choice, findings: Findings) -> None:
    words = frozenset(_words(option) for option in choice.options)
    if len(choice.options) < FEWEST_OPTIONS and words not in TRUE_OR_FALSE and not _is_word_and_negation(words):
        last = _index(choice.options[-1], findings)
        hint = "tambahkan pengecoh yang masuk akal; dua pilihan cukup hanya untuk benar/salah."
        findings.warn(last, "K046", f"soal ini hanya punya {len(choice.options)} pilihan", hint)


def _is_word_and_negation(words: frozenset[str]) -> bool:
    """ "Sah" and "Tidak sah": there is no third."""
    return any(f"{no} {word}" in words for word in words for no in ("tidak", "bukan", "tak", "belum", "not"))


def _find_absolutes(choice: Choice, findings: Findings) -> None:
    if any(option.is_right and ABSOLUTE.search(option.text) for option in choice.options):
        return
    for option in choice.options:
        if (match := ABSOLUTE.search(option.text)) and not ALL_OR_NONE.fullmatch(_words(option)):
            hint = "kata mutlak yang hanya ada di pengecoh membocorkan kunci; lunakkan, atau pakai juga di kunci."
            findings.warn(_index(option, findings), "K045", f"`{match[0]}` hanya ada di pengecoh", hint)
            return


def _key_is_longest(choice: Choice) -> bool:
    right = max(len(_words(option)) for option in choice.options if option.is_right)
    return all(len(_words(option)) < right for option in choice.options if not option.is_right)


def _position(choice: Choice) -> int:
    return next(place for place, option in enumerate(choice.options) if option.is_right)


def _words(option: Option) -> str:
    return plain(option.text).lower().strip(" .!\"'“”")


def _index(option: Option, findings: Findings) -> int:
    return option.line - findings.first_line
