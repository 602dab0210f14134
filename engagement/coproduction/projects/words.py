"""Every word of the public page that asks how much people felt they decided. Other languages: engagement/locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from crm.base.tongues import Tongues

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TONGUES = Tongues(("en", "ur"))  # those in which every word below is there

SAY: dict[str, StrPromise] = {
    "title": _("How much did you decide?"),
    "took_part": _("You took part in this. Please tell us how it felt. It is one question."),
    "private": _(
        "Nobody can see that the answer is yours. We do not ask your name. We only count how many people chose each "
        "answer. You can answer once."
    ),
    "until": _("Last day to answer:"),
    "nearest": _("Choose the answer that comes nearest."),
    "send": _("Send my answer"),
    "thanks": _("Thank you. Your answer is counted. Nobody can see that it was yours."),
    "used": _("This link was used, or is not one of ours. If it was you: thank you."),
    "missing": _("Choose the answer that comes nearest"),
    "over": _("The last day to answer is over, or the link was used. Thank you all the same"),
}
# The answers of the ladder that comes with Heard. A council's own words are shown as they are.
LADDER: tuple[StrPromise, ...] = (
    _("I was made to go along with it."),
    _("I was told how things work. Nobody asked what I think."),
    _("I was told what will happen."),
    _("I was asked what I think. Others decided."),
    _("I could say what I think all along. Others decided."),
    _("I shaped it together with them. They did it without us."),
    _("I decided with them as an equal, from start to end."),
)
