"""A quiz with an essay in the sample course, written and marked over HTTP."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from foundation.database import db
from quizzes.models import Answer, Attempt
from tests.cast import activity, publish
from tests.conftest import NOW
from tests.sample import SAMPLE, Sample

SOURCE = """\
---
jenis: kuis
judul: Kuis Esai
peran: ujian
percobaan: 2
---

## Siapa yang menerbitkan surat konfirmasi? {#penerbit}
tujuan: SC2
lihat: 01-asal-usul.md#surat

- [ ] Menteri Dalam Negeri {#mendagri}
  > Mendagri meneruskannya.
- [x] Menteri Luar Negeri {#menlu}
- [ ] DPRD {#dprd}
  > DPRD menyetujui rencananya.

## Mengapa kedua kota cocok bersaudara? {#alasan}
tujuan: SC1
lihat: 01-asal-usul.md#niat
jenis: esai
kata: 50
poin: 3

| Kriteria | Bobot | Baik | Cukup (60) | Kurang |
|---|---|---|---|---|
| **Alasan** | 75 | Tiga alasan | Dua alasan | Tanpa alasan |
| Bahasa | 25 | Baku | Campur | Tidak baku |

> **Pembahasan.** Niat warga mendahului niat pemerintah.
"""
QUIZ = "/kursus/contoh/kuis-esai"
QUEUE = "/rekap/contoh/esai/"
PILE = f"{QUEUE}kuis-esai/alasan/"
TEXT = "Keduanya kota pelabuhan.\n\nWarganya <b>sudah</b> bertukar kunjungan."
BEST, MIXED, WORST = ({"kriteria-1": a, "kriteria-2": b} for a, b in ((0, 0), (1, 0), (2, 2)))


def with_essay(source: str = SOURCE) -> Sample:
    return replace(SAMPLE, files=SAMPLE.files | {"01-sister-city/04-kuis-esai.md": source})


def publish_essay(at: datetime, source: str = SOURCE) -> None:
    report = publish(with_essay(source), at)
    assert activity("kuis-esai").current_version_id, report


def write(client: FlaskClient, text: str = TEXT, *, choice: str = "menlu", number: int = 1, send: bool = True) -> None:
    client.post(f"{QUIZ}/mulai", data={"percobaan": number})
    client.post(
        f"{QUIZ}/percobaan/{number}/",
        data={"klien": "halaman", "urutan-1": 1, "jawaban-1": choice, "urutan-2": 1, "jawaban-2": text},
    )
    if send:
        client.post(f"{QUIZ}/percobaan/{number}/kirim")


def attempt_of(enrolment_id: int, number: int = 1) -> Attempt:
    query = db.session.query(Attempt).filter_by(enrolment_id=enrolment_id, number=number)
    return query.filter_by(activity_id=activity("kuis-esai").id).one()


def mark(client: FlaskClient, attempt: int, form: Mapping[str, Any] = BEST, **more: Any) -> TestResponse:
    """Finish an answer, as a page without script would; `dasar` is the last mark that the page knew of."""
    return client.post(f"{PILE}{attempt}/", data={**form, **more})


def essay_of(enrolment_id: int, id: int | None = None) -> Attempt:
    """An attempt that waits for its essay's mark, without a request for each step; for `hand_in_essays`."""
    quiz = activity("kuis-esai")
    return Attempt(
        id=id,
        enrolment_id=enrolment_id,
        activity_id=quiz.id,
        version_id=quiz.current_version_id,
        number=1,
        seed=1,
        arrangement=[["penerbit", ["mendagri", "menlu", "dprd"]], ["alasan", []]],
        started_at=NOW,
        submitted_at=NOW,
        earned=0,
        maximum=1,
        waiting=1,
    )


def hand_in_essays(*attempts: Attempt) -> None:
    db.session.add_all(attempts)
    db.session.flush()
    for attempt in attempts:
        db.session.add(Answer(attempt_id=attempt.id, question="alasan", value=[TEXT], client="a", sequence=1, at=NOW))
    db.session.commit()
