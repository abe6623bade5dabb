"""Texts, numbers and blanks over HTTP, as a page without script sends them: in a quiz and in a `cek`."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from courses.models import Evidence, Progress
from foundation.database import db
from quizzes.kinds.blanks import OPEN
from quizzes.models import Answer, Attempt, CheckAnswer
from quizzes.options import key_of
from quizzes.queries import last_answers
from tests.cast import Cast, publish
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, start
from tests.sample import LESSON, SAMPLE

As = Callable[[str], FlaskClient]

SOURCE = """\
---
jenis: kuis
judul: Kuis Sister City
peran: ujian
percobaan: 2
tujuan: [SC1, SC2]
---

## Siapa yang memperkenalkan istilah paradiplomasi? {#tokoh}
tujuan: SC1
lihat: 01-asal-usul.md#niat

= Panayotis Soldatos | Soldatos
= /p\\. soldatos/

> **Pembahasan.** Soldatos menulisnya pada 1990.

## Berapa luas kawasannya? {#luas}
tujuan: SC2
lihat: 01-asal-usul.md#surat
satuan: ha

= 169,5 ± 0,5

## Ibu kota NTB adalah [[Mataram|Kota Mataram]]. {#kota}
tujuan: SC1
lihat: 01-asal-usul.md#niat
poin: 4

Pulau [[Lombok]] berpenduduk [[1500]] jiwa & "kepadatannya" [[*tinggi / rendah]].
"""
CHECK = """\
::: cek
### Isi. {#cek-isi}
tujuan: SC1
lihat: #niat

Kota [[Mataram]] dan [[*tinggi / rendah]].

### Siapa? {#cek-siapa}
tujuan: SC1
lihat: #niat

= Soldatos

### Berapa? {#cek-berapa}
tujuan: SC1
lihat: #niat
satuan: ha

= 169
:::
"""
KEYS = ("Soldatos", "soldatos", "169,5", "Mataram", "Lombok", "1500")
HIGH, LOW = key_of("tinggi"), key_of("rendah")
RIGHT = {
    "jawaban-1": "soldatos!",
    "jawaban-2": "170 HA",
    "jawaban-3-1": "kota mataram",
    "jawaban-3-2": "Lómbok",
    "jawaban-3-3": "1.500",
    "jawaban-3-4": HIGH,
}


class Fields(HTMLParser):
    """What a page would send: the fields of its answers with what stands in them; and what names them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.names: dict[str, str | None] = {}
        self.select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        name = found.get("name") or ""
        if tag in ("input", "select") and name.startswith("jawaban-"):
            self.values[name] = found.get("value") or ""
            self.names[name] = found.get("aria-label") or found.get("id")
            self.select = name if tag == "select" else ""
        if tag == "option" and self.select and "selected" in found:
            self.values[self.select] = found["value"] or ""


@pytest.fixture
def lena(cast: Cast, as_: As) -> FlaskClient:
    publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": SOURCE}), NOW)
    return as_("lena")


def send(client: FlaskClient, answers: dict[str, str], sequence: int = 1, page: str = "halaman") -> int:
    form = {"klien": page, **{f"urutan-{number}": sequence for number in (1, 2, 3)}, **answers}
    return client.post(f"{QUIZ}/percobaan/1/", data=form).status_code


def page(client: FlaskClient) -> str:
    return client.get(f"{QUIZ}/percobaan/1/").text


def without_tokens(html: str) -> str:
    """A page without the random words of its forms, in which any digits may stand."""
    return re.sub(r'<input type="hidden"[^>]*>', "", html)


def attempt() -> Attempt:
    return db.session.query(Attempt).one()


def test_every_field_has_a_name(lena: FlaskClient) -> None:
    start(lena)
    names = Fields(page(lena)).names
    assert names == {
        "jawaban-1": "soal-1-isi",
        "jawaban-2": "soal-2-isi",
        "jawaban-3-1": "Isian 1 dari 4",
        "jawaban-3-2": "Isian 2 dari 4",
        "jawaban-3-3": "Isian 3 dari 4",
        "jawaban-3-4": "Isian 4 dari 4",
    }
    assert all(f'for="soal-{number}-isi"' in page(lena) for number in (1, 2))
    assert 'aria-describedby="soal-2-satuan"' in page(lena) and ">ha</span>" in page(lena)


