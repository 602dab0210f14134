"""Publishing with care: two checks by named people, a day to appear, reminders, links, banners, a signed statement."""

from __future__ import annotations

import json
import socket
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage

from cms.models import AccessibilityPage, Banner, HomePage, LinkCheck, NamedCheck, Problem, Review
from cms.outgoing import NotAllowed, answer_of, place_of
from cms.rules import blockers_to_going_live
from cms.upkeep import check_links, links_of, overdue_pages, publish_due, remind_keepers
from cms.words import mark_of
from cms.workflow import LAST, NAME, make_workflow
from crm.accounts.groups import keep_groups_in_step
from tests.cms.conftest import PublicSite
from tests.cms.test_editor import enter

SAID = {"checked_by": "Northbrook People First", "how": "Read with 5 people", "check_method": "readers", "comment": ""}


@pytest.fixture
def careful(site: PublicSite) -> Workflow:
    """The workflow of the council, with named people, for every page."""
    make_workflow()
    workflow = Workflow.objects.get(name=NAME)
    for check in NamedCheck.objects.all():
        check.people.set([site.world.checker])
    WorkflowPage.objects.create(workflow=workflow, page=HomePage.objects.get(locale__language_code="en"))
    for name in ("publisher", "translator", "checker"):
        keep_groups_in_step(getattr(site.world, name))
    return workflow


def sent_in(site: PublicSite, workflow: Workflow, by: Any) -> Any:
    """A changed page on its way through the workflow."""
    page = site.checked("page")
    page.title = "Come and talk about care"
    page.save_revision(user=by)
    workflow.start(page, by)
    return site.page("page")


def passes(page: Any, user: Any, action: str = "approve", **said: Any) -> None:
    state = page.current_workflow_state.current_task_state
    state.task.specific.on_action(state.specific, user, action, **{**SAID, **said})


def test_a_page_goes_through_both_checks_and_then_a_publisher(
    site: PublicSite, careful: Workflow, settings: Any
) -> None:
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    page = sent_in(site, careful, site.world.translator)
    assert {"no_access_check", "no_community_check"} <= {blocker.code for blocker in blockers_to_going_live(page)}
    passes(page, site.world.checker, checked_by="Sam Okafor", how="Keyboard and NVDA")
    passes(page, site.world.checker)
    last = page.current_workflow_state.current_task_state
    assert isinstance(last.task.specific, GroupApprovalTask)
    last.task.specific.on_action(last.specific, site.world.publisher, "approve")
    shown = site.page("page")
    assert (shown.title, shown.checked_by, shown.check_method) == (
        "Come and talk about care", "Northbrook People First", "readers",
    )  # fmt: skip
    kinds = list(Review.objects.filter(page_id=page.pk).order_by("pk").values_list("kind", "checked_by"))
    assert kinds == [("access", "Sam Okafor"), ("community", "Northbrook People First")]


def test_nobody_passes_what_they_sent_in_and_only_named_people_pass_at_all(site: PublicSite, careful: Workflow) -> None:
    page = sent_in(site, careful, site.world.checker)
    check = page.current_workflow_state.current_task_state.task.specific
    assert [action for action, *_ in check.get_actions(page, site.world.checker)] == ["reject"]
    assert check.get_actions(page, site.world.publisher) == []
    assert check.locked_for_user(page, site.world.publisher)
    site.world.checker.grants.all()._raw_delete("default")  # the role ended
    fresh = type(site.world.checker).objects.get(pk=site.world.checker.pk)
    assert check.get_actions(page, fresh) == []


def test_a_check_asks_who_looked_and_how_and_fills_in_neither(
    site: PublicSite, careful: Workflow, signed_in: Any
) -> None:
    page = sent_in(site, careful, site.world.translator)
    client = enter(site, signed_in, "checker")
    state = page.current_workflow_state.current_task_state
    address = f"/cms/pages/workflow/action/{page.pk}/approve/{state.pk}/"
    assert "Who looked at it?" in client.get(address).content.decode()
    assert client.post(address, {"comment": "Fine"}).status_code == 302
    assert not Review.objects.exists()
    client.post(address, {"checked_by": "Sam Okafor", "how": "Keyboard"})
    assert Review.objects.get().recorded_by == site.world.checker


