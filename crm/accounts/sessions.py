"""Sessions in the database as Django keeps them, looked up with a question that is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from crm.base.kept import Words, kept_for_all


@kept_for_all
def session_kept(key: Words, now: datetime) -> QuerySet[Session, str]:
    """What the session with this key holds, if it has not run out at this time."""
    return Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data", flat=True)


class SessionStore(DatabaseStore):
    """Django's own, but for reading: each page reads its session, and Django writes that question anew each time.
    The name of the class is what a session is signed with, so it stays Django's."""

    def load(self) -> dict[str, Any]:
        """What the session holds. One that ran out, was ended or is nobody's leaves its key behind, as Django's does:
        nobody can choose the key of their next one."""
        for data in session_kept(Words(self.session_key or ""), timezone.now()):
            held: dict[str, Any] = self.decode(data)
            return held
        self._session_key = None
        return {}
