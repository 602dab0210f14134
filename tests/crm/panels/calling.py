"""What the tests of recruitment share: a call in each state, and applications as somebody sends them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils import timezone

from crm.base.writing import writing_allowed
from crm.panels.actions import applying, calls
from crm.panels.actions.choosing import decide_application
from crm.panels.actions.drawing import draw_members, freeze_pool
from crm.panels.details.recruitment import Answers, CallDetails, Decision
from crm.panels.models import Application, Draw, RecruitmentCall
from tests.crm.panels.helpers import a_panel

NOBODY = AnonymousUser()
HALINA = Answers(
    name="Halina Zielinska", reach_by="email", reach_at="halina@post.example", postcode_start="B10",
    knows_about=["carer"], topics="The forms are too long.", when_and_how="Mornings", would_help="A lift",
    paid_by="voucher",
)  # fmt: skip
AGE = {"words": "How old are you?", "answers": ["Under 40", "40 or over"]}
SECRET = "s" * 43


def call_details(world, **changes) -> CallDetails:
    today = timezone.localdate()
    plain = {
        "panel": a_panel(world), "slug": "join-us", "title": "Join the East panel", "words": "Once a month.",
        "places": 2, "opens_on": today, "closes_on": today + timedelta(days=20),
        "answer_by": today + timedelta(days=40),
    }  # fmt: skip
    return CallDetails(**{**plain, **changes})


def a_call(world, state="open", **changes) -> RecruitmentCall:
    """A call that is open, unless told otherwise; the same one for the same address."""
    slug = changes.get("slug", "join-us")
    found = RecruitmentCall.objects.filter(slug=slug).first()
    if found is None:
        found = calls.add_call(actor=world.lead, details=call_details(world, **changes))
        if state != "draft":
            found = calls.open_call(actor=world.lead, call=found)
    return closed(world, found) if state == "choosing" else found


def closed(world, call) -> RecruitmentCall:
    """The call, closed: those who choose begin."""
    call.refresh_from_db()
    return calls.close_call(actor=world.lead, call=call) if call.state == "open" else call


def an_application(world, *, call=None, answers=HALINA, secret=SECRET, features=None, send=True) -> Application:
    """Somebody applied by the public page."""
    started = applying.start_application(actor=NOBODY, call=call or a_call(world), secret=secret)
    mine = {"actor": NOBODY, "application": started, "secret": secret}
    applying.answer_application(**mine, answers=answers)
    if features is not None:
        applying.answer_pool_questions(**mine, agreed=True, features=features)
    return applying.send_application(**mine) if send else Application.objects.get(pk=started.pk)


def sent_and_closed(world, **changes) -> Application:
    """An application to a call that is closed now."""
    sent = an_application(world, **changes)
    closed(world, sent.call)
    return Application.objects.get(pk=sent.pk)


def decided(world, application, outcome="offered", reason="You know what a carer needs.") -> Application:
    """The application with a decision."""
    return decide_application(actor=world.lead, application=application, decision=Decision(outcome, reason))


def a_random_call(world, slug="drawn") -> RecruitmentCall:
    """A closed call whose places are drawn among those who agreed: one person so far."""
    call = RecruitmentCall.objects.filter(slug=slug).first()
    if call is None:
        call = a_call(world, slug=slug, method="random", places=1, pool_questions=[AGE])
        an_application(world, call=call, secret=slug * 9, features={"q1": "Under 40"})
    return closed(world, call)


def a_draw(world, slug="drawn") -> RecruitmentCall:
    """A call whose places were drawn."""
    call = a_random_call(world, slug)
    if not Draw.objects.filter(call=call).exists():
        freeze_pool(actor=world.lead, call=call, quotas={})
        draw_members(actor=world.lead, call=call)
    return call


def an_offer(world) -> Application:
    """Somebody who said yes to a place."""
    offered = decided(world, sent_and_closed(world))
    return applying.record_offer_answer(actor=world.lead, application=offered, accepts=True)


def an_old_offer(world) -> Application:
    """A place was offered, and the day to answer by is over."""
    offered = decided(world, sent_and_closed(world))
    with writing_allowed():
        Application.objects.filter(pk=offered.pk).update(offer_until=timezone.localdate() - timedelta(days=1))
    offered.refresh_from_db()
    return offered


def with_recording(world) -> Application:
    """What Amina entered, with its recording; the same one in the same call."""
    found = Application.objects.exclude(recording="").first()
    file = ContentFile(b"ID3" + b"\0" * 40)
    call = a_call(world)
    return found or applying.enter_application(
        actor=world.amina, call=call, how="recording", answers=HALINA, recording=file
    )


def mine(world) -> dict[str, str]:
    """What the address of one's own application holds."""
    if not Application.objects.filter(digest=Application.digest_of(SECRET)).exists():
        an_application(world, send=False)
    return {"secret": SECRET, "slug": "join-us", "key": "name"}


def sent_mine(world) -> dict[str, str]:
    """The same, once it was sent: its secret is another one, because both may stand in one world."""
    secret = "t" * 43
    if not Application.objects.filter(digest=Application.digest_of(secret)).exists():
        an_application(world, secret=secret)
    return {"secret": secret}


def telling_about_themselves(world) -> dict[str, object]:
    """What somebody who has applied gives to be counted."""
    return {"application": an_application(world), "secret": SECRET, "answers": {"carer": "yes"}}
