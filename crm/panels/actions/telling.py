"""Our answer to an applicant who asked for it by e-mail, written and sent with the decision."""

from __future__ import annotations

from crm.accounts.models import User
from crm.base.words import named_day
from crm.panels.invitations import link_to
from crm.panels.letters import ABOUT, DECIDED, OFFERED, PAGE
from crm.panels.models import Application
from crm.panels.rules.recruitment import answer_day
from crm.panels.vocabulary import ReachBy
from crm.sending.actions import answer_guest
from crm.sending.choosing import choose_version
from crm.sending.details import About
from crm.sending.models import Format, LetterTemplate

State = Application.State
SAID: dict[str, str] = {
    State.RESERVE: "You are on the reserve list. If a place becomes free, we ask you in your turn.",
    State.NOT_CHOSEN: "We cannot offer you a place this time.",
}


def tell(actor: User, application: Application) -> Application:
    """Send our answer where they gave an e-mail address for it. Where the council has no such letter, nothing goes: the
    page of the application says that somebody must tell them."""
    if application.reach_by != ReachBy.EMAIL or not application.reach_at:
        return application
    key = OFFERED if application.state == State.OFFERED else DECIDED
    letter = LetterTemplate.objects.for_list().filter(key=key, purpose__ended_on=None).first()
    if letter is None or choose_version(letter, application.language, Format.STANDARD).version is None:
        return application
    own = {"call": application.call.title, "reason": application.reason, "number": application.number,
           "own_page": link_to(PAGE)}  # fmt: skip
    if key == OFFERED:
        own["answer_by"] = named_day(answer_day(application))
    else:
        own["decision"] = SAID[application.state]
    answer_guest(
        actor=actor, address=application.reach_at, purpose=letter.purpose, template_key=key, values=own,
        language=application.language, about=About(ABOUT, application.pk),
    )  # fmt: skip
    return application
