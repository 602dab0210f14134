"""A contact's page loads all that hangs on it with one query: the same rows as Django would fetch one by one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.log.models import EngagementEvent
from engagement.log.models.events import PARTS_OF_PAGE
from tests.house.variety import more_in, one_more


@pytest.mark.django_db
@pytest.mark.both
def test_two_queries_load_every_part_as_django_would_fetch_it(world):
    event = one_more(world, 1)
    more_in(world, event, 2)
    with CaptureQueriesContext(connection) as asked:
        ours = EngagementEvent.objects.for_page().get(pk=event.pk)
        found = {path: _rows(ours, path) for path in PARTS_OF_PAGE}
    assert len(asked) == 2, "the contact, and its parts"
    theirs = EngagementEvent.objects.prefetch_related(*PARTS_OF_PAGE).get(pk=event.pk)
    for path in PARTS_OF_PAGE:
        assert found[path] == _rows(theirs, path), path
        assert found[path], f"This contact has no {path}: nothing was compared"


def _rows(event, path):
    """Each row of a part with what it leads to, every column of both."""
    name, _, link = path.partition("__")
    return [(_told(row), _told(getattr(row, link)) if link else None) for row in getattr(event, name).all()]


def _told(row):
    return row and {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
