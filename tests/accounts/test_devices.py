import pytest
from hypothesis import given
from hypothesis import strategies as some

from accounts.devices import BROWSERS, SYSTEMS, device

pytestmark = pytest.mark.pure

CHROME = "(KHTML, like Gecko) Chrome/131.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            f"Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 {CHROME} Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 SamsungBrowser/23.0 {CHROME}",
            "Samsung Internet, Android",
        ),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/131.0.0.0", "Edge, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/131.0 Mobile Safari/604.1", "Chrome, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Linux"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_called_as_people_call_it(user_agent: str, name: str) -> None:
    assert device(user_agent) == name


@given(some.text())
def test_nothing_a_browser_says_is_shown_as_it_is(user_agent: str) -> None:
    words = device(user_agent).split(", ")
    assert set(words) <= {"", *BROWSERS.values(), *SYSTEMS.values()}
    assert len(device(user_agent)) < 40
