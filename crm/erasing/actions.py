"""Requests to be erased: written down, decided, and carried out everywhere at once.

Carrying out walks the relations to a person that every room declared: rows are deleted, or lose the link and their
words, and the thread stands without the person. What remains of their name, numbers and addresses in words somebody
wrote is taken out; earlier values in the audit's revisions are blanked; answers kept for repeated requests and
arguments of tasks go; the search index forgets. On SQLite the write-ahead log is emptied when it is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from crm.accounts.models import IdempotencyKey, User
from crm.audit.actions import action, lock, record, write
from crm.audit.models import Revision
from crm.audit.verbs import BLANKED_ON_ERASURE, Verb
from crm.base.models import Record
from crm.base.rules import refuse_if, refuse_input_if
from crm.erasing import permissions, rules
from crm.erasing.details import ErasureDetails
from crm.erasing.mentions import Traces, mentioning, models_with_words, reworded, texts_of, traces_of
from crm.erasing.models import ErasureRequest
from crm.erasing.near import near_people
from crm.erasing.outside import outside
from crm.erasing.parts import may_go
from crm.people.models import Person
from crm.people.relations import OnErase, PersonRelation, person_relations
from crm.search.indexes import SHELVES, table_of
from crm.search.models import SearchDocument
from crm.sending.models import Message
from crm.sending.models.messages import NOT_BEGUN

Outcome = ErasureRequest.Outcome
Keys = set[tuple[str, str]]  # kind of record and id


@action(permissions.record_erasure)
def record_erasure(*, actor: User, person: Person, details: ErasureDetails) -> ErasureRequest:
    """Write down that somebody asked (UK GDPR article 17). It must be decided within a month. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_asking(person, details))
    assert details.asked_on is not None  # the rules refused it otherwise
    asked = ErasureRequest(
        person=person,
        recorded_by=actor,
        asked_on=details.asked_on,
        how=details.how.strip(),
        words=details.words.strip(),
    )
    return write(asked, verb=Verb.ERASURE_ASKED)


@action(permissions.decide_erasure)
def decide_erasure(
    *, actor: User, request: ErasureRequest, outcome: str, reason: str, elsewhere: bool = False,
    parts: Sequence[str] = (), expected_version: int | None = None,
) -> ErasureRequest:  # fmt: skip
    """Decide, with a reason the person can read. Granted, it is carried out at once: see `erase_person`. Granted in
    part, the `parts` (names of relations to a person) go at once, and the rest stays. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(request, expected_version=expected_version)
    refuse_if(rules.blockers_to_decided(fresh))
    refuse_input_if(rules.blockers_to_deciding(fresh, outcome, reason, parts))
    fresh.outcome, fresh.reason = outcome, reason.strip()
    fresh.decided_on, fresh.decided_by = timezone.localdate(), actor
    if outcome == Outcome.PART:
        fresh.erased_on, fresh.what_happened = timezone.localdate(), _erase_parts(fresh, parts)
    write(fresh, verb=Verb.ERASURE_DECIDED)
    if outcome == Outcome.GRANTED:
        return erase_person(actor=actor, request=fresh, elsewhere=elsewhere)
    return fresh


def _erase_parts(request: ErasureRequest, parts: Sequence[str]) -> dict[str, int]:
    """The chosen kinds of rows are deleted, or lose their link and words; earlier values of them are blanked."""
    assert request.person is not None  # the rules refused it otherwise
    counted: Counter[str] = Counter()
    gone: Keys = set()
    for relation in may_go():
        if relation.name in parts:
            if relation.model is Message:
                _stop_messages(request.person)
            gone |= _carry_out(relation, request.person, counted)
    _blank_values(gone)
    _empty_indexes()
    return dict(counted)


@action(permissions.erase_person)
def erase_person(*, actor: User, request: ErasureRequest, elsewhere: bool = False) -> ErasureRequest:
    """Erase the person of a granted request from every table. `elsewhere` takes their name out of words that nothing
    links to them too; otherwise it may be a namesake's and stays. Raises `Blocked`."""
    fresh = lock(request)
    refuse_if(rules.blockers_to_erasing(fresh))
    assert fresh.person is not None
    person = Person.objects.select_for_update(of=("self",)).get(pk=fresh.person.pk)
    traces, counted, gone = traces_of(person), Counter[str](), _keys([person])
    near = _near(person)
    _stop_messages(person)
    for relation in person_relations:
        if relation.field:
            gone |= _carry_out(relation, person, counted)
    gone |= _take_out(traces, near, elsewhere, counted)
    _forget_values(gone, traces)
    SearchDocument.objects.filter(kind="person", object_id=person.pk).delete()
    _forget_answers(person, traces)
    Person.objects.filter(pk=person.pk).delete()
    record(Verb.PERSON_ERASED, kind="person", count=sum(counted.values()))
    _empty_indexes()
    done = ErasureRequest.objects.get(pk=fresh.pk)
    done.erased_on, done.what_happened, done.words, done.how = timezone.localdate(), dict(counted), "", "(taken out)"
    return write(done, verb=Verb.PERSON_ERASED, forgets=True)


