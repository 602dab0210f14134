"""Who may answer the equality questions, and who reads what came of them: numbers alone."""

from __future__ import annotations

from crm.base.actors import Actor, Role
from crm.base.permissions import permission
from crm.panels.models import Application, RecruitmentCall


@permission("Answer or skip the equality questions", public=True)
def answer_equality(*, actor: Actor, application: Application, secret: str) -> bool:
    """Whoever has the link of the application, once it is sent."""
    return application.is_opened_by(secret)


@permission("Read what equality answers came to a call", roles={Role.LEAD, Role.MANAGER, Role.ANALYST}, scope="read")
def read_equality(*, actor: Actor, call: RecruitmentCall | None = None) -> bool:
    """Leads, managers and analysts: numbers only, once the call is closed, through the suppressor."""
    return True
