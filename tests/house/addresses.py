"""Every address of the installation, what opens it, and a real record of the world to open it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from cms.demonstration.pages import English, pages_in
from cms.demonstration.words import words_in_language
from cms.languages import make_locales
from cms.opening import begin_at, root_of_pages
from crm.access.models import AccessNeed
from crm.accounts.models import ApiToken, Invitation
from crm.base.permissions import Row
from crm.base.writing import writing_allowed
from crm.communities.actions import add_community_fact
from crm.communities.details import CommunityFactDetails
from crm.communities.models import CommunityFact
from engagement.coproduction.telling.letters_about import secret_of
from engagement.forums.actions.calendars import make_calendar_link
from tests.crm.access.helpers import a_need, a_type, somebody_who_needs_nothing
from tests.crm.champions.helpers import a_governance_role, an_appointment
from tests.crm.directory import helpers as listing
from tests.crm.erasing import helpers as forgetting
from tests.crm.panels import calling
from tests.crm.panels.helpers import a_member, a_panel, a_seat
from tests.crm.privacy import helpers as around
from tests.crm.sending import helpers as sending
from tests.engagement.coproduction import deciding
from tests.engagement.coproduction import helpers as together
from tests.engagement.coproduction import telling_helpers as telling
from tests.engagement.formats import helpers as asking
from tests.engagement.forums import coming as arranging
from tests.engagement.forums import helpers as planning
from tests.engagement.forums import holding, inviting
from tests.engagement.forums.helpers import a_public_forum
from tests.engagement.needs.helpers import an_outcome
from tests.house.calls_of_lists import a_barrier, a_support
from tests.world import World

# Whose code answers there, and why no row of our table stands before it.
OTHERS = {
    "allauth.": "signing in and the account's own settings: allauth asks for itself",
    "wagtail.": "the editor of the public site and its files: Wagtail asks for itself (access_admin, page permissions)",
    "wagtail_localize.": "translating in the editor: Wagtail asks for itself",
    "django.views.static": "files of the demonstration and of tests",
    "django.views.generic.base.RedirectView": "only names another address, which has a row of its own",
    "django.views.i18n": "words of the editor's scripts",
    "crm.accounts.factor_views.": "allauth's pages ask for themselves; ours note what was done, and mark the session",
}
OTHER_ROUTES = {"cms/test404/": "Wagtail's preview of a missing page, only while developing"}


@dataclass(frozen=True)
class Address:
    """One address: its route, the view behind it, and the names of what stands in it."""

    route: str
    view: Any
    wants: tuple[str, ...]

    @property
    def where(self) -> str:
        """Where the view's code lies."""
        return f"{self.view.__module__}.{getattr(self.view, '__qualname__', self.view.__class__.__name__)}"

    @property
    def is_api(self) -> bool:
        """Whether it belongs to the API."""
        return self.route.startswith("api/")

    @property
    def ours(self) -> bool:
        """Whether our own code answers."""
        return not self.where.startswith(tuple(OTHERS)) and self.route not in OTHER_ROUTES

    def rows(self) -> Mapping[str, Row]:
        """HTTP method → row of the permissions table. Empty where the view names none."""
        by_method = getattr(self.view, "permissions_by_method", None)
        if by_method:
            return {method: _row(given) for method, given in by_method.items()}
        given = self.view.__dict__.get("permission") or getattr(self.view, "permission", None)
        row = getattr(self.view, "row", None)
        if given is not None:
            return {"GET": _row(given)}
        return {"GET": row} if isinstance(row, Row) else {}

    def __str__(self) -> str:
        return f"/{self.route} ({self.where})"


def _row(given: Any) -> Row:
    found = given if isinstance(given, Row) else given.row
    assert isinstance(found, Row)
    return found


def every_address() -> list[Address]:
    """All of them, ours and others'."""
    return list(_walk(get_resolver().url_patterns, ""))


def our_addresses() -> list[Address]:
    """Those that our own code answers."""
    return [address for address in every_address() if address.ours]


