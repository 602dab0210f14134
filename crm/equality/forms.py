"""The equality questions on a page. Every one may be left empty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext

from crm.equality.questions import EqualityQuestion, QuestionSet
from crm.panels.forms.apply import PublicGovukForm


class EqualityForm(PublicGovukForm):
    """The questions the council asks, each with "Prefer not to say" last."""

    def __init__(self, *args: Any, asked: QuestionSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in asked.asked():
            self.fields[one.key] = forms.ChoiceField(
                label=gettext(one.words),
                help_text=gettext(one.hint) if one.hint else "",
                choices=_choices(one),
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": gettext("Choose one of the answers, or leave it empty")},
            )

    def answers(self) -> dict[str, str]:
        """Question → answer, for those that were answered."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def _choices(question: EqualityQuestion) -> list[Any]:
    """The answers, under their headings where they have any."""
    found: list[Any] = []
    for answer in question.answers:
        row = (answer.key, gettext(answer.words))
        if not answer.group:
            found.append(row)
        elif found and found[-1][0] == gettext(answer.group):
            found[-1][1].append(row)
        else:
            found.append((gettext(answer.group), [row]))
    return found
