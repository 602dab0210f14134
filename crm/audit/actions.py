"""How every change in Heard is made: permission, rules, write and audit, in one transaction.

An action is a keyword-only function in a room's `actions.py`, decorated with the permission function of its own name:

    @action(permissions.keep_promise)
    def keep_promise(*, actor: User, promise: Promise, how: str) -> Promise:
        ...
        return write(promise, verb=Verb.PROMISE_KEPT)
"""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from crm.audit.context import correlation_id, current_door
from crm.audit.models import AuditEvent, Revision, kind_of
from crm.audit.verbs import Verb
from crm.base import wrong
from crm.base.actors import Actor
from crm.base.models import Record
from crm.base.permissions import Permission, insist
from crm.base.registries import Registry
from crm.base.rules import Blocker, InputBlocked, Stale
from crm.base.writing import writing_allowed

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=Record)
G = TypeVar("G", bound=models.Model)


@dataclass
class _Ledger:
    """What one action, with the actions it calls, has written so far."""

    actor_id: UUID | None
    correlation: UUID
    events: list[AuditEvent] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    written: list[models.Model] = field(default_factory=list)
    subject: models.Model | None = None


# Rooms that keep something beside a record (a search document, say) add a function here; it is called once at the end
# of an action, inside its transaction, with every record the action wrote.
after_writing: Registry[Callable[[Sequence[models.Model]], None]] = Registry("after writing")
_shared: ContextVar[bool] = ContextVar("shared", default=False)


@contextmanager
def one_transaction() -> Iterator[None]:
    """A transaction around an action and what belongs to it (a key, say). Any exception undoes all of it, so that the
    action inside needs no savepoint of its own. Raises what the action raises."""
    token = _shared.set(True)
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        _explain(problem.__dict__.get("subject"))
        raise
    finally:
        _shared.reset(token)


_ledger: ContextVar[_Ledger | None] = ContextVar("ledger", default=None)
ACTIONS: dict[str, Permission] = {}


