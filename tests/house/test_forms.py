"""A form opens for whoever may save it, and where it could be saved: nobody types what is refused whatever it says."""

from __future__ import annotations

import html
import inspect
import re
from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import resolve

from crm.base.editing import EditPage
from crm.base.opening import OpensForm
from crm.base.permissions import Refused
from tests.house.addresses import Finder, our_addresses
from tests.house.shared import one_world
from tests.world import World

FORMS = [one for one in our_addresses() if inspect.isclass(one.view) and issubclass(one.view, OpensForm)]
EDITS = [one for one in FORMS if issubclass(one.view, EditPage)]
OPENED_BY = ("manager", "administrator", "checker")  # between them every form opens for somebody


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for all forms."""
    with one_world(django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def paths(world: World, django_db_blocker: Any) -> dict[Any, str]:
    """Every form with real ids."""
    with django_db_blocker.unblock():
        finder = Finder(world)
        return {address: finder.path(address) for address in FORMS}


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("address", FORMS, ids=str)
def test_a_form_that_does_not_open_leads_to_a_page_that_says_why(address, world, paths):
    for name in OPENED_BY:
        browser = Client()
        browser.force_login(getattr(world, name))
        answer = browser.get(paths[address], follow=True)
        if not answer.redirect_chain:
            continue
        shown = html.unescape(answer.content.decode())
        assert answer.status_code == 200, (paths[address], answer.redirect_chain)
        assert len(answer.redirect_chain) == 1, answer.redirect_chain
        said = re.search(r'class="govuk-notification-banner|role="(?:status|alert)"', shown)
        assert said or address.view.__name__ == "ListGroup", (paths[address], "no reason is shown")


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("address", EDITS, ids=str)
def test_a_form_asks_the_row_of_the_permission_table_about_what_it_saves(address, world, paths):
    """Also a form that stands behind a first step, or that did not open here."""
    asked = False
    for name in OPENED_BY:
        request = RequestFactory().get(paths[address])
        request.user = getattr(world, name)
        view = address.view()
        view.setup(request, **resolve(paths[address]).kwargs)
        try:
            view.insist(view.subject())
        except (Refused, Http404):
            continue
        asked = True
    assert asked, "neither of them may: say who opens it in OPENED_BY"
