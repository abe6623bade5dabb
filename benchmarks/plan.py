"""What to ask of a prepared site, kept in its folder: benchmarks.survey finds it out, clients and floor read it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "bench-plan.json"

FLOOR_LESSON_PATH = "/lantai/pelajaran"
FLOOR_SAVE_PATH = "/lantai/simpan"
WORKER_PATH = "/lantai/proses"


@dataclass(frozen=True)
class LessonPage:
    key: str
    path: str
    queries: int
    """Statements sent for the page once its caches are warm, the sign-in included."""
    html: str


@dataclass(frozen=True)
class Learner:
    cookie: str
    csrf: str
    save_path: str
    """Where answers of the open attempt go."""
    options: list[list[str]]
    """The option keys of each question, in the order the learner sees the questions."""
    floor_attempt: int
    """The id of a closed attempt, for the floor's rows."""


@dataclass(frozen=True)
class Plan:
    workers: int
    threads: int
    """Of each worker, as the settings say."""
    lessons: list[LessonPage]
    learners: list[Learner]


def read(folder: Path) -> Plan:
    kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
    pages = [LessonPage(**page) for page in kept.pop("lessons")]
    learners = [Learner(**learner) for learner in kept.pop("learners")]
    return Plan(lessons=pages, learners=learners, **kept)


def write(plan: Plan, folder: Path) -> None:
    (folder / FILE).write_text(json.dumps(asdict(plan)), encoding="utf-8")
