"""Making sure that what was written outlives a power cut."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """A file's contents, or the names in a folder, are on the disk when this returns."""
    if os.name == "nt" and path.is_dir():
        return  # Windows knows no such thing
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
