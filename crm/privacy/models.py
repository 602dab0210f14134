"""Purposes with their lawful basis, privacy information given, permission to contact, objections and restrictions."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from crm.base.actors import EVERYONE_ON_STAFF, Actor, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.languages.models import Language
from crm.people.models import ContactWay, Person, one_of_people


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last where it has no such day."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class PurposeQuerySet(VisibleQuerySet["Purpose"]):
    """Purposes are the council's own words; everyone on the staff reads them."""

    def visible_to(self, user: Actor) -> PurposeQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def current(self) -> PurposeQuerySet:
        """Those still in use."""
        return self.filter(ended_on=None)

    def for_list(self) -> PurposeQuerySet:
        """By name, with what each channel rests on."""
        return self.prefetch_related("bases").order_by("name", "id")


class Purpose(Record):
    """Something the council does with what it knows about people, like inviting them to forums."""

    key = models.SlugField(max_length=40, unique=True, help_text="A short name for files and the API.")
    name = models.CharField(max_length=120, unique=True, help_text="In words a citizen understands.")
    words = models.TextField("what we tell people", blank=True, help_text="What we do, and what we never do.")
    asks_permission = models.BooleanField(
        "ask first", default=False, help_text="We get in touch for this only with people who said that we may."
    )
    ended_on = models.DateField("not used since", null=True, blank=True)

    objects = PurposeQuerySet.as_manager()

    class Meta:
        verbose_name = "purpose"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LawfulBasis(Guarded):
    """What a purpose rests on in law, for one channel or for all of them. Council data."""

    class Basis(models.TextChoices):
        """The bases of UK GDPR article 6(1)."""

        PUBLIC_TASK = "public_task", "Public task"
        LEGAL_OBLIGATION = "legal_obligation", "Legal obligation"
        CONSENT = "consent", "Consent"
        CONTRACT = "contract", "Contract"
        VITAL = "vital_interests", "Vital interests"
        LEGITIMATE = "legitimate_interests", "Legitimate interests"

    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="bases")
    channel = models.CharField(
        max_length=10, choices=ContactWay.Kind, blank=True, help_text="Empty means every channel not named."
    )
    basis = models.CharField("lawful basis", max_length=30, choices=Basis, default=Basis.PUBLIC_TASK)
    condition = models.CharField(
        "special category condition", max_length=200, blank=True,
        help_text="UK GDPR article 9 and Data Protection Act 2018 Schedule 1, where what we keep is sensitive.",
    )  # fmt: skip
    source = models.CharField(max_length=200, blank=True, help_text="Where it is decided, like a policy and its date.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "lawful basis of a purpose"
        verbose_name_plural = "lawful bases of a purpose"
        ordering = ["channel", "id"]
        constraints = [models.UniqueConstraint(fields=["purpose", "channel"], name="one_basis_per_purpose_and_channel")]

    def __str__(self) -> str:
        return self.get_basis_display()


class AboutPersonQuerySet(VisibleQuerySet[Any]):
    """Seen by whoever may see the person."""

    def visible_to(self, user: Actor) -> AboutPersonQuerySet:
        """Those of people the user may see. A stopped person's vanish with them."""
        return self.filter(one_of_people(Person.objects.visible_to(user)))


class AskedToStopQuerySet(AboutPersonQuerySet):
    """What people asked us to stop must be decided and lifted while their record is stopped too."""

    def visible_to(self, user: Actor) -> AskedToStopQuerySet:
        """Those of people the user may see, and of stopped people whose restriction the user may lift."""
        seen = Q(one_of_people(Person.objects.visible_to(user)))
        return self.filter(seen | Q(one_of_people(Person.objects.held_for(user))))


class PrivacyNotice(Record):
    """That a person was told what we do with what we know about them: when, how, in which language."""

    class How(models.TextChoices):
        """In what way they were told."""

        SPOKEN = "spoken", "Told in person or by phone"
        SIGNED = "signed", "Signed in BSL"
        LETTER = "letter", "Letter or leaflet"
        EASY_READ = "easy_read", "Easy Read"
        EMAIL = "email", "E-mail or text message"
        AUDIO = "audio", "Audio"

    person = models.ForeignKey(Person, models.CASCADE, related_name="privacy_notices")
    given_on = models.DateField("told on")
    how = models.CharField(max_length=20, choices=How)
    language = models.ForeignKey(Language, models.PROTECT, null=True, blank=True, related_name="+")
    told_of_by_others = models.BooleanField(
        "somebody else told us about them", default=False,
        help_text="Then they must hear from us within one month (UK GDPR article 14).",
    )  # fmt: skip
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = AboutPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "privacy information given"
        verbose_name_plural = "privacy information given"
        ordering = ["-given_on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_how_display()}, {self.given_on}"


class ContactPermission(Record):
    """That a person said we may get in touch for a purpose, until they take it back. It is no lawful basis."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="permissions_given")
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=ContactWay.Kind, blank=True, help_text="Empty means any way.")
    given_on = models.DateField("said so on")
    how = models.CharField("how they said so", max_length=150, help_text="Like: at the drop-in, in Urdu, to Amina.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    withdrawn_on = models.DateField("taken back on", null=True, blank=True, editable=False)
    withdrawn_how = models.CharField("how they took it back", max_length=150, blank=True, editable=False)

    objects = AboutPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "permission to contact"
        verbose_name_plural = "permissions to contact"
        ordering = ["-given_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "channel"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_standing_permission",
                violation_error_message="They gave this permission already.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="permission_withdrawn_after_given",
                violation_error_message="They cannot have taken it back before they gave it.",
            ),
        ]

    def __str__(self) -> str:
        return f"Permission for {self.purpose_id}"


class Objection(Record):
    """That a person objects to a purpose (UK GDPR article 21). We stop at once, and decide within one month."""

    class Outcome(models.TextChoices):
        """What was decided."""

        OPEN = "open", "Not decided yet"
        GRANTED = "granted", "Granted"
        PART = "part", "Granted in part"
        REFUSED = "refused", "Refused"

    person = models.ForeignKey(Person, models.CASCADE, related_name="objections")
    purpose = models.ForeignKey(
        Purpose, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty means everything we do."
    )
    raised_on = models.DateField("said so on")
    words = models.CharField("in their words", max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN, editable=False)
    decided_on = models.DateField("decided on", null=True, blank=True, editable=False)
    reason = models.CharField(max_length=300, blank=True, editable=False, help_text="In words the person can read.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = AskedToStopQuerySet.as_manager()

    class Meta:
        verbose_name = "objection"
        ordering = ["-raised_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="open", decided_on__isnull=True)
                | (~Q(outcome="open") & Q(decided_on__isnull=False)),
                name="objection_decided_has_a_day",
                violation_error_message="A decision has a day.",
            )
        ]

    def __str__(self) -> str:
        return f"Objection, {self.raised_on}"

    @property
    def decide_by(self) -> date:
        """The last day on which it may be decided: one month after they said so (UK GDPR article 12(3))."""
        return a_month_after(self.raised_on)

    @property
    def is_late(self) -> bool:
        """Whether it should have been decided by now."""
        return self.outcome == self.Outcome.OPEN and self.decide_by < timezone.localdate()


class Restriction(Record):
    """That a person's record may be stored and nothing else (UK GDPR article 18), until it is lifted."""

    class Ground(models.TextChoices):
        """Why, as the law lists it."""

        ACCURACY = "accuracy", "They say that it is wrong, and we are checking"
        UNLAWFUL = "unlawful", "We should not have it, and they want it kept"
        CLAIM = "claim", "They need it for a legal claim"
        OBJECTION = "objection", "They objected, and we are deciding"
        ASKED = "asked", "They asked us to, and we agreed"

    person = models.ForeignKey(Person, models.CASCADE, related_name="restrictions")
    ground = models.CharField("why", max_length=20, choices=Ground, default=Ground.ASKED)
    asked_on = models.DateField("asked on")
    words = models.CharField("in their words", max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    lifted_on = models.DateField("lifted on", null=True, blank=True, editable=False)
    lifted_reason = models.CharField(max_length=300, blank=True, editable=False)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")

    objects = AskedToStopQuerySet.as_manager()

    class Meta:
        verbose_name = "restriction"
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(lifted_on__isnull=True),
                name="one_standing_restriction",
                violation_error_message="This record is restricted already.",
            )
        ]

    def __str__(self) -> str:
        return f"Restriction, {self.asked_on}"
