"""Entries of groups in the public directory with their access facts and corrections, and champions' public words."""

from __future__ import annotations

import base64
import hashlib
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from crm.base.actors import FIELD_ROLES, Actor, Role, holds
from crm.base.kept import inside, keys_seen
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.champions.models import Appointment
from crm.organisations.models import Organisation
from crm.organisations.rules import STALE_AFTER
from crm.people.models import Person

KEEPERS = FIELD_ROLES | {Role.PUBLISHER}


class How(models.TextChoices):
    """How somebody told us."""

    LINK = "link", "By their own link"
    TEXT = "text", "By text message"
    PHONE = "phone", "On the phone"
    EMAIL = "email", "By e-mail"
    IN_PERSON = "in_person", "In person"


class DirectoryEntryQuerySet(VisibleQuerySet["DirectoryEntry"]):
    """What stands in the public directory."""

    def visible_to(self, user: Actor) -> DirectoryEntryQuerySet:
        """Those of groups one may see; publishers see those that stand."""
        if holds(user, FIELD_ROLES):
            groups = Organisation.objects.visible_to(user).order_by().filter(pk=OuterRef("organisation_id"))
            return self.filter(Exists(groups))
        return self.public() if holds(user, {Role.PUBLISHER}) else self.none()

    def public(self) -> DirectoryEntryQuerySet:
        """Those anyone may read: agreed to, not taken off, of a group that exists."""
        return self.filter(taken_off_on=None, organisation__closed_on=None)

    def for_list(self) -> DirectoryEntryQuerySet:
        """By name, with group, place, languages and access facts; three queries however many."""
        rows = self.select_related("organisation__area").order_by("organisation__name", "id")
        return rows.prefetch_related("facts", "organisation__languages")


