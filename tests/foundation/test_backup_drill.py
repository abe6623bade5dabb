"""The drill: people save answers, a copy is made, the database is destroyed, the copy is put back. What was lost?"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from foundation.database import db
from tests.foundation.copying import (
    Rows,
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

TRIES = 20
"""How many copies may be made until somebody saved an answer while one was."""


def copy_while_saving(site: Flask, folder: Path) -> tuple[Path, range]:
    """A copy during which answers were acknowledged, and how many may be in it."""
    with Saving(site, learner(site)).going_on() as saving:
        saving.wait_for(3)
        for _ in range(TRIES):
            before = saving.acknowledged
            copy = back_up(site, folder)
            after = saving.acknowledged
            if after > before:
                saving.wait_for(3)
                return copy, range(before, after + 2)  # the last may be kept already and not yet told
    raise AssertionError("nobody could save while a copy was made")


def compare(restored: Rows, at_the_end: Rows, answers: range) -> None:
    """Every row of every table, up to the copy's moment: of the answers the first ones, without a gap."""
    assert restored.keys() == at_the_end.keys()
    kept = sorted(restored["answers"], key=lambda row: row[0])
    assert len(kept) in answers
    assert kept == sorted(at_the_end["answers"], key=lambda row: row[0])[: len(kept)]
    assert {table: found for table, found in restored.items() if table != "answers"} == {
        table: found for table, found in at_the_end.items() if table != "answers"
    }


def overwrite_pages_in_the_middle(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size // 2 // 4096 * 4096)
        opened.write(os.urandom(8 * 4096))


def overwrite_the_start(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.write(os.urandom(4096))


def truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2 // 4096 * 4096)


def empty(file: Path) -> None:
    os.truncate(file, 0)


@pytest.mark.parametrize("damage", [overwrite_pages_in_the_middle, overwrite_the_start, truncate, empty, Path.unlink])
def test_a_sqlite_database_comes_back_from_damage(site: Flask, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    if not is_sqlite():
        return
    copy, answers = copy_while_saving(site, tmp_path / "salinan")
    at_the_end = rows()
    disconnect()
    damage(database_file())
    refusal(flask(site, "verify", database_file()))
    put_back(site, copy)
    assert flask(site, "verify", database_file()).exit_code == 0
    compare(rows(), at_the_end, answers)
    kept_aside = list(database_file().parent.glob("learning-sebelum-pemulihan-*.sqlite"))
    assert len(kept_aside) == (damage is not Path.unlink)


def drop_tables(admin: Callable[[str], None], name: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE answers CASCADE"))
    disconnect()


def drop_the_database(admin: Callable[[str], None], name: str) -> None:
    admin(f"DROP DATABASE {name}")


@pytest.mark.parametrize("damage", [drop_tables, drop_the_database])
def test_a_postgresql_database_comes_back_from_damage(
    site: Flask, tmp_path: Path, database_url: str, damage: Callable[[Callable[[str], None], str], None]
) -> None:
    if is_sqlite():
        return
    copy, answers = copy_while_saving(site, tmp_path / "salinan")
    at_the_end = rows()
    disconnect()
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        damage(lambda statement: connection.execute(text(statement)), str(db.engine.url.database))
    engine.dispose()
    put_back(site, copy)
    compare(rows(), at_the_end, answers)


def test_work_goes_on_after_a_restore(site: Flask, tmp_path: Path) -> None:
    """Also on PostgreSQL, whose sequences must count on from where they were."""
    client = learner(site)
    save(client, 1)
    copy = back_up(site, tmp_path / "salinan")
    save(client, 2)
    put_back(site, copy)
    save(client, 2)
    assert len(rows()["answers"]) == 2