def test_a_last_step_by_somebody_who_may_not_publish_leaves_a_draft_and_no_error(
    site: PublicSite, careful: Workflow
) -> None:
    last = GroupApprovalTask.objects.get(name=LAST)
    last.groups.set(Group.objects.filter(name="Accessibility checkers"))
    page = sent_in(site, careful, site.world.translator)
    for _check in range(2):
        passes(page, site.world.checker)
    state = page.current_workflow_state.current_task_state
    state.task.specific.on_action(state.specific, site.world.checker, "approve")
    assert site.page("page").title == "Come and talk about care at home"


def test_a_page_appears_on_its_day_unless_its_rules_say_no(site: PublicSite, settings: Any) -> None:
    page = site.page("page")
    page.title, page.go_live_at = "Later", timezone.now() + timedelta(seconds=60)
    page.save_revision(approved_go_live_at=page.go_live_at)
    page.save_revision().publish()
    revision = site.page("page").get_latest_revision()
    past = timezone.now() - timedelta(minutes=1)
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    page = site.page("page")
    page.kept_by = site.world.publisher
    type(page).objects.filter(pk=page.pk).update(kept_by=site.world.publisher)
    stored = {**revision.content, "kept_by": site.world.publisher.pk, "go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(content=stored)
    assert publish_due() == (0, 1)
    assert "Nobody has checked these words." in mail.outbox[0].body
    assert "Later" not in mail.outbox[0].subject
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    settings.SHOW_UNREVIEWED_LANGUAGES = True
    assert publish_due() == (1, 0)


def test_whoever_keeps_a_page_is_told_once_that_its_day_has_come(site: PublicSite) -> None:
    page = site.page("page")
    day = timezone.localdate() - timedelta(days=1)
    type(page).objects.filter(pk=page.pk).update(review_date=day, kept_by=site.world.publisher)
    assert [one.pk for one in overdue_pages()] == [page.pk]
    call_command("look_after_site", verbosity=0)
    assert mail.outbox == []
    assert (remind_keepers(), remind_keepers()) == (1, 0)
    assert mail.outbox[0].to == [site.world.publisher.email]
    assert page.title in mail.outbox[0].body
    later = day + timedelta(days=1)
    type(page).objects.filter(pk=page.pk).update(review_date=later)
    assert remind_keepers() == 1


def test_links_of_live_pages_are_asked_and_what_fails_is_kept_with_its_day(site: PublicSite, signed_in: Any) -> None:
    page = site.page("page")
    words = '<p><a href="https://good.example/a?b=1">Good</a> <a href="https://bad.example/">Bad</a> <a linktype="page" id="999999">Gone</a></p>'  # noqa: E501
    page.body = json.dumps([{"type": "paragraph", "value": words}])
    page.save_revision().publish()
    assert list(links_of(site.page("page"))) == ["https://good.example/a?b=1", "https://bad.example/", "page:999999"]
    assert check_links(lambda address: ("good" in address, "200 OK" if "good" in address else "404 Not Found")) == 2
    failed = LinkCheck.objects.get(address="https://bad.example/")
    assert (failed.failed_since, [one.pk for one in failed.pages.all()]) == (timezone.localdate(), [page.pk])
    home = enter(site, signed_in, "publisher").get("/cms/").content.decode()
    assert "https://bad.example/: 404 Not Found" in home
    page.body = json.dumps([{"type": "paragraph", "value": "<p>None</p>"}])
    page.save_revision().publish()
    assert check_links(lambda address: (False, "")) == 0
    assert not LinkCheck.objects.exists()


@pytest.mark.once
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://example.com/", "It is not https"),
        ("https://127.0.0.1/", "It leads into a private network"),
        ("https://[::1]/", "It leads into a private network"),
        ("https://10.1.2.3/", "It leads into a private network"),
        ("https://169.254.169.254/latest/", "It leads into a private network"),
        ("https://user:secret@example.com/", "It is no address of a page"),
        ("https://", "It is no address of a page"),
        ("https://localhost/", "It leads into a private network"),
    ],
)
def test_an_address_is_asked_only_where_anybody_could(address: str, words: str) -> None:
    assert answer_of(address) == (False, words)


