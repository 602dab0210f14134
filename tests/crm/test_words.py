"""Small words on pages that must not read like a machine's."""

import pytest

from crm.templatetags.heard import device


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/149.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/149.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604", "Safari on an iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/149.0 Safari/537.36 Edg/149.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Gecko/20100101 Firefox/150.0", "Firefox on a Mac"),
        ("", "A browser on an unknown device"),
    ],
)
def test_what_somebody_signed_in_with_is_named_as_they_would_say_it(agent, said):
    assert device(agent) == said
