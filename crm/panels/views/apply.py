"""Applying to join a panel: public, without an account, without JavaScript, saved at every step, found again by a link,
in the languages whose words are there."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.base.rules import Blocked
from crm.panels.actions import applying as actions
from crm.panels.afterwards import after_sending
from crm.panels.details.recruitment import Answers
from crm.panels.forms.apply import BY_KEY, QUESTIONS, AnswersForm, LinkForm, PoolForm
from crm.panels.invitations import link_to, send_link, send_received
from crm.panels.models import Application, PoolEntry, RecruitmentCall
from crm.panels.permissions import recruitment as permissions
from crm.panels.rules import recruitment as rules
from crm.panels.views.public import PublicForm
from crm.panels.vocabulary import KnowsAbout, PaidBy, ReachBy

NOBODY = AnonymousUser()  # whoever applies, also where a colleague has signed in
State = Application.State


class Join(PublicForm):
    """The front page of a call: what it is, how you are paid, what happens next. Starting makes the link."""

    row = permissions.start_application.row
    limited = "start_application"

    def call(self) -> RecruitmentCall:
        """The call, once it was opened; 404 before."""
        rows = RecruitmentCall.objects.exclude(state=RecruitmentCall.State.DRAFT).select_related("panel")
        found = rows.filter(slug=self.kwargs["slug"], opens_on__lte=timezone.localdate()).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page."""
        call = self.call()
        drawn = call.method == RecruitmentCall.Method.RANDOM
        return self.show("start", call.title, call=call, open=rules.takes_answers(call), drawn=drawn)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Start, and go to the first question."""
        secret = secrets.token_urlsafe(32)
        try:
            actions.start_application(actor=NOBODY, call=self.call(), secret=secret)
        except Blocked:
            return self.to("join", slug=slug)
        if "all" in request.POST:
            return self.to("my-all-questions", secret=secret)
        return self.to("my-question", secret=secret, key=QUESTIONS[0].key)


class Mine(PublicForm):
    """A page of one's own application. Every link that leads nowhere gets the same page, whatever happened to it."""

    row = permissions.answer_application.row
    limited = "my_application"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find it by the secret."""
        self.secret = kwargs["secret"]
        self.application = Application.objects.found_by(self.secret).select_related("call__panel", "language").first()
        return super().dispatch(request, *args, **kwargs)

    def own_language(self) -> str:
        """The one in which they asked us to write."""
        return self.application.language.code if self.application and self.application.language else ""

    @property
    def mine(self) -> Application:
        """The application; 404 where there is none."""
        if self.application is None:
            raise Http404
        return self.application

    @property
    def may_change(self) -> bool:
        """Whether answers may still be changed."""
        return rules.takes_answers(self.mine.call) and self.mine.state in (State.DRAFT, State.SENT)

    def show(self, template: str, title: str, *, status: int = 200, **shown: Any) -> HttpResponse:
        """A page, with the application and the secret that its links need."""
        mine = {"application": self.mine, "call": self.mine.call, "secret": self.secret}
        return super().show(template, title, status=status, **mine, **shown)

    def acts(self) -> dict[str, Any]:
        """What every action of the applicant is given."""
        return {"actor": NOBODY, "application": self.mine, "secret": self.secret}

    def home(self) -> HttpResponse:
        """To the page that says how far it is."""
        return self.to("my-application", secret=self.secret)


class MyApplication(Mine):
    """How far it is: what to do next, the number to quote, our answer and why."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The page."""
        return self.show(
            "mine", gettext("Your application"), may_change=self.may_change, questions=_answered(self.mine),
            waiting=self.mine.state in rules.WAITING, also=self._also(),
        )  # fmt: skip

    def _also(self) -> list[tuple[Any, str]]:
        """What else we would like to ask: the words and the address."""
        wanted = [one for one in after_sending if one.wanted(self.mine)]
        return [(one.words, self.address(one.name, secret=self.secret)) for one in wanted]


class MyQuestions(Mine):
    """Questions, kept when the button is pressed: one on a page, or all on one."""

    keys: tuple[str, ...] = tuple(BY_KEY)
    title: Any = _("All the questions")

    def form(self, data: Any = None) -> AnswersForm:
        """The questions of this page."""
        return AnswersForm(data, asked=self.keys, answers=Answers.of(self.mine))

    def after(self) -> HttpResponse:
        """Where to go next."""
        if self.mine.call.pool_questions:
            return self.to("my-pool-questions", secret=self.secret)
        return self.to("my-check", secret=self.secret)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page; what cannot be changed any more is only shown."""
        return self._page(self.form()) if self.may_change else self.home()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep what is there. Nothing typed is lost when something does not make sense."""
        form = self.form(request.POST)
        if form.is_valid():
            try:
                actions.answer_application(**self.acts(), answers=form.answers())
            except Blocked as refusal:
                form.add_blockers(refusal)
            else:
                if "later" in request.POST:
                    return self.to("my-link", secret=self.secret)
                if "check" in request.GET:
                    return self.to("my-check", secret=self.secret)
                return self.after()
        return self._page(form)

    def _page(self, form: AnswersForm) -> HttpResponse:
        places = [place for place, one in enumerate(QUESTIONS, 1) if one.key in self.keys]
        return self.show("questions", str(self.title), form=form, place=places[0], many=len(QUESTIONS),
                         one=BY_KEY[self.keys[0]] if len(self.keys) == 1 else None,
                         before=QUESTIONS[places[0] - 2] if places[0] > 1 else None)  # fmt: skip


