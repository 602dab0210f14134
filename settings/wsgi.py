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
    """Answer a request, with room for the many calls inside calls that a page takes."""
    return with_room(partial(_answer, environ, start_response))
