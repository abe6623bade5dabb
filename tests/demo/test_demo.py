"""The demo: accounts that are shown only where they may be, and a cohort whose answers follow the model."""

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func

from accounts import actions, queries
from accounts.models import Person
from cohorts.models import Enrolment, GroupMember
from courses.models import Progress
from demo import cli, cohort, people, responses
from foundation.database import db
from foundation.errors import DomainError
from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.blanks import Blanks, Gap, Menu
from quizzes.choices import Choice
from quizzes.kinds import kind_of
from quizzes.models import Answer, Attempt
from quizzes.numbers import Number
from quizzes.options import Option, key_of
from quizzes.plain_lists import Matching, Ordering, Pair
from quizzes.rubrics import Essay
from quizzes.scales import Comment, Scale
from quizzes.words import Credit
from tests.cast import publish
from tests.conftest import NOW
from tests.sample import SAMPLE


@pytest.fixture
def instance(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    return tmp_path


def test_it_can_be_prepared_twice(app: Flask, instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(SAMPLE, NOW)
    monkeypatch.setattr(cohort, "SIZE", 20)
    cli.prepare()
    password = people.kept_password(instance)
    cli.prepare()
    assert people.kept_password(instance) == password
    assert password is not None
    assert {person.username for person in db.session.query(Person).filter_by(is_demo=True)} == set(people.CAST)
    for username in people.CAST:
        actions.sign_in(username, password, NOW)
    praja = queries.get_person("praja")
    assert db.session.query(Progress).join(Progress.enrolment).filter(Enrolment.person_id == praja.id).count() == 0


def test_it_shows_a_cohort_at_work(app: Flask, instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(SAMPLE, NOW)
    monkeypatch.setattr(cohort, "SIZE", 20)
    cli.prepare()
    sizes = [size for (size,) in db.session.query(func.count(GroupMember.id)).group_by(GroupMember.group_id)]
    assert sum(sizes) == 20
    assert max(sizes) - min(sizes) <= 1
    client = app.test_client()
    client.post("/masuk", data={"username": "praja", "password": people.kept_password(instance)})
    assert "Selamat datang" in client.get("/").text


def test_the_password_is_shown_at_this_machine_only(
    app: Flask, instance: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(SAMPLE, NOW)
    monkeypatch.setattr(cohort, "SIZE", 5)
    cli.prepare()
    password = people.kept_password(instance)
    assert password is not None
    assert f"data-demo-password>{password}<" in app.test_client().get("/masuk").text
    elsewhere = app.test_client().get("/masuk", environ_base={"REMOTE_ADDR": "192.0.2.7"}).text
    assert "data-demo-password" not in elsewhere
    monkeypatch.setitem(app.config, "HOST", "0.0.0.0")
    capsys.readouterr()
    cli.prepare()
    told = capsys.readouterr().out.strip().rpartition(" ")[2]
    assert "data-demo-password" not in app.test_client().get("/masuk").text
    actions.sign_in("admin", told, NOW)
    with pytest.raises(DomainError):
        actions.sign_in("admin", password, NOW)


class TestTheInventedCohort:
    def test_it_is_labelled_cannot_sign_in_and_answers_every_quiz(self, app: Flask) -> None:
        publish(SAMPLE, NOW)
        made = cohort.make("contoh", "rekaan", NOW, size=60)
        db.session.commit()
        learners = db.session.query(Person).filter_by(is_synthetic=True).all()
        assert (len(learners), made.is_synthetic) == (60, True)
        assert all(person.password_hash is None for person in learners)
        assert len({person.name for person in learners}) == 60
        attempts = db.session.query(Attempt).all()
        assert {attempt.activity.key for attempt in attempts} == {"kuis-sister-city", "latihan-sister-city"}
        assert db.session.query(Answer).count() > len(attempts)
        for attempt in attempts:
            assert attempt.earned is not None and attempt.maximum == 4
            assert 0 <= attempt.earned <= 4

    def test_the_number_of_queries_does_not_grow_with_the_learners(self, app: Flask, queries: list[str]) -> None:
        publish(SAMPLE, NOW)
        counts = []
        for slug, size in (("pemanasan", 5), ("kecil", 5), ("besar", 60)):
            queries.clear()
            cohort.make("contoh", slug, NOW, size)
            counts.append(sum(statement.startswith("SELECT") for statement in queries))
            db.session.execute(delete(Person).where(Person.is_synthetic))
        assert counts[1] == counts[2]

    def test_its_scores_are_what_the_rules_make_of_its_answers(self, app: Flask) -> None:
        from quizzes.grading import mark_all
        from quizzes.pinning import quiz_of
        from quizzes.queries import last_answers

        publish(SAMPLE, NOW)
        cohort.make("contoh", "rekaan", NOW, size=20)
        db.session.commit()
        for attempt in db.session.query(Attempt):
            quiz = quiz_of(attempt)
            marks = mark_all(quiz.questions, last_answers(attempt.id), quiz.head.credit)
            assert float(sum(mark.earned for mark in marks)) == attempt.earned

    def test_the_same_seed_makes_the_same_cohort(self, app: Flask) -> None:
        publish(SAMPLE, NOW)
        first = self.scores(cohort.make("contoh", "rekaan", NOW, size=15).id)
        db.session.rollback()
        assert first == self.scores(cohort.make("contoh", "rekaan", NOW, size=15).id)

    def scores(self, cohort_id: int) -> list[float | None]:
        query = db.session.query(Progress).join(Progress.enrolment).filter(Enrolment.cohort_id == cohort_id)
        return [progress.earned for progress in query.order_by(Progress.id)]


def close(n: int) -> float:
    """Five standard errors of a proportion among n."""
    return 5 * (0.25 / n) ** 0.5


@pytest.mark.pure
class TestTheModel:
    def test_at_its_difficulty_an_item_is_even(self) -> None:
        assert responses.Item(1.3, 0.4).probability(0.4) == 0.5

    @pytest.mark.parametrize("ability", [-2.0, 0.0, 2.0])
    def test_answers_are_right_as_often_as_the_model_says(self, ability: float) -> None:
        item, chance, n = responses.Item(1.1, -0.2), random.Random(1), 4000
        asked = Choice(tuple(Option(key, key, key == "b") for key in "abcd"))
        hits = sum(responses.answer(item, ability, asked, chance) == ["b"] for _ in range(n))
        assert abs(hits / n - item.probability(ability)) < close(n)

    @pytest.mark.parametrize("ability", [-2.0, 0.0, 2.0])
    @pytest.mark.parametrize(
        ("asked", "decisions"),
        [
            pytest.param(Choice(tuple(Option(key, key, key in "bd") for key in "abcd"), True), 4, id="multiple"),
            pytest.param(TextAnswer(("Panayotis Soldatos", "Soldatos"), ("sol.*",), 1), 1, id="text"),
            pytest.param(
                NumberAnswer((Number(Decimal(1956)), Number(Decimal("3.14"), Decimal("0.01")))), 1, id="number"
            ),
            pytest.param(
                Blanks(
                    (
                        Gap(TextAnswer(("Mataram",))),
                        Gap(NumberAnswer((Number(Decimal("1.5")),))),
                        Menu(("tinggi", "rendah"), "tinggi"),
                    )
                ),
                3,
                id="blanks",
            ),
        ],
    )
    def test_every_decision_is_right_as_often_as_the_model_says(
        self, ability: float, asked: object, decisions: int
    ) -> None:
        item, chance, n = responses.Item(1.1, -0.2), random.Random(1), 1000
        worth = sum(
            kind_of(asked).share(asked, responses.answer(item, ability, asked, chance), Credit.PROPORTIONAL) or 0
            for _ in range(n)
        )
        assert abs(worth / n - item.probability(ability)) < close(n * decisions)

    @pytest.mark.parametrize("ability", [-2.0, 0.0, 2.0])
    def test_every_pair_is_right_as_often_as_the_model_says(self, ability: float) -> None:
        item, chance, n = responses.Item(1.1, -0.2), random.Random(1), 1000
        asked = Matching(
            (Pair("Flanders", "Belgia"), Pair("Quebec", "Kanada"), Pair("Wallonia", "Belgia")), ("Jepang",)
        )
        right = {f"{key_of(pair.left)}:{key_of(pair.right)}" for pair in asked.pairs}
        hits = sum(len(right & set(responses.answer(item, ability, asked, chance))) for _ in range(n))
        assert abs(hits / n / 3 - item.probability(ability)) < close(3 * n)

    @pytest.mark.parametrize("ability", [-2.0, 0.0, 2.0])
    def test_two_steps_are_in_order_as_often_as_the_model_says(self, ability: float) -> None:
        item, chance, n = responses.Item(1.1, -0.2), random.Random(1), 1000
        first, second = key_of("satu"), key_of("dua")
        hits = sum(
            responses.answer(item, ability, Ordering(("satu", "dua")), chance) == [f"{first}:1", f"{second}:2"]
            for _ in range(n)
        )
        assert abs(hits / n - item.probability(ability)) < close(n)

    def test_an_order_has_every_step_once(self) -> None:
        item, steps = responses.Item(1.1, -0.2), ("satu", "dua", "tiga", "empat")
        for seed in range(50):
            given = responses.answer(item, 0, Ordering(steps), random.Random(seed))
            assert [one.partition(":")[0] for one in given] == [key_of(step) for step in steps]
            assert sorted(one.partition(":")[2] for one in given) == ["1", "2", "3", "4"]

    def test_the_more_able_tick_higher_and_stay_on_the_scale(self) -> None:
        item, chance = responses.Item(1.1, -0.2), random.Random(1)
        low, high = (
            [int(responses.answer(item, ability, Scale(1, 5), chance)[0]) for _ in range(400)] for ability in (-2, 2)
        )
        assert set(low) | set(high) == {1, 2, 3, 4, 5}
        assert sum(low) < sum(high)

    @pytest.mark.parametrize("asked", [Comment(), Essay((), ())])
    def test_texts_are_invented_sentences_or_nothing(self, asked: object) -> None:
        item, chance = responses.Item(1.1, -0.2), random.Random(1)
        given = [responses.answer(item, 0, asked, chance) for _ in range(100)]
        assert [] in given
        assert all(any(text in "".join(one) for text in responses.SENTENCES) for one in given if one)

    def test_where_nobody_can_know_a_right_text_something_is_written(self) -> None:
        item, chance = responses.Item(1.1, -0.2), random.Random(1)
        assert responses.answer(item, 9, TextAnswer((), ("sol.*",)), chance)[0] in responses.OTHER_WORDS
        assert responses.answer(item, 9, TextAnswer((), (".*",)), chance) == [responses.NO_WORD]

    def test_parameters_depend_on_seed_and_item_alone(self) -> None:
        assert responses.item(1, "kuis", "a") == responses.item(1, "kuis", "a") != responses.item(1, "kuis", "b")


def test_demo_people_are_refused_outside_demo_mode(app: Flask, instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "KURSUS_MODE", "produksi")
    result = app.test_cli_runner().invoke(args=["demo", "prepare"])
    assert result.exit_code == 1
    assert "mode demo" in result.output


def test_production_refuses_a_database_with_demo_people(
    app: Flask, monkeypatch: pytest.MonkeyPatch, as_: Callable[[str], FlaskClient]
) -> None:
    publish(SAMPLE, NOW)
    people.make("contoh", NOW)
    db.session.commit()
    monkeypatch.setitem(app.config, "KURSUS_MODE", "produksi")
    result = app.test_cli_runner().invoke(args=["prepare"])
    assert result.exit_code == 1
    assert "akun demo" in result.output
