"""A moment as a form's field holds it: the time on the clocks of the course, to the minute. Pure."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from foundation.errors import N_, DomainError

WITA = ZoneInfo("Asia/Makassar")
YEARS = range(2000, 2101)


def field_value(moment: datetime) -> str:
    """24 November 2026, 02.42 UTC -> "2026-11-24T10:42"."""
    return moment.astimezone(WITA).strftime("%Y-%m-%dT%H:%M")


def read_moment(text: str) -> datetime | None:
    """What somebody put into such a field; None for nothing. Raises DomainError."""
    if not text.strip():
        return None
    try:
        moment = datetime.strptime(text.strip()[:16], "%Y-%m-%dT%H:%M")
    except ValueError:
        raise DomainError(N_("Isi tanggal dan jam, misalnya 2026-11-24T10:42.")) from None
    if moment.year not in YEARS:
        raise DomainError(N_("Periksa tahunnya: pilih antara 2000 dan 2100."))
    return moment.replace(tzinfo=WITA).astimezone(UTC)
