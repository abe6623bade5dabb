"""All ten kinds of questions: by keys alone, on a phone, with script and without, and to the eyes of axe."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.all_kinds import (
    ALL,
    ATTEMPT,
    LESSON,
    QUIZ,
    STEPS,
    number_of,
    order_of,
    place_of,
    put_in_order,
    row_of,
    write_to,
)
from tests.browser.chromium import DESK, PHONE, PLAIN_PHONE, WITH_SCRIPT, Visitor
from tests.browser.live import Site
from tests.browser.taking import SAVED, check_answer
from tests.browser.test_accessibility import REFLOW, SPACING, axe, violations
from tests.browser.test_keyboard import tab_to

pytestmark = pytest.mark.browser

__all__ = ["axe"]


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, whose course has one module more."""
    site = Site(tmp_path_factory.mktemp("kinds"))
    write_to(site.content)
    yield site.start()
    site.stop()


def begin(learner: Visitor) -> None:
    learner.go(QUIZ)
    learner.press("Mulai")
    learner.go(ATTEMPT)


def question(visitor: Visitor, kind: str, prefix: str = "soal") -> Locator:
    """A question on the screen; its script, where it has one that waits for that, starts now."""
    found = visitor.page.locator(f"#{prefix}-{number_of(kind)}")
    found.scroll_into_view_if_needed()
    if visitor.device.has_script:
        expect(found.locator("[data-lazy]:not([data-live])")).to_have_count(0)
    return found


def answer_all(visitor: Visitor, prefix: str = "soal") -> None:
    for one in ALL:
        one.answer(question(visitor, one.kind, prefix), visitor.device.has_script)


@pytest.mark.parametrize("visitor", [PHONE], indirect=True, ids=str)
def test_what_is_checked_stays_counted_although_its_fields_are_gone(learner: Visitor) -> None:
    begin(learner)
    for count, kind in enumerate(("teks", "isian", "urutan"), start=1):
        one = ALL[number_of(kind) - 1]
        asked = question(learner, kind)
        one.answer(asked, True)
        check_answer(learner, asked)
        expect(asked.locator(".verdict")).to_be_visible()
        expect(learner.page.locator("[data-answered]")).to_have_text(f"{count} dari {len(ALL)} terjawab")