def _walk(patterns: list[Any], before: str) -> Iterator[Address]:
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            callback = entry.callback
            view = getattr(callback, "view_class", None) or getattr(callback, "cls", None) or callback
            yield Address(route, view, tuple(entry.pattern.converters or entry.pattern.regex.groupindex))


def _contact(world: World) -> dict[str, Any]:
    event = world.contact(people=[world.person])
    return {"pk": event.pk, "point": event.points.get().pk, "need": a_need(world).pk}


def invitation(world: World) -> Invitation:
    with writing_allowed():
        return Invitation.objects.create(
            email="new@northbrook.example",
            name="New",
            role="officer",
            invited_by=world.administrator,
            digest="d" * 64,
            expires_at="2099-01-01T00:00:00Z",
        )


def community_fact(world: World) -> CommunityFact:
    details = CommunityFactDetails(words="Tea first.", kind="other")
    return add_community_fact(actor=world.amina, community=world.community, details=details)


def token(world: World, digest: str = "e" * 64) -> ApiToken:
    with writing_allowed():
        return ApiToken.objects.create(
            user=world.amina,
            name="Power BI",
            scope="read",
            start="heard_x",
            digest=digest,
            expires_at="2099-01-01T00:00:00Z",
        )


def a_page() -> Any:
    """The first page of a public site in English and Urdu, with one topic and its Easy Read twin. The guards ask who
    opens an address: the eighty pages of the demonstration's site would take ten times as long."""
    make_locales()
    root = root_of_pages()
    english: English = {}
    for code in ("en", "ur"):
        words = words_in_language(code, "Northbrook Council")
        pages = pages_in(code, replace(words, messages=words.messages[:1]), english, root)
        english = english or pages
    home = english["", False]
    begin_at(home, home.title)
    return home


