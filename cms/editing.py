"""The editor's form of every page."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from cms.rules import OWN_WORK, NotReady
from cms.words import mark_of

CHECK = {"checked_by", "checked_on", "check_method"}
UP_TO_DATE = "This version now says what the page it was made from says"


class VersionForm(WagtailAdminPageForm):
    """Lets a translator say that the page matches its source again; a corrected slip is said anew at each change."""

    brought_up_to_date = forms.BooleanField(
        required=False,
        label=UP_TO_DATE,
        help_text="Tick it after you have put the changes of that page into this one.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["minor_change"] = ""
        self._words_before = mark_of(self.instance.words()) if self.instance.pk else ""

    def clean(self) -> Any:
        """Take the tick over into the page. Who translated the words does not say that they were checked."""
        cleaned = super().clean()
        user = getattr(self.for_user, "pk", None)
        if CHECK & set(self.changed_data) and user is not None and user == self.instance.worked_on_by_id:
            self.add_error("checked_by", OWN_WORK.words)
        self.takes_over = bool(cleaned.get("brought_up_to_date")) or "made_from" in self.changed_data
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """As Wagtail's, with the mark of the source when the tick was set or another source chosen."""
        if self.instance.made_from_id and mark_of(self.instance.words()) != self._words_before:
            self.instance.worked_on_by = self.for_user
        if self.takes_over:
            self.instance.bring_up_to_date()
        return super().save(commit=commit)


class MediaForm(WagtailAdminModelForm):
    """A film, a recording or a print. A new file was made from the page as it stands, unless nobody says so."""

    brought_up_to_date = forms.BooleanField(required=False, label=UP_TO_DATE)

    def clean(self) -> Any:
        """A new file, or a tick, takes the words of the page as its source."""
        cleaned = super().clean()
        self.takes_over = bool(cleaned.get("brought_up_to_date")) or "file" in self.changed_data
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.takes_over and self.instance.page_id:
            self.instance.bring_up_to_date()
        try:
            self.instance.insist_it_may_be_shown()
        except NotReady as refusal:
            self.add_error(None, refusal)
