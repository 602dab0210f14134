"""What cannot be done is said before anything is typed, and by whom it may be done."""

from __future__ import annotations

import html

import pytest

from crm.communities.actions import merge_community
from crm.communities.models import Community
from engagement.coproduction.decisions.actions import withdraw_decision
from engagement.coproduction.themes.actions import close_theme
from engagement.log.actions import keep_promise, withdraw_event, withdraw_promise
from tests.engagement.coproduction.deciding import a_decision
from tests.engagement.coproduction.helpers import a_point, a_theme
from tests.engagement.log.test_left_behind import shown

CHANGES = ("change", "split", "merge", "nest", "close")


def read(client, address):
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, answer.redirect_chain
    return html.unescape(answer.content.decode()), [where for where, _ in answer.redirect_chain]


@pytest.mark.parametrize("verb", ["keep", "change", "break", "withdraw"])
@pytest.mark.parametrize("was", ["kept", "withdrawn"])
def test_the_form_of_a_promise_that_is_settled_says_so_on_its_page_before_anything_is_typed(
    world, signed_in, verb, was
):
    promise = world.promise()
    settle = {"kept": keep_promise, "withdrawn": lambda **told: withdraw_promise(reason="No money", **told)}[was]
    settle(actor=world.amina, promise=promise)
    page = f"/workspace/promises/{promise.pk}/"
    words, went = read(signed_in(world.amina), f"{page}{verb}/")
    assert went == [page]
    assert f"This promise is already {was}." in words
    assert "Open it again" in words, "and the way on"


@pytest.mark.parametrize("form", ["correct/", "points/new/", "promises/new/", "withdraw/", "points/{point}/"])
def test_no_form_of_a_contact_that_was_withdrawn_opens_but_who_may_read_it_is_still_chosen(world, signed_in, form):
    event, browser = world.contact(), signed_in(world.amina)
    page = f"/workspace/contacts/{event.pk}/"
    withdraw_event(actor=world.amina, event=event, reason="Logged twice")
    words, went = read(browser, page + form.format(point=event.points.get().pk))
    assert went == [page]
    already = form == "withdraw/"
    said = "is already withdrawn." if already else "was withdrawn. It can be read, not changed."
    assert f"This contact {said}" in words
    assert browser.get(f"{page}readers/").status_code == 200


def test_what_was_typed_before_a_colleague_was_faster_still_comes_back(world, signed_in):
    promise, browser = world.promise(), signed_in(world.amina)
    address = f"/workspace/promises/{promise.pk}/break/"
    sent = shown(browser, address) | {"reason": "Zanzibar was closed"}
    browser.logout()
    browser.post(address, sent)
    keep_promise(actor=world.lead, promise=promise)
    browser.force_login(world.amina)
    assert "Zanzibar was closed" in browser.get(f"{address}?kept=1").content.decode()


def test_the_forms_of_a_theme_that_is_closed_lead_to_the_theme_and_only_opening_it_again_is_left(world, signed_in):
    theme = a_theme(world, points=[a_point(world)])
    close_theme(actor=world.lead, theme=theme, reason="Done")
    page, browser = f"/workspace/themes/{theme.pk}/", signed_in(world.lead)
    for form in (*CHANGES, "gather", "release"):
        words, went = read(browser, f"{page}{form}/")
        assert went == [page], form
        assert "This theme is closed. Open it again first." in words
    assert browser.get(f"{page}reopen/").status_code == 200


@pytest.mark.parametrize("form", CHANGES)
def test_the_form_of_a_theme_opens_for_whoever_the_permission_table_lets_save_it(world, signed_in, form):
    theme = a_theme(world, points=[a_point(world)], locality=world.east)
    address = f"/workspace/themes/{theme.pk}/{form}/"
    for name in ("amina", "lead", "manager"):
        assert signed_in(getattr(world, name)).get(address).status_code == 200, name
    for method in ("get", "post"):
        refused = getattr(signed_in(world.joe), method)(address)
        assert refused.status_code == 403
        assert "Who may do this." in refused.content.decode()
        assert "Ask one of them. Nothing was changed." in refused.content.decode()


def test_whoever_keeps_the_wider_theme_may_open_the_form_that_takes_a_theme_out_of_it(world, signed_in):
    wider = a_theme(world, "Wider", actor=world.joe, locality=world.south)
    inner = a_theme(world, locality=world.east, parent=wider)
    assert signed_in(world.joe).get(f"/workspace/themes/{inner.pk}/nest/").status_code == 200
    assert signed_in(world.joe).get(f"/workspace/themes/{inner.pk}/close/").status_code == 403


def test_nothing_is_recorded_of_a_decision_that_was_withdrawn(world, signed_in):
    decision = a_decision(world)
    withdraw_decision(actor=world.amina, decision=decision, reason="It was another one")
    page = f"/workspace/decisions/{decision.pk}/"
    for form, said in (
        ("outcomes/new/", "The decision was withdrawn. Nothing can be added to it."),
        ("correct/", "This decision was withdrawn. It can be read, not changed."),
    ):
        words, went = read(signed_in(world.amina), page + form)
        assert went == [page]
        assert said in words


@pytest.mark.parametrize("form", ["change/", "merge/"])
def test_a_community_that_was_merged_is_not_changed_or_merged_again(world, signed_in, form):
    gone = Community.objects.get(pk=world.nested.pk)
    merge_community(actor=world.lead, community=gone, into=world.community, reason="The same people")
    page = f"/workspace/communities/{gone.pk}/"
    words, went = read(signed_in(world.lead), page + form)
    assert went == [page]
    assert 'role="status"' in words
