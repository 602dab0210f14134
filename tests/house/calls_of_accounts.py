"""How the actions of accounts, roles and keys are called in a world."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser

from crm.accounts.actions import close_account
from crm.accounts.details import InvitationDetails, RoleDetails
from crm.audit.verbs import Verb
from tests.crm.accounts.helpers import with_app
from tests.house.addresses import invitation, token
from tests.world import PASSWORD, World

Call = tuple[Any, dict[str, Any]]


def _closed(world: World) -> Call:
    close_account(actor=world.administrator, user=world.joe)
    world.joe.refresh_from_db()
    return world.administrator, {"user": world.joe}


def _sam(*role: Any) -> dict[str, Any]:
    return {"details": InvitationDetails("Sam", "sam@northbrook.example", RoleDetails(*role))}


CALLS_OF_ACCOUNTS: dict[str, Callable[[World], Call]] = {
    "invite_champion": lambda w: (w.lead, _sam("champion", None, w.east)),
    "invite_person": lambda w: (w.administrator, _sam("analyst")),
    "withdraw_invitation": lambda w: (w.administrator, {"invitation": invitation(w)}),
    "accept_invitation": lambda w: (AnonymousUser(), {"invitation": invitation(w), "password": PASSWORD}),
    "give_role": lambda w: (w.administrator, {"user": w.stranger, "details": RoleDetails(role="analyst")}),
    "end_role": lambda w: (w.administrator, {"grant": w.joe.grants.get()}),
    "close_account": lambda w: (w.administrator, {"user": w.joe}),
    "reopen_account": _closed,
    "report_phone_lost": lambda w: (w.administrator, {"user": w.amina}),
    "take_second_step_away": lambda w: (w.administrator, {"user": with_app(w.amina)}),
    "note_sign_in_change": lambda w: (w.amina, {"verb": Verb.PASSWORD_CHANGED}),
    "make_token": lambda w: (w.amina, {"name": "Power BI", "scope": "read"}),
    "revoke_token": lambda w: (w.amina, {"token": token(w)}),
}
