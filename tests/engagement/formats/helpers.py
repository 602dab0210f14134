"""What the tests of requests for other formats share: somebody asks to have a page read to them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from crm.base.writing import writing_allowed
from engagement.formats.actions import answer_format_request, ask_for_format
from engagement.formats.details import RequestDetails
from engagement.formats.models import FormatRequest

NOBODY = AnonymousUser()


def details(world, **changes):
    """Care at home, read on the phone in Urdu."""
    plain = {
        "about": "Come and talk about care at home",
        "format": "read_aloud",
        "language": world.urdu,
        "reach_by": "phone",
        "reach_at": "0113 496 0199",
    }
    return RequestDetails(**{**plain, **changes})


def a_request(world, **changes):
    """Somebody asked on the site."""
    return ask_for_format(actor=NOBODY, details=details(world, **changes))


def long_finished(world):
    """They have had it for five weeks."""
    request = answer_format_request(actor=world.lead, request=a_request(world), state="done", outcome="Read to them")
    with writing_allowed():
        FormatRequest.objects.filter(pk=request.pk).update(finished_on=timezone.localdate() - timedelta(weeks=5))
    return request