# First words of a route (after workspace/ or api/v1/) → what its ids are, in a world. A new resource stands here once;
# the longest words that fit count.
Ids = Callable[[World], dict[str, Any]]
IDS: dict[str, Ids] = {
    "about": lambda world: {"resource": "promises"},
    "contacts": _contact,
    "contacts/<uuid:pk>/reader": lambda world: {"pk": around.lost_to_everybody(world)[1].pk},
    "engagement-events": _contact,
    "points": lambda world: {"pk": _contact(world)["point"]},
    "promises": lambda world: {"pk": world.promise().pk},
    "people": lambda world: {"pk": world.person.pk},
    "people/<uuid:pk>/reader": lambda world: {"pk": around.lost_to_everybody(world)[0].pk},
    "lost-people": lambda world: {"pk": around.lost_to_everybody(world)[0].pk},
    "lost-contacts": lambda world: {"pk": around.lost_to_everybody(world)[1].pk},
    "groups": lambda world: {"pk": world.group.pk},
    "organisations": lambda world: {"pk": world.group.pk},
    "services": lambda world: {"pk": world.service.pk},
    "directory": lambda world: {"pk": listing.an_entry(world).pk},
    "directory/corrections": lambda world: {"pk": listing.a_correction(world).pk},
    "directory-entries": lambda world: {"pk": listing.an_entry(world).pk},
    "listed": lambda world: {"secret": listing.linked(world).secret},
    "support-given": lambda world: {"pk": world.support_given.pk},
    "venues": lambda world: {"pk": world.venue.pk, "about": "hearing_loop"},
    "forums": lambda world: {"pk": planning.a_date(world).pk},
    "series": lambda world: {"pk": planning.a_series(world).pk},
    "arrangements": lambda world: {"pk": arranging.an_arrangement(world).pk},
    "jobs": lambda world: {"pk": planning.a_job(world).pk},
    "panels": lambda world: {"pk": a_panel(world).pk},
    "projects": lambda world: {"pk": together.a_project(world).pk},
    "project-people": lambda world: {"pk": together.a_place(world).pk},
    "felt-rounds": lambda world: {"pk": together.a_round(world).pk},
    "felt": lambda world: {"secret": together.a_secret(world)},
    "thread": lambda world: {"kind": "theme", "pk": together.themed(world).pk},
    "threads": lambda world: {"kind": "theme", "pk": together.themed(world).pk},
    "themes": lambda world: {"pk": together.themed(world).pk},
    "recruitment": lambda world: {"pk": calling.a_random_call(world).pk},
    "recruitment/<uuid:pk>/pool": lambda world: {"pk": calling.a_draw(world).pk},
    "recruitment-calls/<uuid:pk>/pool": lambda world: {"pk": calling.a_draw(world).pk},
    "recruitment-calls": lambda world: {"pk": calling.a_random_call(world).pk},
    "applications": lambda world: {"pk": calling.with_recording(world).pk},
    "join": calling.mine,
    "join/my/<str:secret>/equality": calling.sent_mine,
    "join/my/<str:secret>/equality/questions": calling.sent_mine,
    "join/<slug:slug>/draw": lambda world: {"slug": calling.a_draw(world).slug},
    "join/<slug:slug>/draw.json": lambda world: {"slug": calling.a_draw(world).slug},
    "calendars": lambda world: {"way": "all", "key": "forums"},
    "calendars/my": lambda world: {"secret": make_calendar_link(actor=world.amina).secret},
    "private-calendars": lambda world: {"pk": make_calendar_link(actor=world.amina, person=world.person).pk},
    "calendar-links": lambda world: {"pk": make_calendar_link(actor=world.amina).pk},
    "calendars/forum": lambda world: {"pk": a_public_forum(world).pk},
    "coming": lambda world: {"pk": inviting.an_open_forum(world).pk},
    "coming/series": lambda world: {"series": planning.a_public_date(world).series_id},
    "coming/my": lambda world: {"secret": inviting.an_invitation(world).secret, "key": "coming"},
    "invitations": lambda world: {"pk": inviting.an_invitation(world).pk},
    "attendances": lambda world: {"pk": holding.came(world).pk},
    "notes": lambda world: {"pk": holding.checked(world).pk},
    "forum-notes": lambda world: {"pk": holding.notes(world).pk},
    "captured": lambda world: {"pk": holding.said(world, holding.held(world)).pk},
    "held-places": lambda world: {"pk": inviting.held(world).pk},
    "seats": lambda world: {"pk": a_seat(world).pk},
    "sending": lambda world: {"pk": sending.a_draft(world).pk},
    "sending/<uuid:pk>/letter": lambda world: {"pk": sending.to_print(world).pk},
    "sending/<uuid:pk>/phone": lambda world: {"pk": sending.to_phone(world).pk},
    "messages": lambda world: {"pk": sending.a_draft(world).pk},
    "letters": lambda world: {"pk": sending.letters(world).pk},
    "letters/versions": lambda world: {"pk": sending.machine_draft(world).pk},
    "letter-templates": lambda world: {"pk": sending.letters(world).pk},
    "memberships": lambda world: {"pk": a_member(world).pk},
    "communities": lambda world: {"pk": world.community.pk},
    "community-facts": lambda world: {"pk": community_fact(world).pk},
    "topics": lambda world: {"pk": world.topic.pk},
    "barriers": lambda world: {"pk": a_barrier(world).pk},
    "access-support": lambda world: {"pk": a_support(world).pk},
    "languages": lambda world: {"pk": world.urdu.pk},
    "access-needs": lambda world: {"pk": a_need(world).pk},
    "need-outcomes": lambda world: {"pk": an_outcome(world).pk},
    "no-needs": lambda world: {"pk": somebody_who_needs_nothing(world).pk},
    "need-types": lambda world: {"pk": a_type().pk},
    "areas": lambda world: {"pk": world.east_ward.pk},
    "supporters": lambda world: {"pk": around.a_supporter(world).pk},
    "intermediaries": lambda world: {"pk": around.an_intermediary(world).pk},
    "purposes": lambda world: {"pk": around.a_purpose(world).pk},
    "permissions": lambda world: {"pk": around.a_permission(world).pk},
    "contact-permissions": lambda world: {"pk": around.a_permission(world).pk},
    "objections": lambda world: {"pk": around.an_objection(world).pk},
    "erasures": lambda world: {"pk": forgetting.a_request(world).pk},
    "erasure-requests": lambda world: {"pk": forgetting.a_request(world).pk},
    "restrictions": lambda world: {"pk": around.stopped_somebody_else(world).pk},
    "privacy-notices": lambda world: {"pk": around.a_notice(world).pk},
    "declared-communities": lambda world: {"pk": around.a_declaration(world).pk},
    "champions": lambda world: {"pk": an_appointment(world).pk},
    "appointments": lambda world: {"pk": an_appointment(world, locality=world.south).pk},
    "governance-roles": lambda world: {"pk": a_governance_role(world).pk},
    "staff": lambda world: {"key": world.joe.pk},
    "staff/roles": lambda world: {"key": world.joe.grants.get().pk},
    "staff/invitations": lambda world: {"key": invitation(world).pk},
    "keys": lambda world: {"key": token(world).pk},
    "accounts/invitation": lambda world: {"secret": "not-a-secret-of-anybody"},
    "decisions": lambda world: {"pk": deciding.a_decision(world).pk},
    "outcomes": lambda world: {"pk": deciding.an_outcome(world).pk},
    "answers": lambda world: {"pk": telling.due_to(world).pk},
    "answers/my": lambda world: {"secret": secret_of(telling.due_to(world).pk)},
    "tellings": lambda world: {"pk": telling.due_to(world).pk},
    "you-said": lambda world: {"pk": telling.a_line(world).pk},
    "public-lines": lambda world: {"pk": telling.a_line(world).pk},
    "public-promises": lambda world: {"pk": telling.a_public_promise(world).pk},
    "answer-words": lambda world: {"pk": telling.urdu_words(world).pk},
    "frameworks": lambda world: {"pk": deciding.a_framework(world).pk},
    "versions": lambda world: {"page": a_page().pk},
    "choose": lambda world: {"key": world.topic.pk},
    "not-yet": lambda world: {"key": world.topic.pk},
    "ask": lambda world: {"key": world.topic.pk, "number": "F-K7M-4PX"},
    "format-requests": lambda world: {"pk": asking.a_request(world).pk},
    "paper": lambda world: {"key": world.topic.pk, "size": "page"},
}