class DirectoryEntry(Record):
    """A group as anyone may read of it. Its name, place, languages and the numbers it lets us show are those of the
    group's own record and are kept nowhere else."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="directory_entry")
    about = models.TextField("what they do", max_length=1000, help_text="In easy words, for anyone to read. No names.")
    meets = models.CharField("when they meet", max_length=200, blank=True, help_text="Like: Tuesdays 10 to 12.")
    how_to_join = models.CharField(max_length=300, blank=True, help_text="Like: just come, or phone first.")
    show_phone = models.BooleanField("show their phone number", default=False)
    show_email = models.BooleanField("show their e-mail address", default=False)
    show_website = models.BooleanField("show their website", default=True)
    agreed_with = models.CharField("who in the group agreed", max_length=150, help_text="By role, like: the chair.")
    agreed_on = models.DateField("agreed on")
    confirmed_on = models.DateField("last confirmed on", null=True, blank=True, editable=False)
    confirmed_how = models.CharField(max_length=10, choices=How, blank=True, editable=False)
    confirmed_with = models.CharField("who confirmed it", max_length=150, blank=True, editable=False)
    taken_off_on = models.DateField("taken off on", null=True, blank=True, editable=False)
    taken_off_reason = models.CharField("why it was taken off", max_length=300, blank=True, editable=False)
    link_number = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counts the links made; the last works."
    )
    digest = models.CharField(
        max_length=64, blank=True, db_index=True, editable=False, help_text="SHA-256 of the secret of the group's link."
    )

    objects = DirectoryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "entry in the directory"
        verbose_name_plural = "entries in the directory"
        ordering = ["organisation__name"]
        indexes = [
            models.Index(fields=["taken_off_on", "confirmed_on"], name="directory_entry_confirmed"),
            models.Index(fields=["modified_at", "id"], name="directory_entry_changed"),
            models.Index(fields=["-created_at", "-id"], name="directory_entry_newest"),
        ]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def is_public(self) -> bool:
        """Whether anyone may read it."""
        return self.taken_off_on is None and self.organisation.closed_on is None

    @property
    def last_right_on(self) -> date:
        """The last day on which somebody of the group said that it is right: confirmed, or else agreed."""
        return self.confirmed_on or self.agreed_on

    @property
    def needs_asking(self) -> bool:
        """Whether nobody of the group has confirmed it for over a year."""
        return self.last_right_on < timezone.localdate() - STALE_AFTER

    @property
    def secret(self) -> str:
        """The secret of the group's link: 256 bits, worked out anew each time and kept nowhere; "" while none was made.
        A new link ends the one before."""
        if not self.digest:
            return ""
        made = salted_hmac("crm.directory.entry", f"{self.pk}:{self.link_number}", algorithm="sha256")
        return base64.b32encode(made.digest()).decode().lower().rstrip("=")

    @staticmethod
    def digest_of(secret: str) -> str:
        """The hash that is stored."""
        return hashlib.sha256(secret.lower().encode()).hexdigest()


class EntryFact(Guarded):
    """One thing about getting in and taking part. A line that is missing was never asked; it is not "no"."""

    class About(models.TextChoices):
        """What was asked."""

        STEP_FREE = "step_free", "No steps"
        TOILET = "toilet", "Accessible toilet"
        HEARING_LOOP = "hearing_loop", "Hearing loop"
        SIGNED = "signed", "Somebody signs (BSL)"
        EASY_READ = "easy_read", "Papers in Easy Read"
        QUIET = "quiet", "A quiet room"
        PRAYER = "prayer", "A place to pray"
        PARKING = "parking", "Blue Badge parking"
        TRANSPORT = "transport", "A bus stop nearby"
        HELPER = "helper", "You can bring a helper"
        FREE = "free", "Costs nothing"
        ONLINE = "online", "You can join from home"

    class Answer(models.TextChoices):
        """What they said."""

        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"

    entry = models.ForeignKey(DirectoryEntry, models.CASCADE, related_name="facts")
    about = models.CharField("what", max_length=20, choices=About)
    answer = models.CharField(max_length=10, choices=Answer)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "access fact of an entry"
        verbose_name_plural = "access facts of entries"
        ordering = ["id"]
        indexes = [models.Index(fields=["about", "answer", "entry"], name="entry_fact_answer")]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "about"], name="one_fact_per_entry_and_thing",
                violation_error_message="Each thing stands once.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.get_answer_display()}"


class EntryCorrectionQuerySet(VisibleQuerySet["EntryCorrection"]):
    """What groups said is wrong."""

    def visible_to(self, user: Actor) -> EntryCorrectionQuerySet:
        """Those of entries one may see."""
        return self.filter(entry__in=inside(keys_seen, user, DirectoryEntry))

    def waiting(self) -> EntryCorrectionQuerySet:
        """Those nobody has looked at."""
        return self.filter(settled_on=None)


class EntryCorrection(Record):
    """Somebody of a group said, by their link, what is wrong in their entry. A colleague puts it right."""

    entry = models.ForeignKey(DirectoryEntry, models.CASCADE, related_name="corrections")
    words = models.TextField("what they said", max_length=2000)
    said_on = models.DateField(editable=False)
    settled_on = models.DateField(null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    outcome = models.CharField("what we did", max_length=300, blank=True, editable=False)

    objects = EntryCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "correction of an entry"
        verbose_name_plural = "corrections of entries"
        ordering = ["said_on", "id"]
        indexes = [models.Index(fields=["settled_on", "said_on"], name="entry_correction_waiting")]

    def __str__(self) -> str:
        return f"Correction of {self.said_on}"


class ChampionWordsQuerySet(VisibleQuerySet["ChampionWords"]):
    """What champions say in public."""

    def visible_to(self, user: Actor) -> ChampionWordsQuerySet:
        """Those of appointments one may see."""
        return self.filter(appointment__in=inside(keys_seen, user, Appointment))

    def public(self) -> ChampionWordsQuerySet:
        """Those anyone may read: of a champion whose term holds today, not taken off."""
        today = timezone.localdate()
        standing = Q(appointment__last_day=None) | Q(appointment__last_day__gte=today)
        return self.filter(standing, taken_off_on=None, appointment__first_day__lte=today)

    def for_list(self) -> ChampionWordsQuerySet:
        """By locality and name."""
        return self.select_related("appointment__locality").order_by("appointment__locality__name", "shown_name", "id")


class ChampionWords(Record):
    """A champion in their own words, for anyone to read, under the name they chose for it."""

    appointment = models.OneToOneField(Appointment, models.CASCADE, related_name="public_words")
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, editable=False, related_name="+",
        help_text="The champion's own record, so that their words go with it.",
    )  # fmt: skip
    shown_name = models.CharField("name in public", max_length=100, help_text="As they want to be called there.")
    words = models.TextField("in their own words", max_length=600)
    agreed_on = models.DateField("they agreed on")
    taken_off_on = models.DateField(null=True, blank=True, editable=False)

    objects = ChampionWordsQuerySet.as_manager()

    class Meta:
        verbose_name = "champion in their own words"
        verbose_name_plural = "champions in their own words"
        ordering = ["appointment__locality__name", "shown_name"]
        indexes = [
            models.Index(fields=["modified_at", "id"], name="champion_words_changed"),
            models.Index(fields=["-created_at", "-id"], name="champion_words_newest"),
        ]

    def __str__(self) -> str:
        return self.shown_name