class MyQuestion(MyQuestions):
    """One question."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """404 for a question we do not ask."""
        if kwargs["key"] not in BY_KEY:
            raise Http404
        self.keys = (kwargs["key"],)
        self.title = BY_KEY[kwargs["key"]].title
        return super().dispatch(request, *args, **kwargs)

    def after(self) -> HttpResponse:
        """The next question."""
        place = list(BY_KEY).index(self.keys[0]) + 1
        if place < len(QUESTIONS):
            return self.to("my-question", secret=self.secret, key=QUESTIONS[place].key)
        return super().after()


class MyPoolQuestions(Mine):
    """The questions for a balanced group, asked apart."""

    row = permissions.answer_pool_questions.row
    title = _("Questions for a balanced group")

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The page."""
        if not (self.mine.call.pool_questions and self.may_change):
            return self.home()
        return self.show("pool", str(self.title), form=self._form())

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Keep them, if there is an agreement; delete them, if it was taken back."""
        form = self._form(request.POST)
        if form.is_valid():
            agreed = form.cleaned_data["agreed"]
            features = form.features() if agreed else {}
            try:
                actions.answer_pool_questions(**self.acts(), agreed=agreed, features=features)
                return self.to("my-check", secret=self.secret)
            except Blocked as refusal:
                form.add_blockers(refusal)
        return self.show("pool", str(self.title), form=form)

    def _form(self, data: Any = None) -> PoolForm:
        entry = PoolEntry.objects.filter(application=self.mine).first()
        return PoolForm(data, call=self.mine.call, entry=entry)


class MyCheck(Mine):
    """Check the answers, then send."""

    row = permissions.send_application.row

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The page."""
        return self._page() if self.may_change else self.home()

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Send."""
        try:
            sent = actions.send_application(**self.acts())
        except Blocked as refusal:
            return self._page(refusal)
        self._write_to(sent)
        return next((self.to(one.name, secret=self.secret) for one in after_sending if one.wanted(sent)), self.home())

    def _write_to(self, sent: Application) -> None:
        """An e-mail with the link, where they asked for e-mails; it is not sent again when that fails."""
        if sent.reach_by == ReachBy.EMAIL:
            try:
                send_received(sent, self.secret)
                messages.success(self.request, gettext("We have sent you an e-mail with the link to this page."))
            except OSError:
                messages.warning(
                    self.request, gettext("We could not send you an e-mail. Please write down the link to this page.")
                )

    def _page(self, refusal: Blocked | None = None) -> HttpResponse:
        entry = PoolEntry.objects.filter(application=self.mine).first()
        missing = [] if refusal is None else [(gettext(b.words), _question_of(b.field)) for b in refusal.blockers]
        return self.show(
            "check", gettext("Check your answers"), questions=_answered(self.mine), entry=entry, missing=missing
        )


class MyLink(Mine):
    """Keep the link, or have it sent."""

    limited = "send_link"

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The page."""
        return self.show("link", gettext("Save and come back later"), form=LinkForm(), link=link_to(self.secret))

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Send the link; the address is not kept."""
        form = LinkForm(request.POST)
        if self.application is not None and form.is_valid():
            try:
                send_link(form.cleaned_data["email"], self.secret)
                messages.success(request, gettext("We have sent the link. You can close this page."))
                return self.to("my-link", secret=self.secret)
            except OSError:
                form.add_error("email", gettext("We could not send it. Please write the link down"))
        return self.show("link", gettext("Save and come back later"), form=form, link=link_to(self.secret))


class TakeBack(Mine):
    """Take an application back: a page asks first, because the words are then gone."""

    row = permissions.take_back_application.row

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Ask."""
        return self.show("take_back", gettext("Take your application back?")) if self.may_change else self.home()

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Do it."""
        try:
            actions.take_back_application(**self.acts())
        except Blocked as refusal:
            messages.warning(request, gettext(str(refusal)))
        return self.home()


class AnswerOffer(Mine):
    """Say yes or no to a place."""

    row = permissions.answer_offer.row
    http_method_names = ["post"]

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Yes or no."""
        if request.POST.get("accepts") in ("yes", "no"):
            try:
                actions.answer_offer(**self.acts(), accepts=request.POST["accepts"] == "yes")
            except Blocked as refusal:
                messages.warning(request, gettext(str(refusal)))
        return self.home()


def _question_of(field: str) -> str:
    return next((one.key for one in QUESTIONS if field in one.fields), QUESTIONS[0].key)


def _in_language(application: Application) -> str:
    tongue = application.language
    return str(tongue.own_name or tongue.name) if tongue else ""


def _answered(application: Application) -> list[dict[str, Any]]:
    """Question and answer, in words."""
    labels = {**dict(ReachBy.choices), **dict(PaidBy.choices)}
    said: dict[str, list[Any]] = {
        "name": [application.name],
        "reach": [labels.get(application.reach_by, ""), application.reach_at, _in_language(application)],
        "place": [application.postcode_start],
        "know": [str(KnowsAbout(one).label) for one in application.knows_about],
        "topics": [application.topics],
        "when": [application.when_and_how],
        "help": [application.would_help],
        "pay": [labels.get(application.paid_by, "")],
        "write": [gettext("Yes") if application.may_write else gettext("No")],
    }
    return [{"question": one, "lines": [line for line in said[one.key] if line]} for one in QUESTIONS]
