"""The production server in production mode, on a folder, a database and a port of its own; gone when the test ends."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import workers_of
from tests.browser.live import OURS, ROOT, _end_with_parent, free_port
from tests.sample import SAMPLE

HOST = "127.0.0.1"
PATIENCE = 60

TAKE_SOCKET = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.set_inheritable(3, True)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""
"""What systemd does for a service with a socket unit."""


class Served:
    def __init__(self, home: Path, more: Mapping[str, str] | None = None) -> None:
        self.home, self.port, self.log = home, free_port(), home / "server.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environment = kept | {
            "KURSUS_INSTANCE": str(home / "instance"),
            "KURSUS_CONTENT": str(home / "content"),
            "KURSUS_FREE_MB": "0",
            "HOST": HOST,
            "PORT": str(self.port),
            **(more or {}),
        }
        SAMPLE.write_to(home / "content")

    def flask(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def serving(self, socket_of_ours: socket.socket | None = None) -> Iterator[subprocess.Popen[bytes]]:
        """From its first answer on; with a socket of ours it is handed over, as systemd would."""
        command = ["-m", "flask", "--app", "app", "serve"]
        handed: tuple[int, ...] = ()
        if socket_of_ours is not None:
            handed = (socket_of_ours.fileno(),)
            command = ["-c", TAKE_SOCKET, str(socket_of_ours.fileno()), *command]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                pass_fds=handed,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )
        try:
            self._wait(process)
            yield process
        finally:
            stop(process)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        def is_up() -> bool:
            assert process.poll() is None, self.log.read_text(encoding="utf-8")
            return len(workers_of(process.pid)) > 0 and self.answers()

        until(is_up)

    def answers(self) -> bool:
        try:
            return get(self.port, "/sehat") == 200
        except (OSError, http.client.HTTPException):
            return False


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < give_up, "it never came to be"
        time.sleep(0.05)


def get(port: int, path: str) -> int:
    """The status of an answer, on a connection of its own, as nginx asks."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Connection": "close"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


class Visitors:
    """Some who ask without a pause, until the block ends; who got no answer, and how many did."""

    def __init__(self, port: int, path: str = "/masuk", count: int = 4) -> None:
        self.port, self.path = port, path
        self.answers, self.failures = list[int](), list[str]()
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(count)]

    def _ask(self) -> None:
        while not self._enough.is_set():
            try:
                self.answers.append(get(self.port, self.path))
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(repr(error))

    def __enter__(self) -> "Visitors":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def ask_some(self, more: int = 20) -> None:
        """Wait until so many more were answered."""
        wanted = len(self.answers) + more
        until(lambda: len(self.answers) >= wanted)
