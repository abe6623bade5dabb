"""deploy/nginx.conf as campuses copy it, before the production server: who comes by HTTP or HTTPS, and what passes."""

import base64
import hashlib
import http.client
import json
import re
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import pytest
from playwright.sync_api import sync_playwright

from tests.apart import in_own_thread
from tests.browser import chromium
from tests.conftest import missing
from tests.serving.fronted import NAME, Front, executable, nginx
from tests.serving.served import HOST, Served, until

pytestmark = pytest.mark.pure
OWN = "pinisi lumbung angklung 47"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if executable() is None:
        missing("nginx")
    served = Served(tmp_path_factory.mktemp("served"), {"KURSUS_PROXIES": "1", "KURSUS_HOSTS": NAME})
    with served.serving():
        yield served


@pytest.fixture(scope="module")
def front(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with nginx(served, tmp_path_factory.mktemp("front")) as front:
        yield front


@pytest.fixture(scope="module")
def account(served: Served) -> tuple[str, str]:
    username, _, password = served.flask("people", "create", "lena", "Lena Lestari").strip().rpartition(": ")
    return username, password


class Person:
    """A browser without a window: it keeps cookies, and sends those that are Secure by HTTPS, which is all it knows."""

    def __init__(self, front: Front) -> None:
        self.front, self.cookies = front, dict[str, str]()
        self.headers = http.client.HTTPMessage()
        self.status, self.text = 0, ""

    def ask(
        self, method: str, path: str, form: Mapping[str, str] | None = None, more: Mapping[str, str] | None = None
    ) -> "Person":
        connection = http.client.HTTPSConnection(NAME, self.front.https, context=self.front.trusting())
        connection.sock = self.front.connect()
        body = urlencode(form) if form is not None else None
        headers = {"Referer": f"{self.front.origin}{path}", **(more or {})}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        self.status, self.headers, self.text = answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        for cookie in self.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return self

    def send(self, path: str, form: Mapping[str, str]) -> "Person":
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask("GET", path).text)
        assert token, self.text
        return self.ask("POST", path, {"csrf_token": token[1], **form})


@pytest.fixture
def person(front: Front) -> Person:
    return Person(front)


def test_plain_http_leads_to_https(front: Front) -> None:
    connection = http.client.HTTPConnection(HOST, front.http, timeout=30)
    connection.request("GET", "/masuk?lanjut=/", headers={"Host": NAME})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/masuk?lanjut=/")
    connection.close()


def test_signing_in_by_https_keeps_a_secure_cookie(person: Person, account: tuple[str, str]) -> None:
    username, password = account
    person.send("/masuk", {"username": username, "password": password})
    assert person.status == 303, person.text
    (cookie,) = [c for c in person.headers.get_all("Set-Cookie", []) if c.startswith("__Host-session=")]
    assert "Secure" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert person.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "http://" not in person.headers["Location"]
    assert person.ask("GET", "/akun").status in (200, 302)
    assert "/masuk" not in (person.headers["Location"] or "")


def test_http_2_is_spoken(front: Front) -> None:
    context = front.trusting()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with front.connect(context) as connection:
        assert connection.selected_alpn_protocol() == "h2"


def test_who_asks_for_another_name_is_not_answered(front: Front) -> None:
    with pytest.raises(ssl.SSLError):
        front.connect(ssl.create_default_context(), name="lain.example.org")
    plain = http.client.HTTPConnection(HOST, front.http, timeout=30)
    plain.request("GET", "/", headers={"Host": "lain.example.org"})
    with pytest.raises(http.client.RemoteDisconnected):
        plain.getresponse()
    plain.close()


