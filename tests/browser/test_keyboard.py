"""Everything can be done without a mouse, and one always sees where one is."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import DESK, PHONE, WITH_SCRIPT, Visitor
from tests.browser.live import COURSE
from tests.browser.taking import LESSON, QUIZ, SAVED, begin

pytestmark = pytest.mark.browser

LONGEST_WAY = 120

FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body || element === document.documentElement) return null;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const points = [[.5, .5], [.1, .5], [.5, .1], [.5, .9], [.9, .5]];
  const seen = points.filter(([x, y]) => {
    const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return top && (element.contains(top) || top.contains(element) || element.closest("label")?.contains(top));
  });
  return {
    name: element.outerHTML.slice(0, 120),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    isSeen: seen.length > 0,
    isOnScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def tab_to(target: Locator, key: str = "Tab") -> None:
    """Press the key until something has the focus, as somebody would who has no mouse."""
    for _press in range(LONGEST_WAY):
        if target.evaluate("element => element === document.activeElement"):
            return
        target.page.keyboard.press(key)
    raise AssertionError(f"{LONGEST_WAY} presses of {key} never reach {target}")


def test_the_skip_link_leads_past_the_bar(learner: Visitor) -> None:
    page = learner.page
    learner.go(LESSON)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "_isi"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_quiz_is_taken_by_keys_alone(learner: Visitor) -> None:
    page, keys = learner.page, learner.page.keyboard
    learner.go(QUIZ)
    tab_to(page.get_by_role("button", name="Mulai"))
    keys.press("Enter")
    page.wait_for_url(re.compile("/percobaan/1/$"))

    first = page.locator("#soal-1").get_by_role("radio")
    tab_to(first.first)
    keys.press("Space")
    expect(first.first).to_be_checked()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(first.nth(2)).to_be_checked()
    expect(first.nth(2)).to_be_focused()

    second = page.locator("#soal-2").get_by_role("checkbox")
    tab_to(second.first)
    keys.press("Space")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Space")
    for place, is_checked in enumerate((True, False, True, False)):
        expect(second.nth(place)).to_be_checked(checked=is_checked)
    if learner.device.has_script:
        expect(page.locator("#soal-2")).to_contain_text(SAVED)
        keys.press("Enter")
        assert learner.path.endswith("/percobaan/1/"), "Enter inside a question sends nothing"
    else:
        tab_to(page.locator("#soal-2").get_by_role("button", name="Simpan"))
        keys.press("Enter")
        expect(page.locator("[data-answered]")).to_have_text("2 dari 10 terjawab")
        expect(page.locator("#soal-2")).to_be_in_viewport()

    tab_to(page.get_by_role("button", name="Kirim jawaban"))
    keys.press("Enter")
    tab_to(page.get_by_role("button", name="Ya, kirim sekarang"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Nilai Anda"))
    expect(page.locator("#soal-1 .option").nth(2)).to_contain_text("jawaban Anda")


@pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)
def test_after_a_check_the_keyboard_goes_on_from_the_verdict(learner: Visitor) -> None:
    page, keys = learner.page, learner.page.keyboard
    learner.go(LESSON)
    check = page.locator("section.check").first
    tab_to(check.get_by_role("radio").first)
    keys.press("Space")
    keys.press("Enter")
    verdict = check.locator("[data-verdict]")
    expect(verdict).to_be_focused()
    expect(verdict).to_be_in_viewport()
    keys.press("Tab")
    assert check.evaluate("element => element.contains(document.activeElement)")


@pytest.mark.parametrize("visitor", [PHONE], indirect=True, ids=str)
def test_the_folded_outline_opens_by_keys(learner: Visitor) -> None:
    page = learner.page
    learner.go(LESSON)
    tab_to(page.locator("summary", has_text="Isi modul"))
    page.keyboard.press("Enter")
    tab_to(page.get_by_role("navigation", name="Isi modul").get_by_role("link", name=re.compile("Kuis Sister City")))
    page.keyboard.press("Enter")
    page.wait_for_url(QUIZ)


PATHS = ["/", f"/kursus/{COURSE}/", LESSON, QUIZ, f"{QUIZ}percobaan/1/", f"{QUIZ}percobaan/1/kirim", "/akun"]


@pytest.mark.parametrize("visitor", [PHONE, DESK], indirect=True, ids=str)
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_one_always_sees_where_one_is(learner: Visitor, key: str) -> None:
    """Every stop of a walk through a page is outlined, on the screen and under nothing (WCAG 2.4.7, 2.4.11)."""
    begin(learner).answer(1)
    lost = []
    for path in PATHS:
        learner.go(path)
        lost += [f"{path}: {stop}" for stop in walk(learner.page, key)]
    assert lost == []


def walk(page: Page, key: str) -> list[str]:
    """What is wrong on the way through a page, stop by stop."""
    wrong: list[str] = []
    for _press in range(LONGEST_WAY):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return wrong
        if stop["outline"] < 2:
            wrong.append(f"no outline on {stop['name']}")
        if not stop["isOnScreen"] or not stop["isSeen"]:
            wrong.append(f"out of sight: {stop['name']}")
    return wrong
