"""What a person looks like, coming in and going out."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.inputs import Input, Link, Links, choice, one_of, text
from api.v1 import examples
from api.v1.groups import GroupOut
from api.views import Named, Output
from crm.accounts.models import User
from crm.areas.models import Area
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.details import HatDetails, LanguageUseDetails, RoleDetails, SafeRuleDetails, WayDetails
from crm.people.models import ContactWay, Person, PersonHat, PersonLanguage, SafeContactRule

OWN = (
    "name", "form_of_address", "pronouns", "age_band", "contact_rules", "interpreter",
    "interpreter_not_from_community", "interpreter_note", "responsible_adult", "restricted",
)  # fmt: skip
PARTS = {"ways": WayDetails, "languages": LanguageUseDetails, "roles": RoleDetails, "hats": HatDetails,
         "safe_rules": SafeRuleDetails}  # fmt: skip
WAY = ("kind", "value", "is_preferred", "do_not_use", "best_times", "is_safe", "note")
MANY = 50


class WayShape(Input):
    """One way to reach a person, or one that must not be used."""

    kind = choice(ContactWay.Kind, required=True)
    value = text(254, help_text="Number or address.")
    is_preferred = serializers.BooleanField(default=False, help_text="They prefer this.")
    do_not_use = serializers.BooleanField(default=False, help_text="It must not be used.")
    best_times = text(100, help_text="Like: after 5, not on Fridays.")
    is_safe = serializers.BooleanField(
        default=False, help_text="They say it is safe: open even where a rule closes ways of its kind."
    )
    note = text(200, help_text="Like: ask for Sam, or why not to use it.")


class LanguageShape(Input):
    """A language a person speaks, reads or signs."""

    language = Link(Language, required=True)
    use = choice(PersonLanguage.Use, required=True)
    is_preferred = serializers.BooleanField(default=False, help_text="They prefer this.")


class RoleShape(Input):
    """What a person is in a group."""

    organisation = Link(
        Organisation, required=True, allow_null=True,
        help_text="Null only in a role that you read so: it is in a group you may not open, and stays as it is.",
    )  # fmt: skip
    role = text(100, required=True, help_text="Like chair, imam, member, volunteer.")
    first_day = serializers.DateField(required=False, allow_null=True)
    last_day = serializers.DateField(required=False, allow_null=True)


class HatShape(Input):
    """Who the person is to us, for as long as they are."""

    hat = choice(PersonHat.Hat, required=True)
    first_day = serializers.DateField(required=False, allow_null=True)
    last_day = serializers.DateField(required=False, allow_null=True)


class SafeRuleShape(Input):
    """A safe-contact rule. What it closes is told at `/people/{id}/ways/`."""

    rule = choice(SafeContactRule.Rule, required=True)
    words = text(200, help_text="In their words, if there is more to say.")


class PersonInput(Input):
    """A person. Lists are sent whole."""

    always = ("name",)
    name = text(150, help_text="The name they use.")
    form_of_address = text(60, help_text="Like Mrs Begum, Haji sahib, or just Sam.")
    pronouns = text(40, help_text="If they gave them.")
    age_band = choice(Person.AgeBand)
    area = Link(Area, allow_null=True, help_text="The ward.")
    contact_rules = text(1000, help_text="What must never happen, like: never leave a message.")
    interpreter = one_of(
        ["", *Person.Interpreter.values], required=False, help_text="Whether they want a woman or a man."
    )
    interpreter_not_from_community = serializers.BooleanField(
        required=False, help_text="The interpreter must not be from their own community."
    )
    interpreter_note = text(200, help_text="Like: not Mr Khan; ask for the same one again.")
    responsible_adult = text(150, help_text="For someone under 18.")
    restricted = serializers.BooleanField(required=False, help_text="Only named colleagues may see this person.")
    named_readers = Links(User)
    ways = serializers.ListField(child=WayShape(), required=False, max_length=MANY)
    languages = serializers.ListField(child=LanguageShape(), required=False, max_length=MANY)
    roles = serializers.ListField(child=RoleShape(), required=False, max_length=MANY)
    hats = serializers.ListField(child=HatShape(), required=False, max_length=MANY)
    safe_rules = serializers.ListField(child=SafeRuleShape(), required=False, max_length=MANY)


class LanguageOut(Output):
    """A language a person uses."""

    language = Named()
    use = serializers.CharField()
    is_preferred = serializers.BooleanField()


class RoleOut(Output):
    """What a person is in a group."""

    organisation = GroupOut()
    role = serializers.CharField()
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)


class WayOut(Output):
    """A way to reach a person."""

    kind = serializers.CharField()
    value = serializers.CharField()
    is_preferred = serializers.BooleanField()
    do_not_use = serializers.BooleanField()
    best_times = serializers.CharField()
    is_safe = serializers.BooleanField()
    note = serializers.CharField()
    open = serializers.BooleanField(help_text="Whether it may be used at all. A purpose may close it besides.")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why it is closed.")
    obey = serializers.ListField(child=serializers.CharField(), help_text="What to obey when you use it.")


class HatOut(Output):
    """Who a person is to us."""

    hat = serializers.CharField()
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)


class SafeRuleOut(Output):
    """A safe-contact rule."""

    rule = serializers.CharField()
    words = serializers.CharField()


class FlagOut(Output):
    """Something that must be got right about a person."""

    words = serializers.CharField(help_text="What to do.")
    need = serializers.CharField(help_text="The need itself, for readers who may see it.")
    about = serializers.CharField(help_text="Whose it is, when not the person's own, like: her father.")


class PersonOut(Output):
    """A person, as a list shows them: without numbers and addresses."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    form_of_address = serializers.CharField()
    pronouns = serializers.CharField()
    age_band = serializers.CharField()
    area = Named(allow_null=True)
    locality = Named(allow_null=True)
    team = Named(allow_null=True)
    contact_rules = serializers.CharField(help_text="What must never happen. Read it before you use a way.")
    get_right = FlagOut(many=True, help_text="What must be got right. Show it before anything else.")
    interpreter = serializers.CharField()
    interpreter_not_from_community = serializers.BooleanField()
    interpreter_note = serializers.CharField()
    responsible_adult = serializers.CharField()
    restricted = serializers.BooleanField()
    languages = LanguageOut(many=True)
    roles = RoleOut(many=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class PersonWhole(PersonOut):
    """A person with the ways to reach them."""

    ways = WayOut(many=True)
    hats = HatOut(many=True)
    safe_rules = SafeRuleOut(many=True)
    named_readers = Named(many=True)


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}10", "version": 1, "name": "Parveen Begum", "form_of_address": "Mrs Begum", "pronouns": "",
    "age_band": "65_79", "area": examples.EVENT["area"], "locality": examples.EVENT["locality"], "team": None,
    "contact_rules": "", "get_right": [{"words": "Never leave a voice message.", "need": "", "about": ""}],
    "interpreter": "woman", "interpreter_not_from_community": True, "interpreter_note": "",
    "responsible_adult": "", "restricted": False, "languages": [],
    "roles": [{"organisation": examples.GROUP, "role": "member", "first_day": None, "last_day": None}],
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
PHONE = {"kind": "phone", "value": "07700 900123", "is_preferred": True, "do_not_use": False,
         "best_times": "After 6pm", "is_safe": False, "note": ""}  # fmt: skip
NO_VOICEMAIL = {"rule": "no_voicemail", "words": ""}
EXAMPLE_WHOLE = {
    **EXAMPLE,
    "ways": [{**PHONE, "open": True, "reasons": [], "obey": ["Never leave a voice message. Ring again."]}],
    "hats": [{"hat": "carer", "first_day": "2025-03-01", "last_day": None}],
    "safe_rules": [NO_VOICEMAIL],
    "named_readers": [],
}
EXAMPLE_INPUT = {"name": "Parveen Begum", "form_of_address": "Mrs Begum", "ways": [PHONE],
                 "safe_rules": [NO_VOICEMAIL]}  # fmt: skip
