"""`teks`: short answers, by the rules of format.md section 4, which the comments quote."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from foundation.errors import DomainError
from quizzes import patterns, typos
from quizzes.answer_keys import TextAnswer
from quizzes.folding import folded
from quizzes.kinds.kind import LONGEST_LINE
from quizzes.kinds.text import TEXT, fits, forgives, is_right
from quizzes.words import Credit
from tests.quizzes.kinds.sending import read, reveal, right, sent, share, show
from tests.quizzes.reading import one, warnings

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("key", "answer", "worth"),
    [
        ("Panayotis Soldatos", "Panayotis Soldatos", 1),
        ("Panayotis Soldatos", "Duchacek", 0),
        # "case … never matter"
        ("Soldatos", "SOLDATOS", 1),
        ("Soldatos", "soldatos", 1),
        ("Straße", "STRASSE", 1),
        ("Istanbul", "İstanbul", 1),
        ("Diyarbakır", "DIYARBAKIR", 1),
        # "accents … never matter"
        ("Québec", "Quebec", 1),
        ("Quebec", "Que\u0301bec", 1),
        ("Łódź", "Lodz", 1),
        ("Ænigma", "aenigma", 1),
        # "all spaces … never matter"
        ("Kota Mataram", "  Kota \u00a0 Mataram ", 1),
        ("Kota Mataram", "KotaMataram", 1),
        ("Kota Mataram", "Kota\tMata\u200bram", 1),
        ("Kota Mataram", "Kota\u2003Mataram\u2028", 1),
        # "dash and quote variants … never matter"
        ("Bandung-Braunschweig", "Bandung – Braunschweig", 1),
        ("Bandung–Braunschweig", "Bandung\u2212Braunschweig", 1),
        ("Bandung—Braunschweig", "Bandung--Braunschweig", 1),
        ("Jum'at", "Jum’at", 1),
        ("Jum'at", "Jum`at", 1),
        ("Jum'at", "Jum´at", 1),
        ("kota “kembar” kita", 'kota "kembar" kita', 1),
        ("kota «kembar» kita", "kota ''kembar'' kita", 1),
        # a dash is no space and no nothing: only its variants are alike
        ("Bandung-Braunschweig", "Bandung Braunschweig", 0),
        ("Jum'at", "Jumat", 0),
        # "outer punctuation never matter"
        ("Soldatos", "(Soldatos).", 1),
        ("(LoI)", "LoI", 1),
        ("LoI", "“LoI”!", 1),
        ("PP 28/2018", "PP 28/2018.", 1),
        ("PP 28/2018", "PP 282018", 0),
        ("Sister city", "sister, city", 0),
        # a sign before a digit is no punctuation
        ("-5 °C", "−5 °C", 1),
        ("-5 °C", "5 °C", 0),
        ("-5", "5", 0),
        # where there is nothing but punctuation, it is what was meant
        ("?", "?", 1),
        ("?", " “?” ", 0),
        ("?", "!", 0),
        ("Soldatos", "...", 0),
        ("Soldatos", "\u200b", 0),
        # what looks the same is the same: ligatures, full width, superscripts, emoji selectors
        ("finansial", "ﬁnansial", 1),
        ("LoI", "ＬｏＩ", 1),
        ("km²", "km2", 1),
        *[("✔ surat", f"✔{selector} surat", 1) for selector in "\ufe00\ufe0f\U000e0100\U000e01ef\u180b\u180f"],
        # nor does what only steers a terminal
        ("Soldatos", "Sol\x07datos", 1),
        # letters and digits inside stay what they are
        ("MoU 1", "MoU 2", 0),
        ("MoU", "Mo", 0),
        ("2018", "2 0 1 8", 1),
    ],
)
def test_what_never_matters_and_what_does(key: str, answer: str, worth: int) -> None:
    question = one("jenis: teks", f"= {key}")
    assert share(question, answer) == worth


# "a bare or escaped bar; several `=` lines are more answers"
@pytest.mark.parametrize("answer", ["Panayotis Soldatos", "soldatos", "Duchacek", "Ivo Duchacek"])
def test_any_of_several_answers_is_right(answer: str) -> None:
    assert share(one("= Panayotis Soldatos | Soldatos", "= Duchacek \\| Ivo Duchacek"), answer) == 1


@pytest.mark.parametrize(
    ("tolerance", "key", "answer", "worth"),
    [
        (0, "Soldatos", "Soldatoz", 0),
        (1, "Soldatos", "Soldatoz", 1),  # another letter
        (1, "Soldatos", "Soldats", 1),  # one too few
        (1, "Soldatos", "Solldatos", 1),  # one too many
        (1, "Soldatos", "Sodlatos", 1),  # "a swap is one"
        (1, "Soldatos", "oSldatos", 1),
        (1, "Soldatos", "Soldatso", 1),
        (1, "Soldatos", "Sodlatoz", 0),
        (2, "Soldatos", "Sodlatoz", 1),
        (1, "Soldatos", "Soldat", 0),
        (2, "Soldatos", "Soldat", 1),
        (1, "Soldatos", "SOLDÁTOZ!", 1),  # edits are counted in what is compared
        # "never a digit"
        (1, "PP 28/2018", "PP 28/2019", 0),
        (1, "PP 28/2018", "PP 82/2018", 0),
        (1, "PP 28/2018", "PP 2/2018", 0),
        (1, "PP 28/2018", "PP 288/2018", 0),
        (1, "PP 28/2018", "P 28/2018", 1),
        (1, "PP 28/2018", "P P28-2018", 1),
        (3, "pasal 33", "pasal 3b", 0),
        (1, "a1bcdefgh", "1abcdefgh", 0),  # a swap touches both
        (1, "1abcdefgh", "a1bcdefgh", 0),
        (2, "a1bcdefgh", "1abcdefgh", 1),  # but the letter may be taken out and put in elsewhere
        (2, "a1bcdefgh", "1bcdefgh", 1),
        # "only in keys longer than 2n"
        (1, "MoU", "MoA", 1),
        (1, "RI", "RA", 0),
        (2, "LoIs", "LoMs", 0),
        (2, "Surat", "Suart", 1),
        (2, "a b c d", "a b c e", 0),  # four letters: spaces do not lengthen a key
        (9, "Soldatos", "x", 0),
    ],
)
def test_forgiven_edits(tolerance: int, key: str, answer: str, worth: int) -> None:
    question = (
        one(f"toleransi: {tolerance}", "jenis: teks", f"= {key}") if tolerance else one("jenis: teks", f"= {key}")
    )
    assert share(question, answer) == worth


# Optimal string alignment against a plain table of the recurrence, on all pairs of short words
def distance(one: str, other: str) -> float:
    far = float("inf")

    def cost(*letters: str) -> float:
        return far if any(letter.isdigit() for letter in letters) else 1

    table: dict[tuple[int, int], float] = {}
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            ways = [0.0] if i == j == 0 else []
            if i:
                ways.append(table[i - 1, j] + cost(one[i - 1]))
            if j:
                ways.append(table[i, j - 1] + cost(other[j - 1]))
            if i and j:
                ways.append(table[i - 1, j - 1] + (cost(one[i - 1], other[j - 1]) if one[i - 1] != other[j - 1] else 0))
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1] and one[i - 1] != other[j - 1]:
                ways.append(table[i - 2, j - 2] + cost(one[i - 1], other[j - 1]))
            table[i, j] = min(ways)
    return table[len(one), len(other)]


WORDS = st.text("abc1", max_size=7)


@given(WORDS, WORDS, st.integers(1, 5))
@example("ca", "abc", 2)  # a swap and an insertion between the swapped is two edits elsewhere, three here
def test_edits_are_counted_as_the_formula_says(one: str, other: str, most: int) -> None:
    assert typos.is_within(one, other, most) == (distance(one, other) <= most)
    assert typos.is_within(one, other, most) == typos.is_within(other, one, most)


@given(st.text("abcdefgh", min_size=9, max_size=15), st.integers(0, 14), st.sampled_from("0123456789"))
def test_an_edit_on_a_digit_is_never_forgiven(word: str, place: int, digit: str) -> None:
    changed = word[:place] + digit + word[place + 1 :]
    for key, answer in ((word, changed), (changed, word), (word, word[:place] + digit + word[place:])):
        assert is_right(TextAnswer((key,), (), 4), answer) is False


@given(st.text(max_size=30))
def test_folding_twice_folds_no_further(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_no_single_character_folds_further_the_second_time() -> None:
    for code in (*range(0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE0200)):
        once = folded(f"a{chr(code)}b")
        assert folded(once) == once, hex(code)


LETTERS = st.text("abcdeghnorstu0123456789", min_size=1, max_size=12)
NOISE = st.text(" \t\u00a0\u200b\u00ad\u2003", max_size=3)
AROUND = st.text(" .,;:!?()[]“”‘’\"'…*", max_size=3)
ACCENT = st.sampled_from(["", "\u0301", "\u0308", "\u0327"])


@given(LETTERS, st.data())
def test_case_accents_spaces_and_outer_punctuation_change_nothing(word: str, data: st.DataObject) -> None:
    noisy = "".join(
        data.draw(st.sampled_from([letter, letter.upper()])) + data.draw(ACCENT) + data.draw(NOISE) for letter in word
    )
    assert folded(data.draw(AROUND) + noisy + data.draw(AROUND)) == folded(word) == word


@given(LETTERS, LETTERS)
def test_other_letters_are_another_answer(key: str, answer: str) -> None:
    assume(key != answer)
    assert is_right(TextAnswer((key,)), answer) is False


# "a regular expression for the whole answer, case ignored"
@pytest.mark.parametrize(
    ("pattern", "answer", "worth"),
    [
        ("(Kota )?Mataram", "mataram", 1),
        ("(Kota )?Mataram", "Kota Mataram", 1),
        ("(Kota )?Mataram", "Kota   Mataram ", 1),
        ("(Kota )?Mataram", "di Mataram", 0),
        ("(Kota )?Mataram", "Mataram.", 0),  # a pattern says itself what may stand around
        ("jum'?at", "Jum’at", 1),
        ("jum’at", "jum’at", 1),
        (r"\d+-\d+", "12–14", 1),
        ("a|b", "b", 1),
        ("a|b", "ab", 0),
    ],
)
def test_patterns(pattern: str, answer: str, worth: int) -> None:
    assert share(one(f"= /{pattern}/"), answer) == worth


def test_keys_and_patterns_stand_beside_each_other() -> None:
    question = one("= Duchacek", "= /sol.*/", "= /x+/")
    assert [share(question, text) for text in ("Duchacek", "Soldatos", "xx", "lain")] == [1, 1, 1, 0]


class Stopped:
    """A pattern that thinks too long."""

    def fullmatch(self, text: str, timeout: float) -> None:
        assert timeout == 1
        raise TimeoutError


# "an answer that is still stopped (1 s) waits for a human mark"
def test_an_answer_that_is_stopped_waits_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    question = one("= Soldatos", "= /sol.*/", "= /lama/", "= /apa.*/")
    fits.cache_clear()
    compiled = patterns.compiled
    monkeypatch.setattr(patterns, "compiled", lambda written: Stopped() if written == "lama" else compiled(written))
    assert share(question, "apa pun") is None
    assert share(question, "Soldatos") == 1, "a key is enough"
    assert share(question, "solihin") == 1, "so is a pattern before it"
    fits.cache_clear()


def test_a_pattern_that_is_really_slow_is_stopped() -> None:
    answer = TextAnswer((), ("(?:(?:a|aa)+)+b",))
    assert TEXT.share(answer, ["a" * 60], Credit.EXACT) is None


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({}, []),
        ({"": [""]}, []),
        ({"": ["  \r\n "]}, []),
        ({"": [" Kota Mataram "]}, ["Kota Mataram"]),
        ({"": ["Kota\r\nMataram"]}, ["Kota Mataram"]),
        ({"": ["x" * LONGEST_LINE]}, ["x" * LONGEST_LINE]),
    ],
)
def test_reading(fields: dict[str, Sequence[str]], value: list[str]) -> None:
    assert TEXT.read(TextAnswer(("a",)), sent(fields)) == value


@pytest.mark.parametrize("texts", [["a", "b"], ["x" * (LONGEST_LINE + 1)]])
def test_what_no_page_sends_is_refused(texts: list[str]) -> None:
    with pytest.raises(DomainError):
        TEXT.read(TextAnswer(("a",)), sent({"": texts}))


@given(st.lists(st.text(max_size=30), max_size=3))
def test_no_field_breaks_reading(texts: list[str]) -> None:
    try:
        value = TEXT.read(TextAnswer(("a",)), sent({"": texts}))
    except DomainError:
        assert len(texts) > 1
    else:
        assert value == [] or (len(value) == 1 and value[0] == value[0].strip() != "")


@given(
    st.lists(st.text(min_size=1, max_size=20), max_size=3),
    st.sampled_from([(), ("a+",), (r"\d{1,3}", "b|c")]),
    st.integers(0, 3),
    st.text(min_size=1, max_size=40),
)
def test_a_share_is_all_or_nothing_and_the_right_answer_earns_all(
    keys: list[str], found: tuple[str, ...], tolerance: int, answer: str
) -> None:
    question = TextAnswer(tuple(keys), found, tolerance)
    assert TEXT.share(question, [answer], Credit.PROPORTIONAL) in (0, 1)
    best = TEXT.right(question)
    assert best == keys[:1]
    assert all(TEXT.share(question, best, credit) == 1 for credit in Credit if best)


def test_what_was_kept_of_another_version_is_simply_wrong() -> None:
    assert share(one("= a"), "a", "a") == 0


def test_the_key_is_shown_only_when_it_may_be() -> None:
    question = one("= Soldatos | Panayotis", "= /sold.*/")
    assert "old" not in str(show(question, ["isi"])) and "Panayotis" not in str(show(question, ["isi"]))
    assert show(question, ["isi"]).text == "isi"
    assert reveal(question, ["isi"]).text == "isi"
    assert reveal(question).keys == ("Soldatos", "Panayotis")
    assert reveal(question).patterns == ("sold.*",)


def test_what_is_read_is_what_is_right() -> None:
    question = one("= Soldatos")
    assert read(question, _="Soldatos") == right(question) == ["Soldatos"]
    assert right(one("= /a+/")) == []


@pytest.mark.parametrize(("key", "tolerance", "is_forgiven"), [("abc", 1, True), ("ab", 1, False), ("a b.", 1, False)])
def test_the_checker_measures_keys_as_marking_does(key: str, tolerance: int, is_forgiven: bool) -> None:
    assert forgives(key, tolerance) == is_forgiven
    told = warnings(f"toleransi: {tolerance}", f"= {key}")
    assert [code for code, _line in told] == ([] if is_forgiven else ["K039"])