# Addresses of the same records: each is made once, because some may exist once only.
SAME = {"contact-permissions": "permissions"}


class Unknown(Exception):
    """An address wants an id that nobody said how to find."""


class Finder:
    """Fills in the ids of addresses from one world; each record is made once."""

    def __init__(self, world: World, event: Any = None) -> None:
        self.world = world
        self._made: dict[str, dict[str, Any]] = {}
        if event is not None:
            need = AccessNeed.objects.filter(person=world.person).first()
            ids = {"pk": event.pk, "point": event.points.first().pk, "need": getattr(need, "pk", "")}
            self._made = {"contacts": ids, "engagement-events": ids, "points": {"pk": ids["point"]}}

    def path(self, address: Address) -> str:
        """The address with real ids. Raises `Unknown` for one nobody described."""
        route = address.route.replace("^", "").replace("\\Z", "").replace("$", "")
        for name in address.wants:
            route = self._filled(address, route, name)
        return "/" + route.replace("\\", "")

    def _filled(self, address: Address, route: str, name: str) -> str:
        ids = self._ids_of(address)
        if name not in ids:
            raise Unknown(
                f"{address} wants `{name}`. Say in IDS of tests/house/addresses.py which record of the world it is, "
                "so that the guards can open the page as every member of the cast."
            )
        before, _, rest = route.partition("<")
        while rest:
            inside, _, after = rest.partition(">")
            if inside.split(":")[-1] == name:
                return f"{before}{ids[name]}{after}"
            more, _, rest = after.partition("<")
            before = f"{before}<{inside}>{more}"
        return route

    def _ids_of(self, address: Address) -> dict[str, Any]:
        route = address.route.removeprefix("workspace/").removeprefix("api/v1/").removeprefix("en/")
        words = max((words for words in IDS if f"{route}/".startswith(f"{words}/")), key=len, default="")
        words = SAME.get(words, words)
        if words and words not in self._made:
            self._made[words] = IDS[words](self.world)
        return self._made.get(words, {})
