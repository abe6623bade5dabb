"""From when until when an activity is open: read as people type it, in WITA, moved by whole days, judged. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from courses.values import WITA
from foundation.errors import N_, DomainError

FIRST_YEAR, LAST_YEAR = 2000, 2100
TYPED = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2})[:.]([0-9]{2})(?::[0-9.]+)?")
"""What a field for date and time sends; typed by hand where a browser has no such field."""


@dataclass(frozen=True)
class Dates:
    """None is no limit on that side."""

    opens: datetime | None = None
    closes: datetime | None = None

    @property
    def has_limit(self) -> bool:
        return self.opens is not None or self.closes is not None

    def are_ahead(self, now: datetime) -> bool:
        """Not open yet."""
        return self.opens is not None and now < self.opens

    def are_over(self, now: datetime) -> bool:
        return self.closes is not None and now > self.closes

    def shifted(self, days: int) -> "Dates":
        return Dates(_shifted(self.opens, days), _shifted(self.closes, days))


UNLIMITED = Dates()


def _shifted(moment: datetime | None, days: int) -> datetime | None:
    return None if moment is None else shift(moment, days)


def read(text: str) -> datetime | None:
    """A moment as somebody typed it, WITA; None for nothing. Raises DomainError for what is no date."""
    text = text.strip()
    if not text:
        return None
    match = TYPED.fullmatch(text)
    if match is None:
        raise DomainError(N_("Ini belum lengkap. Isi tanggal dan jamnya, misalnya 2026-12-01 08:00."))
    try:
        local = datetime(*(int(part) for part in match.groups()), tzinfo=WITA)  # type: ignore[arg-type, misc]
    except ValueError as impossible:
        raise DomainError(N_("Tanggal atau jam ini tidak ada. Periksa bulan, hari, dan jamnya.")) from impossible
    return _kept(local)


def written(moment: datetime | None) -> str:
    """A moment as a field for date and time shows it, WITA; "" for none."""
    return "" if moment is None else moment.astimezone(WITA).strftime("%Y-%m-%dT%H:%M")


def read_day(text: str) -> date:
    """A day as its field sends it. Raises DomainError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as impossible:
        raise DomainError(N_("Tanggal ini tidak ada. Tulis misalnya 2026-12-01.")) from impossible


def read_days(text: str) -> int:
    """A whole number of days, either way. Raises DomainError."""
    text = text.strip().replace("−", "-")
    if re.fullmatch(r"[+-]?[0-9]{1,5}", text) is None:
        raise DomainError(N_("Tulis banyaknya hari sebagai bilangan bulat, misalnya 364 atau -7."))
    return int(text)


def shift(moment: datetime, days: int) -> datetime:
    """The same hour by the clock in WITA, on another day. Raises DomainError where no calendar of ours goes."""
    try:
        return _kept(moment.astimezone(WITA) + timedelta(days=days))
    except OverflowError as impossible:
        raise DomainError(N_("Geserannya terlalu jauh. Periksa banyaknya hari.")) from impossible


def _kept(local: datetime) -> datetime:
    if not FIRST_YEAR <= local.year < LAST_YEAR:
        raise DomainError(N_("Tahunnya tidak mungkin benar. Periksa tahunnya."))
    return local.astimezone(UTC)


def days_until(moment: datetime, day: date) -> int:
    """By how many days a moment moves to fall on a day, in WITA."""
    return (day - moment.astimezone(WITA).date()).days


def check(dates: Dates) -> None:
    """Raises DomainError for dates that close before they open."""
    if dates.opens is not None and dates.closes is not None and dates.closes <= dates.opens:
        raise DomainError(N_("Waktu tutup harus sesudah waktu buka. Periksa keduanya."))
