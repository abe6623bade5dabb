"""Blanks to fill in and menus to choose from, where they stand in the text. Pure.

A blank is known by its number, from 1, those of the heading first. In the Markdown of the stem a mark around that
number takes its place; the HTML made of it is cut at these marks. In a heading no field can stand, so there the place
only shows the number, and the field begins what is below.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from html import unescape
from itertools import count, groupby

from foundation.source import read_sheet
from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.blanks import Blanks, Gap, Mark, Menu, replaced
from quizzes.kinds import number, text
from quizzes.kinds.kind import QuestionKind, Render, Rendered, Sent, Value, not_of_this_page, one_line
from quizzes.numbers import write_number
from quizzes.options import key_of
from quizzes.words import Credit

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Around the number of a blank. Noncharacters that no author's text keeps: `asked` drops them, `safe_html` their
references."""
ANY_MARK = re.compile(f"[{OPEN}{CLOSE}]")
MARK = re.compile(f"{OPEN}(?P<number>[0-9]{{1,6}}){CLOSE}")
TOKEN = re.compile(rf'(?P<tag><(?P<closes>/?)(?P<name>\w+)(?:"[^"]*"|[^">])*>)|{MARK.pattern}')
TAG = re.compile(r"<[^<>]*>")
NOTHING = "……"


