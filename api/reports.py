"""Addresses that answer with numbers instead of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django import forms

from api.problems import Fault, Problem
from api.strict import LEFT_EMPTY, SAY_YES_OR_NO, YES_OR_NO, faults_of_form
from api.views import ApiView

NO_SUCH_FILTER = "There is no filter of this name here."


@dataclass(frozen=True)
class Parameter:
    """Something a report can be asked for in its address: ids, days and choices, never words. `kind` is as OpenAPI
    says it: uuid, date, boolean, or string with `choices`."""

    name: str
    words: str
    kind: str = "string"
    choices: Sequence[str] = ()


class Report(ApiView):
    """A report: a GET with filters, one answer, no pages."""

    parameters: ClassVar[Sequence[Parameter]] = ()
    narrows = True

    def insist_on_known_parameters(self) -> None:
        """Raise `Problem` (400) for a filter that does not exist, so that a misspelt one does not quietly count
        everything, and for a choice that is none."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, value in self.request.query_params.items():
            if name not in known:
                raise _refused([Fault("unknown_parameter", NO_SUCH_FILTER, parameter=name)])
            if not value:
                raise _refused([Fault("invalid", LEFT_EMPTY, parameter=name)])
            if known[name].kind == "boolean" and value not in YES_OR_NO:
                raise _refused([Fault("invalid", SAY_YES_OR_NO, parameter=name)])
            choices = known[name].choices
            if choices and value not in choices:
                raise _refused([Fault("invalid", f"Say one of {', '.join(choices)}.", parameter=name)])

    @staticmethod
    def insist_on_valid(form: forms.Form) -> None:
        """Raise `Problem` (400) with the form's words beside each parameter."""
        if not form.is_valid():
            raise _refused(faults_of_form(form))


def _refused(faults: list[Fault]) -> Problem:
    return Problem(400, detail=" ".join(fault.detail for fault in faults), faults=faults)
