"""Taking the content's own quizzes and checks by hand; the key is read from the Markdown, as an author sees it."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.chromium import Visitor
from tests.browser.live import COURSE, ROOT

LESSON = f"/kursus/{COURSE}/asal-usul-sister-city/"
QUIZ = f"/kursus/{COURSE}/kuis-sister-city/"
LESSON_FILE = f"{COURSE}/01-sister-city/01-asal-usul-sister-city.md"
QUIZ_FILE = f"{COURSE}/01-sister-city/03-kuis-sister-city.md"


@dataclass(frozen=True)
class Item:
    """A question as its author wrote it: the texts of its options."""

    right: list[str]
    wrong: list[str]


def items(file: str, content: Path = ROOT / "content") -> list[Item]:
    """The questions of a file, in its order: of a quiz, or of the checks of a lesson."""
    found: list[Item] = []
    for line in (content / file).read_text(encoding="utf-8").splitlines():
        if re.match(r"#{2,3} ", line):
            found.append(Item([], []))
        elif option := re.match(r"- \[([x ])\] (.+?)(?: \{#[\w-]+\})?$", line):
            (found[-1].right if option[1] == "x" else found[-1].wrong).append(option[2].replace("*", ""))
    return [item for item in found if item.right]


def choose(question: Locator, *options: str) -> None:
    """Tick options by their text, the way most people do it: by a tap on the row."""
    for option in options:
        row = question.locator("label").filter(has=question.page.get_by_text(option, exact=True))
        row.click()
        expect(row.locator("input")).to_be_checked()


class Sheet:
    """An attempt at the sister city quiz, on the screen."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.items = items(QUIZ_FILE)

    def question(self, number: int) -> Locator:
        return self.visitor.page.locator(f"#soal-{number}")

    def answer(self, *numbers: int, rightly: bool = True) -> None:
        """Answer questions and see them saved; without script by the question's own button."""
        for number in numbers:
            item = self.items[number - 1]
            choose(self.question(number), *(item.right if rightly else item.wrong[:1]))
            if not self.visitor.device.has_script:
                self.visitor.press("Simpan", self.question(number))
        if self.visitor.device.has_script:
            for number in numbers:
                expect(self.question(number)).to_contain_text(SAVED)

    def send(self) -> None:
        self.visitor.press("Kirim jawaban")
        self.visitor.press("Ya, kirim sekarang")


def check_answer(visitor: Visitor, check: Locator, button: str = "Periksa") -> None:
    """Have a check of a lesson judged: in place with script, by a new page without."""
    if visitor.device.has_script:
        visitor.tap(button, check)
    else:
        visitor.press(button, check)


SAVED = re.compile(r"Tersimpan \d\d\.\d\d")


def begin(visitor: Visitor, button: str = "Mulai") -> Sheet:
    """Open the quiz and start it."""
    visitor.go(QUIZ)
    visitor.press(button)
    expect(visitor.page.locator("#soal-1")).to_be_visible()
    return Sheet(visitor)
