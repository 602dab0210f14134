"""How every version of every message stands, and signing one off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms import permissions
from cms.actions import sign_off
from cms.details import CheckDetails
from cms.models import PublicPage
from cms.models.glossary import missing_agreed_words
from cms.standing import how_versions_stand
from cms.versions import CheckMethod, MadeHow
from crm.base.actors import CONTENT_ROLES, Role, holds
from crm.base.editing import EditPage
from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.base.views import WorkspacePage

WRITERS = frozenset({Role.PUBLISHER, Role.TRANSLATOR})  # who the editor lets translate and change pages


class VersionsPage(WorkspacePage):
    """Every message in every language: what is missing, what its source left behind, what nobody checked."""

    permission = permissions.read_versions
    template_name = "workspace/versions/list.html"
    title = "Versions of pages"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The table."""
        may = {
            "may_sign": permissions.sign_off.row.open_to(self.user),
            "may_write": holds(self.user, WRITERS),
            "may_enter": holds(self.user, CONTENT_ROLES),
        }
        return super().get_context_data(table=how_versions_stand(), **may, **kwargs)


class SignOffForm(RowsForm):
    """Who made it and how, who checked it, when and how."""

    made_by = forms.CharField(
        label="Who made it?", help_text="The name of the person, agency or machine.", max_length=150, required=False
    )
    made_how = forms.ChoiceField(
        label="How was it made?", choices=MadeHow.choices, widget=forms.RadioSelect, required=False
    )
    checked_by = forms.CharField(
        label="Who checked it?", max_length=250, required=False,
        help_text="A name, if they agree to be named, or a group. Never your guess. Readers see it.",
    )  # fmt: skip
    checked_on = DateBoxes(label="When?", required=False)
    check_method = forms.ChoiceField(
        label="How?", choices=CheckMethod.choices, widget=forms.RadioSelect, required=False
    )
    review_date = DateBoxes(label="When do we look at it again?", required=False)

    def details(self) -> CheckDetails:
        """What is told."""
        names = ("made_by", "made_how", "checked_by", "checked_on", "check_method", "review_date")
        return CheckDetails(**{name: self.cleaned_data[name] for name in names})


class SignOff(EditPage):
    """A person says who checked the words of a page."""

    permission = permissions.sign_off
    template_name = "workspace/versions/sign_off.html"
    title = "Who checked this page?"
    saved_words = "Signed off. Readers see who checked it."

    def subject(self) -> PublicPage:
        """The page, with its newest words."""
        found = Page.objects.filter(pk=self.kwargs["page"]).specific().first()
        if not isinstance(found, PublicPage):
            raise Http404
        return found

    def make_form(self, data: Any, subject: Any) -> SignOffForm:
        """What is known already; today."""
        known = {name: getattr(subject, name) for name in ("made_by", "made_how", "review_date")}
        return SignOffForm(data, initial={**known, "checked_on": timezone.localdate()}, reader=self.user)

    def shows(self) -> dict[str, Any]:
        """Where the page can be read, and agreed words that were said otherwise: to look at before signing."""
        page = self.subject()
        read = page.url if page.live else reverse("wagtailadmin_pages:view_draft", args=[page.pk])
        source = page.source
        if source is None or source.locale_id == page.locale_id:
            return {"read": read}
        return {"read": read, "otherwise": missing_agreed_words(source.words(), page.words(), page.language)}

    def save(self, form: Any, subject: Any) -> PublicPage:
        """Sign it off."""
        return sign_off(actor=self.user, page=subject, details=form.details())

    def address(self, subject: Any) -> str:
        """All versions."""
        return reverse("workspace:versions")
