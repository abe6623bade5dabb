"""The rules of the authoring format, each with the cases that hold it to its word: format_rules.txt.

A line is `section | rule | cases`. A case is a file of tests/corpus by its name without number, or a test as
`file::name` below tests/; a pattern stands for several. What is named must be there, and no file of the corpus is there
without a rule.
"""

import ast
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

TESTS = Path(__file__).parent
SECTIONS = {"1", "2", "3", "4", "7"}
"""Of the format: the course folder, front matter, lessons, questions, problems."""


@dataclass(frozen=True)
class Rule:
    section: str
    sentence: str
    cases: tuple[str, ...]

    @classmethod
    def of(cls, line: str) -> "Rule":
        section, sentence, cases = (part.strip() for part in line.split(" | "))
        return cls(section, sentence, tuple(cases.split()))


RULES = [Rule.of(line) for line in (TESTS / "format_rules.txt").read_text(encoding="utf-8").split("\n") if line]


@cache
def corpus() -> frozenset[str]:
    """Names of files without number and ending."""
    lines = (TESTS / "corpus" / "expected.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(re.sub(r"^\w+/[0-9]+-|\.\w+$", "", line.split()[0]) for line in lines if line)


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    functions = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return frozenset(name for name in functions if name.startswith("test_"))


def found_by(case: str) -> list[str]:
    file, sign, name = case.rpartition("::")
    return [known for known in (names_in(file) if sign else corpus()) if fnmatchcase(known, name)]


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule.section} {rule.sentence}" for rule in RULES])
def test_every_case_that_a_rule_names_is_there(rule: Rule) -> None:
    assert rule.cases
    assert [case for case in rule.cases if not found_by(case)] == []


def test_every_section_has_rules_and_no_rule_stands_twice() -> None:
    assert {rule.section for rule in RULES} == SECTIONS
    assert len({rule.sentence for rule in RULES}) == len(RULES)


def test_no_file_of_the_corpus_is_there_without_a_rule() -> None:
    named = {name for rule in RULES for case in rule.cases if "::" not in case for name in found_by(case)}
    assert corpus() - named == set()
