"""A champion's own words: put on the site, changed, taken off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.rules import Blocked, Stale
from crm.base.views import WorkspaceView, one_of, refusal_words
from crm.champions.models import Appointment
from crm.directory import permissions
from crm.directory.actions import publish_champion_words, take_champion_words_off
from crm.directory.forms import WordsForm, initial_of_words
from crm.directory.models import ChampionWords


class PublishWords(EditPage):
    """What a champion wants to say in public."""

    permission = permissions.publish_champion_words
    template_name = "workspace/directory/words.html"
    title = "In their own words, for anyone to read"
    saved_words = "These words stand on the site."

    def subject(self) -> Any:
        """The appointment."""
        rows = Appointment.objects.visible_to(self.user).select_related("public_words")
        return one_of(rows, pk=self.kwargs["pk"])

    def make_form(self, data: Any, subject: Any) -> WordsForm:
        """What is stored, or what was sent."""
        stored = getattr(subject, "public_words", None)
        return WordsForm(data, initial=initial_of_words(stored), reader=self.user)

    def save(self, form: Any, subject: Any) -> Any:
        """Publish them."""
        version = form.cleaned_data["version"]
        publish_champion_words(actor=self.user, appointment=subject, details=form.details(), expected_version=version)
        return subject

    def address(self, subject: Any) -> str:
        """The appointment's page."""
        return reverse("workspace:champion", args=[subject.pk])


class TakeWordsOff(WorkspaceView):
    """A button: the words leave the site."""

    permission = permissions.take_champion_words_off
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Take them off and go back."""
        words = one_of(ChampionWords.objects.visible_to(self.user), appointment=pk)
        try:
            take_champion_words_off(actor=self.user, words=words)
            messages.success(request, "These words no longer stand on the site.")
        except (Blocked, Stale) as problem:
            for line in refusal_words(problem):
                messages.warning(request, line)
        return HttpResponseRedirect(reverse("workspace:champion", args=[pk]))
