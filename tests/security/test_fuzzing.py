"""What readers of people's text make of anything at all: an answer, or a refusal of ours; never a fault.

tests/corpus/fuzz keeps inputs, a folder for each reader: those that once broke one, and those that come near.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from accounts.names import checked_name, checked_username
from cohorts import roster, wording
from courses import dates
from foundation import codes, local_time
from foundation.errors import DomainError
from foundation.spreadsheets import FORMULA_STARTS, defuse
from foundation.web import number_asked, page_of, safe_next
from quizzes import exemptions, forms, patterns
from tests import rooms
from tests.courses.test_hostile import check
from tests.foundation.test_markup import bad_in
from tests.quizzes import every_kind

pytestmark = pytest.mark.pure

CORPUS = Path(__file__).parents[1] / "corpus" / "fuzz"

PIECES = st.sampled_from(
    [
        *("---", "\n", ":", "- [x] ", "## ", "> ", "|", ";", '"', "'", "\t", "\\", "[[", "]]", "::: cek", "= /", "{#"),
        *("nama_pengguna", "nama", "kelompok", "=1+1", "\ufeff", "\x00", "\u2028", "\ud800", "😀", "٣", "½", "9" * 30),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join)


@pytest.fixture(autouse=True, scope="module")
def _rooms() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        rooms.register(patch)
        yield


def read_file(data: bytes) -> None:
    check(data)


def read_roster(data: bytes) -> None:
    found = roster.from_bytes(data)
    for row in found.rows:
        assert row.username and row.name and row.name.isprintable()
    for problem in found.problems:
        assert str(problem)


def read_announcement(data: bytes) -> None:
    source = wording.checked_source(data.decode("utf-8", "surrogateescape"))
    assert bad_in(wording.drawn(source)) == []


ONE_LINE: tuple[Callable[[str], Any], ...] = (
    *(checked_name, checked_username, wording.checked_title, codes.typed, local_time.read_moment, dates.read_day),
    *(dates.read_days, exemptions.read_minutes, exemptions.read_attempts, exemptions.read_reason, number_asked),
    *(defuse, lambda text: page_of(text, 50, 101), safe_next),
)


def read_lines(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    for reader in ONE_LINE:
        try:
            reader(text)
        except DomainError as refusal:
            assert str(refusal)
    assert not defuse(text).lstrip().startswith(FORMULA_STARTS) or text.lstrip()[:1] not in FORMULA_STARTS
    assert safe_next(text).startswith("/") and not safe_next(text).startswith(("//", "/\\"))


def read_answers(data: bytes) -> None:
    """As the fields of a page: pairs, divided as a form's are."""
    pairs = [pair.partition("=")[::2] for pair in data.decode("utf-8", "surrogateescape").split("&")]
    form = MultiDict(pairs)
    asked = list(every_kind.questions().values())
    for given_answer in forms.read_answers(form, asked):
        assert all(isinstance(part, str) for part in given_answer.value)
    forms.read_page(form)


def read_pattern(data: bytes) -> None:
    """A pattern that is let through ends quickly on everything it is tried on."""
    pattern = data.decode("utf-8", "surrogateescape").strip()
    if not patterns.fault(pattern) and not patterns.is_slow(pattern):
        patterns.compiled(pattern).fullmatch("a" * 200 + "!", timeout=1)


READERS: dict[str, Callable[[bytes], None]] = {
    "berkas": read_file,
    "daftar": read_roster,
    "pengumuman": read_announcement,
    "baris": read_lines,
    "jawaban": read_answers,
    "pola": read_pattern,
}


@pytest.mark.parametrize("file", sorted(CORPUS.glob("*/*")), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_what_is_kept_of_earlier_runs(file: Path) -> None:
    _calmly(READERS[file.parent.name], file.read_bytes())


@pytest.mark.parametrize("name", READERS)
def test_every_reader_has_a_corpus(name: str) -> None:
    assert len(list((CORPUS / name).iterdir())) >= 3


@pytest.mark.parametrize("name", READERS)
@given(data=st.binary(max_size=120) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_anything_at_all(name: str, data: bytes) -> None:
    _calmly(READERS[name], data)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["jawaban-1", "jawaban-2", "jawaban-2-1", "awal-1", "urutan-1", "klien", "tombol", "x"]),
            TEXTS,
        ),
        max_size=12,
    )
)
def test_fields_nearly_as_a_page_sends_them(pairs: list[tuple[str, str]]) -> None:
    text = "&".join(f"{name}={value}" for name, value in pairs)
    _calmly(read_answers, text.encode("utf-8", "surrogatepass"))


def _calmly(reader: Callable[[bytes], None], data: bytes) -> None:
    try:
        reader(data)
    except DomainError as refusal:
        assert str(refusal)


CATASTROPHIC = [
    "(a+)+",
    "(a|aa)+",
    "(a|a)*b",
    "([a-z]+)*",
    "(.*)*x",
    "(a?){60}a{60}",
    "((a*)*)*",
    "(\\w+\\s?)+",
    "^(a+)+$",
]


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_a_pattern_that_could_run_for_ever_is_refused_or_stopped(pattern: str) -> None:
    """Whoever answers chooses the text, so the worst text for a pattern decides."""
    if not patterns.fault(pattern) and not patterns.is_slow(pattern):
        assert not patterns.compiled(pattern).fullmatch("a" * 5_000 + "\x00", timeout=1)
