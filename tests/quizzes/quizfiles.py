"""Quizzes written for one test, online in the sample course."""

from collections.abc import Sequence

from foundation.problems import has_errors
from quizzes.options import key_of
from tests.cast import publish
from tests.conftest import NOW
from tests.sample import QUIZ, SAMPLE, Sample

YES = key_of("Ya")
KEY = "01_sister_city__03_kuis_sister_city_md"


def one_question(name: str, *metadata: str) -> str:
    """A question whose right option is YES."""
    lines = [f"## Apakah {name} benar? {{#{name}}}", "tujuan: SC1", "lihat: 01-asal-usul.md#niat", *metadata, ""]
    options = [
        "- [x] Ya",
        f"- [ ] Tidak\n  > Umpan balik {name}.",
        "",
        f"> **Pembahasan.** Kunci {name}.",
    ]
    return "\n".join([*lines, *options])


def quiz(*questions: str, rules: Sequence[str] = (), title: str = "Kuis") -> str:
    """A quiz file: each question as `one_question` writes it."""
    return "\n".join(["---", "jenis: kuis", f"judul: {title}", *rules, "---", "", "\n\n".join(questions), ""])


def put_online(source: str, **more: str) -> None:
    """The sample course with another quiz, and with other files changed besides."""
    report = publish(SAMPLE.but(**{KEY: source, **more}), NOW)
    assert not has_errors(report.outline.problems), report.outline.problems


def with_rules(*rules: str) -> str:
    """The sample's quiz under other rules."""
    return QUIZ.replace("peran: ujian\npercobaan: 2", "\n".join(rules))


def beside(source: str, quiz: str = QUIZ) -> Sample:
    """The sample course with a second quiz in the first module, `kuis-kedua`."""
    files = {**SAMPLE.files, "01-sister-city/03-kuis-sister-city.md": quiz, "01-sister-city/04-kuis-kedua.md": source}
    return Sample(SAMPLE.slug, files)
