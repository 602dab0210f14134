"""A person whose record is stopped vanishes by name at once, and every figure of every report stays as it was."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone

from crm.access.models import AccessNeed, NoNeed
from crm.accounts.models import User
from crm.base.actors import Role
from crm.declared.models import DeclaredCommunity
from crm.panels.models import Membership
from crm.people.models import Person
from crm.privacy.actions import restrict_person
from crm.privacy.details import RestrictionDetails
from engagement.forums.models import Forum
from engagement.forums.reports.missing import who_is_missing
from engagement.hearing.reports.asked import asked_too_often, waiting_for
from engagement.hearing.reports.quiet import hearings
from engagement.log.models import Contribution, Promise

HEARING = ("", "?by=community-locality-topic", "?by=community-locality-month", "?by=locality-topic",
           "?by=community-month", "?by=topic-month", "?by=locality-month", "?as_it_was=true")  # fmt: skip
REPORTS = (*(f"/reports/hearing/{asked}" for asked in HEARING), "/reports/quiet/", "/reports/coverage/",
           "/reports/access-needs/", "/reports/table/")  # fmt: skip
EXPORTS = ("/workspace/hearing/export/", "/workspace/reports/access/export/")
PAGES = ("/workspace/hearing/", "/workspace/hearing/quiet/", "/workspace/champions/coverage/",
         "/workspace/reports/access/", "/workspace/panels/table/")  # fmt: skip
TOLD_WHEN = ("counted_at", "as_of")  # of when, not how many


def everything_counted(calls, browser):
    """What every report tells: through the API, as files, and what pages count besides; nothing of it kept."""
    cache.clear()
    told = {}
    for path in REPORTS:
        answer = calls.get(path)
        assert answer.status_code == 200, path
        told[path] = {name: value for name, value in answer.json().items() if name not in TOLD_WHEN}
    for path in EXPORTS:
        told[path] = b"".join(browser.post(path))
    rows = hearings()
    told["quiet"] = rows
    told["asked"] = asked_too_often([row.community for row in rows if row.locality is None])
    told["waiting"] = {officer.pk: waiting_for(officer) for officer in User.objects.filter(is_active=True)}
    told["missing"] = [who_is_missing(forum) for forum in Forum.objects.order_by("pk")[:5]]
    return told


def somebody_of_each_kind():
    """People about whom something is counted in each report, each of them one the manager may stop."""
    known = Person.objects.filter(restricted=False, stopped_on=None).order_by("pk")
    sources = (
        Membership.objects.standing(timezone.localdate()),
        DeclaredCommunity.objects.filter(withdrawn_on=None),
        AccessNeed.objects.current().exclude(supporter=None),
        AccessNeed.objects.current().filter(supporter=None),
        NoNeed.objects.current(),
        Contribution.objects.filter(event__withdrawn_at=None),
    )
    found = [known.filter(pk__in=rows.order_by().values("person")).first() for rows in sources]
    found.append(known.filter(pk__in=Promise.objects.open().order_by().values("to_person")).first())
    return {person.pk: person for person in found if person is not None}.values()


@pytest.mark.usefixtures("demonstration")
def test_every_figure_of_every_report_stays_when_records_are_stopped(caller, signed_in):
    manager = User.objects.filter(grants__role=Role.MANAGER, is_active=True).first()
    calls, browser = caller(manager), signed_in(manager)
    before = everything_counted(calls, browser)
    people = somebody_of_each_kind()
    assert len(people) >= 4
    for person in people:
        details = RestrictionDetails(timezone.localdate(), words="Leave it alone")
        restrict_person(actor=manager, person=person, details=details)
    after = everything_counted(calls, browser)
    assert [name for name, told in before.items() if after[name] != told] == []
    for path in PAGES:
        page = browser.get(path).content.decode()
        assert [person.name for person in people if person.name in page] == [], path
