"""Every route × every role, generated from the URL map: a new route without a rule fails here, and at the start."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from accounts.access import IN_COHORT, IN_COURSE, ON_SITE, PUBLIC, SIGNED_IN, STAFF, access_of, reach_of, undeclared
from accounts.roles import Permission
from cohorts.models import Announcement, Group, GroupMember, GroupSet, Meeting
from courses.models import Course
from foundation.database import db
from quizzes.models import Override
from tests.cast import Cast, activity
from tests.conftest import NOW
from tests.quizzes.essays import essay_of, hand_in_essays, publish_essay
from tests.quizzes.playing import answer_all, start
from tests.quizzes.test_checks import CHECK, keys

OPENERS = {"lena", "omar", "kofi", "ida", "bayu", "ada"}
WHO_MAY: dict[object, set[str]] = {
    PUBLIC: {"nobody", "nils", "rani", *OPENERS},
    SIGNED_IN: {"nils", "rani", *OPENERS},
    STAFF: {"kofi", "ida", "bayu", "ada"},
    Permission.OPEN_COURSE: OPENERS,
    Permission.LEARN: {"lena", "omar"},
    Permission.SEE_SCORES: {"ida", "bayu", "ada"},
    Permission.GRADE: {"ida", "bayu", "ada"},
    Permission.BELONG: {"omar", "ida", "bayu", "ada"},
    Permission.RUN_COHORT: {"ida", "bayu", "ada"},
    Permission.FOUND_COHORT: {"ida", "ada"},
    Permission.REKEY: {"ida", "ada"},
    Permission.RUN_SITE: {"ada"},
}
PART_IN = {ON_SITE: set[str](), IN_COURSE: OPENERS, IN_COHORT: OPENERS - {"lena"}}
"""Who has a part in what a route is about: refused, they are told so (403); others see nothing there (404)."""
EVERYBODY = ("nobody", "nils", "rani", *sorted(OPENERS))

PLACE = {
    "course": "contoh",
    "cohort": "dua",
    "activity": "asal-usul",
    "module": "sister-city",
    "quiz": "kuis-sister-city",
    "number": 1,
    "question": "penerbit",
    "position": 1,
    "slot": "cek-surat",
    "username": "omar",
    "name": "peta.svg",
    "version": "x",
    "code": "K7MFX2QR",
    "group_set": 990_001,
    "group": 990_001,
    "announcement": 1001,
    "meeting": 1001,
    "attempt": 990_001,
    "exception": 1001,
}
ESSAY = {"quiz": "kuis-esai", "question": "alasan"}
KOFIS_ROLE = {"username": "kofi", "role": "dosen", "scope": "kursus:contoh"}
NAMES = {
    "static_file": {"name": "app.css"},
    "guide.page": {"page": "kode-masalah"},
    "entering.follow": {"course": "lain"},
    "people.confirm_withdrawal": KOFIS_ROLE,
    "people.withdraw": KOFIS_ROLE,
    "reflections.save": {"activity": "tahapan", "slot": "mitra-kami"},
    "assessing.pile": ESSAY,
    "assessing.paper": ESSAY,
    "assessing.finish": ESSAY,
    "assessing.save_draft": ESSAY,
    "practice.question": {"question": "cek-surat"},
    "practice.answer": {"question": "cek-surat"},
}


@pytest.fixture
def routes(app: Flask) -> list[tuple[Rule, str]]:
    return [(rule, method) for rule in app.url_map.iter_rules() for method in _methods(rule)]


def _methods(rule: Rule) -> Iterator[str]:
    yield from sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def open_the_ways_in(cast: Cast) -> None:
    """Into another course than the one that routes are called for: who comes in there stays what they are here."""
    cast.cohorts["tiga"].join_code, cast.cohorts["tiga"].is_registration_open = PLACE["code"], True
    db.session.query(Course).filter_by(slug="lain").one().is_open = True
    db.session.commit()


def url_of(app: Flask, rule: Rule, method: str, **places: str) -> str:
    known = PLACE | NAMES.get(rule.endpoint, {}) | places
    values = {name: known[name] for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


def _call(app: Flask, client: FlaskClient, rule: Rule, method: str, **places: str) -> int:
    response = client.open(url_of(app, rule, method, **places), method=method)
    return 401 if response.status_code == 302 and "/masuk" in response.location else response.status_code


def test_every_view_says_who_may_call_it(app: Flask) -> None:
    assert undeclared(app) == []


def furnish(cast: Cast) -> None:
    """What the addresses below a cohort name, and Omar's essay; the ids are far from those that the database gives."""
    publish_essay(NOW)
    hand_in_essays(essay_of(cast.enrolments["omar"].id, PLACE["attempt"]))
    db.session.add(
        Override(
            id=PLACE["exception"],
            activity_id=activity("kuis-sister-city").id,
            enrolment_id=cast.enrolments["omar"].id,
            minutes_allowed=90,
            reason="Listrik padam.",
            at=NOW,
        )
    )
    db.session.add(
        Meeting(
            id=PLACE["meeting"],
            cohort_id=cast.cohorts["dua"].id,
            title="Pertemuan 1",
            opened_at=NOW,
            code=PLACE["code"],
            code_expires_at=NOW + timedelta(minutes=10),
        )
    )
    db.session.add(
        Announcement(
            id=PLACE["announcement"],
            cohort_id=cast.cohorts["dua"].id,
            title="Kumpul",
            source="Di aula.",
            html="<p>Di aula.</p>",
            appears_at=NOW,
            changed_at=NOW,
        )
    )
    db.session.commit()


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_route_answers_those_it_is_for_and_nobody_else(
    app: Flask, cast: Cast, as_: Callable[[str], FlaskClient], routes: list[tuple[Rule, str]], who: str
) -> None:
    open_the_ways_in(cast)
    furnish(cast)
    for learner in map(as_, ("lena", "omar")):
        start(learner)
        answer_all(learner, submit=True)
        miss_the_check(learner)
    put_into_a_group(cast)
    wrong = []
    for rule, method in routes:
        access = access_of(app, rule.endpoint)
        status = _call(app, as_(who), rule, method)
        if who in WHO_MAY[access]:
            is_right = status not in (401, 403, 404)
        elif who == "nobody":
            is_right = status == 401
        else:
            is_right = status == (403 if who in PART_IN[reach_of(app, rule.endpoint)] else 404)
        if not is_right:
            wrong.append(f"{method} {rule.rule} as {who}: {status}")
    assert wrong == []