def test_a_visitor_cannot_say_from_where_or_under_which_id(served: Served, person: Person) -> None:
    claimed = {"X-Forwarded-For": HOST, "X-Request-ID": "from-the-visitor", "X-Forwarded-Proto": "http"}
    person.ask("GET", "/sehat", more=claimed)
    assert re.fullmatch(r"[0-9a-f]{10}", person.headers["X-Request-ID"])
    lines = [json.loads(line) for line in served.log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    assert person.headers["X-Request-ID"] in [line.get("id") for line in lines]


def test_static_files_are_kept_and_pages_are_not(person: Person) -> None:
    page = person.ask("GET", "/masuk", more={"Accept-Encoding": "gzip"})
    assert (page.headers["Cache-Control"], page.headers["Content-Encoding"]) == ("no-store", "gzip")
    style = re.search(r'href="(/static/\w+/app.css)"', Person(person.front).ask("GET", "/masuk").text)
    assert style
    kept = person.ask("GET", style[1], more={"Accept-Encoding": "gzip"})
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.headers["Content-Encoding"] == "gzip"


def test_what_is_too_large_is_refused_before_the_app(person: Person) -> None:
    assert person.ask("POST", "/masuk", {"username": "x" * 1_100_000}).status == 413


def test_those_who_send_slowly_keep_nobody_waiting(front: Front) -> None:
    """More of them than the server has threads; nginx takes each request in whole before the app hears of it."""
    slow = [front.connect() for _ in range(20)]
    for connection in slow:
        connection.sendall(
            f"POST /masuk HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 500\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\nusername=".encode()
        )
    assert [Person(front).ask("GET", "/masuk").status for _ in range(10)] == [200] * 10
    for connection in slow:
        connection.close()


def test_nginx_logs_neither_addresses_nor_paths(front: Front, person: Person) -> None:
    person.ask("GET", "/rahasia/lena?x=rahasia")
    log = front.folder / "access.log"
    until(lambda: person.headers["X-Request-ID"] in log.read_text(encoding="utf-8"))  # written after the answer
    said = log.read_text(encoding="utf-8")
    (line,) = (json.loads(line) for line in said.splitlines() if person.headers["X-Request-ID"] in line)
    assert line["status"] == 404
    assert not any(word in said for word in ("rahasia", "lena", HOST))


@pytest.mark.browser
def test_a_browser_signs_in_and_takes_a_service_worker(front: Front, served: Served) -> None:
    """Under a name that is not loopback, so that only TLS makes it a secure context; only our key is trusted."""
    if chromium.executable() is None:
        missing("chromium")
    _, _, password = served.flask("people", "create", "omar", "Omar Bakri").strip().rpartition(": ")
    in_own_thread(lambda: _sign_in_and_register(front, password))


def _sign_in_and_register(front: Front, password: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(),
            args=[
                *chromium.ARGUMENTS,
                f"--ignore-certificate-errors-spki-list={_pin(front)}",
                f"--host-resolver-rules=MAP {NAME} {HOST}",
            ],
        )
        context = browser.new_context(locale="id-ID")
        page = context.new_page()
        page.goto(f"{front.origin}/masuk")
        assert page.evaluate("isSecureContext")
        page.get_by_label("Nama pengguna").fill("omar")
        page.get_by_label("Kata sandi", exact=True).fill(password)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url(lambda url: "/masuk" not in url)
        session = next(cookie for cookie in context.cookies() if cookie.get("name") == "__Host-session")
        assert session.get("secure") and session.get("httpOnly")
        script = page.evaluate("document.querySelector('script[src]').src").replace("app.js", "controllers/refresh.js")
        scope = page.evaluate(
            "async (script) => (await navigator.serviceWorker.register(script, {type: 'module'})).scope", script
        )
        assert scope.startswith(f"{front.origin}/static/")
        browser.close()


def _pin(front: Front) -> str:
    """The hash by which Chromium knows a public key."""
    key = subprocess.run(
        ["openssl", "x509", "-in", str(front.certificate), "-pubkey", "-noout"], check=True, capture_output=True
    ).stdout
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "der"], input=key, check=True, capture_output=True)
    return base64.b64encode(hashlib.sha256(der.stdout).digest()).decode()
