"""A person's name, address and number are written wherever somebody could have written them, and erased: no table, no
index, no session, no cache and no file holds a trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.models import Locale, ModelLogEntry, Page, ReferenceIndex
from wagtail.search import index
from wagtail_localize.models import OverridableSegment, StringTranslation, Translation, TranslationSource

from cms.models import EasyReadPage, InformationPage, LettersPage
from crm.base.writing import writing_allowed
from crm.erasing.actions import decide_erasure
from crm.panels.actions.applying import enter_application
from crm.panels.models import Application
from crm.people.models import Person
from crm.search.upkeep import follow
from engagement.log.details import PointDetails
from tests.crm.erasing.helpers import EVERYWHERE, a_request
from tests.crm.erasing.not_planted import PATTERNS, why_not
from tests.crm.erasing.planting import called, columns, fill_empty_tables, filled, make, plant, tables
from tests.crm.erasing.traces import ALL_OF_IT, PHONE, SPELT, she_is_known, where_she_stands
from tests.crm.panels import calling
from tests.crm.sending.helpers import reachable
from tests.house.variety import one_more

pytestmark = pytest.mark.both


def written() -> Iterator[str]:
    """Write her into every column where somebody could have; which ones took it."""
    for model, field in columns():
        name = called(model, field)
        if not field.choices and not field.primary_key and not why_not(name) and plant(model, field):
            yield name


def edited_and_translated() -> None:
    """Pages of every kind of body as editors leave them: published, with an older version and a draft, and handed to
    Wagtail Localize, where somebody has translated every sentence into Urdu."""
    for kind, field in ((InformationPage, "body"), (EasyReadPage, "sections"), (LettersPage, "letters")):
        page = kind.objects.filter(locale__language_code="en").first()
        for title in ("Zubeda Kauser Mir before", "Mir, Zubeda"):
            body = kind._meta.get_field(field)
            setattr(page, field, body.to_python(json.dumps(filled(body.stream_block))))
            page.title, page.live = title, False  # what is this full of names may not go live
            page.save(clean=False)
            page.save_revision(clean=False)
        source, _ = TranslationSource.get_or_create_from_instance(page)
        Translation.objects.get_or_create(source=source, target_locale=Locale.objects.get(language_code="ur"))
        for segment in source.stringsegment_set.all():
            StringTranslation.objects.get_or_create(
                translation_of=segment.string, locale=Locale.objects.get(language_code="ur"), context=segment.context,
                defaults={"data": ALL_OF_IT if segment.context.path != "title" else "زبیدہ کوثر میر"},
            )  # fmt: skip


def indexed() -> None:
    """The indexes as they stand when somebody has just saved all that."""
    rows = [row for model in tables() for row in model._base_manager.all()]
    with writing_allowed():
        follow(rows)
    for row in rows:
        one = row.specific if type(row) is Page else row
        if isinstance(one, index.Indexed) and (type(row) is Page or not isinstance(row, Page)):
            index.insert_or_update_object(one)
            ReferenceIndex.create_or_update_for_object(one)


def begun() -> None:
    """What somebody typed and left, and an answer that is kept a while."""
    draft = SessionStore()
    draft["begun"] = {"words": ALL_OF_IT}
    draft.save()
    cache.set("an-answer", ALL_OF_IT)


@pytest.mark.long
def test_what_is_written_anywhere_is_found_and_taken_out(public_pages, django_capture_on_commit_callbacks):
    world = public_pages
    one_more(world, 1)
    she_is_known(world)
    request = a_request(world)
    fill_empty_tables()
    edited_and_translated()
    done = set(written())
    left = [name for model, field in columns() if not field.choices and not field.primary_key
            if (name := called(model, field)) not in done and not why_not(name)]  # fmt: skip
    assert left == [], "These columns take words, and nothing was written into them: see not_planted.py."
    indexed()
    begun()
    before = where_she_stands()
    assert {name for name in done if not stands_at(name, before)} == set(), "the search finds what is there"
    request.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        decide_erasure(actor=world.lead, request=request, outcome="granted", reason="They asked", looked=EVERYWHERE)
    assert where_she_stands() == []
    assert cache.get("an-answer") is None
    assert not Person.objects.filter(pk=world.person.pk).exists()


def test_the_database_finds_each_spelling_where_it_stands_alone(public_pages):
    """Nothing else in a row leads to it: what the database leaves out is never looked at."""
    world = public_pages
    she_is_known(world)
    points = [PointDetails(f"Then {spelt} spoke.") for spelt in SPELT]
    world.contact(points=points)
    for spelt in SPELT:
        make(ModelLogEntry, data={"told": [spelt]})
        make(OverridableSegment, data_json=json.dumps(spelt))
    decide_erasure(
        actor=world.lead, request=a_request(world), outcome="granted", reason="They asked", looked=EVERYWHERE
    )
    assert where_she_stands() == []


def test_whoever_applied_takes_their_recording_with_them(world, django_capture_on_commit_callbacks):
    she_is_known(world)
    entered = enter_application(actor=world.amina, call=calling.a_call(world), how="phone", answers=calling.HALINA)
    disk = storages["private"]
    with writing_allowed():
        hers = Application.objects.filter(pk=entered.pk)
        hers.update(
            reach_by="phone", reach_at=PHONE, recording=disk.save("applications/voice.mp3", ContentFile(b"her voice"))
        )
    with django_capture_on_commit_callbacks(execute=True):
        decide_erasure(
            actor=world.lead, request=a_request(world), outcome="granted", reason="They asked", looked=EVERYWHERE
        )
    entered.refresh_from_db()
    assert (entered.reach_at, entered.recording.name) == ("(taken out)", "")
    assert not disk.exists("applications/voice.mp3")


def test_an_address_named_after_them_still_leads_there_under_another(world):
    she_is_known(world)
    call = calling.a_call(world)
    with writing_allowed():
        type(call).objects.filter(pk=call.pk).update(slug="zubeda-mir", title="Read with Zubeda Mir")
    decide_erasure(
        actor=world.lead, request=a_request(world), outcome="granted", reason="They asked", looked=EVERYWHERE
    )
    call.refresh_from_db()
    assert (call.slug, call.title) == ("taken-out", "Read with (taken out)")


def test_a_record_that_is_wrong_in_another_way_keeps_nobody_from_being_erased(world):
    """Saved before a rule was made, say: her name does not wait for somebody to put it right."""
    she_is_known(world)
    with writing_allowed():
        type(world.group).objects.filter(pk=world.group.pk).update(email="no address", description="Ask Zubeda Mir")
    decide_erasure(
        actor=world.lead, request=a_request(world), outcome="granted", reason="They asked", looked=EVERYWHERE
    )
    world.group.refresh_from_db()
    assert world.group.description == "Ask (taken out)"


def test_what_is_said_of_her_on_the_record_of_somebody_else_goes_and_their_name_stays(world, signed_in):
    she_is_known(world)
    other = reachable(world, name="Zubeda Mir")
    with writing_allowed():
        Person.objects.filter(pk=other.pk).update(contact_rules=f"Ring her aunt Zubeda Kauser Mir, {PHONE}")
        other.ways.update(note="Ask for Zubeda Mir")
    request = a_request(world)
    shown = signed_in(world.lead).get(f"/workspace/erasures/{request.pk}/decide/").content.decode()
    assert "bear their name, or a number or address with it, and keep it" in shown
    assert "<li>1 person</li>" in shown
    decide_erasure(actor=world.lead, request=request, outcome="granted", reason="They asked", looked=EVERYWHERE)
    other.refresh_from_db()
    assert (other.name, other.contact_rules) == ("Zubeda Mir", "Ring her aunt (taken out), (taken out)")
    assert other.ways.get().note == "Ask for (taken out)"


def stands_at(column: str, places: list[str]) -> bool:
    """Whether the search names the table and the column."""
    model, field = next(pair for pair in columns() if called(*pair) == column)
    return f"{model._meta.db_table}.{field.column}" in places


@pytest.mark.django_db
@pytest.mark.only_on("sqlite")  # its index has a model of its own
def test_no_reason_stands_for_a_column_that_is_gone():
    names = [called(model, field) for model, field in columns()]
    assert [pattern for pattern in PATTERNS if not any(fnmatch(name, pattern) for name in names)] == []
