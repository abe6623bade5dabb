"""Answers no page of ours sends, and answers people twist: refused whole, or judged by the letter of the format."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from foundation.database import db
from foundation.errors import DomainError
from quizzes import grading
from quizzes.kinds import kind_of
from quizzes.kinds.kind import LONGEST_LINE, LONGEST_TEXT
from quizzes.models import Answer
from quizzes.options import key_of
from quizzes.questions import Question, parse_questions
from quizzes.words import Credit
from tests.cast import Cast
from tests.quizzes import every_kind
from tests.quizzes.kinds.sending import read, right, sent, share
from tests.quizzes.playing import QUIZ, start
from tests.quizzes.quizfiles import put_online

As = Callable[[str], FlaskClient]
ALL = every_kind.questions()
SURROGATE, NUL, UNSEEN = "\ud800", "\0", "\u200b"
HUGE = "a" * 1_000_000


def question(*lines: str) -> Question:
    found = parse_questions("\n".join(["## Soal {#soal}", *lines]), 1, "a.md", frozenset({2}))
    assert len(found.questions) == 1, found.problems
    return found.questions[0]


@pytest.mark.pure
class TestReading:
    @pytest.mark.parametrize("kind", ALL)
    @pytest.mark.parametrize("text", [SURROGATE, NUL, UNSEEN, "__proto__", "-1", "1e999", "١٢", "[]", "a:b", "\r\n\t"])
    def test_one_odd_text_is_refused_or_kept_and_judged(self, kind: str, text: str) -> None:
        """In whichever field there is: never a fault, never everything."""
        asked = ALL[kind]
        for field in ("", "1", "2", *kind_of(asked.answer).parts(asked.answer)):
            try:
                value = kind_of(asked.answer).read(asked.answer, sent({field: [text]}))
            except DomainError:
                continue
            assert all(isinstance(part, str) for part in value)
            assert grading.share(asked, value, Credit.PROPORTIONAL) in (None, *map(Fraction, (0, "1/2")))

    @pytest.mark.parametrize("kind", ALL)
    def test_a_text_without_end_is_refused(self, kind: str) -> None:
        asked = ALL[kind]
        fields = {field: [HUGE] for field in ("", "1", *map(key_of, _lefts(asked)))}
        with pytest.raises(DomainError):
            kind_of(asked.answer).read(asked.answer, sent(fields))

    @pytest.mark.parametrize("kind", [kind for kind in ALL if kind != "jamak"])
    def test_a_field_sent_twice_is_no_answer(self, kind: str) -> None:
        asked = ALL[kind]
        every = {field: ["1", "2"] for field in ("", "1", *map(key_of, _lefts(asked)))}
        with pytest.raises(DomainError):
            kind_of(asked.answer).read(asked.answer, sent(every))

    @pytest.mark.parametrize("kind", ["tunggal", "jamak", "jodoh", "urutan", "isian"])
    def test_keys_of_other_questions_are_refused(self, kind: str) -> None:
        asked = ALL[kind]
        fields = {field: ["bukan-kunci"] for field in ("", "2", *map(key_of, _lefts(asked)))}
        with pytest.raises(DomainError):
            kind_of(asked.answer).read(asked.answer, sent(fields))

    @pytest.mark.parametrize("kind", ALL)
    def test_fields_of_no_part_are_not_looked_at(self, kind: str) -> None:
        asked = ALL[kind]
        strange: Mapping[str, list[str]] = {f"{n}-x": ["ya"] for n in range(5_000)}
        assert kind_of(asked.answer).read(asked.answer, sent(strange)) == []

    @pytest.mark.parametrize(("kind", "longest"), [("teks", LONGEST_LINE), ("esai", LONGEST_TEXT)])
    def test_the_longest_answer_counts_after_what_stands_around_it(self, kind: str, longest: int) -> None:
        assert read(ALL[kind], _=f"  {'a' * longest}\r\n") == ["a" * longest]
        with pytest.raises(DomainError):
            read(ALL[kind], _="a" * (longest + 1))


def _lefts(asked: Question) -> list[str]:
    answer: Any = asked.answer
    return [pair.left for pair in answer.pairs] if hasattr(answer, "pairs") else [*getattr(answer, "items", ())]


@pytest.mark.pure
class TestKeptValues:
    """A value that is kept is judged as it is, also one that no reader of ours would have made."""

    @pytest.mark.parametrize("kind", ALL)
    @pytest.mark.parametrize("value", [["x"], ["x", "x"], ["a:b", "a:c"], [":"], [""], ["1"] * 9, [SURROGATE]])
    def test_no_kept_value_is_a_fault_or_worth_everything(self, kind: str, value: list[str]) -> None:
        found = grading.share(ALL[kind], value, Credit.PROPORTIONAL)
        assert found is None or 0 <= found < 1

    @pytest.mark.parametrize("kind", [kind for kind in ALL if right(ALL[kind])])
    def test_the_right_answer_is_worth_everything_once_and_not_twice_over(self, kind: str) -> None:
        asked = ALL[kind]
        assert share(asked, *right(asked)) == 1
        doubled = share(asked, *right(asked), *right(asked))
        assert doubled == (0 if kind in ("teks", "angka") else 1)

    def test_what_is_left_open_is_wrong_and_the_rest_counts(self) -> None:
        asked = question("", "[[satu]], [[2]], [[*a / b]], [[empat]]")
        assert share(asked, "satu", "", key_of("a"), "") == Fraction(1, 2)
        assert share(asked, "satu") == Fraction(1, 4)
        ordering = question("", "1. a", "2. b", "3. c")
        assert share(ordering, f"{key_of('a')}:1") == 0
        assert share(ordering, f"{key_of('a')}:1", f"{key_of('c')}:3") == Fraction(1, 3)

    def test_two_at_one_place_are_in_no_order(self) -> None:
        ordering = question("", "1. a", "2. b", "3. c")
        places = {"a": 1, "b": 1, "c": 2}
        assert share(ordering, *(f"{key_of(item)}:{place}" for item, place in places.items())) == Fraction(2, 3)
        assert share(ordering, *(f"{key_of(item)}:1" for item in places)) == 0
        assert share(ordering, *(f"{key_of(item)}:9" for item in places)) == 0

    def test_one_right_side_for_all_earns_its_own_pair(self) -> None:
        matching = question("", "- A -> X", "- B -> Y", "- C -> X", "- -> Z")
        for chosen, earned in (("X", Fraction(2, 3)), ("Y", Fraction(1, 3)), ("Z", Fraction(0))):
            assert share(matching, *(f"{key_of(left)}:{key_of(chosen)}" for left in "ABC")) == earned


@pytest.mark.pure
@pytest.mark.parametrize(
    ("lines", "written", "earned"),
    [
        (["= Panayotis Soldatos | Soldatos"], "  «SOLDATOS!»\u00a0", 1),
        (["= Panayotis Soldatos"], "panayotissoldatos", 1),
        (["= kerja-sama"], "kerja — sama", 1),
        (["= Bandung"], "Bandúng", 1),
        (["= 1960-an"], "1961-an", 0),
        (["toleransi: 1", "= tahun 1960"], "tahum 1960", 1),
        (["toleransi: 1", "= tahun 1960"], "tahun 1961", 0),
        (["toleransi: 1", "= tahun 1960"], "tahun 19600", 0),
        (["toleransi: 2", "= MoU"], "MuO", 0),
        (["toleransi: 1", "= MoU"], "MuO", 1),
        (["= /surat.*menlu/"], "Surat dari MENLU", 1),
        (["= /surat/"], "surat kuasa", 0),
        (["= 3,14 ± 0,01"], "3.15", 1),
        (["= 3,14 ± 0,01"], "3,1500000000001", 0),
        (["= 1,5"], "1.500", 1),
        (["= 1.500"], "1,500", 1),
        (["= 1.500"], "1500", 1),
        (["= 1.500"], "1,5", 0),
        (["= 1500,5"], "1.500,5", 1),
        (["= 1500,5"], "1,500.5", 1),
        (["= 1500"], "1.50.0", 0),
        (["= 5"], "-5", 0),
        (["= -5"], "−5", 1),
        (["= 5"], "5e0", 0),
        (["= 5"], "٥", 0),
        (["= 5"], "NaN", 0),
        (["satuan: ha", "= 169"], "169 Ha", 1),
        (["satuan: ha", "= 169"], "169 km", 0),
        (["jenis: teks", "= 169"], "169,0", 0),
    ],
)
def test_answers_as_people_write_them(lines: list[str], written: str, earned: int) -> None:
    asked = question(*[line for line in lines if line[0] != "="], "", *[line for line in lines if line[0] == "="])
    assert share(asked, *read(asked, _=written)) == earned


class TestOverHTTP:
    @pytest.fixture
    def lena(self, cast: Cast, as_: As) -> FlaskClient:
        put_online(every_kind.quiz("peran: ujian"))
        lena = as_("lena")
        start(lena)
        self.send(lena, **{"urutan-3": "1", "jawaban-3": "Mataram"})
        assert self.kept() == [["Mataram"]]
        return lena

    @staticmethod
    def send(client: FlaskClient, **fields: Any) -> TestResponse:
        return client.post(f"{QUIZ}/percobaan/1/jawaban", data={"klien": "halaman", **fields})

    @staticmethod
    def kept() -> list[list[str]]:
        db.session.expire_all()
        return [one.value for one in db.session.query(Answer).order_by(Answer.id)]

    @pytest.mark.parametrize(
        "fields",
        [
            {"urutan-3": "2", "jawaban-3": HUGE},
            {"urutan-3": "2", "jawaban-3": "a\0b"},
            {"urutan-3": "2", "jawaban-3": ["satu", "dua"]},
            {"urutan-3": "2", "jawaban-3": "Ampenan", "urutan-1": "1", "jawaban-1": "bukan-kunci"},
            {"urutan-3": "2", "jawaban-3": "Ampenan", "klien": "k" * 100_000},
        ],
    )
    def test_a_bad_field_refuses_all_of_the_request(self, lena: FlaskClient, fields: Mapping[str, Any]) -> None:
        assert self.send(lena, **fields).status_code in (400, 413)
        assert self.kept() == [["Mataram"]]

    @pytest.mark.parametrize("drawn", ["[" * 100_000, '["\\ud800"]', "1" * 5_000, "{}", "[1]", "null"])
    def test_what_a_page_says_it_was_drawn_with_may_be_anything(self, lena: FlaskClient, drawn: str) -> None:
        assert self.send(lena, **{"urutan-3": "2", "jawaban-3": "Ampenan", "awal-3": drawn}).status_code == 200
        assert self.kept() == [["Mataram"], ["Ampenan"]]

    def test_thousands_of_fields_are_the_few_that_are_ours(self, lena: FlaskClient) -> None:
        strange = {f"urutan-{n}": "1" for n in range(100, 5_000)}
        assert self.send(lena, **strange, **{"urutan-3": "2", "jawaban-3": "Ampenan"}).status_code in (200, 413)
        assert self.kept()[0] == ["Mataram"]
        assert len(self.kept()) <= 2

    @pytest.mark.parametrize("number", ["0", "-1", str(2**63), "9" * 5_000, "٣", "1.0", ""])
    def test_a_sequence_that_is_no_number_saves_nothing_or_once(self, lena: FlaskClient, number: str) -> None:
        status = self.send(lena, **{"urutan-3": number, "jawaban-3": "Ampenan"}).status_code
        assert status in (200, 400)
        assert self.kept()[0] == ["Mataram"]

    @pytest.mark.parametrize("number", [str(2**31), str(2**70), "0"])
    def test_attempts_that_cannot_be_are_not_found(self, lena: FlaskClient, number: str) -> None:
        assert lena.get(f"{QUIZ}/percobaan/{number}/").status_code == 404
        assert lena.post(f"{QUIZ}/mulai", data={"percobaan": number}).status_code in (303, 409)
