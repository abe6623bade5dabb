"""`make mutants`: small faults put one by one into what decides a score; a fault that no test sees is printed.

Only pure tests run, those named or all of tests/quizzes, in a copy of the tree below build/, with mutmut, which is no
part of the project's environment.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "build" / "mutmut"
"""Where the make target puts mutmut, apart from the project's own packages."""
PLACE = ROOT / "build" / "mutants"

MUTATED = (
    "quizzes/kinds/*.py",
    "quizzes/answer_keys.py",
    "quizzes/assessing.py",
    "quizzes/attempts.py",
    "quizzes/drawing.py",
    "quizzes/folding.py",
    "quizzes/grading.py",
    "quizzes/numbers.py",
    "quizzes/outcomes.py",
    "quizzes/parallel_forms.py",
    "quizzes/practice.py",
    "quizzes/rekey_effects.py",
    "quizzes/rekeying.py",
    "quizzes/saves.py",
    "quizzes/terms.py",
    "quizzes/typos.py",
)
"""All pure modules that decide a score, or what a learner gets to answer."""
TESTS = "tests/quizzes"
COPIED = ("foundation", "accounts", "cohorts", "courses", "quizzes", "demo", "gradebook", "tests")

RUN = "import sys; sys.path.append(sys.argv.pop(1)); from mutmut.__main__ import cli; cli()"
"""The project's packages come first: mutmut brings others' versions of some."""
SHOW = RUN.replace("cli()", "[cli(['show', name], standalone_mode=False) for name in sys.argv[1:]]")
OUTCOMES = {0: "survived", 33: "no test", 34: "skipped", 36: "took too long", 24: "took too long"}
"""By the exit code that mutmut keeps of the tests' run; any other is a fault that was found."""


def main() -> None:
    prepare(sys.argv[1:] or [TESTS])
    told = PLACE / "run.log"
    with told.open("w", encoding="utf-8") as log:
        command = [sys.executable, "-c", RUN, str(TOOL), "run"]
        done = subprocess.run(command, cwd=PLACE, env=environment(), stdout=log, stderr=log, check=False)
    if done.returncode:
        sys.exit(f"mutmut could not do its work; {told} says why.")
    found = outcomes()
    survivors = sorted(name for name, outcome in found.items() if outcome != "found")
    changes = shown(survivors)
    for name in survivors:
        print(f"\n{name}: {found[name]}\n{changes[name]}")
    print(f"\n{len(found)} faults, {len(found) - len(survivors)} found by the tests, {len(survivors)} not.")


def prepare(tests: list[str]) -> None:
    """A tree of its own, so that nothing of a half-done run stays in the project's."""
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, PLACE / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = {
        "source_paths": ["quizzes"],
        "only_mutate": list(MUTATED),
        "also_copy": [name for name in COPIED if name != "quizzes"],
        "pytest_add_cli_args_test_selection": [*tests, "-m", "pure"],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=mutants"],
    }
    own = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())
    (PLACE / "pyproject.toml").write_text(f"{own}\n[tool.mutmut]\n{lines}", encoding="utf-8")


def environment() -> dict[str, str]:
    """The installed project is this very tree: without its path the copy would not be what is imported."""
    return {**os.environ, "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}


def outcomes() -> dict[str, str]:
    """Each fault's name -> what became of it."""
    found: dict[str, str] = {}
    for kept in sorted((PLACE / "mutants").rglob("*.meta")):
        codes = json.loads(kept.read_text(encoding="utf-8"))["exit_code_by_key"]
        found.update({name: OUTCOMES.get(code, "found") for name, code in codes.items()})
    return found


def shown(names: list[str]) -> dict[str, str]:
    """What each fault changes, as a difference of lines."""
    command = [sys.executable, "-c", SHOW, str(TOOL), *names]
    done = subprocess.run(command, cwd=PLACE, env=environment(), capture_output=True, text=True, check=True)
    changes: dict[str, str] = {}
    for told in done.stdout.split("\n# ")[: len(names)]:
        heading, *lines = told.removeprefix("# ").splitlines()
        changed = [line for line in lines if line.startswith(("-", "+")) and line[:3] not in ("---", "+++")]
        changes[heading.partition(":")[0]] = "\n".join(changed)
    return changes


if __name__ == "__main__":
    main()
