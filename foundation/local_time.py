"""A moment as a form's field holds it: the time on the clocks of the course (WITA), to the minute. Pure."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from foundation.errors import N_, DomainError

WITA = ZoneInfo("Asia/Makassar")
FIRST_YEAR, LAST_YEAR = 2000, 2100
TYPED = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2})[:.]([0-9]{2})(?::[0-9.]+)?")
"""What a field for date and time sends; typed by hand where a browser has no such field."""


def read_moment(text: str) -> datetime | None:
    """A moment as somebody typed it, WITA; None for nothing. Raises DomainError for what is no date."""
    text = text.strip()
    if not text:
        return None
    match = TYPED.fullmatch(text)
    if match is None:
        raise DomainError(N_("Waktu ini belum lengkap. Isi tanggal dan jamnya, misalnya 2026-12-01 08:00."))
    try:
        local = datetime(*(int(part) for part in match.groups()), tzinfo=WITA)  # type: ignore[arg-type, misc]
    except ValueError as impossible:
        raise DomainError(N_("Tanggal atau jam ini tidak ada. Periksa bulan, hari, dan jamnya.")) from impossible
    return in_utc(local)


def in_utc(local: datetime) -> datetime:
    """Raises DomainError for a year that nobody meant."""
    if not FIRST_YEAR <= local.year < LAST_YEAR:
        raise DomainError(N_("Tahunnya tidak mungkin benar. Periksa tahunnya."))
    return local.astimezone(UTC)


def field_value(moment: datetime | None) -> str:
    """24 November 2026, 02.42 UTC -> "2026-11-24T10:42"; "" for none."""
    return "" if moment is None else moment.astimezone(WITA).strftime("%Y-%m-%dT%H:%M")
