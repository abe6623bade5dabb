"""Scales and comments over HTTP, as a page without script sends them: in a quiz and in a `cek`."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from courses.completion import State
from courses.models import Evidence, Progress
from foundation.database import db
from quizzes.models import Answer
from tests.cast import Cast
from tests.quizzes.kinds.asking import (
    ATTEMPT,
    CHECK,
    LESSON_PAGE,
    SCORED,
    again,
    begin,
    check,
    fill,
    put_online,
    submit,
)
from tests.quizzes.kinds.test_scale_and_comment import COMMENT_WRITTEN, SCALE_WRITTEN

As = Callable[[str], FlaskClient]
ANSWER = "jawaban-1"


@pytest.mark.parametrize(
    ("written", "first", "second"), [(SCALE_WRITTEN, "4", "1"), (COMMENT_WRITTEN, "Menarik\r\nsekali <b>", "Biasa")]
)
def test_it_is_answered_changed_and_taken_back(
    cast: Cast, as_: As, written: tuple[str, ...], first: str, second: str
) -> None:
    put_online(*written)
    lena = as_("lena")
    form = begin(lena)
    assert form.names == [ANSWER]
    assert form.answers.get(ANSWER, [""]) == [""], "nothing is answered until somebody answers"
    fill(lena, form, {ANSWER: first})
    form = again(lena)
    assert form.answers == {ANSWER: [first.replace("\r", "")]}
    assert "1 dari 1 terjawab" in lena.get(ATTEMPT).text

    fill(lena, form, {ANSWER: first})
    assert db.session.query(Answer).count() == 1, "sent again untouched it is no new answer"
    fill(lena, again(lena), {ANSWER: second})
    assert again(lena).answers == {ANSWER: [second]}
    fill(lena, again(lena), {ANSWER: ""})
    assert again(lena).answers.get(ANSWER, [""]) == [""]


def test_a_scale_is_read_again_as_it_was_chosen_and_proves_nothing(cast: Cast, as_: As) -> None:
    put_online(*SCALE_WRITTEN, "", "> Terima kasih.", more=SCORED)
    lena = as_("lena")
    fill(lena, begin(lena), {ANSWER: "4"})
    page = submit(lena)
    assert "Terjawab" in page
    assert "Terima kasih." in page
    assert page.count("checked") == 1
    progress = db.session.query(Progress).one()
    assert (progress.state, progress.earned, progress.maximum) == (State.DONE, 0, 1), "the other question's"
    assert db.session.query(Evidence).count() == 0


def test_a_comment_is_read_again_as_text(cast: Cast, as_: As) -> None:
    put_online(*COMMENT_WRITTEN, more=SCORED)
    lena = as_("lena")
    fill(lena, begin(lena), {ANSWER: "<script>alert(1)</script>\n\nAlinea kedua"})
    page = submit(lena)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\n\nAlinea kedua" in page
    assert "<textarea" not in page


@pytest.mark.parametrize(("written", "answer"), [(SCALE_WRITTEN, "2"), (COMMENT_WRITTEN, "Bagus")])
def test_in_a_check_it_is_kept(cast: Cast, as_: As, written: tuple[str, ...], answer: str) -> None:
    put_online(*written)
    lena = as_("lena")
    fill(lena, check(lena), {ANSWER: answer}, CHECK)
    page = lena.get(LESSON_PAGE).text
    assert "Tersimpan." in page
    assert "Lihat jawaban dan pembahasan" not in page
    assert check(lena).answers == {ANSWER: [answer]}


@pytest.mark.parametrize("written", [SCALE_WRITTEN, COMMENT_WRITTEN])
def test_staff_see_it_as_it_is_asked(cast: Cast, as_: As, written: tuple[str, ...]) -> None:
    put_online(*written)
    assert f'name="{ANSWER}"' in as_("kofi").get("/kursus/contoh/kuis-sister-city/").text
