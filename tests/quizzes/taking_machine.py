"""A learner with two devices takes a quiz in any order of requests; after each one everything must still hold."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import delete, select
from werkzeug.datastructures import MultiDict

from courses import scheduling
from courses.dates import Dates
from courses.models import Evidence, Progress
from foundation.database import db
from foundation.errors import DomainError
from quizzes import models, pinning, scoring
from quizzes.forms import read_answers
from tests.cast import Cast, activity, publish
from tests.conftest import NOW
from tests.quizzes import attempt_model as model
from tests.quizzes import every_kind
from tests.quizzes.every_kind import Form, fill_in
from tests.quizzes.playing import QUIZ
from tests.sample import SAMPLE

ALLOWED, MINUTES = 2, 40
RULES = f"peran: ujian\npercobaan: {ALLOWED}\nwaktu: {MINUTES}"
TEXT = every_kind.quiz(RULES)
TEXTS = (TEXT, TEXT.replace("Siapa yang menerbitkan", "Pejabat mana yang menerbitkan"))
"""The quiz as it is online, and as its author changes it."""
DEVICES = ("telepon", "meja")
MANY = 50
"""Pages and requests that are remembered."""

seeds = st.integers(0, 2**20)
devices = st.sampled_from(DEVICES)
numbers = st.sampled_from([0, 0, 0, 0, 1, 2, 3])
"""Of attempts; 0 stands for the last one."""


@dataclass(frozen=True)
class Save:
    """A request that saves, as it left a page: it can be sent again, or late, byte for byte."""

    device: str
    number: int
    data: Mapping[str, Sequence[str]]
    is_whole: bool

    @property
    def address(self) -> str:
        return f"{QUIZ}/percobaan/{self.number}/" + ("" if self.is_whole else "jawaban")


@dataclass
class Page:
    """An open attempt as one device sees it; its script counts the saves of each question."""

    device: str
    number: int
    form: Form
    sequences: dict[int, int] = field(default_factory=dict)
    said: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    """What the controls of each question say now."""

    def __post_init__(self) -> None:
        for position in self.positions:
            self.sequences[position] = int(self.form.text(f"urutan-{position}"))
            self.said[position] = {one.name: list(one.value) for one in self.form.of_question(position)}

    @property
    def positions(self) -> range:
        return range(1, self.form.size + 1)

    def change(self, position: int, seed: int) -> None:
        self.said[position] = fill_in(self.form.of_question(position), random.Random(seed))

    def one(self, position: int) -> Save:
        self.sequences[position] += 1
        return Save(self.device, self.number, self._data([position]), is_whole=False)

    def whole(self, button: str) -> Save:
        drawn = {f"awal-{position}": [self.form.text(f"awal-{position}")] for position in self.positions}
        return Save(self.device, self.number, {**self._data(self.positions), **drawn, "tombol": [button]}, True)

    def _data(self, positions: Sequence[int]) -> dict[str, list[str]]:
        data = {"klien": [self.form.text("klien")]}
        for position in positions:
            data |= {f"urutan-{position}": [str(self.sequences[position])], **self.said[position]}
        return data


@dataclass(frozen=True)
class Around:
    """What the test around the machine lends it."""

    cast: Cast
    as_: Callable[[str], FlaskClient]
    set_clock: Callable[[datetime], None]


class Taking(RuleBasedStateMachine):
    """Made anew for each example, on the database of the test around it."""

    around: Around

    @initialize()
    def begin(self) -> None:
        self.now = NOW
        self.around.set_clock(NOW)
        self.closings: set[datetime] = set()
        self.text = 0
        _empty()
        self.cohort = self.around.cast.cohorts["satu"]
        scheduling.clear_dates(self.around.cast.ida, self.cohort, NOW)
        self._publish()
        self.quiz = model.Quiz(ALLOWED)
        self.pages: list[Page] = []
        self.sent: list[Save] = []
        self.held: list[Save] = []
        self.rows: dict[int, dict[int, Any]] = {}
        self.results: dict[int, Any] = {}
        self._sign_in()
        for device in DEVICES:
            self.start(device, 0, 1)
            self.open_page(device, 0)

    # What learners, their devices and the network do

    @rule(device=devices, number=st.sampled_from([0, 0, 0, 1, 2, 99]), times=st.sampled_from([1, 1, 2]))
    def start(self, device: str, number: int, times: int) -> None:
        """With the number that comes next, or any other."""
        number = number or len(self.quiz.attempts) + 1
        for _ in range(times):
            before = self.quiz.open
            may = self.quiz.may_start() and number not in self.quiz.attempts and not self._may_be_closed()
            reply = self.clients[device].post(f"{QUIZ}/mulai", data={"percobaan": number})
            self._see_ends()
            self._see_new_attempts()
            if before is not None or number in self.quiz.attempts or may:
                assert reply.status_code == 303, "an attempt that stands, or may be begun, is given"
            assert reply.status_code in (303, 409)

    @rule(device=devices, number=numbers)
    def open_page(self, device: str, number: int) -> None:
        number = number or len(self.quiz.attempts)
        reply = self.clients[device].get(f"{QUIZ}/percobaan/{number}/")
        self._see_ends()
        attempt = self.quiz.attempts.get(number)
        assert reply.status_code == (404 if attempt is None else 200)
        form = Form(reply.text)
        if attempt is None or attempt.is_submitted:
            assert not form.size, "nothing to answer"
            return
        for position, question in enumerate(self._questions(number), start=1):
            shown = json.loads(form.text(f"awal-{position}"))
            assert shown == attempt.standing.get(question.id, []), "a page shows the answers that count"
        self.pages = [*self.pages, Page(device, number, form)][-MANY:]

    @precondition(lambda self: self.pages)
    @rule(which=seeds, position=seeds, seed=seeds, is_held=st.sampled_from([False, False, True]))
    def answer(self, which: int, position: int, seed: int, is_held: bool) -> None:
        """With script: one question is saved as it is answered, or its save is delayed on the way."""
        page = _pick(self.pages, which)
        place = _pick(page.positions, position)
        page.change(place, seed)
        save = page.one(place)
        if is_held:
            self.held.append(save)
        else:
            self._send(save)

    @precondition(lambda self: self.pages)
    @rule(which=seeds, changes=st.lists(st.tuples(seeds, seeds), max_size=3), button=st.sampled_from(["1", "kirim"]))
    def send_page(self, which: int, changes: list[tuple[int, int]], button: str) -> None:
        """Without script: the whole page, of which some questions were changed; the same page may be gone back to."""
        page = _pick(self.pages, which)
        for position, seed in changes:
            page.change(_pick(page.positions, position), seed)
        self._send(page.whole(button))

    @precondition(lambda self: self.pages)
    @rule(
        which=seeds,
        position=seeds,
        sequence=st.integers(0, 5),
        seed=seeds,
        drawn=st.sampled_from(["", "[]", "{", '["x"]']),
    )
    def invent(self, which: int, position: int, sequence: int, seed: int, drawn: str) -> None:
        """Somebody writes a request by hand, with any sequence and any drawn answer."""
        page = _pick(self.pages, which)
        place = _pick(page.positions, position)
        page.change(place, seed)
        data = {**page.one(place).data, f"urutan-{place}": [str(sequence)], f"awal-{place}": [drawn]}
        self._send(Save(page.device, page.number, data, is_whole=False))

    @precondition(lambda self: self.sent)
    @rule(which=seeds)
    def repeat(self, which: int) -> None:
        self._send(_pick(self.sent, which))

    @precondition(lambda self: self.held)
    @rule(which=seeds)
    def arrive_late(self, which: int) -> None:
        self._send(self.held.pop(which % len(self.held)))

    @rule(
        device=devices,
        number=numbers,
        is_sure=st.sampled_from([False, True]),
        times=st.sampled_from([1, 1, 2]),
        tries_again=st.booleans(),
    )
    def submit(self, device: str, number: int, is_sure: bool, times: int, tries_again: bool) -> None:
        """The page that asks once more, then perhaps the sending, then perhaps another try."""
        number = number or len(self.quiz.attempts)
        asked = self.clients[device].get(f"{QUIZ}/percobaan/{number}/kirim")
        self._see_ends()
        attempt = self.quiz.attempts.get(number)
        assert asked.status_code == (404 if attempt is None else 302 if attempt.is_submitted else 200)
        if not is_sure:
            return
        for _ in range(times):
            reply = self.clients[device].post(f"{QUIZ}/percobaan/{number}/kirim")
            assert reply.status_code == (404 if attempt is None else 303)
        if attempt is not None and not attempt.is_submitted and self._row(number).submitted_at == self.now:
            assert not attempt.is_over(self.now), "time over is over, however late it is sent"
            attempt.is_submitted = True
        self._see_ends()
        assert attempt is None or attempt.is_submitted, "sent is sent"
        if tries_again:
            self.start(device, 0, times)
            self.open_page(device, 0)

    # What happens around them

    @rule(minutes=st.sampled_from([1, 1, 1, 7, MINUTES + 1]))
    def wait(self, minutes: int) -> None:
        """Signed in again, since a day may go by."""
        self.now += timedelta(minutes=minutes)
        self.around.set_clock(self.now)
        self._sign_in()

    @rule()
    def sweep(self) -> None:
        """Attempts whose time is over are closed by the server itself, where it does that."""
        app = self.clients["meja"].application
        if "close" in getattr(app.cli.commands.get("quizzes"), "commands", {}):
            db.session.rollback()
            result = app.test_cli_runner().invoke(args=["quizzes", "close"])
            assert result.exit_code == 0, result.output
            self._see_ends()
            assert not any(a.is_over(self.now) for a in self.quiz.attempts.values() if not a.is_submitted)

    @rule()
    def change_the_file(self) -> None:
        self.text = 1 - self.text
        self._publish()

    @rule(closes_in=st.sampled_from([None, None, 600, 60, 5, -30]))
    def move_dates(self, closes_in: int | None) -> None:
        closes = None if closes_in is None else self.now + timedelta(minutes=closes_in)
        db.session.rollback()
        scheduling.set_dates(
            self.around.cast.ida, self.cohort, {activity("kuis-sister-city"): Dates(closes=closes)}, self.now
        )
        self.closings |= {closes} if closes else set()

    # What must hold after each of them

    @invariant()
    def at_most_one_attempt_is_open_and_numbers_run_on(self) -> None:
        rows = self._rows()
        assert sum(row.is_open for row in rows) <= 1
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert len(rows) <= ALLOWED
        assert {row.number: row.is_open for row in rows} == {
            number: not attempt.is_submitted for number, attempt in self.quiz.attempts.items()
        }

    @invariant()
    def no_acknowledged_answer_is_lost(self) -> None:
        for row in self._rows():
            attempt = self.quiz.attempts[row.number]
            found = {
                one.id: model.Kept(one.question, one.client, tuple(one.value), one.is_stale)
                for one in db.session.scalars(select(models.Answer).where(models.Answer.attempt_id == row.id))
            }
            assert found.items() >= self.rows.get(row.id, {}).items(), "a row of the log was changed"
            self.rows[row.id] = found
            assert model.as_log(found) == attempt.log
            counting: dict[str, list[str]] = {}
            for one in model.as_log(found):
                if not one.is_stale:
                    counting[one.question] = list(one.value)
            assert counting == attempt.standing

    @invariant()
    def what_is_submitted_stays(self) -> None:
        for row in self._rows():
            if not row.is_open:
                now = row.submitted_at, row.earned, row.maximum, row.waiting, self.quiz.attempts[row.number].standing
                assert self.results.setdefault(row.id, json.dumps(now, default=str)) == json.dumps(now, default=str)

    @invariant()
    def progress_is_what_scoring_makes_of_it(self) -> None:
        submitted = [row for row in self._rows() if not row.is_open]
        if submitted:
            before = _progress()
            scoring.score(max(submitted, key=lambda row: row.number))
            db.session.flush()
            after = _progress()
            db.session.rollback()
            assert before == after

    # Helpers

    def _send(self, save: Save) -> None:
        self.sent = [*self.sent, save][-MANY:]
        attempt = self.quiz.attempts.get(save.number)
        reply = self.clients[save.device].post(save.address, data=save.data)
        self._see_ends()
        assert attempt is not None, "pages exist of attempts only"
        if reply.status_code in (200, 303):
            assert not attempt.is_submitted
            assert not attempt.is_over(self.now), "nothing is taken after the end"
            self._acknowledge(attempt, save)
        elif reply.status_code == 409:
            assert attempt.is_submitted, "only what is submitted takes no answer"
        else:
            assert reply.status_code == 400
            assert self._answers(save) is None, "what a page of ours sends is taken"

    def _acknowledge(self, attempt: model.Attempt, save: Save) -> None:
        answers = self._answers(save)
        assert answers is not None, "what no page of ours sends is refused"
        for one in answers:
            attempt.acknowledge(save.data["klien"][0], one.question.id, one.sequence, one.value, one.drawn)

    def _answers(self, save: Save) -> Any:
        form = MultiDict([(name, value) for name, values in save.data.items() for value in values])
        try:
            return read_answers(form, self._questions(save.number))
        except DomainError:
            return None

    def _see_new_attempts(self) -> None:
        for row in self._rows():
            if row.number not in self.quiz.attempts:
                assert self.quiz.open is None
                self.quiz.attempts[row.number] = model.Attempt(row.number, row.started_at, MINUTES)
                assert row.started_at == self.now

    def _see_ends(self) -> None:
        """An attempt may be found submitted at its end by any request after it, and at no other moment."""
        for row in self._rows():
            attempt = self.quiz.attempts.get(row.number)
            if attempt is not None and not attempt.is_submitted and not row.is_open:
                assert row.submitted_at < self.now
                assert row.submitted_at in {attempt.ends_at, *self.closings}
                attempt.is_submitted = True

    def _may_be_closed(self) -> bool:
        """Whether the quiz is closed, or has been meanwhile: then attempts may end, and none begins."""
        return any(closing < self.now for closing in self.closings)

    def _rows(self) -> list[models.Attempt]:
        db.session.rollback()
        return list(db.session.scalars(select(models.Attempt).order_by(models.Attempt.number)))

    def _row(self, number: int) -> models.Attempt:
        return next(row for row in self._rows() if row.number == number)

    def _questions(self, number: int) -> Any:
        return pinning.questions_of(self._row(number))

    def _publish(self) -> None:
        db.session.rollback()
        publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": TEXTS[self.text]}), self.now)

    def _sign_in(self) -> None:
        db.session.rollback()
        self.clients = {device: self.around.as_("lena") for device in ("telepon", "meja")}


def _pick(sequence: Sequence[Any], which: int) -> Any:
    return sequence[which % len(sequence)]


def _empty() -> None:
    """Forget what learners did in the example before."""
    db.session.rollback()
    for table in (Evidence, Progress, models.Answer, models.Attempt):
        db.session.execute(delete(table))
    db.session.commit()


def _progress() -> Any:
    rows = [
        (one.activity_id, one.state, one.earned, one.maximum, one.is_passed, one.is_provisional)
        for one in db.session.scalars(select(Progress))
    ]
    told = [
        (one.activity_id, one.objective, one.item, one.earned, one.maximum, one.is_practice, one.occasion)
        for one in db.session.scalars(select(Evidence))
    ]
    return sorted(rows), sorted(told)
