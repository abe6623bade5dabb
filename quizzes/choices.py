"""Options to tick, one or several. Pure."""

from dataclasses import dataclass

from courses.findings import Findings
from quizzes.options import AnswerBlock, ListBlock, Option, OptionReader, collapsed
from quizzes.question_text import QuestionText


@dataclass(frozen=True)
class Choice:
    """One or several of `options` are right."""

    options: tuple[Option, ...]
    is_multiple: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(option.key for option in self.options)

    @property
    def right(self) -> frozenset[str]:
        return frozenset(option.key for option in self.options if option.is_right)


def read_choice(text: QuestionText, block: ListBlock, findings: Findings) -> tuple[Choice, str]:
    """The options of a list with boxes, and the explanation below them."""
    read = OptionReader(findings).read(text.lines, text.kinds, block.first, text.offset, text.opaque)
    _judge(read, findings)
    return Choice(read.options), read.explanation


def _judge(block: AnswerBlock, findings: Findings) -> None:
    """Compare and count the options, unless a line of them was not understood."""
    if not block.is_sound or not block.options:
        return
    has_key = any(option.is_right for option in block.options)
    seen: dict[str, Option] = {}
    for option in block.options:
        index = option.line - findings.first_line
        text = collapsed(option.text)
        if not text:
            findings.error(index, "K023", "pilihan ini kosong", "tulis teksnya, atau hapus barisnya.")
        elif text in seen:
            hint = "ubah salah satunya, atau hapus."
            findings.error(index, "K012", f'dua pilihan sama persis: "{text}"', hint)
        elif has_key and not option.is_right and not option.feedback:
            hint = "tulis `  > mengapa ini kurang tepat` di bawahnya."
            findings.warn(index, "K021", "pengecoh ini belum punya umpan balik", hint)
        seen[text] = option
    last = block.options[-1].line - findings.first_line
    if len(block.options) == 1:
        findings.error(last, "K008", "soal ini hanya punya satu pilihan", "tambahkan pengecoh.")
    if not has_key:
        findings.error(last, "K002", "belum ada pilihan yang benar", "tandai yang benar dengan `[x]`.")
