"""Several texts on one page: their ids are kept apart, and nothing in them answers. Pure."""

import re

ID = re.compile(r'(?<= )(?P<name>id|for|aria-labelledby|aria-describedby)="(?P<ids>[^"]*)"')
LINK = re.compile(r'(?<= )href="#(?P<id>[^"]*)"')
BEHAVIOUR = re.compile(r' data-controller="[^"]*"')
CONTROL = re.compile(r"<(input|textarea|select|button)(?=[\s>])")


def apart(html: str, key: str) -> str:
    """The same HTML with every id, and what refers to one, told apart by the text's key; nothing in it answers."""
    html = ID.sub(lambda match: f'{match["name"]}="{_named(match["ids"], key)}"', html)
    html = LINK.sub(lambda match: f'href="#{_named(match["id"], key)}"', html)
    return CONTROL.sub(r"<\1 disabled", BEHAVIOUR.sub("", html))


def _named(ids: str, key: str) -> str:
    return " ".join(f"{key}--{id}" for id in ids.split())
