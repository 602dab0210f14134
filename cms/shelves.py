"""What editors keep beside the pages, each with a place of its own in the editor's menu."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import HardWord


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


register_snippet(HardWordShelf)
