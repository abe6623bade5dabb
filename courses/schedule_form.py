"""The form of a cohort's dates, activity by activity: how it is drawn, and what it says when it comes back. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from courses import dates
from courses.dates import UNLIMITED, Dates
from foundation.errors import N_, DomainError
from foundation.local_time import field_value, read_moment


@dataclass(frozen=True)
class Entry:
    """What is filled in for one activity; nothing at all means that it follows its file."""

    opens: str = ""
    closes: str = ""
    is_unlimited: bool = False
    """Open always, whatever the file says."""

    @property
    def token(self) -> str:
        """The entry in a hidden field: what a page was drawn with, so that only what was touched is changed."""
        return f"{self.opens}/{self.closes}/{'bebas' if self.is_unlimited else ''}"

    def dates(self) -> Dates | None:
        """The cohort's own dates, None to follow the file. Raises DomainError."""
        if self.is_unlimited:
            if self.opens or self.closes:
                raise DomainError(N_("Kosongkan kedua tanggalnya, atau hapus centang “selalu terbuka”."))
            return UNLIMITED
        found = Dates(read_moment(self.opens), read_moment(self.closes))
        dates.check(found)
        return found if found.has_limit else None


@dataclass(frozen=True)
class Row:
    """One activity on the page."""

    activity: Any
    entry: Entry
    drawn: str
    """The token the page was drawn with."""
    is_sent: bool = False
    refusal: DomainError | None = None

    @property
    def is_touched(self) -> bool:
        return self.is_sent and self.entry.token != self.drawn

    @property
    def has_dates(self) -> bool:
        """Whether there is any date to look at here: own, typed, or the file's."""
        file = Dates(self.activity.opens, self.activity.closes)
        return file.has_limit or self.entry != Entry() or self.refusal is not None


def entry_of(own: Dates | None) -> Entry:
    """How a cohort's own dates are drawn."""
    if own is None:
        return Entry()
    return Entry(field_value(own.opens), field_value(own.closes), not own.has_limit)


def drawn(activities: Iterable[Any], own: Mapping[int, Dates]) -> list[Row]:
    """The form as it stands."""
    entries = [(activity, entry_of(own.get(activity.id))) for activity in activities]
    return [Row(activity, entry, entry.token) for activity, entry in entries]


def sent(activities: Iterable[Any], own: Mapping[int, Dates], form: Mapping[str, str]) -> list[Row]:
    """The form as it came back, each row with what is wrong in it; a row that did not come stays as it stands."""
    return [_sent(row, form) for row in drawn(activities, own)]


def _sent(row: Row, form: Mapping[str, str]) -> Row:
    key = row.activity.key
    if f"awal-{key}" not in form:
        return row
    entry = Entry(form.get(f"buka-{key}", "").strip(), form.get(f"tutup-{key}", "").strip(), f"selalu-{key}" in form)
    came = Row(row.activity, entry, form[f"awal-{key}"], is_sent=True)
    if not came.is_touched:
        return came
    try:
        entry.dates()
    except DomainError as refusal:
        return Row(row.activity, entry, came.drawn, True, refusal)
    return came


def wanted(rows: Iterable[Row]) -> dict[Any, Dates | None]:
    """Activity -> its dates as somebody changed them; only for rows without a refusal."""
    return {row.activity: row.entry.dates() for row in rows if row.is_touched}


def by_module(rows: Iterable[Row]) -> list[tuple[Any, Sequence[Row]]]:
    return [(module, list(of_module)) for module, of_module in groupby(rows, lambda row: row.activity.module)]
