"""Long sends go on by themselves: the background worker prepares and sends letters of a forum, fifty at a time.

Each round is an action of its own in the name of whoever pressed the button, and a task of its own that asks for the
next one. When a worker is killed within a round, that round is undone, and begun again after some minutes
(`crm.base.again`): what is done is done, and nothing is done twice.
"""

from __future__ import annotations

from django_tasks import task

from crm.accounts.models import User
from crm.base.permissions import Refused
from crm.base.rules import Blocked
from engagement.forums.actions.telling import prepare_letters, send_letters
from engagement.forums.models import Forum


@task()
def go_on_with_letters(*, forum: str, actor: str, send: bool) -> int:
    """Prepare, or send, the next ones, and ask for the next round until nothing is left. Gives how many. Whoever may no
    longer do it, and a forum about which nobody is told any more, end it."""
    user, about = User.objects.get(pk=actor), Forum.objects.filter(pk=forum).first()
    if about is None:
        return 0
    try:
        made = _round(user, about, send=send)
    except (Blocked, Refused):
        return 0
    if made:
        go_on_with_letters.enqueue(forum=forum, actor=actor, send=send)
    return made


def _round(user: User, forum: Forum, *, send: bool) -> int:
    if not send:
        return len(prepare_letters(actor=user, forum=forum))
    sent = send_letters(actor=user, forum=forum)
    return len(sent.queued) + len(sent.held)
