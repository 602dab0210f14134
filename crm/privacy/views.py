"""Privacy around a person: what they allow, what they object to, stopping their record and using it again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.permissions import Permission
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_seen
from crm.base.words import named_day
from crm.people.actions import read_restricted_people
from crm.people.models import Person
from crm.people.pages import AroundPersonPage, PersonPartPage
from crm.privacy import actions, forms, permissions, rules
from crm.privacy.models import ContactPermission, Objection, PrivacyNotice, Purpose, Restriction
from crm.privacy.reports import ways_to_reach

MOST = 200  # stopped people on one page; a council has a handful


class PrivacyPage(WorkspaceView):
    """What one person allows us and asked us to stop, and how to reach them for one purpose (`?purpose=` its key)."""

    permission = permissions.read_privacy

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        person = one_seen(self.user, Person, pk)
        if person.restricted:
            read_restricted_people(actor=self.user, people=[person])
        purposes = list(Purpose.objects.visible_to(self.user).current().order_by("name"))
        chosen = next((purpose for purpose in purposes if purpose.key == request.GET.get("purpose")), None)
        shown = {
            "title": "What they allow and what they asked us to stop",
            "person": person,
            "purposes": purposes,
            "chosen": chosen,
            "ways": ways_to_reach(person, purpose=chosen) if chosen else None,
            "notices": PrivacyNotice.objects.filter(person=person).select_related("language", "recorded_by"),
            "permissions": ContactPermission.objects.filter(person=person).select_related("purpose"),
            "objections": Objection.objects.filter(person=person).select_related("purpose"),
            "restrictions": Restriction.objects.filter(person=person),
            "may_decide": permissions.decide_objection.row.open_to(self.user),
            "may_stop": permissions.restrict_person.row.open_to(self.user),
        }
        return render(request, "workspace/privacy/person.html", shown)


class PrivacyPart(PersonPartPage):
    """Add something to a person's privacy; then back to it."""

    def address(self, subject: Any) -> str:
        """The privacy of the person."""
        return reverse("workspace:privacy-of", args=[self.person.pk])


class AddNotice(PrivacyPart):
    """They were told."""

    permission = permissions.record_notice
    title = "They were told what we do with what we know"
    form_class = forms.NoticeForm

    def make_form(self, data: Any, subject: Any) -> forms.NoticeForm:
        """Their own languages first."""
        return forms.NoticeForm(data, reader=self.user, about=self.person)

    def save(self, form: Any, subject: Any) -> Any:
        """Record it."""
        return actions.record_notice(actor=self.user, person=self.person, details=form.details())


class AddPermission(PrivacyPart):
    """They said we may."""

    permission = permissions.record_permission
    title = "They said that we may get in touch"
    form_class = forms.PermissionForm

    def save(self, form: Any, subject: Any) -> Any:
        """Record it."""
        return actions.record_permission(actor=self.user, person=self.person, details=form.details())


class AddObjection(PrivacyPart):
    """They object."""

    permission = permissions.record_objection
    title = "They object to something we do"
    lead = "It stops in the moment you save. A lead or manager decides within one month."
    form_class = forms.ObjectionForm

    def save(self, form: Any, subject: Any) -> Any:
        """Record it."""
        return actions.record_objection(actor=self.user, person=self.person, details=form.details())


class StopRecord(PersonPartPage):
    """Stop using a record. Afterwards nobody finds the person, so the way leads to the list."""

    permission = permissions.restrict_person
    title = "Stop using their record"
    saved_words = "The record is stopped. It is kept and nobody uses it. A lead or manager can lift this."
    lead = (
        "In the moment you save, nobody finds this person any more: not in lists, in search or by name. What they told "
        "us stays without their name. A lead or manager can lift it."
    )
    form_class = forms.RestrictionForm

    def save(self, form: Any, subject: Any) -> Any:
        """Stop it."""
        return actions.restrict_person(actor=self.user, person=self.person, details=form.details())

    def address(self, subject: Any) -> str:
        """Back to the person, or, when stopped, to the people that are left."""
        gone = isinstance(subject, Restriction)
        return reverse("workspace:people") if gone else reverse("workspace:person", args=[self.person.pk])


class RecordPage(AroundPersonPage):
    """A form about one record of a person's privacy."""

    def address(self, subject: Any) -> str:
        """The privacy of the person; of a stopped one, the list of those."""
        person = self.record.person
        if Person.objects.visible_to(self.user).filter(pk=person.pk).exists():
            return reverse("workspace:privacy-of", args=[person.pk])
        return reverse("workspace:stopped-people")


