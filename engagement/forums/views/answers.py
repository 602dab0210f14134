"""Answering an invitation: public, without an account, without JavaScript, one question on a page or all on one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext

from crm.base.rules import Blocked
from crm.sending.models import Format
from crm.sending.reaching import form_for
from engagement.forums.actions.answers import answer_invitation
from engagement.forums.answers import AnswerDetails, answer_of
from engagement.forums.calendars.writing import one_text
from engagement.forums.easy import OF_CHOICES, OF_QUESTIONS, picture
from engagement.forums.forms.answers import ALL, AnswerForm
from engagement.forums.models import Invitation
from engagement.forums.permissions import invitations as permissions
from engagement.forums.reports.invited import already_there, booked_by, entry_of, known_help
from engagement.forums.reports.places import standing_of
from engagement.forums.rules.invitations import takes_answers
from engagement.forums.views.anybody import NOBODY, ForumsPage
from engagement.forums.vocabulary import Answer, ForumState
from engagement.forums.words import ANSWERS, BY_KEY, SAY, Question


class Mine(ForumsPage):
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

    def needs_easy_read(self) -> bool:
        """As was chosen for this forum, or as their needs say. 1 query."""
        mine = self.found
        if mine is None or mine.person is None or mine.format:
            return mine is not None and mine.format == Format.EASY_READ
        return form_for(mine.person) == Format.EASY_READ

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
            picture=picture(OF_CHOICES.get(mine.answer, "")) if self.easy else "",
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
        held = standing_of(self.mine.forum)
        return AnswerForm(data, asked=self.asked(), details=self.details(), held=held, easy=self.easy)

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
            picture=picture(OF_QUESTIONS[self.question.key]) if self.easy else "",
        )  # fmt: skip
