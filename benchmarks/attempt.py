"""A whole attempt of ten questions: start, ten saves, the page that asks once more, submit, the review.

Beside it the floor, in turns and in the same server: a start and a submit are a bare save each, a page is a bare page.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from statistics import median

from benchmarks import load, traffic
from benchmarks.load import CONNECTIONS, Connection
from benchmarks.plan import FLOOR_LESSON_PATH, FLOOR_SAVE_PATH, Learner, Plan
from benchmarks.report import Row
from benchmarks.site import PRODUCT_AND_FLOOR, Site, server
from benchmarks.survey import FLOOR_ATTEMPT

LEARNERS = 100
SAVES = 10
TURNS = 2
"""Of each learner: what a quiz of three attempts leaves beside the floor's own."""
FLOOR_PAGE = "lantai-percobaan"
GOAL = 0.5
"""Of the floor's pace: a start draws the questions, a submit marks them, and a review shows them with their keys."""
STEPS = ("start", "save", "submit", "whole attempt")


@dataclass
class Timings:
    """Seconds of each step, of product and floor."""

    product: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in STEPS})
    floor: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in STEPS})


def measure(site: Site, asked: Plan) -> Timings:
    """Of a site that is surveyed and not served yet; every attempt but the floor's is gone afterwards."""
    make_room(site)
    found, numbers = Timings(), count(1)
    with server(site, PRODUCT_AND_FLOOR):
        connections = load.connect_evenly(site.port, asked.workers)
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            shares = [asked.learners[:LEARNERS][place::CONNECTIONS] for place in range(CONNECTIONS)]
            running = [
                pool.submit(_sit, connection, learners, asked, found, numbers)
                for connection, learners in zip(connections, shares, strict=True)
            ]
            for one in running:
                one.result()
        for connection in connections:
            connection.close()
    return found


def make_room(site: Site) -> None:
    """Take away all attempts but the floor's."""
    database = sqlite3.connect(site.database)
    try:
        with database:
            others = f"SELECT id FROM attempts WHERE number <> {FLOOR_ATTEMPT}"
            database.execute(f"DELETE FROM answers WHERE attempt_id IN ({others})")
            database.execute(f"DELETE FROM attempts WHERE id IN ({others})")
    finally:
        database.close()


def _sit(connection: Connection, learners: list[Learner], asked: Plan, found: Timings, numbers: Iterator[int]) -> None:
    for turn in range(TURNS):
        for learner in learners:
            _attempt(connection, learner, turn + 2, found.product)
            _bare_attempt(connection, learner, asked, found.floor, numbers)


def _attempt(connection: Connection, learner: Learner, number: int, steps: dict[str, list[float]]) -> None:
    quiz = learner.save_path.partition("/percobaan/")[0]
    here = f"{quiz}/percobaan/{number}/"
    token = {"csrf_token": learner.csrf}

    def send(path: str, form: dict[str, object]) -> None:
        _expect(connection, traffic.post(path, learner.cookie, {**form, **token}), 303)

    begin = time.perf_counter()
    _timed(steps["start"], lambda: send(f"{quiz}/mulai", {"percobaan": number}))
    for turn in range(SAVES):
        position = turn % len(learner.options)
        form: dict[str, object] = {
            f"urutan-{position + 1}": 2 + turn // len(learner.options),
            f"jawaban-{position + 1}": learner.options[position][0],
            "klien": "percobaan",
        }
        request = traffic.post(f"{here}jawaban", learner.cookie, {**form, **token})
        _timed(steps["save"], lambda request=request: _expect(connection, request, 200))  # type: ignore[misc]
    _expect(connection, traffic.get(f"{here}kirim", learner.cookie), 200)
    _timed(steps["submit"], lambda: send(f"{here}kirim", {}))
    _expect(connection, traffic.get(here, learner.cookie), 200)
    steps["whole attempt"].append(time.perf_counter() - begin)


def _bare_attempt(
    connection: Connection, learner: Learner, asked: Plan, steps: dict[str, list[float]], numbers: Iterator[int]
) -> None:
    def save() -> None:
        form: dict[str, object] = {
            "percobaan": learner.floor_attempt,
            "soal": 1,
            "urutan": next(numbers),
            "jawaban": "a",
            "klien": FLOOR_PAGE,
            "csrf_token": learner.csrf,
        }
        _expect(connection, traffic.post(FLOOR_SAVE_PATH, learner.cookie, form), 200)

    page = traffic.get(f"{FLOOR_LESSON_PATH}/{asked.lessons[0].key}", learner.cookie)
    begin = time.perf_counter()
    _timed(steps["start"], save)
    for _turn in range(SAVES):
        _timed(steps["save"], save)
    _expect(connection, page, 200)
    _timed(steps["submit"], save)
    _expect(connection, page, 200)
    steps["whole attempt"].append(time.perf_counter() - begin)


def _timed(seconds: list[float], do: Callable[[], None]) -> None:
    begin = time.perf_counter()
    do()
    seconds.append(time.perf_counter() - begin)


def _expect(connection: Connection, request: bytes, status: int) -> None:
    """Raises on any other answer: an attempt that goes wrong measures nothing."""
    answered, body = connection.exchange(request)
    if answered != status:
        raise RuntimeError(f"answered {answered} to {request.partition(b'HTTP')[0]!r}: {body[:200]!r}")


def rows(found: Timings) -> list[Row]:
    return [_row(step, found) for step in STEPS]


def _row(step: str, found: Timings) -> Row:
    ours, bare = 1000 * median(found.product[step]), 1000 * median(found.floor[step])
    ratio, is_whole = bare / ours, step == STEPS[-1]
    return Row(
        f"an attempt of ten questions: {step}, ms",
        f"{ours:.1f}",
        f"{bare:.1f}",
        f"{ratio:.2f}",
        goal=f"≥ {GOAL}" if is_whole else "",
        is_met=ratio >= GOAL if is_whole else None,
    )
