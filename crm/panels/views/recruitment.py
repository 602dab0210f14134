"""Calls for members: the list, one call, its states, and the draw. Applications are in `choosing`."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import View

from crm.accounts.permissions import PUBLIC_PAGE
from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.permissions import Row
from crm.base.rules import Blocked, Stale
from crm.base.views import WorkspaceView, one_of, one_seen, refusal_words
from crm.panels.actions import calls as actions
from crm.panels.actions.drawing import draw_members, freeze_pool, pool_of, take_pool
from crm.panels.afterwards import after_sending
from crm.panels.drawing import canonical
from crm.panels.forms.recruitment import CallForm, QuotaForm, SeedForm, initial_of_call
from crm.panels.models import Draw, RecruitmentCall
from crm.panels.permissions import recruitment as permissions
from crm.panels.recruitment_filters import CallFilter
from crm.panels.reports import recruitment as reports

State = RecruitmentCall.State


class CallList(Listing):
    """Calls, the newest first."""

    permission = permissions.read_calls
    template_name = "workspace/recruitment/list.html"
    title = "Recruitment"
    filterset = CallFilter
    shown_filters = ("panel", "state")

    def rows(self) -> Any:
        """What this reader may see."""
        return RecruitmentCall.objects.visible_to(self.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether the reader may add one."""
        return super().get_context_data(may_add=permissions.add_call(actor=self.user), **kwargs)


class CallPage(WorkspaceView):
    """One call: its words and days, how many came, and what comes next."""

    permission = permissions.read_calls

    def call(self) -> RecruitmentCall:
        """The call; 404 when it is not there."""
        rows = RecruitmentCall.objects.visible_to(self.user).select_related("panel", "draw")
        found: RecruitmentCall = one_of(rows, pk=self.kwargs["pk"])
        return found

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        call = self.call()
        may_choose = permissions.change_call.row.open_to(self.user)
        shown = {
            "title": call.title,
            "call": call,
            "draw": getattr(call, "draw", None),
            "may_choose": may_choose,
            "may_enter": permissions.enter_application.row.open_to(self.user),
            "may_read": permissions.read_applications.row.open_to(self.user),
            "figures": [reverse(one.figures, args=[call.pk]) for one in after_sending
                        if one.figures_for.row.open_to(self.user)],
            "may_take_pool": permissions.take_pool(actor=self.user, call=call),
            "came": reports.how_far(call, self.user) if may_choose else [],
            "next": reports.next_on_reserve(call) if may_choose and call.state == State.CHOOSING else None,
            "address": request.build_absolute_uri(reverse("join", args=[call.slug])),
        }  # fmt: skip
        return render(request, "workspace/recruitment/call.html", shown)


class AddCall(EditPage):
    """Add a call."""

    permission = permissions.add_call
    template_name = "workspace/venues/edit.html"
    title = "Add a call"
    saved_words = "The call is saved as a draft. Nobody outside sees it until you open it."

    def make_form(self, data: Any, subject: Any) -> Any:
        """What is stored, or what was sent."""
        return CallForm(data, initial=initial_of_call(subject), reader=self.user)

    def save(self, form: Any, subject: Any) -> RecruitmentCall:
        """Add it."""
        return actions.add_call(actor=self.user, details=form.details())

    def address(self, subject: Any) -> str:
        """Its page, or the list."""
        return reverse("workspace:call", args=[subject.pk]) if subject else reverse("workspace:calls")


class ChangeCall(AddCall):
    """Change a call."""

    permission = permissions.change_call
    title = "Change this call"
    saved_words = "Saved."

    def subject(self) -> RecruitmentCall:
        """The call."""
        found: RecruitmentCall = one_seen(self.user, RecruitmentCall, self.kwargs["pk"])
        return found

    def save(self, form: Any, subject: Any) -> RecruitmentCall:
        """Change it."""
        version = form.cleaned_data["version"]
        return actions.change_call(actor=self.user, call=subject, details=form.details(), expected_version=version)


