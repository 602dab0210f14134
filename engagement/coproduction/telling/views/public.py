"""What stands in public, as staff see it; putting something there and taking it off; and how long answers take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.rules import Blocked, Blocker
from crm.base.views import WorkspacePage, WorkspaceView, one_of, one_seen, refusal_words
from crm.counting.figures import says_how_it_changes, says_the_rule, says_the_rules
from engagement.coproduction.decisions.models import Decision
from engagement.coproduction.telling import actions, permissions, rules
from engagement.coproduction.telling.forms.tellings import PublicPromiseForm, ReasonForm
from engagement.coproduction.telling.models import PublicLine, PublicPromise
from engagement.coproduction.telling.reports.days import days_to_answer
from engagement.coproduction.telling.reports.you_said import lines_for_staff, you_said
from engagement.log.models import Promise

MOST = 200


class PublicLines(WorkspacePage):
    """You said, we did: what stands there, in which languages, and the headline; promises in public."""

    permission = permissions.read_public_lines
    template_name = "workspace/coproduction/you_said.html"
    title = "You said, we did"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines and promises."""
        rows = PublicLine.objects.visible_to(self.user).for_list().prefetch_related("decision__words__language")
        promises = PublicPromise.objects.visible_to(self.user).public().for_list()
        return super().get_context_data(
            told=you_said(),
            lines=lines_for_staff(rows[:MOST]),
            promises=promises[:MOST],
            promises_on=settings.PUBLIC_PROMISES,
            may_take_off=permissions.take_line_off(actor=self.user),
            rule=says_the_rule(),
            public_rule=says_how_it_changes(),
            **kwargs,
        )


class PublishLine(WorkspaceView):
    """A button on the page of a decision."""

    permission = permissions.publish_line

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Put it there. Pressed twice, it stands there once."""
        decision = one_seen(self.user, Decision, pk)
        try:
            actions.publish_line(actor=self.user, decision=decision)
            messages.success(request, "It stands in You said, we did.")
        except Blocked as refusal:
            for words in refusal_words(refusal):
                messages.warning(request, words)
        return HttpResponseRedirect(reverse("workspace:decision", args=[decision.pk]))


class TakeLineOff(EditPage):
    """A line is taken off."""

    permission = permissions.take_line_off
    template_name = "workspace/coproduction/edit.html"
    title = "Take this off You said, we did"
    saved_words = "Taken off."

    def subject(self) -> Any:
        """The line."""
        return one_of(PublicLine.objects.visible_to(self.user).select_related("decision"), pk=self.kwargs["pk"])

    def make_form(self, data: Any, subject: Any) -> Any:
        """Why."""
        return ReasonForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is not in public."""
        return rules.blockers_to_taking_line_off(subject, "")

    def save(self, form: Any, subject: Any) -> Any:
        """Take it off."""
        data = form.cleaned_data
        return actions.take_line_off(
            actor=self.user, line=subject, reason=data["reason"], expected_version=data["version"]
        )

    def address(self, subject: Any) -> str:
        """All lines."""
        return reverse("workspace:you-said")


class PublishPromise(EditPage):
    """A promise is put into the public list."""

    permission = permissions.publish_promise
    template_name = "workspace/coproduction/edit.html"
    title = "Put this promise into the public list"
    saved_words = "It stands in the public list."

    def subject(self) -> Any:
        """The promise."""
        return one_of(Promise.objects.visible_to(self.user).select_related("event"), pk=self.kwargs["pk"])

    def make_form(self, data: Any, subject: Any) -> Any:
        """The words for anyone to read begin empty: those of the contact stay there."""
        return PublicPromiseForm(data, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is somebody’s own, or stands there."""
        public = PublicPromise.objects.filter(promise=subject).first()
        return rules.blockers_to_publishing_promise(subject, "", public)

    def save(self, form: Any, subject: Any) -> Any:
        """Put it there."""
        actions.publish_promise(actor=self.user, promise=subject, words=form.cleaned_data["words"])
        return subject

    def address(self, subject: Any) -> str:
        """The promise."""
        return reverse("workspace:promise", args=[subject.pk])

    def shows(self) -> dict[str, Any]:
        """What to know."""
        return {
            "caption": "A promise",
            "lead": "Anyone reads it, with its day and whether it was kept. A promise to one person is theirs.",
        }


class TakePromiseOff(WorkspaceView):
    """A button beside a promise in public."""

    permission = permissions.take_promise_off

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Take it off; pressed twice, it is off."""
        public = one_seen(self.user, PublicPromise, pk)
        try:
            actions.take_promise_off(actor=self.user, public=public)
            messages.success(request, "Taken off the public list.")
        except Blocked as refusal:
            for words in refusal_words(refusal):
                messages.warning(request, words)
        return HttpResponseRedirect(reverse("workspace:you-said"))


class DaysPage(WorkspacePage):
    """How long answers take, by community and locality."""

    permission = permissions.read_days_to_answer
    template_name = "workspace/coproduction/days.html"
    title = "How long answers take"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The figures."""
        return super().get_context_data(report=days_to_answer(), rule=says_the_rules(), **kwargs)
