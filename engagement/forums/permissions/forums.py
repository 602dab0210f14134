"""Who may see, plan, open, change and cancel forums."""

from __future__ import annotations

from crm.areas.models import Area
from crm.base.actors import CONTENT_ROLES, FIELD_ROLES, OFFICE_ROLES, Actor, Role, holds, scope_of
from crm.base.permissions import permission
from engagement.forums.details import ForumDetails
from engagement.forums.models import Forum, Job, Series

READERS = FIELD_ROLES | CONTENT_ROLES | {Role.ANALYST}


def works_on(actor: Actor, forum: Forum) -> bool:
    """Whether this colleague may see the forum; whoever works in the field and sees it may work on it."""
    return Forum.objects.visible_to(actor).filter(pk=forum.pk).exists()


def may_plan_in(actor: Actor, locality: Area | None) -> bool:
    """Officers, leads and managers anywhere; champions where they were appointed."""
    if holds(actor, OFFICE_ROLES):
        return True
    scope = scope_of(actor, {Role.CHAMPION})
    return scope.everywhere or (locality is not None and locality.pk in scope.localities)


def _may_move_to(actor: Actor, was: Area | None, details: ForumDetails) -> bool:
    return details.locality == was or may_plan_in(actor, details.locality)


@permission("Read forums", roles=READERS, scope="read")
def read_forums(*, actor: Actor) -> bool:
    """Officers, leads and managers: all. Champions: those of their locality and those they organise. Publishers,
    translators, checkers and analysts: what the public was told."""
    return True


@permission("Read series of forums", roles=FIELD_ROLES, scope="read")
def read_series(*, actor: Actor) -> bool:
    """Officers, leads and managers: all. Champions: those of their locality and those they organise."""
    return True


@permission("Plan a forum", roles=FIELD_ROLES)
def plan_forum(*, actor: Actor, details: ForumDetails) -> bool:
    """Officers, leads and managers anywhere; champions in their locality, which they must name."""
    return details.locality is None or may_plan_in(actor, details.locality)


@permission("Plan a series of forums", roles=FIELD_ROLES)
def plan_series(*, actor: Actor, details: ForumDetails) -> bool:
    """Officers, leads and managers anywhere; champions in their locality, which they must name."""
    return details.locality is None or may_plan_in(actor, details.locality)


@permission("Change a forum", roles=FIELD_ROLES)
def change_forum(*, actor: Actor, forum: Forum, details: ForumDetails) -> bool:
    """Whoever works in the field and may see it; champions keep it in their locality."""
    return works_on(actor, forum) and _may_move_to(actor, forum.locality, details)


@permission("Let a forum come again", roles=FIELD_ROLES)
def repeat_forum(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change it."""
    return works_on(actor, forum)


@permission("Change a series of forums", roles=FIELD_ROLES)
def change_series(*, actor: Actor, series: Series, details: ForumDetails) -> bool:
    """Whoever works in the field and may see it; champions keep it in their locality."""
    return _sees_series(actor, series) and _may_move_to(actor, series.locality, details)


def _sees_series(actor: Actor, series: Series) -> bool:
    return Series.objects.visible_to(actor).filter(pk=series.pk).exists()


@permission("End a series of forums", roles=FIELD_ROLES)
def end_series(*, actor: Actor, series: Series) -> bool:
    """Whoever may change it."""
    return _sees_series(actor, series)


@permission("Make the next dates of every series", roles=(), scope="admin", system=True)
def extend_series(*, actor: Actor) -> bool:
    """Only the system, every night."""
    return True


@permission("Skip a date of a series", roles=FIELD_ROLES)
def skip_date(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Put a skipped date of a series back", roles=FIELD_ROLES)
def bring_back_date(*, actor: Actor, series: Series) -> bool:
    """Whoever may change the series."""
    return _sees_series(actor, series)


@permission("Move a forum to another day", roles=FIELD_ROLES)
def move_forum(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Open a forum", roles=FIELD_ROLES)
def open_forum(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Cancel a forum", roles=FIELD_ROLES)
def cancel_forum(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Let somebody else look after a forum", roles=FIELD_ROLES)
def give_forum(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum; for what a champion leaves behind."""
    return works_on(actor, forum)


@permission("Let somebody else look after a series of forums", roles=FIELD_ROLES)
def give_series(*, actor: Actor, series: Series) -> bool:
    """Whoever may change it; for what a champion leaves behind."""
    return _sees_series(actor, series)


@permission("Read jobs for forums", roles=FIELD_ROLES, scope="read")
def read_jobs(*, actor: Actor) -> bool:
    """Those of forums one may see, and one's own."""
    return True


@permission("Do a job for a forum", roles=FIELD_ROLES)
def finish_job(*, actor: Actor, job: Job) -> bool:
    """Whoever has the job, and whoever may change the forum."""
    return _sees_job(actor, job)


@permission("Give a job for a forum to somebody else", roles=FIELD_ROLES)
def give_job(*, actor: Actor, job: Job) -> bool:
    """Whoever has the job, and whoever may change the forum."""
    return _sees_job(actor, job)


def _sees_job(actor: Actor, job: Job) -> bool:
    return Job.objects.visible_to(actor).filter(pk=job.pk).exists()


@permission("Read kinds of offer", roles=READERS, scope="read")
def read_offer_kinds(*, actor: Actor) -> bool:
    """What a forum can offer is no secret."""
    return True


@permission("Load kinds of offer from a file", roles=(), scope="admin", system=True)
def load_offer_kinds(*, actor: Actor) -> bool:
    """Only the system, by a command or with the demonstration."""
    return True


@permission("Load days of note from a file", roles=(), scope="admin", system=True)
def load_calendar_days(*, actor: Actor) -> bool:
    """Only the system, by a command or with the demonstration."""
    return True
