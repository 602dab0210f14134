"""Promises pass to a colleague when whoever keeps them goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Count

from crm.accounts.models import User
from crm.base.actors import Actor
from engagement.log.actions import change_promise
from engagement.log.details import PromiseDetails
from engagement.log.models import Promise

STAYS = (
    "Promises at restricted contacts do not pass on. They stay with the colleagues who may read these contacts. Their "
    "home page tells them."
)


def open_promises_of(*, reader: Actor, users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many open promises each of these colleagues keeps, of those the reader may see. Promises at a restricted
    contact stay with its named readers: nobody else may know of them."""
    rows = Promise.objects.visible_to(reader).open().filter(owner__in=users, event__restricted=False)
    return dict(rows.order_by().values_list("owner").annotate(number=Count("pk")))


def pass_promises_on(*, actor: User, owner: User, to: User, reason: str) -> int:
    """Let somebody else keep every open promise, each changed and audited by its own action. Words and day stay."""
    mine = Promise.objects.visible_to(actor).open().filter(owner=owner, event__restricted=False)
    promises = list(mine.select_related("event").order_by("due_on", "id"))
    for promise in promises:
        changed = PromiseDetails(
            words=promise.words,
            due_on=promise.due_on,
            owner=to,
            to_person=promise.to_person,
            to_organisation=promise.to_organisation,
            to_community=promise.to_community,
        )
        change_promise(actor=actor, promise=promise, changed=changed, reason=reason)
    return len(promises)
