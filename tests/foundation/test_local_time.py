"""Times in a form's field: what is shown is read back, and nothing that a browser or a person sends is a surprise."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import DomainError
from foundation.local_time import field_value, read_moment

pytestmark = pytest.mark.pure

MINUTES = st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)


def test_a_moment_is_shown_on_the_clocks_of_the_course() -> None:
    assert field_value(datetime(2026, 11, 24, 2, 42, tzinfo=UTC)) == "2026-11-24T10:42"


@given(MINUTES)
def test_what_is_shown_is_read_back(moment: datetime) -> None:
    assert read_moment(field_value(moment)) == moment


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_is_no_moment(text: str) -> None:
    assert read_moment(text) is None


def test_seconds_are_left_out() -> None:
    assert read_moment("2026-11-24T10:42:59") == datetime(2026, 11, 24, 2, 42, tzinfo=UTC)


@pytest.mark.parametrize("text", ["besok", "24/11/2026", "2026-13-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_what_is_no_moment_of_these_years_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        read_moment(text)


@given(st.text())
def test_no_text_is_more_than_refused(text: str) -> None:
    try:
        read_moment(text)
    except DomainError as refusal:
        assert str(refusal)
