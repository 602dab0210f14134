"""Every word of the public page that asks whether an answer helped. Other languages stand in engagement/locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from crm.base.tongues import Tongues

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TONGUES = Tongues(("en", "ur"))  # those in which every word below is there

SAY: dict[str, StrPromise] = {
    "title": _("Did our answer help you?"),
    "private": _("Only the number is kept. Nobody can see what you chose."),
    "choose": _("Choose one of the three."),
    "thanks": _("Thank you for telling us"),
    "already": _("You told us already"),
    "thanks_words": _("It helps us to answer better."),
}
HELPED: dict[str, StrPromise] = {
    "yes": _("Yes, it helped"),
    "partly": _("It helped a little"),
    "no": _("No, it did not help"),
}
