"""The values that front matter can hold: from an author's words to typed values. Pure.

A refusal is a ValueError whose text is Indonesian: what is wrong, then `|` and what to do.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

import pydantic

from courses.yamlish import fold
from foundation.local_time import WITA

YES = frozenset({"ya", "true", "yes"})
NO = frozenset({"tidak", "false", "no"})
LEVEL = re.compile(r"^(?P<level>C[1-6]|A[1-5]|P[1-5])[ \t:.–-]+(?P<text>\S.*)$", re.IGNORECASE | re.DOTALL)
MOMENT = re.compile(
    r"^(?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?:[ \tT]+(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2}))?$"
)
KINDS = {
    "pelajaran": "lesson",
    "kuis": "quiz",
    "diskusi": "discussion",
    "simulasi": "simulation",
    "rancangan": "capstone",
}
"""Every kind of the authoring format with its English word, whether or not its room exists yet."""


@dataclass(frozen=True)
class Words:
    """The keys an author may write for a field."""

    indonesian: str
    english: str


@dataclass(frozen=True)
class Literally:
    """The text of this field, or of the items `inside` it, is taken as it stands to the end of the line."""

    inside: bool = False


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like one nobody knows, or ""."""
    folded = {fold(name): name for name in known}
    near = difflib.get_close_matches(fold(word), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else ""


def closest(word: str, known: Iterable[str], shown: Iterable[str] = ()) -> str:
    """A suggestion for a word nobody knows; or the list of those that are known, or of those `shown`."""
    known = list(known)
    near = nearest(word, known)
    return f"maksud Anda `{near}`?" if near else f"yang dikenal: {', '.join(list(shown) or known)}."


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("harus satu teks|tulis teksnya pada satu baris.")
    return " ".join(value.split())


def _flag(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    word = fold(str(value))
    if word in YES | NO:
        return word in YES
    raise ValueError(f"{value!s} bukan ya atau tidak|tulis ya atau tidak.")


def _whole(value: Any) -> Any:
    if isinstance(value, int) or value is None:
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return int(value)
    raise ValueError("harus bilangan bulat|tulis angka saja, misalnya 3.")


def _number(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}(?:[.,][0-9]{1,6})?", value.strip()):
        return float(value.strip().replace(",", "."))
    if isinstance(value, (int, float)):
        return value
    raise ValueError("harus bilangan|tulis angka saja, misalnya 70.")


def split_codes(value: str) -> tuple[str, ...]:
    """ "SC1, SC2" or "SC1 SC2" -> ("SC1", "SC2")."""
    return tuple(word for word in re.split(r"[,;\s]+", value.strip(" \t\"'“”‘’[]")) if word)


def _codes(value: Any) -> Any:
    if isinstance(value, str):
        return split_codes(value)
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return tuple(code for item in value for code in split_codes(item))
    raise ValueError("harus satu kata atau daftar kata|tulis misalnya [SC1, SC2].")


def _code(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", value):
        return value
    raise ValueError("hanya huruf kecil, angka, dan tanda hubung|tulis misalnya kuis-sister-city.")


def read_kind(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("harus satu kata|tulis misalnya `jenis: kuis`.")
    word = fold(value)
    return next((kind for kind, english in KINDS.items() if word in (kind, english)), word)


def _weights(value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError("harus pasangan jenis dan angka|tulis misalnya {kuis: 40, simulasi: 20, rancangan: 40}.")
    weights: dict[str, float] = {}
    for key, weight in value.items():
        kind = read_kind(key)
        if kind not in KINDS or kind == "pelajaran":
            raise ValueError(f"jenis `{key}` tidak dikenal|{closest(str(key), list(KINDS)[1:])}")
        weights[kind] = _number(weight)
    return weights


def read_objectives(value: Any) -> Any:
    """{"SC1": "C2 Menjelaskan …"} -> [{code, level, text}]."""
    if not isinstance(value, dict):
        raise ValueError(
            "harus satu tujuan per baris|tulis misalnya `SC1: C2 Menjelaskan …`, menjorok di bawah `tujuan:`."
        )
    return [_objective(str(code), text) for code, text in value.items()]


def _objective(code: str, text: Any) -> dict[str, str]:
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"tujuan {code} belum berisi teks|tulis `{code}: C2 Menjelaskan …`.")
    if re.search(r"[\s,;]", code):
        raise ValueError(f"kode tujuan `{code}` harus satu kata|tulis misalnya SC1.")
    match = LEVEL.match(text.strip())
    return {
        "code": code,
        "level": match["level"].upper() if match else "",
        "text": match["text"] if match else text.strip(),
    }


class Moment(pydantic.BeforeValidator):
    """A date and time in WITA, kept in UTC; a date alone means `whole_day`'s hour."""

    def __init__(self, whole_day: str) -> None:
        super().__init__(lambda value: moment(value, whole_day))


def moment(value: Any, whole_day: str) -> Any:
    if value is None or isinstance(value, datetime):
        return value
    match = MOMENT.match(str(value).strip())
    if match is None:
        raise ValueError("bukan tanggal|tulis misalnya 2026-12-01 08:00 (WITA).")
    hour, minute = whole_day.split(":") if match["hour"] is None else (match["hour"], match["minute"])
    year, month, day = (int(part) for part in match["date"].split("-"))
    try:
        return datetime(year, month, day, int(hour), int(minute), tzinfo=WITA).astimezone(UTC)
    except (ValueError, OverflowError) as impossible:
        raise ValueError(f"tanggal {value} tidak ada|periksa bulan, hari, dan jamnya.") from impossible


Choice = TypeVar("Choice", bound=StrEnum)


def choose(value: Any, choices: type[Choice], english: Mapping[str, str]) -> Choice:
    """A word of a closed list, Indonesian or English. `english` maps English words to ours."""
    word = fold(str(value)).replace("_", "-")
    word = {key.replace("_", "-"): mine for key, mine in english.items()}.get(word, word)
    try:
        return choices(word)
    except ValueError:
        hint = closest(word, [choice.value for choice in choices])
        raise ValueError(f"`{value}` tidak dikenal|{hint}") from None


Text = Annotated[str, pydantic.BeforeValidator(_text)]
Flag = Annotated[bool, pydantic.BeforeValidator(_flag)]
Whole = Annotated[int, pydantic.BeforeValidator(_whole)]
Percent = Annotated[float, pydantic.BeforeValidator(_number), pydantic.Field(ge=0, le=100)]
Code = Annotated[str, pydantic.BeforeValidator(_code)]
Codes = Annotated[tuple[str, ...], pydantic.BeforeValidator(_codes)]
Kind = Annotated[str, pydantic.BeforeValidator(read_kind)]
Weights = Annotated[Mapping[str, float], pydantic.BeforeValidator(_weights)]


def read_draw(value: Any) -> Any:
    """`ambil: 5`, or `ambil: {dasar: 3, lanjut: 2}`."""
    if value is None:
        return None
    if isinstance(value, dict):
        return {str(pool): _at_least_one(number) for pool, number in value.items()}
    return _at_least_one(value)


def _at_least_one(value: Any) -> int:
    number = _whole(value)
    if number is None or number < 1:
        raise ValueError("paling sedikit 1|tulis banyaknya soal, misalnya 10.")
    return int(number)


SHUFFLED = {"soal": "soal", "questions": "soal", "pilihan": "pilihan", "options": "pilihan"}


def read_shuffle(value: Any) -> Any:
    """`acak: [soal, pilihan]`; `acak: tidak` keeps every order."""
    if isinstance(value, str) and fold(value) in NO:
        return ()
    words = _codes(value)
    for word in words:
        if fold(word) not in SHUFFLED:
            raise ValueError(f"`{word}` tidak dikenal|tulis [soal, pilihan], salah satunya, atau tidak.")
    return tuple(dict.fromkeys(SHUFFLED[fold(word)] for word in words))
