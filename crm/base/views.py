"""What every page of the workspace does first: who is asking, may they, and are they told the same as a guesser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.views.generic import TemplateView, View

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.base.permissions import Permission, Refused, Row
from crm.base.rules import Blocked, Stale


class WorkspaceView(View):
    """A page of the workspace. `permission` names its row in the table; without one the page does not start."""

    permission: ClassVar[Permission]

    @property
    def row(self) -> Row:
        """The row that opens this page."""
        return self.permission.row

    @property
    def user(self) -> Any:
        """Who is signed in: inside a page of the workspace somebody always is."""
        return self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sign-in first, then the role, then the page. An action's refusal inside the page is a 403 too."""
        if not request.user.is_authenticated:
            return self.when_signed_out(request)
        if not type(self).permission.row.open_to(request.user):
            raise PermissionDenied
        try:
            response = super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        # Pages about people must not stay in a shared phone's cache (OWASP session management).
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody opened the address of a button: a page kept open, a bookmark, the way back from signing in. They are
        led to the page the button stands on, and told that nothing was done."""
        if request.method not in ("GET", "HEAD"):
            return super().http_method_not_allowed(request, *args, **kwargs)
        messages.warning(request, BUTTON_WORDS)
        return HttpResponseRedirect(_page_above(request.path, self.user))

    def when_signed_out(self, request: HttpRequest) -> HttpResponseBase:
        """To the sign-in page, and back here afterwards."""
        return redirect_to_login(request.get_full_path())


BUTTON_WORDS = (
    "Nothing was done: the address you opened belongs to a button. Press the button here if you still want it."
)


def _page_above(path: str, user: Any) -> str:
    """The nearest address above this one that is a page this user may open, by the address alone: it says nothing about
    which records there are. The home page at the end."""
    parts = path.strip("/").split("/")
    for end in range(len(parts) - 1, 1, -1):
        above = f"/{'/'.join(parts[:end])}/"
        try:
            view = getattr(resolve(above).func, "view_class", None)
        except Resolver404:
            continue
        if isinstance(view, type) and issubclass(view, WorkspaceView) and _opens(view, user):
            return above
    return f"/{parts[0]}/"


def _opens(view: type[WorkspaceView], user: Any) -> bool:
    return "get" in view.http_method_names and hasattr(view, "get") and view.permission.row.open_to(user)


class WorkspacePage(WorkspaceView, TemplateView):
    """A page of the workspace with a template and a title."""

    title = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the title."""
        return super().get_context_data(**{"title": self.title, **kwargs})


Names = tuple[str, ...]


def one_of(queryset: QuerySet[Any], **key: Any) -> Any:
    """The one row, of those the user may see; 404 whether it is hidden or missing."""
    found = queryset.filter(**key).first()
    if found is None:
        raise Http404
    return found


def one_seen(
    reader: Any, model: type[Model], pk: UUID, how: str = "", *, joined: Names = (), beside: Names = ()
) -> Any:
    """The one record with this id, of those of its kind that the reader may see, loaded as its queryset's `for_list` or
    `for_page` says, with more joined or fetched beside; 404 whether it is hidden or missing. The question is kept: to
    write it took longer than to ask it."""
    return one_row(_one_seen(reader, model, how, joined, beside, pk))


@kept
def _one_seen(reader: Actor, model: Any, how: str, joined: Names, beside: Names, pk: UUID) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.all().visible_to(reader)
    rows = getattr(rows, how)() if how else rows
    rows = rows.select_related(*joined) if joined else rows
    return rows.prefetch_related(*beside).filter(pk=pk)


def one_row(rows: list[Any]) -> Any:
    """The one row of a kept question, of those the user may see; 404 whether it is hidden or missing."""
    if not rows:
        raise Http404
    return rows[0]


@dataclass(frozen=True)
class ListPage:
    """One page of a list. How many pages there are is not counted: counting grows with the table, and nobody asks."""

    object_list: list[Any]
    number: int
    has_next: bool

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        """Whether this is not all of the list."""
        return self.has_previous or self.has_next

    @property
    def next_page_number(self) -> int:
        """The number of the page after."""
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        """The number of the page before."""
        return self.number - 1


FURTHEST_PAGE = 10_000


def page_of(queryset: QuerySet[Any], request: HttpRequest, size: int = 25) -> ListPage:
    """One page of a list, by its number in the address; a number that does not exist shows the first page. 1 query,
    and 1 more for a page that is not there."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    number = number if 1 <= number <= FURTHEST_PAGE else 1
    rows = list(queryset[(number - 1) * size : number * size + 1])
    if not rows and number > 1:
        number, rows = 1, list(queryset[: size + 1])
    return ListPage(rows[:size], number, has_next=len(rows) > size)


STALE_WORDS = "Somebody else changed this while you had it open. Your words are below. Check the page and save again."


def refusal_words(problem: Blocked | Stale) -> list[str]:
    """The words of a refusal, for a page that has no form to put them beside."""
    return [STALE_WORDS] if isinstance(problem, Stale) else [blocker.words for blocker in problem.blockers]


__all__ = [
    "STALE_WORDS",
    "HttpResponse",
    "ListPage",
    "WorkspacePage",
    "WorkspaceView",
    "one_of",
    "one_row",
    "one_seen",
    "page_of",
    "refusal_words",
]
