"""What several actions about forums share: filling one in, its offers and jobs, and the dates of a series."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import attach, record, write, write_new
from crm.audit.verbs import Verb
from crm.base.actors import SYSTEM
from crm.base.links import set_links
from crm.erasing.actions.stones import take_away
from crm.sending.actions.moving import move
from crm.sending.models import Message
from engagement.forums.actions.renewing import renew_by_hand
from engagement.forums.details import PLAIN, ForumDetails, OfferDetails, on_its_day
from engagement.forums.letters_about import ABOUT
from engagement.forums.models import Forum, ForumOffer, Job, OfferKind, Series
from engagement.forums.vocabulary import COMING, ForumState

AHEAD = timedelta(days=366)  # a series has its dates for the next 12 months
# What people's calendars show: a change of one of these must reach them (RFC 5545, section 3.8.7.4).
IN_CALENDARS = frozenset({"title", "on", "starts", "ends", "mode", "venue_id", "place_words", "online_link", "state"})
IN_LETTERS = frozenset({"about", "cancelled_reason"})
OLD_WORDS = "The forum has changed since. Prepare it again"
WORDS = ("title", "about", "place_words", "online_link", "notes")
Changes = dict[str, tuple[object, object]]


def fill(forum: Forum, details: ForumDetails) -> Forum:
    """Put the plain values in; whoever is said to look after it keeps doing so when nobody is named."""
    for name in PLAIN:
        value = getattr(details, name)
        if name != "owner":
            setattr(forum, name, value.strip() if name in WORDS else value)
    forum.owner = details.owner or forum.owner
    return forum


def keep(forum: Forum, *, verb: Verb, linked: Changes | None = None) -> Forum:
    """Save a forum; when people were told of it and their calendars show what changed, its sequence goes up."""
    changed = set(forum.changed_fields())
    if forum.was_published and IN_CALENDARS & changed:
        forum.sequence += 1
    concerns_letters = bool((IN_CALENDARS | IN_LETTERS) & changed)
    if concerns_letters:
        take_back_drafts(forum)
    saved = write(forum, verb=verb, linked=linked)
    if concerns_letters:
        renew_by_hand(saved)
    return saved


def take_back_drafts(forum: Forum) -> None:
    """Letters that are prepared and not sent say how the forum was: they are taken back, and due again."""
    invited = forum.invitations.order_by().values("pk")
    drafts = Message.objects.filter(about_kind=ABOUT, about_id__in=invited, state=Message.State.DRAFT)
    for message in drafts.order_by("id"):
        move(message, Message.State.WITHDRAWN, Verb.MESSAGE_WITHDRAWN, actor=SYSTEM, why=OLD_WORDS,
             ended_at=timezone.now())  # fmt: skip


def set_parts(forum: Forum, details: ForumDetails) -> Changes:
    """Set whom it is for, its topics, organisers and offers; what changed, for the audit."""
    changed: Changes = {}
    for name in ("communities", "topics", "organisers"):
        changed.update(set_links(forum, name, getattr(details, name)))
    return {**changed, **_set_offers(forum, details.offers)}


def _set_offers(forum: Forum, offers: Sequence[OfferDetails]) -> Changes:
    wanted = {(offer.kind.pk, offer.language.pk if offer.language else None): offer for offer in offers}
    before = sorted(_plain(row.kind_id, row.language_id, row.have_already) for row in forum.offers.all())
    after = sorted(_plain(*key, offer.have_already) for key, offer in wanted.items())
    if before == after:
        return {}
    forum.offers.all().delete()
    attach(_offers(forum, wanted.values()))
    return {"offers": (before, after)}


def _plain(kind: object, language: object, have_already: bool) -> str:
    return f"{kind} {language or '-'} {have_already}"


def _offers(forum: Forum, offers: Iterable[OfferDetails]) -> list[ForumOffer]:
    return [
        ForumOffer(forum=forum, kind=offer.kind, language=offer.language, have_already=offer.have_already)
        for offer in offers
    ]


def set_jobs(forum: Forum) -> None:
    """Make, move and drop jobs so that they fit the forum's day and offers. What is done stays done."""
    wanted = {(job.kind_id, job.language_id): job for job in _jobs_of(forum)}
    new = dict(wanted)
    for job in forum.jobs.select_related("kind"):
        fits = new.pop((job.kind_id, job.language_id), None)
        if job.done_on:
            continue
        if fits is None:
            record(Verb.JOB_DROPPED, subject=job)
            take_away(Job.objects.filter(pk=job.pk))
        else:
            job.words, job.due_on = fits.words, fits.due_on
            write(job, verb=Verb.JOB_CHANGED)
    write_new(list(new.values()), verb=Verb.JOB_MADE)


def _jobs_of(forum: Forum) -> list[Job]:
    chosen = forum.offers.filter(have_already=False).select_related("kind", "language")
    needed = [(offer.kind, offer.language) for offer in chosen if offer.kind.job_words]
    needed += [(kind, None) for kind in OfferKind.objects.for_every_forum()]
    return [
        Job(
            forum=forum,
            kind=kind,
            language=language,
            words=f"{kind.job_words}: {language.name}" if language else kind.job_words,
            due_on=forum.on - timedelta(days=kind.lead_days or 0),
            owner=forum.owner,
        )
        for kind, language in needed
    ]


def add_dates(series: Series, details: ForumDetails, days: Collection[date], *, owner: User, opened: bool) -> None:
    """One forum for each day, all alike; open at once where the rest of the series is."""
    for day in sorted(days):
        forum = Forum(series=series, original_on=day, owner=owner)
        fill(forum, on_its_day(details, day))
        if opened:
            mark_open(forum)
        write(forum, verb=Verb.FORUM_PLANNED)
        set_parts(forum, details)
        set_jobs(forum)


def mark_open(forum: Forum) -> None:
    """People may be told of it from now on."""
    forum.state, forum.was_published = ForumState.OPEN, True
    forum.published_at = forum.published_at or timezone.now()


def days_wanted(series: Series) -> list[date]:
    """The days of a series that lie ahead, as far as they are made: 12 months from today or from the first one."""
    last = max(timezone.localdate(), series.first_on) + AHEAD
    skipped = set(series.skipped.values_list("original_on", flat=True))
    return [day for day in series.days_until(last) if day not in skipped]


def coming_of(series: Series) -> list[Forum]:
    """The dates that can still be changed, locked, in order."""
    rows = Forum.objects.filter(series=series, state__in=COMING).order_by("original_on")
    return list(rows.select_for_update(of=("self",)).select_related("series", "owner"))


def remove(forum: Forum) -> None:
    """Take a date away that nobody was told of."""
    record(Verb.FORUM_SKIPPED, subject=forum)
    take_away(Forum.objects.filter(pk=forum.pk))
