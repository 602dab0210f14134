"""Applications, blind to name: the list, one application, deciding, and giving a place. Entering one for somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocked, Blocker, Stale
from crm.base.views import WorkspaceView, one_of, one_seen, refusal_words
from crm.panels.actions import choosing as actions
from crm.panels.actions.applying import enter_application, record_offer_answer
from crm.panels.files import kind_of
from crm.panels.forms.recruitment import DecisionForm, EnterForm, PlaceForm
from crm.panels.models import Application, RecruitmentCall
from crm.panels.permissions import recruitment as permissions
from crm.panels.recruitment_filters import ApplicationFilter
from crm.panels.reports import recruitment as reports
from crm.panels.rules import recruitment as rules

State = Application.State


class ApplicationList(Listing):
    """Applications by number, in the order they came, with the first words of what they want to talk about."""

    permission = permissions.read_applications
    template_name = "workspace/recruitment/applications.html"
    title = "Applications"
    filterset = ApplicationFilter
    shown_filters = ("call", "state", "how")

    def rows(self) -> Any:
        """What this reader may see."""
        return Application.objects.visible_to(self.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page; who read which is kept."""
        shown = super().get_context_data(**kwargs)
        if shown["page"].object_list:
            actions.read_applications(actor=self.user, applications=shown["page"].object_list)
        return shown


class OneApplication(WorkspaceView):
    """What the pages of one application share."""

    def application(self) -> Application:
        """The application; 404 when it is hidden or missing."""
        rows = Application.objects.visible_to(self.user).select_related(
            "call__panel", "person", "entered_by", "language"
        )
        found: Application = one_of(rows, pk=self.kwargs["pk"])
        return found


class ApplicationPage(OneApplication):
    """One application: its number and answers. The name shows once a place is offered."""

    permission = permissions.read_applications

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page; who read it is kept."""
        application = self.application()
        actions.read_applications(actor=self.user, applications=[application])
        choosing = application.call.state == RecruitmentCall.State.CHOOSING
        shown = {
            "title": f"Application {application.number}",
            "application": application,
            "call": application.call,
            "answers": reports.answers(application),
            "who": reports.who(application),
            "needs_person": reports.whose_words_wait(application, self.user),
            "how_told": reports.how_told(application),
            "may_close": permissions.close_offer.row.open_to(self.user)
            and not list(rules.blockers_to_closing(application, timezone.localdate())),
            "answer_by": rules.answer_day(application),
            "recorded": bool(application.recording),
            "may_decide": choosing and permissions.decide_application.row.open_to(self.user),
            "waiting": application.state in rules.WAITING,
            "open": application.state in (*rules.WAITING, State.RESERVE, State.NOT_CHOSEN),
        }
        return render(request, "workspace/recruitment/application.html", shown)


class ApplicationButton(OneApplication):
    """A button on the page of an application."""

    http_method_names = ["post"]

    def act(self, application: Application) -> str:
        """Do it; say what happened."""
        raise NotImplementedError(type(self).__name__)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Do it, or say why not."""
        try:
            messages.success(request, self.act(self.application()))
        except (Blocked, Stale) as refusal:
            for words in refusal_words(refusal):
                messages.warning(request, words)
        return redirect("workspace:application", pk=pk)


class Shortlist(ApplicationButton):
    """Put it on the shortlist, or take it off."""

    permission = permissions.shortlist_application

    def act(self, application: Application) -> str:
        """On or off."""
        wanted = self.request.POST.get("wanted") != "no"
        actions.shortlist_application(actor=self.user, application=application, wanted=wanted)
        return "On the shortlist." if wanted else "Off the shortlist."


class OfferAnswer(ApplicationButton):
    """Write down what the applicant said to the offer."""

    permission = permissions.record_offer_answer

    def act(self, application: Application) -> str:
        """Yes or no."""
        accepts = self.request.POST.get("accepts") == "yes"
        record_offer_answer(actor=self.user, application=application, accepts=accepts)
        return "Written down."


class CloseOffer(ApplicationButton):
    """Close an offer nobody answered."""

    permission = permissions.close_offer

    def act(self, application: Application) -> str:
        """Close it."""
        actions.close_offer(actor=self.user, application=application)
        return "The offer is closed. The place is free again."


class Decide(EditPage, OneApplication):
    """Decide, with a reason the applicant can read."""

    permission = permissions.decide_application
    template_name = "workspace/recruitment/decide.html"
    title = "Decide"
    saved_words = "Decided. The applicant can read it by their link."

    def subject(self) -> Application:
        """The application."""
        return self.application()

    def make_form(self, data: Any, subject: Any) -> Any:
        """Empty: a decision is not half made before."""
        return DecisionForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """The call still runs, or they have an offer or answered."""
        return rules.blockers_to_deciding_at_all(subject)

    def save(self, form: Any, subject: Any) -> Application:
        """Decide."""
        version = form.cleaned_data["version"]
        return actions.decide_application(
            actor=self.user, application=subject, decision=form.decision(), expected_version=version
        )

    def address(self, subject: Any) -> str:
        """The application."""
        return reverse("workspace:application", args=[self.kwargs["pk"]])


class GivePlace(Decide):
    """Make somebody who said yes a member of the panel."""

    permission = permissions.seat_applicant
    title = "Give them their place"
    saved_words = "They are a member of the panel."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Which person, which seat."""
        return PlaceForm(data, initial={"version": subject.version}, reader=self.user, application=subject)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """They have not said yes, or have their place."""
        return rules.blockers_to_seating(subject)

    def save(self, form: Any, subject: Any) -> Application:
        """Seat them."""
        said = form.cleaned_data
        return actions.seat_applicant(
            actor=self.user, application=subject, person=said["person"], seat=said["seat"],
            expected_version=said["version"],
        )  # fmt: skip


class EnterApplication(EditPage):
    """Enter what somebody told us by phone, on paper or in a recording; then tell them the number."""

    permission = permissions.enter_application
    template_name = "workspace/recruitment/enter.html"
    title = "Enter an application"
    saved_words = "The application is saved. Tell the applicant the number."

    def subject(self) -> RecruitmentCall:
        """The call."""
        found: RecruitmentCall = one_seen(self.user, RecruitmentCall, self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """The nine questions."""
        return EnterForm(data, self.request.FILES or None)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """The call is not open."""
        return [] if rules.takes_answers(subject) else [rules.NOT_OPEN]

    def save(self, form: Any, subject: Any) -> Application:
        """Enter it."""
        said = form.cleaned_data
        return enter_application(
            actor=self.user, call=subject, how=said["how"], answers=form.answers(), recording=said["recording"]
        )

    def address(self, subject: Any) -> str:
        """Where the number stands; before that, the call."""
        if isinstance(subject, Application):
            return reverse("workspace:application", args=[subject.pk])
        return reverse("workspace:call", args=[self.kwargs["pk"]])


class Recording(OneApplication):
    """The recording, for those who may read the application. Never at a public address."""

    permission = permissions.read_applications

    def get(self, request: HttpRequest, pk: Any) -> HttpResponseBase:
        """The file, to be saved and not to be shown as a page; who fetched it is kept."""
        application = self.application()
        if not application.recording:
            raise Http404
        actions.read_applications(actor=self.user, applications=[application])
        file = application.recording.open("rb")
        ending, media = kind_of(file) or ("bin", "application/octet-stream")
        response = FileResponse(file, as_attachment=True, filename=f"{application.number}.{ending}", content_type=media)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
