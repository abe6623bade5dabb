"""What staff write to a cohort: its lengths, and that nothing of it can do more than be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts import wording
from foundation.errors import DomainError

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Kumpul di **aula**.", "<p>Kumpul di <strong>aula</strong>.</p>"),
        ("# Besok", '<h3 id="besok">Besok</h3>'),
        ("##### Besok", '<h3 id="besok">Besok</h3>'),
        ("[Kuis](/kursus/contoh/kuis/)", '<p><a href="/kursus/contoh/kuis/">Kuis</a></p>'),
        ("[Jahat](javascript:alert(1))", "<p>Jahat</p>"),
        ("[Jahat](//jahat.example/)", "<p>Jahat</p>"),
        ("[Berkas](01-asal-usul.md)", "<p>Berkas</p>"),
    ],
)
def test_markdown_is_drawn_with_headings_below_the_title_and_links_that_lead_somewhere(source: str, html: str) -> None:
    assert wording.drawn(source).strip() == html


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ([1, 2, 2, 1], [3, 4, 4, 3]),
        ([2, 2, 3, 2], [3, 3, 4, 3]),
        ([1, 3, 2], [3, 4, 4]),
        ([4, 1], [3, 3]),
        ([1, 2, 3, 4, 5, 6], [3, 4, 5, 6, 6, 6]),
    ],
)
def test_headings_leave_no_level_out_whichever_the_writer_begins_with(written: list[int], drawn: list[int]) -> None:
    html = wording.drawn("\n\n".join(f"{'#' * level} Bagian *{place}*" for place, level in enumerate(written)))
    assert [int(level) for level in re.findall(r"<h(\d)", html)] == drawn
    assert [int(level) for level in re.findall(r"</h(\d)", html)] == drawn


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://jahat.example/p.png)",
        '<a href="javascript:alert(1)" onclick="x()">x</a>',
        "<style>body { display: none }</style>",
        "<iframe src=//jahat.example></iframe>",
    ],
)
def test_no_text_draws_a_tag_that_acts_or_loads(source: str) -> None:
    html = wording.drawn(source)
    assert not any(f"<{tag}" in html for tag in ("script", "img", "a ", "style", "iframe"))


@given(st.text(max_size=200))
def test_any_text_is_kept_drawn_or_refused_with_a_sentence(text: str) -> None:
    try:
        source = wording.checked_source(text)
    except DomainError as refusal:
        assert str(refusal)
    else:
        assert "\0" not in source and "\r" not in source
        assert "<script" not in wording.drawn(source)


@pytest.mark.parametrize("title", ["", "  \n ", "x" * 121])
def test_a_title_has_some_letters_and_not_too_many(title: str) -> None:
    with pytest.raises(DomainError):
        wording.checked_title(title)


def test_a_title_is_one_line() -> None:
    assert wording.checked_title("  Kumpul\0 \n besok ") == "Kumpul besok"


@pytest.mark.parametrize("source", ["", " \r\n ", "x" * 10_001, "[" * 201, "- " * 30 + "x"])
def test_a_text_that_is_missing_too_long_or_too_costly_is_refused(source: str) -> None:
    with pytest.raises(DomainError):
        wording.checked_source(source)