def _stop_messages(person: Person) -> None:
    Message.objects.filter(person=person, state__in=NOT_BEGUN).update(state=Message.State.WITHDRAWN)


def _keys(rows: Iterable[models.Model]) -> Keys:
    return {(row._meta.model_name or "", str(row.pk)) for row in rows}


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


def _carry_out(relation: PersonRelation, person: Person, counted: Counter[str]) -> Keys:
    """What the room declared for its rows of this person."""
    rows = relation.model._base_manager.filter(**{relation.field: person})
    found = list(rows)
    if not found:
        return set()
    name = str(relation.model._meta.verbose_name)
    if relation.erase is OnErase.DELETE:
        _delete_files(found)
        _delete(rows)
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


def _delete(rows: models.QuerySet[Any]) -> None:
    """The rows and all that hangs on them; a row that is protected by another one of theirs goes after it."""
    try:
        rows.delete()
    except models.ProtectedError as problem:
        for row in problem.protected_objects:
            type(row)._base_manager.filter(pk=row.pk).delete()
        rows.delete()


def _delete_files(rows: Sequence[models.Model]) -> None:
    """Files go when the transaction is through: one that fails must not have lost them."""
    for row in rows:
        for one in row._meta.local_fields:
            file = getattr(row, one.attname) if isinstance(one, models.FileField) else None
            if file:
                transaction.on_commit(partial(file.storage.delete, file.name))


def _take_out(traces: Traces, near: set[tuple[str, Any]], elsewhere: bool, counted: Counter[str]) -> Keys:
    """Their numbers and addresses out of every text; their name out of what is near them, or of everything."""
    touched: Keys = set()
    for model in models_with_words():
        for row in mentioning(model._base_manager.all(), traces.everything):
            close = elsewhere or (model._meta.label, row.pk) in near
            changed = reworded(row, traces.everything if close else list(traces.ways))
            if not changed:
                continue
            _reword(row, changed)
            counted[f"{model._meta.verbose_name}: reworded"] += 1
            touched |= _keys([row])
    for place in outside:
        number = place.take_out(traces.everything if elsewhere else list(traces.ways))
        if number:
            counted[f"{place.name}: reworded"] += number
    return touched


def _reword(row: Any, changed: dict[str, Any]) -> None:
    for name, value in changed.items():
        setattr(row, name, value)
    if isinstance(row, Record):
        write(row, verb=Verb.PERSON_ERASED, forgets=True)
    else:
        type(row)._base_manager.filter(pk=row.pk).update(**changed)


def _forget_values(gone: Keys, traces: Traces) -> None:
    """Earlier values of what was touched, and whatever names them."""
    _blank_values(gone)
    naming = mentioning(Revision.objects.all(), traces.everything).values("pk")
    Revision.objects.filter(pk__in=list(naming.values_list("pk", flat=True))).update(values={})


def _blank_values(gone: Keys) -> None:
    """Earlier values of some records, under the verbs that may hold a person's words."""
    for kind in {kind for kind, _ in gone}:
        ids = [pk for name, pk in gone if name == kind]
        about = Revision.objects.filter(event__subject_type=kind, event__subject_id__in=ids)
        about.filter(event__verb__in=BLANKED_ON_ERASURE).update(values={})


def _forget_answers(person: Person, traces: Traces) -> None:
    """Answers kept for repeated requests, and arguments of tasks, that name them or lead to them."""
    needles = [*traces.everything, str(person.pk)]
    kept: list[type[models.Model]] = [IdempotencyKey, *apps.get_app_config("django_tasks_database").get_models()]
    for model in kept:
        naming = mentioning(model._base_manager.all(), needles)
        model._base_manager.filter(pk__in=list(naming.values_list("pk", flat=True))).delete()


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
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
