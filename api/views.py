"""What every address of the API does: who may, what comes in, which action, what goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, cast
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import resolve, reverse
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from api.authentication import PageSession, TokenAuthentication
from api.changes import changed, gone_since, loaded, with_tombstones
from api.filtering import NO_FILTER, narrowed
from api.inputs import Input, StrictJson, read_input
from api.negotiation import JsonAlone
from api.one import one_bare, one_whole
from api.pagination import Order, read_paging, refused
from api.permissions import RowPermission, opens
from api.problems import Fault, Problem, problem_response
from api.shown import as_json, differing, has_it, tag_of, versions_in
from api.throttling import ByTokenOrPerson, CountedFirst
from crm.accounts.models import ApiToken, User
from crm.accounts.replay import Answer, once
from crm.base.models import Record
from crm.base.permissions import Permission
from crm.base.rules import Stale

Row = dict[str, Any]
NO_VERSION = "Send If-Match with the ETag of what you read, so that nobody's change is lost."


class Output(serializers.Serializer[Any]):
    """What goes out, for the schema. The rows themselves are made by plain functions, which is many times faster."""


class Saved(Output):
    """What was saved. The words themselves are read at `url`: an answer kept for repeated requests holds none."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="Counts the changes of this record.")
    modified_at = serializers.DateTimeField()
    url = serializers.CharField(help_text="Where to read it.")


class Named(Output):
    """A record by id and name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


@dataclass(frozen=True)
class Operation:
    """What one method of one address does, in the field's words: for the schema and the page about it."""

    words: str
    more: str = ""
    takes: type[Input] | None = None
    gives: type[Output] = Saved
    status: int = 200
    example: Mapping[str, Any] | None = None
    answer: Mapping[str, Any] | None = None  # an example of what goes out, where `example` is one of what comes in


def named(record: Any) -> Row | None:
    """A linked record by id and name; None for none."""
    return {"id": record.pk, "name": record.name} if record is not None else None


