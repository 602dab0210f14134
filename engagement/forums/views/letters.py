"""Letters about a forum: prepared, looked at one by one, sent; how far a long send is; and the poster."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from crm.base.again import under_way
from crm.base.rules import Blocked
from crm.base.views import WorkspaceView, one_of, one_seen, page_of, refusal_words
from crm.sending.models import Message
from crm.sending.reports import progress_of
from engagement.forums import letters_about as about
from engagement.forums.actions.telling import AT_ONCE, prepare_letters, send_letters
from engagement.forums.models import Forum, Invitation
from engagement.forums.permissions import invitations as permissions
from engagement.forums.permissions.forums import read_forums
from engagement.forums.reports.due import due_of
from engagement.forums.rules.invitations import blockers_to_telling
from engagement.forums.tasks import go_on_with_letters
from engagement.forums.words import TONGUES

# One line on a poster in each language that many people here read. Machines translated all but English: a language no
# speaker has checked stands on no poster, but for the demonstration's, under a warning.
COME = (
    ("en", "ltr", "Tell us you are coming, and what would help you."),
    ("ur", "rtl", "ہمیں بتائیں کہ آپ آ رہے ہیں، اور کیا چیز آپ کی مدد کرے گی۔"),
    ("pa-Guru", "ltr", "ਸਾਨੂੰ ਦੱਸੋ ਕਿ ਤੁਸੀਂ ਆ ਰਹੇ ਹੋ, ਅਤੇ ਤੁਹਾਡੀ ਮਦਦ ਕਿਵੇਂ ਹੋ ਸਕਦੀ ਹੈ।"),
    ("bn", "ltr", "আপনি আসছেন কি না এবং কী সাহায্য লাগবে তা আমাদের জানান।"),
    ("pl", "ltr", "Powiedz nam, że przyjdziesz i co Ci pomoże."),
    ("ro", "ltr", "Spuneți-ne dacă veniți și ce v-ar ajuta."),
    ("ar", "rtl", "أخبرونا أنكم قادمون وما الذي يساعدكم."),
    ("so", "ltr", "Noo sheeg inaad imanayso iyo waxa ku caawin lahaa."),
)


class LettersPage(WorkspaceView):
    """What is prepared and not sent, with way, language and form of each; and how far what was sent is."""

    permission = permissions.send_letters

    def forum(self) -> Forum:
        """The forum; 404 when it is hidden or missing."""
        found: Forum = one_seen(self.user, Forum, self.kwargs["pk"], "for_list")
        return found

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        forum = self.forum()
        seen = Invitation.objects.visible_to(self.user).filter(forum=forum).order_by()
        rows = Message.objects.visible_to(self.user).filter(about_kind=about.ABOUT, about_id__in=seen.values("pk"))
        drafts = page_of(rows.filter(state=Message.State.DRAFT).for_list(), request)
        shown = {
            "title": "Letters about this forum",
            "forum": forum,
            "page": drafts,
            "progress": progress_of(rows),
            "held": rows.filter(state__in=(Message.State.HELD, Message.State.FAILED)).for_list()[:25],
            "due": due_of(forum, Invitation.objects.visible_to(self.user)).order_by().count(),
            "going_on": under_way(go_on_with_letters, forum=str(forum.pk)),
            "blockers": [blocker.words for blocker in blockers_to_telling(forum)],
        }
        return render(request, "workspace/forums/letters.html", shown)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Prepare the next ones, or send those that are prepared."""
        forum = self.forum()
        try:
            messages.success(request, self._send(forum) if "send" in request.POST else self._prepare(forum))
        except Blocked as refusal:
            for words in refusal_words(refusal):
                messages.warning(request, words)
        return redirect("workspace:forum-letters", pk=pk)

    def _prepare(self, forum: Forum) -> str:
        made = prepare_letters(actor=self.user, forum=forum)
        more = self._go_on(forum, send=False) if len(made) == AT_ONCE else ""
        return f"Prepared: {len(made)}. Look at them, then send them.{more}"

    def _send(self, forum: Forum) -> str:
        done = send_letters(actor=self.user, forum=forum)
        held = f" Held back, with the reason on each: {len(done.held)}." if done.held else ""
        more = self._go_on(forum, send=True) if len(done.queued) + len(done.held) == AT_ONCE else ""
        return f"On their way: {len(done.queued)}.{held}{more}"

    def _go_on(self, forum: Forum, *, send: bool) -> str:
        """The others follow by themselves."""
        go_on_with_letters.enqueue(forum=str(forum.pk), actor=str(self.user.pk), send=send)
        return " The others follow by themselves. Open this page again to see how far it is."


class Poster(WorkspaceView):
    """A poster with a QR code to the open page; the address, phone and text number stand there in print, too."""

    permission = read_forums

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page to print; 404 for a forum that is not public."""
        forum = one_of(Forum.objects.visible_to(self.user).public().select_related("venue"), pk=pk)
        address = settings.SITE_ADDRESS.rstrip("/") + reverse("forum-for-anybody", args=[forum.pk])
        code = segno.make(address, error="q", micro=False)
        drawn = code.svg_inline(scale=8, border=4, title="QR code to the page on the web", omitsize=True)
        offered = TONGUES.offered()
        lines = [(code, direction, words, not TONGUES.checked(code))
                 for code, direction, words in COME if code in offered]  # fmt: skip
        shown = {"title": "Poster", "forum": forum, "address": address, "lines": lines,
                 "unchecked": any(line[3] for line in lines),
                 "code": mark_safe(drawn)}  # noqa: S308  # fmt: skip
        return render(request, "workspace/forums/poster.html", shown)
