"""The auditor's page."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.accounts.actions import give_role, invite_person, make_token
from crm.accounts.details import InvitationDetails, RoleDetails
from crm.audit.models import OUR_APPS, AuditEvent, kind_of
from crm.audit.reports import AuditFilter, read_audit
from crm.base.permissions import Refused
from crm.base.writing import writing_allowed

TRAIL = "/workspace/audit/"


def lines_of(answer):
    return re.findall(r"<tbody.*?</tbody>", answer.content.decode(), re.DOTALL)[0].count("<tr")


def keys(world, many):
    for number in range(many):
        make_token(actor=world.amina, name=f"Report {number}", scope="read")


@pytest.mark.parametrize("who", ["amina", "manager", "administrator", "analyst", "stranger", "leaver", "nobody"])
def test_nobody_but_an_auditor_reads_the_trail(world, signed_in, who):
    actor = world.everybody()[who]
    assert signed_in(actor).get(TRAIL).status_code == (302 if who == "nobody" else 403)
    with pytest.raises(Refused):
        read_audit(actor=actor, wanted=AuditFilter())


def test_an_auditor_reads_who_did_what_to_which_record(world, signed_in):
    give_role(actor=world.administrator, user=world.stranger, details=RoleDetails(role="manager"))
    body = signed_in(world.auditor).get(TRAIL).content.decode()
    assert "Gave a role" in body
    assert "Administrator" in body
    assert str(world.stranger.grants.get().pk) in body


def test_an_invitation_to_an_account_and_one_to_a_forum_are_two_kinds_of_record(world, signed_in):
    role = RoleDetails(role="analyst")
    invite_person(actor=world.administrator, details=InvitationDetails("Sam", "sam@northbrook.example", role))
    browser = signed_in(world.auditor)
    body = browser.get(TRAIL, {"verb": "account.invited"}).content.decode()
    assert "Invitation to a forum" not in re.findall(r"<tbody.*?</tbody>", body, re.DOTALL)[0]
    kinds = dict(re.findall(r'<option value="([a-z.]*invitation)"[^>]*>([^<]+)</option>', body))
    assert kinds == {"crm.invitation": "Invitation", "engagement.invitation": "Invitation to a forum"}
    assert lines_of(browser.get(TRAIL, {"kind": "crm.invitation"})) == 1
    assert (
        "Invited somebody"
        not in browser.get(TRAIL, {"kind": "engagement.invitation"}).content.decode().split("<tbody")[-1]
    )


def test_no_two_kinds_of_record_share_a_name():
    models = [model for app in OUR_APPS for model in apps.get_app_config(app).get_models()]
    assert len({kind_of(model) for model in models}) == len(models)


def test_reading_the_trail_is_in_the_trail(world, signed_in):
    signed_in(world.auditor).get(TRAIL, {"verb": "token.made"})
    [read] = AuditEvent.objects.filter(verb="audit.read")
    assert (read.actor, read.fields, read.count, read.door) == (world.auditor, ["verb"], 0, "page")


def test_filters_by_verb_person_kind_and_days(world):
    keys(world, 1)
    give_role(actor=world.administrator, user=world.stranger, details=RoleDetails(role="manager"))

    def verbs(**wanted):
        return {row.verb for row in read_audit(actor=world.auditor, wanted=AuditFilter(**wanted)).rows}

    today = timezone.localdate()
    assert verbs(verb="token.made") == {"token.made"}
    assert verbs(actor=world.administrator.pk) == {"account.role_given"}
    assert verbs(kind="apitoken") == {"token.made"}
    assert verbs(since=today, until=today) >= {"token.made", "account.role_given"}
    assert verbs(since=today + timedelta(days=1)) == set()
    assert verbs(until=today - timedelta(days=1)) == set()


def test_the_page_continues_from_a_row_and_shows_every_row_once(world):
    keys(world, 60)
    with writing_allowed():  # many rows of one moment: the id decides
        connection.cursor().execute("UPDATE crm_auditevent SET at = (SELECT MIN(at) FROM crm_auditevent)")
    seen, before = [], None
    while True:
        page = read_audit(actor=world.auditor, wanted=AuditFilter(verb="token.made", before=before))
        seen += [row.pk for row in page.rows]
        assert len(page.rows) <= 25
        if not (before := page.following):
            break
    assert len(seen) == len(set(seen)) == 60


def test_rows_that_arrive_meanwhile_do_not_move_the_next_page(world):
    keys(world, 30)
    first = read_audit(actor=world.auditor, wanted=AuditFilter(verb="token.made"))
    keys(world, 5)
    second = read_audit(actor=world.auditor, wanted=AuditFilter(verb="token.made", before=first.following))
    assert len(second.rows) == 5
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


def test_the_link_to_older_rows_keeps_the_filter_and_names_nobody(world, signed_in):
    keys(world, 30)
    browser = signed_in(world.auditor)
    body = browser.get(TRAIL, {"verb": "token.made", "actor": str(world.amina.pk)}).content.decode()
    older = re.search(r'href="(\?[^"]+)" rel="next"', body)[1].replace("&amp;", "&")
    assert f"actor={world.amina.pk}" in older
    assert "Amina" not in older
    assert lines_of(browser.get(TRAIL + older)) == 5


@pytest.mark.parametrize("bad", [{"verb": "x"}, {"actor": "x"}, {"since_day": "32"}, {"before": "x"}])
def test_a_filter_that_is_no_value_shows_nothing_rather_than_everything(world, signed_in, bad):
    keys(world, 1)
    answer = signed_in(world.auditor).get(TRAIL, bad)
    assert answer.status_code == 200
    assert "Made an API token</td>" not in answer.content.decode()


def test_the_trail_costs_the_same_queries_for_one_row_and_for_many(world, signed_in):
    browser = signed_in(world.auditor)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(TRAIL, {"verb": "token.made"})
        return len(queries)

    keys(world, 1)
    browser.get(TRAIL)
    few = cost()
    keys(world, 40)
    assert cost() == few <= 14


def test_a_change_by_nobody_signed_in_is_shown_as_such(world, signed_in):
    with writing_allowed():
        AuditEvent.objects.create(
            verb="account.opened", subject_type="user", door="command", correlation=world.amina.pk
        )
    assert "Nobody signed in" in signed_in(world.auditor).get(TRAIL).content.decode()


@pytest.mark.parametrize("end", ["since", "until"])
@pytest.mark.parametrize("day", [("1", "1", "1"), ("31", "12", "9999")])
def test_the_first_and_the_last_day_of_the_calendar_may_be_asked_for(world, signed_in, end, day):
    asked = dict(zip((f"{end}_day", f"{end}_month", f"{end}_year"), day, strict=True))
    assert signed_in(world.auditor).get(TRAIL, asked).status_code == 200
