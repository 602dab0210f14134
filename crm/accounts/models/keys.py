"""API tokens, and keys that make a repeated request harmless."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import models
from django.utils import timezone

from crm.accounts.models.users import RoleGrant, User
from crm.base.actors import Actor
from crm.base.ids import new_id
from crm.base.kept import Words, kept_for_all
from crm.base.models import Guarded, Record, VisibleQuerySet


class TokenScope(models.TextChoices):
    """How far a token goes; never further than its user."""

    READ = "read", "Read what I may read"
    LOG = "log", "Read, and log or change what I may"
    ADMIN = "admin", "Everything I may do"


class ApiTokenQuerySet(VisibleQuerySet["ApiToken"]):
    """Tokens: each user sees their own."""

    def visible_to(self, user: Actor) -> ApiTokenQuerySet:
        """The user's own tokens."""
        return self.filter(user_id=user.pk) if user.is_authenticated and user.is_active else self.none()

    def working(self, now: datetime | None = None) -> ApiTokenQuerySet:
        """Neither revoked nor past their day."""
        return self.filter(revoked_at=None, expires_at__gt=now or timezone.now())


class ApiToken(Record):
    """A key that another system uses in a user's name. Only its hash is kept; the key is shown once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="keys")
    name = models.CharField(max_length=100, help_text="What it is for, like: Power BI, monthly.")
    scope = models.CharField(max_length=10, choices=TokenScope)
    start = models.CharField("begins with", max_length=12, editable=False, help_text="To tell tokens apart.")
    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256 of the key.")
    expires_at = models.DateTimeField("works until")
    last_used_at = models.DateTimeField("last used", null=True, editable=False)
    revoked_at = models.DateTimeField("revoked", null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "API token"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.expires_at <= timezone.now()

    @staticmethod
    def digest_of(key: str) -> str:
        """The hash that is stored. A token is 256 random bits, so a fast hash is enough (OWASP, session ids)."""
        return hashlib.sha256(key.encode()).hexdigest()


@kept_for_all
def working_token(digest: Words, now: datetime) -> models.QuerySet[ApiToken]:
    """The token with this hash and its user, if it works at this time and their account is open."""
    return ApiToken.objects.working(now).filter(digest=digest, user__is_active=True).select_related("user")


@kept_for_all
def grants_by_token(digest: Words) -> models.QuerySet[RoleGrant]:
    """The roles that the user of this token holds today."""
    return RoleGrant.objects.filter(user__keys__digest=digest).on(timezone.localdate())


class IdempotencyKey(Guarded):
    """A POST that was made once: the same key again gets the same answer and changes nothing. Kept 24 hours."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.CharField(max_length=50, help_text="The user or token that sent it.")
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=300)
    key = models.CharField(max_length=255)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, help_text="Empty while the first request is running.")
    answer = models.JSONField(null=True, help_text="What was answered. May hold people's words: erased with them.")
    location = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "idempotency key"
        constraints = [
            models.UniqueConstraint(fields=["owner", "method", "path", "key"], name="one_answer_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
