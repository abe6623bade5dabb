"""The document on growth: its table follows from its figures, and they from what was measured."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import growth
from benchmarks.growth import DOCUMENT, SCALES, Measured, Scale, breaks_first, changes, need, table

pytestmark = pytest.mark.pure

FIGURES = Measured(page_ms=5, save_ms=5, submit_ms=10, saves_a_second=200, attempt_bytes=4000)


def test_the_documents_table_is_what_its_figures_give() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert table(growth.read(text)) in text


def test_new_figures_take_the_place_of_the_old(tmp_path: Path) -> None:
    copy = tmp_path / "growth.md"
    shutil.copy(DOCUMENT, copy)
    before = copy.read_text(encoding="utf-8")
    for figures in (FIGURES, FIGURES):  # twice is once
        growth.write(figures, copy)
        text = copy.read_text(encoding="utf-8")
        assert growth.read(text) == FIGURES
        assert table(FIGURES) in text
        assert text.count("\n") == before.count("\n")


def test_a_learner_asks_as_often_everywhere() -> None:
    one, ten = (need(Scale("", learners, 1), FIGURES) for learners in (1_000, 10_000))
    for name in ("requests_a_day", "busiest_a_second", "answers_a_year", "gigabytes_a_year"):
        assert getattr(ten, name) == pytest.approx(10 * getattr(one, name))


def test_by_hand() -> None:
    """1,000 learners: 496 requests each in 70 days; 216 answers each, 400 bytes an answer."""
    found = need(Scale("", 1_000, 600), FIGURES)
    assert found.requests_a_day == pytest.approx(1_000 * 496 / 70)
    assert found.busiest_a_second == pytest.approx(1_000 * 496 / 70 / 5 / 3600)
    assert found.saves_a_second == pytest.approx(600 * 13 / 2400)
    assert found.answers_a_year == 216_000
    assert found.gigabytes_a_year == pytest.approx(0.0864)
    assert (found.processors, found.processors_for_the_end) == (1, 2)


@pytest.mark.parametrize(
    ("scale", "figures", "breaks", "change"),
    [
        (Scale("", 393, 393), FIGURES, "nothing", "as it is"),
        (Scale("", 4_000, 2_000), FIGURES, "10 s until all are answered", "PostgreSQL, 7 processors"),
        (
            Scale("", 4_000, 2_000),
            replace(FIGURES, saves_a_second=20),
            "SQLite's one writer",
            "PostgreSQL, 7 processors",
        ),
        (
            Scale("", 100_000, 10),
            replace(FIGURES, page_ms=60),
            "the processors",
            "4 processors; answers in",
        ),
        (Scale("", 90_000, 9_000), FIGURES, "45 s until", "on 2 servers; a read replica for scores and analyses"),
    ],
)
def test_what_breaks_and_what_to_change(scale: Scale, figures: Measured, breaks: str, change: str) -> None:
    found = need(scale, figures)
    assert breaks in breaks_first(found, figures)
    assert change in changes(found)


def test_the_hall_the_institute_and_all_of_the_country_are_there() -> None:
    assert [scale.learners for scale in SCALES] == [393, 4_000, 12_000, 100_000]
