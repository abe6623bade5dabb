"""The server is told to begin anew, or to end, while people use it: whoever was let in is answered."""

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.processes import workers_of
from tests.serving.served import HOST, PATIENCE, Served, Visitors, stop, until

pytestmark = [
    pytest.mark.pure,
    pytest.mark.skipif(sys.platform == "win32", reason="waitress knows no signals"),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(tmp_path_factory.mktemp("served"))


@pytest.fixture
def server(served: Served) -> Iterator[subprocess.Popen[bytes]]:
    with served.serving() as process:
        yield process


def test_new_workers_take_over_without_a_request_lost(served: Served, server: subprocess.Popen[bytes]) -> None:
    with Visitors(served.port) as visitors:
        for _ in range(3):
            visitors.ask_some()
            before = set(workers_of(server.pid))
            server.send_signal(signal.SIGHUP)
            until(lambda before=before: len(now := set(workers_of(server.pid))) == 2 and not now & before)
        visitors.ask_some()
    assert visitors.failures == []
    assert set(visitors.answers) == {200}


def begin_to_send(port: int) -> socket.socket:
    """A form of which the server has the beginning: it was let in, and is being worked on."""
    body = b"username=lena&password=tenun"
    connection = socket.create_connection((HOST, port), PATIENCE)
    connection.sendall(
        b"POST /masuk HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body[:10])
    )
    return connection


def finish_sending(connection: socket.socket) -> int:
    with connection:
        connection.sendall(b"username=lena&password=tenun"[10:])
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        answer.read()
        return answer.status


@pytest.mark.parametrize("said", [signal.SIGTERM, signal.SIGHUP], ids=["TERM", "HUP"])
def test_who_was_let_in_is_answered(served: Served, server: subprocess.Popen[bytes], said: signal.Signals) -> None:
    halfway = [begin_to_send(served.port) for _ in range(3)]  # fewer than a worker has threads
    with Visitors(served.port, count=1) as visitors:
        visitors.ask_some(5)  # by now the server took all of them
    before = set(workers_of(server.pid))
    server.send_signal(said)
    time.sleep(0.5)  # the workers have heard it, and wait
    assert [finish_sending(connection) for connection in halfway] == [400] * 3  # without a token, but answered
    until(lambda: not set(workers_of(server.pid)) & before)
    if said == signal.SIGTERM:
        assert server.wait(PATIENCE) == 0


def test_behind_a_socket_of_the_system_a_restart_refuses_nobody(tmp_path: Path) -> None:
    """As with deploy/kursus.socket: while nobody listens people wait at the socket, and the next server takes it."""
    served = Served(tmp_path)
    with socket.create_server((HOST, served.port), backlog=512) as ours:
        with served.serving(ours) as old, Visitors(served.port) as visitors:
            visitors.ask_some()
            stop(old)
            with served.serving(ours):
                visitors.ask_some()
                visitors.__exit__()
        assert visitors.failures == []
        assert set(visitors.answers) == {200}


def test_the_log_of_production_is_json_alone(served: Served, server: subprocess.Popen[bytes]) -> None:
    """But for what the command itself says before it serves."""
    with Visitors(served.port, "/rahasia/lena?x=rahasia", count=1) as visitors:
        visitors.ask_some(3)
    stop(server)
    lines = served.log.read_text(encoding="utf-8").splitlines()
    said = [json.loads(line) for line in lines if line.startswith("{")]
    assert [line["status"] for line in said if line.get("route") == "-"].count(404) >= 3
    assert not any("rahasia" in line for line in lines)
    assert lines[-1].startswith("{")
