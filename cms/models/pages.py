"""The first page, and pages that say all of themselves in their words."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import cached_property
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks import EasyReadBlocks, LetterBlocks
from cms.easyread import MOST_PAGES, explained_on, pages_on_paper, remarks_on_page, rows_of
from cms.languages import language
from cms.models.base import MessagePage, PublicPage, shown_children, tabs
from cms.models.glossary import hard_words_in
from cms.paper import NoPaper, can_make_paper, sheets_of
from cms.statement import parts
from cms.words import words_in
from crm.areas.models import Council

NEWS_ON_FIRST_PAGE = 3


class HomePage(PublicPage):
    """The first page of the site in one language."""

    intro = models.TextField(help_text="What this site is for, in one or two easy sentences.")

    template = "public/home_page.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "cms.InformationPage", "cms.NewsPage", "cms.ForumPage", "cms.ForumsPage", "cms.PanelsPage", "cms.DirectoryPage",
        "cms.YouSaidPage", "cms.ReportPage", "cms.LettersPage", "cms.ContactPage", "cms.AccessibilityPage",
        "cms.PrivacyPage", "cms.LocalityPage", "cms.EasyReadPage", "cms.GlossaryPage",
    ]  # fmt: skip
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("intro"),
        SynchronizedField("slug"),
    ]
    edit_handler = tabs("intro")

    def words(self) -> list[str]:
        """Title and introduction."""
        return [self.title, self.intro]

    @cached_property
    def _twins(self) -> list[EasyReadPage]:
        """Every Easy Read page of the language that is live: asked for once, for its own twin and for the topics'."""
        return list(EasyReadPage.objects.live().descendant_of(self).select_related("locale"))

    def easy_read_twins(self) -> list[Any]:
        """Its own twin, if there is one."""
        return [twin for twin in self._twins if twin.depth == self.depth + 1]

    @cached_property
    def _children(self) -> list[PublicPage]:
        return shown_children(self)

    def known_pages(self) -> list[PublicPage]:
        """The pages right below it that the public may read."""
        return self._children

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the pages that the public may read: topics each with its Easy Read twin, the last news, the others."""
        pages = [page for page in self._children if not isinstance(page, EasyReadPage)]
        by_parent = {twin.path[: -Page.steplen]: twin for twin in self._twins if twin.is_shown}
        topics = [(page, by_parent.get(page.path)) for page in pages if isinstance(page, InformationPage)]
        news = [page for page in pages if isinstance(page, NewsPage)]
        news.sort(key=lambda page: page.published_on, reverse=True)
        others = [page for page in pages if not isinstance(page, InformationPage | NewsPage)]
        shows = {"topics": topics, "news": news[:NEWS_ON_FIRST_PAGE], "others": others}
        return {**super().get_context(request, *args, **kwargs), **shows}


class InformationPage(MessagePage):
    """A page about one topic, in one language."""

    template = "public/information_page.html"


class NewsPage(MessagePage):
    """News: what happened, and when it was said."""

    published_on = models.DateField("day of the news", default=timezone.localdate)

    template = "public/news_page.html"
    edit_handler = tabs("summary", "body", facts=("published_on",))


class ReportPage(MessagePage):
    """A report, as a page first: what was found, for which time. A PDF is made from the page."""

    published_on = models.DateField("published", default=timezone.localdate)
    covers = models.CharField(
        "what time it covers", max_length=100, blank=True, help_text="Like: April 2025 to March 2026"
    )

    template = "public/report_page.html"
    edit_handler = tabs("summary", "body", facts=("published_on", "covers"))
    translatable_fields: ClassVar[list[Any]] = [*MessagePage.translatable_fields, TranslatableField("covers")]

    def words(self) -> list[str]:
        """Title, summary, the time it covers, and body."""
        return [*super().words(), *([self.covers] if self.covers else [])]


class LettersPage(MessagePage):
    """Letters that people may copy and send: to ask for a form, an interpreter, a second look."""

    letters = StreamField(LetterBlocks(), blank=True)

    template = "public/letters_page.html"
    edit_handler = tabs("summary", "body", "letters")
    translatable_fields: ClassVar[list[Any]] = [*MessagePage.translatable_fields, TranslatableField("letters")]

    def words(self) -> list[str]:
        """Title, summary, body and the letters."""
        return [*super().words(), *words_in(self.letters.get_prep_value())]


class ContactPage(MessagePage):
    """How to reach us and get help. The numbers are the council's own, as they stand in its record."""

    template = "public/contact_page.html"


