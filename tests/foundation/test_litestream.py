"""The recipe of deploy/litestream.yml, with the real litestream: what it copied comes back, whatever was killed."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from foundation import backup
from tests.conftest import missing
from tests.foundation.copying import (
    Saving,
    back_up,
    database_file,
    disconnect,
    flask,
    is_sqlite,
    learner,
    put_back,
    refusal,
    rows,
    save,
)

CONFIG = Path(__file__).parents[2] / "deploy" / "litestream.yml"
PATIENCE = 60


class Litestream:
    """The program, on the database and to a folder of this test's."""

    def __init__(self, program: str, data: Path, replica: Path) -> None:
        self._program = program
        self._environment = {**os.environ, "KURSUS_INSTANCE": str(data), "KURSUS_REPLICA": str(replica)}

    @contextmanager
    def replicating(self) -> Iterator[None]:
        """In a process of its own, which a kill -9 ends."""
        process = subprocess.Popen(
            [self._program, "replicate", "-config", CONFIG], env=self._environment, stdout=subprocess.DEVNULL
        )
        try:
            yield
            assert process.poll() is None, "litestream has ended by itself"
        finally:
            process.kill()
            process.wait()

    def restore(self, file: Path) -> bool:
        """Whether there is something to restore."""
        arguments = [self._program, "restore", "-config", CONFIG, "-o", file, database_file()]
        return subprocess.run(arguments, env=self._environment, capture_output=True, check=False).returncode == 0

    def wait_for(self, answers: int, folder: Path) -> None:
        """Until a restore would bring so many answers: litestream copies what is there once a second."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            probe = folder / f"probe-{time.monotonic_ns()}.sqlite"
            if self.restore(probe) and backup.verify(probe).contents.rows["answers"] >= answers:
                return
            time.sleep(0.5)
        raise AssertionError(f"litestream has not copied {answers} answers")


@pytest.fixture
def litestream(site: Flask, tmp_path: Path) -> Litestream:
    here = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    program = shutil.which("litestream", path=here)
    if program is None:
        missing("litestream")
    assert program is not None
    return Litestream(program, tmp_path / "data", tmp_path / "replica")


def test_what_was_copied_comes_back(site: Flask, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if not is_sqlite():
        return
    litestream: Litestream = request.getfixturevalue("litestream")
    copy = back_up(site, tmp_path / "salinan")
    client = learner(site)
    with litestream.replicating():
        with Saving(site, client).going_on() as saving:
            saving.wait_for(30)
        litestream.wait_for(saving.acknowledged, tmp_path)
        disconnect()
        assert "Hentikan dahulu" in refusal(flask(site, "restore", "--yes", copy))
    at_the_end = rows()
    disconnect()
    database_file().unlink()
    assert litestream.restore(tmp_path / "kembali.sqlite")
    put_back(site, tmp_path / "kembali.sqlite")
    assert rows() == at_the_end
    assert len(at_the_end["answers"]) == saving.acknowledged


def test_it_goes_on_with_a_database_that_was_put_back(
    site: Flask, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if not is_sqlite():
        return
    litestream: Litestream = request.getfixturevalue("litestream")
    client = learner(site)
    save(client, 1)
    copy = back_up(site, tmp_path / "salinan")
    with litestream.replicating():
        save(client, 2)
        save(client, 3)
        litestream.wait_for(3, tmp_path)
    put_back(site, copy)
    with litestream.replicating():
        for sequence in range(2, 9):
            save(client, sequence)
        litestream.wait_for(8, tmp_path)
    at_the_end = rows()
    disconnect()
    assert litestream.restore(tmp_path / "kembali.sqlite")
    put_back(site, tmp_path / "kembali.sqlite")
    assert rows() == at_the_end
