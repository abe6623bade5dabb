"""A practice quiz that tells question by question, and one whose time runs out, with script and without."""

import re
import sqlite3
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import WITH_SCRIPT, Visitor
from tests.browser.live import COURSE, Site
from tests.browser.taking import SAVED, check_answer, choose
from tests.quizzes.quizfiles import one_question, quiz

pytestmark = pytest.mark.browser

PRACTICE = f"/kursus/{COURSE}/latihan-baru/"
TIMED = f"/kursus/{COURSE}/kuis-berwaktu/"


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose course has two quizzes more."""
    site = Site(tmp_path_factory.mktemp("rules"))
    module = site.content / COURSE / "01-sister-city"
    questions = [
        one_question(name).replace("tujuan: SC1\nlihat: 01-asal-usul.md#niat\n", "") for name in ("satu", "dua")
    ]
    (module / "08-latihan-baru.md").write_text(quiz(*questions, rules=["peran: latihan"], title="Latihan baru"))
    (module / "09-kuis-berwaktu.md").write_text(quiz(*questions, rules=["waktu: 5"], title="Kuis berwaktu"))
    yield site.start()
    site.stop()


def test_a_question_is_checked_and_locked_and_the_others_go_on(learner: Visitor) -> None:
    learner.go(PRACTICE)
    learner.press("Mulai")
    first, second = (learner.page.locator(f"#soal-{number}") for number in (1, 2))
    choose(first, "Tidak")
    check_answer(learner, first)
    expect(first).to_contain_text("Belum tepat")
    expect(first).to_contain_text("Umpan balik satu.")
    expect(first).to_contain_text("Kunci satu.")
    expect(first.get_by_label("Ya", exact=False).first).to_be_disabled()
    expect(learner.page.locator('[data-number="1"] .sign')).to_have_text("✘")
    expect(second).not_to_contain_text("Kunci dua.")
    choose(second, "Ya")
    check_answer(learner, second)
    expect(second).to_contain_text("jawaban Anda, benar")
    learner.page.reload()
    expect(first).to_contain_text("Kunci satu.")
    learner.press("Kirim jawaban")
    learner.press("Ya, kirim sekarang")
    expect(learner.page.get_by_role("heading", level=1)).to_have_text("Nilai Anda 50")


@pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)
def test_nothing_answered_is_not_checked(learner: Visitor) -> None:
    learner.go(PRACTICE)
    learner.press("Mulai")
    first = learner.page.locator("#soal-1")
    learner.tap("Periksa", first)
    expect(first).to_contain_text("Jawab dahulu, lalu tekan Periksa.")


@pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)
def test_another_device_is_told_of_beside_the_question(learner: Visitor) -> None:
    learner.go(PRACTICE)
    learner.press("Mulai")
    other = learner.context.new_page()
    other.goto(f"{PRACTICE}percobaan/1/")
    first = learner.page.locator("#soal-1")
    choose(first, "Ya")
    expect(first).to_contain_text(SAVED)
    choose(other.locator("#soal-1"), "Tidak")
    expect(other.locator("#soal-1")).to_contain_text("juga diubah di perangkat lain")


@pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)
def test_when_the_time_is_over_the_page_goes_on_to_the_review_by_itself(learner: Visitor) -> None:
    learner.go(TIMED)
    learner.press("Mulai")
    expect(learner.page.locator("[data-left]")).to_have_text(re.compile("Sisa 5 menit"))
    choose(learner.page.locator("#soal-1"), "Ya")
    expect(learner.page.locator("#soal-1")).to_contain_text(SAVED)
    with sqlite3.connect(learner.site.instance / "learning.sqlite") as database:  # begun all but ten seconds earlier
        (begun,) = database.execute("SELECT max(id) FROM attempts WHERE submitted_at IS NULL").fetchone()
        database.execute(
            "UPDATE attempts SET started_at = ? WHERE id = ?",
            (time.strftime("%Y-%m-%d %H:%M:%S.000000", time.gmtime(time.time() - 290)), begun),
        )
    learner.page.reload()
    choose(learner.page.locator("#soal-2"), "Tidak")
    expect(learner.page.get_by_role("heading", level=1)).to_have_text("Nilai Anda 50", timeout=20_000)
