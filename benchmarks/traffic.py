"""The requests of the measured pages, as bytes, without end; each connection has learners of its own."""

from collections.abc import Callable, Iterator
from itertools import count, cycle
from urllib.parse import urlencode

from benchmarks.plan import FLOOR_LESSON_PATH, FLOOR_SAVE_PATH, Learner, Plan
from benchmarks.site import HOST

PRODUCT_PAGE, FLOOR_PAGE = "ukur", "lantai"
"""What pages call themselves when they save, so that their answers can be counted afterwards."""

Asking = list[Iterator[bytes]]
"""One endless row of requests a connection."""


def get(path: str, cookie: str = "") -> bytes:
    return _head("GET", path, cookie) + b"\r\n"


def post(path: str, cookie: str, form: dict[str, object]) -> bytes:
    body = urlencode(form).encode()
    head = _head("POST", path, cookie)
    return head + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def _head(method: str, path: str, cookie: str) -> bytes:
    """As a browser would ask, compression included."""
    return (
        f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: text/html,application/json\r\n"
        f"Accept-Encoding: gzip, deflate, br\r\nAccept-Language: id\r\nCookie: {cookie}\r\n"
    ).encode()


def lessons(plan: Plan, connections: int) -> Asking:
    """Every learner reads every lesson in turn."""
    return _shared_out(plan, connections, lambda learners: _reading(learners, [page.path for page in plan.lessons]))


def floor_lessons(plan: Plan, connections: int) -> Asking:
    paths = [f"{FLOOR_LESSON_PATH}/{page.key}" for page in plan.lessons]
    return _shared_out(plan, connections, lambda learners: _reading(learners, paths))


def saves(plan: Plan, connections: int, page: str) -> Asking:
    """Every learner changes the answer to every question in turn, again and again, on a page of that name."""
    return _shared_out(plan, connections, lambda learners: _saving(learners, page))


def floor_saves(plan: Plan, connections: int) -> Asking:
    return _shared_out(plan, connections, _saving_bare)


def _shared_out(plan: Plan, connections: int, ask: Callable[[list[Learner]], Iterator[bytes]]) -> Asking:
    """No learner sends two requests at once."""
    return [ask(plan.learners[number::connections]) for number in range(connections)]


def _reading(learners: list[Learner], paths: list[str]) -> Iterator[bytes]:
    for learner, path in zip(cycle(learners), cycle(paths), strict=False):
        yield get(path, learner.cookie)


def _rounds_of_answers(learners: list[Learner]) -> Iterator[tuple[Learner, int, int, str]]:
    """Learner, position, sequence, option key: never the key that was saved last, so that every save is a row."""
    for turn in count():
        for learner in learners:
            position = turn % len(learner.options)
            sequence = turn // len(learner.options) + 1
            yield learner, position + 1, sequence, learner.options[position][sequence % 2]


def _saving(learners: list[Learner], page: str) -> Iterator[bytes]:
    for learner, position, sequence, key in _rounds_of_answers(learners):
        form = {f"urutan-{position}": sequence, f"jawaban-{position}": key, "klien": page, "csrf_token": learner.csrf}
        yield post(learner.save_path, learner.cookie, form)


def _saving_bare(learners: list[Learner]) -> Iterator[bytes]:
    for learner, position, sequence, key in _rounds_of_answers(learners):
        form = {
            "percobaan": learner.floor_attempt,
            "soal": position,
            "urutan": sequence,
            "jawaban": key,
            "klien": FLOOR_PAGE,
            "csrf_token": learner.csrf,
        }
        yield post(FLOOR_SAVE_PATH, learner.cookie, form)
