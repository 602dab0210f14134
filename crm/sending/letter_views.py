"""The letters the council keeps: the list, one letter with its versions, new words, and who checked them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property

from crm.base.editing import EditPage
from crm.base.rules import Blocker
from crm.base.views import WorkspacePage, WorkspaceView, one_of
from crm.sending import permissions, rules
from crm.sending.actions import add_letter_version, check_letter_version
from crm.sending.choosing import current_versions, is_old
from crm.sending.forms import CheckForm, VersionForm, initial_of_version
from crm.sending.models import LetterTemplate, LetterVersion
from crm.sending.registry import kind_of


class LetterList(WorkspacePage):
    """Every letter, in which languages and forms it has words, and which nobody checked."""

    permission = permissions.read_letters
    template_name = "workspace/sending/letters.html"
    title = "Letters"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The whole list: a council has a dozen."""
        letters = list(LetterTemplate.objects.visible_to(self.user).for_list())
        for letter in letters:
            letter.current = current_versions(letter)  # type: ignore[attr-defined]  # for the page
        return super().get_context_data(letters=letters, **kwargs)


def the_letter(user: Any, pk: Any) -> LetterTemplate:
    """One letter with its versions; 404 when it is not there."""
    found: LetterTemplate = one_of(LetterTemplate.objects.visible_to(user).for_list(), pk=pk)
    return found


class LetterTemplatePage(WorkspaceView):
    """One letter: its words in every language and form, and how they came about."""

    permission = permissions.read_letters

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        letter = the_letter(self.user, pk)
        current = current_versions(letter)
        shown = {
            "title": letter.name,
            "letter": letter,
            "versions": [(version, is_old(version, current)) for version in current],
            "earlier": [version for version in letter.versions.all() if version not in current],
            "placeholders": kind_of(letter.key).known.items(),
            "may_write": permissions.add_letter_version(actor=self.user, letter=letter),
            "may_check": permissions.check_letter_version.row.open_to(self.user),
        }
        return render(request, "workspace/sending/letter_template.html", shown)


class AddWords(EditPage):
    """New words in one language and form, begun from those that stand."""

    permission = permissions.add_letter_version
    template_name = "workspace/sending/words.html"
    title = "New words for this letter"
    saved_words = "The new words are saved. Messages written from now on use them once they may be sent."

    @cached_property
    def letter(self) -> LetterTemplate:
        """The letter, with its versions."""
        return the_letter(self.user, self.kwargs["pk"])

    def subject(self) -> LetterTemplate:
        """The letter: its version says whether a colleague wrote words meanwhile."""
        return self.letter

    def make_form(self, data: Any, subject: Any) -> VersionForm:
        """The words that stand, to be changed."""
        asked = self.request.GET.get("from", "")
        start = next((one for one in self.letter.versions.all() if str(one.pk) == asked), None)
        initial = {**initial_of_version(start), "version": self.letter.version}
        return VersionForm(data, initial=initial, reader=self.user, letter=self.letter)

    def save(self, form: Any, subject: Any) -> LetterTemplate:
        """Add them."""
        add_letter_version(actor=self.user, letter=self.letter, details=form.details(),
                           expected_version=form.cleaned_data["version"])  # fmt: skip
        return self.letter

    def shows(self) -> dict[str, Any]:
        """What may stand in braces."""
        kind = kind_of(self.letter.key)
        return {"placeholders": kind.known.items(), "needed": kind.needed, "in_subject": kind.in_subject}

    def address(self, subject: Any) -> str:
        """The letter."""
        return reverse("workspace:letter", args=[self.letter.pk])


class CheckWords(EditPage):
    """Note who checked a version."""

    permission = permissions.check_letter_version
    template_name = "workspace/sending/check.html"
    title = "These words were checked"
    saved_words = "Thank you. People get these words from now on."

    def subject(self) -> LetterVersion:
        """The version."""
        rows = LetterVersion.objects.visible_to(self.user).select_related("letter", "language")
        found: LetterVersion = one_of(rows, pk=self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> CheckForm:
        """Who checked it."""
        return CheckForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """Somebody checked them."""
        return [rules.CHECKED] if subject.checked_on else []

    def save(self, form: Any, subject: Any) -> LetterVersion:
        """Note it."""
        data = form.cleaned_data
        return check_letter_version(actor=self.user, version=subject, checked_by=data["checked_by"],
                                    expected_version=data["version"])  # fmt: skip

    def address(self, subject: Any) -> str:
        """The letter."""
        return reverse("workspace:letter", args=[subject.letter_id])
