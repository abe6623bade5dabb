"""The lessons that authoring is measured with are sound, large enough and always the same."""

import pytest

from benchmarks import lessons
from benchmarks.authoring import Authoring, Round, rows
from courses import outline
from courses.lesson import Lesson
from tests import rooms

pytestmark = pytest.mark.pure


def test_the_measured_course_has_no_problem_and_a_cek_in_every_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.register(monkeypatch)
    course = outline.read("ukur", lessons.course(60))
    assert course.problems == ()
    entries = [entry for module in course.modules for entry in module.activities]
    assert len(entries) == 60
    for entry in entries:
        assert isinstance(entry.parsed.definition, Lesson)
        assert [placed.name for placed in entry.parsed.definition.containers] == ["cek"]


def test_lessons_are_the_same_at_every_run_and_differ_from_each_other() -> None:
    texts = [lessons.lesson(number) for number in range(20)]
    assert texts == [lessons.lesson(number) for number in range(20)]
    assert len(set(texts)) == 20
    assert all(lessons.SIZE <= len(text.encode()) < 1.3 * lessons.SIZE for text in texts)


def test_goals_are_judged_by_the_median_of_the_rounds() -> None:
    rounds = [Round(1.0, 0.2, 1.2), Round(1.0, 0.4, 1.4), Round(1.0, 0.2, 1.5)]
    check, render, *_times, change = rows(Authoring(rounds, 3.0, 9.0, [0.8, 0.9, 5.0]))
    assert (check.ratio, check.is_met) == ("0.20", True)
    assert (render.ratio, render.is_met) == ("1.40", False)
    assert change.is_met
