"""The checks beside the preview in Wagtail's editor: its own, and what `cms.easyread` has to say row by row."""

from __future__ import annotations

from typing import Any

from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem

from cms.easyread import ADVICE, STOPS

BEFORE = "easy-read-"


class EasyReadChecker(ContentCheckerItem):
    """Wagtail's checks and those of Easy Read: each names what to look at, and says what to do instead."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt", *(BEFORE + code for code in ADVICE)]

    def get_axe_custom_checks(self, request: Any) -> list[dict[str, Any]]:
        """One check for all: what the server marked is a remark."""
        return [*super().get_axe_custom_checks(request), {"id": "easy-read"}]

    def get_axe_custom_rules(self, request: Any) -> list[dict[str, Any]]:
        """A rule for each remark, choosing the rows that the server marked with it."""
        ours = [
            {
                "id": BEFORE + code,
                "impact": "serious" if code in STOPS else "moderate",
                "selector": f'[data-easy-read~="{code}"]',
                "tags": ["best-practice"],
                "any": ["easy-read"],
                "enabled": True,
            }
            for code in ADVICE
        ]
        return [*super().get_axe_custom_rules(request), *ours]

    def get_axe_messages(self, request: Any) -> dict[str, dict[str, str]]:
        """What each is called, and what to do about it."""
        ours = {
            BEFORE + code: {"error_name": f"Easy Read: {name}", "help_text": advice}
            for code, (name, advice) in ADVICE.items()
        }
        return {**super().get_axe_messages(request), **ours}

    class Media:
        js = ["heard/editor-checks.js"]


@hooks.register("construct_wagtail_userbar")
def check_easy_read(request: Any, items: list[Any], page: Any) -> None:
    """Ours in the place of Wagtail's own."""
    items[:] = [
        EasyReadChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]
