"""Answering an invitation: public, without an account, without JavaScript, one question on a page or all on one.

The secret of the link is the only thing in the address that concerns a person. Nothing of these pages is kept by a
browser or a proxy (`no-store`), and no page or log that comes after learns the address (`strict-origin`; with
`no-referrer` browsers send forms with `Origin: null`, which the check against forged requests must refuse).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext, override
from django.views.generic import View

from crm.base.permissions import Row
from crm.base.rules import Blocked
from crm.languages.models import Language
from engagement.forums.actions.answers import answer_invitation, start_answer
from engagement.forums.answers import AnswerDetails, answer_of
from engagement.forums.calendars.writing import one_text
from engagement.forums.forms.answers import ALL, AnswerForm
from engagement.forums.models import Forum, Invitation
from engagement.forums.permissions import invitations as permissions
from engagement.forums.reports.invited import already_there, booked_by, entry_of, known_help
from engagement.forums.reports.notes import published_notes
from engagement.forums.reports.places import standing_of
from engagement.forums.rules.invitations import takes_answers
from engagement.forums.vocabulary import Answer, ForumState
from engagement.forums.words import ANSWERS, BY_KEY, LANGUAGES, SAY, Question

NOBODY = AnonymousUser()  # whoever answers, also where a colleague has signed in


def languages_offered() -> list[str]:
    """Those whose words a speaker has checked; in the demonstration also others, with a warning."""
    checked = settings.SITE_WORDS_CHECKED_BY
    return [code for code in LANGUAGES if code in checked or settings.SHOW_UNREVIEWED_LANGUAGES]


class PublicPage(View):
    """A public page of a forum, in the language of its address. Asked too often from one place, it asks to wait."""

    row: Row
    limited = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The language, the limit, the page, and what keeps it out of other hands."""
        with override(self.code):
            if self.limited and not ratelimit.consume(request, action=self.limited):
                response: HttpResponseBase = self.show("wait", str(SAY["wait_title"]), status=429)
            else:
                response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    @cached_property
    def code(self) -> str:
        """The language that is read: that of the address, else the reader's own, else English."""
        offered = languages_offered()
        wanted = (self.request.GET.get("lang", ""), self.own_language())
        return next((code for code in wanted if code in offered), "en")

    def own_language(self) -> str:
        """The language the reader is known to read; empty where nobody knows."""
        return ""

    def notes_of(self, forum: Forum) -> dict[str, Any]:
        """The notes that were published, as text or, where the address asks for it, as Easy Read. No query before the
        forum is closed."""
        notes = published_notes(forum) if forum.state == ForumState.CLOSED else None
        easy = "easy" in self.request.GET
        asked = {"lang": self.code, **({} if easy else {"easy": "1"})}
        return {"notes": notes, "easy": easy, "other_version": f"?{urlencode(asked)}#notes"}

    def to(self, name: str, *args: Any, **more: str) -> HttpResponse:
        """On to another of these pages, in the same language."""
        return redirect(self.address(name, *args, **more))

    def address(self, name: str, *args: Any, **more: str) -> str:
        """The address of another of these pages, in the same language."""
        asked = {**({"lang": self.request.GET["lang"]} if self.code == self.request.GET.get("lang") else {}), **more}
        return reverse(name, args=args) + (f"?{urlencode(asked)}" if asked else "")

    def show(self, template: str, title: str, *, status: int = 200, **shown: Any) -> HttpResponse:
        """A page."""
        here = get_language_info(self.code)
        always = {
            "title": title,
            "say": SAY,
            "lang": self.code,
            "dir": "rtl" if here["bidi"] else "ltr",
            "unchecked": self.code not in settings.SITE_WORDS_CHECKED_BY,
            "links": [(code, get_language_info(code)) for code in languages_offered()],
        }
        return render(self.request, f"public/forums/{template}.html", {**always, **shown}, status=status)


class ForumForAnybody(PublicPage):
    """A forum that is open to anybody: what, when, where, what is there already. Starting gives a link of one's own."""

    row = permissions.start_answer.row
    limited = "start_answer"

    @cached_property
    def forum(self) -> Forum:
        """The forum; 404 where it is not public."""
        rows = Forum.objects.public().select_related("venue").prefetch_related("communities")
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        return self.show(
            "forum", self.forum.title, forum=self.forum, offered=already_there(self.forum),
            open=takes_answers(self.forum, timezone.localdate()), held=standing_of(self.forum),
            **self.notes_of(self.forum),
        )  # fmt: skip

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Start, and go to the first question."""
        tongue = Language.objects.filter(code=self.code).first() if self.code != "en" else None
        try:
            mine = start_answer(actor=NOBODY, forum=self.forum, language=tongue)
        except Blocked:
            return self.to("forum-for-anybody", pk)
        if "all" in request.POST:
            return self.to("my-answers", mine.secret)
        return self.to("my-answer", mine.secret, "coming")


class Mine(PublicPage):
    """A page of one's own invitation. Every link that leads nowhere gets the same page, whatever happened to it."""

    row = permissions.answer_invitation.row
    limited = "my_invitation"

    @cached_property
    def found(self) -> Invitation | None:
        """The invitation, by the hash of the secret. Nobody's whose record must not be used answers here."""
        rows = Invitation.objects.filter(digest=Invitation.digest_of(self.kwargs["secret"]))
        return rows.for_list().exclude(person__stopped_on__isnull=False, person__isnull=False).first()

    @property
    def mine(self) -> Invitation:
        """The invitation; 404 where there is none."""
        if self.found is None:
            raise Http404
        return self.found

    def own_language(self) -> str:
        """That of the invitation."""
        return self.found.language.code if self.found is not None and self.found.language else ""

    @property
    def may_change(self) -> bool:
        """Whether an answer still changes something."""
        return takes_answers(self.mine.forum, timezone.localdate())

    def show(self, template: str, title: str, **shown: Any) -> HttpResponse:
        """A page, with the invitation and the secret that its links need."""
        mine = self.found
        return super().show(template, title, invitation=mine, forum=mine.forum if mine else None,
                            secret=self.kwargs["secret"], **shown)  # fmt: skip


