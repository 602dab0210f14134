"""What every public page of an application shares: its language, which goes along to the next, and how it is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from crm.base.public import PublicPage
from crm.panels.words import TONGUES, on_the_page


class PublicForm(PublicPage):
    """A page of the application."""

    tongues = TONGUES

    def to(self, name: str, **where: str) -> HttpResponse:
        """On to another of these pages, in the same language."""
        return redirect(self.address(name, **where))

    def address(self, name: str, **where: str) -> str:
        """The address of another of these pages, in the same language."""
        return reverse(name, kwargs=where) + (f"?lang={self.code}" if self.is_chosen else "")

    @property
    def is_chosen(self) -> bool:
        """Whether the address names the language."""
        return self.request.GET.get("lang") == self.code

    def please_wait(self) -> HttpResponse:
        """What was typed is still there when they come back."""
        return self.show("wait", gettext("Please wait a minute"), status=429)

    def show(self, template: str, title: str, *, status: int = 200, **shown: Any) -> HttpResponse:
        """A page."""
        always = {"title": title, "to_check": "check" in self.request.GET, **self.said()}
        return render(self.request, f"public/join/{template}.html", {**always, **shown}, status=status)

    def said(self) -> dict[str, Any]:
        """About the language of the page."""
        return on_the_page(self.code, chosen=self.is_chosen)
