"""The WSGI door of the server."""

import os
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from crm.base.room import with_room
from settings.sharing import load_for_all_workers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
_answer = get_wsgi_application()
load_for_all_workers()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request, with room for the many calls inside calls that a page takes. Whoever asks for the headers alone
    (HEAD) gets no body: the server would throw it away, with a warning in the log for each."""
    take_pieces_together(environ)
    answer: Any = with_room(partial(_answer, environ, start_response))
    if environ["REQUEST_METHOD"] != "HEAD":
        return answer  # type: ignore[no-any-return]
    answer.close()
    return []


def take_pieces_together(environ: dict[str, Any]) -> None:
    """A body sent in pieces (`Transfer-Encoding: chunked`, as .NET's and Java's clients do by themselves) says nowhere
    how long it is. Django reads as much as was said, so it would read nothing, and take the request for an empty one.
    One byte more than Django takes is read at most: it refuses what is that long. Of a form with files it would keep
    the first part alone, so what is too long is sent on as no form at all."""
    in_pieces = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
    if in_pieces and not environ.get("CONTENT_LENGTH"):
        body = environ["wsgi.input"].read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        environ.update({"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))})
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"  # of which Django refuses as much
