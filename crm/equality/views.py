"""Equality questions: put to somebody who has just applied, and the numbers that came of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.base.rules import Blocked, InputBlocked
from crm.base.views import WorkspaceView, one_of
from crm.equality import permissions, rules
from crm.equality.actions import answer_equality
from crm.equality.forms import EqualityForm
from crm.equality.questions import current_set
from crm.equality.reports import equality_of
from crm.panels.afterwards import Afterwards
from crm.panels.models import RecruitmentCall
from crm.panels.views.apply import Mine

AFTERWARDS = Afterwards(
    "my-equality", _("Answer some equality questions"), rules.may_be_asked, "workspace:call-equality",
    permissions.read_equality,
)  # fmt: skip


class EqualityStart(Mine):
    """Why we ask, what we do with it, and yes or no: before anything is asked."""

    row = permissions.answer_equality.row
    title: Any = _("Equality questions")

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The page; whoever was asked already comes to their application."""
        if not rules.may_be_asked(self.mine):
            return self.home()
        return self.show("equality", str(self.title), under=settings.SMALL_NUMBERS_UNDER)

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """No, skip."""
        return self.count(None)

    def count(self, answers: dict[str, str] | None) -> HttpResponse:
        """Count it, and go on to how far the application is. Raises `InputBlocked`."""
        try:
            answer_equality(**self.acts(), answers=answers)
        except InputBlocked:
            raise
        except Blocked as refusal:
            messages.warning(self.request, gettext(str(refusal)))
        else:
            if answers is not None:
                messages.success(self.request, gettext("Thank you. We have counted your answers."))
        return self.home()


class EqualityQuestions(EqualityStart):
    """The questions, on one page."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The page."""
        return self._page(self._form()) if rules.may_be_asked(self.mine) else self.home()

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Count what was chosen, or that it was skipped. Nothing chosen is lost when something does not make sense."""
        if "skip" in request.POST:
            return self.count(None)
        form = self._form(request.POST)
        if form.is_valid():
            try:
                return self.count(form.answers())
            except InputBlocked as refusal:
                form.add_blockers(refusal)
        return self._page(form)

    def _form(self, data: Any = None) -> EqualityForm:
        return EqualityForm(data, asked=current_set(timezone.localdate()))

    def _page(self, form: EqualityForm) -> HttpResponse:
        return self.show("equality_questions", str(self.title), form=form)


class EqualityPage(WorkspaceView):
    """What equality answers came to one call: numbers alone."""

    permission = permissions.read_equality

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        rows = RecruitmentCall.objects.visible_to(self.user).select_related("panel")
        call = one_of(rows, pk=pk)
        shown = {"title": "Equality answers", "call": call, "report": equality_of(call)}
        return render(request, "workspace/recruitment/equality.html", shown)
