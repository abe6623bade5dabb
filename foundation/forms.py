"""What every form of ours is: text that a page's own form sent, and nothing else."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm

_AS_SENT = object()


class Form(FlaskForm):  # type: ignore[misc]
    """Reads only text. Flask-WTF would let JSON or an uploaded file put a number, a list or a file into any field."""

    def __init__(self, formdata: Any = _AS_SENT, **more: Any) -> None:
        super().__init__((request.form or None) if formdata is _AS_SENT else formdata, **more)
