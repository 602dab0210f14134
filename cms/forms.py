"""What a reader says who wants a page another way, in the language they read. It translates and never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.languages import language
from crm.accounts.models import User
from crm.base.forms import GovukForm
from crm.base.rules import Blocked
from crm.languages.models import Language
from engagement.formats.details import RequestDetails

FORMATS = [
    ("read_aloud", _("Read to me on the phone")),
    ("audio", _("A recording to listen to")),
    ("bsl", _("In British Sign Language")),
    ("easy_read", _("In Easy Read")),
    ("large_print", _("In large print")),
    ("braille", _("In braille")),
    ("paper", _("On paper, by post")),
    ("language", _("In another language")),
    ("other", _("Another way")),
]
WAYS = [
    ("phone", _("By phone")),
    ("text", _("By text message")),
    ("email", _("By e-mail")),
    ("post", _("By post")),
]
# The record calls these languages by their script, which Django cannot.
RECORDED_AS = {"pa": "pa-Guru", "pnb": "pa-Arab"}
# What the rules answer with; it stands here to be translated with the site's other words.
ANSWERS = (
    gettext_lazy("Choose how you want it"),
    _("Choose how we can reach you"),
    _("Write your number or address"),
    _("Enter a telephone number, like 0113 496 0100"),
    _("Enter an e-mail address, like name@example.com"),
)


def languages() -> list[tuple[str, str]]:
    """Every language of the site by its own name, the one being read first."""
    names = {code: language(code).own_name for code, _name in settings.LANGUAGES}
    here = str(get_language())
    return [(here, names.pop(here, here)), *names.items()]


def _radios(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)


class AskForm(GovukForm):
    """How somebody wants a page, and how to reach them. Nothing but that is asked for."""

    format = _radios(_("How do you want it?"), FORMATS)
    language = forms.ChoiceField(label=_("In which language?"), choices=languages, required=False)
    reach_by = _radios(_("How can we reach you?"), WAYS)
    reach_at = forms.CharField(
        label=_("Your number or address"), max_length=254, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    name = forms.CharField(label=_("Your name, if you want to say it"), max_length=150, required=False)
    words = forms.CharField(
        label=_("More, if you want to say it"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def details(self, *, about: str, address: str, owner: User | None) -> RequestDetails:
        """What is asked for, of the page it is about."""
        told = {name: self.cleaned_data[name] for name in ("format", "reach_by", "reach_at", "name", "words")}
        code = self.cleaned_data["language"]
        wanted = Language.objects.filter(code__iexact=RECORDED_AS.get(code, code)).first()
        return RequestDetails(about=about, address=address, owner=owner, language=wanted, **told)

    def add_blockers(self, blocked: Blocked) -> None:
        """The action's reasons beside their fields, in the language of the page."""
        for field, words in blocked.by_field().items():
            for line in words:
                self.add_error(field if field in self.fields else None, gettext(line))
