"""What editors keep beside the pages, each with a place of its own in the editor's menu."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import AgreedWord, HardWord, MediaVersion


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


register_snippet(AgreedWordShelf)
register_snippet(MediaShelf)
register_snippet(HardWordShelf)
