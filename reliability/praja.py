"""One praja with a phone: signs in, reads, takes quizzes, and tries again as page and person do without an answer."""

import asyncio
import html
import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from reliability.journal import Journal, Sent
from reliability.phone import SAVE_PATIENCE, Answer, Form, Phone, Refused, Trouble

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden"\s+name="((?:klien|terlihat|urutan-\d+|awal-\d+))"\s+value="([^"]*)"')
OPTION = re.compile(r'<input type="(radio|checkbox)"\s+name="jawaban-(\d+)"\s+value="([^"]+)"')
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')
LESSON = "/kursus/{}/{}/"
SECOND_THOUGHTS = 0.3
"""Share of the answers that are changed once."""


@dataclass(frozen=True)
class Pace:
    """Seconds. A hall's own, unless a test hurries it."""

    sign_in: float = 60
    """Within which everybody signs in."""
    reading: tuple[float, float] = (3, 8)
    thinking: tuple[float, float] = (3, 8)
    submit_at: float = 170
    """From the start, when everybody begins to send."""
    burst: float = 10
    """Within which everybody sends."""
    first_pause: float = 2
    longest_pause: float = 30
    """Both as static/controllers/attempt.js has them."""
    reload: float = 2
    """Until a person asks once more for a page that did not come."""


@dataclass(frozen=True)
class Task:
    course: str
    lessons: tuple[str, ...]
    quiz: str
    password: str


@dataclass
class Sheet:
    """A drawn attempt: what its form sends."""

    place: str
    number: int
    hidden: dict[str, str]
    options: dict[int, list[str]]
    multiple: frozenset[int]
    chosen: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def client(self) -> str:
        return self.hidden["klien"]


class Praja:
    def __init__(self, username: str, task: Task, pace: Pace, journal: Journal, port: int, seed: int) -> None:
        self.username, self.task, self.pace, self.journal = username, task, pace, journal
        self.phone = Phone(port, journal)
        self.chance = random.Random(f"{seed} {username}")
        self.token = ""

    async def attend_hall(self, start: float) -> None:
        """Everything of a hall, once."""
        await asyncio.sleep(self.chance.uniform(0, self.pace.sign_in))
        await self.sign_in()
        for lesson in self.task.lessons[: self.chance.randint(2, 3)]:
            await self.page("lesson", LESSON.format(self.task.course, lesson))
            await self._pause(self.pace.reading)
        sheet = await self.start(1)
        await self.answer_all(sheet)
        when = start + self.pace.submit_at + self.chance.uniform(0, self.pace.burst)
        await asyncio.sleep(max(0, when - asyncio.get_running_loop().time()))
        await self.submit(sheet)
        self.journal.finished += 1

    async def work(self, until: Callable[[], bool]) -> None:
        """One attempt after another, until it is enough; the last one is finished."""
        await asyncio.sleep(self.chance.uniform(0, self.pace.sign_in))
        await self.sign_in()
        number = 0
        while not until():
            number += 1
            sheet = await self.start(number)
            await self.answer_all(sheet)
            await self.submit(sheet)
        self.journal.finished += 1

    async def sign_in(self) -> None:
        page = await self.page("sign-in page", "/masuk")
        for asset in dict.fromkeys(ASSET.findall(page.text)):
            await self.page("stylesheet, script", asset)
        self._learn_token(page)
        entered = await self.send("sign in", "/masuk", [("username", self.username), ("password", self.task.password)])
        self._learn_token(await self.page("home", entered.place))

    async def start(self, number: int) -> Sheet:
        place = f"/kursus/{self.task.course}/{self.task.quiz}"
        self._learn_token(await self.page("quiz page", f"{place}/"))
        began = await self.send("start", f"{place}/mulai", [("percobaan", str(number))])
        page = (await self.page("attempt page", began.place)).text
        options: dict[int, list[str]] = {}
        multiple = set()
        for shape, question, key in OPTION.findall(page):
            options.setdefault(int(question), []).append(html.unescape(key))
            if shape == "checkbox":
                multiple.add(int(question))
        hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
        if not options or "klien" not in hidden:
            raise Refused(f"{began.place} draws no question")
        return Sheet(urlsplit(began.place).path, number, hidden, options, frozenset(multiple))

    async def answer_all(self, sheet: Sheet) -> None:
        for question in sheet.options:
            await self._pause(self.pace.thinking)
            await self.save(sheet, question)
            if self.chance.random() < SECOND_THOUGHTS:
                await self.save(sheet, question)

    async def save(self, sheet: Sheet, question: int) -> None:
        """As static/controllers/attempt.js does it: until the server has taken it, with longer and longer pauses."""
        name, sequence = f"urutan-{question}", int(sheet.hidden[f"urutan-{question}"]) + 1
        sheet.hidden[name] = str(sequence)
        sheet.chosen[question] = value = self._choose(sheet, question)
        sent = Sent(self.username, sheet.number, question, sheet.client, sequence, value)
        self.journal.sent.append(sent)
        fields = [("csrf_token", self.token), *((key, sheet.hidden[key]) for key in ("klien", "terlihat", name))]
        fields += [(f"jawaban-{question}", key) for key in value]
        pause = self.pace.first_pause
        while True:
            try:
                answer = await self.phone.ask(
                    "save an answer", "POST", f"{sheet.place}jawaban", fields, patience=SAVE_PATIENCE, json=True
                )
            except Trouble:
                await asyncio.sleep(pause)
                pause = min(2 * pause, self.pace.longest_pause)
                continue
            if answer.status != 200:
                raise Refused(f"a save answers {answer.status}: {answer.sent[:200]!r}")
            self.journal.acknowledged.append(sent)
            return

    def _choose(self, sheet: Sheet, question: int) -> tuple[str, ...]:
        """Another answer than before."""
        options, before = sheet.options[question], sheet.chosen.get(question)
        while True:
            size = self.chance.randint(1, len(options)) if question in sheet.multiple else 1
            value = tuple(sorted(self.chance.sample(options, size)))
            if value != before:
                return value

    async def submit(self, sheet: Sheet) -> None:
        """The page's form whole, the page that asks once more, and what comes of it."""
        fields = [(name, value) for name, value in sheet.hidden.items()]
        fields += [(f"jawaban-{question}", key) for question, keys in sheet.chosen.items() for key in keys]
        asked = await self.send("send all", sheet.place, [*fields, ("tombol", "kirim")])
        self._learn_token(await self.page("confirm", asked.place))
        result = await self.send("submit", f"{sheet.place}kirim", [])
        self.journal.submitted.append((self.username, sheet.number))
        page = await self.page("result", result.place)
        if "klien" in dict(HIDDEN.findall(page.text)):
            raise Refused(f"{sheet.place} is still open after it was submitted")

    async def page(self, step: str, path: str) -> Answer:
        """A page, asked for again until it comes. Raises Refused for one that is not there."""
        answer = await self._again(lambda: self.phone.ask(step, "GET", path))
        if answer.status in (302, 303):
            return await self.page(step, urljoin(path, answer.place))
        if answer.status != 200:
            raise Refused(f"{step}: {path} answers {answer.status}")
        return answer

    async def send(self, step: str, path: str, fields: Form) -> Answer:
        """A form, sent again until it is taken."""
        form = [("csrf_token", self.token), *fields]
        answer = await self._again(lambda: self.phone.ask(step, "POST", path, form))
        if answer.status != 303:
            raise Refused(f"{step}: {path} answers {answer.status}")
        return answer

    async def _again(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        while True:
            try:
                return await ask()
            except Trouble:
                await asyncio.sleep(self.pace.reload)

    def _learn_token(self, answer: Answer) -> None:
        found = TOKEN.search(answer.text)
        if found:
            self.token = found[1]

    async def _pause(self, between: tuple[float, float]) -> None:
        await asyncio.sleep(self.chance.uniform(*between))