class MyInvitation(Mine):
    """What they are invited to, or what they answered and what happens next."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The page."""
        return self._page()

    def _page(self) -> HttpResponse:
        mine, forum = self.mine, self.mine.forum
        title = self._title()
        return self.show(
            "mine", title, may_change=self.may_change, offered=already_there(forum), booked_by=booked_by(forum),
            answer=dict(ANSWERS).get(mine.answer, ""), cancelled=forum.state == ForumState.CANCELLED,
            help_asked=list(mine.help_asked.select_related("type", "language")), **self.notes_of(forum),
        )  # fmt: skip

    def _title(self) -> str:
        mine = self.mine
        if mine.forum.state == ForumState.CANCELLED:
            return str(SAY["cancelled"])
        by_place = {"waiting": "waiting", "offered": "free_place"}
        by_answer = {"yes": "thanks_yes", "maybe": "thanks_maybe", "none": "not_answered"}
        return str(SAY[by_place.get(mine.place) or by_answer.get(mine.answer, "thanks_no")])


class MyCalendar(Mine):
    """The forum as a calendar file of their own: with the way to join online once they said that they come."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The file."""
        link = request.build_absolute_uri(reverse("my-invitation", args=[secret]))
        text = one_text(entry_of(self.mine, link))
        made = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        made.headers["Content-Disposition"] = 'attachment; filename="forum.ics"'
        return made


class MyAnswers(Mine):
    """Questions, kept when the button is pressed: all on one page here."""

    keys: tuple[str, ...] = ALL

    def asked(self) -> tuple[str, ...]:
        """The questions that fit who answers and what they answered: nothing we know is asked again."""
        mine = self.mine
        known = {"name", "reach"} if mine.person_id is not None else set()
        if self.keys == ALL:
            return tuple(key for key in ALL if key not in known)
        return self.keys

    def details(self) -> AnswerDetails:
        """What stands there; before the first answer, what they let us keep."""
        told = answer_of(self.mine)
        if not self.mine.answered_in_full and not told.help_asked:
            types, tongue = known_help(self.mine)
            told = replace(told, help_asked=types, interpreter_language=tongue)
        return told

    def form(self, data: Any = None) -> AnswerForm:
        """The questions of this page."""
        return AnswerForm(data, asked=self.asked(), details=self.details(), held=standing_of(self.mine.forum))

    def is_last(self, answer: str) -> bool:
        """Whether nothing is asked after this."""
        return True

    def after(self, mine: Invitation) -> HttpResponse:
        """To what happens next."""
        return self.to("my-invitation", self.kwargs["secret"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page; what cannot be changed any more is only shown."""
        if not self.may_change:
            return self.to("my-invitation", self.kwargs["secret"])
        return self.page(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep what is there. Nothing typed is lost when something does not make sense."""
        form = self.form(request.POST)
        if form.is_valid():
            details = form.details()
            try:
                mine = answer_invitation(
                    actor=NOBODY, invitation=self.mine, secret=self.kwargs["secret"], details=details,
                    in_full=self.is_last(details.answer),
                )  # fmt: skip
            except Blocked as refusal:
                form.add_blockers(refusal)
            else:
                return self.after(mine)
        return self.page(form)

    def page(self, form: AnswerForm) -> HttpResponse:
        """The questions, with what went wrong."""
        known = "help" in self.asked() and not self.mine.answered_in_full and bool(self.details().help_asked)
        return self.show("questions", str(SAY["title"]), form=form, known=known, offered=already_there(self.mine.forum))


class MyAnswer(MyAnswers):
    """One question."""

    @property
    def question(self) -> Question:
        """The question of the address; 404 for one that is not asked."""
        if self.kwargs["key"] not in BY_KEY:
            raise Http404
        return BY_KEY[self.kwargs["key"]]

    def asked(self) -> tuple[str, ...]:
        """This one."""
        return (self.question.key,)

    def path(self, answer: str) -> list[str]:
        """The questions in their order, for this answer."""
        first = {"no": ["coming", "why"], "cannot_but_say": ["coming", "say"]}.get(answer, ["coming"])
        unknown = ["name", "reach"] if self.mine.person_id is None and answer != Answer.NO else []
        comes = ["help", "guests", "keep"] if answer in (Answer.YES, Answer.MAYBE) else []
        return [*first, *unknown, *comes]

    def is_last(self, answer: str) -> bool:
        """Whether nothing is asked after this."""
        return self.question.key == self.path(answer)[-1]

    def after(self, mine: Invitation) -> HttpResponse:
        """The next question, or what happens next."""
        path = self.path(mine.answer)
        place = path.index(self.question.key) + 1 if self.question.key in path else len(path)
        if place < len(path):
            return self.to("my-answer", self.kwargs["secret"], path[place])
        return super().after(mine)

    def page(self, form: AnswerForm) -> HttpResponse:
        """The question, with its place among the others."""
        path = self.path(self.mine.answer)
        place = path.index(self.question.key) if self.question.key in path else 0
        known = self.question.key == "help" and not self.mine.answered_in_full and bool(self.details().help_asked)
        return self.show(
            "questions", gettext(str(self.question.title)), form=form, question=self.question, known=known,
            before=path[place - 1] if place else "", offered=already_there(self.mine.forum),
        )  # fmt: skip
