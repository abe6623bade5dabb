"""Latihan ulang: what counts as recall, what is due when, how much a day. Pure."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from foundation.local_time import WITA
from quizzes import practice
from quizzes.practice import PER_DAY, Card, Memory, Today, practised

pytestmark = pytest.mark.pure

NOW = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)  # 10.42 in Makassar
DAY = timedelta(days=1)

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
shares = st.fractions(0, 1, max_denominator=12)
memories = st.builds(
    Memory,
    stability=st.floats(0.001, 400),
    difficulty=st.floats(1, 10),
    at=st.datetimes(datetime(2025, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)),
)


@st.composite
def cards(draw: st.DrawFn) -> list[Card]:
    number = draw(st.integers(0, 30))
    found = []
    for index in range(number):
        memory = draw(
            st.none() | st.builds(Memory, st.floats(0.001, 400), st.floats(1, 10), st.just(NOW - DAY * index))
        )
        planned = None if memory is None else practice.next_day(memory.at, draw(st.integers(1, 40)))
        missed = NOW - timedelta(hours=draw(st.integers(0, 1000)))
        found.append(Card(index % 3, f"q{index}", draw(st.sampled_from(["", "A", "B"])), missed, memory, planned))
    return found


def card(question: str = "q", missed: timedelta = DAY, **more: object) -> Card:
    return Card(1, question, "", NOW - missed, **more)  # type: ignore[arg-type]


def today(found: list[Card], now: datetime, gone: int = 0) -> Today:
    """With so many answered today that are no card any more."""
    times = [one.memory.at for one in found if one.memory is not None]
    return practice.today(found, [*times, *[now] * gone], now)


class TestRecall:
    @pytest.mark.parametrize(
        ("share", "rating"),
        [
            (Fraction(1), Rating.Good),
            (Fraction(99, 100), Rating.Hard),
            (Fraction(3, 4), Rating.Hard),
            (Fraction(1, 2), Rating.Again),
            (Fraction(1, 4), Rating.Again),
            (Fraction(0), Rating.Again),
        ],
    )
    def test_everything_is_good_more_than_half_is_hard_the_rest_is_forgotten(
        self, share: Fraction, rating: Rating
    ) -> None:
        assert practice.rating(share) is rating

    @given(shares)
    def test_easy_is_never_guessed(self, share: Fraction) -> None:
        assert practice.rating(share) is not Rating.Easy


class TestComingBack:
    def test_a_missed_question_that_is_recalled_each_time_is_asked_less_and_less(self) -> None:
        """FSRS-6's own default parameters; the first recall counts little, so soon after the miss."""
        asked, at, found = card(missed=timedelta(0)), NOW, []
        for _turn in range(6):
            memory, due = practised(asked, Fraction(1), at)
            found.append(practice.days_until(due, at))
            asked, at = card(missed=timedelta(0), memory=memory, planned=due), due + timedelta(hours=5)
        assert found == [1, 2, 6, 18, 45, 105]
        assert asked.is_learned

    @pytest.mark.parametrize("hour", [0, 2, 15, 16, 23])
    def test_a_day_is_a_day_of_the_calendar_in_wita(self, hour: int) -> None:
        at = NOW.replace(hour=hour)
        _memory, due = practised(card(), Fraction(0), at)
        assert due.astimezone(WITA).date() == at.astimezone(WITA).date() + DAY
        assert (due.astimezone(WITA).hour, due.astimezone(WITA).minute) == (0, 0)

    @given(shares, st.none() | memories, moments)
    def test_it_is_never_due_before_the_next_day_nor_after_a_year(
        self, share: Fraction, memory: Memory | None, at: datetime
    ) -> None:
        _memory, due = practised(Card(1, "q", "", at - 900 * DAY, memory), share, at)
        assert 1 <= practice.days_until(due, at) <= 365
        assert due > at

    @given(shares, shares, st.none() | memories, moments)
    def test_a_better_answer_never_comes_back_sooner(
        self, one: Fraction, other: Fraction, memory: Memory | None, at: datetime
    ) -> None:
        asked = Card(1, "q", "", at - 900 * DAY, memory)
        worse, better = (practised(asked, share, at) for share in sorted((one, other)))
        assert better[1] >= worse[1]
        assert better[0].stability >= worse[0].stability

    @given(memories, st.integers(1, 300))
    def test_what_is_recalled_comes_later_than_what_is_forgotten(self, memory: Memory, days: int) -> None:
        at = memory.at + days * DAY
        asked = Card(1, "q", "", memory.at - DAY, memory)
        recalled, forgotten = (practised(asked, Fraction(share), at)[0] for share in (1, 0))
        assert recalled.stability > memory.stability >= forgotten.stability

    @given(shares, st.none() | memories, moments)
    def test_the_same_answer_always_gives_the_same_day(
        self, share: Fraction, memory: Memory | None, at: datetime
    ) -> None:
        asked = Card(1, "q", "", at - 900 * DAY, memory)
        assert practised(asked, share, at) == practised(asked, share, at)

    @given(memories, shares)
    def test_a_miss_elsewhere_is_a_failed_recall_of_what_was_known(self, memory: Memory, share: Fraction) -> None:
        planned = practice.next_day(memory.at)
        forgotten, _due = practised(card(missed=1000 * DAY, memory=memory, planned=planned), Fraction(0), NOW - DAY)
        both = practised(card(missed=1000 * DAY, memory=forgotten, planned=planned), share, NOW)
        assert practised(card(missed=DAY, memory=memory, planned=planned), share, NOW) == both

    def test_a_miss_elsewhere_counts_as_forgotten(self) -> None:
        memory = Memory(40.0, 5.0, NOW - 20 * DAY)
        kept = Card(1, "q", "", NOW - 30 * DAY, memory, NOW + 20 * DAY)
        missed = Card(1, "q", "", NOW - DAY, memory, NOW + 20 * DAY)
        assert (kept.due, missed.due) == (NOW + 20 * DAY, NOW - DAY)
        assert practised(missed, Fraction(1), NOW)[0].stability < practised(kept, Fraction(1), NOW)[0].stability


