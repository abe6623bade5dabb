"""Every migration brings a filled database up, from the first revision to the last, and loses no row."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.pure
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_a_filled_database_comes_up_from_the_first_revision(database: str) -> None:
    """The bench counts before and after, and fails on a difference; here with few rows."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.migrations", "400", database],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    revisions = {path.name[:4] for path in (ROOT / "migrations" / "versions").glob("0*.py")}
    assert set(re.findall(r"upgrade to (\d{4})", done.stdout)) == revisions - {"0001"}
