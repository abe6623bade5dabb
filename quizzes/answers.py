"""Which lines of a question answer it, and in which way: the last answer block, and nothing else beside it. Pure."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from courses.findings import Findings
from quizzes import lookalikes
from quizzes.answer_keys import BROKEN_KEY_LINE, NumberAnswer, TextAnswer, is_key_line, read_keys
from quizzes.blanks import Blanks, PlacedMark, placed_marks, read_blanks
from quizzes.choices import Choice, read_choice
from quizzes.metadata import Metadata, read_whole
from quizzes.options import NAMED_EXPLANATION, Line, ListBlock, find_lists
from quizzes.plain_lists import Matching, Ordering, read_items, read_matching, read_ordering
from quizzes.question_text import QuestionText, read_explanation
from quizzes.rubrics import Essay, Table, find_rubric, read_rubric
from quizzes.scales import Comment, Scale, find_scale, read_scale
from quizzes.words import NAMED_ONLY, Kind

Answer = Choice | TextAnswer | NumberAnswer | Blanks | Matching | Ordering | Essay | Scale | Comment
"""How a question is answered, and what is right; one type for each way."""

MISSING = {
    Kind.SINGLE: "tulis pilihan `- [ ] …`, dan `- [x] …` untuk yang benar.",
    Kind.TEXT: "tulis jawabannya: `= Panayotis Soldatos | Soldatos`.",
    Kind.NUMBER: "tulis bilangannya: `= 169`, atau `= 3,14 ± 0,01`.",
    Kind.BLANKS: "tulis isian dalam teks soal: `Ibu kota NTB adalah [[Mataram]].`",
    Kind.MATCHING: "tulis pasangannya: `- Flanders -> Belgia`.",
    Kind.ORDERING: "tulis daftar bernomor di akhir soal, menurut urutan yang benar.",
    Kind.SCALE: "tulis pada baris sendiri: `1 Sangat tidak setuju … 5 Sangat setuju`.",
}
"""What to write where a question of a kind has no answers."""


@dataclass(frozen=True)
class Standing:
    """Everything in a question that could answer it."""

    boxed: tuple[ListBlock, ...]
    keys: tuple[int, ...]
    arrows: tuple[ListBlock, ...]
    marks: tuple[PlacedMark, ...]
    """Blanks of heading and stem, also those that are not closed."""
    last_list: ListBlock | None
    """A list without boxes below which only an explanation stands."""

    @classmethod
    def of(cls, text: QuestionText, title: str, title_column: int, start: int) -> "Standing":
        lists = find_lists(text.lines, text.kinds)
        boxed = tuple(found for found in lists if found.has_boxes)
        arrows = tuple(found for found in lists if found.has_arrows and not found.has_boxes)
        listed = {place for found in boxed for place in range(found.first, found.last)}
        keys = tuple(place for place in range(len(text.lines)) if place not in listed and is_key_line(text, place))
        stem_ends = min([*(found.first for found in (*boxed, *arrows)), *keys], default=len(text.lines))
        marks = placed_marks(title, title_column, start, text, stem_ends)
        last = lists[-1] if lists and not lists[-1].has_boxes else None
        return cls(boxed, keys, arrows, tuple(marks), last)

    @property
    def blanks(self) -> tuple[PlacedMark, ...]:
        return tuple(mark for mark in self.marks if mark.inside is not None)

    def ordered(self, text: QuestionText) -> bool:
        """Whether an ordered list ends the question."""
        last = self.last_list
        return last is not None and last.is_ordered and not last.has_arrows and text.only_quotes_follow(last.last)

    def ways(self, text: QuestionText) -> list[Kind]:
        """The ways of answering that stand in the question, first the one that is looked at first."""
        found = [
            (Kind.SINGLE, bool(self.boxed)),
            (Kind.TEXT, bool(self.keys)),
            (Kind.MATCHING, bool(self.arrows)),
            (Kind.BLANKS, bool(self.blanks)),
            (Kind.ORDERING, self.ordered(text) and not self.blanks),
        ]
        return [way for way, stands in found if stands]


@dataclass(frozen=True)
class Found:
    """How a question is answered and where. `way` is SINGLE for boxes, TEXT for `=` lines."""

    way: Kind
    first: int
    """Where the stem ends."""
    standing: Standing
    block: ListBlock | None = None
    table: Table | None = None


def find_answers(
    text: QuestionText, standing: Standing, asked: Kind | None, metadata: Metadata, start: int, findings: Findings
) -> Found | None:
    """What answers the question; None, and a problem, when there is nothing to read, or too much.

    `asked` is what the author wrote after `jenis`; `start` is the index of the question's heading.
    """
    ways = standing.ways(text)
    if not ways and "jenis" in metadata.meant:  # its line is told of; what it asks for is not known
        return None
    wanted = _way(asked) if asked else None
    others = [way for way in ways if way is not wanted and not _is_stem(way, wanted, standing, text)]
    if wanted is None and len(ways) > 1:
        _refuse_two(ways[0], ways[1], start, findings)
    elif wanted is not None and others and (_stands(wanted, standing) or Kind.SINGLE in others):
        _refuse_two(asked or wanted, others[0], start, findings)
    elif (way := wanted or next(iter(ways), None)) is not None:
        return _place(way, asked, text, standing, metadata, start, findings)
    elif "jenis" not in metadata.values and not standing.marks:  # an unknown word, an open blank are told of already
        _refuse_nothing(text, None, start, findings)
    return None


def _way(kind: Kind) -> Kind:
    """Kinds that are written alike are one way."""
    return {Kind.MULTIPLE: Kind.SINGLE, Kind.NUMBER: Kind.TEXT}.get(kind, kind)


def _is_stem(way: Kind, wanted: Kind | None, standing: Standing, text: QuestionText) -> bool:
    """Whether what looks like another way of answering belongs to the question that `jenis` asks for."""
    if wanted is Kind.ORDERING:
        return way is Kind.MATCHING and standing.arrows == (standing.last_list,)
    return way is Kind.ORDERING and (wanted in NAMED_ONLY or wanted is Kind.BLANKS)


def _stands(wanted: Kind, standing: Standing) -> bool:
    match wanted:
        case Kind.SINGLE:
            return bool(standing.boxed)
        case Kind.TEXT:
            return bool(standing.keys)
        case Kind.BLANKS:
            return bool(standing.blanks)
        case Kind.MATCHING:
            return bool(standing.arrows)
        case Kind.ORDERING:
            return standing.last_list is not None and standing.last_list.is_ordered
        case _:
            return True


def _place(
    way: Kind,
    asked: Kind | None,
    text: QuestionText,
    standing: Standing,
    metadata: Metadata,
    start: int,
    findings: Findings,
) -> Found | None:
    lists = standing.boxed if way is Kind.SINGLE else standing.arrows
    if way in (Kind.SINGLE, Kind.MATCHING) and len(lists) > 1:
        _refuse_between(text, lists[-2].last, lists[-1].first, findings)
        return None
    if way is Kind.ESSAY:
        table = find_rubric(text)
        if table is None:
            hint = "tulis tabel di akhir soal: | Kriteria | Bobot | Baik | Cukup | Kurang |."
            findings.error(metadata.index("jenis", start), "K034", "esai ini belum punya rubrik", hint)
        return Found(way, table.first, standing, table=table) if table else None
    if way is Kind.SCALE and (place := find_scale(text)) is not None:
        return Found(way, place, standing)
    if way is Kind.COMMENT:
        return Found(way, len(text.lines), standing)
    if way is Kind.SCALE or not _stands(way, standing):
        _refuse_nothing(text, asked or way, start, findings)
        return None
    if way is Kind.TEXT:
        return Found(way, standing.keys[0], standing)
    if way is Kind.BLANKS:
        return Found(way, _explanation_of_blanks(text, standing), standing)
    block = standing.last_list if way is Kind.ORDERING else lists[0]
    assert block is not None
    return Found(way, block.first, standing, block)


def _refuse_between(text: QuestionText, first: int, last: int, findings: Findings) -> None:
    """Told where the next question seems to begin, else at the first line between two lists."""
    written = [place for place in range(first, last) if text.lines[place].strip()]
    headed = [place for place in written if place not in text.opaque and lookalikes.next_question(text.lines[place])]
    place = next(iter([*headed, *written]), first)
    hint = "hapus, pindahkan ke atas jawaban, atau jorokkan dengan dua spasi."
    if headed or lookalikes.RULE.match(text.lines[place]):
        hint = lookalikes.below_answers(text.lines[place])
    findings.error(text.offset + place, "K007", "baris ini memutus daftar jawaban", hint)


def _refuse_two(one: Kind, other: Kind, start: int, findings: Findings) -> None:
    names = [{Kind.SINGLE: "kotak", Kind.MULTIPLE: "kotak"}.get(way, str(way)) for way in (one, other)]
    message = f"soal ini punya dua macam jawaban: {names[0]} dan {names[1]}"
    findings.error(start, "K007", message, "sisakan satu cara menjawab.")


def _refuse_nothing(text: QuestionText, way: Kind | None, start: int, findings: Findings) -> None:
    """Answers are missed on the question's last line."""
    last = max(text.offset + text.last_written(), start)
    plain = [line for place, line in enumerate(text.lines) if place not in text.opaque]
    hint = lookalikes.answers(plain, _way(way) if way else None) or MISSING[_of_boxes(way)]
    if way is None and find_rubric(text):
        hint = "tulis `jenis: esai` di bawah judul soal, bila ini esai."
    elif way is None and find_scale(text) is not None:
        hint = "tulis `jenis: skala` di bawah judul soal, bila ini skala."
    what = "pilihan jawaban" if _of_boxes(way) is Kind.SINGLE else f"jawaban, padahal jenisnya {way}"
    findings.error(last, "K001", f"soal ini belum punya {what}", hint)


