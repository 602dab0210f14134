"""A form opens for whoever may save it, and where it can be saved: nobody types what is refused whatever it says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from crm.base.left_behind import ComesBack
from crm.base.permissions import about, insist
from crm.base.rules import Blocker


class OpensForm(ComesBack):
    """A page with a form about one record, or for a new one."""

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """What the page's row of the permission table asks about, by name: the record, unless a page says otherwise.
        None where it depends on what is typed."""
        return about(type(self).permission, subject)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """Why nothing could be saved here now, whatever is typed: the rules of its action that concern no field."""
        return ()

    def insist(self, subject: Any) -> None:
        """Raise `Refused` unless the reader may do this with this record."""
        asked = self.asks_about(subject)
        if asked is not None:
            insist(type(self).permission, actor=self.user, **asked)

    def turned_away(self, subject: Any, back: str) -> HttpResponse | None:
        """To the page of the record, which says why the form does not open; None where it does."""
        reasons = [blocker.words for blocker in self.against(subject) if not blocker.field]
        for words in dict.fromkeys(reasons):
            messages.warning(self.request, f"{words.rstrip('.')}.")
        return HttpResponseRedirect(back) if reasons else None
