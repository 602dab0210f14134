"""What is looked after every night: pages whose day has come to appear, to be looked at again, and links that fail."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.models import PAGE_TYPES, LinkCheck, PublicPage, ReviewReminder
from cms.outgoing import answer_of
from cms.rules import NotReady

OUTSIDE = re.compile(r'href=\\?"(https?://[^"\\]+)\\?"')
INSIDE = re.compile(r'linktype=\\?"page\\?" id=\\?"(\d+)\\?"|id=\\?"(\d+)\\?" linktype=\\?"page\\?"')


def publish_due() -> tuple[int, int]:
    """Put on the site what was to appear by now, and take off what was to go. A page whose rules say no stays a draft,
    and whoever keeps it is told; the others go on. Returns how many appeared and how many were held back."""
    now, appeared, held = timezone.now(), 0, 0
    for page in Page.objects.live().filter(expire_at__lt=now).specific():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision in Revision.page_revisions.filter(approved_go_live_at__lt=now):
        try:
            revision.publish(log_action="wagtail.publish.scheduled")
            appeared += 1
        except NotReady as refused:
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            held += _tell(revision.as_object(), "held_back", reasons=refused.blockers)
    return appeared, held


def overdue_pages() -> list[PublicPage]:
    """Live pages whose day to be looked at again has come, the longest overdue first; a query for each kind of page."""
    today = timezone.localdate()
    live = (kind._default_manager.live().filter(review_date__lte=today) for kind in PAGE_TYPES)
    rows = [page for pages in live for page in pages.select_related("kept_by", "locale")]
    return sorted(rows, key=lambda page: (page.review_date, page.pk))


def remind_keepers() -> int:
    """Tell whoever keeps a page that its day has come: one message each day with all of theirs, once for each page."""
    told = set(ReviewReminder.objects.values_list("page_id", "review_date"))
    due: dict[Any, list[PublicPage]] = {}
    for page in overdue_pages():
        if page.kept_by is not None and page.kept_by.is_active and (page.pk, page.review_date) not in told:
            due.setdefault(page.kept_by, []).append(page)
    for keeper, pages in due.items():
        words = render_to_string("emails/pages_to_look_at.txt", {"pages": pages, "keeper": keeper})
        EmailMessage("Pages to look at again", words, to=[keeper.email]).send()
        ReviewReminder.objects.bulk_create(
            ReviewReminder(page_id=page.pk, review_date=page.review_date) for page in pages
        )
    return sum(len(pages) for pages in due.values())


def links_of(page: PublicPage) -> Iterator[str]:
    """Every address a page leads to outside; and, as `page:` with its id, each page of ours that nobody can read."""
    stored = json.dumps([field.get_prep_value() for field in _fields_of(page)], ensure_ascii=False)
    yield from dict.fromkeys(OUTSIDE.findall(stored.replace('\\"', '"')))
    ids = {int(first or second) for first, second in INSIDE.findall(stored.replace('\\"', '"'))}
    there = set(Page.objects.live().filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    yield from (f"page:{missing}" for missing in sorted(ids - there))


def _fields_of(page: PublicPage) -> list[Any]:
    return [value for name in ("body", "letters", "sections") if (value := getattr(page, name, None)) is not None]


def check_links(ask: Callable[[str], tuple[bool, str]] = answer_of) -> int:
    """Ask every address that live pages lead to, once each. Returns how many failed. What no page leads to any more is
    forgotten."""
    found: dict[str, list[int]] = {}
    for kind in PAGE_TYPES:
        for page in kind._default_manager.live():
            for address in links_of(page):
                found.setdefault(address[:2000], []).append(page.pk)
    LinkCheck.objects.exclude(address__in=found).delete()
    return sum(_check(address, pages, ask) for address, pages in found.items())


def _check(address: str, pages: list[int], ask: Callable[[str], tuple[bool, str]]) -> int:
    good, answer = (False, "Nobody can read this page") if address.startswith("page:") else ask(address)
    row, _ = LinkCheck.objects.get_or_create(address=address)
    row.checked_at, row.answer = timezone.now(), answer
    row.failed_since = None if good else row.failed_since or timezone.localdate()
    row.save()
    row.pages.set(pages)
    return 0 if good else 1


def _tell(page: Any, letter: str, **shown: Any) -> int:
    keeper = getattr(page, "kept_by", None)
    if keeper is not None and keeper.is_active:
        words = render_to_string(f"emails/{letter}.txt", {"page": page, "keeper": keeper, **shown})
        EmailMessage("A page did not appear", words, to=[keeper.email]).send()
    return 1


def failing_links() -> Any:
    """Links that did not answer when last asked, those that fail longest first."""
    return LinkCheck.objects.filter(~Q(failed_since=None)).prefetch_related("pages").order_by("failed_since", "id")
