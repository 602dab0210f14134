"""The same request twice makes one record: a double press on a phone, or a system that never heard our answer.

Pages and the API share it. A page sends the hidden id of its form as the key, the API the `Idempotency-Key` header.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone

from crm.accounts.models import IdempotencyKey
from crm.audit.actions import one_transaction
from crm.base.writing import writing_allowed

KEPT_FOR = timedelta(hours=24)  # a system that was out of reach for a working day still finds its answer
# A page's answer is an address and nothing else. A phone may send a contact, lose signal before it hears that it
# arrived, and find some again after a holiday.
PAGE, PAGES_KEPT_FOR = 303, timedelta(days=30)
TRIES = 5  # an old row may be taken away between two looks; more often than this it is not


class KeyReused(Exception):
    """The key belongs to another request: the words sent with it were different. `location` is where that one led."""

    def __init__(self, location: str = "") -> None:
        self.location = location
        super().__init__()


@dataclass(frozen=True)
class Answer:
    """What a request was answered with. `body` holds plain JSON values only, so that the stored answer is the same."""

    status: int
    body: Any
    location: str = ""
    replayed: bool = False


def once(*, owner: str, method: str, path: str, key: str, body: bytes, make: Callable[[], Answer]) -> Answer:
    """Run `make` once for this key, and give its answer to every request with the same key for 24 hours.

    The key's row is written first and the answer into it last, in the transaction of the change itself: a twin that
    comes meanwhile waits at the row, does no work, and gets the first one's answer; if the first one fails, nothing
    of it stays and the twin goes ahead. Two queries when nothing is replayed. Raises `KeyReused`, and whatever `make`
    raises (then nothing is kept and the key is free again).
    """
    place = {"owner": owner, "method": method, "path": path, "key": _digest(key.encode())}
    digest = _digest(body)
    for _ in range(TRIES):
        try:
            return _first(place, digest, make)
        except _Taken:
            known = _known(place, digest)
            if known is not None:
                return known
    raise KeyReused


def answered_before(*, owner: str, method: str, path: str, key: str, body: bytes) -> Answer | None:
    """The answer that the same request was given in the last 24 hours; None when it is new. 1 query. Raises
    `KeyReused`."""
    return _known({"owner": owner, "method": method, "path": path, "key": _digest(key.encode())}, _digest(body))


class _Taken(Exception):
    """Another request with this key was here first."""


def _digest(words: bytes) -> str:
    # A key is whatever the other side chose, perhaps a name: only its hash is kept.
    return hashlib.sha256(words).hexdigest()


def _first(place: dict[str, str], digest: str, make: Callable[[], Answer]) -> Answer:
    with one_transaction():
        row = IdempotencyKey(**place, body_digest=digest)
        try:
            with writing_allowed():
                row.save(force_insert=True)
        except IntegrityError as problem:
            raise _Taken from problem
        answer = make()
        row.status, row.answer, row.location = answer.status, answer.body, answer.location
        with writing_allowed():
            row.save(update_fields=["status", "answer", "location"])
    return answer


def _known(place: dict[str, str], digest: str) -> Answer | None:
    """The answer given before; None when there is none any more, so that the request may go ahead."""
    row = IdempotencyKey.objects.filter(**place).first()
    if row is None:
        return None
    if row.made_at < timezone.now() - (PAGES_KEPT_FOR if row.status == PAGE else KEPT_FOR):
        with writing_allowed():
            IdempotencyKey.objects.filter(pk=row.pk).delete()
        return None
    if row.body_digest != digest:
        raise KeyReused(row.location)
    return Answer(status=row.status or 0, body=row.answer, location=row.location, replayed=True)


def forget_old_keys() -> int:
    """Delete the answers kept longer than 24 hours, which may hold people's words, and addresses of pages kept longer
    than 30 days. Returns how many went."""
    now = timezone.now()
    old = Q(made_at__lt=now - KEPT_FOR) & ~Q(status=PAGE) | Q(made_at__lt=now - PAGES_KEPT_FOR)
    with writing_allowed():
        return IdempotencyKey.objects.filter(old).delete()[0]
