"""Documentation is a contract: it fails when it lags behind settings, commands or translations."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po
from flask import Flask

ROOT = Path(__file__).parents[1]


def commands(group: click.Group, prefix: str = "flask") -> list[str]:
    found = []
    for name, command in group.commands.items():
        path = f"{prefix} {name}"
        found += commands(command, path) if isinstance(command, click.Group) else [path]
    return found


def test_every_command_of_ours_is_in_the_manual(app: Flask) -> None:
    manual = (ROOT / "docs" / "operasi.md").read_text(encoding="utf-8")
    ours = [command for command in commands(app.cli) if not command.startswith("flask db ")]
    assert ours
    for command in ours:
        assert f"`{command}" in manual, command


@pytest.mark.pure
def test_every_target_of_the_makefile_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M):
        assert f"make {target}" in readme, target


@pytest.mark.pure
def test_every_link_of_the_documentation_leads_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")):
        prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", prose):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.pure
def test_the_english_catalogue_is_complete(tmp_path: Path) -> None:
    pot = tmp_path / "messages.pot"
    extract = [sys.executable, "-m", "babel.messages.frontend", "extract", "-F", "babel.cfg", "-k", "N_", "-k"]
    subprocess.run([*extract, "lazy_gettext", "-o", str(pot), "."], cwd=ROOT, check=True, capture_output=True)
    with pot.open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    with (ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = list(read_po(file, locale="en"))
    translated = {message.id for message in catalogue if message.id and message.string and not message.fuzzy}
    assert wanted - translated == set()
    assert {message.id for message in catalogue if message.id} - wanted == set(), "no longer used"
    for message in catalogue:
        assert not list(message.check(None)), message.id


@pytest.mark.pure
def test_pure_modules_load_neither_flask_nor_sqlalchemy() -> None:
    """The import contract says so too; this runs it."""
    names = [
        "courses.lesson",
        "courses.outline",
        "quizzes.grading",
        "quizzes.attempts",
        "foundation.spreadsheets",
        "demo.responses",
    ]
    imports = "; ".join(f"import {name}" for name in names)
    program = f"import sys; {imports}; print('flask' in sys.modules, 'sqlalchemy' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["False", "False"]
