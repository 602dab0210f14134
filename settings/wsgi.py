"""The WSGI door of the server."""

import os
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.core.wsgi import get_wsgi_application

from crm.base.room import with_room
from settings.sharing import load_for_all_workers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
_answer = get_wsgi_application()
load_for_all_workers()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request, with room for the many calls inside calls that a page takes. Whoever asks for the headers alone
    (HEAD) gets no body: the server would throw it away, with a warning in the log for each."""
    answer: Any = with_room(partial(_answer, environ, start_response))
    if environ["REQUEST_METHOD"] != "HEAD":
        return answer  # type: ignore[no-any-return]
    answer.close()
    return []
