"""The forms of notes and of what happens next: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.base.forms import DateBoxes
from crm.base.pictures import PICTURES
from crm.base.rows import RowForm, RowsForm
from crm.base.text import personal_details
from engagement.forums.forms.holding import LOOKS_LIKE
from engagement.forums.models import Captured, Forum, ForumNotes
from engagement.forums.noting import ROW_FIELDS, RowDetails, row_of
from engagement.forums.rules.notes import long_sentences
from engagement.log.models import Point


class ThoughtRow(RowForm):
    """One thought, in plain words and in Easy Read."""

    key = "words"
    beside = "Write it in plain words, or empty the row"
    heading = forms.CharField(label="Heading over it (optional)", max_length=60, required=False)
    words = forms.CharField(
        label="In plain words", max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What was said, by nobody in particular. No names and no health details.",
    )  # fmt: skip
    easy = forms.CharField(
        label="In Easy Read", max_length=250, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One or two sentences, 15 words each at most.",
    )  # fmt: skip
    picture = forms.ChoiceField(label="Picture", choices=[("", "Choose a picture"), *PICTURES.items()], required=False)


class NotesForm(RowsForm):
    """The notes, thought by thought."""

    row_kinds = {"rows": ThoughtRow}

    def details(self) -> list[RowDetails]:
        """Each thought."""
        return [RowDetails(**{name: row[name] for name in ROW_FIELDS}) for row in self.given("rows")]

    def warnings(self) -> list[str]:
        """Sentences that are hard to read, and what looks like a personal detail."""
        rows = self.details()
        found = {what for row in rows for text in (row.words, row.easy) for what in personal_details(text)}
        return [*long_sentences(rows), *(LOOKS_LIKE.format(what=what) for what in sorted(found))]


def rows_known(forum: Forum, notes: ForumNotes | None) -> dict[str, list[dict[str, Any]]]:
    """The rows that stand; before there are any, what people said who may be quoted, one row each."""
    if notes is not None:
        return {"rows": [vars(row_of(row)) for row in notes.rows.all()]}
    if forum.event_id is None:
        said = forum.captured.filter(quoting=Point.Quoting.YES).exclude(kind=Captured.Kind.PROMISE)
        return {"rows": [{"words": one.words} for one in said.order_by("id")]}
    points = Point.objects.filter(event=forum.event_id, quoting=Point.Quoting.YES).order_by("position")
    return {"rows": [{"words": point.translation or point.words} for point in points]}


class CheckForm(RowsForm):
    """Who checked the Easy Read."""

    checked_by = forms.CharField(
        label="Which group of Easy Read readers checked it?", help_text="A group or a role. Not a name.",
        max_length=150, required=False,
    )  # fmt: skip


class NextForm(RowsForm):
    """What happens next."""

    words = forms.CharField(
        label="What happens next?", help_text="Those who came, and the public, read this.", max_length=500,
        required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    by = DateBoxes(label="By when?", required=False)
