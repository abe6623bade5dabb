"""A hall comes at once: everybody's way over HTTP, while an instructor watches and a lecturer changes a lesson."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks import processes
from reliability.audit import Finding, audit
from reliability.journal import BURST, Journal, percentile
from reliability.phone import Refused
from reliability.praja import Pace, Praja, Task
from reliability.seed import COHORT, COURSE, INSTRUCTOR, PASSWORD, username
from reliability.served import Served

QUIZ = "kuis-sister-city"
LESSONS = ("mengapa-daerah-bertindak", "asal-usul-sister-city", "tahapan-perjanjian")
WATCHING, LECTURING = 3.0, 30.0
"""Seconds between two looks at the scores, and between two changes of a lesson."""
BURST_GOAL, OTHER_GOAL = 1.0, 0.3
"""Seconds within which 99 of 100 requests are answered."""
TASK = Task(COURSE, LESSONS, QUIZ, PASSWORD)
AFTERWARDS = 120
"""Seconds after the last begins to send, at which a hall that is not done is given up."""


@dataclass(frozen=True)
class Outcome:
    size: int
    journal: Journal
    finding: Finding
    refused: Counter[str]
    """What ended a praja's way, with how many."""
    seconds: float
    client_seconds: float
    server_seconds: float
    syncs: int
    failed_syncs: int

    @property
    def errors(self) -> int:
        return sum(self.journal.troubles.values()) + sum(self.refused.values()) + self.failed_syncs

    @property
    def is_kept(self) -> bool:
        """Whether nothing failed and nothing is missing; times are another matter."""
        return not self.errors and self.finding.is_sound and self.journal.finished == self.size


def play(served: Served, size: int, pace: Pace, seed: int = 393) -> Outcome:
    """Of a site that is served."""
    start, client = time.perf_counter(), time.process_time()
    workers = served.workers
    server = processes.processor_seconds(workers)
    journal, refused, syncs = asyncio.run(_play(served, size, pace, seed))
    return Outcome(
        size,
        journal,
        audit(served.url, COHORT, QUIZ, journal),
        refused,
        time.perf_counter() - start,
        time.process_time() - client,
        processes.processor_seconds(workers) - server,
        len(syncs),
        sum(code != 0 for code in syncs),
    )


async def _play(served: Served, size: int, pace: Pace, seed: int) -> tuple[Journal, Counter[str], list[int]]:
    journal, refused, syncs = Journal(), Counter[str](), list[int]()
    start = asyncio.get_running_loop().time()

    async def one(number: int) -> None:
        praja = Praja(username(number), TASK, pace, journal, served.site.port, seed)
        try:
            await asyncio.wait_for(praja.attend_hall(start), pace.submit_at + pace.burst + AFTERWARDS)
        except TimeoutError:
            refused["not done in time"] += 1
        except Refused as why:
            refused[str(why)] += 1
        finally:
            praja.phone.hang_up()

    async with asyncio.TaskGroup() as others:
        watching = others.create_task(_watch(served.site.port, pace, journal, refused))
        lecturing = others.create_task(_lecture(served, syncs))
        await asyncio.gather(*(one(number) for number in range(1, size + 1)))
        watching.cancel()
        lecturing.cancel()
    return journal, refused, syncs


async def _watch(port: int, pace: Pace, journal: Journal, refused: Counter[str]) -> None:
    """An instructor reloads the score table again and again."""
    instructor = Praja(INSTRUCTOR, TASK, pace, journal, port, 0)
    try:
        await instructor.sign_in()
        while True:
            await instructor.page("score table", f"/rekap/{COURSE}/?angkatan={COHORT}")
            await asyncio.sleep(WATCHING)
    except Refused as why:
        refused[str(why)] += 1
    finally:
        instructor.phone.hang_up()


async def _lecture(served: Served, syncs: list[int]) -> None:
    """A lecturer changes a lesson, and it goes online while everybody works."""
    lesson = next(served.content.rglob("*-asal-usul-sister-city.md"))
    while True:
        await asyncio.sleep(min(LECTURING, LECTURING / 10 if not syncs else LECTURING))
        change(lesson, len(syncs))
        done = await asyncio.to_thread(served.sync)
        syncs.append(done.returncode)


def change(lesson: Path, times: int) -> None:
    said = lesson.read_text(encoding="utf-8")
    lesson.write_text(f"{said}\nKalimat ke-{times} yang ditambahkan dosen.\n", encoding="utf-8")


def table(outcome: Outcome) -> str:
    """As docs/reliability.md shows it."""
    journal, finding = outcome.journal, outcome.finding
    lines = ["| step | requests | p50 ms | p99 ms | slowest ms |", "|---|---:|---:|---:|---:|"]
    for step, seconds in journal.seconds.items():
        figures = (percentile(seconds, 50), percentile(seconds, 99), max(seconds))
        cells = " | ".join(f"{1000 * figure:.0f}" for figure in figures)
        lines.append(f"| {step}{' (burst)' if step in BURST else ''} | {len(seconds)} | {cells} |")
    burst, other = journal.slowest(in_burst=True), journal.slowest(in_burst=False)
    lines += [
        "",
        "| what | found | goal | met |",
        "|---|---:|---:|---|",
        _row("praja who came to the end", journal.finished, outcome.size, journal.finished == outcome.size),
        _row("errors", outcome.errors, 0, not outcome.errors),
        _row("answers acknowledged", finding.acknowledged),
        _row("of them lost", len(finding.lost), 0, not finding.lost),
        _row("of them doubled", len(finding.doubled), 0, not finding.doubled),
        _row("where not the last acknowledged counts", len(finding.miscounted), 0, not finding.miscounted),
        _row("p99 in the burst, ms", round(1000 * burst), f"< {1000 * BURST_GOAL:.0f}", burst < BURST_GOAL),
        _row("p99 otherwise, ms", round(1000 * other), f"< {1000 * OTHER_GOAL:.0f}", other < OTHER_GOAL),
        _row("lessons brought online meanwhile", outcome.syncs),
        _row("requests", journal.requests),
        _row("idle connections opened anew", journal.reconnects),
        _row("seconds in all", round(outcome.seconds)),
        _row("processor seconds of the server's workers", round(outcome.server_seconds)),
        _row("processor seconds of the phones", round(outcome.client_seconds)),
        *(_row(f"error: {kind}", count) for kind, count in (journal.troubles + outcome.refused).items()),
        *(
            _row(f"`{what}`", "")
            for what in [*finding.lost, *finding.doubled, *finding.miscounted, *finding.damage][:10]
        ),
    ]
    return "\n".join(lines)


def _row(what: str, found: object, goal: object = "", is_met: bool | None = None) -> str:
    met = {True: "yes", False: "**no**", None: ""}[is_met]
    return f"| {what} | {found} | {goal} | {met} |"
