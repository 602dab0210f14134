"""Access needs: the list, one need, and everything that can be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from crm.access import permissions, rules
from crm.access.actions import change_need, end_need, record_need, review_need, share_need
from crm.access.filters import AccessNeedFilter
from crm.access.forms import EndForm, NeedForm, ReviewForm, ShareForm, grouped, initial_of, initial_of_review
from crm.access.history import cards_about_need
from crm.access.models import AccessNeed, NeedType
from crm.access.told import Told, told_by
from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_seen
from crm.people.marks import mark_restricted_people
from crm.people.models import Person


class NeedList(Listing):
    """Access needs, those to ask about again first."""

    permission = permissions.read_needs
    template_name = "workspace/access/list.html"
    title = "Access needs"
    filterset = AccessNeedFilter
    shown_filters = ("due", "kind", "group", "type", "locality", "may_share")

    def rows(self) -> Any:
        """Those that stand and this reader may read; all of those, when it is asked whether they ended."""
        rows = AccessNeed.objects.visible_to(self.user).for_list()
        return rows if "ended" in self.request.GET else rows.current()

    def paged(self, rows: Any) -> Any:
        """One page; whoever reads of restricted people leaves a mark."""
        page = super().paged(rows)
        mark_restricted_people(self.user, [need.person for need in page])
        return page


class NeedPage(WorkspaceView):
    """One need: what to do, what they said, when we asked again, with whom it was shared, whether it was met."""

    permission = permissions.read_needs

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        beside = ("reviews__reviewed_by", "shares__shared_by")
        need = one_seen(self.user, AccessNeed, pk, "for_list", beside=beside)
        mark_restricted_people(self.user, [need.person])
        shown = {
            "title": need.type.name,
            "need": need,
            "may_share": not list(rules.blockers_to_sharing(need)),
            "cards": cards_about_need(need, reader=self.user),
        }
        return render(request, "workspace/access/need.html", shown)


class AddNeed(EditPage):
    """Write down a need: first what it is, then the rest, its usual instruction filled in."""

    permission = permissions.record_need
    template_name = "workspace/access/edit.html"
    title = "Write down an access need"
    saved_words = "The need is saved."

    @cached_property
    def person(self) -> Person:
        """The person, 404 when they are hidden or missing."""
        found: Person = one_seen(self.user, Person, self.kwargs["pk"])
        return found

    @cached_property
    def told(self) -> list[Told]:
        """What they said elsewhere that would help them, of what this reader may read."""
        return told_by(self.person, reader=self.user)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """First the types to choose from; when one is chosen, the form."""
        if self._chosen(request.GET.get("type", "")) is not None:
            return super().get(request, **kwargs)
        return self._choose()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; without a type, back to the first step."""
        if self._chosen(request.POST.get("type", "")) is None:
            return self._choose()
        return super().post(request, **kwargs)

    def make_form(self, data: Any, subject: Any) -> NeedForm:
        """The rest of the form for the type chosen."""
        sent = data if data is not None else self.request.GET
        chosen = self._chosen(sent.get("type", ""))
        kind = chosen.kind if chosen else ""
        form = NeedForm(
            data,
            initial=initial_of(None, chosen, next(iter(self.told), None)),
            reader=self.user,
            person=self.person,
            kind=kind,
        )
        form.chosen, form.told = chosen, self.told  # type: ignore[attr-defined]  # for the page
        return form

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The person."""
        return {"person": self.person}

    def save(self, form: Any, subject: Any) -> AccessNeed:
        """Write it down."""
        return record_need(actor=self.user, person=self.person, details=form.details())

    def address(self, subject: Any) -> str:
        """The person's page."""
        return reverse("workspace:person", args=[self.person.pk])

    def _chosen(self, pk: str) -> NeedType | None:
        types = NeedType.objects.visible_to(self.user).current()
        return next((row for row in types if str(row.pk) == pk), None) if pk else None

    def _choose(self) -> HttpResponse:
        types = grouped(NeedType.objects.visible_to(self.user).current().for_list())
        shown = {"title": self.title, "person": self.person, "types": types, "told": self.told}
        shown["back"] = self.address(None)
        return render(self.request, "workspace/access/choose.html", shown)


class ChangeNeed(EditPage):
    """Put a need right."""

    permission = permissions.change_need
    template_name = "workspace/access/edit.html"
    title = "Change this need"

    def subject(self) -> AccessNeed:
        """The need, while it stands. Whoever opens it for a restricted person leaves a mark."""
        found: AccessNeed = one_seen(self.user, AccessNeed, self.kwargs["pk"], "for_list")
        if found.ended_on is not None and self.request.method == "GET":
            raise Http404
        if self.request.method == "GET":
            mark_restricted_people(self.user, [found.person])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """What is stored, or what was sent."""
        form = NeedForm(data, initial=initial_of(subject), reader=self.user, person=subject.person)
        del form.fields["supporter"]
        form.offer_types(subject.type)
        return form

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It has ended."""
        return rules.blockers_to_standing(subject)

    def save(self, form: Any, subject: Any) -> AccessNeed:
        """Change it."""
        version = form.cleaned_data["version"]
        return change_need(actor=self.user, need=subject, details=form.details(), expected_version=version)

    def address(self, subject: Any) -> str:
        """The person's page: the need itself may be hidden now from whoever changed it."""
        return reverse("workspace:person", args=[subject.person_id])


class ReviewNeed(ChangeNeed):
    """Ask again."""

    permission = permissions.review_need
    title = "Ask again: is this still right?"
    saved_words = "Thank you for asking. It is saved."

    def make_form(self, data: Any, subject: Any) -> ReviewForm:
        """What stands, to be confirmed or changed."""
        return ReviewForm(data, initial=initial_of_review(subject), reader=self.user)

    def save(self, form: Any, subject: Any) -> AccessNeed:
        """Note what they said."""
        version = form.cleaned_data["version"]
        return review_need(actor=self.user, need=subject, details=form.details(), expected_version=version)


class ShareNeed(ChangeNeed):
    """Note with whom a need was shared."""

    permission = permissions.share_need
    title = "You shared this need"

    def make_form(self, data: Any, subject: Any) -> ShareForm:
        """With whom, today."""
        initial = {"version": subject.version, "shared_on": timezone.localdate()}
        return ShareForm(data, initial=initial, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It has ended, or they did not agree."""
        return rules.blockers_to_sharing(subject)

    def save(self, form: Any, subject: Any) -> AccessNeed:
        """Note it."""
        data = form.cleaned_data
        return share_need(
            actor=self.user, need=subject, shared_with=data["shared_with"], shared_on=data["shared_on"],
            expected_version=data["version"],
        )  # fmt: skip


class EndNeed(ChangeNeed):
    """A need is no more."""

    permission = permissions.end_need
    title = "This is no longer needed"

    def make_form(self, data: Any, subject: Any) -> EndForm:
        """Why."""
        return EndForm(data, initial={"version": subject.version}, reader=self.user)

    def save(self, form: Any, subject: Any) -> AccessNeed:
        """End it."""
        data = form.cleaned_data
        return end_need(actor=self.user, need=subject, reason=data["reason"], expected_version=data["version"])