class TestToday:
    @given(cards())
    def test_never_more_than_a_few_a_day(self, found: list[Card]) -> None:
        day = today(found, NOW)
        assert len(day.cards) + min(day.answered, PER_DAY) <= PER_DAY
        assert all(one.due <= NOW and not one.is_learned and not one.is_practised_on(NOW) for one in day.cards)
        assert len(set(day.cards)) == len(day.cards)
        assert (day.next_at is None) == (day.later == 0)
        assert day.next_at is None or day.next_at > NOW

    @given(cards(), st.data())
    def test_answering_day_by_day_never_exceeds_the_measure(self, found: list[Card], data: st.DataObject) -> None:
        at = NOW
        for _day in range(3):
            answered = 0
            while day := today(found, at).cards:
                memory, due = practised(day[0], data.draw(shares), at)
                done = Card(day[0].activity_id, day[0].question, day[0].objective, day[0].missed_at, memory, due)
                found = [done if one == day[0] else one for one in found]
                answered += 1
            assert answered <= PER_DAY
            at += DAY

    @given(cards(), st.randoms())
    def test_the_order_they_are_found_in_changes_nothing(self, found: list[Card], chance: object) -> None:
        mixed = list(found)
        chance.shuffle(mixed)  # type: ignore[attr-defined]
        assert today(mixed, NOW) == today(found, NOW)

    def test_first_what_is_due_longest_then_by_objective(self) -> None:
        found = [
            Card(1, "c", "B", NOW - DAY),
            Card(1, "b", "A", NOW - DAY),
            Card(2, "a", "A", NOW - DAY),
            Card(1, "z", "Z", NOW - 2 * DAY),
        ]
        assert [one.question for one in today(found, NOW).cards] == ["z", "b", "a", "c"]

    def test_nothing_missed_is_nothing_to_do(self) -> None:
        assert today([], NOW) == Today((), 0, False, 0, None)

    def test_what_is_learned_rests_until_it_is_missed_again(self) -> None:
        memory = Memory(practice.LEARNED_DAYS, 5.0, NOW - 70 * DAY)
        kept = card(missed=80 * DAY, memory=memory, planned=NOW - DAY)
        assert today([kept], NOW) == Today((), 0, False, 0, None)
        missed = card(missed=DAY, memory=memory, planned=NOW - DAY)
        assert today([missed], NOW).cards == (missed,)

    def test_what_is_missed_after_its_practice_waits_for_the_next_day(self) -> None:
        memory = Memory(1.0, 5.0, NOW - timedelta(hours=2))
        missed = card(missed=timedelta(hours=1), memory=memory, planned=NOW + DAY)
        assert not today([missed], NOW).cards
        assert today([missed], NOW + DAY).cards == (missed,)

    @given(cards(), st.integers(0, 7))
    def test_what_is_no_card_any_more_took_its_part_of_the_day(self, found: list[Card], gone: int) -> None:
        day = today(found, NOW, gone)
        assert len(day.cards) <= max(PER_DAY - gone, 0)
        assert day.is_full == (day.answered >= PER_DAY)

    def test_a_day_begins_at_midnight_in_wita(self) -> None:
        late = Memory(1.0, 5.0, datetime(2026, 11, 24, 15, 59, tzinfo=UTC))  # 23.59
        found = [card(f"q{n}", memory=late, planned=practice.next_day(late.at)) for n in range(PER_DAY)]
        assert today(found, late.at) == Today((), PER_DAY, True, PER_DAY, practice.next_day(late.at))
        assert len(today(found, datetime(2026, 11, 24, 16, tzinfo=UTC)).cards) == PER_DAY


class TestKeeping:
    @given(memories)
    def test_a_memory_is_kept_as_json(self, memory: Memory) -> None:
        assert practice.from_json(practice.to_json(memory)) == memory

    @pytest.mark.parametrize("difficulty", [1.0, 10.0])
    def test_so_is_the_easiest_and_the_hardest(self, difficulty: float) -> None:
        memory = Memory(3.0, difficulty, NOW)
        assert practice.from_json(practice.to_json(memory)) == memory

    @pytest.mark.parametrize(
        "kept",
        [
            {},
            {"stability": 1.0, "difficulty": 5.0},
            {"stability": "banyak", "difficulty": 5.0, "at": NOW.isoformat()},
            {"stability": 0, "difficulty": 5.0, "at": NOW.isoformat()},
            {"stability": float("nan"), "difficulty": 5.0, "at": NOW.isoformat()},
            {"stability": float("inf"), "difficulty": 5.0, "at": NOW.isoformat()},
            {"stability": 1.0, "difficulty": 0.9, "at": NOW.isoformat()},
            {"stability": 1.0, "difficulty": 11, "at": NOW.isoformat()},
            {"stability": 1.0, "difficulty": 5.0, "at": "kemarin"},
            {"stability": 1.0, "difficulty": 5.0, "at": "2026-11-24T10:00:00"},
            {"stability": None, "difficulty": 5.0, "at": NOW.isoformat()},
        ],
    )
    def test_what_cannot_be_read_begins_anew(self, kept: dict[str, object]) -> None:
        assert practice.from_json(kept) is None

    def test_what_a_later_version_adds_is_left_alone(self) -> None:
        memory = Memory(3.0, 5.0, NOW)
        assert practice.from_json(practice.to_json(memory) | {"lapses": 3}) == memory
