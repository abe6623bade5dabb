"""What a re-key makes of a question, by tables of cases and by what must hold for every one."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from foundation.errors import DomainError
from quizzes import grading, outcomes, rekey_effects, rekey_form, rekeying
from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.blanks import Blanks, Gap, Menu
from quizzes.choices import Choice
from quizzes.editions import Asked, Edition, editions
from quizzes.numbers import Number
from quizzes.options import Option
from quizzes.outcomes import Result
from quizzes.questions import Question
from quizzes.quiz import Grade, QuizHead, Role
from quizzes.rekey_effects import Effect, Move, Standing
from quizzes.rekey_history import acts, before_last_act
from quizzes.rekeying import AS_WRITTEN, Change, Way
from quizzes.words import Credit, Kind
from tests.quizzes.reading import one

pytestmark = pytest.mark.pure

AT = datetime(2026, 11, 24, tzinfo=UTC)
LETTERS = "abcd"
LEFT_OUT, FULL_MARK = Change(Way.LEFT_OUT), Change(Way.FULL_MARK)


def choice(right: str, *, id: str = "q", points: int = 1, kind: Kind = Kind.SINGLE, letters: str = LETTERS) -> Question:
    options = tuple(Option(letter, f"pilihan {letter}", letter in right) for letter in letters)
    answer = Choice(options, kind is Kind.MULTIPLE)
    return Question(id, "Soal", "", kind, Decimal(points), answer, objectives=("SC1",))


def key(letters: str) -> Change:
    return Change(Way.KEY, tuple(letters))


@pytest.mark.parametrize("change", [AS_WRITTEN, LEFT_OUT, FULL_MARK, key("bc"), Change(Way.KEY, ("= Mataram | Bima",))])
def test_a_change_is_kept_and_read_again(change: Change) -> None:
    assert rekeying.restored(rekeying.stored(change)) == change


class TestWhatBecomesOfAChoice:
    @pytest.mark.parametrize(
        ("change", "chosen", "share", "maximum"),
        [
            (None, "b", 1, 2),
            (AS_WRITTEN, "b", 1, 2),
            (AS_WRITTEN, "c", 0, 2),
            (key("c"), "c", 1, 2),
            (key("c"), "b", 0, 2),
            (key("bc"), "b", 1, 2),  # two answers are right now: either earns everything
            (key("bc"), "c", 1, 2),
            (key("bc"), "a", 0, 2),
            (key("bc"), "", 0, 2),
            (LEFT_OUT, "b", 0, 0),
            (LEFT_OUT, "", 0, 0),
            (FULL_MARK, "a", 1, 2),
            (FULL_MARK, "", 1, 2),  # a full mark is everybody's who was asked, as Moodle's regrading does
        ],
    )
    def test_of_one_answer(self, change: Change | None, chosen: str, share: int, maximum: int) -> None:
        subject = rekeying.keyed(choice("b", points=2), change)
        mark = rekeying.mark(subject, list(chosen), Credit.PROPORTIONAL)
        assert (mark.share, mark.maximum, mark.is_blank) == (share, maximum, not chosen)
        assert mark.is_counted is subject.is_counted is (change != LEFT_OUT)

    @pytest.mark.parametrize(("chosen", "share"), [("bc", 1), ("b", Fraction(3, 4)), ("a", Fraction(1, 4)), ("", 0)])
    def test_of_several_answers(self, chosen: str, share: Fraction) -> None:
        subject = rekeying.keyed(choice("ab", kind=Kind.MULTIPLE), key("bc"))
        assert rekeying.mark(subject, list(chosen), Credit.PROPORTIONAL).share == share

    def test_left_out_it_is_no_question_any_more(self) -> None:
        assert rekeying.applied(choice("b"), LEFT_OUT) is None

    def test_its_version_is_not_touched(self) -> None:
        question = choice("b")
        rekeying.keyed(question, key("c"))
        assert question == choice("b")

    @pytest.mark.parametrize("written", [[], ["z"], ["a", "z"]])
    def test_a_key_that_is_no_option_is_refused(self, written: list[str]) -> None:
        with pytest.raises(DomainError):
            rekeying.another_key(choice("b"), written)

    def test_a_person_mark_is_worth_less_than_a_full_mark_for_all(self) -> None:
        subject = rekeying.keyed(choice("b"), FULL_MARK)
        assert rekeying.mark(subject, ["a"], Credit.PROPORTIONAL, Fraction(1, 4)).share == 1
        subject = rekeying.keyed(choice("b"), AS_WRITTEN)
        assert rekeying.mark(subject, ["a"], Credit.PROPORTIONAL, Fraction(1, 4)).share == Fraction(1, 4)


def test_marks_know_their_question_their_credit_and_what_a_person_said() -> None:
    several = choice("ab", id="dua", kind=Kind.MULTIPLE)
    subjects = [
        rekeying.keyed(choice("b", id="satu"), LEFT_OUT),
        rekeying.keyed(several, AS_WRITTEN),
        rekeying.keyed(choice("b", id="tiga"), FULL_MARK),
        rekeying.keyed(choice("b", id="empat"), AS_WRITTEN),
        rekeying.keyed(choice("b", id="lima"), AS_WRITTEN),
    ]
    answers = {"satu": ["b"], "dua": ["a"], "tiga": ["a"], "empat": ["a"]}
    found = rekeying.mark_all(subjects, answers, Credit.EXACT, {"empat": Fraction(1, 4), "lima": Fraction(0)})
    assert [(mark.question, mark.share, mark.is_blank) for mark in found] == [
        ("satu", 0, False),
        ("dua", 0, False),  # half right, but all or nothing
        ("tiga", 1, False),
        ("empat", Fraction(1, 4), False),
        ("lima", 0, True),
    ]
    (proportional,) = rekeying.mark_all(subjects[1:2], answers, Credit.PROPORTIONAL, {})
    assert proportional.share == Fraction(3, 4)


class TestWrittenKeys:
    @pytest.mark.parametrize(
        ("lines", "written", "answer"),
        [
            (["= Bima"], ["= Mataram | Kota Mataram"], TextAnswer(("Mataram", "Kota Mataram"))),
            (["= Bima"], ["Mataram", "", " = Kota Mataram "], TextAnswer(("Mataram", "Kota Mataram"))),
            (["= Bima"], ["= 12"], TextAnswer(("12",))),
            (["= Bima"], ["= /mataram.*/"], TextAnswer((), ("mataram.*",))),
            (["toleransi: 1", "", "= Bima"], ["= Mataram"], TextAnswer(("Mataram",), (), 1)),
            (["= 3,14"], ["3,14 ± 0,01"], NumberAnswer((Number(Decimal("3.14"), Decimal("0.01")),))),
            (["satuan: km", "", "= 3"], ["= 4"], NumberAnswer((Number(Decimal(4)),), "km")),
        ],
    )
    def test_they_are_read_as_an_author_writes_them(self, lines: list[str], written: list[str], answer: object) -> None:
        question = one(*lines)
        found = rekeying.applied(question, rekeying.another_key(question, written))
        assert found is not None
        assert found.answer == answer
        assert found.kind is question.kind

    @pytest.mark.parametrize(
        ("lines", "written"),
        [
            (["= Bima"], []),
            (["= Bima"], ["|"]),
            (["= Bima"], ["= /(a+)+/"]),
            (["= 3"], ["banyak"]),
            (["= 3"], ["3 ± banyak"]),
            (["= Bima"], ["a\n\n## Soal lain"]),
            (["= Bima"], ["a\n= b"]),
            (["= Bima"], ["a\r= b"]),
            (["= Bima"], ["x" * (rekeying.LONGEST_KEY + 1)]),
            (["= Bima"], ["x" * rekeying.LONGEST_KEY, "y"]),
        ],
    )
    def test_what_no_author_may_write_is_refused(self, lines: list[str], written: list[str]) -> None:
        with pytest.raises(DomainError):
            rekeying.another_key(one(*lines), written)

    def test_blanks_have_a_key_each(self) -> None:
        question = one("Ibu kotanya [[Bima]], tingkatnya [[*tinggi / rendah]].")
        found = rekeying.applied(question, rekeying.another_key(question, ["Mataram | Kota Mataram", "rendah"]))
        assert found is not None
        assert found.answer == Blanks(
            (Gap(TextAnswer(("Mataram", "Kota Mataram"))), Menu(("tinggi", "rendah"), "rendah"))
        )

    def test_the_longest_key_is_still_read(self) -> None:
        assert rekeying.another_key(one("= Bima"), ["x" * rekeying.LONGEST_KEY]).key

    @pytest.mark.parametrize(
        ("lines", "written", "answer"),
        [
            (["toleransi: 1", "Kota [[Bima]]."], "Mataram", TextAnswer(("Mataram",), (), 1)),
            (["Kota [[Bima]]."], "Mataram", TextAnswer(("Mataram",))),
            (["Ada [[7]]."], "8 | 9 ± 1", NumberAnswer((Number(Decimal(8)), Number(Decimal(9), Decimal(1))))),
            (["Ada [[7]]."], "tujuh", TextAnswer(("tujuh",))),
        ],
    )
    def test_a_blank_keeps_what_its_author_forgives(self, lines: list[str], written: str, answer: object) -> None:
        question = one(*lines)
        found = rekeying.applied(question, rekeying.another_key(question, [written]))
        assert found is not None
        assert found.answer == Blanks((Gap(answer),))  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "written", [["Mataram"], ["Mataram", "sedang"], ["", "rendah"], ["a]] [[b", "rendah"], ["a / *b", "rendah"]]
    )
    def test_a_blank_takes_what_can_stand_in_it_only(self, written: list[str]) -> None:
        with pytest.raises(DomainError):
            rekeying.another_key(one("Ibu kotanya [[Bima]], tingkatnya [[*tinggi / rendah]]."), written)

    @pytest.mark.parametrize(
        "question",
        [
            one("= Bima | Kota Bima", "= /raba.*/"),
            one("= 3,14 ± 0,01"),
            one("Ibu kotanya [[Bima|Raba]], tingkatnya [[*tinggi / rendah]]."),
            choice("b"),
            choice("ab", kind=Kind.MULTIPLE),
        ],
    )
    def test_the_key_a_form_shows_is_the_question_as_written(self, question: Question) -> None:
        change = rekeying.another_key(question, rekeying.written_key(question))
        assert rekeying.normal(question, change) == AS_WRITTEN

    @pytest.mark.parametrize(
        "lines",
        [["- Flanders -> Belgia", "- Kanton -> Swiss"], ["1. satu", "2. dua"], ["jenis: urutan", "", "1. a", "2. b"]],
    )
    def test_other_kinds_are_left_out_or_given_to_all(self, lines: list[str]) -> None:
        question = one(*lines)
        assert rekeying.ways_for(question) == [Way.LEFT_OUT, Way.FULL_MARK]
        with pytest.raises(DomainError):
            rekeying.another_key(question, ["x"])


values = st.lists(st.sampled_from(LETTERS), max_size=1)
changes = st.one_of(
    st.sampled_from([LEFT_OUT, FULL_MARK, AS_WRITTEN]),
    st.sets(st.sampled_from(LETTERS), min_size=1).map(lambda letters: key("".join(sorted(letters)))),
)
QUESTIONS = [choice("a", id="satu"), choice("b", id="dua", points=3), choice("c", id="tiga", points=2)]


def marks(answers: dict[str, list[str]], change: Change | None) -> list[grading.Mark]:
    subjects = [rekeying.keyed(question, change if question.id == "dua" else None) for question in QUESTIONS]
    return rekeying.mark_all(subjects, answers, Credit.PROPORTIONAL, {})


answered = st.fixed_dictionaries({question.id: values for question in QUESTIONS})


@given(answered, changes)
def test_a_rekey_changes_no_other_questions_mark(answers: dict[str, list[str]], change: Change) -> None:
    before, after = marks(answers, None), marks(answers, change)
    assert (before[0], before[2]) == (after[0], after[2])


@given(answered, changes)
def test_as_written_again_restores_every_mark_exactly(answers: dict[str, list[str]], change: Change) -> None:
    assert marks(answers, AS_WRITTEN) == marks(answers, None)
    result = outcomes.result(marks(answers, change), AT)
    assert 0 <= result.earned <= result.maximum


@given(answered)
def test_left_out_it_is_in_no_points_no_maximum_no_evidence(answers: dict[str, list[str]]) -> None:
    found = marks(answers, LEFT_OUT)
    others = [question for question in QUESTIONS if question.id != "dua"]
    alone = grading.mark_all(others, answers, Credit.PROPORTIONAL)
    assert outcomes.result(found, AT) == outcomes.result(alone, AT)
    assert outcomes.evidence(QUESTIONS, found) == outcomes.evidence(others, alone)


def test_left_out_an_essay_waits_for_nobody() -> None:
    question = one(
        "jenis: esai", "", "| Kriteria | Bobot | Baik | Kurang |", "|---|---|---|---|", "| Isi | 1 | a | b |"
    )
    found = [
        rekeying.mark(rekeying.keyed(question, change), ["teks"], Credit.EXACT) for change in (LEFT_OUT, FULL_MARK)
    ]
    assert [mark.is_waiting for mark in found] == [False, False]


def asked(version: int, question: Question, change: Change = AS_WRITTEN, attempts: int = 1) -> Asked:
    return Asked(version, AT + timedelta(days=version), attempts, question, change)


class TestEditions:
    def test_versions_with_the_same_options_are_one_however_they_are_ordered_and_keyed(self) -> None:
        found = editions(
            [asked(3, choice("c", letters="dcba")), asked(2, choice("b", letters="abc")), asked(1, choice("b"))]
        )
        assert [[one.version_id for one in edition.asked] for edition in found] == [[3, 1], [2]]
        assert (found[0].since, found[0].attempts, found[0].newest.key) == (AT + timedelta(days=1), 2, ["c"])
        assert [edition.is_of_one_mind for edition in found] == [False, True]

    @pytest.mark.parametrize(
        ("first", "second", "is_one"),
        [
            (one("= Bima"), one("= Mataram | Bima"), True),
            (one("= Bima"), one("= 3"), False),
            (one("= 3"), one("= 4"), True),
            (one("satuan: km", "", "= 3"), one("= 3"), False),
            (one("Satu [[a]]."), one("Satu [[b|c]]."), True),
            (one("Satu [[a]]."), one("Satu [[a]] [[b]]."), False),
            (one("Satu [[*a / b]]."), one("Satu [[a / *b]]."), True),
            (one("Satu [[*a / b]]."), one("Satu [[*a / c]]."), False),
            (choice("a"), choice("a", kind=Kind.MULTIPLE), False),
            (one("- a -> x", "- b -> y"), one("- b -> x", "- a -> y"), True),
            (one("- a -> x", "- b -> y"), one("- a -> x", "- c -> y"), False),
            (one("- a -> x", "- b -> y"), one("- a -> x", "- b -> y", "- -> z"), False),
            (one("jenis: urutan", "", "1. a", "2. b"), one("jenis: urutan", "", "1. b", "2. a"), True),
            (one("jenis: urutan", "", "1. a", "2. b"), one("jenis: urutan", "", "1. a", "2. c"), False),
        ],
    )
    def test_what_a_key_is_made_of_tells_them_apart(self, first: Question, second: Question, is_one: bool) -> None:
        assert (len(editions([asked(2, first), asked(1, second)])) == 1) is is_one


def form(**fields: object) -> MultiDict[str, str]:
    found: MultiDict[str, str] = MultiDict()
    for name, value in fields.items():
        found.setlist(name.replace("_", "-"), value if isinstance(value, list) else [str(value)])
    return found


class TestForm:
    TWO = editions([asked(2, choice("b", letters="abc")), asked(1, choice("b"))])

    def plan(self, subject: list[Edition], **fields: object) -> dict[int, Change]:
        return rekey_form.plan(rekey_form.sent(subject, form(**fields)))

    def test_the_newest_is_followed_where_its_key_exists(self) -> None:
        assert self.plan(self.TWO, cara_0="kunci", kunci_0=["c"], cara_1="sama") == {2: key("c"), 1: key("c")}

    def test_where_it_does_not_exist_the_older_edition_is_asked_about(self) -> None:
        two = editions([asked(2, choice("b")), asked(1, choice("b", letters="abc"))])
        found = rekey_form.sent(two, form(cara_0="kunci", kunci_0=["d"], cara_1="sama"))
        assert [one.refusal is None for one in found] == [True, False]
        with pytest.raises(DomainError):
            rekey_form.plan(found)
        assert self.plan(two, cara_0="kunci", kunci_0=["d"], cara_1="kunci", kunci_1=["a"]) == {
            2: key("d"),
            1: key("a"),
        }

    def test_an_edition_may_stay_as_it_is(self) -> None:
        assert self.plan(self.TWO, cara_0="biarkan", cara_1="penuh") == {1: FULL_MARK}
        assert self.plan(self.TWO, cara_0="tidak-dihitung", cara_1="biarkan") == {2: LEFT_OUT}

    def test_a_key_that_one_version_has_already_is_no_change_there(self) -> None:
        mended = editions([asked(2, choice("c")), asked(1, choice("b"))])
        assert self.plan(mended, cara_0="kunci", kunci_0=["c"]) == {2: AS_WRITTEN, 1: key("c")}

    @pytest.mark.parametrize("way", ["", "sama", "semula", "biarkan", "hapus"])
    def test_what_no_form_of_ours_offers_is_refused(self, way: str) -> None:
        with pytest.raises(DomainError):
            self.plan(editions([asked(1, choice("b"))]), cara_0=way, kunci_0=["c"])

    def test_as_written_is_offered_once_there_is_something_to_undo(self) -> None:
        assert self.plan(editions([asked(1, choice("b"), FULL_MARK)]), cara_0="semula") == {1: AS_WRITTEN}

    def test_it_is_drawn_with_what_counts_now(self) -> None:
        (drawn,) = rekey_form.drawn(editions([asked(1, choice("b"), key("cd"))]))
        assert (drawn.way, drawn.key, drawn.ways) == (
            "kunci",
            ["c", "d"],
            ["kunci", "tidak-dihitung", "penuh", "semula"],
        )

    @pytest.mark.parametrize("reason", ["", "  \n ", "x" * 501])
    def test_a_reason_is_needed_and_is_short(self, reason: str) -> None:
        with pytest.raises(DomainError):
            rekey_form.read_reason(reason)


class Kept:
    """A re-key as its row keeps it."""

    def __init__(self, id: int, version_id: int, change: Change, at: datetime, reason: str = "Keliru") -> None:
        self.id, self.version_id, self.at, self.reason = id, version_id, at, reason
        self.question, self.by_id, self.change = "q", 1, rekeying.stored(change)


class TestHistory:
    ROWS = (
        Kept(1, 1, key("c"), AT),
        Kept(2, 2, key("c"), AT),
        Kept(3, 1, FULL_MARK, AT + timedelta(1)),
        Kept(4, 2, LEFT_OUT, AT + timedelta(2)),
        Kept(5, 1, LEFT_OUT, AT + timedelta(2)),
    )

    def test_what_was_done_at_once_is_one_act_newest_first(self) -> None:
        assert [[row.id for row in act.rekeys] for act in acts(self.ROWS, {})] == [[4, 5], [3], [1, 2]]

    def test_undoing_goes_back_version_by_version(self) -> None:
        assert before_last_act(acts(self.ROWS, {})) == {1: FULL_MARK, 2: key("c")}
        assert before_last_act(acts(self.ROWS[:2], {})) == {1: AS_WRITTEN, 2: AS_WRITTEN}


class TestEffects:
    RULES = QuizHead(title="Kuis", role=Role.EXAM, grade=Grade.HIGHEST)

    @pytest.mark.parametrize(
        ("results", "percent", "is_passed"),
        [
            ([], None, None),
            ([(7, 10)], 70, True),
            ([(6.999999, 10)], 69.99999, False),  # compared before rounding
            ([(5, 10), (8, 10)], 80, True),
            ([(0, 0)], None, None),
            ([(9, 10, 1)], 90, None),  # something waits for a mark
        ],
    )
    def test_a_standing(self, results: list[tuple[float, ...]], percent: float | None, is_passed: bool | None) -> None:
        past = [Result(AT, *result) for result in results]  # type: ignore[arg-type]
        found = rekey_effects.standing(self.RULES, past, 70)
        assert (found.percent, found.is_passed) == (percent, is_passed)

    @pytest.mark.parametrize(
        ("before", "after", "is_changed", "now_passes", "passes_no_longer"),
        [
            ((7, True), (8, True), True, False, False),
            ((7, True), (7, True), False, False, False),
            ((6, False), (7, True), True, True, False),
            ((7, True), (6, False), True, False, True),
            ((None, None), (7, True), True, True, False),
            ((7, True), (None, None), True, False, True),
            ((6, False), (None, None), True, False, False),
        ],
    )
    def test_a_move(
        self,
        before: tuple[int | None, bool | None],
        after: tuple[int | None, bool | None],
        is_changed: bool,
        now_passes: bool,
        passes_no_longer: bool,
    ) -> None:
        move = Move("Lena", "dua", standing(*before), standing(*after))
        assert (move.is_changed, move.now_passes, move.passes_no_longer) == (is_changed, now_passes, passes_no_longer)

    def test_the_mean_is_of_those_who_have_a_score(self) -> None:
        lost, won = (
            Move("Lena", "dua", standing(7, True), standing(6, False)),
            Move("Omar", "dua", standing(None, None), standing(10, True)),
        )
        found = Effect("Kuis", (lost, won, Move("Ana", "dua", standing(1, False), standing(1, False))))
        assert found.changed == [lost, won]
        assert (found.mean_before, found.mean_after) == (40, pytest.approx(17 / 3 * 10))
        assert (found.now_passing, found.no_longer_passing) == (1, 1)
        nobody = Effect("Kuis", (Move("Omar", "dua", standing(None, None), standing(None, None)),))
        assert (nobody.mean_before, Effect("Kuis", ()).mean_after) == (None, None)


def standing(tenths: int | None, is_passed: bool | None) -> Standing:
    return Standing(None if tenths is None else Fraction(tenths, 10), is_passed)
