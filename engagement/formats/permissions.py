"""Who may ask for another format, read the requests and answer them."""

from __future__ import annotations

from crm.accounts.models import User
from crm.base.actors import OFFICE_ROLES, Actor
from crm.base.permissions import permission
from engagement.formats.models import READERS, FormatRequest


def _sees(actor: Actor, request: FormatRequest) -> bool:
    return FormatRequest.objects.visible_to(actor).filter(pk=request.pk).exists()


@permission("Ask for a page in another format", public=True)
def ask_for_format(*, actor: Actor) -> bool:
    """Anyone, on the page itself."""
    return True


@permission("Read requests for other formats", roles=READERS, scope="read")
def read_format_requests(*, actor: Actor) -> bool:
    """All of them."""
    return True


@permission("Write down a request for another format", roles=OFFICE_ROLES)
def add_format_request(*, actor: Actor) -> bool:
    """Whoever was asked, by phone, letter or in person."""
    return True


@permission("Answer a request for another format", roles=READERS)
def answer_format_request(*, actor: Actor, request: FormatRequest) -> bool:
    """Whoever may see it."""
    return _sees(actor, request)


@permission("Give a request for another format to a colleague", roles=READERS)
def give_format_request(*, actor: Actor, request: FormatRequest, owner: User) -> bool:
    """Whoever may see it."""
    return _sees(actor, request)


@permission("Delete who asked for another format", roles=(), scope="admin", system=True)
def forget_format_requests(*, actor: Actor) -> bool:
    """Only the system, every night: four weeks after they have it."""
    return True
