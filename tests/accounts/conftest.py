"""Who tests of accounts need besides the cast."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from accounts.models import Person
from tests.accounts.meutia import settle_meutia
from tests.cast import Cast


@pytest.fixture
def meutia(cast: Cast, as_: Callable[[str], FlaskClient]) -> Person:
    """See tests.accounts.meutia."""
    return settle_meutia(cast, as_)
