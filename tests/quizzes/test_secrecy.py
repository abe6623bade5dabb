"""What is right never reaches a learner before its moment, in no reply to any request; after it, it does.

Every key, piece of feedback and explanation of the quiz has a word that stands nowhere else; each reply is searched for
all of them, head and body.
"""

import random
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from foundation import clock
from foundation.database import db
from quizzes import sheet
from quizzes.attempts import arrange_parts
from quizzes.kinds import kind_of
from quizzes.models import Attempt
from quizzes.questions import parse_questions
from quizzes.quiz import parse_check, render_check
from tests.cast import Cast, publish
from tests.conftest import NOW
from tests.quizzes import every_kind
from tests.quizzes.every_kind import SECRETS, Form, fill_in
from tests.quizzes.playing import QUIZ, start
from tests.sample import SAMPLE

As = Callable[[str], FlaskClient]

CLOSES = NOW + timedelta(days=3)
EXAM = "peran: ujian\npercobaan: 2"
PRETEST = "peran: prates\npercobaan: 2\ntutup: 2026-11-27 10.42"
PRACTICE = "peran: latihan\numpan_balik: setelah-kirim"
AT_ONCE = "peran: latihan\numpan_balik: langsung"
BEFORE_SENDING = (EXAM, PRETEST, PRACTICE)
COURSE_PAGES = ("", "modul/sister-city/", "kuis-sister-city/", "glosarium/", "pustaka/", "latihan/", "capaian/")
"""What else a learner may open. Some come later, and are not there yet: then there is nothing to find."""


@pytest.fixture
def online(cast: Cast) -> Callable[[str], None]:
    def bring(rules: str) -> None:
        publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": every_kind.quiz(rules)}), NOW)

    return bring


def secrets() -> list[str]:
    """Of the kinds that are registered."""
    return [word for kind in every_kind.questions() for word in SECRETS[kind]]


def told_of(reply: TestResponse) -> dict[str, set[str]]:
    """The secrets in a reply, by question: its status line, its headers, its body."""
    return every_kind.told(f"{reply.status}\n{reply.headers}\n{reply.get_data(as_text=True)}")


def told(reply: TestResponse) -> set[str]:
    return set().union(*told_of(reply).values())


def answer_badly_and_submit(client: FlaskClient) -> None:
    """Every option with feedback is chosen, and nothing else is answered: then all of it is told in the end."""
    form = Form(client.get(f"{QUIZ}/percobaan/1/").text)
    data = {"klien": ["a"]}
    for name, one in form.fields.items():
        if one.kind in ("radio", "checkbox") and {"mendagri", "upacara"} & set(one.choices):
            data[name] = ["mendagri"] if one.kind == "radio" else one.choices
            data[f"urutan-{name.split('-')[1]}"] = ["2"]
    assert client.post(f"{QUIZ}/percobaan/1/", data=data).status_code == 303
    assert client.post(f"{QUIZ}/percobaan/1/kirim").status_code == 303


def elsewhere(client: FlaskClient) -> Iterator[TestResponse]:
    """Pages beside the attempt, searching for the secrets too."""
    yield client.get("/")
    for page in COURSE_PAGES:
        yield client.get(f"/kursus/contoh/{page}")
    for word in secrets():
        yield client.get("/kursus/contoh/cari/", query_string={"q": word[:-1]})
    yield client.get("/rekap/contoh/")
    yield client.get(f"/rekap/contoh/praja/lena{QUIZ.removeprefix('/kursus/contoh')}/1/")


def around_an_attempt(client: FlaskClient, number: int) -> Iterator[TestResponse]:
    """Everything a learner can ask of an open attempt, well and badly."""
    here = f"{QUIZ}/percobaan/{number}/"
    page = client.get(here)
    yield page
    form = Form(page.text)
    chance = random.Random(number)
    whole: dict[str, list[str]] = {"klien": ["halaman"]}
    for position in form.positions:
        one = {"klien": ["satu"], f"urutan-{position}": ["2"], **fill_in(form.of_question(position), chance)}
        yield client.post(f"{here}jawaban", data=one)
        yield client.post(f"{here}jawaban", data=one, headers={"Accept": "application/json"})
        bad = {name: ["tidak-ada", "sama-sekali"] for name in one if name.startswith("jawaban")}
        yield client.post(f"{here}jawaban", data={**one, **bad})
        yield client.post(f"{here}jawaban", data={**one, **bad}, headers={"Accept": "application/json"})
        whole |= {**one, "klien": ["halaman"]}
    yield client.post(here, data={**whole, "tombol": ["1"]})
    yield client.post(here, data={**whole, "tombol": ["kirim"]})
    yield client.post(f"{here}jawaban", data={**whole, "klien": [""]})
    yield client.get(f"{here}kirim")
    yield client.get(here)
    yield client.get(f"{QUIZ}/percobaan/{number + 1}/")
    yield start(client, number)
    yield start(client, number + 5)


