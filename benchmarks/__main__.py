"""`make bench`: the production server under load, beside a bare floor in the same server and the same run.

Prints one table, and ends well whatever the figures are; only a bench that could not measure fails. The figures of
two machines are not comparable, and neither are two runs': the ratios are. `python -m benchmarks authoring` measures
only what authoring costs, `python -m benchmarks hall` only a hall that signs in, `python -m benchmarks attempt` only
whole attempts, `python -m benchmarks pages` only the lesson page and the save of an answer, and `python -m benchmarks
growth` writes docs/growth.md.
"""

import os
import platform
import sqlite3
import sys
from dataclasses import dataclass
from statistics import median

from benchmarks import attempt, authoring, first_visit, growth, hall, load, plan, processes, traffic
from benchmarks.first_visit import MOST_BYTES, MOST_REQUESTS, Visit
from benchmarks.load import CONNECTIONS, Comparison, Connection
from benchmarks.plan import Plan
from benchmarks.processes import Held
from benchmarks.report import Row, at_least, at_most, information, table
from benchmarks.site import PREPARE, PRODUCT, PRODUCT_AND_FLOOR, SURVEY, Site, run, server, temporary_site

ROUNDS = 5
SECONDS = 3.0
"""Of one round."""
STARTS = 5
LESSON_GOAL, SAVE_GOAL = 0.8, 0.7
COURSE = "paradiplomasi"
"""That of the repository: a hall signs in to it."""
LONGEST_START = 2.0
MOST_MEGABYTES = 100


@dataclass(frozen=True)
class Alone:
    """What is measured of the product without the floor."""

    starts: list[float]
    """Seconds to the first page of a server on a prepared site."""
    visits: list[Visit]
    held: list[Held]


def main() -> None:
    if sys.argv[1:] == ["authoring"]:
        print(table(authoring_rows()))
        return
    if sys.argv[1:] == ["hall"]:
        with temporary_site() as site:
            run(site, PREPARE)
            print(table(measure_hall(site)))
        return
    if sys.argv[1:] == ["attempt"]:
        with temporary_site() as site:
            run(site, PREPARE)
            run(site, SURVEY)
            print(table(measure_attempts(site, plan.read(site.folder))))
        return
    if sys.argv[1:] == ["growth"]:
        growth.write(measure_growth())
        return
    if sys.argv[1:] == ["pages"]:
        with temporary_site() as site:
            run(site, PREPARE)
            run(site, SURVEY)
            lessons, saves = measure_beside_floor(site, plan.read(site.folder))
        print(table(page_rows(lessons, saves)))
        return
    with temporary_site() as site:
        tell("a new site with its demo")
        seconds_to_prepare = run(site, PREPARE)
        run(site, SURVEY)
        plan_of_site = plan.read(site.folder)
        alone = measure_alone(site, plan_of_site)
        lessons, saves = measure_beside_floor(site, plan_of_site)
        check_nothing_lost(site, saves)
        attempt_rows = measure_attempts(site, plan_of_site)
        hall_rows = measure_hall(site)
    print(
        table(
            [
                *rows(seconds_to_prepare, alone, lessons, saves, plan_of_site),
                *attempt_rows,
                *hall_rows,
                *authoring_rows(),
            ]
        )
    )
    print(footnotes(alone, lessons, saves, plan_of_site))


def measure_attempts(site: Site, asked: Plan) -> list[Row]:
    tell(f"attempts of {attempt.SAVES} questions by {attempt.LEARNERS} learners, in turns with the floor")
    return attempt.rows(attempt.measure(site, asked))


def measure_growth() -> growth.Measured:
    with temporary_site() as site:
        run(site, PREPARE)
        run(site, SURVEY)
        asked = plan.read(site.folder)
        lessons, saves = measure_beside_floor(site, asked)
        attempt.make_room(site)
        before = growth.size_of(site)
        found = attempt.measure(site, asked)
        return growth.measured(lessons, saves, found, growth.size_of(site) - before)


def measure_hall(site: Site) -> list[Row]:
    tell(f"a hall of {hall.SIZE} signing in at once, once")
    return hall.rows(hall.measure(site, COURSE))


def authoring_rows() -> list[Row]:
    tell(f"checking and rendering lessons, {authoring.ROUNDS} rounds in turns with bare Markdown")
    return authoring.rows(authoring.measure())


def tell(what: str) -> None:
    print(f"measuring: {what} …", flush=True)


def measure_alone(site: Site, asked: Plan) -> Alone:
    tell(f"{STARTS} cold starts")
    starts = []
    for _ in range(STARTS - 1):
        with server(site, PRODUCT) as started:
            starts.append(started.seconds_to_answer)
    with server(site, PRODUCT) as started:
        starts.append(started.seconds_to_answer)
        tell(f"first visits to {len(asked.lessons)} lessons")
        visits = first_visit.measure(site.origin, asked.learners[0].cookie, [lesson.path for lesson in asked.lessons])
        tell("memory after load")
        _work_a_little(site, asked)
        return Alone(starts, visits, [processes.held_by(worker) for worker in processes.workers_of(started.pid)])


def _work_a_little(site: Site, asked: Plan) -> None:
    """Enough of every request for a worker's memory to have settled."""
    connections = load.connect(site.port)
    load.run_round(connections, traffic.lessons(asked, CONNECTIONS), SECONDS)
    load.run_round(connections, traffic.saves(asked, CONNECTIONS, "memori"), SECONDS)
    _close(connections)


