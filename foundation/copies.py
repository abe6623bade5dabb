"""What a copy of the database is called, which copies stay, and what is told of one. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

COUNTED = {"people": "orang", "attempts": "percobaan", "answers": "jawaban"}
"""Tables whose rows a copy is told by, and what one of them is to a reader."""

SCHEMA_TABLE = "alembic_version"

_NAME = re.compile(r"kelas-\d{8}-\d{6}Z(-\d+)?(?P<suffix>\.\w+)")


class CopyRefused(Exception):
    """Why a copy cannot be made, used or put back: one sentence that says what to do."""


class Damaged(CopyRefused):
    def __init__(self, why: object) -> None:
        super().__init__(f"Salinan ini rusak ({why}). Jangan dipakai; cari yang lolos flask database verify.")
        self.why = why


class Foreign(CopyRefused):
    def __init__(self) -> None:
        super().__init__("Berkas ini kosong atau bukan salinan kelas ini. Periksa namanya, atau pilih salinan lain.")


@dataclass(frozen=True)
class Contents:
    """What was found in a copy."""

    revision: str
    """The migration its tables were made by."""
    rows: Mapping[str, int]

    def __str__(self) -> str:
        return ", ".join(f"{self.rows[table]:,} {word}".replace(",", ".") for table, word in COUNTED.items())


def moment(at: datetime) -> str:
    return at.strftime("%Y%m%d-%H%M%SZ")


def name_at(at: datetime, suffix: str, again: int = 0) -> str:
    """By UTC time, so that names sort as they were made; `again` for the next one in the same second."""
    return f"kelas-{moment(at)}{f'-{again}' if again else ''}{suffix}"


def superfluous(names: Iterable[str], suffix: str, keep: int, made: str) -> list[str]:
    """The oldest of our copies beyond `keep`; never the one just made, even where the clock was set back."""
    older = sorted(name for name in names if name != made and _is_ours(name, suffix))
    return older[: max(len(older) + 1 - keep, 0)]


def _is_ours(name: str, suffix: str) -> bool:
    found = _NAME.fullmatch(name)
    return found is not None and found["suffix"] == suffix


def in_use(by: str) -> CopyRefused:
    return CopyRefused(f"Basis data sedang dipakai {by}. Hentikan dahulu, lalu ulangi; belum ada yang diubah.")
