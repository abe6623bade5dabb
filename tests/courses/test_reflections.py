"""Reflections: a private note that is kept, and that nobody else sees."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from courses import reflection
from courses.actions import LONGEST_NOTE
from courses.models import Note
from foundation.database import db
from foundation.problems import Edit
from tests.cast import Cast, publish
from tests.conftest import NOW
from tests.sample import SAMPLE, SECOND

As = Callable[[str], FlaskClient]
PAGE = "/kursus/contoh/tahapan/"
SAVE = f"{PAGE}refleksi/mitra-kami"


class TestReading:
    pytestmark = pytest.mark.pure

    def test_a_reflection_with_an_id_is_its_title_and_body(self) -> None:
        parsed = reflection.parse("Mitra mana?", 8, "a.md", "mitra", "Kota kami")
        assert parsed.definition == reflection.Reflection("Kota kami", "Mitra mana?")
        assert (parsed.problems, parsed.ids) == ((), (("mitra", 7),))

    @pytest.mark.parametrize(
        ("title", "body", "id"),
        [
            ("Kota kami", "Mitra mana?", "refleksi-kota-kami"),
            ("", "Mitra mana?\n\nTulis.", "refleksi-mitra-mana"),
            ("", "", "refleksi"),
            ("", "kata " * 30, "refleksi-kata-kata-kata-kata-kata-kata-kata-kata"),
        ],
    )
    def test_one_without_is_told_at_its_opener_with_the_id_it_could_have(self, title: str, body: str, id: str) -> None:
        (problem,) = reflection.parse(body, 8, "a.md", "", title).problems
        assert (problem.code, problem.line, problem.is_warning) == ("S024", 7, True)
        assert problem.mend == Edit(7, f" {{#{id}}}")


@pytest.mark.usefixtures("cast")
class TestNotes:
    def test_the_lesson_asks_and_has_room_for_a_note(self, as_: As) -> None:
        page = as_("lena").get(PAGE).text
        assert "Kota mana yang cocok bagi daerah Anda?" in page
        assert 'id="mitra-kami"' in page
        assert f'action="{SAVE}"' in page

    def test_a_note_is_kept_changed_and_taken_away(self, as_: As) -> None:
        lena = as_("lena")
        assert lena.post(SAVE, data={"catatan": "Darwin\r\ndekat."}).location == f"{PAGE}#mitra-kami"
        assert "Darwin\ndekat.</textarea>" in lena.get(PAGE).text
        lena.post(SAVE, data={"catatan": "<b>Perth</b>"})
        assert "&lt;b&gt;Perth&lt;/b&gt;</textarea>" in lena.get(PAGE).text
        lena.post(SAVE, data={"catatan": "  "})
        assert db.session.query(Note).count() == 0

    def test_with_script_the_answer_says_when_it_was_kept(self, as_: As) -> None:
        answer = as_("lena").post(SAVE, data={"catatan": "Darwin"}, headers={"Accept": "application/json"})
        assert answer.json == {"saved": "10.42"}

    def test_nobody_else_reads_it(self, as_: As) -> None:
        as_("lena").post(SAVE, data={"catatan": "rahasia-lena"})
        for name in ("omar", "kofi", "ida", "ada"):
            assert "rahasia-lena" not in as_(name).get(PAGE).text
        assert "rahasia-lena" not in as_("ida").get("/rekap/contoh/praja/lena/").text

    def test_one_too_long_is_refused_and_the_one_before_stays(self, as_: As) -> None:
        lena = as_("lena")
        lena.post(SAVE, data={"catatan": "Darwin"})
        assert lena.post(SAVE, data={"catatan": "x" * (LONGEST_NOTE + 1)}).status_code == 400
        assert "Darwin</textarea>" in lena.get(PAGE).text

    def test_there_is_no_note_where_no_reflection_is(self, as_: As) -> None:
        for slot in ("urutan", "tidak-ada"):
            assert as_("lena").post(f"{PAGE}refleksi/{slot}", data={"catatan": "x"}).status_code == 404

    def test_a_note_stays_while_the_text_around_it_changes(self, as_: As) -> None:
        as_("lena").post(SAVE, data={"catatan": "Darwin"})
        publish(SAMPLE.but(**{"01_sister_city__02_tahapan_md": SECOND.replace("Kota mana", "Kota apa")}), NOW)
        assert "Darwin</textarea>" in as_("lena").get(PAGE).text

    def test_one_query_fetches_all_notes_of_a_lesson(self, as_: As, queries: list[str]) -> None:
        lena = as_("lena")
        lena.get(PAGE)
        queries.clear()
        lena.get(PAGE)
        assert sum(" notes" in query for query in queries) == 1


def test_staff_see_that_it_is_private(cast: Cast, as_: As) -> None:
    page = as_("kofi").get(PAGE).text
    assert "tidak dapat membacanya" in page
    assert "<textarea" not in page
