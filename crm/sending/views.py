"""Messages: those to look at, one message, what is done with it, the printed letter and the phoning sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocked, Blocker, Stale
from crm.base.views import WorkspaceView, one_seen, refusal_words
from crm.people.flags import show_flags
from crm.people.models import Person
from crm.sending import permissions, reaching, rules
from crm.sending.actions import (
    decide_message,
    draft_message,
    note_posted,
    note_told,
    queue_messages,
    withdraw_message,
)
from crm.sending.details import Recipient
from crm.sending.filters import MessageFilter
from crm.sending.forms import ToldForm, WriteForm
from crm.sending.marks import leave_a_mark
from crm.sending.models import NOT_BEGUN, Message
from crm.sending.registry import about_kinds, secrets_for, with_secrets
from crm.sending.reports import notes_before_sending, to_look_at

State = Message.State


class MessageList(Listing):
    """Messages that need a person; any others by their state."""

    permission = permissions.read_messages
    template_name = "workspace/sending/list.html"
    title = "Messages to look at"
    filterset = MessageFilter
    shown_filters = ("state", "way", "purpose")

    def rows(self) -> Any:
        """Those to look at, unless a state is asked for."""
        seen = Message.objects.visible_to(self.user).for_list()
        return seen if self.request.GET.get("state") else to_look_at(seen)

    def paged(self, rows: Any) -> Any:
        """One page."""
        page = super().paged(rows)
        leave_a_mark(self.user, page)
        return page


class MessageView(WorkspaceView):
    """What pages of one message share."""

    permission = permissions.read_messages

    def message(self) -> Message:
        """The message; 404 when it is hidden or missing."""
        found: Message = one_seen(self.user, Message, self.kwargs["pk"], "for_list", joined=("version_used__letter",))
        if self.request.method == "GET":
            leave_a_mark(self.user, [found])
        return found


class MessagePage(MessageView):
    """One message: to whom, what for, its words, what became of it, and what can be done."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        message = self.message()
        sendable = message.state in (State.DRAFT, State.HELD)
        show_flags([message.person], reader=self.user)
        kind = next((about_kinds[name] for name in about_kinds.names() if name == message.about_kind), None)
        shown = {
            "title": message.subject or "Message",
            "message": message,
            "steps": message.steps.select_related("by"),
            "notes": notes_before_sending(message) if sendable else [],
            "may_send": sendable and not message.blanked_on,
            "may_withdraw": message.state in NOT_BEGUN,
            "about_name": kind.name if kind else "",
            "about_url": kind.address(message.about_id) if kind and message.about_id else "",
        }
        return render(request, "workspace/sending/message.html", shown)


