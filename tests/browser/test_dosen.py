"""A dosen previews the course, changes its files, and sees the change."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Visitor
from tests.browser.live import COURSE, Site
from tests.browser.taking import LESSON, LESSON_FILE, QUIZ, QUIZ_FILE, check_answer, choose, items

pytestmark = pytest.mark.browser

PREVIEW = "Pratinjau: tidak ada yang dicatat."


@pytest.fixture
def dosen(visitor: Visitor) -> Visitor:
    visitor.sign_in_as("dosen")
    return visitor


@pytest.fixture
def edit(site: Site) -> Iterator[Callable[[str, str, str], None]]:
    """Replaces text in a file of the content, the first time it occurs; put back and synced in the end."""
    before: dict[Path, str] = {}

    def edit(file: str, old: str, new: str) -> None:
        path = site.content / file
        text = path.read_text(encoding="utf-8")
        before.setdefault(path, text)
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    yield edit
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")
    assert site.flask("courses", "sync").returncode == 0


def test_a_dosen_previews_lessons_and_quizzes_with_their_keys(dosen: Visitor) -> None:
    page = dosen.page
    dosen.follow("Buka kursus")
    expect(page.get_by_text(PREVIEW)).to_be_visible()
    expect(page.get_by_text("kegiatan selesai")).to_have_count(0)
    dosen.follow("Asal-usul sister city")
    page.wait_for_url(LESSON)
    expect(page.get_by_text(PREVIEW)).to_be_visible()
    expect(page.get_by_role("button", name="Tandai selesai")).to_have_count(0)

    dosen.go(QUIZ)
    expect(page.get_by_text(PREVIEW)).to_be_visible()
    expect(page.get_by_role("button", name="Mulai")).to_have_count(0)
    for number, item in enumerate(items(QUIZ_FILE), start=1):
        question = page.locator(f"#soal-{number}")
        expect(question.locator(".option", has_text="kunci")).to_have_count(len(item.right))
        expect(question.locator(".explanation")).to_be_visible()


def test_a_check_answers_a_dosen_and_forgets(dosen: Visitor) -> None:
    dosen.go(LESSON)
    check = dosen.page.locator("section.check").first
    choose(check, items(LESSON_FILE)[0].wrong[0])
    check_answer(dosen, check)
    expect(check).to_contain_text("Belum tepat")
    dosen.go(LESSON)
    expect(check).not_to_contain_text("Belum tepat")


def test_the_scores_are_not_for_a_dosen(dosen: Visitor) -> None:
    dosen.expect("status of 403")
    dosen.go(LESSON)
    expect(dosen.page.get_by_role("link", name="Rekap")).to_have_count(0)
    dosen.go(f"/rekap/{COURSE}/")
    assert dosen.heading == "Ini bukan untuk akun Anda"
    expect(dosen.page.get_by_text("Akun Anda tidak berhak melakukan ini.")).to_be_visible()


def test_a_changed_file_is_online_after_a_sync(
    dosen: Visitor, site: Site, edit: Callable[[str, str, str], None]
) -> None:
    dosen.go(LESSON)
    news = "Paragraf ini baru saja ditulis dosen."
    expect(dosen.page.get_by_text(news)).to_have_count(0)
    edit(LESSON_FILE, "\n## ", f"\n{news}\n\n## ")
    synced = site.flask("courses", "sync")
    assert synced.returncode == 0
    assert "1 berubah" in synced.stdout
    dosen.page.reload()
    expect(dosen.page.get_by_text(news)).to_be_visible()


def test_a_broken_file_is_named_by_line_and_its_last_good_version_stays(
    dosen: Visitor, site: Site, edit: Callable[[str, str, str], None]
) -> None:
    edit(QUIZ_FILE, "judul: Kuis Sister City", "judul: Judul Yang Belum Boleh Tampil")
    edit(QUIZ_FILE, "- [x] ", "- [ ] ")
    lines = (site.content / QUIZ_FILE).read_text(encoding="utf-8").splitlines()
    first, second = [number for number, line in enumerate(lines, start=1) if line.startswith("## ")][:2]
    synced = site.flask("courses", "sync")
    assert synced.returncode == 1
    told = re.search(rf"^{re.escape(QUIZ_FILE)}:(\d+):\d+: \w+ .+", synced.stderr, re.MULTILINE)
    assert told, synced.stderr
    assert first <= int(told[1]) < second
    assert "1 ditahan karena kesalahan" in synced.stdout
    dosen.go(QUIZ)
    assert dosen.heading == "Kuis Sister City"
    expect(dosen.page.locator("#soal-1 .option", has_text="kunci")).to_have_count(1)


def test_a_lesson_is_shown_for_a_projector(dosen: Visitor) -> None:
    dosen.go(LESSON)
    dosen.follow("Tayangkan")
    place = dosen.page.locator("[data-place]")
    if not dosen.device.has_script:
        expect(place).to_be_hidden()
        expect(dosen.page.locator(".check").first).to_be_visible()
        return
    expect(place).to_have_text(re.compile("^1 dari [0-9]+$"))
    dosen.page.keyboard.press("ArrowRight")
    expect(place).to_have_text(re.compile("^2 dari"))
    expect(dosen.page.locator("h1")).to_be_hidden()
    dosen.page.keyboard.press("End")
    expect(dosen.page.get_by_role("button", name="Berikutnya")).to_be_disabled()
    dosen.tap("Sebelumnya")
    with dosen.page.expect_navigation():
        dosen.page.keyboard.press("Escape")
    assert dosen.path == LESSON


def test_the_guide_is_at_hand(dosen: Visitor) -> None:
    dosen.go("/")
    dosen.follow("Panduan penulis")
    assert dosen.heading == "Panduan penulis"
    dosen.follow("Kode masalah")
    assert dosen.heading == "Kode masalah"
    assert dosen.overflow == 0
