"""Settings: a table, read gently, refused loudly."""

from pathlib import Path

import pytest

from foundation import settings

pytestmark = pytest.mark.pure


def test_defaults() -> None:
    values = settings.read({})
    assert values["KURSUS_MODE"] == "produksi"
    assert values["DATABASE_URL"] == "sqlite:///learning.sqlite"
    assert (values["HOST"], values["PORT"]) == ("127.0.0.1", 8000)


def test_every_wrong_value_is_named_at_once() -> None:
    with pytest.raises(settings.SettingsError) as caught:
        settings.read({"PORT": "delapan", "KURSUS_MODE": "produk", "KURSUS_HTTPS": "mungkin"})
    assert all(name in str(caught.value) for name in ("PORT", "KURSUS_MODE", "KURSUS_HTTPS"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "²"),
        ("KURSUS_SECRET_KEY", "terlalu-pendek"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "learning.sqlite"),
        ("KURSUS_WORKERS", "-1"),
        ("KURSUS_LOG", "xml"),
        ("KURSUS_FREE_MB", "-1"),
    ],
)
def test_wrong_values(name: str, value: str) -> None:
    with pytest.raises(settings.SettingsError, match=name):
        settings.read({name: value})


@pytest.mark.parametrize("given", ["postgres://a/b", "postgresql://a/b", "postgresql+psycopg://a/b"])
def test_any_way_of_naming_postgresql_gets_our_driver(given: str) -> None:
    assert settings.read({"DATABASE_URL": given})["DATABASE_URL"] == "postgresql+psycopg://a/b"


@pytest.mark.parametrize(
    ("host", "is_loopback"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False)]
)
def test_loopback(host: str, is_loopback: bool) -> None:
    assert settings.is_loopback(host) is is_loopback


def test_production_refuses_debug() -> None:
    values = settings.read({})
    assert settings.refusals(values, debug=True)
    assert not settings.refusals(values, debug=False)
    assert not settings.refusals({**values, "KURSUS_MODE": "demo"}, debug=True)


def test_every_setting_is_documented() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "operasi.md").read_text(encoding="utf-8")
    for setting in settings.SETTINGS:
        assert f"`{setting.name}`" in manual, setting.name