def test_the_heading_shows_a_numbered_gap_and_fields_stand_in_the_stem(lena: FlaskClient) -> None:
    start(lena)
    html = page(lena)
    assert "Ibu kota NTB adalah (1) ……." in html
    stem = html[html.index("Pulau") : html.index("jiwa &amp;")]
    assert 'name="jawaban-3-2"' in stem and 'name="jawaban-3-3"' in stem and 'name="jawaban-3-1"' not in stem
    assert html.index('name="jawaban-3-1"') < html.index("Pulau")


def test_answers_are_kept_and_drawn_again(lena: FlaskClient) -> None:
    start(lena)
    assert send(lena, RIGHT) == 303
    assert last_answers(attempt().id) == {
        "tokoh": ["soldatos!"],
        "luas": ["170 HA"],
        "kota": ["kota mataram", "Lómbok", "1.500", HIGH],
    }
    assert Fields(page(lena)).values == RIGHT
    assert "3 dari 3 terjawab" in page(lena)


def test_part_of_the_blanks_may_be_answered_and_all_taken_back(lena: FlaskClient) -> None:
    start(lena)
    send(lena, {"jawaban-3-2": "Lombok"})
    assert last_answers(attempt().id)["kota"] == ["", "Lombok", "", ""]
    send(lena, {}, sequence=2)
    assert last_answers(attempt().id)["kota"] == []


def test_a_page_sent_whole_does_not_undo_what_another_device_saved(lena: FlaskClient) -> None:
    start(lena)
    send(lena, RIGHT, page="telepon")
    drawn = {f"awal-{number}": "[]" for number in (1, 2, 3)}
    send(lena, drawn, page="meja")
    assert last_answers(attempt().id)["kota"] == ["kota mataram", "Lómbok", "1.500", HIGH]


def test_script_saves_one_question(lena: FlaskClient) -> None:
    start(lena)
    form = {"klien": "a", "urutan-3": 2, "jawaban-3-1": "Mataram"}
    assert lena.post(f"{QUIZ}/percobaan/1/jawaban", data=form).get_json() == {"saved": "10.42"}
    assert last_answers(attempt().id) == {"kota": ["Mataram", "", "", ""]}


@pytest.mark.parametrize(
    "form",
    [
        {"urutan-1": 1, "jawaban-1": ["a", "b"]},
        {"urutan-2": 1, "jawaban-2": "9" * 1001},
        {"urutan-3": 1, "jawaban-3-4": "tinggi"},
        {"urutan-3": 1, "jawaban-3-1": ["a", "b"]},
    ],
)
def test_what_no_page_sends_is_refused(lena: FlaskClient, form: dict[str, object]) -> None:
    start(lena)
    assert lena.post(f"{QUIZ}/percobaan/1/jawaban", data={"klien": "a", **form}).status_code == 400
    assert db.session.query(Answer).count() == 0


def test_they_are_marked_and_recorded(lena: FlaskClient) -> None:
    start(lena)
    send(lena, {**RIGHT, "jawaban-2": "171", "jawaban-3-4": LOW})
    lena.post(f"{QUIZ}/percobaan/1/kirim")
    assert (attempt().earned, attempt().maximum) == (4, 6)
    assert db.session.query(Progress).one().earned == 4
    found = {(one.item, one.earned, one.maximum) for one in db.session.query(Evidence)}
    assert found == {("tokoh", 1, 1), ("luas", 0, 1), ("kota", 3, 4)}


def test_the_review_shows_own_answers_verdicts_and_what_is_right(lena: FlaskClient) -> None:
    start(lena)
    send(lena, {**RIGHT, "jawaban-1": '<b>"Duchacek"</b>', "jawaban-3-4": LOW, "jawaban-3-2": "Bali"})
    lena.post(f"{QUIZ}/percobaan/1/kirim")
    html = page(lena)
    for shown in (
        "&lt;b&gt;&#34;Duchacek&#34;&lt;/b&gt;",
        "jawaban Anda, belum tepat",
        "Jawaban yang benar:",
        "<li>Panayotis Soldatos</li>",
        r"<code>/p\. soldatos/</code>",
        "169,5 ± 0,5",
        "(1) Mataram / Kota Mataram",
        "(2) Lombok",
        "<b>Bali</b>",
        "<b>rendah</b>",
        "Soldatos menulisnya pada 1990.",
    ):
        assert shown in html, shown
    assert '<b>"Duchacek"</b>' not in html
    assert html.count('class="blank is-right"') == 2 and html.count('class="blank is-wrong"') == 2
    assert Fields(html).values == {}