class PrivacyPage(MessagePage):
    """What we do with what people tell us."""

    template = "public/information_page.html"


class AccessibilityPage(MessagePage):
    """The accessibility statement. A named person signs it; nothing in Heard sets how far the site complies."""

    class Status(models.TextChoices):
        """How far the site meets WCAG 2.2 AA, as the person who signs judges it."""

        FULL = "full", "Fully compliant"
        PART = "part", "Partly compliant"
        NOT = "not", "Not compliant"

    compliance = models.CharField("how far it complies", max_length=10, choices=Status, blank=True)
    signed_by = models.CharField("who signs it", max_length=150, blank=True, help_text="Their name and their post.")
    signed_on = models.DateField("signed on", null=True, blank=True)

    template = "public/accessibility_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the problems that still stand, of the site, the workspace and the documents."""
        return {**super().get_context(request, *args, **kwargs), "parts": parts()}

    edit_handler = tabs("summary", "body", facts=("compliance", "signed_by", "signed_on"))


class EasyReadPage(PublicPage):
    """The Easy Read twin of a page: a picture beside every one or two short sentences."""

    is_easy_read = True
    sections = StreamField(EasyReadBlocks())

    template = "public/easy_read_page.html"
    parent_page_types: ClassVar[list[str]] = [
        "cms.HomePage", "cms.InformationPage", "cms.NewsPage", "cms.ForumPage", "cms.ForumsPage", "cms.PanelsPage",
        "cms.DirectoryPage", "cms.YouSaidPage", "cms.ReportPage", "cms.LettersPage", "cms.ContactPage",
        "cms.AccessibilityPage", "cms.PrivacyPage", "cms.LocalityPage",
    ]  # fmt: skip
    subpage_types: ClassVar[list[str]] = []
    # One twin a page: a second would hide the first.
    max_count_per_parent = 1
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("sections"),
        SynchronizedField("slug"),
    ]
    edit_handler = tabs("sections")

    def words(self) -> list[str]:
        """Title, headings, sentences and hard words."""
        return [self.title, *words_in(self.sections.get_prep_value())]

    def headings(self) -> list[str]:
        """Title and headings."""
        return [self.title, *(section.value["heading"] for section in self.sections)]

    def sheets(self) -> int:
        """How many A4 sheets it takes: about, from its words, and where that comes near the most there may be, counted
        on the page as it would be printed. Counting takes seconds."""
        about = pages_on_paper(rows_of(self.sections))
        if about < MOST_PAGES or not can_make_paper():
            return min(about, MOST_PAGES)
        shown = {"page": self, "here": language(self.language), "council": Council.objects.first(), "size": "page"}
        with translation.override(self.language):
            html = render_to_string("public/paper.html", {**shown, "glossary": hard_words_in(self.language)})
        try:
            return sheets_of(html)
        except NoPaper:
            return MOST_PAGES

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the glossary of its language, and in a preview what the editor is told to look at."""
        glossary = hard_words_in(self.language)
        context = {**super().get_context(request, *args, **kwargs), "glossary": glossary}
        context["glossary_page"] = GlossaryPage.shown_in(self.locale_id)
        if getattr(request, "is_preview", False):
            rows = rows_of(self.sections)
            context["explained"] = explained_on(rows, glossary)
            remarks = remarks_on_page(rows, language=self.language, glossary=glossary)
            context["remarks_on_the_whole"] = [remark.code for remark in remarks if not remark.row]
        return context


class GlossaryPage(MessagePage):
    """Every hard word of the language, in the order of its alphabet, with what it means."""

    template = "public/glossary_page.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    @classmethod
    def shown_in(cls, locale: int) -> GlossaryPage | None:
        """The glossary of a language that the public may read; one query, and its language with it."""
        pages = cls._default_manager.live().filter(locale_id=locale).select_related("locale")
        return next((page for page in pages if page.is_shown), None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the words."""
        return {**super().get_context(request, *args, **kwargs), "hard_words": hard_words_in(self.language).values()}
