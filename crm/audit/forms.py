"""What an auditor may look for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from crm.audit.reports import AuditFilter
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.forms import DateBoxes, GovukForm


class AuditFilterForm(GovukForm):
    """Verb, person, kind of record and days. All by id, so that the page's address names nobody."""

    verb = forms.ChoiceField(label="What was done", required=False, choices=[("", "Anything"), *Verb.choices])
    actor = forms.ModelChoiceField(
        label="Who did it", required=False, queryset=get_user_model()._default_manager.none(), empty_label="Anybody"
    )
    kind = forms.ChoiceField(label="Kind of record", required=False)
    since = DateBoxes(label="From", required=False)
    until = DateBoxes(label="To", required=False)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reader: Actor, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = get_user_model().objects.visible_to(reader).order_by("name", "id")
        self.fields["actor"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "Any kind"), *kinds]  # type: ignore[attr-defined]

    def wanted(self) -> AuditFilter:
        """The filter; what is no known value is left out and the page says so beside the field."""
        given = self.cleaned_data
        return AuditFilter(
            verb=given.get("verb") or "",
            actor=given["actor"].pk if given.get("actor") else None,
            kind=given.get("kind") or "",
            since=given.get("since"),
            until=given.get("until"),
            before=given.get("before"),
        )
