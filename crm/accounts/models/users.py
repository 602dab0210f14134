"""Users, the teams they work in, and the roles they hold for a time and a place."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

from crm.areas.models import Area
from crm.base.actors import EVERYONE_ON_STAFF, Actor, Role, Scope, Standing, holds
from crm.base.ids import new_id
from crm.base.kept import kept_for_all
from crm.base.models import Record, VisibleQuerySet


class TeamQuerySet(VisibleQuerySet["Team"]):
    """Teams: everyone on the staff knows which there are."""

    def visible_to(self, user: Actor) -> TeamQuerySet:
        """All teams, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def for_list(self) -> TeamQuerySet:
        """By name."""
        return self.order_by("name")


class Team(Record):
    """People who work together and may read the words of each other's contacts."""

    name = models.CharField(max_length=100, unique=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "team"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an open account. The address is stored in small letters, so that it is found however it is typed."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """For Django's own command only; `check --deploy` warns while such an account is open."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find an account by e-mail address, however it is typed."""
        return self.get(email=(username or "").strip().lower())


class UserQuerySet(models.QuerySet["User"]):
    """Accounts: colleagues are known by name to everyone on the staff; their details to administrators."""

    def visible_to(self, user: Actor) -> UserQuerySet:
        """Colleagues, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def for_list(self) -> UserQuerySet:
        """By name, with today's roles."""
        return self.order_by("name", "id").prefetch_related("grants__team", "grants__locality")


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in: staff, or a citizen who is an EDI champion."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("name", max_length=150, help_text="As colleagues know them.")
    is_active = models.BooleanField("account open", default=True)
    is_demonstration = models.BooleanField(
        "demonstration account", default=False, editable=False, help_text="Its password is printed for everyone."
    )
    phones_lost = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="How often a phone was reported lost: each time, phones get another key."
    )
    created_at = models.DateTimeField("opened", auto_now_add=True)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "user"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """Wagtail and allauth ask for it; we keep one name, as the person gives it."""
        return self.name

    @property
    def last_name(self) -> str:
        """See `first_name`."""
        return ""

    def get_full_name(self) -> str:
        """The name colleagues know."""
        return self.name

    def get_short_name(self) -> str:
        """The name colleagues know."""
        return self.name

    @property
    def is_staff(self) -> bool:
        """Whether the account is for someone on the staff (Wagtail asks)."""
        return bool(self.roles_today)

    @cached_property
    def grants_today(self) -> list[RoleGrant]:
        """The roles that hold today: one query, once per request."""
        return grants_on_this_day(self.pk)

    @cached_property
    def standing(self) -> Standing:
        """Which roles those are and where they reach, without who holds them: asked dozens of times for a page."""
        held = frozenset((Role(grant.role), grant.team_id, grant.locality_id) for grant in self.grants_today)
        return Standing(held, is_active=self.is_active)

    @property
    def roles_today(self) -> frozenset[Role]:
        """Which roles those are."""
        return self.standing.roles_today

    def scope_of(self, roles: Collection[Role]) -> Scope:
        """Where these roles reach today; a role given without team or locality reaches everywhere."""
        return self.standing.scope_of(roles)

    @property
    def home_team_id(self) -> Any:
        """The team that owns what this user logs: the first of their grants that names one."""
        return next((grant.team_id for grant in self.grants_today if grant.team_id), None)


class RoleGrantQuerySet(VisibleQuerySet["RoleGrant"]):
    """Who holds which role."""

    def on(self, day: Any) -> RoleGrantQuerySet:
        """The grants that hold on a day; one that ends today holds today and not tomorrow."""
        return self.filter(Q(first_day__lte=day), Q(last_day__isnull=True) | Q(last_day__gte=day))

    def visible_to(self, user: Actor) -> RoleGrantQuerySet:
        """Administrators and auditors see who holds what."""
        return self if holds(user, {Role.ADMINISTRATOR, Role.AUDITOR}) else self.none()


class RoleGrant(Record):
    """One role one user holds, where it reaches, and from when until when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, help_text="Whose contacts they may read.")
    locality = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", help_text="Where they work; empty for anywhere."
    )
    first_day = models.DateField("from", default=timezone.localdate)
    last_day = models.DateField("until", null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "role"
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day")),
                name="role_ends_after_it_starts",
                violation_error_message="The last day must be the first day or later.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.user_id}"


@kept_for_all
def grants_on_this_day(user: UUID) -> RoleGrantQuerySet:
    """The roles somebody holds today."""
    return RoleGrant.objects.filter(user=user).on(timezone.localdate())


@kept_for_all
def user_by_id(user: UUID) -> models.QuerySet[User]:
    """An account, open or closed."""
    return User.objects.filter(pk=user)


class InvitationQuerySet(VisibleQuerySet["Invitation"]):
    """Invitations to open an account."""

    def open(self) -> InvitationQuerySet:
        """Those that can still be taken up."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())

    def visible_to(self, user: Actor) -> InvitationQuerySet:
        """Administrators see whom they invited."""
        return self if holds(user, {Role.ADMINISTRATOR}) else self.none()


class Invitation(Record):
    """An invitation by e-mail to open an account with one role. The link works once, for 14 days."""

    email = models.EmailField("e-mail address")
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=20, choices=Role)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    locality = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    invited_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Empty for the first administrator."
    )
    first_day = models.DateField("role from", null=True, blank=True, help_text="Empty: the day it is taken up.")
    last_day = models.DateField(
        "role until", null=True, blank=True, help_text="The last day of the role, if it has one."
    )
    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256 of the link's secret.")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @staticmethod
    def digest_of(secret: str) -> str:
        """The hash of a link's secret that is stored. 256 random bits, so a fast hash is enough (OWASP)."""
        return hashlib.sha256(secret.encode()).hexdigest()

    @property
    def state(self) -> str:
        """Waiting, taken up, withdrawn or too old."""
        if self.accepted_at:
            return "taken up"
        if self.withdrawn_at:
            return "withdrawn"
        return "waiting" if self.expires_at > timezone.now() else "too old"
