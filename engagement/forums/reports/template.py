"""What a new date of a series is like."""

from __future__ import annotations

from engagement.forums.details import ForumDetails, details_of
from engagement.forums.models import Forum, Series


def like_the_others(series: Series) -> Forum | None:
    """The newest date that stands and was not changed alone; one that was, where there is no other; None for none."""
    rows = Forum.objects.filter(series=series).exclude(state="cancelled").for_page()
    return rows.order_by("changed_alone", "-original_on").first()


def standing_details(series: Series) -> ForumDetails:
    """What the dates of a series have in common as they stand: those of a date that was not changed alone; where there
    is none, what the series itself says."""
    like = like_the_others(series)
    own = {"title": series.name, "about": series.about, "starts": series.starts, "ends": series.ends}
    if like is None or like.changed_alone:
        return ForumDetails(**own, on=series.first_on, locality=series.locality, owner=series.owner)  # type: ignore[arg-type]
    return details_of(like)
