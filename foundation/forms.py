"""What every form of ours is: text that a page's own form sent, and nothing else."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import ValidationError

from foundation.errors import DomainError
from foundation.web import say

_AS_SENT = object()


class Form(FlaskForm):  # type: ignore[misc]
    """Reads only text. Flask-WTF would let JSON or an uploaded file put a number, a list or a file into any field."""

    def __init__(self, formdata: Any = _AS_SENT, **more: Any) -> None:
        super().__init__((request.form or None) if formdata is _AS_SENT else formdata, **more)


class Rule:
    """Says at a field which rule of the product its text breaks; the action that takes the text has the same rule."""

    def __init__(self, check: Callable[[str], object]) -> None:
        self.check = check

    def __call__(self, form: Form, field: Field) -> None:
        try:
            self.check(field.data or "")
        except DomainError as refusal:
            raise ValidationError(say(refusal)) from refusal