def miss_the_check(learner: FlaskClient) -> None:
    """So that there is something to practise."""
    learner.post(CHECK, data={"klien": "halaman", "urutan-1": 1, "jawaban-1": keys()["DPRD"]})


def put_into_a_group(cast: Cast) -> None:
    """Omar, in the group that addresses name."""
    omar = cast.enrolments["omar"]
    db.session.add(GroupSet(id=PLACE["group_set"], cohort_id=omar.cohort_id, name="FGD", created_at=NOW))
    db.session.flush()
    db.session.add(Group(id=PLACE["group"], set_id=PLACE["group_set"], name="Melati", position=1))
    db.session.flush()
    db.session.add(GroupMember(set_id=PLACE["group_set"], group_id=PLACE["group"], enrolment_id=omar.id))
    db.session.commit()


COHORT_IS_OURS = {  # of the permissions asked before a cohort: who has them for which
    Permission.RUN_COHORT: {"satu": {"ida", "ada"}, "dua": {"ida", "bayu", "ada"}, "tiga": {"ada"}},
    Permission.BELONG: {"satu": {"lena", "ida", "ada"}, "dua": {"omar", "ida", "bayu", "ada"}, "tiga": {"rani", "ada"}},
}
HAS_A_PART = {"satu": {"lena", "kofi", "ida", "ada"}, "dua": OPENERS - {"lena"}, "tiga": {"rani", "ada"}}


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_cohort_is_run_by_its_own_instructors_only(
    app: Flask, cast: Cast, as_: Callable[[str], FlaskClient], routes: list[tuple[Rule, str]], who: str
) -> None:
    """Every route of a cohort, of the own one, of another and of another course's; allowed ones by reading alone."""
    wrong, client = [], as_(who)
    for rule, method in (found for found in routes if reach_of(app, found[0].endpoint) == IN_COHORT):
        for cohort, theirs in COHORT_IS_OURS[access_of(app, rule.endpoint)].items():
            if who in theirs and (method != "GET" or set(rule.arguments) != {"cohort"}):
                continue  # it would change something, or name what is not in this cohort: see the next test
            status = _call(app, client, rule, method, cohort=cohort)
            refusal = 401 if who == "nobody" else 403 if who in HAS_A_PART[cohort] else 404
            if status != (200 if who in theirs else refusal):
                wrong.append(f"{method} {rule.rule} of {cohort} as {who}: {status}")
    assert wrong == []


def test_what_is_of_another_cohort_is_not_found_in_this_one(
    app: Flask, cast: Cast, as_: Callable[[str], FlaskClient], routes: list[tuple[Rule, str]]
) -> None:
    """Ida runs both cohorts; what PLACE names is of "dua", and asked for under the address of "satu"."""
    furnish(cast)
    put_into_a_group(cast)
    ida = as_("ida")
    asked = [
        (rule, method)
        for rule, method in routes
        if reach_of(app, rule.endpoint) == IN_COHORT and set(rule.arguments) > {"cohort"}
    ]
    assert len(asked) > 20
    for rule, method in asked:
        assert _call(app, ida, rule, method, cohort="satu") == 404, f"{method} {rule.rule}"


def test_a_course_that_is_not_there_looks_like_one_that_is_not_yours(
    app: Flask, cast: Cast, as_: Callable[[str], FlaskClient], routes: list[tuple[Rule, str]]
) -> None:
    for rule, method in routes:
        if "course" in rule.arguments:
            values = {name: PLACE[name] for name in rule.arguments} | {"course": "tidak-ada"}
            url = app.url_map.bind("localhost").build(rule.endpoint, values, method=method)
            assert as_("lena").open(url, method=method).status_code == 404, url


@pytest.mark.parametrize(
    ("who", "whose", "status"), [("bayu", "omar", 200), ("bayu", "lena", 404), ("ida", "lena", 200)]
)
def test_an_instructor_sees_the_learners_of_own_cohorts_only(
    cast: Cast, as_: Callable[[str], FlaskClient], who: str, whose: str, status: int
) -> None:
    start(as_(whose))
    answer_all(as_(whose), submit=True)
    client = as_(who)
    assert client.get(f"/rekap/contoh/praja/{whose}/").status_code == status
    assert client.get(f"/rekap/contoh/praja/{whose}/kuis-sister-city/1/").status_code == status


def test_a_wrong_method_is_told_so(cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
    assert as_("lena").get("/keluar").status_code == 405
    assert as_("lena").post("/kursus/contoh/").status_code == 405
