"""Open calls, applications in the applicant's own words, the opt-in pool, and random selection that can be repeated."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q

from crm.base.actors import EVERYONE_ON_STAFF, Actor, Role, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.languages.models import Language
from crm.panels.models.panels import Membership, Panel
from crm.people.models import Person

MAILED = "heard.application"  # what the link in an e-mail is signed for
COORDINATORS = frozenset({Role.LEAD, Role.MANAGER})


class CallQuerySet(VisibleQuerySet["RecruitmentCall"]):
    """Calls are meant to be known."""

    def visible_to(self, user: Actor) -> CallQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def open_on(self, day: object) -> CallQuerySet:
        """Those that take applications on a day; the public reads these."""
        return self.filter(state=RecruitmentCall.State.OPEN, opens_on__lte=day, closes_on__gte=day)

    def for_list(self) -> CallQuerySet:
        """Newest first, with the panel."""
        return self.select_related("panel").order_by("-closes_on", "-id")


class RecruitmentCall(Record):
    """An open call for people to join a panel."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "Draft"
        OPEN = "open", "Open"
        CHOOSING = "choosing", "Closed, choosing"
        DECIDED = "decided", "Everybody has an answer"

    class Method(models.TextChoices):
        """How members are chosen."""

        DECISION = "decision", "People read the applications and decide"
        RANDOM = "random", "Drawn at random among those who fit"

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="calls")
    slug = models.SlugField("short address", max_length=60, unique=True, help_text="Printed on posters, like: join-us.")
    title = models.CharField(max_length=150)
    words = models.TextField(
        "what we tell people", help_text="How often, where, how they are paid, what changed before."
    )
    places = models.PositiveSmallIntegerField("how many places")
    method = models.CharField("how members are chosen", max_length=10, choices=Method, default=Method.DECISION)
    opens_on = models.DateField()
    closes_on = models.DateField()
    answer_by = models.DateField("everybody hears from us by")
    pool_questions = models.JSONField(
        "questions for a balanced group", default=list, blank=True,
        help_text="Asked apart, with an agreement of their own: key, words, answers. Never monitoring answers.",
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "recruitment call"
        ordering = ["-closes_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")) & Q(answer_by__gte=F("closes_on")),
                name="call_days_in_order",
                violation_error_message="A call opens, then closes, then everybody hears from us.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ApplicationQuerySet(VisibleQuerySet["Application"]):
    """Read by those who choose, and by the officer who wrote one down for an applicant."""

    def visible_to(self, user: Actor) -> ApplicationQuerySet:
        """Sent ones, for leads and managers; drafts by nobody but the applicant; an officer those they entered. Nobody
        reads those of people who asked us to stop using their record (UK GDPR article 18)."""
        rows = self.exclude(state=Application.State.DRAFT).filter(person__stopped_on=None)
        if holds(user, COORDINATORS):
            return rows
        if holds(user, {Role.OFFICER}):
            return rows.filter(entered_by=user.pk)
        return self.none()

    def found_by(self, secret: str) -> ApplicationQuerySet:
        """The one a link leads to: that which was made when it began, or that of an e-mail with our answer."""
        try:
            return self.filter(pk=signing.Signer(salt=MAILED).unsign(secret))
        except (signing.BadSignature, ValidationError):
            return self.filter(digest=Application.digest_of(secret))

    def for_list(self) -> ApplicationQuerySet:
        """In the order they came."""
        return self.select_related("call__panel").order_by("sent_at", "id")


def recordings() -> Storage:
    """Where voice and BSL recordings are kept: outside what the web server gives out, read through a checked page."""
    return storages["private"]