def _of_boxes(way: Kind | None) -> Kind:
    """Boxes are what is missed where nothing else is asked for."""
    return Kind.SINGLE if way in (None, Kind.MULTIPLE) else way


def refuse_broken_keys(text: QuestionText, findings: Findings) -> None:
    """`=Mataram` looks like an answer and would be read as text."""
    for place, line in enumerate(text.lines):
        if place not in text.opaque and text.kinds[place] is Line.TEXT and BROKEN_KEY_LINE.match(line):
            hint = "beri spasi sesudah tandanya: `= jawaban`."
            findings.error(text.offset + place, "K005", "baris ini mirip jawaban, tetapi tidak terbaca", hint)


def _explanation_of_blanks(text: QuestionText, standing: Standing) -> int:
    """Where the explanation of a question with blanks begins, among the quotes that end it.

    It is what is called so, else the quotes below all blanks, else the last quote below text with blanks.
    """
    quotes = _last_quotes(text)
    marks = [mark.index - text.offset for mark in standing.marks]
    named = [place for place in quotes if NAMED_EXPLANATION.match(text.lines[place])]
    below = [place for place in quotes if place > max(marks, default=-1)]
    is_asked_above = bool(quotes) and any(mark < quotes[0] for mark in marks)
    return next(iter([*named, *below, *(quotes[-1:] if is_asked_above else [])]), len(text.lines))