def action(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action: it writes all or nothing. Raises `Refused` and the function's own."""

    def make(function: Callable[P, R]) -> Callable[P, R]:
        parameters = inspect.signature(function).parameters
        if "actor" not in parameters or any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
            raise TypeError(f"{function.__name__} must take keyword arguments only, `actor` among them.")
        if permission.__name__ != function.__name__:
            raise TypeError(f"{function.__name__} must have a permission of its own name.")
        ACTIONS[function.__name__] = permission

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{function.__name__} takes keyword arguments only.")
            insist(permission, **kwargs)  # type: ignore[arg-type]
            return _in_one_transaction(function, kwargs)

        run.is_action = True  # type: ignore[attr-defined]
        return run

    return make


def _in_one_transaction(function: Callable[..., R], kwargs: dict[str, Any]) -> R:
    if _ledger.get() is not None:  # an action called by an action shares its transaction and its request
        return function(**kwargs)
    actor: Actor = kwargs["actor"]
    ledger = _Ledger(actor_id=actor.pk, correlation=correlation_id())
    token = _ledger.set(ledger)
    try:
        with transaction.atomic(savepoint=not _shared.get()), writing_allowed():
            result = function(**kwargs)
            for follow in after_writing:
                follow(ledger.written)
            _save_audit(ledger)
        return result
    except IntegrityError as problem:
        if _shared.get():
            problem.__dict__["subject"] = ledger.subject
        else:
            _explain(ledger.subject)
        raise
    finally:
        _ledger.reset(token)


def _save_audit(ledger: _Ledger) -> None:
    AuditEvent.objects.bulk_create(ledger.events, batch_size=500)
    Revision.objects.bulk_create(ledger.revisions, batch_size=500)


def _explain(subject: models.Model | None) -> None:
    """The database refused a row: say so in the constraint's own words, beside the field."""
    if subject is None:
        return
    try:
        subject.validate_unique()
        subject.validate_constraints()
    except ValidationError as problem:
        raise InputBlocked(_blockers(problem, subject)) from problem


def _blockers(problem: ValidationError, record: models.Model) -> list[Blocker]:
    by_name = problem.error_dict if hasattr(problem, "error_dict") else {"": problem.error_list}
    fields = {field.name: field for field in record._meta.fields}
    return [
        Blocker("invalid", words, "" if name == "__all__" else name)
        for name, many in by_name.items()
        for one in many
        for words in wrong.of_a_field(fields.get(name), one)
    ]


def _open_ledger() -> _Ledger:
    ledger = _ledger.get()
    if ledger is None:
        raise RuntimeError("write() and record() belong inside an action.")
    return ledger


def lock(record: T, *, expected_version: int | None = None) -> T:
    """Fetch the record again and hold it until the action ends; raise `Stale` if it changed since it was read."""
    model = type(record)
    fresh = model._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if expected_version is not None and fresh.version != expected_version:
        raise Stale(str(fresh.pk))
    return fresh


def write(
    record: T, *, verb: Verb, linked: dict[str, tuple[Any, Any]] | None = None, forgets: bool = False,
    checked: bool = True,
) -> T:  # fmt: skip
    """Check a record's own fields, save it, and audit which fields changed. Saving nothing new writes nothing.

    `linked` is what changed in rows that hang on the record (name → before, after): it is audited with the fields, and
    is a new version of the record even when no field of its own changed. `forgets`: what is taken away must not live
    on in the audit: the event names the fields, no value is kept, and the values of the record's earlier changes are
    blanked. `checked=False` is for erasing alone: what must go does not wait until the rest of the record is right.
    """
    ledger = _open_ledger()
    adding = record._state.adding
    changes = {} if adding else record.changed_fields()
    if not adding and not changes and not linked:
        return record
    if checked:
        check(record)
    ledger.subject = record
    if adding:
        record.save(force_insert=True)
    else:
        record.version += 1
        record.save(update_fields=[*_attribute_names(record, changes), "version", "modified_at"])
    if forgets:
        _note_forgotten(ledger, record, verb, changes)
    else:
        _note(ledger, record, verb, {**changes, **(linked or {})})
    record.__dict__["_stored"] = {f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields}
    return record


def _attribute_names(record: Record, changes: Iterable[str]) -> list[str]:
    by_attname = {f.attname: f.name for f in record._meta.concrete_fields}
    return [by_attname[name] for name in changes]


def check(record: models.Model) -> None:
    """Ask the record about its own fields; raise `InputBlocked` with the words beside each. Links are trusted: the
    form or serializer chose them from what the user may see."""
    links = {f.name for f in record._meta.concrete_fields if f.is_relation}
    try:
        record.clean_fields(exclude=links)
        record.clean()
    except ValidationError as problem:
        raise InputBlocked(_blockers(problem, record)) from problem


def write_new(records: Sequence[T], *, verb: Verb) -> list[T]:
    """Save many new records of one kind at once, each checked and each with its audit event."""
    if not records:
        return []
    ledger = _open_ledger()
    for record in records:
        check(record)
        ledger.subject = record
        _note(ledger, record, verb, {})
    return list(type(records[0])._default_manager.bulk_create(records, batch_size=500))


def attach(rows: Sequence[G]) -> None:
    """Save parts of a record (who was reached, support used) that are audited with the record they belong to."""
    if rows:
        for row in rows:
            check(row)
        type(rows[0])._default_manager.bulk_create(rows, batch_size=500)


def record(
    verb: Verb,
    *,
    subject: models.Model | None = None,
    kind: str = "",
    count: int | None = None,
    fields: Sequence[str] = (),
    values: dict[str, Any] | None = None,
) -> None:
    """Audit something that changed no row of its own: an export, a sensitive read, a change in a linked list.

    `values` is field → (before, after); it goes to the revision, which erasure can blank, never to the event.
    """
    ledger = _open_ledger()
    ledger.events.append(
        AuditEvent(
            actor_id=ledger.actor_id,
            verb=verb,
            subject_type=kind or (kind_of(subject) if subject is not None else ""),
            subject_id=str(subject.pk) if subject is not None else "",
            fields=list(fields),
            count=count,
            door=current_door(),
            correlation=ledger.correlation,
        )
    )
    if values:
        plain = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
        ledger.revisions.append(Revision(event=ledger.events[-1], values=plain))


def _note_forgotten(ledger: _Ledger, subject: models.Model, verb: Verb, changes: Iterable[str]) -> None:
    record(verb, subject=subject, fields=sorted(changes))
    ledger.written.append(subject)
    earlier = Revision.objects.filter(event__subject_type=kind_of(subject), event__subject_id=str(subject.pk))
    earlier.update(values={})


def _note(ledger: _Ledger, subject: models.Model, verb: Verb, changes: dict[str, tuple[Any, Any]]) -> None:
    record(verb, subject=subject, fields=sorted(changes), values=changes)
    ledger.written.append(subject)
