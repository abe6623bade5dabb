"""From when until when an activity is open: read as people type it, in WITA, moved by whole days, judged. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foundation.errors import N_, DomainError
from foundation.local_time import WITA, in_utc


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
        return in_utc(moment.astimezone(WITA) + timedelta(days=days))
    except OverflowError as impossible:
        raise DomainError(N_("Geserannya terlalu jauh. Periksa banyaknya hari.")) from impossible


def days_until(moment: datetime, day: date) -> int:
    """By how many days a moment moves to fall on a day, in WITA."""
    return (day - moment.astimezone(WITA).date()).days


def check(dates: Dates) -> None:
    """Raises DomainError for dates that close before they open."""
    if dates.opens is not None and dates.closes is not None and dates.closes <= dates.opens:
        raise DomainError(N_("Waktu tutup harus sesudah waktu buka. Periksa keduanya."))