def measure_beside_floor(site: Site, asked: Plan) -> tuple[Comparison, Comparison]:
    with server(site, PRODUCT_AND_FLOOR) as started:
        connections = load.connect_evenly(site.port, asked.workers)
        workers = processes.workers_of(started.pid)
        tell(f"lesson page, {ROUNDS} rounds of {SECONDS:.0f} s in turns with the floor")
        reading = traffic.lessons(asked, CONNECTIONS), traffic.floor_lessons(asked, CONNECTIONS)
        lessons = load.compare(connections, *reading, workers, rounds=ROUNDS, seconds=SECONDS)
        tell(f"saving an answer, {ROUNDS} rounds of {SECONDS:.0f} s in turns with the floor")
        saving = traffic.saves(asked, CONNECTIONS, traffic.PRODUCT_PAGE), traffic.floor_saves(asked, CONNECTIONS)
        saves = load.compare(connections, *saving, workers, rounds=ROUNDS, seconds=SECONDS)
        _close(connections)
    return lessons, saves


def _close(connections: list[Connection]) -> None:
    for connection in connections:
        connection.close()


def check_nothing_lost(site: Site, saves: Comparison) -> None:
    """Every save that was answered is a row. Raises otherwise: a fast server that forgets measures nothing."""
    database = sqlite3.connect(site.database)
    try:
        kept = dict(database.execute("SELECT client, count(*) FROM answers GROUP BY client"))
    finally:
        database.close()
    found = kept.get(traffic.PRODUCT_PAGE, 0), kept.get(traffic.FLOOR_PAGE, 0)
    if found != saves.answered:
        raise RuntimeError(f"saves answered (product, floor): {saves.answered}; rows kept: {found}")


def rows(prepared: float, alone: Alone, lessons: Comparison, saves: Comparison, asked: Plan) -> list[Row]:
    return [
        *page_rows(lessons, saves),
        at_most("cold start, s", median(alone.starts), LONGEST_START, digits=2),
        *_memory_rows(alone.held),
        at_most("first visit of a lesson, bytes", max(visit.bytes for visit in alone.visits), MOST_BYTES),
        at_most("first visit of a lesson, requests", max(visit.requests for visit in alone.visits), MOST_REQUESTS),
        information("preparing a new site with its demo, s", f"{prepared:.1f}"),
    ]


def page_rows(lessons: Comparison, saves: Comparison) -> list[Row]:
    return [
        _rate_row("lesson page, pages/s", lessons, LESSON_GOAL),
        _processor_row("lesson page, processor time of the server, ms", lessons),
        _rate_row("saving an answer, saves/s", saves, SAVE_GOAL),
        _processor_row("saving an answer, processor time of the server, ms", saves),
    ]


def _rate_row(what: str, found: Comparison, goal: float) -> Row:
    rates = load.median_rate(found.product), load.median_rate(found.floor)
    return at_least(what, *rates, found.ratio, found.ratios, goal)


def _processor_row(what: str, found: Comparison) -> Row:
    """The same seen apart from waiting, and from whatever else the machine does: what the code itself costs."""
    product, floor = load.median_server_milliseconds(found.product), load.median_server_milliseconds(found.floor)
    return Row(what, f"{product:.2f}", f"{floor:.2f}", f"{floor / product:.2f}" if product else "")


def _memory_rows(held: list[Held]) -> list[Row]:
    if not held:
        return [information("memory of a worker, MB", "not told by this system")]
    resident = max(one.resident for one in held) / 1e6
    proportional = max(one.proportional for one in held) / 1e6
    return [
        at_most("memory of a worker, resident (RSS), MB", resident, MOST_MEGABYTES),
        information("memory of a worker, its share (PSS), MB", f"{proportional:.0f}" if proportional else "not told"),
    ]


def footnotes(alone: Alone, lessons: Comparison, saves: Comparison, asked: Plan) -> str:
    queries = sorted({lesson.queries for lesson in asked.lessons})
    heaviest = max(alone.visits, key=lambda visit: visit.bytes)
    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} processors; {asked.workers} workers, "
        f"{asked.threads} threads each; {CONNECTIONS} connections; medians of {ROUNDS} rounds of {SECONDS:.0f} s.",
        f"Queries a lesson: {', '.join(map(str, queries))}, in product and floor alike.",
        _latency_line("Lesson page", lessons),
        _latency_line("Saving", saves),
        f"Answered and kept: {saves.answered[0]} saves of the product, {saves.answered[1]} of the floor; none lost.",
        _share_line("The client's own processor time", lessons.client_share, saves.client_share),
        _share_line("Of everything else on the machine", lessons.other_share, saves.other_share),
        f"Heaviest first visit, by {heaviest.seen_by}: {heaviest.path}; its pictures, apart: "
        f"{heaviest.picture_bytes:,} bytes.",
        f"Cold starts: {', '.join(f'{seconds:.2f}' for seconds in alone.starts)} s.",
    ]
    return "\n".join(["", *lines])


def _share_line(what: str, lessons: float, saves: float) -> str:
    return f"{what}: {lessons:.0%} (lessons), {saves:.0%} (saves)."


def _latency_line(what: str, found: Comparison) -> str:
    (ours, ours_slow), (bare, bare_slow) = load.milliseconds(found.product), load.milliseconds(found.floor)
    figures = f"product {ours:.1f}, {ours_slow:.1f}; floor {bare:.1f}, {bare_slow:.1f}"
    return f"{what}, ms, median and 95th percentile: {figures}."


if __name__ == "__main__":
    main()
