"""Erasing itself: what the rooms declared, then every word, every earlier value, every index, and what is kept for a
while only."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import unquote_plus

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, models, transaction
from django.utils import timezone

from crm.accounts.models import IdempotencyKey
from crm.accounts.sessions import SessionStore
from crm.audit.actions import record, write
from crm.audit.blanking import BLANKED_ON_ERASURE
from crm.audit.models import Revision, kind_of
from crm.audit.verbs import Verb
from crm.base.models import Record
from crm.erasing.actions.stones import StonesOfPerson
from crm.erasing.actions.versions import count_as_changed
from crm.erasing.details import Looked
from crm.erasing.mentions import (
    OWN_FIELDS,
    held,
    mentioning,
    models_that_may_mention,
    reworded,
    texts_of,
    words_beside,
)
from crm.erasing.near import near_people, when_erased
from crm.erasing.outside import outside
from crm.erasing.parts import may_go
from crm.erasing.spelling import Needle, stands_in
from crm.erasing.traces import Traces, traces_of
from crm.people.models import Person
from crm.people.relations import OnErase, PersonRelation, person_relations
from crm.search.indexes import SHELVES, table_of
from crm.search.models import SearchDocument
from crm.search.upkeep import follow
from crm.sending.models import Message
from crm.sending.models.messages import NOT_BEGUN

WHO_SENT_IT = frozenset({"name", "reach_at"})  # of a row with a file, whoever sent both
ERASING = 0x45524153  # the name of the lock that an erasure holds until it is done
Keys = set[tuple[str, str]]  # kind of record and id


def erase_parts(person: Person, parts: Sequence[str]) -> dict[str, int]:
    """The chosen kinds of rows are deleted, or lose their link and words; earlier values of them are blanked. Gives
    what happened, and how often."""
    counted: Counter[str] = Counter()
    gone: Keys = set()
    stones = StonesOfPerson(person)
    for relation in may_go():
        if relation.name in parts:
            if relation.model is Message:
                _stop_messages(person)
            gone |= _carry_out(relation, person, counted, stones)
    stones.put()
    _blank_values(gone)
    _empty_indexes()
    return dict(counted)


def erase_everywhere(person: Person, looked: Looked) -> dict[str, int]:
    """The person, out of every table, index and file. Gives what happened, and how often."""
    _one_at_a_time()
    traces, counted, gone = traces_of(person, looked.spellings), Counter[str](), _keys([person])
    near, stones = _near(person), StonesOfPerson(person)
    _stop_messages(person)
    for end in when_erased:
        end(person)
    for relation in person_relations:
        if relation.field:
            gone |= _carry_out(relation, person, counted, stones)
    gone |= _take_out(traces, near, looked, counted)
    _forget_values(gone | {(label.split(".")[1].lower(), str(pk)) for label, pk in near}, traces)
    SearchDocument.objects.filter(kind="person", object_id=person.pk).delete()
    _forget_answers(person, traces)
    _forget_drafts(traces)
    _delete(Person.objects.filter(pk=person.pk), stones)
    stones.put()
    record(Verb.PERSON_ERASED, kind="person", count=sum(counted.values()))
    _empty_indexes()
    transaction.on_commit(cache.clear)  # feeds and answers made before; what it counts begins anew
    return dict(counted)


def _one_at_a_time() -> None:
    """Two erasures would wait for each other's rows. SQLite lets one write at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ERASING])


def _stop_messages(person: Person) -> None:
    Message.objects.filter(person=person, state__in=NOT_BEGUN).update(state=Message.State.WITHDRAWN)


def _keys(rows: Iterable[models.Model]) -> Keys:
    return {(kind_of(row), str(row.pk)) for row in rows}


def _near(person: Person) -> set[tuple[str, Any]]:
    """The kind and id of every record whose words may speak of them: those with a link, and what rooms above add."""
    found: set[tuple[str, Any]] = set()
    for relation in person_relations:
        if relation.field:
            rows = relation.model._base_manager.filter(**{relation.field: person})
            found |= {(relation.model._meta.label, pk) for pk in rows.values_list("pk", flat=True)}
    for ask in near_people:
        for rows in ask(person):
            found |= {(rows.model._meta.label, pk) for pk in rows.order_by().values_list("pk", flat=True)}
    return found


def _carry_out(relation: PersonRelation, person: Person, counted: Counter[str], stones: StonesOfPerson) -> Keys:
    """What the room declared for its rows of this person."""
    rows = relation.model._base_manager.filter(**{relation.field: person})
    found = list(rows)
    if not found:
        return set()
    name = str(relation.model._meta.verbose_name)
    count_as_changed(found, unlinked=True)
    if relation.erase is OnErase.DELETE:
        _delete_files(found)
        _delete(rows, stones)
        counted[f"{name}: deleted"] += len(found)
    else:
        changes: dict[str, Any] = {relation.field: None}
        if relation.erase is OnErase.BLANK:
            changes |= {one.attname: [] if isinstance(one, models.JSONField) else "" for one in _words(relation.model)}
        rows.update(**changes, **_changed(relation.model))
        counted[f"{name}: emptied"] += len(found)
    return _keys(found)


def _words(model: type[models.Model]) -> list[Any]:
    """The texts that BLANK empties: those that may be empty or are free words, never a key the row is found by."""
    return [one for one in texts_of(model) if not one.unique and one.attname not in ("about_kind", "calendar_method")]


def _changed(model: type[models.Model]) -> dict[str, Any]:
    return {"version": models.F("version") + 1, "modified_at": timezone.now()} if issubclass(model, Record) else {}


