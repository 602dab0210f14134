"""Asking how much people felt they decided: a round, its one-time links, and answers that nobody can join to anybody.

An answer adds one to a tally and deletes its link, in one transaction. The audit holds that somebody answered in a
round: not which rung, and nobody's name, because whoever answers has not signed in.
"""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, record, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import Blocked, refuse_if, refuse_input_if
from engagement.coproduction.projects.details import RoundDetails
from engagement.coproduction.projects.links import digest_of, round_of_mailed, secret_of
from engagement.coproduction.projects.models import FeltLink, FeltRound, FeltSpent, FeltTally, Project, Rung
from engagement.coproduction.projects.permissions import people as permissions
from engagement.coproduction.projects.rules import people as rules


@action(permissions.open_felt_round)
def open_felt_round(*, actor: User, project: Project, details: RoundDetails) -> FeltRound:
    """Begin to ask, with so many one-time links. Raises `Blocked`, `InputBlocked`."""
    held = lock(project)
    refuse_if(rules.blockers_to_asking(held))
    refuse_input_if(rules.blockers_to_round(details))
    assert details.links is not None
    assert details.closes_on is not None
    asked = FeltRound(
        project=held,
        opened_on=timezone.localdate(),
        closes_on=details.closes_on,
        links_made=details.links,
        opened_by=actor,
    )
    write(asked, verb=Verb.FELT_ASKED)
    digests = sorted(digest_of(secret_of(asked.pk, number)) for number in range(details.links))
    attach([FeltLink(round=asked, digest=digest) for digest in digests])
    attach([FeltTally(round=asked, rung=rung) for rung in Rung.objects.for_list()])
    return asked


@action(permissions.take_felt_links)
def take_felt_links(*, actor: User, round: FeltRound) -> list[str]:
    """The secrets of the links nobody has used yet, in no telling order, to print or send. That they were taken is
    audited. None once the last day to answer is over."""
    record(Verb.FELT_LINKS_TAKEN, subject=round)
    if list(rules.blockers_to_answering(round)):
        return []
    unused = set(FeltLink.objects.filter(round=round).values_list("digest", flat=True))
    secrets = [secret_of(round.pk, number) for number in range(round.links_made)]
    return sorted(secret for secret in secrets if digest_of(secret) in unused)


@action(permissions.answer_felt)
def answer_felt(*, actor: Actor, round: FeltRound, secret: str, rung: Rung | None) -> None:
    """Count an answer and end its link. Raises `Blocked` when the link was used meanwhile or the time is over,
    `InputBlocked` when nothing was chosen."""
    asked = lock(round)
    refuse_if(rules.blockers_to_answering(asked))
    refuse_input_if(rules.answer_missing(rung))
    if not _end_link(asked, secret):
        raise Blocked([rules.OVER])
    FeltTally.objects.filter(round=asked, rung=rung).update(answers=F("answers") + 1)
    # Of no round: its events would count the answers before they may be shown.
    record(Verb.FELT_ANSWERED, kind="feltround")


def _end_link(asked: FeltRound, secret: str) -> bool:
    """Use a link up, inside the lock of its round; False when it was used before."""
    digest = digest_of(secret)
    if round_of_mailed(secret) is None:
        gone, _ = FeltLink.objects.filter(round=asked, digest=digest).delete()
        return bool(gone)
    if FeltSpent.objects.filter(digest=digest).exists():
        return False
    attach([FeltSpent(round=asked, digest=digest)])
    return True


@action(permissions.forget_felt_links)
def forget_felt_links(*, actor: Actor) -> int:
    """Delete what is left of the links of rounds that are over: printed ones nobody used, and that mailed ones were
    used. The tallies stay. Gives how many."""
    over = FeltRound.objects.filter(closes_on__lt=timezone.localdate()).order_by()
    number = sum(model.objects.filter(round__in=over).delete()[0] for model in (FeltLink, FeltSpent))
    if number:
        record(Verb.FELT_LINKS_FORGOTTEN, kind="feltround", count=number)
    return number