def test_what_was_left_empty_is_reviewed_too(lena: FlaskClient) -> None:
    start(lena)
    lena.post(f"{QUIZ}/percobaan/1/kirim")
    html = page(lena)
    assert html.count("Tidak dijawab") >= 3 and "<li>Panayotis Soldatos</li>" in html and "<b>……</b>" in html


def test_the_key_is_on_no_page_before_it_is_submitted(lena: FlaskClient) -> None:
    pages = [lena.get(f"{QUIZ}/").text]
    start(lena)
    pages.append(page(lena))
    send(lena, {"jawaban-1": "Duchacek", "jawaban-2": "1", "jawaban-3-1": "Bima", "jawaban-3-4": LOW})
    pages += [page(lena), lena.get(f"{QUIZ}/percobaan/1/kirim").text]
    for html in pages:
        assert not [key for key in KEYS if key in without_tokens(html)]
        assert OPEN not in html


def test_staff_read_the_key(cast: Cast, as_: As) -> None:
    publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": SOURCE}), NOW)
    html = as_("kofi").get(f"{QUIZ}/").text
    for shown in ("<li>Soldatos</li>", "169,5 ± 0,5", "Kota Mataram", "Lombok", "1500"):
        assert shown in html
    assert Fields(html).values == {}


@pytest.fixture
def learner(cast: Cast, as_: As) -> FlaskClient:
    start_of_check = LESSON.index("::: cek")
    rest = LESSON[LESSON.index("Lanjut ke") :]
    lesson = LESSON[:start_of_check] + CHECK + "\n" + rest
    publish(SAMPLE.but(**{"01_sister_city__01_asal_usul_md": lesson}), NOW)
    return as_("lena")


LESSON_PAGE = "/kursus/contoh/asal-usul/"


def check(client: FlaskClient, answers: dict[str, str], sequence: int = 1, fragment: bool = False) -> str:
    html = client.get(LESSON_PAGE).text
    slot = html[html.index("/cek/") + 5 :].partition('"')[0]
    form = {"klien": "halaman", **{f"urutan-{number}": sequence for number in (1, 2, 3)}, **answers}
    headers = {"X-Fragment": "1"} if fragment else {}
    response = client.post(f"{LESSON_PAGE}cek/{slot}".replace("//cek", "/cek"), data=form, headers=headers)
    return response.text if fragment else client.get(LESSON_PAGE).text


class TestInALesson:
    def test_before_answering_the_key_is_not_on_the_page(self, learner: FlaskClient) -> None:
        html = learner.get(LESSON_PAGE).text
        assert not [key for key in ("Mataram", "Soldatos", "169") if key in without_tokens(html)]
        assert set(Fields(html).values) == {"jawaban-1-1", "jawaban-1-2", "jawaban-2", "jawaban-3"}

    def test_feedback_comes_at_once_and_another_try_is_open(self, learner: FlaskClient) -> None:
        answers = {"jawaban-1-1": "Bima", "jawaban-1-2": HIGH, "jawaban-2": "Duchacek", "jawaban-3": "169 ha"}
        html = check(learner, answers)
        assert html.count('class="blank is-right"') == 1 and html.count('class="blank is-wrong"') == 1
        assert "Sebagian tepat." in html and "Belum tepat." in html and "Benar." in html
        assert "Lihat jawaban dan pembahasan" in html and "<li>Soldatos</li>" in html
        assert Fields(html).values == answers

    def test_with_script_only_the_check_comes_back(self, learner: FlaskClient) -> None:
        html = check(learner, {"jawaban-2": "Soldatos"}, fragment=True)
        assert "Benar." in html and "<html" not in html

    def test_it_is_kept_as_practice(self, learner: FlaskClient) -> None:
        check(learner, {"jawaban-1-1": "Mataram", "jawaban-2": "soldatos"})
        assert {(one.question, tuple(one.value)) for one in db.session.query(CheckAnswer)} == {
            ("cek-isi", ("Mataram", "")),
            ("cek-siapa", ("soldatos",)),
        }
        evidence = {(one.item, one.earned, one.is_practice) for one in db.session.query(Evidence)}
        assert evidence == {("cek-isi", 0.5, True), ("cek-siapa", 1, True)}