def press(client: FlaskClient, position: int, answer: dict[str, list[str]], *, by_script: bool) -> TestResponse:
    """ "Periksa" of one question, with or without script."""
    here = f"{QUIZ}/percobaan/1/"
    data = {"klien": ["periksa"], f"urutan-{position}": ["2"], **answer}
    if by_script:
        return client.post(f"{here}periksa/{position}", data=data)
    return client.post(here, data={**data, "tombol": [f"periksa-{position}"]})


def some_answer(form: Form, position: int) -> dict[str, list[str]]:
    """A first choice, or a word, in every field of a question."""
    return {one.name: [next((choice for choice in one.choices if choice), "45")] for one in form.of_question(position)}


@pytest.mark.parametrize("rules", BEFORE_SENDING)
def test_where_a_quiz_does_not_tell_at_once_periksa_tells_nothing(
    cast: Cast, as_: As, online: Callable[[str], None], rules: str
) -> None:
    online(rules)
    lena = as_("lena")
    start(lena)
    form = Form(lena.get(f"{QUIZ}/percobaan/1/").text)
    for position in form.positions:
        for by_script in (True, False):
            reply = press(lena, position, some_answer(form, position), by_script=by_script)
            assert reply.status_code == 409
            assert told(reply) == set()
    assert told(lena.get(f"{QUIZ}/percobaan/1/")) == set()


@pytest.mark.parametrize("by_script", [True, False])
def test_periksa_tells_of_its_own_question_and_of_no_other(
    cast: Cast, as_: As, online: Callable[[str], None], by_script: bool
) -> None:
    """One question after the other; after each, everything is asked for again, by the learner and by others."""
    online(AT_ONCE)
    lena, omar = as_("lena"), as_("omar")
    for client in (lena, omar):
        start(client)
    form = Form(lena.get(f"{QUIZ}/percobaan/1/").text)
    checked: set[str] = set()
    arrangement = db.session.query(Attempt).order_by(Attempt.id).limit(1).one().arrangement
    for position, (question, _parts) in enumerate(arrangement, start=1):
        for reply in (press(lena, position, {}, by_script=by_script), press(lena, 0, {}, by_script=by_script)):
            assert set(told_of(reply)) == set(), "nothing is answered, so nothing is told"
        reply = press(lena, position, some_answer(form, position), by_script=by_script)
        may_be = question in every_kind.CHECKABLE
        checked |= {question} if may_be else set()
        assert reply.status_code == (409 if not may_be else 200 if by_script else 303)
        assert set(told_of(reply)) == ({question} if may_be and by_script else set())
        assert set(told_of(lena.get(f"{QUIZ}/percobaan/1/"))) == checked
        beside = elsewhere(lena) if checked in ({question}, every_kind.CHECKABLE) else ()
        for reply in [*around_an_attempt(lena, 1), *beside]:
            assert set(told_of(reply)) <= checked, reply.request.path
        assert told(omar.get(f"{QUIZ}/percobaan/1/")) == set()
    assert checked == every_kind.CHECKABLE
    for other in ("omar", "rani", "nils", "nobody"):
        client = as_(other)
        for reply in (client.get(f"{QUIZ}/"), client.get(f"{QUIZ}/percobaan/1/"), *elsewhere(client)):
            assert told(reply) == set(), (other, reply.request.path)


@pytest.mark.parametrize("rules", [*BEFORE_SENDING, AT_ONCE])
def test_nothing_tells_what_is_right_while_an_attempt_is_open(
    cast: Cast, as_: As, online: Callable[[str], None], rules: str
) -> None:
    online(rules)
    lena = as_("lena")
    assert told(lena.get(f"{QUIZ}/")) == set()
    assert told(start(lena)) == set()
    seen = 0
    for reply in [*around_an_attempt(lena, 1), *elsewhere(lena)]:
        assert told(reply) == set(), reply.request.path
        seen += 1
    assert seen > len(secrets())
    for other in ("omar", "rani", "nils", "nobody"):
        client = as_(other)
        for reply in (client.get(f"{QUIZ}/"), client.get(f"{QUIZ}/percobaan/1/"), *elsewhere(client)):
            assert told(reply) == set(), (other, reply.request.path)


@pytest.mark.parametrize("rules", [EXAM, PRACTICE, AT_ONCE])
def test_once_it_is_sent_all_of_it_is_told_to_its_learner_alone(
    cast: Cast, as_: As, online: Callable[[str], None], rules: str
) -> None:
    online(rules)
    lena = as_("lena")
    start(lena)
    answer_badly_and_submit(lena)
    assert told(lena.get(f"{QUIZ}/percobaan/1/")) == set(secrets())
    for reply in elsewhere(as_("omar")):
        assert told(reply) == set(), reply.request.path
    assert told(as_("omar").get(f"{QUIZ}/percobaan/1/")) == set()