@pytest.mark.parametrize("visitor", [PHONE, PLAIN_PHONE, DESK], indirect=True, ids=str)
def test_every_kind_is_answered_by_keys_alone(learner: Visitor) -> None:
    page, keys = learner.page, learner.page.keyboard
    begin(learner)
    answer_all(learner)
    if learner.device.has_script:
        for one in ALL:
            expect(question(learner, one.kind)).to_contain_text(SAVED)
    else:
        tab_to(question(learner, ALL[-1].kind).get_by_role("button", name="Simpan"))
        keys.press("Enter")
        page.wait_for_url(re.compile(r"#soal-\d+$"))
    learner.go(ATTEMPT)
    expect(page.locator("[data-answered]")).to_have_text(f"{len(ALL)} dari {len(ALL)} terjawab")

    tab_to(page.get_by_role("button", name="Kirim jawaban"), "Shift+Tab")
    keys.press("Enter")
    tab_to(page.get_by_role("button", name="Ya, kirim sekarang"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Nilai"))
    for one in ALL:
        expect(question(learner, one.kind).locator(".verdict"), one.kind).to_contain_text(one.verdict)


@pytest.mark.parametrize("visitor", [PHONE, PLAIN_PHONE], indirect=True, ids=str)
def test_every_kind_is_answered_in_a_check_and_may_be_changed(learner: Visitor) -> None:
    learner.go(LESSON)
    answer_all(learner, "segala")
    check = learner.page.locator("section.check").first
    have_checked(learner, check)
    said = {"Terjawab": "Tersimpan.", "Menunggu penilaian": "Tersimpan."}
    for one in ALL:
        verdict = question(learner, one.kind, "segala").locator("[data-verdict]")
        expect(verdict, one.kind).to_contain_text(said.get(one.verdict, one.verdict))
    order = question(learner, "urutan", "segala")
    if learner.device.has_script:
        assert learner.path == LESSON, "answered in place"
        move(order, STEPS[0], "Turunkan")
        expect(row_of(order, STEPS[0])).not_to_contain_text("di tempatnya")
        expect(row_of(order, STEPS[1])).not_to_contain_text("di tempatnya")
        expect(row_of(order, STEPS[2])).to_contain_text("di tempatnya")
    else:
        row_of(order, STEPS[0]).get_by_role("combobox").select_option("2")
        row_of(order, STEPS[1]).get_by_role("combobox").select_option("1")
    have_checked(learner, check, "Periksa lagi")
    expect(order.locator("[data-verdict]")).to_contain_text("Sebagian tepat")


def have_checked(learner: Visitor, check: Locator, button: str = "Periksa") -> None:
    check_answer(learner, check, button)
    expect(check.locator("[data-verdict]")).to_have_count(len(ALL))


def move(order: Locator, step: str, button: str) -> None:
    row_of(order, step).get_by_role("button", name=re.compile(f"^{button}")).click()


class TestOrderingWithScript:
    pytestmark = pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)

    @pytest.fixture
    def order(self, learner: Visitor) -> Locator:
        begin(learner)
        return question(learner, "urutan")

    def test_the_order_that_was_drawn_can_be_the_answer(self, order: Locator, learner: Visitor) -> None:
        drawn = [place_of(order, step) for step in STEPS]
        assert order_of(order) == [""] * len(STEPS)
        learner.tap("Pakai urutan ini", order)
        expect(order).to_contain_text(SAVED)
        expect(order.get_by_role("button", name="Pakai urutan ini")).to_be_hidden()
        assert order_of(order) == [str(place) for place in drawn]
        assert order.evaluate("element => element.contains(document.activeElement)"), "the focus is not lost"
        learner.go(ATTEMPT)
        assert [place_of(question(learner, "urutan"), step) for step in STEPS] == drawn

    def test_buttons_move_an_item_and_say_so(self, order: Locator, learner: Visitor) -> None:
        step = STEPS[2]
        button = "Turunkan" if place_of(order, step) < len(STEPS) else "Naikkan"
        place = place_of(order, step) + (1 if button == "Turunkan" else -1)
        move(order, step, button)
        assert place_of(order, step) == place
        expect(order.locator("[data-said]")).to_have_text(f"Langkah “{step}” kini di urutan {place} dari {len(STEPS)}.")
        expect(order).to_contain_text(SAVED)
        assert sorted(order_of(order)) == ["1", "2", "3", "4", "5"]

    def test_the_ends_are_the_ends(self, order: Locator, learner: Visitor) -> None:
        put_in_order(order, has_script=True)
        for step, button in ((STEPS[0], "Naikkan"), (STEPS[-1], "Turunkan")):
            found = row_of(order, step).get_by_role("button", name=re.compile(f"^{button}"))
            expect(found).to_have_attribute("aria-disabled", "true")
            found.click(force=True)
        assert order_of(order) == ["1", "2", "3", "4", "5"]

    def test_escape_puts_back_what_was_lifted(self, order: Locator, learner: Visitor) -> None:
        keys, step = learner.page.keyboard, STEPS[3]
        before = place_of(order, step)
        grip = row_of(order, step).get_by_role("button", name="Pindahkan")
        grip.focus()
        keys.press("ArrowUp")
        assert place_of(order, step) == before, "what is not lifted does not move"
        keys.press("Space")
        expect(order.locator("[data-said]")).to_contain_text("diangkat")
        for _press in STEPS:
            keys.press("ArrowUp")
        assert place_of(order, step) == 1
        keys.press("Escape")
        assert place_of(order, step) == before
        expect(order.locator("[data-said]")).to_contain_text(f"dikembalikan ke urutan {before}")
        expect(grip).to_be_focused()
        expect(grip).to_have_attribute("aria-pressed", "false")
        assert order_of(order) == [""] * len(STEPS), "nothing was answered"

    def test_leaving_drops_what_was_lifted(self, order: Locator, learner: Visitor) -> None:
        keys, step = learner.page.keyboard, STEPS[3]
        row_of(order, step).get_by_role("button", name="Pindahkan").focus()
        keys.press("Enter")
        keys.press("ArrowUp" if place_of(order, step) > 1 else "ArrowDown")
        keys.press("Tab")
        expect(order).to_contain_text(SAVED)
        assert order.locator(".is-held").count() == 0

    def test_an_item_is_dragged(self, order: Locator, learner: Visitor) -> None:
        """By a finger on a phone, by a mouse at a desk; let go elsewhere it is where it was let go."""
        first, last = (order.locator("ol > li").nth(place) for place in (0, len(STEPS) - 1))
        step = next(step for step in STEPS if place_of(order, step) == 1)
        order.locator("ol").evaluate("list => list.scrollIntoView({ block: 'center' })")
        drag(learner, first.get_by_role("button", name="Pindahkan"), last)
        expect(order.locator("[data-said]")).to_have_text(
            f"Langkah “{step}” diletakkan di urutan {len(STEPS)} dari {len(STEPS)}."
        )
        expect(order).to_contain_text(SAVED)
        assert order_of(order)[STEPS.index(step)] == str(len(STEPS))
        assert sorted(order_of(order)) == ["1", "2", "3", "4", "5"]


def drag(visitor: Visitor, grip: Locator, onto: Locator) -> None:
    page = visitor.page
    start, end = grip.bounding_box(), onto.bounding_box()
    assert start and end
    x, y, target = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2, end["y"] + end["height"] - 2
    scrolled = page.evaluate("scrollY")
    steps = [y + (target - y) * part / 10 for part in range(1, 11)]
    if visitor.device.is_phone:
        touch = visitor.context.new_cdp_session(page)
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in steps:
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": step}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    else:
        page.mouse.move(x, y)
        page.mouse.down()
        for step in steps:
            page.mouse.move(x, step)
        page.mouse.up()
    assert page.evaluate("scrollY") == scrolled, "dragging does not scroll the page away"


@pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)
def test_words_are_counted_as_they_are_written(learner: Visitor) -> None:
    begin(learner)
    comment = question(learner, "tanggapan")
    expect(comment).to_contain_text("0 kata")
    comment.get_by_role("textbox").fill("dua\n kata ")
    expect(comment).to_contain_text("2 kata")


