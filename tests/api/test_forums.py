"""Forums by the API: the same actions and words as the pages."""

from __future__ import annotations

import json

import pytest

from engagement.forums.models import Forum, Series
from tests.engagement.forums.helpers import a_forum, a_job, a_series, in_days, offers

FORUM = {"title": "Care at home", "starts": "13:30", "ends": "15:30"}


@pytest.fixture
def browser(world, signed_in):
    """Amina's."""
    client = signed_in(world.amina)

    def send(method, path, data=None, version="*", **headers):
        return client.generic(
            method, f"/api/v1/{path}", data=json.dumps(data or {}), content_type="application/json",
            HTTP_IF_MATCH=version if version == "*" else f'"{version}"', **headers,
        )  # fmt: skip

    return send


def test_a_forum_is_planned_changed_opened_moved_and_cancelled(world, browser):
    kind = offers(world, "bsl-interpreters")[0].kind
    sent = {**FORUM, "on": in_days(60).isoformat(), "locality": str(world.east.pk), "venue": str(world.venue.pk),
            "offers": [{"kind": str(kind.pk)}]}  # fmt: skip
    answer = browser("POST", "forums/", sent, HTTP_IDEMPOTENCY_KEY="once")
    again = browser("POST", "forums/", sent, HTTP_IDEMPOTENCY_KEY="once")
    assert answer.status_code == 201
    assert answer.json()["id"] == again.json()["id"]
    path = f"forums/{answer.json()['id']}/"
    assert browser("PATCH", path, {"place_words": "Room 2"}).status_code == 200
    assert browser("PATCH", path, {"place_words": "Room 3"}, version=1).status_code == 412
    assert browser("POST", f"{path}open/").status_code == 200
    assert browser("POST", f"{path}move/", {"on": in_days(61).isoformat()}).status_code == 200
    refused = browser("POST", f"{path}cancel/", {"reason": ""})
    assert (refused.status_code, "Write why" in refused.content.decode()) == (400, True)
    assert browser("POST", f"{path}cancel/", {"reason": "Flood"}).status_code == 200
    shown = browser("GET", path).json()
    assert (shown["state"], shown["sequence"], shown["place_words"]) == ("cancelled", 2, "Room 2")
    assert shown["offers"][0]["kind"]["name"] == "BSL interpreters (2)"


def test_a_series_is_planned_changed_and_a_date_skipped(world, browser):
    sent = {**FORUM, "on": in_days(60).isoformat(), "how_often": "monthly", "dates": 4}
    answer = browser("POST", "series/", sent)
    assert answer.status_code == 201
    series = Series.objects.get()
    second = series.forums.order_by("on")[1]
    assert browser("POST", f"forums/{second.pk}/skip/").json()["id"] == str(series.pk)
    assert browser("PATCH", f"series/{series.pk}/", {"title": "Breaks"}).status_code == 200
    assert set(series.forums.values_list("title", flat=True)) == {"Breaks"}
    shown = browser("GET", f"series/{series.pk}/").json()
    assert shown["skipped"] == [second.original_on.isoformat()]
    assert browser("POST", f"series/{series.pk}/end/").status_code == 200
    assert not series.forums.exists()


def test_what_cannot_be_right_is_told_with_a_pointer(world, browser):
    answer = browser("POST", "forums/", {**FORUM, "on": in_days(60).isoformat(), "ends": "13:00"})
    assert answer.status_code == 400
    assert "The end time must be after 1:30pm" in answer.content.decode()
    assert browser("POST", "series/", {**FORUM, "on": in_days(60).isoformat()}).status_code == 400


def test_lists_are_narrowed_as_on_the_page_and_jobs_are_done_and_given(world, browser):
    forum, series = a_forum(world), a_series(world, dates=2)
    assert len(browser("GET", f"forums/?series={series.pk}").json()["results"]) == 2
    assert len(browser("GET", "forums/?when=coming").json()["results"]) == Forum.objects.count()
    assert browser("GET", "forums/?state=held").json()["results"] == []
    assert browser("GET", f"jobs/?forum={forum.pk}&open=true").json()["results"]
    job = a_job(world)
    assert browser("POST", f"jobs/{job.pk}/give/", {"owner": str(world.chen.pk)}).status_code == 200
    assert browser("POST", f"jobs/{job.pk}/finish/").status_code == 200
    assert browser("POST", f"jobs/{job.pk}/finish/").status_code == 409
    assert browser("GET", "offer-kinds/").json()["results"][0]["lead_days"] is not None