@pytest.mark.parametrize("rules", [EXAM, AT_ONCE])
def test_another_attempt_tells_nothing_although_the_first_is_reviewed(
    cast: Cast, as_: As, online: Callable[[str], None], rules: str
) -> None:
    online(rules)
    lena = as_("lena")
    start(lena)
    lena.post(f"{QUIZ}/percobaan/1/kirim")
    start(lena, 2)
    for reply in around_an_attempt(lena, 2):
        if not reply.request.path.endswith("/percobaan/1/"):
            assert told(reply) == set(), reply.request.path


def test_a_pretest_tells_nothing_until_it_closes(
    cast: Cast, as_: As, online: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    online(PRETEST)
    lena = as_("lena")
    start(lena)
    answer_badly_and_submit(lena)
    here = f"{QUIZ}/percobaan/1/"
    late = lena.post(f"{here}jawaban", data={"klien": "a", "urutan-1": 1}, headers={"Accept": "application/json"})
    assert late.status_code == 409
    replies = [lena.get(here), lena.get(f"{here}kirim"), lena.post(f"{here}kirim"), late, *elsewhere(lena)]
    for reply in replies:
        assert told(reply) == set(), reply.request.path
    for moment, expected in ((CLOSES, set()), (CLOSES + timedelta(seconds=1), set(secrets()))):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert told(as_("lena").get(here)) == expected, moment


def test_no_static_file_knows_a_quiz(app: Flask, as_: As) -> None:
    page = as_("nobody").get("/masuk").text
    files = re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js|svg))"', page)
    assert files
    for file in files:
        assert told(as_("nobody").get(file)) == set()


PERMUTED = {
    "tunggal": (("- [ ] A {#a}", "- [x] B {#b}", "- [ ] C {#c}"), ("- [x] A {#a}", "- [ ] B {#b}", "- [ ] C {#c}")),
    "jamak": (
        ("jenis: jamak", "- [ ] A {#a}", "- [x] B {#b}", "- [x] C {#c}"),
        ("jenis: jamak", "- [x] A {#a}", "- [ ] B {#b}", "- [ ] C {#c}"),
    ),
    "teks": (("= Mataram",), ("= Bima | Dompu",)),
    "angka": (("= 169",), ("= 3,14 ± 0,01",)),
    "isian": (("Ibu kota [[Mataram]], surat [[*a / b]].",), ("Ibu kota [[Bima]], surat [[a / *b]].",)),
    "jodoh": (
        ("- Flanders -> Belgia", "- Quebec -> Kanada", "- Bayern -> Jerman"),
        ("- Flanders -> Kanada", "- Quebec -> Jerman", "- Bayern -> Belgia"),
    ),
    "urutan": (("Urutkan.", "", "1. Satu", "2. Dua", "3. Tiga"), ("Urutkan.", "", "1. Tiga", "2. Satu", "3. Dua")),
}
"""The same question twice by what a learner may know of it; only what is right differs."""


@pytest.mark.parametrize("kind", [kind for kind in PERMUTED if kind in every_kind.questions()])
def test_what_is_asked_is_the_same_whatever_is_right(app: Flask, kind: str) -> None:
    """Byte for byte in the page, for one order of the parts; where parts are shuffled, in every order alike."""
    drawn = [_drawn(app, lines) for lines in PERMUTED[kind]]
    assert drawn[0] == drawn[1]


def _drawn(app: Flask, lines: tuple[str, ...]) -> str:
    """A question as it is asked, its parts in one order whatever the author's."""
    named = "\n".join(["### Soal {#soal}", *lines])
    [question] = parse_questions(named, 1, "a.md", frozenset({3})).questions
    html = render_check(parse_check(named, 1, "a.md").definition, lambda target: target)["questions"][question.id]
    keys = sorted(kind_of(question.answer).parts(question.answer))
    view = sheet.ask(question, html, 1, keys, [])
    with app.test_request_context():
        return render_template_string(
            '{% from "macros/question.html" import question %}{{ question(view) }}', view=view
        )


def test_the_order_of_parts_says_nothing_of_the_authors_order() -> None:
    """Over many seeds every order comes, so the order shown does not depend on which one the author wrote."""
    for question in every_kind.questions().values():
        parts = kind_of(question.answer).parts(question.answer)
        if not 2 <= len(parts) <= 4:
            continue
        orders = {tuple(arrange_parts(question, random.Random(seed), shuffles=True)) for seed in range(400)}
        assert len(orders) == [1, 1, 2, 6, 24][len(parts)], question.id


def test_attempts_of_one_seed_are_alike_and_others_are_not(
    cast: Cast, as_: As, online: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    online(EXAM)
    monkeypatch.setattr("secrets.randbits", lambda bits: 7)
    for who in ("lena", "omar"):
        start(as_(who))
    first, second = (attempt.arrangement for attempt in db.session.query(Attempt))
    assert first == second
