"""nginx with deploy/nginx.conf in front of a production server: high ports, a certificate of its own, on loopback."""

import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.live import ROOT, free_port
from tests.serving.served import HOST, Served, until

NAME = "kelas.kampus.ac.id"
"""As in the file; it is looked up nowhere."""


@dataclass(frozen=True)
class Front:
    folder: Path
    http: int
    https: int

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.pem"

    @property
    def origin(self) -> str:
        return f"https://{NAME}:{self.https}"

    def trusting(self) -> ssl.SSLContext:
        """What a browser would do that knows our certificate."""
        return ssl.create_default_context(cafile=self.certificate)

    def connect(self, context: ssl.SSLContext | None = None, name: str = NAME) -> ssl.SSLSocket:
        plain = socket.create_connection((HOST, self.https), 30)
        return (context or self.trusting()).wrap_socket(plain, server_hostname=name)

    def make_certificate(self) -> None:
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
                *("-keyout", str(self.folder / "key.pem"), "-out", str(self.certificate), "-days", "2"),
                *("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
            ],
            check=True,
            capture_output=True,
        )

    def configuration(self, behind: int) -> str:
        """The file campuses copy, with the ports and files of a test; a port of its own has to be told to the app."""
        ours = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        for pattern, here in (
            (r"(?m)^ *listen \[::\].*\n", ""),
            (r"listen 80\b", f"listen {HOST}:{self.http}"),
            (r"listen 443\b", f"listen {HOST}:{self.https}"),
            (r"/etc/letsencrypt/live/\S+/fullchain.pem", str(self.certificate)),
            (r"/etc/letsencrypt/live/\S+/privkey.pem", str(self.folder / "key.pem")),
            (r"/var/log/nginx/kelas.log", str(self.folder / "access.log")),
            (r"127\.0\.0\.1:8000", f"{HOST}:{behind}"),
            (r"Host \$host;", f"Host $host:{self.https};"),
        ):
            ours, count = re.subn(pattern, here, ours)
            assert count, f"deploy/nginx.conf has no {pattern}"
        temporary = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        return (
            f"daemon off;\nworker_processes 1;\npid {self.folder}/nginx.pid;\nerror_log {self.folder}/error.log;\n"
            f"events {{ worker_connections 256; }}\nhttp {{\n{temporary}{ours}\n}}\n"
        )


def executable() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def nginx(served: Served, folder: Path) -> Iterator[Front]:
    front = Front(folder, free_port(), free_port())
    front.make_certificate()
    file = folder / "nginx.conf"
    file.write_text(front.configuration(served.port), encoding="utf-8")
    process = subprocess.Popen([str(executable()), "-p", str(folder), "-c", str(file)], stderr=subprocess.PIPE)
    try:
        until(lambda: process.poll() is not None or _listens(front.https))
        assert process.poll() is None, process.stderr and process.stderr.read().decode()
        yield front
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(5)
        return probe.connect_ex((HOST, port)) == 0
