"""Mends of a file: what `--perbaiki` writes. Pure; every other byte of the file stays as its author left it."""

import re
from collections.abc import Iterable

from foundation.problems import Edit

LEADING = r"\]\([ \t]*<?|^ {0,3}\[[^\]]+\]:[ \t]*<?|^[ \t]*(?:lihat|see):[ \t]*"
LINE = re.compile(r"(?P<text>[^\r\n]*)(?P<end>\r\n|\r|\n|\Z)")


def mend(source: str, edits: Iterable[Edit]) -> str:
    """The file's text with the edits made; one that no longer fits its line is left out."""
    lines = [(match["text"], match["end"]) for match in LINE.finditer(source)]
    usual = next((end for _text, end in lines if end), "\n")
    above: dict[int, list[str]] = {}
    for edit in dict.fromkeys(edits):
        place = edit.line - 1
        if not 0 <= place < len(lines):
            continue
        text, end = lines[place]
        if edit.is_line:
            above.setdefault(place, []).append(edit.text)
        elif not edit.replaces:
            lines[place] = _appended(text, edit.text), end
        else:
            lines[place] = _replaced(text, edit), end
    made = (
        "".join(f"{line}{usual}" for line in above.get(place, ())) + text + end
        for place, (text, end) in enumerate(lines)
    )
    return "".join(made)


def _replaced(text: str, edit: Edit) -> str:
    """Wherever it is where a link or `lihat` leads, and nowhere else on the line."""
    pattern = rf"(?P<before>{LEADING}){re.escape(edit.replaces)}(?![\w-])"
    return re.sub(pattern, lambda match: match["before"] + edit.text, text)


def _appended(text: str, more: str) -> str:
    """White space that ends a line stays behind what is added."""
    written = text.rstrip()
    return f"{written}{more}{text[len(written) :]}"