class MessageButton(WorkspaceView):
    """A button on a message's page: does one thing, says what happened, and goes back."""

    http_method_names = ["post"]
    said: ClassVar[str]

    def do(self, message: Message) -> str:
        """Call the action. Gives what to say."""
        raise NotImplementedError(type(self).__name__)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Do it, or say why not."""
        message = one_seen(self.user, Message, pk)
        try:
            notes.success(request, self.do(message))
        except (Blocked, Stale) as refusal:
            for words in refusal_words(refusal):
                notes.warning(request, words)
        return redirect("workspace:message", pk=pk)


class SendIt(MessageButton):
    """Send a draft, or what was held back."""

    permission = permissions.queue_messages

    def do(self, message: Message) -> str:
        """Queue it."""
        held = queue_messages(actor=self.user, messages=[message]).held
        return f"It was held back. {held[0].why}" if held else "It is on its way, or waits for you to print or phone."


class Withdraw(MessageButton):
    """Take it back."""

    permission = permissions.withdraw_message

    def do(self, message: Message) -> str:
        """Withdraw it."""
        withdraw_message(actor=self.user, message=message)
        return "It was taken back. Nobody gets it."


class ItWentOut(MessageButton):
    """Nobody knew whether it went out: it did."""

    permission = permissions.decide_message

    def do(self, message: Message) -> str:
        """Decide."""
        decide_message(actor=self.user, message=message, decision="went_out")
        return "It counts as sent."


class SendAgain(MessageButton):
    """Send it again."""

    permission = permissions.decide_message

    def do(self, message: Message) -> str:
        """Decide."""
        done = decide_message(actor=self.user, message=message, decision="send_again")
        return f"It was held back. {done.why}" if done.state == State.HELD else "It goes again."


class Posted(MessageButton):
    """The letter is in the post."""

    permission = permissions.note_posted

    def do(self, message: Message) -> str:
        """Note it."""
        note_posted(actor=self.user, message=message)
        return "The letter is in the post."


class LetterPage(MessageView):
    """The letter on A4, in large print where needed. The address stands in the window only while it may be used."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page. Whether it may still go there is asked as it is opened."""
        message = self.message()
        if message.state not in (State.TO_PRINT, State.POSTED) or message.blanked_on:
            raise Http404
        shown = {
            "title": message.subject,
            "message": message,
            "against": reaching.reasons_against(message),
            "rules": reaching.rules_for(message),
            "printed_at": timezone.now(),
            # Posting is handing over: a link of their own stands on the paper too.
            "words": with_secrets(message.text, secrets_for(message.about_kind, message.about_id)),
        }
        return render(request, "workspace/sending/letter.html", shown)


class PhoneSheet(EditPage):
    """Whom to phone or tell, which rules, what to say; then how it ended."""

    permission = permissions.note_told
    template_name = "workspace/sending/phone.html"
    title = "Phone or tell them"
    saved_words = "Saved. Thank you."

    def subject(self) -> Message:
        """The message that waits for a call."""
        found: Message = one_seen(self.user, Message, self.kwargs["pk"], "for_list")
        if self.request.method == "GET":
            if found.state != State.TO_PHONE:
                raise Http404
            leave_a_mark(self.user, [found])
        return found

    def make_form(self, data: Any, subject: Any) -> ToldForm:
        """How it ended."""
        return ToldForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is not to be told by phone."""
        return [] if subject.state == Message.State.TO_PHONE else [rules.NOT_TO_PHONE]

    def save(self, form: Any, subject: Any) -> Message:
        """Note it."""
        data = form.cleaned_data
        return note_told(actor=self.user, message=subject, result=data["result"], words=data["words"],
                         expected_version=data["version"])  # fmt: skip

    def shows(self) -> dict[str, Any]:
        """Who, which rules, what must never happen: asked as the sheet is opened."""
        shown = self.request.method == "GET"
        message = self.subject() if shown else one_seen(self.user, Message, self.kwargs["pk"], "for_list")
        return {"against": reaching.reasons_against(message), "rules": reaching.rules_for(message)}

    def address(self, subject: Any) -> str:
        """The message."""
        return reverse("workspace:message", args=[subject.pk])


class WriteToPerson(EditPage):
    """Write to one person. Nothing goes before the officer has read what will be sent, and by which way."""

    permission = permissions.draft_message
    template_name = "workspace/sending/write.html"
    title = "Write to this person"
    saved_words = "Read it once more. Then send it."

    @cached_property
    def person(self) -> Person:
        """The person, 404 when they are hidden or missing."""
        found: Person = one_seen(self.user, Person, self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> WriteForm:
        """Which letter, and what to say."""
        _ = self.person
        return WriteForm(data, reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The person."""
        return {"to": Recipient(person=self.person)}

    def save(self, form: Any, subject: Any) -> Message:
        """Draft it."""
        return draft_message(actor=self.user, to=Recipient(person=self.person), **form.told())

    def shows(self) -> dict[str, Any]:
        """To whom."""
        return {"person": self.person}

    def address(self, subject: Any) -> str:
        """The draft, or back to the person."""
        if subject is not None:
            return reverse("workspace:message", args=[subject.pk])
        return reverse("workspace:person", args=[self.person.pk])
