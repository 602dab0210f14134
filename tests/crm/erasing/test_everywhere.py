"""A person's name, address and number are written into every column that takes words, and erased: nothing is left."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from wagtail.fields import StreamField

from crm.base.writing import writing_allowed
from crm.erasing.actions import decide_erasure
from crm.people.models import Person
from tests.crm.erasing.helpers import EVERYWHERE, a_request
from tests.crm.erasing.traces import ALL_OF_IT, she_is_known, where_she_stands
from tests.house.variety import one_more

# Words of colleagues about themselves and of the council, and what a migration, a hash or a library fills in.
NOT_WRITTEN_ABOUT_PEOPLE = frozenset({
    "crm.user", "crm.council", "crm.team", "crm.area", "crm.areafigure", "crm.language", "crm.invitation",
    "crm.apitoken", "crm.auditevent", "crm.searchdocument", "crm.contactway", "crm.person", "crm.organisation.name",
    "crm.venue.name", "account.emailaddress", "mfa.authenticator", "usersessions.usersession", "auth.group",
    "auth.permission", "contenttypes.contenttype", "sessions.session", "wagtailcore.locale", "wagtailcore.site",
    "wagtailusers.userprofile", "wagtailsearch.indexentry", "wagtailsearch.sqliteftsindexentry",
    "wagtailcore.referenceindex",
    "crm.erasurerequest.reason", "crm.erasurerequest.what_happened",  # empty until it is decided
})  # fmt: skip
MADE_BY_THE_MACHINE = frozenset({
    "digest", "uid", "key", "code", "slug", "path", "url_path", "number", "message_id", "body_digest", "method",
    "owner", "seed", "pool_hash", "file_hash", "data_hash", "content_path", "object_id", "language_code",
    "standing_mark", "checked_mark", "made_from_mark", "mark", "calendar_method", "about_kind", "field_path",
    "filter_spec", "focal_point_key", "snomed_code", "map_point", "schema_version", "template_format",
    "revision_type", "postcode_start", "verb", "state", "status", "task_path", "queue_name", "backend_name",
    "contentpath", "content_json", "template", "edition", "worker_ids",
})  # fmt: skip


def columns():
    """Every model that has rows, and each of its columns that somebody may write words into."""
    for model in apps.get_models():
        name = model._meta.label_lower
        if name in NOT_WRITTEN_ABOUT_PEOPLE or not model._base_manager.exists():
            continue
        for field in model._meta.local_fields:
            words = isinstance(field, models.CharField | models.TextField | models.JSONField)
            free = not isinstance(field, StreamField) and not field.choices and not field.primary_key
            left_out = field.attname in MADE_BY_THE_MACHINE or f"{name}.{field.attname}" in NOT_WRITTEN_ABOUT_PEOPLE
            if words and free and not left_out:
                yield model, field


def written_into(model, field) -> bool:
    """Write all of it, or as much of it as the column takes, into one row; False where the database refuses."""
    most = field.max_length or 1000
    words = next((some for some in (ALL_OF_IT, "MIR, Zubeda Kauser", "07700900456") if len(some) <= most), "")
    row = model._base_manager.order_by("pk").first()
    value = words
    if isinstance(field, models.JSONField):
        value = {"told": [words]} if isinstance(getattr(row, field.attname), dict) else [words]
    try:
        with transaction.atomic(), writing_allowed():
            return bool(words and model._base_manager.filter(pk=row.pk).update(**{field.attname: value}))
    except IntegrityError:
        return False


@pytest.mark.long
def test_what_is_written_into_any_column_is_found_and_taken_out(public_pages):
    world = public_pages
    one_more(world, 1)
    she_is_known(world)
    request = a_request(world)
    written = [f"{model._meta.label_lower}.{field.attname}" for model, field in columns() if written_into(model, field)]
    assert len(written) > 150, written
    assert len(where_she_stands()) > 150, "the search finds what is there"
    request.refresh_from_db()
    decide_erasure(actor=world.lead, request=request, outcome="granted", reason="They asked", looked=EVERYWHERE)
    assert where_she_stands() == []
    assert not Person.objects.filter(pk=world.person.pk).exists()
