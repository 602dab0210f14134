"""Which groups of the directory somebody looks for, in the language they read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms import living
from cms.living import Wanted
from crm.base.forms import GovukForm
from crm.directory.models import EntryFact


class FindGroupForm(GovukForm):
    """Which groups somebody looks for. Sent by GET: it holds ids and choices alone, never words."""

    locality = forms.ChoiceField(label=_("Where"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    access = forms.ChoiceField(label=_("What you need"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = [(value, gettext(str(label))) for value, label in EntryFact.About.choices]
        offered = {"locality": living.places(), "language": living.spoken(), "access": facts}
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = [("", gettext("All")), *choices]

    def wanted(self) -> Wanted:
        """The wish, where it can be understood."""
        data = getattr(self, "cleaned_data", {})
        return Wanted(**{name: data.get(name, "") for name in ("locality", "language", "access")})
