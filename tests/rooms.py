"""The rooms that authored text needs, known to the registry for one test, without an app."""

import dataclasses
from typing import Any

import pytest

from courses import kinds, reflection
from quizzes import quiz


def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `kuis`, `cek` and `refleksi` known, and nothing else, until the test ends."""
    for table in (kinds.activity_kinds, kinds.container_kinds):
        for name in list(table):
            monkeypatch.delitem(table, name)
    kuis = _filled(kinds.ActivityKind, name="kuis", alias="quiz", parse=quiz.parse, render=quiz.render)
    cek = _filled(kinds.ContainerKind, name="cek", alias="check", parse=quiz.parse_check, render=quiz.render_check)
    for word in ("kuis", "quiz"):
        monkeypatch.setitem(kinds.activity_kinds, word, kuis)
    for word in ("cek", "check"):
        monkeypatch.setitem(kinds.container_kinds, word, cek)
    refleksi = _filled(
        kinds.ContainerKind,
        name="refleksi",
        alias="reflection",
        parse=reflection.parse,
        render=reflection.render,
        is_named=True,
    )
    for word in ("refleksi", "reflection"):
        monkeypatch.setitem(kinds.container_kinds, word, refleksi)


def _filled(kind: type[Any], **given: Any) -> Any:
    """A kind whose doors to pages, which pure tests never open, are left out."""
    return kind(**{field.name: given.get(field.name) for field in dataclasses.fields(kind)})