class CallButton(WorkspaceView):
    """A button on a call's page: does one thing, says what happened, and goes back."""

    http_method_names = ["post"]
    does: ClassVar[Any]
    said: ClassVar[str]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Do it, or say why not."""
        call = one_seen(self.user, RecruitmentCall, pk)
        try:
            type(self).does(actor=self.user, call=call)
            messages.success(request, self.said)
        except (Blocked, Stale) as refusal:
            for words in refusal_words(refusal):
                messages.warning(request, words)
        return redirect("workspace:call", pk=pk)


class OpenCall(CallButton):
    """Let people apply."""

    permission = permissions.open_call
    does = actions.open_call
    said = "The call is open. People can apply from its first day on."


class CloseCall(CallButton):
    """Begin to choose."""

    permission = permissions.close_call
    does = actions.close_call
    said = "The call is closed. Now choose."


class FinishCall(CallButton):
    """Everybody has an answer."""

    permission = permissions.finish_call
    does = actions.finish_call
    said = "Everybody has an answer. The call is finished."


class DrawPage(CallPage):
    """Freeze the pool with its quotas; then, in a second step, draw."""

    permission = permissions.freeze_pool

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        return self._show(self.call())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Freeze, or draw: never both at once, because the seed must not exist before the pool is frozen."""
        call = self.call()
        frozen = getattr(call, "draw", None) is not None
        form: Any = SeedForm(request.POST) if frozen else QuotaForm(request.POST, call=call)
        if not form.is_valid():
            return self._show(call, form)
        try:
            if frozen:
                draw_members(actor=self.user, call=call, **form.cleaned_data)
            else:
                freeze_pool(actor=self.user, call=call, quotas=form.quotas())
        except Blocked as refusal:
            form.add_blockers(refusal)
            return self._show(call, form)
        messages.success(request, "The places are drawn." if frozen else "The pool is frozen. Now draw.")
        return HttpResponseRedirect(reverse("workspace:call-draw", args=[pk]))

    def _show(self, call: RecruitmentCall, form: Any = None) -> HttpResponse:
        draw = getattr(call, "draw", None)
        if call.method != RecruitmentCall.Method.RANDOM:
            raise Http404
        if draw is None or not draw.drawn_at:
            form = form or (SeedForm() if draw else QuotaForm(call=call))
        shown = {
            "title": "Draw the places at random", "call": call, "draw": draw, "form": form,
            "many": len(draw.pool if draw else pool_of(call)), "published": reports.record_of(draw) if draw else None,
        }  # fmt: skip
        return render(self.request, "workspace/recruitment/draw.html", shown)


class PoolFile(CallPage):
    """The frozen pool, for an auditor to repeat the draw with."""

    permission = permissions.take_pool

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The file in the form its hash was made of, or why there is none yet."""
        call = self.call()
        try:
            pool = take_pool(actor=self.user, call=call)
        except Blocked as refusal:
            for words in refusal_words(refusal):
                messages.warning(request, words)
            return redirect("workspace:call", pk=pk)
        headers = {"Content-Disposition": 'attachment; filename="pool.json"', "Cache-Control": "no-store, private"}
        return HttpResponse(canonical(pool), content_type="application/json", headers=headers)


class DrawRecord(CallPage):
    """The record of a draw with every quota, to draw again with the pool. 404 until it was made."""

    permission = permissions.read_calls

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """JSON, as a file."""
        draw = one_of(Draw.objects.exclude(drawn_at=None).select_related("call"), call=self.call())
        headers = {"Content-Disposition": 'attachment; filename="draw.json"', "Cache-Control": "no-store, private"}
        return JsonResponse(reports.record_of(draw), headers=headers)


class PublicDraw(View):
    """What everybody may read of a draw: hashes, seed, method and counts that are not small. Never names, numbers or
    the pool."""

    row: Row = PUBLIC_PAGE

    def record(self) -> Draw:
        """The draw, once it was made; 404 before."""
        rows = Draw.objects.exclude(drawn_at=None).select_related("call")
        found = rows.filter(call__slug=self.kwargs["slug"]).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page."""
        draw = self.record()
        shown = {"title": "How the places were drawn", "call": draw.call, "published": reports.published(draw)}
        return render(request, "public/join/draw.html", shown)


class PublicDrawFile(PublicDraw):
    """The same for machines."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """JSON."""
        return JsonResponse(reports.published(self.record()))
