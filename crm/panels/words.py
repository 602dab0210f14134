"""In which languages people can apply: words in English here and in the templates, others in crm/locale."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.tongues import Tongues

TONGUES = Tongues(("en", "ur"), "JOIN_WORDS_CHECKED_BY")  # every word is there in these (a test says so)

# What rules say in English, again for pages in other languages: marked here so that they are translated.
RULES = (
    _("We do not take answers any more. You can still phone us"),
    _("Tell us what name to use. A first name is fine"),
    _("Choose how we can reach you"),
    _("Write a phone number, like 07700 900123"),
    _("Write an e-mail address, like name@example.com"),
    _("Write where our letter should go"),
    _("Write the name of your group"),
    _("Choose one of the answers on the page"),
    _("Write only the first half of your postcode, like B10"),
    _("You have sent this already"),
    _("No place is offered at the moment"),
)


def on_the_page(code: str, *, chosen: bool) -> dict[str, Any]:
    """What a page says about its language, and what its links add so that the next page is in the same one."""
    return {
        **TONGUES.said(code),
        "in_lang": f"?lang={code}" if chosen else "",
        "and_lang": f"&lang={code}" if chosen else "",
    }
