"""The threat model names the test of each defence; one that does not exist is found here."""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
MODEL = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)((?:::\w+)*)`", MODEL)
DEFENCES = MODEL.partition("## Defences")[2].partition("\n## ")[0]


def names_in(file: str) -> set[str]:
    """The tests of a file, as pytest calls them."""
    found = set()
    for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body:
        inside = node.body if isinstance(node, ast.ClassDef) else []
        prefix = f"::{node.name}" if isinstance(node, ast.ClassDef | ast.FunctionDef) else ""
        found |= {prefix, *(f"{prefix}::{part.name}" for part in inside if isinstance(part, ast.FunctionDef))}
    return found


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda part: part.rpartition("::")[2])
def test_every_test_that_is_named_exists(file: str, name: str) -> None:
    assert (ROOT / file).exists()
    assert name in names_in(file) | {""}
    assert not name or name.rpartition("::")[2].startswith("test_")


def test_every_defence_names_a_test_or_where_its_result_stands() -> None:
    rows = [line for line in DEFENCES.splitlines() if line.startswith("|")][2:]
    assert len(rows) > 20
    assert [row for row in rows if "`tests/" not in row and "reliability.md" not in row] == []
