"""The search page: one box, sent by POST, because names and words never stand in an address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from crm.base.views import WorkspaceView
from crm.people.flags import show_flags
from crm.people.models import Person
from crm.search import permissions
from crm.search.forms import SearchForm
from crm.search.registry import search_kinds
from crm.search.reports import find

MOST = 10  # of each kind, on one page
MOST_OF_ONE = 25  # when the reader looks for one kind only


class Search(WorkspaceView):
    """Find people, groups, communities and what was said, each only as the reader may see it."""

    permission = permissions.search

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty box."""
        return self._show(SearchForm(), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """What was found, by kind."""
        form = SearchForm(request.POST)
        if not form.is_valid():
            return self._show(form, None)
        words, only = form.cleaned_data["words"].strip(), form.cleaned_data["kind"]
        if not words:
            form.add_error("words", "Write a name or a word")
            return self._show(form, None)
        kinds = [only] if only in search_kinds else None
        answers = find(words, reader=self.user, kinds=kinds, most=MOST_OF_ONE if kinds else MOST)
        for kind, results in answers.items():
            search_kinds[kind].mark(self.user, [result.record for result in results])
        records = [result.record for results in answers.values() for result in results]
        show_flags([record for record in records if isinstance(record, Person)], reader=self.user)
        found = [(search_kinds[kind].heading, results) for kind, results in answers.items()]
        return self._show(form, found, only=search_kinds[only].heading if kinds else "")

    def _show(self, form: SearchForm, found: Any, only: str = "") -> HttpResponse:
        shown = {"title": "Search" if found is None else "Search results", "form": form, "found": found, "only": only}
        return render(self.request, "workspace/search/search.html", shown)
