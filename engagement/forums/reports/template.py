"""What a new date of a series is like."""

from __future__ import annotations

from engagement.forums.models import Forum, Series


def like_the_others(series: Series) -> Forum | None:
    """The newest date that stands and was not changed alone; one that was, where there is no other; None for none."""
    rows = Forum.objects.filter(series=series).exclude(state="cancelled").for_page()
    return rows.order_by("changed_alone", "-original_on").first()