@pytest.mark.once
def test_a_name_with_one_private_address_among_public_ones_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*args: Any, **kwargs: Any) -> list[Any]:
        return [(0, 0, 0, "", (place, 443)) for place in ("93.184.215.14", "192.168.1.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(NotAllowed):
        place_of("two-faced.example", 443)


def test_a_banner_stands_on_its_days_in_its_language(site: PublicSite) -> None:
    today = timezone.localdate()
    Banner.objects.create(words="Our phone line is down.", urgent=True, first_day=today, last_day=today)
    Banner.objects.create(words="Not yet.", first_day=today + timedelta(days=1))
    assert "Our phone line is down." in site.read("/en/").content.decode()
    assert '<p lang="en" dir="ltr">Our phone line is down.' in site.read("/ur/").content.decode()
    Banner.objects.create(words="فون بند ہے۔", language="ur", first_day=today)
    urdu = site.read("/ur/").content.decode()
    assert "فون بند ہے۔" in urdu
    assert "Our phone line" not in urdu


def statement() -> AccessibilityPage:
    """The English statement of the demonstration."""
    found: AccessibilityPage = AccessibilityPage.objects.get(locale__language_code="en")
    return found


def test_the_statement_lists_what_people_wrote_down_and_says_nothing_of_itself(site: PublicSite) -> None:
    shown = site.read("/en/accessibility/").content.decode()
    assert shown.count("Nobody has written down a check yet.") == 3
    assert "compliant" not in shown
    check = Review.objects.create(checked_by="Sam Okafor", how="Keyboard")
    problem = Problem.objects.create(covers="workspace", words="The menu hides behind the keyboard.", found_in=check)
    shown = site.read("/en/accessibility/").content.decode()
    assert "The menu hides behind the keyboard." in shown
    assert "compliant" not in shown
    problem.fixed_on = timezone.localdate()
    problem.save()
    assert "The menu hides" not in site.read("/en/accessibility/").content.decode()


def test_a_statement_goes_live_signed_by_a_named_person_or_not_at_all(site: PublicSite, settings: Any) -> None:
    page = statement()
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    assert "not_signed" in {blocker.code for blocker in blockers_to_going_live(page)}
    page.compliance, page.signed_by, page.signed_on = "part", "Ruth Hale, head of engagement", timezone.localdate()
    assert "not_signed" not in {blocker.code for blocker in blockers_to_going_live(page)}
    settings.SHOW_UNREVIEWED_LANGUAGES = True
    page.save_revision().publish()
    assert "Partly compliant" in site.read("/en/accessibility/").content.decode()


def test_a_preview_can_be_seen_on_a_small_phone_and_from_right_to_left(site: PublicSite) -> None:
    page = site.page("page")
    assert {320, 360} <= {size["device_width"] for size in page.preview_sizes}
    assert 'dir="rtl"' in page.make_preview_request(preview_mode="rtl").content.decode()[:200]
    assert 'dir="ltr"' in page.make_preview_request().content.decode()[:200]


def test_an_address_that_changed_leads_on(site: PublicSite) -> None:
    Redirect.objects.create(old_path="/en/old-page", redirect_page=site.page("page"))
    answer = site.read("/en/old-page/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/come-and-talk/")
    assert site.read("/en/never-was/").status_code == 404


def test_checks_of_other_words_do_not_count(site: PublicSite, careful: Workflow, settings: Any) -> None:
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    page = site.checked("page")
    for kind in ("access", "community"):
        Review.objects.create(kind=kind, page_id=page.pk, checked_by="Sam", how="x", mark=mark_of(page.words()))
    assert blockers_to_going_live(page) == []
    page.title = "Other words"
    assert "no_access_check" in {blocker.code for blocker in blockers_to_going_live(page)}


def test_the_newsrooms_shelves_open_for_those_who_keep_them(site: PublicSite, signed_in: Any) -> None:
    client = enter(site, signed_in, "publisher")
    for shelf in ("banner", "problem", "review", "linkcheck"):
        assert client.get(f"/cms/snippets/cms/{shelf}/").status_code == 200, shelf
    assert client.get("/cms/redirects/").status_code == 200
    checker = enter(site, signed_in, "checker")
    assert checker.get("/cms/snippets/cms/problem/add/").status_code == 200
