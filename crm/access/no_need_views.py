"""That somebody was asked and needs nothing: written down on their page, and taken back when it was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404

from crm.access import permissions, rules
from crm.access.actions import note_no_need, take_back_no_need
from crm.access.forms import NoNeedForm, TakeBackForm
from crm.access.models import NoNeed
from crm.base.rules import Blocker
from crm.people.marks import mark_restricted_people
from crm.people.pages import AroundPersonPage, PersonPartPage


class NoteNoNeed(PersonPartPage):
    """They were asked, and need nothing."""

    permission = permissions.note_no_need
    title = "They were asked and need nothing"
    saved_words = "Saved: they need nothing."
    lead = (
        "Ask every time in plain words: is there anything we can do so that it is easier for you to take part, to read "
        "what we send, or to talk with us? Never guess. When you write down a need later, this ends by itself."
    )
    form_class = NoNeedForm

    def save(self, form: Any, subject: Any) -> NoNeed:
        """Write it down."""
        return note_no_need(actor=self.user, person=self.person, details=form.details())


class TakeBackNoNeed(AroundPersonPage):
    """It was wrong."""

    permission = permissions.take_back_no_need
    title = "It is not right that they need nothing"
    lead = "Do they need something? Then write down the need instead, and this ends by itself."
    model = NoNeed
    form_class = TakeBackForm

    def subject(self) -> Any:
        """The answer, while it stands. Whoever opens it for a restricted person leaves a mark."""
        if self.request.method == "GET":
            if self.record.ended_on is not None:
                raise Http404
            mark_restricted_people(self.user, [self.record.person])
        return self.record

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is taken back."""
        return rules.blockers_to_taking_back(subject, "")

    def save(self, form: Any, subject: Any) -> NoNeed:
        """Take it back."""
        data = form.cleaned_data
        return take_back_no_need(
            actor=self.user, no_need=subject, reason=data["reason"], expected_version=data["version"]
        )
