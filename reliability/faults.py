"""What else breaks: a full or read-only disk, a lock that another process holds, a wrong clock, content half copied.

Each fault is a block that lasts while praja go on; what they saw, what is kept and how the service came back is a line.
"""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from reliability.audit import Finding
from reliability.faulty import CLOCK_OFFSET, READ_ONLY
from reliability.load import Load

LASTS = 6.0
LOCKED = 10.0
BACK = "-3600"
SMALLEST = 1_000
"""Bytes beyond which no file of the server may grow, when the disk is full."""

Fault = Callable[[Load], AbstractAsyncContextManager[list[str]]]


@dataclass(frozen=True)
class Line:
    fault: str
    finding: Finding
    seen: dict[str, int]
    """Troubles by kind while it lasted and until all was well again."""
    seconds_to_return: float
    said: list[str]
    """By commands, where the fault is one of commands."""
    finished: int
    refused: dict[str, int]


def measure(fault: Fault, load: Load) -> Line:
    """One fault, under load, on a served site."""
    kept: list[str] = []
    back = 0.0

    async def happen(load: Load) -> None:
        nonlocal back
        loop = asyncio.get_running_loop()
        await load.acknowledged_more(0, by=load.size)
        async with fault(load) as said:
            pass
        kept.extend(said)
        start = loop.time()
        async with asyncio.timeout(90):
            await load.acknowledged_more(len(load.journal.acknowledged))
        back = loop.time() - start
        await asyncio.sleep(1)

    finding = load.run(happen)
    name = fault.__name__.replace("_", " ")
    return Line(name, finding, dict(load.journal.troubles), back, kept, load.journal.finished, dict(load.refused))


@asynccontextmanager
async def full_disk(load: Load) -> AsyncIterator[list[str]]:
    """No file of the server may grow: what SQLite writes to its log and its file fails half way."""
    processes = [*(server.pid for server in load.served.servers), *load.served.workers]
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in processes}
    for pid, (_soft, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (SMALLEST, hard))
    try:
        await asyncio.sleep(LASTS)
        yield []
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@asynccontextmanager
async def read_only_disk(load: Load) -> AsyncIterator[list[str]]:
    switch = load.served.site.folder / READ_ONLY
    switch.touch()
    try:
        await asyncio.sleep(LASTS)
        yield []
    finally:
        switch.unlink()


@asynccontextmanager
async def locked_for_10_s(load: Load) -> AsyncIterator[list[str]]:
    """By another process, as a careless backup might."""
    connection = sqlite3.connect(load.served.site.database, isolation_level=None, timeout=10)
    connection.execute("BEGIN IMMEDIATE")
    try:
        await asyncio.sleep(LOCKED)
        yield []
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@asynccontextmanager
async def clock_set_back(load: Load) -> AsyncIterator[list[str]]:
    """By an hour, in the middle of attempts, and right again afterwards."""
    switch = load.served.site.folder / CLOCK_OFFSET
    switch.write_text(BACK)
    try:
        await asyncio.sleep(LASTS)
        yield []
    finally:
        switch.unlink()


@asynccontextmanager
async def content_half_copied(load: Load) -> AsyncIterator[list[str]]:
    """The quiz that is being taken is cut off, a lesson is missing, another cannot be read; then all is whole again."""
    quiz, lesson, other = (
        next(load.served.content.rglob(f"*-{name}.md"))
        for name in ("kuis-sister-city", "tahapan-perjanjian", "cara-belajar")
    )
    whole = {path: path.read_bytes() for path in (quiz, lesson, other)}
    quiz.write_bytes(whole[quiz][: len(whole[quiz]) // 3])
    lesson.unlink()
    other.unlink()
    other.symlink_to(other.with_name("tidak-ada"))
    said: list[str] = []
    try:
        done = await asyncio.to_thread(load.served.sync)
        said += [f"exit code {done.returncode}", *f"{done.stdout}{done.stderr}".splitlines()]
        await asyncio.sleep(LASTS / 2)
        yield said
    finally:
        other.unlink()
        for path, content in whole.items():
            path.write_bytes(content)
        done = await asyncio.to_thread(load.served.sync)
        said.append(f"whole again: exit code {done.returncode}")


@asynccontextmanager
async def postgresql_restarted(load: Load) -> AsyncIterator[list[str]]:
    assert load.served.postgres is not None
    await asyncio.to_thread(load.served.postgres.restart)
    yield []


ON_SQLITE: tuple[Fault, ...] = (full_disk, read_only_disk, locked_for_10_s, clock_set_back, content_half_copied)
ON_POSTGRESQL: tuple[Fault, ...] = (postgresql_restarted, content_half_copied)
