"""A lazy sentence calls itself safe HTML, names and all (flask_babel): so nothing but numbers may be put into one."""

import ast
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import lazy_gettext
from markupsafe import escape

ROOT = Path(__file__).parents[2]
ROOMS = ("foundation", "accounts", "cohorts", "courses", "quizzes", "gradebook", "demo")
SOURCES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def lazy_names(tree: ast.AST) -> set[str]:
    """What a module calls lazy_gettext and its like."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "flask_babel")
    return {name.asname or name.name for node in imports for name in node.names if name.name.startswith("lazy_")}


@pytest.mark.pure
def test_only_numbers_are_put_into_lazy_sentences() -> None:
    lazy = 0
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = lazy_names(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                lazy += 1
                assert {word.arg for word in node.keywords} <= {"n"}, f"{path.name}:{node.lineno}"
    assert lazy > 10


def test_why(app: Flask) -> None:
    with app.test_request_context():
        assert escape(lazy_gettext("seluruh %(cohort)s", cohort="<b>")) == "seluruh <b>"
