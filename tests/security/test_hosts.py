"""The site answers to its own names only, and no address it writes or goes on to leads anywhere else."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from foundation import settings
from foundation.web import HEADERS, safe_next
from tests.cast import PASSWORD, Cast
from tests.test_routes import furnish, open_the_ways_in, routes, url_of

As = Callable[[str], FlaskClient]

__all__ = ["routes"]

OURS, FOREIGN = "kelas.contoh.test", "jahat.example"


@pytest.fixture(scope="module")
def named(fresh_app: Callable[..., Flask]) -> Flask:
    return fresh_app(KURSUS_HOSTS=(OURS,), KURSUS_MODE="produksi", KURSUS_HTTPS=False)


class TestWhichNames:
    @pytest.mark.parametrize("host", [OURS, f"{OURS}:8443", "localhost", "127.0.0.1:8000"])
    def test_its_own_and_this_machine(self, named: Flask, app: Flask, host: str) -> None:
        assert named.test_client().get("/masuk", headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize(
        "host", [FOREIGN, f"{OURS}.{FOREIGN}", f"x.{OURS}", f"{OURS}@{FOREIGN}", "", "10.0.0.1", f"{OURS}, {FOREIGN}"]
    )
    def test_no_other(self, named: Flask, app: Flask, host: str) -> None:
        reply = named.test_client().get("/masuk", headers={"Host": host})
        assert reply.status_code == 400
        assert "KURSUS_HOSTS" in reply.text and FOREIGN not in str(reply.headers)
        assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS

    def test_a_name_with_a_dot_before_it_is_all_below_it(self, fresh_app: Callable[..., Flask], app: Flask) -> None:
        wide = fresh_app(KURSUS_HOSTS=(f".{OURS}",), KURSUS_MODE="produksi")
        assert wide.test_client().get("/masuk", headers={"Host": f"x.{OURS}"}).status_code == 200
        assert wide.test_client().get("/masuk", headers={"Host": f"x{OURS}"}).status_code == 400

    def test_a_name_forwarded_counts_only_from_proxies_that_are_trusted(
        self, named: Flask, fresh_app: Callable[..., Flask], app: Flask
    ) -> None:
        behind = fresh_app(KURSUS_HOSTS=(OURS,), KURSUS_MODE="produksi", KURSUS_PROXIES=1)
        for forwarded, status in ((OURS, 200), (FOREIGN, 400)):
            headers = {"Host": "127.0.0.1:8000", "X-Forwarded-Host": forwarded, "X-Forwarded-Proto": "https"}
            assert behind.test_client().get("/masuk", headers=headers).status_code == status
        sly = {"Host": OURS, "X-Forwarded-Host": FOREIGN}
        assert named.test_client().get("/masuk", headers=sly).status_code == 200

    @pytest.mark.parametrize("value", ["https://kelas.test", "kelas.test:443", "kelas.test/", "a b", "*", "a..b"])
    def test_what_is_no_name_stops_the_start(self, value: str) -> None:
        with pytest.raises(settings.SettingsError, match="KURSUS_HOSTS"):
            settings.read({"KURSUS_HOSTS": value})

    def test_production_that_was_told_no_name_answers_this_machine_only(self) -> None:
        read = settings.read
        assert settings.trusted_hosts(read({})) == ["localhost", "127.0.0.1"]
        assert settings.trusted_hosts(read({"KURSUS_MODE": "demo"})) is None
        assert settings.trusted_hosts(read({"KURSUS_MODE": "demo", "KURSUS_HOSTS": "A.test, b.test"})) == [
            "localhost",
            "127.0.0.1",
            "a.test",
            "b.test",
        ]


ELSEWHERE = [
    f"https://{FOREIGN}",
    f"//{FOREIGN}",
    f"///{FOREIGN}",
    f"/\\{FOREIGN}",
    f"\\\\{FOREIGN}",
    f"/\t/{FOREIGN}",
    f"\t//{FOREIGN}",
    f" //{FOREIGN}",
    f"/\r\n/{FOREIGN}",
    f"http:{FOREIGN}",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    f"@{FOREIGN}",
    f".{FOREIGN}",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_going_on_never_leads_elsewhere(app: Flask, cast: Cast, target: str) -> None:
    assert safe_next(target) == "/"
    client = app.test_client()
    assert client.post("/bahasa", data={"bahasa": "en", "lanjut": target}).location == "/"
    signed_in = client.post("/masuk", query_string={"lanjut": target}, data={"username": "lena", "password": PASSWORD})
    assert signed_in.status_code == 303 and signed_in.location == "/"
    assert client.get("/masuk", query_string={"lanjut": target}).location == "/"


@pytest.mark.parametrize("target", ELSEWHERE[:5:2])
def test_no_route_goes_where_a_field_says(
    app: Flask, cast: Cast, as_: As, routes: list[tuple[Rule, str]], target: str
) -> None:
    """Whatever a field is called, and also by the referrer: walked over all routes."""
    open_the_ways_in(cast)
    furnish(cast)
    fields = dict.fromkeys(["lanjut", "next", "back", "kembali", "url", "dari", "ke", "kode"], target)
    for rule, method in routes:
        for who in ("nobody", "ada"):
            sent = {"query_string": fields} | ({"data": fields} if method == "POST" else {})
            reply = as_(who).open(url_of(app, rule, method), method=method, headers={"Referer": target.strip()}, **sent)
            location = reply.headers.get("Location", "/")
            assert location.startswith("/") and not location.startswith(("//", "/\\")), rule.rule
