"""Copies beside the real server: made while it serves; put back only when it is gone, however it went."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.site import PREPARE, PRODUCT, Site, run, server, temporary_site

PATIENCE = 60

pytestmark = pytest.mark.pure  # it brings its own database


@pytest.fixture
def site() -> Iterator[Site]:
    with temporary_site() as made:
        run(made, PREPARE)
        yield made


def database(site: Site, *arguments: object) -> None:
    run(site, ("-m", "flask", "database", *map(str, arguments)))


def assert_nothing_is_restored(site: Site, copy: Path) -> None:
    with pytest.raises(RuntimeError, match="sedang dipakai server kelas"):
        database(site, "restore", "--yes", copy)


def restore_when_free(site: Site, copy: Path) -> None:
    """The workers of a server that was killed take a moment to notice."""
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            return database(site, "restore", "--yes", copy)
        except RuntimeError:
            if time.monotonic() > give_up:
                raise


def test_a_running_server_keeps_its_database_and_a_killed_one_gives_it_up(site: Site) -> None:
    with server(site, PRODUCT) as running:
        database(site, "backup", site.folder / "copies")
        (copy,) = (site.folder / "copies").glob("*.sqlite")
        assert_nothing_is_restored(site, copy)
        site.database.unlink()  # whoever lost it may not see that the server still writes to it
        assert_nothing_is_restored(site, copy)
        assert not site.database.exists()
        os.kill(running.pid, signal.SIGKILL)
        restore_when_free(site, copy)
    database(site, "verify", site.database)
    with server(site, PRODUCT):
        database(site, "backup", site.folder / "copies")
    assert len(list((site.folder / "copies").glob("*.sqlite"))) == 2
