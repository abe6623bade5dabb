"""`flask database backup, verify, restore`: what is refused, with one sentence each, and what stays as it was."""

import os
import resource
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import URL, create_engine, text

from foundation import backup, clock, holding, postgres_copies, schema, serving, sqlite_copies
from foundation.copies import COUNTED, SCHEMA_TABLE, CopyRefused
from foundation.database import db
from tests.foundation.copying import (
    back_up,
    copies,
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

PATIENT_WITH_STEPS = 30
Damage = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "salinan"


@pytest.fixture
def copy(site: Flask, folder: Path) -> Path:
    """A good copy, with two answers."""
    client = learner(site)
    save(client, 1)
    save(client, 2)
    return back_up(site, folder)


def test_what_a_copy_is_told_by_is_in_the_database(site: Flask) -> None:
    assert db.metadata.tables.keys() >= COUNTED.keys()


def test_a_copy_is_private_whole_and_alone(site: Flask, copy: Path, folder: Path) -> None:
    assert sorted(file.name for file in folder.iterdir()) == [copy.name, f"{copy.name}.sha256"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_one_line_says_what_was_done(site: Flask, folder: Path) -> None:
    told = flask(site, "backup", folder).output
    (made,) = copies(folder)
    assert told.startswith(f"Tersalin: {made} (")
    assert told.endswith(" MB; 8 orang, 0 percobaan, 0 jawaban).\n")


def test_without_a_folder_it_goes_to_the_instance(site: Flask) -> None:
    assert flask(site, "backup").exit_code == 0
    assert len(copies(Path(site.instance_path) / "cadangan")) == 1


def test_the_sum_is_one_that_sha256sum_checks(site: Flask, copy: Path) -> None:
    digest, _, name = copy.with_name(f"{copy.name}.sha256").read_text().partition("  ")
    assert (len(digest), name) == (64, f"{copy.name}\n")


def test_the_last_copies_are_kept_and_nothing_else_is_touched(site: Flask, folder: Path) -> None:
    folder.mkdir()
    (folder / "catatan.txt").write_text("milik orang lain")
    made = [back_up(site, folder) for _ in range(3)]
    told = flask(site, "backup", folder, "--keep", 2).output
    assert told.endswith("; 2 salinan lama dihapus.\n")
    assert made[2] in copies(folder)
    assert len(copies(folder)) == 2
    assert len(list(folder.iterdir())) == 2 * 2 + 1


def test_two_copies_in_one_second_are_two(site: Flask, folder: Path) -> None:
    at = clock.now()
    assert backup.back_up(folder, 9, at).file != backup.back_up(folder, 9, at).file
    assert len(copies(folder)) == 2


def test_a_copy_that_fails_leaves_nothing_and_takes_nothing(
    site: Flask, folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when somebody presses Ctrl-C, or the disk is full, after all was written."""

    def interrupted(file: Path) -> None:
        assert file.stat().st_size > 0
        raise KeyboardInterrupt

    before = sorted(folder.iterdir())
    for keeper in backup.KEEPERS.values():
        monkeypatch.setattr(keeper, "read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        backup.back_up(folder, 1, clock.now())
    assert sorted(folder.iterdir()) == before


@contextmanager
def disk_full_after(size: int) -> Iterator[None]:
    """No file may grow beyond it, as on a disk that is full; the tools inherit it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("share", [0.001, 0.5, 0.9])
def test_on_a_full_disk_nothing_is_half_copied(site: Flask, folder: Path, copy: Path, share: float) -> None:
    before = sorted(folder.iterdir())
    with disk_full_after(int(copy.stat().st_size * share)):
        refusal(flask(site, "backup", folder, "--keep", 1))
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("share", [0.001, 0.5, 0.9])
def test_on_a_full_disk_nothing_is_half_restored(site: Flask, copy: Path, share: float) -> None:
    if not is_sqlite():
        return  # its disk is the server's
    save(learner(site), 3)
    before = rows()
    disconnect()
    with disk_full_after(int(copy.stat().st_size * share)):
        refusal(flask(site, "restore", "--yes", copy))
    assert rows() == before
    assert not list(database_file().parent.glob("*.part*"))


def test_a_half_copy_that_a_power_cut_left_goes_after_a_day(site: Flask, folder: Path, copy: Path) -> None:
    old, fresh = (copy.with_name(f"kelas-2026112{day}-013000Z{copy.suffix}.part") for day in (2, 3))
    for part in (old, fresh):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    back_up(site, folder)
    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_folder_that_cannot_be_written_is_told(site: Flask, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    assert "Periksa nama, izin, dan ruang disknya" in refusal(flask(site, "backup", tmp_path / "berkas" / "dalam"))


def test_a_damaged_database_pushes_no_good_copy_out(site: Flask, folder: Path, copy: Path) -> None:
    if not is_sqlite():
        return
    disconnect()
    with database_file().open("r+b") as file:
        file.seek(database_file().stat().st_size // 2 // 4096 * 4096)
        file.write(os.urandom(8 * 4096))
    assert "Basis data ini sendiri rusak" in refusal(flask(site, "backup", folder, "--keep", 1))
    assert copies(folder) == [copy]


def test_a_site_that_was_never_prepared_is_told_to_be(site: Flask, folder: Path) -> None:
    db.session.remove()
    downgrade(revision="base")
    assert refusal(flask(site, "backup", folder)).endswith("flask prepare")
    assert copies(folder) == []


def test_verify_tells_what_is_in_it_and_changes_nothing(site: Flask, copy: Path, folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    result = flask(site, "verify", copy)
    assert result.output == f"Utuh: {copy} (skema 0005; 8 orang, 1 percobaan, 2 jawaban).\n"
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _other_file(file: Path) -> None:
    file.write_text("nama_pengguna;nama\nlena;Lena\n")


def _truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size * 2 // 3)


def _one_letter(file: Path) -> None:
    """What SQLite's own checks cannot see; the sum does."""
    changed = file.read_bytes().replace(b"Lena Lestari", b"Lena Lestaro") if is_sqlite() else file.read_bytes()[:-1]
    file.write_bytes(changed)


def _gone(file: Path) -> None:
    file.unlink()


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"UPDATE {SCHEMA_TABLE} SET version_num = '9999'")


def _orphan(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM attempts")


def _foreign_tables(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE people (name)")


def _never_prepared(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"DELETE FROM {SCHEMA_TABLE}")


BAD_COPIES: dict[Damage, str] = {
    _empty: "bukan salinan kelas ini",
    _other_file: "bukan salinan kelas ini",
    _truncated: "rusak",
    _one_letter: "isinya berbeda dari",
    _gone: "No such file",
    _folder: "Is a directory",
}
BAD_SQLITE: dict[Damage, str] = {
    _newer: "Perbarui program ini dahulu",
    _orphan: "answers menunjuk ke attempts yang tidak ada",
    _foreign_tables: "bukan salinan kelas ini",
    _never_prepared: "bukan salinan kelas ini",
}
"""What SQLite itself takes for whole, without a sum beside it."""


def damaged(copy: Path, damage: Damage, *, with_sum: bool) -> Path:
    """A copy of the copy, in a folder of its own, after the damage."""
    folder = copy.parent / f"{damage.__name__}-{with_sum}"
    folder.mkdir()
    file = folder / copy.name
    file.write_bytes(copy.read_bytes())
    if with_sum:
        (folder / f"{copy.name}.sha256").write_bytes((copy.parent / f"{copy.name}.sha256").read_bytes())
    damage(file)
    return file


def assert_refused(site: Flask, file: Path, expected: str) -> None:
    assert expected in refusal(flask(site, "verify", file)), file
    assert expected in refusal(flask(site, "restore", "--yes", file)), file


def test_a_bad_copy_is_neither_called_good_nor_restored(site: Flask, copy: Path) -> None:
    before = rows()
    for damage, expected in BAD_COPIES.items():
        with_sum = "isinya berbeda dari" if damage is _truncated else expected
        assert_refused(site, damaged(copy, damage, with_sum=True), with_sum)
        if damage is not _one_letter:
            assert_refused(site, damaged(copy, damage, with_sum=False), expected)
    assert rows() == before


def test_a_sqlite_file_that_is_whole_but_cannot_be_used_is_refused(site: Flask, copy: Path) -> None:
    if not is_sqlite():
        return
    before = rows()
    for damage, expected in BAD_SQLITE.items():
        assert_refused(site, damaged(copy, damage, with_sum=False), expected)
    assert rows() == before


def test_a_copy_made_by_hand_is_read_with_what_lies_beside_it(site: Flask, folder: Path) -> None:
    """`cp learning.sqlite*` of a running site: the latest answers are still in the -wal file."""
    if not is_sqlite():
        return
    save(learner(site), 1)
    folder.mkdir()
    for file in database_file().parent.glob("learning.sqlite*"):
        (folder / file.name).write_bytes(file.read_bytes())
    assert (folder / "learning.sqlite-wal").stat().st_size > 0
    assert "1 jawaban" in flask(site, "verify", folder / "learning.sqlite").output
    put_back(site, folder / "learning.sqlite")
    assert len(rows()["answers"]) == 1


def test_what_a_killed_server_left_beside_a_lost_database_is_not_taken_for_the_next(site: Flask, copy: Path) -> None:
    """Its -wal file holds pages of the old database, which SQLite would lay over those of the new one."""
    if not is_sqlite():
        return
    at_the_copy = rows()
    client, beside = learner(site), database_file().with_name("learning.sqlite-wal")
    for sequence in range(3, 40):
        save(client, sequence)
    left = beside.read_bytes()
    assert left
    disconnect()
    database_file().unlink()
    beside.write_bytes(left)
    put_back(site, copy)
    assert rows() == at_the_copy
    assert flask(site, "verify", database_file()).exit_code == 0


def test_restore_asks_first(site: Flask, copy: Path) -> None:
    save(learner(site), 3)
    before = rows()
    result = site.test_cli_runner().invoke(args=["database", "restore", str(copy)], input="n\n")
    assert (result.exit_code, "8 orang, 1 percobaan, 2 jawaban" in result.output) == (1, True)
    assert rows() == before


def test_restore_says_how_it_is_undone_and_it_is(site: Flask, copy: Path) -> None:
    save(learner(site), 3)
    before = rows()
    told = put_back(site, copy)
    assert len(rows()["answers"]) == 2
    disconnect()
    if is_sqlite():
        put_back(site, Path(told.strip().rpartition(" ")[2]))
    else:
        _swap_names(site, told.partition("basis data ")[2].partition(";")[0])
    assert rows() == before


def _swap_names(site: Flask, aside: str) -> None:
    name = db.engine.url.database
    engine = create_engine(db.engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} RENAME TO {name}_gagal"))
        connection.execute(text(f"ALTER DATABASE {aside} RENAME TO {name}"))
    engine.dispose()


def test_an_older_copy_is_migrated(site: Flask, folder: Path) -> None:
    people = len(rows()["people"])
    db.session.remove()
    downgrade(revision="0004")
    copy = back_up(site, folder)
    upgrade()
    assert "(skema 0004; " in flask(site, "verify", copy).output
    put_back(site, copy)
    found = rows()
    assert (found["alembic_version"], len(found["people"])) == ([("0005",)], people)


def test_a_migration_that_fails_leaves_the_present_database(
    site: Flask, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(learner(site), 3)
    before = rows()

    def fail(url: URL) -> None:
        raise RuntimeError("a migration fails")

    monkeypatch.setattr(schema, "bring_up", fail)
    disconnect()
    with pytest.raises(RuntimeError, match="a migration fails"):
        backup.restore(backup.verify(copy), clock.now())
    assert rows() == before
    if is_sqlite():
        assert not list(database_file().parent.glob("*.part*"))


def test_whenever_a_restore_is_cut_off_the_site_is_whole(
    site: Flask, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each step that changes a name or waits for the disk: what is there then is all old or all new."""
    if not is_sqlite():
        return
    wanted = rows()
    save(learner(site), 3)
    present = rows()
    for step in range(PATIENT_WITH_STEPS):
        counter = iter(range(PATIENT_WITH_STEPS))

        def cut_off(*_: object, counter: Iterator[int] = counter, step: int = step) -> None:
            if next(counter) == step:
                raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            for place, name in ((os, "replace"), (os, "link"), (sqlite_copies, "sync")):
                patched.setattr(place, name, _after(cut_off, getattr(place, name)))
            disconnect()
            try:
                backup.restore(backup.verify(copy), clock.now())
            except KeyboardInterrupt:
                found = rows()
                assert found in (present, wanted), step
            else:
                break
    else:
        pytest.fail("a restore has no end")
    assert step > 3
    assert rows() == wanted


def _after(first: Callable[..., None], then: Callable[..., object]) -> Callable[..., object]:
    def both(*arguments: object) -> object:
        first()
        return then(*arguments)

    return both


def test_a_copy_of_the_other_kind_of_database_is_refused(site: Flask, copy: Path) -> None:
    """Verified it is good, but it cannot be put back here."""
    other = backup.KEEPERS["postgresql" if is_sqlite() else "sqlite"]
    good = backup.Good(copy, backup.verify(copy).contents, other)
    with pytest.raises(CopyRefused, match="DATABASE_URL"):
        backup.restore(good, clock.now())


def test_nothing_is_restored_below_a_server(site: Flask, copy: Path) -> None:
    before = rows()
    disconnect()
    with holding.shared():
        assert "Hentikan dahulu" in refusal(flask(site, "restore", "--yes", copy))
    assert rows() == before
    put_back(site, copy)


def test_nothing_is_restored_below_another_program(site: Flask, copy: Path) -> None:
    """A shell, litestream, a server that was started in another way."""
    disconnect()
    other = create_engine(db.engine.url)
    with other.connect() as connection:
        connection.execute(text("SELECT count(*) FROM people"))
        assert "Hentikan dahulu" in refusal(flask(site, "restore", "--yes", copy))
    other.dispose()
    put_back(site, copy)


def test_no_server_starts_while_a_copy_is_put_back(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "serve", lambda *_: pytest.fail("a server was started"))
    with holding.alone():
        assert "flask database restore" in refusal(site.test_cli_runner().invoke(args=["serve"]))


def test_servers_hold_the_database_together(site: Flask) -> None:
    with holding.shared(), holding.shared(), pytest.raises(CopyRefused), holding.alone():
        pytest.fail("a server holds it")
    with holding.alone():
        pass


def _fake_tool(folder: Path, name: str) -> Path:
    """A tool that writes down how it was called; the file it writes to."""
    folder.mkdir(exist_ok=True)
    heard = folder / "heard"
    (folder / name).write_text(f'#!/bin/sh\necho "$@" > {heard}\necho "sandi: $PGPASSWORD" >> {heard}\nexit 1\n')
    (folder / name).chmod(0o755)
    return heard


@pytest.fixture
def on_postgres(fresh_app: Callable[..., Flask], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An app whose PostgreSQL is nowhere, and a PATH with nothing but what a test puts there."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    app = fresh_app(DATABASE_URL="postgresql+psycopg://kelas:r%40hasia@db.kampus.id/kelas?sslmode=require")
    with app.app_context():
        yield app


def test_the_password_is_on_no_command_line(on_postgres: Flask, tmp_path: Path, folder: Path) -> None:
    heard = _fake_tool(tmp_path / "bin", "pg_dump")
    assert "pg_dump gagal: tanpa penjelasan" in refusal(flask(on_postgres, "backup", folder))
    called, password = heard.read_text().splitlines()
    assert "--dbname=postgresql://kelas@db.kampus.id/kelas?sslmode=require" in called
    assert ("r@hasia" in called, "r%40hasia" in called) == (False, False)
    assert password == "sandi: r@hasia"
    assert list(folder.iterdir()) == []


def test_a_password_in_the_addresses_query_is_moved_too(fresh_app: Callable[..., Flask]) -> None:
    with fresh_app(DATABASE_URL="postgresql+psycopg:///kelas?host=/run/pg&password=rahasia").app_context():
        assert postgres_copies.address(db.engine.url) == "--dbname=postgresql:///kelas?host=%2Frun%2Fpg"
        assert postgres_copies.environment()["PGPASSWORD"] == "rahasia"


def test_missing_tools_are_told_with_what_brings_them(on_postgres: Flask, tmp_path: Path, folder: Path) -> None:
    (tmp_path / "asing.dump").write_bytes(b"PGDMP")
    assert "apt install postgresql-client" in refusal(flask(on_postgres, "backup", folder))
    assert "apt install postgresql-client" in refusal(flask(on_postgres, "verify", tmp_path / "asing.dump"))
