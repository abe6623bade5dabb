"""The forms of a page as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Sent:
    """A form filled in as its page has it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {name for name, _value in (*self.fields, *self.buttons)}


class Forms(HTMLParser):
    """The forms of a page that change something, in `found`."""

    def __init__(self, page: str, url: str) -> None:
        super().__init__()
        self.found: list[Sent] = []
        self._url = url
        self._open: Sent | None = None
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            is_post = given.get("method", "").lower() == "post"
            self._open = Sent(given.get("action") or self._url) if is_post else None
            self.found += [self._open] if self._open else []
        if self._open is None or "disabled" in given:
            return
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "button" and name:
            self._open.buttons.append((name, value))
        elif tag == "input" and name and given.get("type") != "file":
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self._open.fields.append((name, value))
        elif tag == "textarea":
            self._open.fields.append((name, "Satu dua tiga."))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self._open.fields.append((self._select, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
