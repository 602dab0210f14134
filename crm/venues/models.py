"""Venues with their access record: what somebody checked, when, and what nobody has asked yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from crm.areas.models import Area
from crm.base.actors import EVERYONE_ON_STAFF, Actor, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.organisations.models import Organisation


class VenueQuerySet(VisibleQuerySet["Venue"]):
    """Venues are public places; everyone on the staff sees them."""

    def visible_to(self, user: Actor) -> VenueQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def open(self) -> VenueQuerySet:
        """Those that can still be used."""
        return self.filter(closed_on=None)

    def for_list(self) -> VenueQuerySet:
        """By name, with ward, group and access record."""
        return self.select_related("area", "organisation").prefetch_related("facts").order_by("name", "id")


class Venue(Record):
    """A place where a forum or meeting can be held."""

    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="venues", verbose_name="whose place it is"
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ward")
    address = models.CharField(max_length=300, blank=True)
    how_to_get_there = models.TextField(
        blank=True, help_text="In words: bus stops, which door, where the path is rough, who lets people in."
    )
    phone = models.CharField(max_length=30, blank=True)
    map_point = models.CharField(
        "where on the map", max_length=40, blank=True,
        help_text="Latitude and longitude as maps show them, like 52.4862, -1.8904. Calendars lead there.",
    )  # fmt: skip
    closed_on = models.DateField("not used since", null=True, blank=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = "venue"
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "id"], name="venue_name")]

    def __str__(self) -> str:
        return self.name


class VenueFact(Guarded):
    """One line of a venue's access record. A line that is missing was never asked; it is not "no"."""

    class About(models.TextChoices):
        """What was looked at."""

        STEP_FREE = "step_free", "Step-free from the street to the room"
        ACCESSIBLE_TOILET = "accessible_toilet", "Accessible toilet"
        CHANGING_PLACES = "changing_places", "Changing Places toilet"
        HEARING_LOOP = "hearing_loop", "Hearing loop that works"
        QUIET_ROOM = "quiet_room", "Quiet room"
        PRAYER_SPACE = "prayer_space", "Prayer space"
        PARKING = "parking", "Blue Badge parking"
        TRANSPORT = "transport", "Bus, tram or train nearby"
        LIGHTING = "lighting", "Lighting that suits signing and lip-reading"
        WIFI = "wifi", "Internet for captions and people who join online"
        FOOD = "food", "Kitchen, or food allowed"

    class Answer(models.TextChoices):
        """What was found."""

        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="facts")
    about = models.CharField("what", max_length=20, choices=About)
    answer = models.CharField(max_length=10, choices=Answer)
    words = models.CharField(max_length=300, blank=True, help_text="Like: ramp at the side door, ring the bell.")
    checked_on = models.DateField("checked on")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_with = models.CharField(
        "checked with", max_length=150, blank=True, help_text="Who uses it or looks after it, by role."
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "line of a venue's access record"
        verbose_name_plural = "lines of venues' access records"
        ordering = ["about"]
        indexes = [models.Index(fields=["about", "answer", "venue"], name="venue_fact_answer")]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "about"],
                name="one_line_per_venue_and_thing",
                violation_error_message="Each thing stands once.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.get_answer_display()}"
