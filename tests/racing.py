"""Requests that start together, each in a thread of its own: on SQLite they queue, on PostgreSQL they race."""

import threading
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from foundation.database import db

PATIENCE = 30

Request = tuple[FlaskClient, str, Mapping[str, Any]]
"""Who sends which form where."""


def at_once(app: Flask, *requests: Request) -> list[int]:
    """The answers' statuses, sorted."""
    together, statuses = threading.Barrier(len(requests)), list[int]()
    db.session.rollback()

    def send(client: FlaskClient, address: str, data: Mapping[str, Any]) -> None:
        with app.app_context():
            together.wait(PATIENCE)
            statuses.append(client.post(address, data=data).status_code)
            db.session.remove()

    threads = [threading.Thread(target=send, args=request) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(statuses) == len(requests), "one of them never ended"
    return sorted(statuses)