class Application(Record):
    """What somebody told us who would like to join a panel: nine questions, in their own words."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "Not sent yet"
        SENT = "sent", "Sent"
        SHORTLISTED = "shortlisted", "Shortlisted"
        OFFERED = "offered", "Offered a place"
        ACCEPTED = "accepted", "Said yes"
        DECLINED = "declined", "Said no"
        RESERVE = "reserve", "On the reserve list"
        NOT_CHOSEN = "not_chosen", "Not chosen"
        NO_ANSWER = "no_answer", "No answer to the offer"
        WITHDRAWN = "withdrawn", "Taken back"

    class How(models.TextChoices):
        """How it came."""

        ONLINE = "online", "Online"
        PHONE = "phone", "By phone"
        PAPER = "paper", "On paper"
        RECORDING = "recording", "As a recording"

    call = models.ForeignKey(RecruitmentCall, models.PROTECT, related_name="applications")
    number = models.CharField(
        max_length=12, unique=True, editable=False, help_text="What is said of it in place of a name."
    )
    digest = models.CharField(
        max_length=64, blank=True, editable=False, db_index=True, help_text="SHA-256 of the link's secret."
    )
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT, editable=False)
    how = models.CharField("how it came", max_length=10, choices=How, default=How.ONLINE)
    name = models.CharField("the name to use", max_length=150, blank=True)
    reach_by = models.CharField("how to reach them", max_length=10, blank=True)
    reach_at = models.CharField("number or address", max_length=254, blank=True)
    language = models.ForeignKey(
        Language, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="language to write to them in",
        help_text="Empty: English.",
    )  # fmt: skip
    postcode_start = models.CharField("first half of the postcode", max_length=4, blank=True)
    knows_about = models.JSONField("what they know about", default=list, blank=True)
    topics = models.TextField("what they want to talk about", blank=True)
    when_and_how = models.TextField("when and how they can join", blank=True)
    would_help = models.TextField("what would help them take part", blank=True)
    paid_by = models.CharField("how they would like to be paid", max_length=20, blank=True)
    may_write = models.BooleanField("we may write to them about panels", default=False)
    recording = models.FileField(storage=recordings, upload_to="applications/", blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        help_text="The officer who wrote down what the applicant said.",
    )  # fmt: skip
    sent_at = models.DateTimeField(null=True, editable=False)
    equality_asked = models.BooleanField(
        "equality questions were put", default=False, editable=False,
        help_text="Whether they answered or skipped, and what, is kept nowhere beside this.",
    )  # fmt: skip
    reason = models.CharField(
        "why", max_length=500, blank=True, editable=False, help_text="In words the applicant can read."
    )
    reserve_rank = models.PositiveSmallIntegerField(
        "place on the reserve list", null=True, editable=False, help_text="1 is asked first."
    )
    decided_on = models.DateField(null=True, editable=False)
    offer_until = models.DateField(
        "answer to the offer asked for by", null=True, editable=False,
        help_text="The offer stands at least until this day. After it a lead may close an offer nobody answered.",
    )  # fmt: skip
    blanked_on = models.DateField(
        null=True, editable=False, help_text="The day their words were deleted, because they were kept long enough."
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, editable=False, related_name="applications",
        help_text="Their record, once they said yes.",
    )  # fmt: skip
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "application"
        ordering = ["sent_at", "id"]
        indexes = [models.Index(fields=["call", "state", "sent_at"], name="application_call")]

    def __str__(self) -> str:
        return self.number

    @staticmethod
    def digest_of(secret: str) -> str:
        """The hash of a link's secret that is stored. 256 random bits, so a fast hash is enough (OWASP)."""
        return hashlib.sha256(secret.encode()).hexdigest()

    def is_opened_by(self, secret: str) -> bool:
        """Whether the secret of a link is one of this application."""
        mailed = secrets.compare_digest(secret.encode(), self.mailed_secret.encode())
        return mailed or (bool(self.digest) and secrets.compare_digest(self.digest, self.digest_of(secret)))

    @property
    def mailed_secret(self) -> str:
        """The secret of the link that goes with our answer: signed with the key of the server and kept nowhere."""
        return signing.Signer(salt=MAILED).sign(str(self.pk))

    @property
    def name_may_be_read(self) -> bool:
        """Whether those who choose may know who it is: from the offer of a place on, and not before. Once everybody
        has an answer nobody can be chosen any more: then it shows whom a colleague must tell."""
        if self.state in (self.State.OFFERED, self.State.ACCEPTED):
            return True
        told = self.state in (self.State.RESERVE, self.State.NOT_CHOSEN) and self.reach_by not in ("", "link")
        return told and self.call.state == RecruitmentCall.State.DECIDED


class PoolEntry(Guarded):
    """What an applicant agreed may be used to choose a balanced group. Never filled from monitoring answers."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="pool_entry")
    agreed_on = models.DateField()
    features = models.JSONField(
        default=dict, blank=True, help_text="Question → the answer they chose, for this selection alone."
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "entry in a selection pool"
        verbose_name_plural = "entries in selection pools"

    def __str__(self) -> str:
        return f"Pool entry of {self.application_id}"


class DrawQuerySet(VisibleQuerySet["Draw"]):
    """Seen by those who choose. What is published of it holds no name and no pool."""

    def visible_to(self, user: Actor) -> DrawQuerySet:
        """All, for leads and managers."""
        return self if holds(user, COORDINATORS) else self.none()


class Draw(Record):
    """A random selection: the pool was frozen and hashed before the seed was drawn, so that anybody can repeat it."""

    call = models.OneToOneField(RecruitmentCall, models.PROTECT, related_name="draw")
    frozen_at = models.DateTimeField(editable=False)
    pool = models.JSONField(editable=False, help_text="Application number → features. Never published.")
    pool_hash = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the frozen pool, published.")
    quotas = models.JSONField(default=dict, blank=True, editable=False, help_text="Feature → value → least and most.")
    method = models.CharField(max_length=200, editable=False, help_text="Library, version and algorithm.")
    seed = models.CharField(max_length=64, blank=True, editable=False, help_text="Drawn after the pool was frozen.")
    seed_source = models.CharField(max_length=200, blank=True, editable=False)
    drawn_at = models.DateTimeField(null=True, editable=False)
    chosen = models.JSONField(
        default=list, blank=True, editable=False, help_text="Application numbers. Never published."
    )

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = "random selection"

    def __str__(self) -> str:
        return f"Draw of {self.call_id}"