class ApiView(CountedFirst, APIView):
    """An address of the API. A method that names no row of the permissions table is closed."""

    permissions_by_method: ClassVar[Mapping[str, Permission]] = {}
    operations: ClassVar[Mapping[str, Operation]] = {}
    model: ClassVar[type[Record]]
    item_name: ClassVar[str] = ""
    narrows: ClassVar[bool] = False  # whether a GET may say in its address what it wants
    http_method_names = ["get", "post", "patch", "head"]
    authentication_classes = [TokenAuthentication, PageSession]
    permission_classes = [RowPermission]
    throttle_classes = [ByTokenOrPerson]
    parser_classes = [StrictJson]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = JsonAlone

    def get_exception_handler(self) -> Any:
        """Every refusal is problem+json."""
        return problem_response

    def handle_exception(self, exc: Exception) -> Any:
        """A refusal. Whoever was too late is told which fields changed, where the ETag they sent can tell."""
        if isinstance(exc, Stale) and (told := self._changed_meanwhile()) is not None:
            exc = Problem(412, more={"changed": told})
        return super().handle_exception(exc)

    def _changed_meanwhile(self) -> list[str] | None:
        """The fields of the record that differ from what the reader was shown; None where they may not read it."""
        pk, request = self.kwargs.get("pk"), self.request
        if not (self.item_name and pk):
            return None
        view = resolve(reverse(f"api:{self.item_name}", args=[pk])).func.cls()  # type: ignore[attr-defined]
        view.request, view.args, view.kwargs = request, (), {"pk": pk}
        if not (isinstance(view, Item) and opens(view.permissions_by_method.get("GET"), request)):
            return None
        try:
            return differing(request.headers.get("If-Match", ""), view.shown(pk))
        except Http404:
            return None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Take the whole body first of all: one too long is refused before anything is done, and it can then be read
        twice, by the parser and for the digest of a repeated request."""
        try:
            _ = request.body
        except RequestDataTooBig:
            self.perform_authentication(request)
            raise
        super().initial(request, *args, **kwargs)
        takes_none = request.method in self.permissions_by_method and not (self.narrows and request.method == "GET")
        if request.query_params and takes_none:
            raise refused(next(iter(request.query_params)), NO_FILTER)
        if request.method == "POST" and not 1 <= len(request.headers.get("Idempotency-Key", "-")) <= 255:
            raise refused("Idempotency-Key", "A key has 1 to 255 characters.")

    @property
    def reader(self) -> User:
        """Who asks. The permission check let nobody pass who has not signed in."""
        return cast(User, self.request.user)

    def rows(self) -> QuerySet[Any]:
        """The records this reader may see."""
        return cast("QuerySet[Any]", self.model._default_manager.all().visible_to(self.reader))  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """The body, checked for shape, records in place of ids."""
        shape = self.operations[str(self.request.method)].takes
        return read_input(shape or Input, self.request.data, self.reader)

    def expected_version(self, record: Record) -> int:
        """The version the request was made from, by its If-Match header. Raises `Problem` (428) without one, `Stale`
        when it names another."""
        raw = self.request.headers.get("If-Match", "").strip()
        if not raw:
            fault = Fault("version_missing", NO_VERSION, parameter="If-Match")
            raise Problem(428, detail=NO_VERSION, faults=[fault])
        if raw == "*":
            return record.version
        if record.version not in versions_in(raw):
            raise Stale
        return record.version

    def saved(self, record: Record, status: int = 200) -> Answer:
        """The answer to a change."""
        address = reverse(f"api:{self.item_name}", args=[record.pk])
        body = {
            "id": str(record.pk),
            "version": record.version,
            "modified_at": record.modified_at.isoformat(),
            "url": address,
        }
        return Answer(status=status, body=body, location=address if status == 201 else "")

    def answer_once(self, make: Callable[[], Answer]) -> HttpResponse:
        """Answer a POST; with an `Idempotency-Key`, the same request again gets the same answer and changes nothing."""
        key = self.request.headers.get("Idempotency-Key")
        if key is None:
            return self.answered(make())
        auth = self.request.auth
        owner = f"token:{auth.pk}" if isinstance(auth, ApiToken) else f"user:{self.reader.pk}"
        path, body = self.request.path, self.request.body
        return self.answered(once(owner=owner, method="POST", path=path, key=key, body=body, make=make))

    def answered(self, answer: Answer) -> HttpResponse:
        """The answer as HTTP."""
        # In one order of names, whatever order the database gave a kept answer back in: the bytes are then the same.
        response = self.sent(dict(sorted(answer.body.items())), status=answer.status)
        if "version" in answer.body:  # many records at once have none
            response.headers["ETag"] = f'"{answer.body["version"]}"'
        if answer.location:
            response.headers["Location"] = answer.location
        if answer.replayed:
            response.headers["Idempotent-Replayed"] = "true"
        return response

    def sent(self, data: Any, status: int = 200) -> HttpResponse:
        """JSON that no cache between us and the reader may keep: it is about people."""
        response = HttpResponse(as_json(data), status=status, content_type="application/json")
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def sent_with_tag(self, data: Row) -> HttpResponse:
        """One record, with an ETag made of its version and of what is shown; 304 when the reader has just that."""
        body = as_json(data)
        tag = tag_of(data, body)
        response = HttpResponse(body, content_type="application/json")
        if has_it(tag, self.request.headers.get("If-None-Match", "")):
            response = HttpResponse(status=304)
            del response.headers["Content-Type"]
        # It may be kept by the reader alone, and must be asked for again each time.
        for name, value in {"ETag": tag, "Cache-Control": "no-cache, private", "Vary": "Authorization, Cookie"}.items():
            response.headers[name] = value
        return response


class Collection(ApiView):
    """A list to read and, where there is an action for it, to add to."""

    orders: ClassVar[dict[str, Order]] = {"-created_at": Order("created_at", None, down=True),
                                          "created_at": Order("created_at", None)}  # fmt: skip
    default_order: ClassVar[str] = "-created_at"
    narrows = True
    filter_class: ClassVar[Any] = None
    # Links by which a row comes into sight: it counts as changed with the records there too. Only those that whoever
    # sees the row may read: the time of a change is told by asking for changes.
    changes_with: ClassVar[tuple[str, ...]] = ()
    tells_changes: ClassVar[bool] = True  # not where a row shows less than its record: it would tell when words changed

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """The rows as they go out: a fixed number of queries, however many rows."""
        raise NotImplementedError

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with what `represent` needs."""
        return rows

    def current(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows an ordinary list shows, where nothing was said about withdrawn ones."""
        return rows

    def changed_since(self, rows: QuerySet[Any], since: datetime) -> QuerySet[Any]:
        """The rows that changed since a time, with `changed_at`."""
        return changed(rows, since, self.changes_with)

    def create(self, values: dict[str, Any]) -> Record:
        """Call the action that adds one."""
        raise NotImplementedError

    def list_rows(self) -> HttpResponse:
        """One page of the list."""
        if not self.tells_changes and "changed_since" in self.request.query_params:
            raise refused("changed_since", NO_FILTER)
        paging = read_paging(self.request, self.orders, self.default_order)
        rows = self.filtered(self.rows())
        if since := paging.begins_at:
            changes, gone = self.changed_since(rows, since), gone_since(self.model, self.reader, since)
            found, cursor = paging.cut(changes, gone)
            page = loaded(found, self.with_related(self.rows()))
            shown = with_tombstones(found, page, self.represent(page))
            return self.sent({**self._page(shown, cursor), "read_again_from": paging.again})
        if "withdrawn" not in self.request.query_params:
            rows = self.current(rows)
        page, cursor = paging.cut(self.with_related(rows))
        return self.sent(self._page(self.represent(page), cursor))

    def _page(self, shown: Sequence[Row], cursor: str | None) -> Row:
        return {"results": shown, "next": self._next(cursor) if cursor else None}

    def _next(self, cursor: str) -> str:
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows narrowed down as the address says."""
        return narrowed(rows, self.request, self.filter_class)

    def add(self) -> HttpResponse:
        """Add a record by its action. What was sent is read before the key's row is written, since from then on nobody
        else can write where the database is SQLite. What cannot be read may have been answered before, or come with a
        key of another request, so the key is asked first."""
        try:
            values = self.values()
        except (APIException, Problem) as problem:
            return self.answer_once(partial(raised, problem))
        return self.answer_once(lambda: self.saved(self.create(values), status=201))


def raised(problem: Exception) -> Answer:
    """In the place of an answer."""
    raise problem


class Item(ApiView):
    """One record to read and, where there is an action for it, to change."""

    beside: ClassVar[bool] = False  # whether `with_related` fetches rows by questions of its own (`Prefetch`)

    def represent_one(self, row: Any) -> Row:
        """The record as it goes out."""
        raise NotImplementedError

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with what `represent_one` needs."""
        return rows

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Call the action that changes it."""
        raise NotImplementedError

    def read(self, pk: UUID) -> HttpResponse:
        """The record; 404 whether it is hidden or missing."""
        return self.sent_with_tag(self.shown(pk))

    def shown(self, pk: UUID) -> Row:
        """The record as this reader is shown it. Raises `Http404`."""
        return self.represent_one(one_whole(self, pk))

    def save(self, pk: UUID) -> HttpResponse:
        """Change the record by its action."""
        record = one_bare(self, pk)
        return self.answered(self.saved(self.change(record, self.values(), self.expected_version(record))))


class Verb(ApiView):
    """Something that can be done to a record, by POST."""

    needs_version: ClassVar[bool] = True
    status: ClassVar[int] = 200

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Call the action."""
        raise NotImplementedError

    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Do it, once for each key."""

        def make() -> Answer:
            record = one_bare(self, pk)
            expected = self.expected_version(record) if self.needs_version else None
            return self.saved(self.act(record, self.values(), expected))

        return self.answer_once(make)
