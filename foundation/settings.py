"""Every setting of the product: its name in the environment, its default, what it does. Pure.

docs/operasi.md is tested against this table.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

MODES = ("produksi", "demo")
LOGS = ("json", "baris", "diam")
SHORTEST_SECRET = 32
LOOPBACK = ("localhost", "127.0.0.1")
HOST_NAME = re.compile(r"\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*")
CONTACT = re.compile(r"mailto:[!-~]+@[!-~]+|https://[!-~]+|tel:\+[0-9-]+")


class SettingsError(Exception):
    """All that is wrong with the settings, one sentence a line."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    read: Callable[[str], Any]
    help: str


def _text(value: str) -> str:
    return value


def _flag(value: str) -> bool:
    words = {"ya": True, "tidak": False, "true": True, "false": False, "1": True, "0": False}
    if value.lower() not in words:
        raise ValueError("tulis ya atau tidak")
    return words[value.lower()]


def _optional_flag(value: str) -> bool | None:
    return _flag(value) if value else None


def _mode(value: str) -> str:
    if value not in MODES:
        raise ValueError(f"tulis salah satu dari: {', '.join(MODES)}")
    return value


def _log(value: str) -> str:
    if value and value not in LOGS:
        raise ValueError(f"tulis salah satu dari: {', '.join(LOGS)}")
    return value


def _between(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isdecimal() or not low <= int(value) <= high:
            raise ValueError(f"tulis bilangan {low} sampai {high}")
        return int(value)

    return read


def _secret(value: str) -> str:
    if value and len(value) < SHORTEST_SECRET:
        raise ValueError(f"paling sedikit {SHORTEST_SECRET} karakter acak")
    return value


def _hosts(value: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in value.split(",") if name.strip())
    if not all(map(HOST_NAME.fullmatch, names)):
        raise ValueError("tulis nama situs tanpa https:// dan tanpa porta, dipisah koma")
    return names


def _contact(value: str) -> str:
    if value and not CONTACT.fullmatch(value):
        raise ValueError("tulis mailto:alamat@situs, https://…, atau tel:+62…")
    return value


def _database(value: str) -> str:
    """A SQLAlchemy address; the plain `postgresql://` that hosts hand out is given our driver."""
    scheme, colon, rest = value.partition(":")
    if scheme in ("postgres", "postgresql"):
        return f"postgresql+psycopg:{rest}"
    if not colon or scheme not in ("sqlite", "postgresql+psycopg"):
        raise ValueError("alamat basis data harus mulai dengan sqlite: atau postgresql:")
    return value


SETTINGS = (
    Setting("KURSUS_MODE", "produksi", _mode, "`demo` membuka akun contoh; `produksi` menolaknya."),
    Setting("KURSUS_SECRET_KEY", "", _secret, "Kunci penanda tangan sesi. Bila kosong, dibuat acak di instance/."),
    Setting("KURSUS_CONTENT", "", _text, "Folder isi kursus. Bila kosong: content/ di samping app.py."),
    Setting("KURSUS_HTTPS", "", _optional_flag, "Kuki hanya lewat HTTPS. Bila kosong: ya di produksi, tidak di demo."),
    Setting("KURSUS_HOSTS", "", _hosts, "Nama situs ini, dipisah koma. Bila kosong: di produksi hanya localhost."),
    Setting("KURSUS_SECURITY_CONTACT", "", _contact, "Ke mana penemu celah keamanan melapor; mailto: atau https:."),
    Setting("KURSUS_PROXIES", "0", _between(0, 5), "Banyaknya proksi tepercaya di depan server (nginx: 1)."),
    Setting("KURSUS_WORKERS", "2", _between(1, 64), "Banyaknya proses server."),
    Setting("KURSUS_THREADS", "4", _between(1, 64), "Banyaknya utas tiap proses server."),
    Setting("KURSUS_LOG", "", _log, "`json`, `baris`, atau `diam`. Bila kosong: json di produksi, baris di demo."),
    Setting("KURSUS_FREE_MB", "500", _between(0, 10_000_000), "Ruang kosong (MB) yang harus ada agar /sehat baik."),
    Setting(
        "DATABASE_URL", "sqlite:///learning.sqlite", _database, "Alamat basis data; SQLite di instance/ bila kosong."
    ),
    Setting("HOST", "127.0.0.1", _text, "Alamat tempat server mendengar; 0.0.0.0 melayani satu aula."),
    Setting("PORT", "8000", _between(1, 65535), "Porta tempat server mendengar."),
)


def read(environment: Mapping[str, str]) -> dict[str, Any]:
    """Setting name -> value. Raises SettingsError naming every wrong value at once."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for setting in SETTINGS:
        raw = environment.get(setting.name) or setting.default
        try:
            values[setting.name] = setting.read(raw)
        except ValueError as error:
            wrong.append(f"{setting.name}={raw!r}: {error}.")
    if wrong:
        raise SettingsError("\n".join(wrong))
    return values


def is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def trusted_hosts(values: Mapping[str, Any]) -> list[str] | None:
    """The names this site answers to, so that no address it writes follows a foreign one; None: a demo, to any."""
    if values["KURSUS_MODE"] == "demo" and not values["KURSUS_HOSTS"]:
        return None
    return [*LOOPBACK, *values["KURSUS_HOSTS"]]


def refusals(values: Mapping[str, Any], *, debug: bool) -> list[str]:
    """Why this combination of settings may not serve people; empty when it may."""
    if values["KURSUS_MODE"] != "produksi":
        return []
    return ["Mode produksi menolak FLASK_DEBUG: matikan dahulu."] if debug else []
