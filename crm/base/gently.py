"""Gentle words before saving: they do not block, stand beside whatever is wrong, and are said once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.forms.boundfield import BoundField
from django.http import QueryDict

from crm.base.forms import GovukForm
from crm.base.rules import Blocked

ANYWAY = "anyway"  # the button that saves whatever was said
AGREED = "agreed"  # in the form from then on: what was said, and about which words


@dataclass(frozen=True)
class Gentle:
    """One thing to look at before saving: in words, beside which fields, and about what was typed there."""

    words: str
    fields: Sequence[BoundField] = ()
    about: str = ""

    @property
    def mark(self) -> str:
        """Tells it from any other, and from the same said of other words."""
        return hashlib.sha256(f"{self.words}\n{self.about}".encode()).hexdigest()[:16]


class Gently:
    """What is said before a form is saved. `agreed` are the marks of what the officer saved anyway: that is not said
    again while the words are the same, even if something else keeps the form from being saved."""

    def __init__(self, said: Sequence[Gentle] = (), sent: QueryDict | None = None) -> None:
        self.agreed = sent.getlist(AGREED) if sent else []
        if sent and ANYWAY in sent:
            self.agreed += [one.mark for one in said if one.mark not in self.agreed]
        self.unsaid = [one for one in said if one.mark not in self.agreed]


NOTHING_SAID = Gently()


def may_be_saved(form: GovukForm, look: Gently, save: Callable[[], object]) -> bool:
    """Whether a form can be read and nobody has to look at anything first. If somebody has to, what the action would
    refuse is said too, so that one look is enough. Raises `Stale`."""
    if form.is_valid() and look.unsaid:
        try_out(form, save)
    return form.is_valid() and not look.unsaid


def try_out(form: GovukForm, save: Callable[[], object]) -> None:
    """Put what an action would refuse beside the fields of a form. Nothing is saved: what the action wrote is undone.
    Raises `Stale`."""
    try:
        with transaction.atomic():
            save()
            transaction.set_rollback(True)
    except Blocked as refusal:
        form.add_blockers(refusal)
