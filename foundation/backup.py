"""Copies of the whole database: made, verified, put back.

A copy comes to its name only when it is whole, on the disk, and was read back and found good; so a database that has
been damaged never pushes a good copy out. The secret key is not in it: without the key nobody is let in by a stolen
copy, and whoever puts one back elsewhere only has everybody sign in again.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy.exc import DBAPIError

from foundation import copies, holding, postgres_copies, schema, sqlite_copies
from foundation.copies import Contents, CopyRefused, Damaged, Foreign
from foundation.database import db
from foundation.durable import sync

ABANDONED = 24 * 60 * 60
"""Seconds after which nobody is writing to a half copy any more."""
SUM = ".sha256"
"""Beside each copy, as `sha256sum --check` reads it: SQLite's own checks do not see a single wrong letter."""


class Keeper(Protocol):
    """How one kind of database is copied."""

    SUFFIX: str
    MAGIC: bytes

    def copy(self, target: Path) -> None: ...
    def read(self, file: Path) -> Contents: ...
    def put_back(self, file: Path, at: datetime) -> str: ...


KEEPERS: dict[str, Keeper] = {"sqlite": sqlite_copies, "postgresql": postgres_copies}


@dataclass(frozen=True)
class Good:
    """A copy that was verified: only such a one is put back."""

    file: Path
    contents: Contents
    keeper: Keeper


@dataclass(frozen=True)
class Made:
    file: Path
    contents: Contents
    removed: int
    """Older copies beyond those to keep."""


def back_up(folder: Path, keep: int, at: datetime) -> Made:
    """Copy the database into the folder while servers may write, and keep the last `keep` copies there."""
    keeper = KEEPERS[db.engine.dialect.name]
    with _faults_told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file, part = _reserve(folder, keeper.SUFFIX, at)
        try:
            contents = _copy_and_read(keeper, part)
            _write_sum(file, _digest(part))
            sync(part)
            os.replace(part, file)
        finally:
            part.unlink(missing_ok=True)
            if not file.exists():
                _sum_of(file).unlink(missing_ok=True)
        sync(folder)
        return Made(file, contents, _thin_out(folder, keeper.SUFFIX, keep, file.name))


def _reserve(folder: Path, suffix: str, at: datetime) -> tuple[Path, Path]:
    """A name that nobody has, and the file beside it to write to, readable by its owner alone."""
    for again in count():
        file = folder / copies.name_at(at, suffix, again)
        part = file.with_name(f"{file.name}.part")
        if file.exists():
            continue
        try:
            part.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            continue
        return file, part
    raise AssertionError("count() ends never")


def _copy_and_read(keeper: Keeper, part: Path) -> Contents:
    """A fault found here is the database's own."""
    try:
        keeper.copy(part)
        return keeper.read(part)
    except Damaged as fault:
        raise CopyRefused(
            f"Basis data ini sendiri rusak ({fault.why}), jadi tidak disalin; salinan lama tetap ada. "
            "Hentikan server, lalu pulihkan salinan terakhir yang utuh."
        ) from fault
    except Foreign as fault:
        raise CopyRefused("Basis data ini belum disiapkan. Jalankan dahulu: flask prepare") from fault


def _thin_out(folder: Path, suffix: str, keep: int, made: str) -> int:
    """Remove older copies beyond those to keep; how many. What a power cut left half-made long ago goes too."""
    for part in folder.glob(f"kelas-*{suffix}.part"):
        if time.time() - part.stat().st_mtime > ABANDONED:
            part.unlink(missing_ok=True)
    names = copies.superfluous([file.name for file in folder.iterdir()], suffix, keep, made)
    for name in names:
        (folder / name).unlink(missing_ok=True)
        _sum_of(folder / name).unlink(missing_ok=True)
    return len(names)


def verify(file: Path) -> Good:
    """A copy that can be put back; it is opened to be read only. Raises CopyRefused for any other."""
    with _faults_told(file):
        keeper = _keeper_of(file)
        if _kept_sum(file) not in (None, _digest(file)):
            raise Damaged(f"isinya berbeda dari {file.name}{SUM}")
        contents = keeper.read(file)
    if not schema.is_known(contents.revision):
        raise CopyRefused(
            f"Salinan ini dibuat oleh versi yang tidak dikenal di sini (skema {contents.revision}). "
            "Perbarui program ini dahulu, lalu ulangi."
        )
    return Good(file, contents, keeper)


def restore(good: Good, at: datetime) -> str:
    """Make a copy the database; the one before stays under a dated name. How to undo it, in a sentence."""
    kind = db.engine.dialect.name
    if good.keeper is not KEEPERS[kind]:
        raise CopyRefused(f"Salinan ini bukan dari {kind}. Setel DATABASE_URL ke jenis basis data salinannya.")
    db.session.remove()
    db.engine.dispose()
    with _faults_told(good.file), holding.alone():
        return good.keeper.put_back(good.file, at)


def _keeper_of(file: Path) -> Keeper:
    with file.open("rb") as opened:
        start = opened.read(16)
    for keeper in KEEPERS.values():
        if start.startswith(keeper.MAGIC):
            return keeper
    raise Foreign


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _sum_of(file: Path) -> Path:
    return file.with_name(file.name + SUM)


def _write_sum(file: Path, digest: str) -> None:
    kept = _sum_of(file)
    kept.touch(mode=0o600)
    kept.write_text(f"{digest}  {file.name}\n", encoding="ascii")
    sync(kept)


def _kept_sum(file: Path) -> str | None:
    """As it was written when the copy was made; None for one that came without."""
    kept = _sum_of(file)
    return kept.read_text(encoding="ascii", errors="replace")[:64] if kept.exists() else None


@contextmanager
def _faults_told(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise CopyRefused(f"{error.filename or place}: {why}. Periksa nama, izin, dan ruang disknya.") from error
    except DBAPIError as error:
        why = " ".join(str(error.orig).split())
        raise CopyRefused(f"Basis data menolak: {why}. Periksa izin dan ruang disknya.") from error
