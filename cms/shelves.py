"""What editors keep beside the pages, each with a place of its own in the editor's menu."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import AgreedWord, Banner, HardWord, LinkCheck, MediaVersion, Problem, Review


class HardWordShelf(SnippetViewSet):
    """The glossary: hard words, what they mean, in every language."""

    model = HardWord
    icon = "help"
    menu_label = "Hard words"
    menu_name = "hard-words"
    add_to_admin_menu = True
    list_display = ["word", "language", "meaning", "checked_by"]
    list_filter = ["language"]
    ordering = ["language", "word"]


class AgreedWordShelf(SnippetViewSet):
    """Words that are always translated the same way, as agreed with people who speak the language."""

    model = AgreedWord
    icon = "openquote"
    menu_label = "Agreed words"
    menu_name = "agreed-words"
    add_to_admin_menu = True
    list_display = ["english", "language", "words", "checked_by"]
    list_filter = ["language"]
    search_fields = ["english", "words"]


class MediaShelf(SnippetViewSet):
    """Films, recordings and prints of pages: how they were made, who checked them, and whether they are shown."""

    model = MediaVersion
    icon = "media"
    menu_label = "Films and recordings"
    menu_name = "films-and-recordings"
    add_to_admin_menu = True
    list_display = ["title", "kind", "language", "shown", "state"]
    list_filter = ["kind", "language", "shown"]
    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("page", "kind", "language", "title", "file", "captions", "poster",
                                           "transcript", "seconds", "shown")], heading="What it is",
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("made_by", "made_how", "speaker", "presenter_number", "deaf_led",
                                           "brought_up_to_date", "stale_reason")], heading="How it was made",
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("checked_by", "checker_number", "checked_on", "check_method",
                                           "review_date")], heading="Who checked it",
        ),
    ]  # fmt: skip


class BannerShelf(SnippetViewSet):
    """Lines above every page, for some days."""

    model = Banner
    icon = "warning"
    menu_label = "Banners"
    menu_name = "banners"
    add_to_admin_menu = True
    list_display = ["words", "language", "urgent", "first_day", "last_day"]
    list_filter = ["language"]


class ReviewShelf(SnippetViewSet):
    """Checks that people made: of a page, the site, the workspace, the documents."""

    model = Review
    icon = "check"
    menu_label = "Checks"
    menu_name = "checks"
    add_to_admin_menu = True
    list_display = ["checked_on", "kind", "covers", "checked_by", "how"]
    list_filter = ["kind", "covers"]


class ProblemShelf(SnippetViewSet):
    """Accessibility problems: the statement lists those that nobody has put right."""

    model = Problem
    icon = "tasks"
    menu_label = "Problems"
    menu_name = "problems"
    add_to_admin_menu = True
    list_display = ["words", "covers", "why", "found_on", "fix_by", "fixed_on"]
    list_filter = ["covers", "why"]


class LinkShelf(SnippetViewSet):
    """Links of live pages, and whether they answered."""

    model = LinkCheck
    icon = "link"
    menu_label = "Links"
    menu_name = "links"
    add_to_admin_menu = True
    inspect_view_enabled = True
    list_display = ["address", "answer", "failed_since", "checked_at"]
    list_filter = ["failed_since"]


for shelf in (AgreedWordShelf, MediaShelf, HardWordShelf, BannerShelf, ReviewShelf, ProblemShelf, LinkShelf):
    register_snippet(shelf)
