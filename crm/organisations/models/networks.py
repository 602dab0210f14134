"""Networks of groups, what groups offer people, and what the council gave them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from crm.base.actors import EVERYONE_ON_STAFF, OFFICE_ROLES, Actor, Role, holds, roles_of
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.languages.models import Language
from crm.organisations.models.organisations import Organisation


class NetworkMember(Guarded):
    """A group in a network, for as long as it is in it. A group may be in several; what it is part of is its parent."""

    class Part(models.TextChoices):
        """What the group does in the network."""

        LEADS = "leads", "Leads it"
        MEMBER = "member", "Member"

    network = models.ForeignKey(Organisation, models.CASCADE, related_name="network_members")
    member = models.ForeignKey(Organisation, models.CASCADE, related_name="networks")
    part = models.CharField(max_length=10, choices=Part, default=Part.MEMBER)
    first_day = models.DateField("from", null=True, blank=True)
    last_day = models.DateField("until", null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "group in a network"
        verbose_name_plural = "groups in networks"
        ordering = ["part", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "member"],
                condition=Q(last_day__isnull=True),
                name="one_standing_membership_of_a_network",
                violation_error_message="This group is in the network already.",
            ),
            models.CheckConstraint(
                condition=~Q(network=F("member")),
                name="network_is_not_its_own_member",
                violation_error_message="A network cannot be a member of itself.",
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="network_membership_ends_after_it_starts",
                violation_error_message="The last day must be the first day or later.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.network_id}"


def _of_groups_seen_by(user: Actor) -> Exists:
    return Exists(Organisation.objects.visible_to(user).order_by().filter(pk=OuterRef("organisation_id")))


class ServiceQuerySet(VisibleQuerySet["Service"]):
    """Services are meant for the public directory; everyone on the staff sees them."""

    def visible_to(self, user: Actor) -> ServiceQuerySet:
        """All, for anyone who holds a role. Who is only a champion: those of groups they see, and those in the
        directory."""
        if roles_of(user) != {Role.CHAMPION}:
            return self if holds(user, EVERYONE_ON_STAFF) else self.none()
        return self.filter(Q(in_directory=True) | _of_groups_seen_by(user))

    def for_list(self) -> ServiceQuerySet:
        """By name, with the group and languages."""
        return self.select_related("organisation__area").prefetch_related("languages").order_by("name", "id")


class Service(Record):
    """Something a group offers people, as the public directory shows it (shaped like HSDS-UK 3.0, Open Referral UK)."""

    class Status(models.TextChoices):
        """Whether it can be used; the words of Open Referral UK."""

        ACTIVE = "active", "Running"
        INACTIVE = "inactive", "Not running"
        CLOSED_FOR_NOW = "temporarily closed", "Closed for now"
        DEFUNCT = "defunct", "Ended"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="services")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, help_text="What happens there, in a sentence or two.")
    who_for = models.CharField("who it is for", max_length=300, blank=True)
    when = models.CharField(
        "when", max_length=200, blank=True, help_text="Like: Tuesdays 10 to 12, not in school holidays."
    )
    cost = models.CharField(max_length=200, blank=True, help_text="Like: free, or £2 for lunch.")
    how_to_join = models.CharField(max_length=300, blank=True, help_text="Like: just come, or phone first.")
    languages = models.ManyToManyField(Language, blank=True, related_name="services")
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    in_directory = models.BooleanField("show it in the public directory", default=False)
    confirmed_on = models.DateField("last confirmed on", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "service of a group"
        verbose_name_plural = "services of groups"
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name", "id"], name="service_name"),
            models.Index(fields=["status", "name", "id"], name="service_status"),
        ]

    def __str__(self) -> str:
        return self.name


class SupportGivenQuerySet(VisibleQuerySet["SupportGiven"]):
    """Seen by all who meet people, as groups are."""

    def visible_to(self, user: Actor) -> SupportGivenQuerySet:
        """All, for officers, leads and managers; for champions those of groups they see."""
        if holds(user, OFFICE_ROLES):
            return self
        return self.filter(_of_groups_seen_by(user)) if holds(user, {Role.CHAMPION}) else self.none()

    def for_list(self) -> SupportGivenQuerySet:
        """Newest first, with group and giver."""
        return self.select_related("organisation", "given_by").order_by("-given_on", "-id")


class SupportGiven(Record):
    """Community support, mentoring or training that the council gave a group."""

    class Kind(models.TextChoices):
        """What was given."""

        SUPPORT = "support", "Community support"
        MENTORING = "mentoring", "Mentoring"
        TRAINING = "training", "Training"
        FUNDING_HELP = "funding_help", "Help with a funding bid"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="support_given")
    kind = models.CharField("what was given", max_length=20, choices=Kind)
    given_on = models.DateField("given on")
    words = models.CharField("what it was about", max_length=300)
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True, help_text="Hours, like 1.5.")
    people = models.PositiveIntegerField("how many people took part", null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="who gave it")

    objects = SupportGivenQuerySet.as_manager()

    class Meta:
        verbose_name = "support given to a group"
        verbose_name_plural = "support given to groups"
        ordering = ["-given_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-given_on"], name="support_given_newest"),
            models.Index(fields=["-given_on", "-id"], name="support_given_list"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0),
                name="support_takes_time",
                violation_error_message="Write the hours as a number above 0, or leave it empty.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.given_on}"
