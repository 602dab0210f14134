"""What surrounds a person: hats, rules that keep them safe, those who support them, those we reach them through."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from crm.base.actors import Actor
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.organisations.models import Organisation
from crm.people.models.people import Person, one_of_people

ENDS_AFTER_IT_STARTS = Q(first_day__isnull=True) | Q(last_day__isnull=True) | Q(last_day__gte=F("first_day"))


class PersonHat(Guarded):
    """One hat a person wears for us, for as long as they wear it. Many wear several at once."""

    class Hat(models.TextChoices):
        """Who somebody is to the council's engagement work."""

        CARER = "carer", "Carer"
        LIVED_EXPERIENCE = "lived_experience", "Person with lived experience"
        EXPERT = "expert", "Expert by experience"
        PARTNER = "partner", "Partner"
        VOLUNTEER = "volunteer", "Volunteer"
        COMMUNITY_LEADER = "community_leader", "Community leader"
        COUNCILLOR = "councillor", "Councillor"

    person = models.ForeignKey(Person, models.CASCADE, related_name="hats")
    hat = models.CharField("who they are to us", max_length=20, choices=Hat)
    first_day = models.DateField("from", null=True, blank=True)
    last_day = models.DateField("until", null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "hat of a person"
        ordering = ["hat", "id"]
        indexes = [models.Index(fields=["hat", "person"], name="hat_person")]
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_IT_STARTS,
                name="hat_ends_after_it_starts",
                violation_error_message="The last day must be the first day or later.",
            )
        ]

    def __str__(self) -> str:
        return self.get_hat_display()


class SafeContactRule(Guarded):
    """Something that must be got right so that reaching a person does not harm them. Shown before any way is used."""

    class Rule(models.TextChoices):
        """The rules that Heard itself obeys; what each closes stands in `crm.people.safety`."""

        NO_VOICEMAIL = "no_voicemail", "Never leave a voice message"
        FAMILY = "family", "Their family may not know"
        PLAIN_POST = "plain_post", "Post must not show who it is from"
        CHECK_FIRST = "check_first", "Make sure it is them before you say who you are"
        IN_PERSON_ONLY = "in_person_only", "Speak to them in person only"
        OTHER = "other", "Another rule"

    person = models.ForeignKey(Person, models.CASCADE, related_name="safe_rules")
    rule = models.CharField(max_length=20, choices=Rule)
    words = models.CharField(max_length=200, blank=True, help_text="In their words, if there is more to say.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "safe-contact rule"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "rule"],
                condition=~Q(rule="other"),
                name="each_safe_rule_once",
                violation_error_message="Each rule stands once.",
            )
        ]

    def __str__(self) -> str:
        return self.get_rule_display()


class AroundPersonQuerySet(VisibleQuerySet[Any]):
    """Seen by whoever may see the person."""

    def visible_to(self, user: Actor) -> AroundPersonQuerySet:
        """Those of people the user may see."""
        return self.filter(one_of_people(Person.objects.visible_to(user)))

    def current(self) -> AroundPersonQuerySet:
        """Those that have not ended."""
        return self.filter(ended_on=None)


class Supporter(Record):
    """Somebody who cares for, supports or speaks for a person. Their own access needs hang on this row."""

    class Kind(models.TextChoices):
        """How they support."""

        CARER = "carer", "Unpaid carer"
        CARED_FOR = "cared_for", "Somebody they care for"
        FAMILY = "family", "Family member"
        SUPPORT_WORKER = "support_worker", "Support worker or personal assistant"
        ADVOCATE = "advocate", "Advocate"
        RESPONSIBLE_ADULT = "responsible_adult", "Responsible adult"
        OTHER = "other", "Somebody else"

    person = models.ForeignKey(Person, models.CASCADE, related_name="supporters")
    supporter = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="supports", verbose_name="their own record",
        help_text="If they have one in Heard.",
    )  # fmt: skip
    kind = models.CharField("how they support", max_length=20, choices=Kind, default=Kind.CARER)
    relation = models.CharField("who they are to them", max_length=100, help_text="Like: her father, his neighbour.")
    ended_on = models.DateField("until", null=True, blank=True, editable=False)

    objects = AroundPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "supporter of a person"
        verbose_name_plural = "supporters of a person"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(supporter__isnull=True) | ~Q(supporter=F("person")),
                name="nobody_is_their_own_supporter",
                violation_error_message="Choose somebody else: a person cannot be their own supporter.",
            )
        ]

    def __str__(self) -> str:
        return self.relation


class Intermediary(Record):
    """Somebody through whom we reach a person: with whose agreement, and the risk that they decide who is heard."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="intermediaries")
    through_person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="mediates")
    through_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_by = models.CharField(
        "who agreed to it", max_length=150, help_text="Whose agreement we have, like: she said so herself."
    )
    agreed_on = models.DateField("agreed on")
    gatekeeper_risk = models.TextField(
        blank=True, help_text="What could go wrong, like: he answers for her. What you do so that we hear the person."
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    ended_on = models.DateField("until", null=True, blank=True, editable=False)

    objects = AroundPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "trusted intermediary"
        verbose_name_plural = "trusted intermediaries"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(through_person__isnull=True) | Q(through_organisation__isnull=True),
                name="intermediary_is_one",
                violation_error_message="Choose a person or a group, not both.",
            )
        ]

    def __str__(self) -> str:
        return f"Intermediary of {self.person_id}"
