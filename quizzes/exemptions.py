"""An exception as somebody asks for it: read from text, judged, told in the staff log. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from courses import dates
from courses.dates import Dates
from foundation.errors import N_, DomainError
from foundation.local_time import field_value

MOST_MINUTES = 7 * 24 * 60
MOST_ATTEMPTS = 100
LONGEST_REASON = 500


@dataclass(frozen=True)
class Exemption:
    """Other rules than a quiz's own; None leaves a rule as it is, 0 minutes or attempts is no limit."""

    minutes_allowed: int | None
    attempts: int | None
    opens: datetime | None
    closes: datetime | None
    reason: str


def read_minutes(text: str) -> int | None:
    return _number(text, MOST_MINUTES)


def read_attempts(text: str) -> int | None:
    return _number(text, MOST_ATTEMPTS)


def _number(text: str, most: int) -> int | None:
    """A whole number from 0; None for nothing. Raises DomainError."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10) or int(text) > most:
        raise DomainError(N_("Tulis bilangan bulat dari 0 sampai %(most)d, atau kosongkan."), most=most)
    return int(text)


def read_reason(text: str) -> str:
    """As it is kept, on one line. Raises DomainError for none and for one too long."""
    reason = " ".join(text.split())
    if not reason:
        raise DomainError(N_("Tulis alasannya: praja yang bersangkutan membacanya."))
    if len(reason) > LONGEST_REASON:
        raise DomainError(N_("Alasan ini terlalu panjang: paling banyak %(n)d huruf."), n=LONGEST_REASON)
    return reason


def check(wanted: Exemption) -> None:
    """Raises DomainError for an exception from nothing, and for dates the wrong way round."""
    if all(rule is None for rule in (wanted.minutes_allowed, wanted.attempts, wanted.opens, wanted.closes)):
        raise DomainError(N_("Isi paling sedikit satu: waktu, percobaan, buka, atau tutup."))
    dates.check(Dates(wanted.opens, wanted.closes))


def told(wanted: Exemption) -> str:
    """The rules as the staff log keeps them."""
    rules: Mapping[str, object] = {
        "waktu": wanted.minutes_allowed,
        "percobaan": wanted.attempts,
        "buka": field_value(wanted.opens) or None,
        "tutup": field_value(wanted.closes) or None,
    }
    return ", ".join(f"{name} {rule}" for name, rule in rules.items() if rule is not None)
