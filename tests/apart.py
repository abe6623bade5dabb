"""Doing something in a thread of its own: Playwright keeps an event loop in the thread in which it was started."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def in_own_thread(do: Callable[[], T]) -> T:
    """What `do` gives, or raises."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(do).result()
