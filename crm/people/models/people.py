"""People, as they want to be known and reached."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from crm.accounts.models import Team
from crm.areas.models import Area
from crm.base.actors import OFFICE_ROLES, Actor, Role, holds, scope_of
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.base.phones import shown_phone
from crm.languages.models import Language
from crm.organisations.models import Organisation


class PersonQuerySet(VisibleQuerySet["Person"]):
    """People are seen by those who work with them."""

    def visible_to(self, user: Actor) -> PersonQuerySet:
        """Officers, leads and managers: people of their team or locality. Champions: people they entered themselves.
        A restricted person: only the readers named on the record. Whoever asked us to stop: nobody (UK GDPR article
        18), until it is lifted; `held_for` finds them again."""
        if not holds(user, OFFICE_ROLES | {Role.CHAMPION}):
            return self.none()
        named = Q(named_readers=user.pk)
        scope = scope_of(user, OFFICE_ROLES)
        if scope.everywhere:
            near = Q(restricted=False)
        else:
            reach = Q(team__in=scope.teams) | Q(locality__in=scope.localities) | Q(entered_by=user.pk)
            near = Q(restricted=False) & reach
        return self.filter(near | Q(pk__in=Person.objects.filter(named).values("pk")), stopped_on=None)

    def held_for(self, user: Actor) -> PersonQuerySet:
        """People whose record may only be stored, for those who may lift that: leads and managers of their team or
        locality, and the readers named on a record that was restricted before."""
        roles = {Role.LEAD, Role.MANAGER}
        if not holds(user, roles):
            return self.none()
        scope = scope_of(user, roles)
        near = Q(restricted=False) & (Q(team__in=scope.teams) | Q(locality__in=scope.localities))
        near = Q(restricted=False) if scope.everywhere else near
        named = Q(pk__in=Person.objects.filter(named_readers=user.pk).values("pk"))
        return self.filter(near | named).exclude(stopped_on=None)

    def for_list(self) -> PersonQuerySet:
        """By name, with places, team, languages and groups. 2 queries."""
        with_one = self.select_related("area", "locality", "team").order_by("name", "id")
        return with_one.with_parts("roles__organisation", "language_uses__language")


def one_of_people(people: PersonQuerySet) -> Exists:
    """For whatever hangs on a person: whether theirs is one of these, asked by their key and not of a list of all who
    may be seen (decision 14)."""
    return Exists(people.order_by().filter(pk=OuterRef("person_id")))


class Person(Record):
    """Somebody we met or mean to meet. Their community is theirs to declare and is not kept here."""

    class AgeBand(models.TextChoices):
        """Age in bands; a date of birth is never asked for."""

        UNDER_14 = "under_14", "Under 14"
        TEENAGER = "14_17", "14 to 17"
        YOUNG = "18_24", "18 to 24"
        ADULT = "25_64", "25 to 64"
        OLDER = "65_79", "65 to 79"
        OLDEST = "80_plus", "80 or over"
        UNKNOWN = "unknown", "Not known"

    class Interpreter(models.TextChoices):
        """Whom they want beside them when somebody interprets."""

        WOMAN = "woman", "A woman"
        MAN = "man", "A man"

    CHILDREN = ("under_14", "14_17")

    name = models.CharField("name they use", max_length=150, help_text="As they introduce themselves.")
    form_of_address = models.CharField(max_length=60, blank=True, help_text="Like Mrs Begum, Haji sahib, or just Sam.")
    pronouns = models.CharField(max_length=40, blank=True, help_text="If they gave them.")
    age_band = models.CharField(max_length=10, choices=AgeBand, default=AgeBand.UNKNOWN)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ward")
    locality = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, editable=False, related_name="+", help_text="Found from the ward."
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    contact_rules = models.TextField(
        "contact rules", blank=True, help_text="What must never happen, like: never leave a message. Shown before use."
    )
    interpreter = models.CharField(
        "interpreter", max_length=10, choices=Interpreter, blank=True, help_text="Whether they want a woman or a man."
    )
    interpreter_not_from_community = models.BooleanField(
        "not from their own community", default=False, help_text="In a small community everybody knows everybody."
    )
    interpreter_note = models.CharField(
        "about interpreters", max_length=200, blank=True, help_text="Like: not Mr Khan; ask for the same one again."
    )
    responsible_adult = models.CharField(max_length=150, blank=True, help_text="For someone under 18.")
    restricted = models.BooleanField(default=False, help_text="Only named colleagues may see this person.")
    named_readers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    stopped_on = models.DateField(
        "only stored since", null=True, blank=True, editable=False,
        help_text="They asked us to stop using their record. It is kept and left alone.",
    )  # fmt: skip

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name", "id"], name="person_name"),
            models.Index(fields=["locality", "name", "id"], name="person_locality_name"),
            models.Index(fields=["team", "name", "id"], name="person_team_name"),
            models.Index(fields=["modified_at", "id"], name="person_changed"),
        ]

    def __str__(self) -> str:
        return self.name


class ContactWay(Guarded):
    """One way to reach a person, or one that must not be used."""

    class Kind(models.TextChoices):
        """By what."""

        PHONE = "phone", "Phone call"
        TEXT = "text", "Text message"
        EMAIL = "email", "E-mail"
        LETTER = "letter", "Letter"
        VISIT = "visit", "Visit"
        GROUP = "group", "Through their group"
        OTHER = "other", "Another way"

    person = models.ForeignKey(Person, models.CASCADE, related_name="ways")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField("number or address", max_length=254, blank=True)
    is_preferred = models.BooleanField("they prefer this", default=False)
    do_not_use = models.BooleanField("do not use", default=False, help_text="Never reach them this way.")
    best_times = models.CharField(max_length=100, blank=True, help_text="Like: after 5, not on Fridays.")
    is_safe = models.BooleanField(
        "they say this is safe", default=False, help_text="Open even where a safe-contact rule closes ways of its kind."
    )
    note = models.CharField(max_length=200, blank=True, help_text="Like: ask for Sam, or why not to use it.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "way to reach a person"
        verbose_name_plural = "ways to reach a person"
        ordering = ["-is_preferred", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_preferred=True),
                name="one_preferred_way",
                violation_error_message="Choose one preferred way.",
            ),
            models.CheckConstraint(
                condition=~Q(is_preferred=True, do_not_use=True),
                name="preferred_way_may_be_used",
                violation_error_message="A way cannot be preferred and not to be used.",
            ),
            models.CheckConstraint(
                condition=~Q(is_safe=True, do_not_use=True),
                name="safe_way_may_be_used",
                violation_error_message="A way cannot be safe and not to be used.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def by_number(self) -> bool:
        """Whether the value is a telephone number."""
        return self.kind in (self.Kind.PHONE, self.Kind.TEXT)

    @property
    def shown_value(self) -> str:
        """The number or address as people write it."""
        return shown_phone(self.value) if self.by_number else self.value

    @property
    def address(self) -> str:
        """A link that a phone or a mail program follows; empty where there is none."""
        starts = {self.Kind.PHONE: "tel:", self.Kind.TEXT: "sms:", self.Kind.EMAIL: "mailto:"}
        start = starts.get(self.Kind(self.kind))
        return f"{start}{self.value}" if start and self.value else ""


class PersonLanguage(Guarded):
    """A language a person speaks, reads or signs."""

    class Use(models.TextChoices):
        """Speaking and reading differ: letters in Urdu do not help somebody who speaks it and reads English."""

        SPEAKS = "speaks", "Speaks"
        READS = "reads", "Reads"
        SIGNS = "signs", "Signs"
        READS_NOT = "reads_not", "Does not read"

    person = models.ForeignKey(Person, models.CASCADE, related_name="language_uses")
    language = models.ForeignKey(Language, models.PROTECT, related_name="+")
    use = models.CharField(max_length=10, choices=Use)
    is_preferred = models.BooleanField("they prefer this", default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "language of a person"
        ordering = ["-is_preferred", "use", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "language", "use"], name="one_use_per_person_and_language")
        ]

    def __str__(self) -> str:
        return f"{self.get_use_display()} {self.language_id}"


class PersonRole(Guarded):
    """What a person is in a group, for as long as they are."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people_roles")
    role = models.CharField("what they are there", max_length=100, help_text="Like chair, imam, member, volunteer.")
    first_day = models.DateField("from", null=True, blank=True)
    last_day = models.DateField("until", null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "role in a group"
        verbose_name_plural = "roles in groups"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day")),
                name="person_role_ends_after_it_starts",
                violation_error_message="The last day must be the first day or later.",
            )
        ]

    def __str__(self) -> str:
        return self.role
