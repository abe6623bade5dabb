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
from werkzeug.test import TestResponse

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
from tests.quizzes.every_kind import CHECKABLE, Form, fill_in
from tests.quizzes.playing import QUIZ
from tests.sample import SAMPLE

ALLOWED, MINUTES = 2, 40


@dataclass(frozen=True)
class Edition:
    """The quiz as its author has it at one time."""

    text: str
    tells_at_once: bool = False
    """Whether a question can be checked before the whole is sent."""


def _editions(rules: str, tells_at_once: bool = False) -> tuple[Edition, Edition]:
    """As it is online first, and with other words."""
    text = every_kind.quiz(f"{rules}\npercobaan: {ALLOWED}\nwaktu: {MINUTES}")
    changed = text.replace("Siapa yang menerbitkan", "Pejabat mana yang menerbitkan")
    return Edition(text, tells_at_once), Edition(changed, tells_at_once)


EXAM = _editions("peran: ujian")
PRACTICE = (
    *_editions("peran: latihan\numpan_balik: langsung", tells_at_once=True),
    _editions("peran: latihan\numpan_balik: setelah-kirim")[0],
)
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
    checks: int = 0
    """The position of the question whose "Periksa" was pressed."""

    @property
    def address(self) -> str:
        by_script = f"periksa/{self.checks}" if self.checks else "jawaban"
        return f"{QUIZ}/percobaan/{self.number}/" + ("" if self.is_whole else by_script)


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
    def positions(self) -> list[int]:
        return self.form.positions

    def change(self, position: int, seed: int) -> None:
        self.said[position] = fill_in(self.form.of_question(position), random.Random(seed))

    def one(self, position: int, *, is_check: bool = False) -> Save:
        self.sequences[position] += 1
        return Save(self.device, self.number, self._data([position]), False, position if is_check else 0)

    def whole(self, button: str, checks: int = 0) -> Save:
        drawn = {f"awal-{position}": [self.form.text(f"awal-{position}")] for position in self.positions}
        data = {**self._data(self.positions), **drawn, "tombol": [button]}
        return Save(self.device, self.number, data, True, checks)

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
    editions: Sequence[Edition]

    @initialize()
    def begin(self) -> None:
        self.now = NOW
        self.around.set_clock(NOW)
        self.closes: datetime | None = None
        self.edition = self.editions[0]
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
        self.verdicts: dict[tuple[int, int], str] = {}
        self.finals: dict[tuple[int, str], tuple[int, list[str]]] = {}
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
            reply = self.clients[device].post(f"{QUIZ}/mulai", data={"percobaan": number})
            self._see_ends(*self.quiz.attempts)
            is_closed = self.closes is not None and self.now > self.closes
            stands = self.quiz.open is not None or number in self.quiz.attempts
            begins = not stands and not is_closed and self.quiz.may_start()
            self._see_new_attempts(int(begins))
            assert reply.status_code == (303 if stands or begins else 409)
            assert not told(reply)

    @rule(device=devices, number=numbers)
    def open_page(self, device: str, number: int) -> None:
        number = number or len(self.quiz.attempts)
        reply = self.clients[device].get(f"{QUIZ}/percobaan/{number}/")
        self._see_ends(number)
        attempt = self.quiz.attempts.get(number)
        assert reply.status_code == (404 if attempt is None else 200)
        form = Form(reply.text)
        if attempt is None or attempt.is_submitted:
            assert not form.positions, "nothing to answer"
            assert attempt is not None or not told(reply)
            return
        self._see_checked(attempt, reply)
        for position, question in enumerate(self._questions(number), start=1):
            is_final = question.id in attempt.final
            assert (position in form.positions) is not is_final, "what was checked is closed"
            offers = self.edition.tells_at_once and question.id in CHECKABLE and not is_final
            assert (f'value="periksa-{position}"' in reply.text) is offers
            if not is_final:
                shown = json.loads(form.text(f"awal-{position}"))
                assert shown == attempt.standing.get(question.id, []), "a page shows the answers that count"
            elif self.edition.tells_at_once:
                assert self.verdicts.get((number, position), "") in reply.text
        self.pages = [*self.pages, Page(device, number, form)][-MANY:]

    @precondition(lambda self: self.pages)
    @rule(which=seeds, position=seeds, seed=seeds, is_held=st.sampled_from([False, False, True]))
    def answer(self, which: int, position: int, seed: int, is_held: bool) -> None:
        """With script: one question is saved as it is answered, or its save is delayed on the way."""
        page = _pick(self.pages, which)
        place = _pick(page.positions, position)
        page.change(place, seed)
        save = page.one(place)
        self._send_or_hold(save, is_held)

    @precondition(lambda self: self.pages)
    @rule(
        which=seeds,
        position=seeds,
        seed=st.none() | seeds,
        is_whole=st.booleans(),
        times=st.sampled_from([1, 1, 2]),
        is_held=st.sampled_from([False, False, False, True]),
    )
    def check(self, which: int, position: int, seed: int | None, is_whole: bool, times: int, is_held: bool) -> None:
        """Periksa: with script or without, of a new answer or the one that is there, on a page as old as may be."""
        page = _pick(self.pages, which)
        place = _pick(page.positions, position)
        if seed is not None:
            page.change(place, seed)
        save = page.whole(f"periksa-{place}", place) if is_whole else page.one(place, is_check=True)
        for _ in range(times):
            self._send_or_hold(save, is_held)

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
        self._see_ends(number)
        attempt = self.quiz.attempts.get(number)
        assert asked.status_code == (404 if attempt is None else 302 if attempt.is_submitted else 200)
        assert not told(asked)
        if not is_sure:
            return
        for _ in range(times):
            reply = self.clients[device].post(f"{QUIZ}/percobaan/{number}/kirim")
            assert reply.status_code == (404 if attempt is None else 303)
        if attempt is not None and not attempt.is_submitted and self._row(number).submitted_at == self.now:
            assert not self._is_over(attempt), "time over is over, however late it is sent"
            attempt.is_submitted = True
        self._see_ends(number)
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
            self._see_ends(*self.quiz.attempts)

    @rule(which=seeds)
    def change_the_file(self, which: int) -> None:
        self.edition = _pick([one for one in self.editions if one != self.edition], which)
        self._publish()

    @rule(closes_in=st.sampled_from([None, None, 600, 60, 5, -30]))
    def move_dates(self, closes_in: int | None) -> None:
        closes = None if closes_in is None else self.now + timedelta(minutes=closes_in)
        db.session.rollback()
        scheduling.set_dates(
            self.around.cast.ida, self.cohort, {activity("kuis-sister-city"): Dates(closes=closes)}, self.now
        )
        self.closes = closes

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
                one.id: model.Kept(one.question, one.client, tuple(one.value), one.is_stale, one.is_final)
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
    def a_final_answer_is_the_last_word(self) -> None:
        """Told by the rows alone, whatever the model makes of them."""
        for row in self._rows():
            counting: dict[str, tuple[int, list[str]]] = {}
            query = select(models.Answer).where(models.Answer.attempt_id == row.id).order_by(models.Answer.id)
            for one in db.session.scalars(query):
                if one.is_final:
                    assert one.value, "nothing answered is nothing to check"
                    assert self.finals.setdefault((row.id, one.question), (one.id, one.value)) == (one.id, one.value)
                if not one.is_stale:
                    counting[one.question] = one.id, one.value
            for (attempt_id, question), final in self.finals.items():
                assert attempt_id != row.id or counting[question] == final

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

    def _send_or_hold(self, save: Save, is_held: bool) -> None:
        if is_held:
            self.held.append(save)
        else:
            self._send(save)

    def _send(self, save: Save) -> None:
        self.sent = [*self.sent, save][-MANY:]
        attempt = self.quiz.attempts.get(save.number)
        assert attempt is not None, "pages exist of attempts only"
        reply = self.clients[save.device].post(save.address, data=save.data)
        answers = self._answers(save)
        if answers is None:
            assert reply.status_code == 400, "what no page of ours sends is refused"
            self._see_ends()
            assert not told(reply)
            return
        self._see_ends(save.number)
        if attempt.is_submitted:
            assert reply.status_code == 409, "only what is open takes answers"
            assert not told(reply)
        elif save.checks and not self._may_check(save):
            assert reply.status_code == 409, "a key leaves only where it may"
            assert not told(reply)
        else:
            self._acknowledge(attempt, save, answers)
            self._see_reply(attempt, save, reply)

    def _may_check(self, save: Save) -> bool:
        return self.edition.tells_at_once and self._question(save) in CHECKABLE

    def _question(self, save: Save) -> str:
        """The id of the one to be checked; "" for none."""
        return str(self._questions(save.number)[save.checks - 1].id) if save.checks else ""

    def _acknowledge(self, attempt: model.Attempt, save: Save, answers: Any) -> None:
        checked = self._question(save)
        for one in answers:
            told_by = save.data["klien"][0], one.question.id, one.sequence, one.value, one.drawn
            attempt.acknowledge(*told_by, is_check=one.question.id == checked)

    def _see_reply(self, attempt: model.Attempt, save: Save, reply: TestResponse) -> None:
        """A save is told when it was kept; Periksa by script shows the question judged, once there is an answer."""
        if save.is_whole or not save.checks:
            assert reply.status_code == (303 if save.is_whole else 200)
            assert not told(reply)
        elif self._question(save) not in attempt.final:
            assert reply.status_code == 400, "there is nothing to judge"
            assert not told(reply)
        else:
            assert reply.status_code == 200
            assert set(told(reply)) == {self._question(save)}, "its key, and no other"
            judged = reply.text.partition('<ol class="numbers">')[0].strip()
            verdict = self.verdicts.setdefault((save.number, save.checks), judged)
            assert verdict == judged, "marked once, and for good"

    def _see_checked(self, attempt: model.Attempt, reply: TestResponse) -> None:
        """Of an open attempt only the keys of what was checked are shown, and only while the quiz gives them away."""
        assert set(told(reply)) == (attempt.final if self.edition.tells_at_once else set())

    def _answers(self, save: Save) -> Any:
        form = MultiDict([(name, value) for name, values in save.data.items() for value in values])
        try:
            return read_answers(form, self._questions(save.number))
        except DomainError:
            return None

    def _see_new_attempts(self, expected: int) -> None:
        new = [row for row in self._rows() if row.number not in self.quiz.attempts]
        assert len(new) == expected
        for row in new:
            self.quiz.attempts[row.number] = model.Attempt(row.number, row.started_at, MINUTES)
            assert row.started_at == self.now

    def _see_ends(self, *looked_at: int) -> None:
        """An attempt is found submitted at the end it has by now, and at no other moment.

        Once its end has passed, whatever looks at it finds it so.
        """
        for row in self._rows():
            attempt = self.quiz.attempts.get(row.number)
            if attempt is None or attempt.is_submitted:
                continue
            if not row.is_open:
                assert self._is_over(attempt)
                assert row.submitted_at == attempt.end(self.closes)
                attempt.is_submitted = True
            assert attempt.is_submitted or row.number not in looked_at or not self._is_over(attempt)

    def _is_over(self, attempt: model.Attempt) -> bool:
        end = attempt.end(self.closes)
        return end is not None and self.now > end

    def _rows(self) -> list[models.Attempt]:
        db.session.rollback()
        return list(db.session.scalars(select(models.Attempt).order_by(models.Attempt.number)))

    def _row(self, number: int) -> models.Attempt:
        return next(row for row in self._rows() if row.number == number)

    def _questions(self, number: int) -> Any:
        return pinning.questions_of(self._row(number))

    def _publish(self) -> None:
        db.session.rollback()
        publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": self.edition.text}), self.now)

    def _sign_in(self) -> None:
        db.session.rollback()
        self.clients = {device: self.around.as_("lena") for device in ("telepon", "meja")}


def told(reply: TestResponse) -> dict[str, set[str]]:
    """The secrets in a reply, head and body, by the question they are of."""
    return every_kind.told(f"{reply.headers}\n{reply.get_data(as_text=True)}")


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