def _last_quotes(text: QuestionText) -> list[int]:
    """The places where quotes begin below which nothing else stands, each after a blank line."""
    begins: list[int] = []
    for place, kind in enumerate(text.kinds):
        is_after_blank = place == 0 or text.kinds[place - 1] is Line.BLANK
        is_lazy = kind in (Line.TEXT, Line.INDENTED) and place not in text.opaque and not is_after_blank
        if kind is Line.QUOTE and is_after_blank:
            begins.append(place)
        elif kind not in (Line.QUOTE, Line.BLANK) and not is_lazy:
            begins.clear()
    return begins


def _refuse_blanks(marks: Iterable[PlacedMark], findings: Findings) -> None:
    """An explanation asks nothing: it is shown after answering."""
    for mark in marks:
        if mark.inside is not None:
            hint = "tulis katanya tanpa `[[ ]]`; bila kutipan ini bagian soal, tulis teks soal di bawahnya."
            findings.error(mark.index, "K048", "isian ini di dalam pembahasan", hint, mark.column)


def read_answer(
    found: Found, text: QuestionText, asked: Kind | None, metadata: Metadata, findings: Findings
) -> tuple[Answer | None, str]:
    """What is right, and the explanation; the answer is None where an error keeps it from being read."""
    values = metadata.values
    tolerance = read_whole(values.get("toleransi", "")) or 0
    words = read_whole(values.get("kata", ""), least=1)
    match found.way:
        case Kind.SINGLE:
            assert found.block is not None
            return read_choice(text, found.block, findings)
        case Kind.TEXT:
            answer: Answer | None = read_keys(text, asked, tolerance, values.get("satuan", ""), findings)
            keys: Set[int] = frozenset(found.standing.keys)
            return answer, read_explanation(text, found.first, findings, keys.__contains__)
        case Kind.BLANKS:
            asking = [mark for mark in found.standing.marks if mark.index - text.offset < found.first]
            _refuse_blanks(found.standing.marks[len(asking) :], findings)
            answer = read_blanks(asking, tolerance, findings)
            return answer, read_explanation(text, found.first, findings)
        case Kind.ESSAY:
            assert found.table is not None
            answer = read_rubric(text, found.table, words, findings)
            return answer, read_explanation(text, found.table.last, findings)
        case Kind.SCALE:
            return read_scale(text, found.first, findings), read_explanation(text, found.first + 1, findings)
        case Kind.COMMENT:
            return Comment(words), ""
        case _:
            return _read_list(found, text, findings)


def _read_list(found: Found, text: QuestionText, findings: Findings) -> tuple[Answer | None, str]:
    assert found.block is not None
    items, last = read_items(text, found.block, findings)
    explanation = read_explanation(text, last, findings)
    if found.way is Kind.MATCHING:
        return read_matching(items, findings), explanation
    return read_ordering(items, findings), explanation


def kind_of_answer(answer: Answer, asked: Kind | None) -> Kind:
    """What kind of question it is by what was read."""
    match answer:
        case Choice():
            is_multiple = len([option for option in answer.options if option.is_right]) > 1
            return Kind.MULTIPLE if is_multiple or asked is Kind.MULTIPLE else Kind.SINGLE
        case TextAnswer():
            return Kind.TEXT
        case NumberAnswer():
            return Kind.NUMBER
        case Blanks():
            return Kind.BLANKS
        case Matching():
            return Kind.MATCHING
        case Ordering():
            return Kind.ORDERING
        case Essay():
            return Kind.ESSAY
        case Scale():
            return Kind.SCALE
        case Comment():
            return Kind.COMMENT
