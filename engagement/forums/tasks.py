"""Long sends go on by themselves: the background worker prepares and sends letters of a forum, fifty at a time.

Each round is an action of its own in the name of whoever pressed the button. When the worker is stopped between two
rounds, what is done is done, and the page shows what is left: one more press goes on from there.
"""

from __future__ import annotations

from django_tasks import task

from crm.accounts.models import User
from crm.base.permissions import Refused
from crm.base.rules import Blocked
from engagement.forums.actions.telling import prepare_letters, send_letters
from engagement.forums.models import Forum

MOST_ROUNDS = 20  # more than can be invited at a time


@task()
def go_on_with_letters(*, forum: str, actor: str, send: bool) -> int:
    """Prepare, or send, until nothing is left. Gives how many. Whoever may no longer do it, and a forum about which
    nobody is told any more, end it."""
    user, about, done = User.objects.get(pk=actor), Forum.objects.filter(pk=forum).first(), 0
    for _ in range(MOST_ROUNDS):
        if about is None:
            break
        try:
            made = _round(user, about, send=send)
        except (Blocked, Refused):
            break
        if not made:
            break
        done += made
    return done


def _round(user: User, forum: Forum, *, send: bool) -> int:
    if not send:
        return len(prepare_letters(actor=user, forum=forum))
    sent = send_letters(actor=user, forum=forum)
    return len(sent.queued) + len(sent.held)
