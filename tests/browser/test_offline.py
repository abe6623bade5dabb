"""The network goes away in the middle of a quiz: the page says what is not saved, and saves it when it can."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.chromium import WITH_SCRIPT, Visitor
from tests.browser.taking import LESSON, LESSON_FILE, SAVED, Sheet, begin, choose, items

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)]

NOT_SAVED = re.compile("Belum tersimpan")
SAVING = "**/percobaan/*/jawaban"


@pytest.fixture
def sheet(learner: Visitor) -> Sheet:
    learner.expect("Failed to load resource")
    sheet = begin(learner)
    sheet.answer(1)
    return sheet


def kept(sheet: Sheet, *numbers: int) -> None:
    """The answers are there after the page is loaded again."""
    sheet.visitor.page.reload()
    for number in numbers:
        for text in sheet.items[number - 1].right:
            expect(sheet.question(number).get_by_label(text, exact=True)).to_be_checked()


def test_answers_given_offline_are_saved_on_return(sheet: Sheet) -> None:
    page, context = sheet.visitor.page, sheet.visitor.context
    context.set_offline(True)
    for number in (2, 4):
        choose(sheet.question(number), *sheet.items[number - 1].right)
        expect(sheet.question(number)).to_contain_text(NOT_SAVED)
    expect(page.locator("[data-saved]")).to_have_text(NOT_SAVED)
    context.set_offline(False)
    for number in (2, 4):
        expect(sheet.question(number)).to_contain_text(SAVED)
    kept(sheet, 1, 2, 4)


def test_the_whole_page_counts_as_unsaved_while_one_answer_is(sheet: Sheet) -> None:
    """The state beside the overview is the page's, not that of the answer touched last."""
    page = sheet.visitor.page
    page.route(SAVING, lambda route: route.abort())
    choose(sheet.question(2), *sheet.items[1].right[:1])
    expect(sheet.question(2)).to_contain_text(NOT_SAVED)

    def let_the_fourth_through(route: Route) -> None:
        if "jawaban-4" in (route.request.post_data or ""):
            route.continue_()
        else:
            route.abort()

    page.unroute(SAVING)
    page.route(SAVING, let_the_fourth_through)
    choose(sheet.question(4), *sheet.items[3].right)
    expect(sheet.question(4)).to_contain_text(SAVED)
    assert not SAVED.search(page.locator("[data-saved]").inner_text())


def test_a_server_that_fails_for_a_while_is_asked_again(sheet: Sheet) -> None:
    page = sheet.visitor.page
    page.route(SAVING, lambda route: route.fulfill(status=503, body="x"))
    choose(sheet.question(2), *sheet.items[1].right)
    expect(sheet.question(2)).to_contain_text(NOT_SAVED)
    page.unroute(SAVING)
    expect(sheet.question(2)).to_contain_text(SAVED)
    kept(sheet, 1, 2)


def test_sending_waits_for_the_network_and_loses_nothing(sheet: Sheet) -> None:
    page, context = sheet.visitor.page, sheet.visitor.context
    context.set_offline(True)
    choose(sheet.question(2), *sheet.items[1].right)
    expect(sheet.question(2)).to_contain_text(NOT_SAVED)
    sheet.visitor.tap("Kirim jawaban")
    expect(sheet.question(2)).to_be_attached()
    expect(page.locator("#soal-10")).to_be_attached()
    context.set_offline(False)
    expect(sheet.question(2)).to_contain_text(SAVED)
    sheet.send()
    expect(sheet.question(2).locator(".verdict")).to_contain_text("Benar")


def test_the_last_answer_is_not_lost_by_sending_at_once(sheet: Sheet) -> None:
    """Nobody waits for "Tersimpan" before pressing the button: the form carries what is still on its way."""
    page = sheet.visitor.page
    page.route(SAVING, lambda route: route.abort())
    choose(sheet.question(2), *sheet.items[1].right)
    sheet.send()
    expect(sheet.question(2).locator(".verdict")).to_contain_text("Benar")


def test_a_check_that_cannot_be_sent_says_so(learner: Visitor) -> None:
    learner.expect("Failed to load resource")
    learner.go(LESSON)
    check = learner.page.locator("section.check").first
    right = items(LESSON_FILE)[0].right
    choose(check, *right)
    learner.context.set_offline(True)
    learner.tap("Periksa", check)
    expect(check.get_by_role("status")).to_contain_text("belum terkirim")
    expect(check.get_by_label(right[0], exact=True)).to_be_checked()
    learner.context.set_offline(False)
    learner.tap("Periksa", check)
    expect(check.locator(".verdict")).to_contain_text("Benar")
