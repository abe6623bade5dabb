"""What campuses copy from deploy/ fits the product: settings that exist, ports and files that fit each other."""

import re
import tomllib
from pathlib import Path

import pytest
from flask import Flask

from foundation.settings import SETTINGS

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def said(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def test_every_setting_named_there_exists() -> None:
    known = {setting.name for setting in SETTINGS} | {
        "KURSUS_INSTANCE",
        "KURSUS_REPLICA",
    }  # the last is litestream's alone
    for file in DEPLOY.iterdir():
        assert set(re.findall(r"KURSUS_[A-Z_]+", file.read_text(encoding="utf-8"))) <= known, file.name


def test_the_image_has_every_room() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = project["tool"]["importlinter"]["root_packages"]
    dockerfile = said("Dockerfile")
    assert all(f"COPY {room} {room}\n" in dockerfile for room in rooms)


def test_the_socket_listens_where_nginx_asks() -> None:
    listens = re.search(r"ListenStream=(\S+)", said("kursus.socket"))
    assert listens and f"server {listens[1]};" in said("nginx.conf")


def test_one_proxy_is_trusted_and_it_says_who_asks() -> None:
    assert "KURSUS_PROXIES=1\n" in said("pengaturan")
    assert "KURSUS_HOSTS=kelas.kampus.ac.id\n" in said("pengaturan")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in said("nginx.conf")
    assert "$proxy_add_x_forwarded_for" not in said("nginx.conf")


def test_what_the_app_takes_nginx_lets_through(app: Flask) -> None:
    megabytes = re.search(r"client_max_body_size (\d+)m;", said("nginx.conf"))
    assert megabytes and app.config["MAX_CONTENT_LENGTH"] <= int(megabytes[1]) * 2**20
