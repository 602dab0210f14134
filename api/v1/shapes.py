"""What contacts, points and promises look like, coming in and going out."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.inputs import Input, Link, Links, choice, number, text
from api.views import Named, Output
from crm.accounts.models import User
from crm.areas.models import Area
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.log import rules
from engagement.log.models import AccessSupport, Barrier, EngagementEvent, Point, Promise, Reach, Topic

MANY = 200  # parts of one contact; more is a mistake of the sender


class ReachInput(Input):
    """People of one community, or of none named, that the contact reached."""

    community = Link(Community, allow_null=True, help_text="Leave out for a headcount of no named community.")
    people = number(
        allow_null=True, help_text="About how many.", min_value=1, max_value=rules.MOST_PEOPLE,
        error_messages={"min_value": rules.TOO_FEW.words},
    )  # fmt: skip
    basis = choice(Reach.Basis)
    voice = choice(Reach.Voice)
    through = Link(Organisation, allow_null=True, help_text="Which group spoke for them.")


class PointShape(Input):
    """One thing people told us."""

    always = ("words",)
    words = text(5000, help_text="What they told us. One sentence is enough.")
    kind = choice(Point.Kind)
    wording = choice(Point.Wording)
    language = Link(Language, allow_null=True, help_text="The language it was said in.")
    translation = text(5000, help_text="In English.")
    translator = text(100, help_text="A person's role or a service.")
    raised_by = Link(Person, allow_null=True, help_text="One of the people the contact was with.")
    raised_by_organisation = Link(Organisation, allow_null=True)
    through = Link(Organisation, allow_null=True, help_text="Who brought it to us.")
    voice = choice(Point.Voice)
    authority = text(200, help_text="With what right they were spoken for.")
    quoting = choice(Point.Quoting)


class PointPart(PointShape):
    """A point of a new contact."""

    def to_internal_value(self, data: Any) -> Any:
        """The values; a point without words is for the rules to refuse."""
        return {"words": "", **super().to_internal_value(data)}


class PromiseShape(Input):
    """What we said we would do, and by when. To whom and by whom is taken from the contact unless told."""

    always = ("due_on", "words")
    words = text(500, help_text="What you promised.")
    due_on = serializers.DateField(required=False, allow_null=True, help_text="By when.")
    owner = Link(User, allow_null=True, help_text="Who keeps it. You, unless told.")
    to_person = Link(Person, allow_null=True)
    to_organisation = Link(Organisation, allow_null=True)
    to_community = Link(Community, allow_null=True)

    def to_internal_value(self, data: Any) -> Any:
        """The values; what is missing is for the rules to refuse."""
        return {"words": "", **super().to_internal_value(data)}


class BarrierInput(Input):
    """Something that kept people from taking part."""

    barrier = Link(Barrier, required=True)
    words = text(300)


class ReferralInput(Input):
    """That a safeguarding concern was passed on. Never what it was."""

    passed_on_at = serializers.DateTimeField(help_text="When.")
    to_team = text(100, required=True, help_text="To which team.")
    reference = text(60)


class EventShape(Input):
    """What can be said about a contact, now or in a correction."""

    occurred_on = serializers.DateField(required=False, allow_null=True, help_text="The day it happened.")
    kind = choice(EngagementEvent.Kind)
    occurred_at = serializers.TimeField(required=False, allow_null=True, help_text="The time, if you know it.")
    area = Link(Area, allow_null=True, help_text="The ward.")
    place = text(200, help_text="Where, in words. Not a private address.")
    officers = Links(User, help_text="Who from us. You, unless told.")
    organisations = Links(Organisation, help_text="The groups you met.")
    people = Links(Person, help_text="The people you met.")
    met_in_words = text(200, help_text="A group we do not know yet, or the person's role. Not a name.")
    reach = serializers.ListField(
        child=ReachInput(), required=False, allow_null=True, max_length=MANY,
        help_text="Leave out to have it worked out from the groups you met.",
    )  # fmt: skip
    topics = Links(Topic)
    support_used = Links(AccessSupport, help_text="Access or language support that was used.")
    languages_used = Links(Language)
    barriers = serializers.ListField(child=BarrierInput(), required=False, max_length=MANY)
    follow_up = text(300, help_text="What to do next.")
    follow_up_on = serializers.DateField(required=False, allow_null=True)


class EventInput(EventShape):
    """A contact."""

    always = ("occurred_on", "points")
    restricted = serializers.BooleanField(required=False, help_text="Only named colleagues may read it.")
    named_readers = Links(User)
    points = serializers.ListField(
        child=PointPart(), required=False, max_length=MANY, help_text="What people told you; at least one."
    )
    promises = serializers.ListField(child=PromiseShape(), required=False, max_length=MANY)
    safeguarding = ReferralInput(required=False, allow_null=True)


class EventCorrectionInput(EventShape):
    """What was wrong about a contact, and why it changes."""

    reason = text(300, help_text="Why, in a few words.")


class ReasonInput(Input):
    """Why."""

    always = ("reason",)
    reason = text(500, help_text="Why, in a few words.")


class MaybeReasonInput(Input):
    """Why, where there is something to explain."""

    reason = text(500, help_text="Why, in a few words.")


class ShortReasonInput(Input):
    """Why."""

    always = ("reason",)
    reason = text(300, help_text="Why, in a few words.")


class KeepInput(Input):
    """How a promise was kept, if one wishes."""

    words = text(500, help_text="How, if you wish to say.")


class PointInput(PointShape):
    """A point of a contact that is logged already."""

    event = Link(EngagementEvent, required=True, help_text="The contact it was said at.")


class PointCorrectionInput(PointShape):
    """What was wrong about a point, and why it changes."""

    reason = text(300, help_text="Why, in a few words.")


class PromiseInput(PromiseShape):
    """A promise made at a contact that is logged already."""

    event = Link(EngagementEvent, required=True, help_text="The contact it was made at.")


class PromiseChangeInput(Input):
    """What a promise says from now on, and why."""

    always = ("reason",)
    words = text(500)
    due_on = serializers.DateField(required=False)
    owner = Link(User)
    reason = text(300, help_text="Why, in a few words.")


class MaybeNamed(Output):
    """A person by id and name; both empty when their record is not yours to see, or is no more."""

    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField(allow_null=True)


class ReachOut(Output):
    """Who was reached."""

    community = Named(allow_null=True)
    people = serializers.IntegerField(allow_null=True)
    basis = serializers.CharField()
    voice = serializers.CharField()
    through = Named(allow_null=True)


class BarrierOut(Named):
    """A barrier noticed."""

    words = serializers.CharField()


class PointBrief(Output):
    """A point as a contact shows it."""

    id = serializers.UUIDField()
    words = serializers.CharField()
    kind = serializers.CharField()
    quoting = serializers.CharField()


class PromiseBrief(Output):
    """A promise as a contact shows it."""

    id = serializers.UUIDField()
    words = serializers.CharField()
    due_on = serializers.DateField()
    state = serializers.CharField()


class Event(Output):
    """A contact."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.CharField(help_text="`standing` or `withdrawn`.")
    kind = serializers.CharField()
    occurred_on = serializers.DateField()
    occurred_at = serializers.CharField(allow_null=True)
    area = Named(allow_null=True)
    locality = Named(allow_null=True)
    place = serializers.CharField()
    team = Named(allow_null=True)
    logged_by = Named()
    officers = Named(many=True)
    organisations = Named(many=True)
    people = MaybeNamed(many=True)
    met_in_words = serializers.CharField()
    reach = ReachOut(many=True)
    topics = Named(many=True)
    support_used = Named(many=True)
    languages_used = Named(many=True)
    barriers = BarrierOut(many=True)
    points = PointBrief(many=True)
    promises = PromiseBrief(many=True)
    follow_up = serializers.CharField()
    follow_up_on = serializers.DateField(allow_null=True)
    restricted = serializers.BooleanField()
    named_readers = Named(many=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_reason = serializers.CharField()


class EventCorrectionOut(Output):
    """Who corrected a contact, when, why, and which fields."""

    at = serializers.DateTimeField()
    by = Named()
    reason = serializers.CharField()
    fields_ = serializers.ListField(child=serializers.CharField())

    def get_fields(self) -> dict[str, Any]:
        """`fields` is a word the framework keeps for itself on a class."""
        return {name.rstrip("_"): field for name, field in super().get_fields().items()}


class ReferralOut(Output):
    """That a concern was passed on."""

    passed_on_at = serializers.DateTimeField()
    to_team = serializers.CharField()
    reference = serializers.CharField()


class EventWhole(Event):
    """A contact with its history."""

    corrections = EventCorrectionOut(many=True)
    safeguarding = ReferralOut(many=True)


class Summary(Output):
    """That a group was met."""

    id = serializers.UUIDField(allow_null=True, help_text="Only when you may read the contact's words.")
    occurred_on = serializers.DateField()
    kind = serializers.CharField()
    topics = Named(many=True)


class PointOut(Output):
    """A point."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.CharField(help_text="`standing` or `withdrawn`, as its contact is.")
    event = serializers.UUIDField()
    occurred_on = serializers.DateField(help_text="The day of the contact.")
    position = serializers.IntegerField()
    words = serializers.CharField()
    kind = serializers.CharField()
    wording = serializers.CharField()
    language = Named(allow_null=True)
    translation = serializers.CharField()
    translator = serializers.CharField()
    raised_by = MaybeNamed(allow_null=True)
    raised_by_organisation = Named(allow_null=True)
    through = Named(allow_null=True)
    voice = serializers.CharField()
    authority = serializers.CharField()
    quoting = serializers.CharField()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class PromiseOut(Output):
    """A promise."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Promise.State.values)
    is_late = serializers.BooleanField(help_text="Open, and due before today.")
    is_void = serializers.BooleanField(help_text="Still open on a contact that was withdrawn: nobody waits for it.")
    event = serializers.UUIDField(allow_null=True, help_text="Only when you may read the contact's words.")
    words = serializers.CharField()
    due_on = serializers.DateField()
    owner = Named()
    to_person = MaybeNamed(allow_null=True)
    to_organisation = Named(allow_null=True)
    to_community = Named(allow_null=True)
    settled_on = serializers.DateField(allow_null=True)
    settled_words = serializers.CharField()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()