@pytest.mark.parametrize("visitor", [PHONE, PLAIN_PHONE], indirect=True, ids=str)
def test_at_360_pixels_nothing_overflows_and_axe_finds_nothing(learner: Visitor, axe: str) -> None:
    """An open attempt, its review, and a lesson with checks: as they come, answered, and with parts of any length."""
    wrong: dict[str, object] = {}
    begin(learner)
    look(learner, axe, "open", wrong)
    answer_all(learner)
    learner.press("Kirim jawaban")
    learner.press("Ya, kirim sekarang")
    look(learner, axe, "review", wrong)
    learner.go(LESSON)
    look(learner, axe, "lesson", wrong)
    answer_all(learner, "segala")
    have_checked(learner, learner.page.locator("section.check").first)
    look(learner, axe, "lesson, answered", wrong)
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)


def look(visitor: Visitor, axe: str, name: str, wrong: dict[str, object]) -> None:
    page = visitor.page
    for part in page.locator("[data-lazy]").all():
        part.scroll_into_view_if_needed()
    if visitor.device.has_script:
        expect(page.locator("[data-lazy]:not([data-live])")).to_have_count(0)
    for details in page.locator("main details").all():
        details.evaluate("details => (details.open = true)")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if visitor.device.has_script and (found := violations(visitor, axe)):
            wrong[f"{name}, {scheme}"] = found
    small = page.locator(".question").evaluate_all(TOO_SMALL)
    if small:
        wrong[f"{name}, touch"] = small
    for width in (REFLOW, PHONE.width):
        page.set_viewport_size({"width": width, "height": PHONE.height})
        if visitor.overflow > 0:
            wrong[f"{name}, {width}"] = visitor.overflow
    page.evaluate(SPACING)
    if visitor.overflow > 0:
        wrong[f"{name}, spaced"] = visitor.overflow


TOO_SMALL = """questions => questions.flatMap((question) =>
  [...question.querySelectorAll("select, textarea, input[type=text], .ordering button, .scale label")].filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 0 && (width < 44 || height < 44);
  }).map((one) => one.outerHTML.slice(0, 120)))"""
"""What is smaller than a thumb."""


@pytest.mark.parametrize("visitor", [PHONE], indirect=True, ids=str)
def test_staff_read_every_key(visitor: Visitor, axe: str) -> None:
    wrong: dict[str, object] = {}
    visitor.sign_in_as("dosen")
    visitor.go(QUIZ)
    look(visitor, axe, "preview", wrong)
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)
