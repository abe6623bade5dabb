"""The product as people meet it: its production server, on a copy of the real content, with the demo's people."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
COURSE = "paradiplomasi"
OURS = ("KURSUS_", "FLASK_", "DATABASE_URL", "HOST", "PORT", "TEST_DATABASE")
"""Settings of the machine that must not reach the server under test."""

PATIENCE = 60
BATCH = 12
"""How many learners are made at once: every command starts the app anew, which takes longer than making one."""

MAKE_LEARNERS = """
import sys
from app import create_app
from accounts.actions import set_password
from accounts.queries import get_person
from foundation.database import db, writing
app = create_app()
run = app.test_cli_runner().invoke
names = sys.argv[1:]
for name in names:
    made = run(args=["people", "create", name, "Praja " + name.capitalize()])
    assert made.exit_code == 0, made.output
    password = made.output.strip().rpartition(": ")[2]
    with app.app_context(), writing():
        set_password(get_person(name), password)  # as their own: tests begin after the first sign-in
        db.session.commit()
    print(f"{name}: {password}")
enrolled = run(args=["cohorts", "enrol", "demo", *names])
assert enrolled.exit_code == 0, enrolled.output
"""


@dataclass(frozen=True)
class Account:
    username: str
    password: str


class Site:
    """A server of its own: own instance folder, database, port and copy of the content. `home` is an empty folder."""

    def __init__(self, home: Path) -> None:
        self.instance = home / "instance"
        self.content = home / "content"
        self.log = home / "server.log"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._server: subprocess.Popen[bytes] | None = None
        self._learners: list[Account] = []
        self._made = 0
        shutil.copytree(ROOT / "content", self.content)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return kept | {
            "KURSUS_MODE": "demo",
            "KURSUS_INSTANCE": str(self.instance),
            "KURSUS_CONTENT": str(self.content),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }

    def start(self) -> "Site":
        with self.log.open("wb") as log:
            command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
            self._server = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )
        end = time.monotonic() + PATIENCE
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > end:
                self.stop()
                raise RuntimeError(f"the server did not start:\n{self.log.read_text(encoding='utf-8')}")
            time.sleep(0.1)
        return self

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/masuk", timeout=5):
                return True
        except urllib.error.HTTPError as error:
            error.close()
            raise RuntimeError(f"/masuk answers {error.code}:\n{self.log.read_text(encoding='utf-8')}") from error
        except OSError:
            return False

    def stop(self) -> None:
        if self._server is not None:
            if self._server.poll() is None:
                os.killpg(self._server.pid, signal.SIGTERM)
            self._server.wait(timeout=PATIENCE)
            self._server = None

    def flask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product beside the server, as whoever runs the site would."""
        return self._run("-m", "flask", "--app", "app", *arguments)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=PATIENCE)

    def new_learner(self) -> Account:
        """Somebody enrolled who has done nothing yet."""
        if not self._learners:
            names = [f"siswa{number:03}" for number in range(self._made + 1, self._made + BATCH + 1)]
            made = self._run("-c", MAKE_LEARNERS, *names)
            if made.returncode:
                raise RuntimeError(made.stderr)
            self._made += BATCH
            self._learners = [Account(*line.split(": ", 1)) for line in made.stdout.splitlines()][::-1]
        return self._learners.pop()

    def new_account(self, username: str, name: str) -> Account:
        """Somebody with a one-time password who is in no cohort."""
        made = self.flask("people", "create", username, name)
        if made.returncode:
            raise RuntimeError(made.stderr)
        return Account(*made.stdout.strip().split(": ", 1))


def _end_with_parent() -> None:
    """Have the kernel end the server when a test run is killed before it could."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
