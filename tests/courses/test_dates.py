"""Dates of activities: as people type them in WITA, moved by whole days, judged."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import dates, schedule_form
from courses.dates import UNLIMITED, Dates
from courses.schedule_form import Entry
from courses.values import WITA
from foundation.errors import DomainError
from foundation.local_time import field_value, read_moment

pytestmark = pytest.mark.pure

MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2085, 1, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)
DAYS = st.integers(-3650, 3650)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-24T10:42", datetime(2026, 11, 24, 2, 42, tzinfo=UTC)),
        ("2026-11-24T07:59", datetime(2026, 11, 23, 23, 59, tzinfo=UTC)),  # yesterday, in UTC
        ("2026-11-24T10:42:30", datetime(2026, 11, 24, 2, 42, tzinfo=UTC)),
        (" 2026-11-24 10.42 ", datetime(2026, 11, 24, 2, 42, tzinfo=UTC)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_moment_is_read_in_wita(text: str, moment: datetime | None) -> None:
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "besok",
        "2026-11-24",
        "2026-02-30T10:00",
        "2026-11-24T25:00",
        "0001-01-01T00:00",
        "2100-01-01T00:00",
        "٢٠٢٦-11-24T10:42",
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        read_moment(text)


@given(st.text())
def test_no_text_breaks_reading(text: str) -> None:
    try:
        assert field_value(read_moment(text)) in ("", text.strip()[:16].replace(" ", "T").replace(".", ":"))
    except DomainError as refusal:
        assert refusal.status == 400


@given(MOMENTS)
def test_what_is_written_is_read_again(moment: datetime) -> None:
    assert read_moment(field_value(moment)) == moment


@given(MOMENTS, DAYS)
def test_there_and_back_is_where_it_was(moment: datetime, days: int) -> None:
    assert dates.shift(dates.shift(moment, days), -days) == moment


@given(MOMENTS, DAYS)
def test_a_shift_keeps_the_clock_and_moves_the_day(moment: datetime, days: int) -> None:
    before, after = moment.astimezone(WITA), dates.shift(moment, days).astimezone(WITA)
    assert after.time() == before.time()
    assert after.date() - before.date() == timedelta(days=days)
    assert dates.days_until(moment, after.date()) == days


@pytest.mark.parametrize("local", ["2026-12-31T23:59", "2027-01-01T00:00"])
def test_around_midnight_the_day_is_the_one_in_wita(local: str) -> None:
    moment = read_moment(local)
    assert moment is not None
    assert (
        field_value(dates.shift(moment, 1))
        == {
            "2026-12-31T23:59": "2027-01-01T23:59",
            "2027-01-01T00:00": "2027-01-02T00:00",
        }[local]
    )
    assert dates.days_until(moment, date(2027, 1, 3)) == {"2026-12-31T23:59": 3, "2027-01-01T00:00": 2}[local]


@pytest.mark.parametrize("days", [99_999, -99_999, 10**9])
def test_a_shift_out_of_the_calendar_is_refused(days: int) -> None:
    with pytest.raises(DomainError):
        dates.shift(datetime(2026, 11, 24, tzinfo=UTC), days)


@given(MOMENTS, st.integers(-1000, 1000))
def test_what_closes_before_it_opens_is_refused(opens: datetime, minutes: int) -> None:
    both = Dates(opens, opens + timedelta(minutes=minutes))
    if minutes > 0:
        dates.check(both)
    else:
        with pytest.raises(DomainError):
            dates.check(both)


@pytest.mark.parametrize("one", [UNLIMITED, Dates(opens=datetime(2026, 1, 1, tzinfo=UTC))])
def test_one_side_alone_closes_nothing_early(one: Dates) -> None:
    dates.check(one)
    assert not one.are_over(datetime(2090, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("text", "days"), [("364", 364), ("-7", -7), ("−7", -7), (" +1 ", 1), ("0", 0)])
def test_days_are_whole_and_go_either_way(text: str, days: int) -> None:
    assert dates.read_days(text) == days


@pytest.mark.parametrize("text", ["", "1,5", "7.0", "seminggu", "1234567", "--1", "٧"])
def test_other_days_are_refused(text: str) -> None:
    with pytest.raises(DomainError):
        dates.read_days(text)


@pytest.mark.parametrize("text", ["", "kemarin", "2026-13-01", "2026-02-30"])
def test_a_day_that_is_not_there_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        dates.read_day(text)


OWN = st.builds(
    lambda opens, minutes: Dates(opens, None if opens is None or minutes == 0 else opens + timedelta(minutes=minutes)),
    st.none() | MOMENTS,
    st.integers(0, 100_000),
)


@given(st.none() | OWN)
def test_the_form_says_what_it_was_drawn_with(own: Dates | None) -> None:
    assert schedule_form.entry_of(own).dates() == own


def test_always_open_and_a_date_contradict_each_other() -> None:
    assert Entry(is_unlimited=True).dates() == UNLIMITED
    with pytest.raises(DomainError):
        Entry(opens="2026-11-24T10:42", is_unlimited=True).dates()
