"""Declared communities of one person, on a page of their own: whoever opens it is written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_seen
from crm.declared import actions, permissions, rules
from crm.declared.forms import DeclarationForm, TakeBackForm
from crm.declared.models import DeclaredCommunity
from crm.people.models import Person
from crm.people.pages import AroundPersonPage, PersonPartPage


class DeclaredPage(WorkspaceView):
    """What one person declared."""

    permission = permissions.read_declared_communities

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        person = one_seen(self.user, Person, pk)
        actions.read_declared_communities(actor=self.user, people=[person])
        rows = DeclaredCommunity.objects.visible_to(self.user).filter(person=person)
        shown = {
            "title": "Communities they declared",
            "person": person,
            "declared": rows.select_related("community", "purpose"),
        }
        return render(request, "workspace/declared/person.html", shown)


class AddDeclaration(PersonPartPage):
    """They named a community."""

    permission = permissions.declare_community
    title = "They named a community they belong to"
    lead = "Only if they said so themselves, and only for what they told us. They can take it back at any time."
    form_class = DeclarationForm

    def save(self, form: Any, subject: Any) -> DeclaredCommunity:
        """Record it."""
        return actions.declare_community(actor=self.user, person=self.person, details=form.details())

    def address(self, subject: Any) -> str:
        """What they declared."""
        return reverse("workspace:declared-communities", args=[self.person.pk])


class TakeBack(AroundPersonPage):
    """They took it back."""

    permission = permissions.withdraw_declaration
    title = "They took back the community they named"
    lead = "Nothing uses it any more from the moment you save."
    model = DeclaredCommunity
    form_class = TakeBackForm

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is taken back."""
        return rules.blockers_to_withdrawing(subject)

    def save(self, form: Any, subject: Any) -> DeclaredCommunity:
        """Record it."""
        return actions.withdraw_declaration(
            actor=self.user, declaration=subject, expected_version=form.cleaned_data["version"]
        )

    def address(self, subject: Any) -> str:
        """What they declared."""
        return reverse("workspace:declared-communities", args=[self.record.person_id])
