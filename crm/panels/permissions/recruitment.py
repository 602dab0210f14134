"""Who may call for members, read applications and choose, and what an applicant may do with the secret of a link."""

from __future__ import annotations

from collections.abc import Sequence

from crm.base.actors import EVERYONE_ON_STAFF, OFFICE_ROLES, Actor, Role
from crm.base.permissions import permission
from crm.panels.models import Application, RecruitmentCall
from crm.panels.models.recruitment import COORDINATORS


def _reads(actor: Actor, application: Application) -> bool:
    return Application.objects.visible_to(actor).filter(pk=application.pk).exists()


def _has_link(application: Application, secret: str) -> bool:
    return application.is_opened_by(secret)


@permission("Read recruitment calls", roles=EVERYONE_ON_STAFF, scope="read")
def read_calls(*, actor: Actor) -> bool:
    """Everyone on the staff: a call is meant to be known."""
    return True


@permission("Add a recruitment call", roles=COORDINATORS)
def add_call(*, actor: Actor) -> bool:
    """Leads and managers."""
    return True


@permission("Change a recruitment call", roles=COORDINATORS)
def change_call(*, actor: Actor, call: RecruitmentCall) -> bool:
    """Leads and managers."""
    return True


@permission("Open a recruitment call", roles=COORDINATORS)
def open_call(*, actor: Actor, call: RecruitmentCall) -> bool:
    """Leads and managers."""
    return True


@permission("Close a recruitment call", roles=COORDINATORS)
def close_call(*, actor: Actor, call: RecruitmentCall) -> bool:
    """Leads and managers."""
    return True


@permission("Say that everybody who applied has an answer", roles=COORDINATORS)
def finish_call(*, actor: Actor, call: RecruitmentCall) -> bool:
    """Leads and managers."""
    return True


@permission("Read applications", roles=OFFICE_ROLES, scope="read")
def read_applications(*, actor: Actor, applications: Sequence[Application] = ()) -> bool:
    """Leads and managers, by number and without a name until a place is offered; officers those they entered."""
    return True


@permission("Enter an application as the applicant's words", roles=OFFICE_ROLES)
def enter_application(*, actor: Actor, call: RecruitmentCall) -> bool:
    """Officers, leads and managers."""
    return True


@permission("Shortlist an application", roles=COORDINATORS)
def shortlist_application(*, actor: Actor, application: Application) -> bool:
    """Leads and managers."""
    return _reads(actor, application)


@permission("Decide on an application", roles=COORDINATORS)
def decide_application(*, actor: Actor, application: Application) -> bool:
    """Leads and managers."""
    return _reads(actor, application)


@permission("Write down what an applicant said to the offer of a place", roles=OFFICE_ROLES)
def record_offer_answer(*, actor: Actor, application: Application) -> bool:
    """Leads and managers, and the officer who entered the application."""
    return _reads(actor, application)


@permission("Close an offer of a place that nobody answered", roles=COORDINATORS)
def close_offer(*, actor: Actor, application: Application) -> bool:
    """Leads and managers, after the day it stands until."""
    return _reads(actor, application)


@permission("Give an applicant their place", roles=COORDINATORS)
def seat_applicant(*, actor: Actor, application: Application) -> bool:
    """Leads and managers, once the applicant said yes."""
    return _reads(actor, application)


@permission("Freeze the pool of a random selection", roles=COORDINATORS)
def freeze_pool(*, actor: Actor, call: RecruitmentCall) -> bool:
    """Leads and managers."""
    return True


@permission("Draw members at random", roles=COORDINATORS)
def draw_members(*, actor: Actor, call: RecruitmentCall) -> bool:
    """Leads and managers."""
    return True


@permission("Save the frozen pool of a random selection", roles={Role.AUDITOR}, scope="read")
def take_pool(*, actor: Actor, call: RecruitmentCall) -> bool:
    """Auditors, once the places are drawn: numbers and answers, never names."""
    return True


@permission("Delete the words of applications that were kept long enough", roles=(), scope="admin", system=True)
def forget_applications(*, actor: Actor) -> bool:
    """Only the system, every night."""
    return True


@permission("Start an application", public=True)
def start_application(*, actor: Actor, call: RecruitmentCall) -> bool:
    """Anyone, without an account, while the call is open."""
    return True


@permission("Answer the questions of an application", public=True)
def answer_application(*, actor: Actor, application: Application, secret: str) -> bool:
    """Whoever has the link of the application."""
    return _has_link(application, secret)


@permission("Answer the questions for a balanced group", public=True)
def answer_pool_questions(*, actor: Actor, application: Application, secret: str) -> bool:
    """Whoever has the link of the application."""
    return _has_link(application, secret)


@permission("Send an application", public=True)
def send_application(*, actor: Actor, application: Application, secret: str) -> bool:
    """Whoever has the link of the application."""
    return _has_link(application, secret)


@permission("Take an application back", public=True)
def take_back_application(*, actor: Actor, application: Application, secret: str) -> bool:
    """Whoever has the link of the application."""
    return _has_link(application, secret)


@permission("Answer the offer of a place", public=True)
def answer_offer(*, actor: Actor, application: Application, secret: str) -> bool:
    """Whoever has the link of the application."""
    return _has_link(application, secret)
