"""The form about a person: it translates, holds no rule and never saves."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.accounts.models import User
from crm.areas.models import Area
from crm.base.actors import FIELD_ROLES
from crm.base.forms import DateBoxes
from crm.base.naming import NamedField
from crm.base.phones import shown_phone
from crm.base.rows import RowForm, RowsForm
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.details import (
    HatDetails,
    LanguageUseDetails,
    PersonDetails,
    RoleDetails,
    SafeRuleDetails,
    WayDetails,
)
from crm.people.models import ContactWay, Person, PersonHat, PersonLanguage, SafeContactRule
from crm.people.rules import BY_NUMBER

OWN_FIELDS = (
    "name", "form_of_address", "pronouns", "age_band", "area", "contact_rules", "interpreter",
    "interpreter_not_from_community", "interpreter_note", "responsible_adult", "restricted", "version",
)  # fmt: skip
WAY_FIELDS = ("kind", "value", "is_preferred", "do_not_use", "best_times", "is_safe", "note")


def _help(field: str) -> str:
    return str(Person._meta.get_field(field).help_text)  # type: ignore[union-attr]


class WayForm(RowForm):
    """One way to reach the person."""

    key = "kind"
    beside = "Choose by what, or empty the row"

    kind = forms.ChoiceField(label="By what", choices=[("", "None"), *ContactWay.Kind.choices], required=False)
    value = forms.CharField(label="Number or address", max_length=254, required=False)
    is_preferred = forms.BooleanField(label="They prefer this", required=False)
    do_not_use = forms.BooleanField(label="Do not use", required=False)
    best_times = forms.CharField(
        label="Best times", help_text="Like: after 5, not on Fridays.", max_length=100, required=False
    )
    is_safe = forms.BooleanField(
        label="They say this is safe",
        help_text="It then stays open even where a safe-contact rule closes ways like it.",
        required=False,
    )
    note = forms.CharField(
        label="Note", help_text="Like: ask for Sam, or why not to use it.", max_length=200, required=False
    )


class LanguageForm(RowForm):
    """One language and how the person uses it."""

    key = "language"
    beside = "Choose the language, or empty the row"

    language = forms.ModelChoiceField(
        label="Language", queryset=Language.objects.none(), required=False, empty_label="None"
    )
    use = forms.ChoiceField(label="How", choices=[("", "Choose"), *PersonLanguage.Use.choices], required=False)
    is_preferred = forms.BooleanField(label="They prefer this", required=False)

    def __init__(self, *args: Any, languages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.queryset = Language.objects.all()
        language.choices = languages

    def clean_use(self) -> str:
        """Asks for it when a language was chosen."""
        use: str = self.cleaned_data["use"]
        if self.cleaned_data.get("language") and not use:
            raise forms.ValidationError("Choose whether they speak, read, sign or do not read it")
        return use


class HatForm(RowForm):
    """Who the person is to us."""

    key = "hat"
    beside = "Choose who they are to us, or empty the row"

    hat = forms.ChoiceField(label="Who they are to us", choices=[("", "None"), *PersonHat.Hat.choices], required=False)
    first_day = DateBoxes(label="From (optional)", required=False)
    last_day = DateBoxes(label="Until (optional)", required=False)


class SafeRuleForm(RowForm):
    """One safe-contact rule."""

    key = "rule"
    beside = "Choose the rule, or empty the row"

    rule = forms.ChoiceField(label="Rule", choices=[("", "None"), *SafeContactRule.Rule.choices], required=False)
    words = forms.CharField(
        label="In their words (optional)",
        help_text="If there is more to say. Everybody who meets them reads it.",
        max_length=200,
        required=False,
    )


class RoleForm(RowForm):
    """One role in a group."""

    key = "organisation"
    beside = "Write the name of the group, or empty the row"

    organisation = NamedField(
        label="Group",
        help_text="Its name as it stands in Heard.",
        unknown="We do not know this group. Add it to the groups first",
        rows=Organisation.objects.none(),
    )
    role = forms.CharField(
        label="What they are there", help_text="Like chair, imam, member, volunteer.", max_length=100, required=False
    )
    first_day = DateBoxes(label="From (optional)", required=False)
    last_day = DateBoxes(label="Until (optional)", required=False)

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["organisation"]
        group.rows = groups
        known = self.initial.get("organisation")
        group.stood_there = known if isinstance(known, Organisation) else None


class PersonForm(RowsForm):
    """Everything about a person."""

    row_kinds = {
        "safe_rules": SafeRuleForm, "ways": WayForm, "languages": LanguageForm, "hats": HatForm, "roles": RoleForm,
    }  # fmt: skip

    name = forms.CharField(label="Name they use", help_text=_help("name"), max_length=150, required=False)
    form_of_address = forms.CharField(
        label="How to address them (optional)", help_text=_help("form_of_address"), max_length=60, required=False
    )
    pronouns = forms.CharField(label="Pronouns (optional)", help_text=_help("pronouns"), max_length=40, required=False)
    contact_rules = forms.CharField(
        label="Contact rules (optional)",
        help_text=_help("contact_rules"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    interpreter = forms.ChoiceField(
        label="Interpreter (optional)",
        help_text=_help("interpreter"),
        choices=[("", "They did not say"), *Person.Interpreter.choices],
        required=False,
    )
    interpreter_not_from_community = forms.BooleanField(
        label="The interpreter must not be from their own community",
        help_text=_help("interpreter_not_from_community"),
        required=False,
    )
    interpreter_note = forms.CharField(
        label="More about interpreters (optional)",
        help_text=_help("interpreter_note"),
        max_length=200,
        required=False,
    )
    area = forms.ModelChoiceField(
        label="Ward (optional)", queryset=Area.objects.none(), required=False, empty_label="Not known"
    )
    age_band = forms.ChoiceField(label="Age", choices=Person.AgeBand.choices, required=False)
    responsible_adult = forms.CharField(
        label="Responsible adult (optional)", help_text=_help("responsible_adult"), max_length=150, required=False
    )
    restricted = forms.BooleanField(label="Only named colleagues may see this person", required=False)
    named_readers = forms.ModelMultipleChoiceField(
        label="Who may see them (only if restricted)",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ward: Any = self.fields["area"]
        ward.queryset = Area.objects.visible_to(self.reader).wards()
        readers: Any = self.fields["named_readers"]
        meeting = User.objects.visible_to(self.reader).filter(is_active=True, grants__role__in=FIELD_ROLES)
        readers.queryset = meeting.distinct().order_by("name", "id")

    def row_arguments(self, name: str) -> dict[str, Any]:
        """The languages, read once for all rows; the groups this reader may see."""
        if name == "languages":
            languages = Language.objects.visible_to(self.reader).order_by("name")
            return {"languages": [("", "None"), *languages.values_list("pk", "name")]}
        return {"groups": Organisation.objects.visible_to(self.reader)} if name == "roles" else {}

    def details(self) -> PersonDetails:
        """The person as they shall stand."""
        data = self.cleaned_data
        own = {name: data[name] for name in OWN_FIELDS if name not in ("age_band", "version")}
        return PersonDetails(
            **own,
            age_band=data["age_band"] or Person.AgeBand.UNKNOWN,
            named_readers=list(data["named_readers"]),
            ways=[WayDetails(**row) for row in self.given("ways")],
            languages=[LanguageUseDetails(**row) for row in self.given("languages")],
            roles=[RoleDetails(**row) for row in self.given("roles")],
            hats=[HatDetails(**row) for row in self.given("hats")],
            safe_rules=[SafeRuleDetails(**row) for row in self.given("safe_rules")],
        )


def initial_of(person: Person | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if person is None:
        return {"age_band": Person.AgeBand.UNKNOWN}
    own: dict[str, Any] = {name: getattr(person, name) for name in OWN_FIELDS}
    return {**own, "named_readers": list(person.named_readers.all())}


def rows_of(person: Person | None, reader: Any) -> dict[str, list[dict[str, Any]]]:
    """What hangs on the person, a row each; of their roles those in groups the reader may open."""
    if person is None:
        return {}
    roles = person.roles.all()
    seen = Organisation.objects.seen_among(reader, {role.organisation_id for role in roles})
    ways = [{name: getattr(way, name) for name in WAY_FIELDS} for way in person.ways.all()]
    for way in ways:
        way["value"] = shown_phone(way["value"]) if way["kind"] in BY_NUMBER and way["value"] else way["value"]
    return {
        "ways": ways,
        "languages": [
            {"language": use.language_id, "use": use.use, "is_preferred": use.is_preferred}
            for use in person.language_uses.all()
        ],
        "roles": [
            {name: getattr(role, name) for name in ("organisation", "role", "first_day", "last_day")}
            for role in roles
            if role.organisation_id in seen
        ],
        "hats": [{name: getattr(hat, name) for name in ("hat", "first_day", "last_day")} for hat in person.hats.all()],
        "safe_rules": [{"rule": rule.rule, "words": rule.words} for rule in person.safe_rules.all()],
    }
