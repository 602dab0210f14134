"""Which restricted records nobody can read any more, and who could."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.base.actors import FIELD_ROLES
from crm.base.links import set_links


def readers() -> QuerySet[User]:
    """Colleagues who can read restricted records today: an open account and a role that meets people."""
    grants = RoleGrant.objects.on(timezone.localdate()).filter(role__in=FIELD_ROLES)
    return User.objects.filter(is_active=True, pk__in=grants.order_by().values("user"))


def without_readers(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The restricted records among these whose named readers have all left, or never were."""
    through = rows.model.named_readers.through
    own = rows.model._meta.model_name
    read = through.objects.filter(user__in=readers().order_by().values("pk")).values(own)
    return rows.filter(restricted=True).exclude(pk__in=read).order_by("created_at", "id")


def with_reader(record: Any, reader: User | None) -> dict[str, tuple[Any, Any]]:
    """Put one more colleague among the named readers, inside an action. Returns what changed, for the audit."""
    before = list(record.named_readers.all())
    return set_links(record, "named_readers", [*before, *([reader] if reader else [])])
