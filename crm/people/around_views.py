"""Who supports a person, and through whom they are reached: added, changed, ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm.base.rules import Blocker
from crm.people import actions, permissions, rules
from crm.people.around_forms import EndForm, IntermediaryForm, SupporterForm
from crm.people.models import Intermediary, Person, Supporter
from crm.people.pages import AroundPersonPage, PersonPartPage


class AddSupporter(PersonPartPage):
    """Add who supports them."""

    permission = permissions.add_supporter
    title = "Who supports them"
    form_class = SupporterForm

    def save(self, form: Any, subject: Any) -> Supporter:
        """Add them."""
        return actions.add_supporter(actor=self.user, person=self.person, details=form.details())


class ChangeSupporter(AroundPersonPage):
    """Change who supports them."""

    permission = permissions.change_supporter
    title = "Change who supports them"
    model = Supporter
    form_class = SupporterForm

    def initial(self, record: Any) -> dict[str, Any]:
        """As stored; a record the reader may not see is not named."""
        own = Person.objects.visible_to(self.user).filter(pk=record.supporter_id).first()
        return {"kind": record.kind, "relation": record.relation, "supporter": own}

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It has ended."""
        return rules.blockers_to_ending(subject)

    def save(self, form: Any, subject: Any) -> Supporter:
        """Change it."""
        version = form.cleaned_data["version"]
        return actions.change_supporter(
            actor=self.user, supporter=subject, details=form.details(), expected_version=version
        )


class EndSupporter(AroundPersonPage):
    """They support the person no more."""

    permission = permissions.end_supporter
    title = "They support them no more"
    lead = "It stays in the record with today as its last day."
    model = Supporter
    form_class = EndForm

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It has ended."""
        return rules.blockers_to_ending(subject)

    def save(self, form: Any, subject: Any) -> Supporter:
        """End it."""
        return actions.end_supporter(actor=self.user, supporter=subject, expected_version=form.cleaned_data["version"])


class AddIntermediary(PersonPartPage):
    """Add through whom they are reached."""

    permission = permissions.add_intermediary
    title = "Through whom we reach them"
    lead = "Only with the person's agreement, or that of somebody who may give it for them. Ask again each year."
    form_class = IntermediaryForm

    def save(self, form: Any, subject: Any) -> Intermediary:
        """Add them."""
        return actions.add_intermediary(actor=self.user, person=self.person, details=form.details())


class ChangeIntermediary(AroundPersonPage):
    """Change through whom they are reached."""

    permission = permissions.change_intermediary
    title = "Change through whom we reach them"
    model = Intermediary
    form_class = IntermediaryForm

    def initial(self, record: Any) -> dict[str, Any]:
        """As stored; a record the reader may not see is not named."""
        names = ("agreed_by", "agreed_on", "through_organisation", "gatekeeper_risk")
        own = Person.objects.visible_to(self.user).filter(pk=record.through_person_id).first()
        return {**{name: getattr(record, name) for name in names}, "through_person": own}

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It has ended."""
        return rules.blockers_to_ending(subject)

    def save(self, form: Any, subject: Any) -> Intermediary:
        """Change it."""
        version = form.cleaned_data["version"]
        return actions.change_intermediary(
            actor=self.user, intermediary=subject, details=form.details(), expected_version=version
        )


class EndIntermediary(AroundPersonPage):
    """The person is not reached through them any more."""

    permission = permissions.end_intermediary
    title = "We reach them through this person or group no more"
    lead = "It stays in the record with today as its last day."
    model = Intermediary
    form_class = EndForm

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It has ended."""
        return rules.blockers_to_ending(subject)

    def save(self, form: Any, subject: Any) -> Intermediary:
        """End it."""
        return actions.end_intermediary(
            actor=self.user, intermediary=subject, expected_version=form.cleaned_data["version"]
        )