class TakePermissionBack(RecordPage):
    """They took it back."""

    permission = permissions.withdraw_permission
    title = "They took their permission back"
    model = ContactPermission
    form_class = forms.WithdrawForm

    def told(self, record: Any) -> str:
        """Which permission."""
        way = f", {record.get_channel_display().lower()}" if record.channel else ""
        return f"{record.purpose.name}{way}. They said so on {named_day(record.given_on)}: {record.how}"

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It was taken back."""
        return rules.blockers_to_withdrawing(subject, "")

    def save(self, form: Any, subject: Any) -> Any:
        """Record it."""
        data = form.cleaned_data
        return actions.withdraw_permission(
            actor=self.user, given=subject, how=data["how"], expected_version=data["version"]
        )


class DecideObjection(RecordPage):
    """Decide on an objection."""

    permission = permissions.decide_objection
    title = "Decide on their objection"
    lead = "Only a refusal opens the ways again. Tell the person what you decided, and that they can complain."
    model = Objection
    form_class = forms.DecisionForm

    def told(self, record: Any) -> str:
        """What they object to, in their words, and until when it must be decided."""
        what = record.purpose.name if record.purpose else "everything we do"
        words = f" In their words: {record.words}." if record.words else ""
        raised, until = named_day(record.raised_on), named_day(record.decide_by)
        return f"They object to: {what}. They said so on {raised}.{words} Decide by {until}."

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is decided."""
        return rules.blockers_to_deciding(subject, "", "")

    def save(self, form: Any, subject: Any) -> Any:
        """Decide."""
        data = form.cleaned_data
        return actions.decide_objection(
            actor=self.user,
            objection=subject,
            outcome=data["outcome"],
            reason=data["reason"],
            expected_version=data["version"],
        )


class LiftRestriction(RecordPage):
    """Use a stopped record again."""

    permission = permissions.lift_restriction
    title = "Use this record again"
    lead = "Tell the person first (UK GDPR article 18(3))."
    model = Restriction
    form_class = forms.LiftForm

    def told(self, record: Any) -> str:
        """Why it was stopped."""
        words = f" In their words: {record.words}." if record.words else ""
        return f"Stopped on {named_day(record.asked_on)}. {record.get_ground_display()}.{words}"

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is lifted."""
        return rules.blockers_to_lifting(subject, "")

    def save(self, form: Any, subject: Any) -> Any:
        """Lift it."""
        data = form.cleaned_data
        return actions.lift_restriction(
            actor=self.user, restriction=subject, reason=data["reason"], expected_version=data["version"]
        )


class StoppedPeople(WorkspaceView):
    """Who asked us to stop, for leads and managers: name, since when and why, nothing else. Each reading is audited."""

    permission = permissions.read_stopped_people

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        rows = Restriction.objects.visible_to(self.user).filter(lifted_on=None, person__stopped_on__isnull=False)
        restrictions = list(rows.select_related("person").order_by("asked_on", "id")[:MOST])
        if restrictions:
            actions.read_stopped_people(actor=self.user, people=[row.person for row in restrictions])
        shown = {"title": "Records we only store", "restrictions": restrictions}
        return render(request, "workspace/privacy/stopped.html", shown)


class PurposeList(WorkspaceView):
    """What the council does with what it knows about people, and on what basis in law."""

    permission = permissions.read_purposes

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        shown = {
            "title": "What we use people's details for",
            "purposes": Purpose.objects.visible_to(self.user).for_list(),
            "may_add": permissions.add_purpose.row.open_to(self.user),
        }
        return render(request, "workspace/privacy/purposes.html", shown)


class AddPurpose(EditPage):
    """Add a purpose."""

    permission: ClassVar[Permission] = permissions.add_purpose
    template_name = "workspace/privacy/edit_purpose.html"
    title = "Add a purpose"

    def make_form(self, data: Any, subject: Any) -> forms.PurposeForm:
        """What is stored, or what was sent."""
        initial, rows = forms.initial_of_purpose(subject), forms.rows_of_purpose(subject)
        return forms.PurposeForm(data, initial=initial, rows=rows, reader=self.user)

    def save(self, form: forms.PurposeForm, subject: Any) -> Purpose:
        """Add it."""
        return actions.add_purpose(actor=self.user, details=form.details())

    def address(self, subject: Any) -> str:
        """The list."""
        return reverse("workspace:purposes")


class ChangePurpose(AddPurpose):
    """Change a purpose."""

    permission = permissions.change_purpose
    title = "Change this purpose"

    def subject(self) -> Purpose:
        """The purpose."""
        found: Purpose = one_seen(self.user, Purpose, self.kwargs["pk"], "for_list")
        return found

    def save(self, form: forms.PurposeForm, subject: Any) -> Purpose:
        """Change it."""
        version = form.cleaned_data["version"]
        return actions.change_purpose(
            actor=self.user, purpose=subject, details=form.details(), expected_version=version
        )
