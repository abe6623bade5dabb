"""Which rule holds for whom: a learner's exception, the cohort's, the cohort's dates, the file."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from courses.dates import Dates
from foundation.errors import DomainError
from quizzes import attempts, exemptions
from quizzes.exemptions import Exemption
from quizzes.quiz import QuizHead
from quizzes.terms import terms

pytestmark = pytest.mark.pure

NOW = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)
FILE = QuizHead(title="Kuis", minutes_allowed=30, attempts=3)
COHORT = Dates(NOW, NOW + timedelta(days=7))


@dataclass(frozen=True)
class Exempt:
    minutes_allowed: int | None = None
    attempts: int | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    reason: str = "Sakit."


LATER, LATEST = NOW + timedelta(days=8), NOW + timedelta(days=9)


@pytest.mark.parametrize(
    ("of_cohort", "of_learner", "minutes", "allowed", "opens", "closes"),
    [
        (None, None, 30, 3, NOW, COHORT.closes),
        (Exempt(minutes_allowed=45), None, 45, 3, NOW, COHORT.closes),
        (Exempt(minutes_allowed=45), Exempt(minutes_allowed=60), 60, 3, NOW, COHORT.closes),
        (Exempt(minutes_allowed=45), Exempt(attempts=5), 45, 5, NOW, COHORT.closes),
        (Exempt(minutes_allowed=0), None, None, 3, NOW, COHORT.closes),
        (Exempt(minutes_allowed=45), Exempt(minutes_allowed=0), None, 3, NOW, COHORT.closes),
        (None, Exempt(attempts=0), 30, 0, NOW, COHORT.closes),
        (Exempt(closes=LATER), Exempt(closes=LATEST), 30, 3, NOW, LATEST),
        (Exempt(closes=LATER), Exempt(opens=LATER), 30, 3, LATER, LATER),
        (Exempt(opens=LATER, attempts=1), Exempt(minutes_allowed=60), 60, 1, LATER, COHORT.closes),
    ],
)
def test_the_nearest_wins_rule_by_rule(
    of_cohort: Exempt | None,
    of_learner: Exempt | None,
    minutes: int | None,
    allowed: int,
    opens: datetime,
    closes: datetime,
) -> None:
    found = terms(FILE, COHORT, of_cohort, of_learner)
    assert (found.rules.minutes_allowed, found.rules.attempts) == (minutes, allowed)
    assert found.dates == Dates(opens, closes)


def test_what_a_learner_is_told_is_only_what_holds() -> None:
    found = terms(FILE, COHORT, Exempt(minutes_allowed=45, attempts=5), Exempt(minutes_allowed=60, reason="Puasa."))
    assert [(one.minutes_allowed, one.attempts, one.reason) for one in found.granted] == [
        (60, None, "Puasa."),
        (None, 5, "Sakit."),
    ]


@pytest.mark.parametrize(
    ("of_cohort", "of_learner"),
    [
        (Exempt(minutes_allowed=45), Exempt(minutes_allowed=60)),
        (Exempt(attempts=5), Exempt(attempts=6)),
        (Exempt(opens=LATER), Exempt(opens=LATEST)),
        (Exempt(closes=LATER), Exempt(closes=LATEST)),
    ],
)
def test_of_an_exception_that_another_wins_over_nothing_is_told(of_cohort: Exempt, of_learner: Exempt) -> None:
    (told,) = terms(FILE, COHORT, of_cohort, of_learner).granted
    assert vars(told) == vars(of_learner)


@pytest.mark.parametrize(
    ("of_cohort", "of_learner", "pinned"),
    [
        (None, None, None),
        (Exempt(attempts=2), None, None),
        (Exempt(minutes_allowed=45), None, 45),
        (Exempt(minutes_allowed=45), Exempt(minutes_allowed=0), 0),
    ],
)
def test_an_attempt_pins_the_time_that_an_exception_gives(
    of_cohort: Exempt | None, of_learner: Exempt | None, pinned: int | None
) -> None:
    assert terms(FILE, COHORT, of_cohort, of_learner).minutes_by_exception == pinned


@pytest.mark.parametrize(
    ("minutes", "closes_after", "ends_after"),
    [
        (None, None, None),
        (30, None, 30),
        (None, 10, 10),
        (30, 10, 10),
        (30, 60, 30),
        (30, -1, 30),
        (None, -1, None),
        (30, 0, 0),
        (None, 0, 0),
    ],
)
def test_an_attempt_ends_by_its_time_or_the_closing_whichever_comes_first(
    minutes: int | None, closes_after: int | None, ends_after: int | None
) -> None:
    closes = None if closes_after is None else NOW + timedelta(minutes=closes_after)
    expected = None if ends_after is None else NOW + timedelta(minutes=ends_after)
    assert attempts.end(NOW, minutes, closes) == expected


def test_the_last_moment_is_not_over() -> None:
    assert not attempts.is_over(NOW, NOW)
    assert attempts.is_over(NOW, NOW + timedelta(microseconds=1))
    assert not attempts.is_over(None, NOW)


@pytest.mark.parametrize("text", ["-1", "1,5", "sepuluh", "²", "100000", "1" * 30, "1e3"])
def test_what_is_no_number_of_minutes_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        exemptions.read_minutes(text)


@pytest.mark.parametrize(("text", "number"), [("", None), (" ", None), ("0", 0), ("90", 90), ("10080", 10080)])
def test_minutes_are_read_as_typed(text: str, number: int | None) -> None:
    assert exemptions.read_minutes(text) == number


@pytest.mark.parametrize("text", ["", " \n ", "x" * 501])
def test_a_reason_is_wanted(text: str) -> None:
    with pytest.raises(DomainError):
        exemptions.read_reason(text)


@pytest.mark.parametrize(
    "wanted", [Exemption(None, None, None, None, "x"), Exemption(None, None, LATER, NOW, "x")], ids=["nothing", "dates"]
)
def test_an_exception_from_nothing_and_one_turned_round_are_refused(wanted: Exemption) -> None:
    with pytest.raises(DomainError):
        exemptions.check(wanted)


def test_the_log_keeps_every_rule() -> None:
    wanted = Exemption(0, 5, NOW, None, "x")
    assert exemptions.told(wanted) == "waktu 0, percobaan 5, buka 2026-11-24T10:42"
