"""A site to measure: a folder, a database file and a port of its own, gone when the measuring ends."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
SIGN_IN_PAGE = "/masuk"

PREPARE = ("-m", "flask", "prepare")
SURVEY = ("-m", "benchmarks.survey")
PRODUCT = ("-m", "flask", "serve")
PRODUCT_AND_FLOOR = ("-m", "benchmarks.floor")

SLOWEST_START = 60
"""Seconds after which a server that does not answer is given up."""


@dataclass(frozen=True)
class Site:
    folder: Path
    port: int
    more: Mapping[str, str] = field(default_factory=dict)
    """Settings that differ from those below."""

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "bench.sqlite"

    @property
    def environment(self) -> dict[str, str]:
        """Workers and threads stay as the surroundings set them, so that they can be compared."""
        return {
            **os.environ,
            "KURSUS_MODE": "demo",
            "KURSUS_INSTANCE": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "HOST": HOST,
            "PORT": str(self.port),
            "FLASK_APP": "app",
            "FLASK_DEBUG": "0",
            "KURSUS_LOG": "diam",
            **self.more,
        }


@contextmanager
def temporary_site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="kursus-bench-") as folder:
        yield Site(Path(folder), free_port())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def run(site: Site, arguments: tuple[str, ...]) -> float:
    """Run a Python command on the site until it ends; the seconds it took. Raises with what it said when it fails."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - start


@dataclass(frozen=True)
class Server:
    pid: int
    seconds_to_answer: float
    """From starting the process to the first page."""


@contextmanager
def server(site: Site, arguments: tuple[str, ...]) -> Iterator[Server]:
    """A server on the site, from its first answer on; stopped at the end."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=site.environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for_answer(site, process)
        yield Server(process.pid, time.perf_counter() - start)
    finally:
        stop(process)


def _wait_for_answer(site: Site, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + SLOWEST_START
    while not answers(site):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with exit code {process.returncode} before it answered")
        if time.monotonic() > give_up:
            raise RuntimeError(f"no answer within {SLOWEST_START} seconds")
        time.sleep(0.005)


def answers(site: Site) -> bool:
    connection = http.client.HTTPConnection(HOST, site.port, timeout=SLOWEST_START)
    try:
        connection.request("GET", SIGN_IN_PAGE)
        return connection.getresponse().status == 200
    except (ConnectionError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
