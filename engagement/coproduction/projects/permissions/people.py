"""Who may see and change who takes part in a project, and ask them how it felt."""

from __future__ import annotations

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor
from crm.base.permissions import permission
from crm.people.models import Person
from engagement.coproduction.projects.links import digest_of, round_of_mailed
from engagement.coproduction.projects.models import FeltLink, FeltRound, Project, ProjectPerson
from engagement.coproduction.projects.permissions.projects import sees
from engagement.coproduction.themes.models import READERS


@permission("Read who takes part in projects", roles=FIELD_ROLES, scope="read")
def read_project_people(*, actor: Actor) -> bool:
    """Officers, leads, managers and champions: people they may see."""
    return True


@permission("Let somebody take part in a project", roles=OFFICE_ROLES)
def take_part(*, actor: Actor, project: Project, person: Person) -> bool:
    """Officers, leads and managers of the person."""
    return sees(actor, project) and Person.objects.visible_to(actor).filter(pk=person.pk).exists()


@permission("Record that somebody left a project", roles=OFFICE_ROLES)
def leave_project(*, actor: Actor, place: ProjectPerson) -> bool:
    """Officers, leads and managers of the person, with the reason they gave."""
    return ProjectPerson.objects.visible_to(actor).filter(pk=place.pk).exists()


@permission("Ask people in a project how much they felt they decided", roles=OFFICE_ROLES)
def open_felt_round(*, actor: Actor, project: Project) -> bool:
    """Officers, leads and managers."""
    return sees(actor, project)


@permission("Take the one-time links of a round", roles=OFFICE_ROLES)
def take_felt_links(*, actor: Actor, round: FeltRound) -> bool:
    """Officers, leads and managers, to hand them out. A link leads to nobody."""
    return FeltRound.objects.visible_to(actor).filter(pk=round.pk).exists()


@permission("Write to people in a project how to say what they felt", roles=OFFICE_ROLES)
def draft_felt_letters(*, actor: Actor, round: FeltRound) -> bool:
    """Officers, leads and managers, to those who take part and whom they may see. Nothing is sent yet."""
    return FeltRound.objects.visible_to(actor).filter(pk=round.pk).exists()


@permission("Send people in a project a link to say what they felt", roles=OFFICE_ROLES)
def send_felt_letters(*, actor: Actor, round: FeltRound) -> bool:
    """Officers, leads and managers, to many at once. Which link is whose is kept nowhere."""
    return FeltRound.objects.visible_to(actor).filter(pk=round.pk).exists()


@permission("Forget the links of rounds that are over", roles=(), scope="admin", system=True)
def forget_felt_links(*, actor: Actor) -> bool:
    """Only the system, every night: the day after the last day to answer."""
    return True


@permission("Read how much people felt they decided", roles=READERS, scope="read")
def read_felt(*, actor: Actor) -> bool:
    """Whoever may read projects, as far as small numbers allow, from the day after the last day to answer."""
    return True


@permission("Say how much one felt one decided", public=True)
def answer_felt(*, actor: Actor, round: FeltRound, secret: str) -> bool:
    """Whoever has a link that was not used, once. Nobody is asked for a name."""
    mailed = round_of_mailed(secret)
    return mailed == round.pk if mailed else FeltLink.objects.filter(round=round, digest=digest_of(secret)).exists()