def _delete(rows: models.QuerySet[Any], stones: StonesOfPerson) -> None:
    """The rows and all that hangs on them; a row that is protected by another one of theirs goes after it."""
    stones.note(rows)
    try:
        rows.delete()
    except models.ProtectedError as problem:
        for row in problem.protected_objects:
            _delete(type(row)._base_manager.filter(pk=row.pk), stones)
        _delete(rows, stones)


def _delete_files(rows: Sequence[models.Model]) -> None:
    """Files go when the transaction is through: one that fails must not have lost them."""
    for row in rows:
        for one in row._meta.local_fields:
            file = getattr(row, one.attname) if isinstance(one, models.FileField) else None
            if file:
                transaction.on_commit(partial(file.storage.delete, file.name))


def _take_out(traces: Traces, near: set[tuple[str, Any]], looked: Looked, counted: Counter[str]) -> Keys:
    """Their numbers and addresses out of every text; their name out of what is near them, or of everything."""
    touched: list[models.Model] = []
    for model in models_that_may_mention(traces.everything):
        beyond = traces.theirs if looked.elsewhere else traces.ways
        for row in held(mentioning(words_beside(model, traces), traces.everything)):
            changed = reworded(row, traces.everything if (model._meta.label, row.pk) in near else beyond)
            if changed:
                changed |= _their_own_files(row, changed)
                _reword(row, changed)
                counted[f"{model._meta.verbose_name}: reworded"] += 1
                touched.append(row)
    count_as_changed(touched)
    follow(touched)
    for place in outside:
        counted.update(place.take_out(traces, looked))
    return _keys(touched)


def _their_own_files(row: Any, changed: Mapping[str, Any]) -> dict[str, str]:
    """The recording of whoever applied goes with their name or the way to reach them: it is their voice."""
    files = [one for one in row._meta.local_fields if isinstance(one, models.FileField) and getattr(row, one.attname)]
    if not files or not WHO_SENT_IT & changed.keys():
        return {}
    _delete_files([row])
    return {one.attname: "" for one in files}


def _reword(row: Any, changed: Mapping[str, Any]) -> None:
    """Whatever else may be wrong with the row: words that must go do not wait for it."""
    for name, value in changed.items():
        setattr(row, name, value)
    if isinstance(row, Record):
        write(row, verb=Verb.PERSON_ERASED, forgets=True, checked=False)
    else:
        type(row)._base_manager.filter(pk=row.pk).update(**changed)


def _forget_values(gone: Keys, traces: Traces) -> None:
    """Earlier values of what was touched, and whatever names them."""
    _blank_values(gone)
    found = mentioning(Revision.objects.select_related("event"), traces.everything)
    naming = [row.pk for row in found if _names_them(row, gone, traces)]
    Revision.objects.filter(pk__in=naming).update(values={})


def _names_them(revision: Revision, gone: Keys, traces: Traces) -> bool:
    """Whether earlier values name them. What another person, group or place was called before is theirs."""
    kind, pk = revision.event.subject_type, revision.event.subject_id
    own = {} if pk == str(traces.whose) else {name for name in revision.values if f"{kind}.{name}" in OWN_FIELDS}
    words = json.dumps({name: value for name, value in revision.values.items() if name not in own})
    return stands_in(words, traces.everything if (kind, pk) in gone else traces.theirs)


def _blank_values(gone: Keys) -> None:
    """Earlier values of some records, under the verbs that may hold a person's words."""
    for kind in {kind for kind, _ in gone}:
        ids = [pk for name, pk in gone if name == kind]
        about = Revision.objects.filter(event__subject_type=kind, event__subject_id__in=ids)
        about.filter(event__verb__in=BLANKED_ON_ERASURE).update(values={})


def _forget_answers(person: Person, traces: Traces) -> None:
    """Answers kept for repeated requests, and arguments of tasks, that name them or lead to them."""
    needles = [*traces.theirs, Needle(re.escape(str(person.pk)), tuple(str(person.pk).split("-")))]
    kept: list[type[models.Model]] = [IdempotencyKey, *apps.get_app_config("django_tasks_database").get_models()]
    for model in kept:
        naming = [row.pk for row in mentioning(model._base_manager.all(), needles)]
        model._base_manager.filter(pk__in=naming).delete()


def _forget_drafts(traces: Traces) -> None:
    """What somebody began to write and left: it waits in their session, packed, so each is opened."""
    for key in Session.objects.filter(expire_date__gte=timezone.now()).values_list("pk", flat=True):
        session = SessionStore(key)
        loaded = session.load().items()
        naming = [name for name, kept in loaded if stands_in(_as_sent(kept), traces.theirs)]
        for name in naming:
            del session[name]
        if naming:
            session.save()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def _as_sent(kept: Any) -> str:
    """What a session keeps, as words; what a form sent stands there as browsers send it."""
    return unquote_plus(json.dumps(kept, default=str))


def _empty_indexes() -> None:
    """SQLite keeps words of deleted rows in its full-text index until that is put in order, and in its log until that
    is emptied. PostgreSQL's autovacuum does the same by itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for shelf in SHELVES:
            fts = table_of(shelf)
            cursor.execute(f"INSERT INTO {fts}({fts}) VALUES ('rebuild')")  # noqa: S608  # our own name
    transaction.on_commit(_empty_log)


def _empty_log() -> None:
    if connection.in_atomic_block:  # inside a larger transaction there is nothing to empty yet
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
