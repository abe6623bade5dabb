"""What a praja does, on a phone and at a desk, with script and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import WITH_SCRIPT, Visitor
from tests.browser.live import COURSE
from tests.browser.taking import LESSON, LESSON_FILE, QUIZ, SAVED, Sheet, begin, check_answer, choose, items

pytestmark = pytest.mark.browser

BACKGROUND = "element => getComputedStyle(element).backgroundColor"
OUTLINE = f"/kursus/{COURSE}/"


def test_the_demo_box_lets_anybody_in(visitor: Visitor) -> None:
    visitor.sign_in_as("praja")
    assert visitor.heading == "Halo, Rangga Pratama"
    expect(visitor.page.get_by_role("link", name=re.compile("^(Lanjutkan|Mulai) belajar$"))).to_be_visible()


@pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)
def test_a_tap_on_a_demo_name_fills_the_form(visitor: Visitor) -> None:
    visitor.go("/masuk")
    visitor.tap("praja")
    visitor.press("Masuk")
    visitor.page.wait_for_url("/")
    assert visitor.heading == "Halo, Rangga Pratama"


def test_a_wrong_password_is_told_beside_the_field(visitor: Visitor) -> None:
    visitor.expect("status of 400")
    visitor.go("/masuk")
    visitor.page.get_by_label("Nama pengguna").fill("siapa-ini")
    visitor.page.get_by_label("Kata sandi", exact=True).fill("bukan-sandi-siapa-pun")
    visitor.press("Masuk")
    field = visitor.page.get_by_label("Kata sandi", exact=True)
    expect(field).to_have_accessible_description(re.compile("tidak cocok"))
    expect(visitor.page.get_by_label("Nama pengguna")).to_have_value("siapa-ini")


def test_somebody_sent_to_sign_in_arrives_where_they_wanted_to_go(visitor: Visitor) -> None:
    account = visitor.site.new_learner()
    visitor.go(LESSON)
    assert visitor.path.startswith("/masuk?")
    visitor.page.get_by_label("Nama pengguna").fill(account.username)
    visitor.page.get_by_label("Kata sandi", exact=True).fill(account.password)
    visitor.press("Masuk")
    visitor.page.wait_for_url(LESSON)


def test_a_first_lesson_from_home_to_done(learner: Visitor) -> None:
    page = learner.page
    learner.follow("Mulai belajar")
    first = learner.path
    title = learner.heading
    if learner.device.is_phone:
        page.locator("summary", has_text="Di halaman ini").click()
    contents = page.get_by_role("navigation", name="Di halaman ini")
    entry = contents.get_by_role("link").first
    entry.click()
    target = page.locator(page.evaluate("location.hash"))
    expect(target).to_be_in_viewport()
    expect(target).to_have_text(entry.text_content() or "-")

    learner.press("Tandai selesai")
    page.wait_for_url(lambda url: not url.endswith(first) and "#" not in url)
    expect(page.get_by_role("status").filter(has_text="Selesai")).to_contain_text(title)

    learner.go(OUTLINE)
    expect(page.locator(".hero")).to_contain_text(re.compile(r"\b1 dari \d+ kegiatan selesai"))
    expect(page.get_by_role("link", name=re.compile(f"Selesai: *{re.escape(title)}"))).to_be_visible()

    learner.go(first)
    learner.press("Tandai belum selesai")
    expect(page.get_by_role("button", name="Tandai selesai")).to_be_visible()
    learner.go(OUTLINE)
    expect(page.locator(".hero")).to_contain_text(re.compile(r"\b0 dari \d+ kegiatan selesai"))


def test_a_check_answers_at_once_and_lets_one_try_again(learner: Visitor) -> None:
    page = learner.page
    item = items(LESSON_FILE)[0]
    learner.go(LESSON)
    check = page.locator("section.check").first
    choose(check, item.wrong[0])
    check_answer(learner, check)
    expect(check).to_contain_text("Belum tepat")
    expect(check).not_to_contain_text("jawaban yang benar")
    expect(check.locator(".option.is-wrong")).to_have_count(1)
    expect(check.locator(".option.is-wrong .option-feedback")).to_be_visible()
    expect(check).to_be_in_viewport()
    if learner.device.has_script:
        assert "#" not in learner.path, "answered in place"
        expect(check.locator("[data-verdict]")).to_be_focused()

    choose(check, *item.right)
    check_answer(learner, check, "Periksa lagi")
    expect(check.locator(".verdict")).to_contain_text("Benar")
    expect(check.locator(".explanation")).to_be_visible()

    learner.go(LESSON)
    expect(check.locator(".verdict")).to_contain_text("Benar")
    learner.go(OUTLINE)
    expect(page.locator(".hero")).to_contain_text(re.compile(r"\b0 dari \d+ kegiatan selesai"))


@pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)
def test_an_empty_check_is_told_so_in_place(learner: Visitor) -> None:
    learner.go(LESSON)
    check = learner.page.locator("section.check").first
    learner.tap("Periksa", check)
    expect(check.get_by_role("status")).to_have_text("Jawab dahulu.")


def test_a_quiz_is_left_resumed_sent_and_read_again(learner: Visitor) -> None:
    page = learner.page
    sheet = begin(learner)
    sheet.answer(1, 2)
    sheet.answer(3, rightly=False)
    if not learner.device.has_script:
        expect(page.locator("[data-saved]")).to_have_text(SAVED)
    if learner.device.is_phone:
        page.locator("[data-overview] > summary").click()
    overview = page.get_by_role("navigation", name="Daftar soal")
    expect(page.locator("[data-answered]")).to_have_text("3 dari 10 terjawab")
    expect(overview.get_by_role("link", name=re.compile(r"^3 terjawab"))).to_be_visible()
    learner.follow(re.compile(r"^4 belum dijawab"), overview)
    expect(sheet.question(4)).to_be_in_viewport()

    learner.go("/")
    learner.follow("Lanjutkan belajar")
    page.wait_for_url(lambda url: COURSE in url)
    learner.go(QUIZ)
    learner.follow("Lanjutkan percobaan 1")
    for text in sheet.items[0].right:
        expect(sheet.question(1).get_by_label(text, exact=True)).to_be_checked()
    expect(sheet.question(3).get_by_label(sheet.items[2].wrong[0], exact=True)).to_be_checked()
    expect(sheet.question(4).locator(":checked")).to_have_count(0)
    expect(page.locator("[data-answered]")).to_have_text("3 dari 10 terjawab")

    learner.press("Kirim jawaban")
    expect(page.get_by_text(re.compile("Masih ada 7 soal yang belum dijawab"))).to_be_visible()
    learner.follow("10 belum dijawab", page.get_by_role("main"))
    expect(sheet.question(10)).to_be_in_viewport()
    sheet.answer(*range(4, 11))
    learner.press("Kirim jawaban")
    expect(page.get_by_text("Semua soal sudah dijawab: 10 dari 10.")).to_be_visible()
    learner.press("Ya, kirim sekarang")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Nilai Anda \d+"))
    expect(page.locator(".lead").first).to_contain_text(re.compile(r"[\d,]+ dari 11 poin, mencapai batas lulus 70"))

    expect(sheet.question(1)).to_contain_text("jawaban Anda, benar")
    expect(sheet.question(3)).to_contain_text("jawaban Anda, belum tepat")
    expect(sheet.question(3)).to_contain_text("jawaban yang benar")
    expect(sheet.question(3).locator(".explanation")).to_be_visible()
    assert sheet.question(3).get_by_role("checkbox", disabled=False).count() == 0

    learner.go(OUTLINE)
    expect(page.get_by_role("link", name=re.compile("Kuis Sister City.*lulus"))).to_be_visible()
    expect(page.locator(".hero")).to_contain_text(re.compile(r"\b1 dari \d+ kegiatan selesai"))


def test_a_review_leads_to_the_paragraph_and_marks_it(learner: Visitor) -> None:
    page = learner.page
    sheet = begin(learner)
    sheet.answer(1, rightly=False)
    sheet.send()
    learner.follow("Baca lagi di pelajaran", sheet.question(1))
    page.wait_for_url(re.compile(r"/asal-usul-sister-city/#bandung-braunschweig$"))
    paragraph = page.locator("#bandung-braunschweig")
    expect(paragraph).to_be_in_viewport()
    plain = page.locator(".reading p:not(:target):not([class])").first.evaluate(BACKGROUND)
    assert paragraph.evaluate(BACKGROUND) != plain
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Nilai Anda"))


def test_the_best_of_two_attempts_counts(learner: Visitor) -> None:
    page = learner.page
    sheet = begin(learner)
    sheet.answer(*range(1, 11))
    sheet.send()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nilai Anda 100")
    learner.follow("Coba lagi")
    learner.press("Mulai percobaan 2")
    expect(page.locator("#soal-1 :checked")).to_have_count(0)
    sheet.answer(1, rightly=False)
    sheet.send()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Nilai Anda \d\d?(,\d)?$"))
    learner.follow("Coba lagi")
    tries = page.get_by_role("listitem").filter(has_text="dikirim")
    expect(tries).to_have_count(2)
    expect(tries.filter(has_text="Percobaan 1")).to_contain_text("100 · lulus")
    expect(tries.filter(has_text="Percobaan 2")).to_contain_text("belum lulus")
    learner.go(OUTLINE)
    expect(page.get_by_role("link", name=re.compile("Kuis Sister City.*100 · lulus"))).to_be_visible()


def test_a_double_click_starts_one_attempt(learner: Visitor) -> None:
    learner.go(QUIZ)
    learner.page.get_by_role("button", name="Mulai").dblclick()
    # The second click calls off the navigation of the first, which wait_for_url takes for a failure.
    expect(learner.page).to_have_url(re.compile("/percobaan/1/$"))
    learner.go(QUIZ)
    expect(learner.page.get_by_role("listitem").filter(has_text="sedang dikerjakan")).to_have_count(1)


def test_going_back_after_sending_loses_and_repeats_nothing(learner: Visitor) -> None:
    page = learner.page
    sheet = begin(learner)
    sheet.answer(1, 2)
    sheet.send()
    score = learner.heading
    for _step in range(2):
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text(score)
        expect(page.get_by_role("button", name="Ya, kirim sekarang")).to_have_count(0)
    learner.go(QUIZ)
    expect(page.get_by_role("listitem").filter(has_text="dikirim")).to_have_count(1)


def test_a_page_left_open_from_before_sending_is_told_so(learner: Visitor) -> None:
    """Two tabs: one sends the attempt, the other still shows it as open."""
    learner.expect("status of 409")
    sheet = begin(learner)
    other = learner.context.new_page()
    other.goto(f"{QUIZ}percobaan/1/")
    sheet.answer(1)
    sheet.send()
    choose(other.locator("#soal-2"), sheet.items[1].right[0])
    if not learner.device.has_script:
        other.locator("#soal-2").get_by_role("button", name="Simpan").click()
    expect(other.get_by_text(re.compile("sudah dikirim")).first).to_be_visible()
    learner.page.reload()
    expect(sheet.question(2)).to_contain_text("Tidak dijawab")


def test_what_another_device_saved_is_not_overwritten_by_an_old_page(learner: Visitor) -> None:
    """An old page that answers another question sends its own old view of the first one along, without script."""
    sheet = begin(learner)
    old = learner.context.new_page()
    old.goto(f"{QUIZ}percobaan/1/")
    sheet.answer(1)
    choose(old.locator("#soal-2"), *sheet.items[1].right)
    if learner.device.has_script:
        expect(old.locator("#soal-2")).to_contain_text(SAVED)
    else:
        old.locator("#soal-2").get_by_role("button", name="Simpan").click()
    learner.page.reload()
    for number in (1, 2):
        for text in sheet.items[number - 1].right:
            expect(sheet.question(number).get_by_label(text, exact=True)).to_be_checked()


def test_somebody_signs_out_and_nothing_stays_on_the_screen(learner: Visitor) -> None:
    page = learner.page
    learner.go(LESSON)
    learner.follow(re.compile("^Akun "), page.get_by_role("banner"))
    learner.press("Keluar")
    expect(page.get_by_role("status").filter(has_text="Anda sudah keluar")).to_be_visible()
    learner.go(LESSON)
    assert learner.path.startswith("/masuk")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk")


def test_the_pages_speak_english_on_request(learner: Visitor) -> None:
    learner.go(LESSON)
    title = learner.heading
    learner.press("English")
    expect(learner.page.locator("html")).to_have_attribute("lang", "en")
    assert learner.path == LESSON
    assert learner.heading == title
    expect(learner.page.get_by_role("heading", level=1)).to_have_attribute("lang", "id")
    learner.press("Bahasa Indonesia")
    expect(learner.page.locator("html")).to_have_attribute("lang", "id")


def test_a_page_that_is_not_there_leads_home(learner: Visitor) -> None:
    learner.expect("status of 404")
    learner.go(f"/kursus/{COURSE}/tidak-ada/")
    assert learner.heading == "Halaman ini tidak ditemukan"
    learner.follow("Ke beranda")
    learner.page.wait_for_url("/")


@pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)
def test_two_answers_in_quick_succession_arrive_in_order(learner: Visitor) -> None:
    sheet: Sheet = begin(learner)
    first, last = sheet.items[0].wrong[0], sheet.items[0].right[0]
    for text in (first, last, first, last):
        sheet.question(1).get_by_label(text, exact=True).click()
    expect(sheet.question(1)).to_contain_text(SAVED)
    learner.page.reload()
    expect(sheet.question(1).get_by_label(last, exact=True)).to_be_checked()


def test_a_note_under_a_reflection_is_kept_and_found_again(learner: Visitor) -> None:
    learner.go(LESSON)
    note = learner.page.locator(".note")
    written = "Pelabuhan, pelatihan perawat, dan tenun."
    note.get_by_role("textbox").fill(written)
    if learner.device.has_script:
        expect(note.get_by_role("status")).to_contain_text("Tersimpan")  # by itself, a moment after the last key
    else:
        learner.press("Simpan catatan", note)
        expect(learner.page.locator(".flashes")).to_contain_text("tersimpan")
    learner.go(LESSON)
    expect(note.get_by_role("textbox")).to_have_value(written)


@pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)
def test_a_note_that_could_not_be_saved_is_saved_once_the_network_is_back(learner: Visitor) -> None:
    learner.expect("ERR_INTERNET_DISCONNECTED|Failed to load resource")
    learner.go(LESSON)
    note = learner.page.locator(".note")
    with learner.page.expect_response("**/note.js"):
        note.scroll_into_view_if_needed()
    learner.context.set_offline(True)
    note.get_by_role("textbox").fill("Ditulis di kapal.")
    expect(note.get_by_role("status")).to_contain_text("Belum tersimpan")
    learner.context.set_offline(False)
    expect(note.get_by_role("status")).to_contain_text("Tersimpan")


def test_a_module_can_be_printed_whole(learner: Visitor) -> None:
    learner.go(f"{OUTLINE}modul/sister-city/")
    learner.follow("Cetak seluruh modul")
    expect(learner.page.locator("article.sheet")).to_have_count(2)
    expect(learner.page.locator(".check input:enabled")).to_have_count(0)
    assert learner.overflow == 0