@dataclass(frozen=True)
class BlankView:
    number: int
    text: str
    """What was written, or the key of what was chosen."""
    choices: tuple[tuple[str, str], ...] = ()
    """Of a menu: key and words of each part."""
    asks_number: bool = False
    is_right: bool | None = None
    """None while the question is open, and where a person has to say."""
    right: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What was answered, as people read it."""
        return dict(self.choices).get(self.text, "") if self.choices else self.text


@dataclass(frozen=True)
class BlanksView:
    above: tuple[BlankView, ...]
    """Those whose place is in the heading, or where no field can stand."""
    pieces: tuple[str | BlankView, ...]
    """The stem: safe HTML, and the blanks in it."""
    is_judged: bool = False
    has_advice = False

    @property
    def blanks(self) -> list[BlankView]:
        """All of them, in order."""
        found = [*self.above, *(piece for piece in self.pieces if isinstance(piece, BlankView))]
        return sorted(found, key=lambda blank: blank.number)


def read(answer: Blanks, sent: Sent) -> Value:
    texts = [_read(blank, sent(str(at))) for at, blank in _numbered(answer)]
    return texts if any(texts) else []


def _read(blank: Gap | Menu, sent: Sequence[str]) -> str:
    text = one_line(sent)
    if isinstance(blank, Menu) and text and text not in map(key_of, blank.parts):
        raise not_of_this_page()
    return text


def share(answer: Blanks, value: Value, credit: Credit) -> Fraction | None:
    """Blanks right / blanks; None as long as one of them waits for a person."""
    verdicts = [is_right(blank, text) for blank, text in zip(answer.blanks, value, strict=False)]
    return None if None in verdicts else Fraction(verdicts.count(True), len(answer.blanks))


def is_right(blank: Gap | Menu, written: str) -> bool | None:
    """Judged as a text or a number is; nothing written is never right."""
    if not written:
        return False
    match _answer_of(blank):
        case Menu(right=part):
            return written == key_of(part)
        case TextAnswer() as answer:
            return text.is_right(answer, written)
        case NumberAnswer() as answer:
            return number.is_right(answer, written)


def _answer_of(blank: Gap | Menu) -> Menu | TextAnswer | NumberAnswer:
    return blank if isinstance(blank, Menu) else blank.answer


def asked(title: str, stem: str) -> tuple[str, str]:
    """Heading and stem without anything of the key: a number in the heading, a mark in the stem; code stays."""
    numbers = count(1)

    def shown(mark: Mark) -> str:
        return rf"\({next(numbers)}\) {NOTHING}"  # escaped, or [a][[b]] would become a link to 1

    def marked(mark: Mark) -> str:
        return f"{OPEN}{next(numbers)}{CLOSE}"

    heading = replaced(ANY_MARK.sub("", title), shown)
    sheet = read_sheet(ANY_MARK.sub("", stem))
    groups = groupby(enumerate(sheet.lines), lambda line: (line[0] in sheet.code_lines, bool(line[1].strip())))
    parts = [(is_code, "\n".join(line for _index, line in lines)) for (is_code, _has_words), lines in groups]
    return heading, "\n".join(part if is_code else replaced(part, marked) for is_code, part in parts)


def cut(html: str) -> list[str | int]:
    """The HTML of a stem, cut where fields can stand: outside tags and links, each blank once."""
    pieces: list[str | int] = [""]
    links, placed = 0, set()
    at = 0

    def add(text: str) -> None:
        if isinstance(pieces[-1], int):
            pieces.append("")
        pieces[-1] = f"{pieces[-1]}{text}"

    for token in TOKEN.finditer(html):
        add(html[at : token.start()])
        at = token.end()
        if token["tag"]:
            links += (-1 if token["closes"] else 1) if token["name"] == "a" else 0
            add(MARK.sub(NOTHING, token["tag"]))
        elif links or (blank := int(token["number"])) in placed:
            add(f"({token['number']}) {NOTHING}")
        else:
            placed.add(blank)
            pieces.append(blank)
    add(html[at:])
    return [piece if isinstance(piece, int) else ANY_MARK.sub("", piece) for piece in pieces if piece != ""]


def show(answer: Blanks, rendered: Rendered, keys: Sequence[str], value: Value) -> BlanksView:
    return _view(answer, rendered, keys, value, is_judged=False)


def reveal(answer: Blanks, rendered: Rendered, keys: Sequence[str], value: Value) -> BlanksView:
    return _view(answer, rendered, keys, value, is_judged=True)


def _view(answer: Blanks, rendered: Rendered, keys: Sequence[str], value: Value, is_judged: bool) -> BlanksView:
    texts = [*value, *[""] * len(answer.blanks)]
    views: dict[int, BlankView] = {}
    for at, blank in _numbered(answer):
        views[at] = BlankView(at, texts[at - 1], _choices(at, rendered, keys), _asks_number(blank))
        if is_judged:
            verdict, keys_of_it = is_right(blank, texts[at - 1]), _right(at, blank, rendered)
            views[at] = replace(views[at], is_right=verdict, right=keys_of_it)
    pieces = [views.pop(piece, "") if isinstance(piece, int) else piece for piece in cut(rendered["stem"])]
    return BlanksView(tuple(views.values()), tuple(pieces), is_judged)


def _right(at: int, blank: Gap | Menu, rendered: Rendered) -> tuple[str, ...]:
    match _answer_of(blank):
        case Menu(right=part):
            return (rendered["parts"][_part(at, part)],)
        case TextAnswer(keys, patterns):
            return (*keys, *(f"/{pattern}/" for pattern in patterns))
        case NumberAnswer(numbers):
            return tuple(map(write_number, numbers))


def _asks_number(blank: Gap | Menu) -> bool:
    """Whether digits alone may answer it; some phones offer no minus among them."""
    answer = _answer_of(blank)
    return isinstance(answer, NumberAnswer) and not number.may_be_negative(answer)


def _choices(at: int, rendered: Rendered, keys: Sequence[str]) -> tuple[tuple[str, str], ...]:
    mine = [key for key in keys if key.startswith(f"{at}:")]
    return tuple((key.partition(":")[2], rendered["parts"][key]) for key in mine)


def render(answer: Blanks, render: Render) -> dict[str, str]:
    """{key: words} of every part of a menu: a list to choose from holds words only."""
    return {_part(at, part): unescape(TAG.sub("", render.inline(part))) for at, part in _parts(answer)}


def parts(answer: Blanks) -> list[str]:
    """Number of the blank and key of the part, for each part of a menu."""
    return [_part(at, part) for at, part in _parts(answer)]


def _parts(answer: Blanks) -> Iterator[tuple[int, str]]:
    for at, blank in _numbered(answer):
        for part in blank.parts if isinstance(blank, Menu) else ():
            yield at, part


def _part(at: int, part: str) -> str:
    return f"{at}:{key_of(part)}"


def has_words(answer: Blanks, value: Value) -> bool:
    """Whether anything was written that is neither a part of a menu nor a number."""
    return any(_is_worded(blank, written) for blank, written in zip(answer.blanks, value, strict=False))


def _is_worded(blank: Gap | Menu, written: str) -> bool:
    match _answer_of(blank):
        case NumberAnswer() as answer:
            return bool(written) and number.has_words(answer, [written])
        case TextAnswer():
            return bool(written)
    return False


def right(answer: Blanks) -> Value:
    """[] where a blank has patterns alone."""
    texts = [_one_right(blank) for blank in answer.blanks]
    return texts if all(texts) else []


def _one_right(blank: Gap | Menu) -> str:
    match _answer_of(blank):
        case Menu(right=part):
            return key_of(part)
        case TextAnswer(keys):
            return next(iter(keys), "")
        case NumberAnswer(numbers):
            return number.written(numbers[0])


def _numbered(answer: Blanks) -> Iterator[tuple[int, Gap | Menu]]:
    return enumerate(answer.blanks, start=1)


BLANKS = QuestionKind[Blanks](
    template="blanks",
    read=read,
    share=share,
    show=show,
    reveal=reveal,
    render=render,
    parts=parts,
    right=right,
    has_words=has_words,
    asked=asked,
    draws_stem=True,
)
