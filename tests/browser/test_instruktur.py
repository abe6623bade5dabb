"""An instruktur reads the scores, a learner's way and work, and takes them away as a file. An admin opens all of it."""

import csv
import io
import re
from collections.abc import Sequence

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chromium import Visitor
from tests.browser.live import COURSE
from tests.browser.taking import LESSON, QUIZ

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("who", ["instruktur", "admin"])]

SCORES = f"/rekap/{COURSE}/"
SYNTHETIC = "Angkatan contoh (data sintetis)"
IS_SYNTHETIC = "Data sintetis: praja ini rekaan, jawabannya dari model."
QUIZ_TITLE = "Kuis Sister City"
LEARNERS = 393


@pytest.fixture
def reader(visitor: Visitor, who: str) -> Visitor:
    """Before the scores of the invented cohort."""
    visitor.sign_in_as(who)
    visitor.follow("Rekap nilai")
    visitor.page.wait_for_url(SCORES)
    cohorts = visitor.page.get_by_role("navigation", name="Angkatan")
    visitor.follow(SYNTHETIC, cohorts)
    expect(cohorts.locator("[aria-current]")).to_have_text(SYNTHETIC)
    return visitor


def names(reader: Visitor) -> Locator:
    return reader.page.locator("tbody").get_by_role("rowheader")


def column(reader: Visitor, title: str) -> list[str]:
    """What stands in a column, row by row."""
    heads = reader.page.locator("thead [scope=col]")
    place = [text.strip(" ▲▼") for text in heads.all_inner_texts()].index(title)
    cells: Sequence[str] = reader.page.locator(f"tbody tr > :nth-child({place + 1})").all_inner_texts()
    return [cell.strip() for cell in cells]


def scores(cells: list[str]) -> list[float]:
    return [float(found[0].replace(",", ".")) for cell in cells if (found := re.match(r"[\d,]+", cell))]


def test_393_invented_learners_are_labelled_as_invented(reader: Visitor) -> None:
    page = reader.page
    expect(page.get_by_text(IS_SYNTHETIC)).to_be_visible()
    expect(page.locator(".crumb")).to_contain_text(f"{LEARNERS} praja")
    expect(names(reader)).to_have_count(50)
    mean = page.locator("tfoot").get_by_text(re.compile(r"n = \d+")).first
    mean.scroll_into_view_if_needed()
    expect(mean).to_be_visible()
    expect(page.get_by_text(f"1–50 dari {LEARNERS}")).to_be_visible()
    reader.follow("Angkatan demo", page.get_by_role("navigation", name="Angkatan"))
    expect(page.get_by_text(IS_SYNTHETIC)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nilai")


def test_a_search_finds_by_name_and_says_when_it_finds_nobody(reader: Visitor) -> None:
    page = reader.page
    wanted = names(reader).nth(7).inner_text()
    search = page.get_by_role("searchbox", name="Cari nama atau nama pengguna")
    search.fill(wanted.lower())
    reader.press("Cari")
    expect(names(reader).first).to_have_text(wanted)
    assert names(reader).count() < 5
    expect(page.get_by_text(IS_SYNTHETIC)).to_be_visible()
    search.fill("nama yang tidak ada <b>")
    with page.expect_navigation():
        search.press("Enter")
    expect(page.get_by_text("Tidak ada praja yang cocok dengan “nama yang tidak ada <b>”.")).to_be_visible()
    reader.follow("Tampilkan semua")
    expect(names(reader)).to_have_count(50)


def test_a_column_sorts_both_ways_and_stays_sorted_on_the_next_page(reader: Visitor) -> None:
    page = reader.page
    head = page.get_by_role("columnheader", name=QUIZ_TITLE)
    reader.follow(QUIZ_TITLE, head)
    expect(head).to_have_attribute("aria-sort", "ascending")
    rising = scores(column(reader, QUIZ_TITLE))
    assert len(rising) == 50
    assert rising == sorted(rising)
    reader.follow(QUIZ_TITLE, head)
    expect(head).to_have_attribute("aria-sort", "descending")
    falling = scores(column(reader, QUIZ_TITLE))
    assert falling == sorted(falling, reverse=True)
    assert falling[0] > rising[0]
    reader.follow("Berikutnya")
    expect(page.get_by_text(f"51–100 dari {LEARNERS}")).to_be_visible()
    after = scores(column(reader, QUIZ_TITLE))
    assert after == sorted(after, reverse=True)
    assert after[0] <= falling[-1]
    reader.follow("Sebelumnya")
    assert scores(column(reader, QUIZ_TITLE)) == falling


def test_names_stay_in_sight_while_the_table_moves(reader: Visitor) -> None:
    region = reader.page.get_by_role("region", name="Tabel nilai, dapat digeser")
    region.evaluate("element => element.scrollTo(element.scrollWidth, 400)")
    row = names(reader).nth(15)
    left = region.evaluate("element => element.getBoundingClientRect().left")
    assert abs(row.evaluate("element => element.getBoundingClientRect().left") - left) < 3
    head = reader.page.locator("thead")
    top = region.evaluate("element => element.getBoundingClientRect().top")
    assert abs(head.evaluate("element => element.getBoundingClientRect().top") - top) < 3


def test_from_a_score_to_the_answers_behind_it(reader: Visitor) -> None:
    page = reader.page
    head = page.get_by_role("columnheader", name=QUIZ_TITLE)
    for _turn in range(2):
        reader.follow(QUIZ_TITLE, head)
    best = column(reader, QUIZ_TITLE)[0]
    name = names(reader).first.inner_text()
    reader.follow(name)
    assert reader.heading == name
    expect(page.get_by_text(IS_SYNTHETIC)).to_be_visible()
    quiz = page.locator(".steps > li").filter(has_text=QUIZ_TITLE)
    expect(quiz).to_contain_text(best)
    reader.follow("Percobaan 1", quiz)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Nilai {best}")
    expect(page.locator(".crumb")).to_contain_text(f"{QUIZ_TITLE}, percobaan 1")
    expect(page.get_by_text(IS_SYNTHETIC)).to_be_visible()
    expect(page.locator("section.question")).to_have_count(10)
    expect(page.locator("#soal-1")).to_contain_text(re.compile("jawabannya, |Tidak dijawab"))
    assert page.locator("main input:enabled").count() == 0
    reader.follow(name)
    assert reader.heading == name


def test_the_file_opens_in_excel_as_it_is(reader: Visitor) -> None:
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Unduh CSV").click()  # a download leaves the page where it is
    assert download.value.suggested_filename == "nilai-contoh-sintetis.csv"
    raw = download.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    header, *lines = csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";")
    assert header[:4] == ["nama_pengguna", "nama", "angkatan", "selesai"]
    assert QUIZ_TITLE in header
    assert len(lines) == LEARNERS
    assert {len(line) for line in lines} == {len(header)}
    assert {line[2] for line in lines} == {SYNTHETIC}
    shown = column(reader, "Praja")
    assert [line[1] for line in lines[:50]] == shown


def test_the_course_is_theirs_to_preview(reader: Visitor) -> None:
    for path in (LESSON, QUIZ):
        reader.go(path)
        expect(reader.page.get_by_text("Pratinjau: tidak ada yang dicatat.")).to_be_visible()
    expect(reader.page.locator("#soal-1 .option", has_text="kunci")).to_have_count(1)
