"""The editor's form of every page."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm


class VersionForm(WagtailAdminPageForm):
    """Lets a translator say that the page matches its source again; a corrected slip is said anew at each change."""

    brought_up_to_date = forms.BooleanField(
        required=False,
        label="This version now says what the page it was made from says",
        help_text="Tick it after you have put the changes of that page into this one.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["minor_change"] = ""

    def clean(self) -> Any:
        """Take the tick over into the page."""
        cleaned = super().clean()
        self.takes_over = bool(cleaned.get("brought_up_to_date")) or "made_from" in self.changed_data
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """As Wagtail's, with the mark of the source when the tick was set or another source chosen."""
        if self.takes_over:
            self.instance.bring_up_to_date()
        return super().save(commit=commit)
