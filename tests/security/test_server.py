"""What the production server itself refuses: lines, headers and bodies without end, and requests of two meanings."""

import gzip
import http.client
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser.live import Site
from tests.cast import Cast

As = Callable[[str], FlaskClient]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    yield site.start()
    site.stop()


def status_of(site: Site, request: bytes) -> int:
    """How the server answers these very bytes; 0 when it hangs up."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection:
        try:
            connection.sendall(request)
            line = connection.recv(64)
        except (BrokenPipeError, ConnectionResetError):
            return 0
    return int(line.split()[1]) if line.startswith(b"HTTP/") else 0


def request(first: str = "GET /masuk HTTP/1.1", *headers: str, body: bytes = b"") -> bytes:
    return "\r\n".join([first, "Host: localhost", "Connection: close", *headers, "", ""]).encode() + body


@pytest.mark.pure
class TestWhatIsRefused:
    def test_a_plain_request_is_answered(self, site: Site) -> None:
        assert status_of(site, request()) == 200

    @pytest.mark.parametrize(
        "sent",
        [
            request(f"GET /masuk?{'x' * 9_000} HTTP/1.1"),
            request("GET /masuk HTTP/1.1", f"X-Long: {'x' * 20_000}"),
            request("GET /masuk HTTP/1.1", *(f"X-{n}: x" for n in range(200))),
            request("GET /masuk HTTP/1.1", "Bad Header: x"),
            request("GET /masuk HTTP/1.1", "X-Folded: a", " b"),
            request("GET /masuk HTTP/9.9"),
            request("GET  /masuk  HTTP/1.1"),
            request("POST /masuk HTTP/1.1", "Content-Length: 5", "Content-Length: 6", body=b"x=1&y="),
            request("POST /masuk HTTP/1.1", "Content-Length: -1"),
            request("POST /masuk HTTP/1.1", "Content-Length: 4", "Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
            request("POST /masuk HTTP/1.1", "Transfer-Encoding: xchunked", body=b"0\r\n\r\n"),
        ],
        ids=range(11),
    )
    def test_what_is_too_long_or_says_two_things(self, site: Site, sent: bytes) -> None:
        assert status_of(site, sent) in (0, 400, 413, 414, 431, 501, 505)
        assert status_of(site, request()) == 200

    def test_a_body_too_large_is_refused_before_it_comes(self, site: Site) -> None:
        huge = request("POST /masuk HTTP/1.1", "Content-Length: 99999999999", "Content-Type: text/plain", body=b"x")
        assert status_of(site, huge) == 413

    def test_a_body_that_says_no_length_is_read_to_the_limit_only(self, site: Site) -> None:
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        kind = "Content-Type: application/x-www-form-urlencoded"
        endless = request("POST /masuk HTTP/1.1", "Transfer-Encoding: chunked", kind, body=chunk * 40 + b"0\r\n\r\n")
        assert status_of(site, endless) in (0, 400, 413)
        assert status_of(site, request()) == 200

    @pytest.mark.parametrize("path", ["/../app.py", "/static/x/..%2f..%2fapp.py", "/static/x/%2e%2e/%2e%2e/app.py"])
    def test_no_path_leads_out_of_the_folders(self, site: Site, path: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
        connection.request("GET", path)
        reply = connection.getresponse()
        assert reply.status in (302, 400, 404)
        assert b"create_app" not in reply.read()
        connection.close()


PATHS = ("../kursus.md", "..%2fkursus.md", "/etc/passwd", "..\\kursus.md", "%2e%2e/kursus.md", ".", "x.svg/../../a.svg")


@pytest.mark.parametrize("name", PATHS)
def test_a_picture_is_of_its_courses_own_folder(cast: Cast, as_: As, content: Path, name: str) -> None:
    (content / "rahasia.svg").write_text("<svg/>", encoding="utf-8")
    for path in (name, f"{name}.svg", "../../rahasia.svg", "..%2f..%2frahasia.svg", "%2e%2e/%2e%2e/rahasia.svg"):
        assert as_("lena").get(f"/kursus/contoh/media/{path}").status_code in (302, 308, 404), path
    assert as_("lena").get("/kursus/contoh/media/peta.svg").status_code == 200


def test_a_packed_body_is_not_unpacked(app: Flask, cast: Cast) -> None:
    """A kilobyte that would become a megabyte stays a kilobyte, and no form."""
    bomb = gzip.compress(b"username=" + b"x" * 50_000_000)
    reply = app.test_client().post(
        "/masuk",
        data=bomb,
        headers={"Content-Encoding": "gzip", "Content-Type": "application/x-www-form-urlencoded"},
    )
    assert len(bomb) < 100_000 and reply.status_code == 400


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0", b"BZh9", b"\xfd7zXZ"])
def test_a_packed_table_is_not_unpacked(cast: Cast, as_: As, start: bytes) -> None:
    packed = start + b"\0" * 300_000
    reply = as_("bayu").post("/angkatan/dua/impor", data={"tempelan": packed.decode("latin-1")})
    assert reply.status_code in (200, 400) and len(reply.get_data()) < 100_000
