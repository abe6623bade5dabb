"""No sequence of requests loses an acknowledged answer, makes a second open attempt, or changes a submitted one.

Over HTTP, on a real database; see docs/attempts.md. That the machine would notice is tried with faults put in.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from foundation import clock
from quizzes import attempts, queries, saves
from quizzes.attempts import Save, Saved, judge_save
from quizzes.saves import Kept, Ruling
from tests.cast import Cast
from tests.quizzes import attempt_model as model
from tests.quizzes import every_kind
from tests.quizzes.taking_machine import EXAM, PRACTICE, Around, Edition, Taking

As = Callable[[str], FlaskClient]
RULE = saves.rule

USUAL = settings(max_examples=13, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
SEARCH = settings(
    max_examples=400,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    report_multiple_bugs=False,
    phases=[Phase.generate],
    database=None,
    suppress_health_check=list(HealthCheck),
)
"""Long enough for a fault to be found; it need not be made short."""


@pytest.fixture
def taking(cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch) -> type[Taking]:
    """The machine, on this test's database."""

    # An example that fails is tried again: it must meet the same order of options, and nothing else left to chance.
    monkeypatch.setattr(secrets, "randbits", lambda bits: 393)

    class Here(Taking):
        editions = EXAM
        around = Around(cast, as_, lambda moment: monkeypatch.setattr(clock, "now", lambda: moment))

    return Here


@pytest.mark.parametrize("editions", [EXAM, PRACTICE], ids=["exam", "practice"])
def test_whatever_requests_come_in_whatever_order(taking: type[Taking], editions: Sequence[Edition]) -> None:
    taking.editions = editions
    run_state_machine_as_test(taking, settings=USUAL)


def counts_late_saves(monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(*arguments: Any) -> tuple[Save, int]:
        judged, sequence = judge_save(*arguments)
        return (Save.NEW if judged is Save.STALE else judged), sequence

    monkeypatch.setattr(saves, "judge_save", judge)


def forgets_what_a_page_was_drawn_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        saves, "judge_save", lambda before, sequence, value, _: judge_save(before, sequence, value, None)
    )


def never_runs_out_of_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "check_may_start", lambda *_: None)


def lets_a_highest_sequence_win_over_the_last_device(monkeypatch: pytest.MonkeyPatch) -> None:
    def last_answers(attempt_id: int) -> dict[str, list[str]]:
        from foundation.database import db
        from quizzes.models import Answer

        rows = (
            db.session.query(Answer)
            .filter_by(attempt_id=attempt_id, is_stale=False)
            .order_by(Answer.sequence, Answer.id.desc())
        )
        return {row.question: row.value for row in rows}

    monkeypatch.setattr(queries, "last_answers", last_answers)


def takes_answers_after_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "deadline", lambda *_: None)


def lets_what_was_checked_be_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    def rule(kept: Sequence[Kept], *arguments: Any, **named: Any) -> Ruling:
        return RULE([replace(one, is_final=False) for one in kept], *arguments, **named)

    monkeypatch.setattr(saves, "rule", rule)


def checks_what_is_not_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    def rule(*arguments: Any, is_check: bool) -> Ruling:
        ruling = RULE(*arguments, is_check=is_check)
        return replace(ruling, is_final=is_check and ruling.is_kept and not ruling.is_stale)

    monkeypatch.setattr(saves, "rule", rule)


def gives_all_keys_with_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = queries.checked_questions
    monkeypatch.setattr(
        queries, "checked_questions", lambda id: every_kind.CHECKABLE if checked(id) else frozenset[str]()
    )


def gives_keys_away_in_an_exam(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "tells_at_once", lambda _: True)


@pytest.mark.parametrize(
    ("break_it", "editions"),
    [
        (counts_late_saves, EXAM),
        (forgets_what_a_page_was_drawn_with, EXAM),
        (never_runs_out_of_attempts, EXAM),
        (lets_a_highest_sequence_win_over_the_last_device, EXAM),
        (takes_answers_after_the_end, EXAM),
        (gives_keys_away_in_an_exam, EXAM),
        (lets_what_was_checked_be_changed, PRACTICE),
        (checks_what_is_not_answered, PRACTICE),
        (gives_all_keys_with_the_first, PRACTICE),
    ],
)
def test_the_machine_finds_a_fault(
    taking: type[Taking],
    monkeypatch: pytest.MonkeyPatch,
    break_it: Callable[[pytest.MonkeyPatch], None],
    editions: Sequence[Edition],
) -> None:
    taking.editions = editions
    break_it(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(taking, settings=SEARCH)


class Saving(RuleBasedStateMachine):
    """The same comparison of saves alone, where no request is needed: many more of them."""

    def __init__(self) -> None:
        super().__init__()
        self.attempt = model.Attempt(1, None, None)  # type: ignore[arg-type]
        self.saves: dict[str, list[Saved]] = {}
        self.standing: dict[str, list[str]] = {}
        self.kept = 0

    @rule(
        client=st.sampled_from("ab"),
        sequence=st.integers(1, 4),
        value=st.lists(st.sampled_from("xy"), max_size=1),
        drawn=st.none() | st.lists(st.sampled_from("xy"), max_size=1),
    )
    def save(self, client: str, sequence: int, value: list[str], drawn: list[str] | None) -> None:
        before = self.saves.setdefault(client, [])
        judged, sequence_kept = judge_save(before, sequence, value, drawn)
        self.attempt.acknowledge(client, "q", sequence, value, drawn)
        if judged in (Save.NEW, Save.STALE):
            assert all(saved.sequence != sequence_kept for saved in before), "no row is written over"
            before.append(Saved(sequence_kept, value))
            self.kept += 1
        if judged is Save.NEW:
            self.standing["q"] = value

    @invariant()
    def both_sides_say_the_same(self) -> None:
        assert self.kept == len(self.attempt.log)
        assert self.standing == self.attempt.standing


TestSaving = pytest.mark.pure(Saving.TestCase)
