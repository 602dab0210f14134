"""Themes through the API."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.engagement.coproduction.helpers import a_point, a_theme, themed

THEMES = "/themes/"


def pointers(answer):
    return {(error.get("pointer"), error["code"]) for error in answer.json()["errors"]}


def test_a_theme_is_named_once_filled_counted_and_merged(world, caller):
    amina, point = caller(world.amina), a_point(world)
    body = {"name": "Carers", "points": [str(point.pk)]}
    made = amina.post(THEMES, body, key="one")
    assert made.status_code == 201, made.content
    assert amina.post(THEMES, body, key="one").json() == made.json()
    url = made.json()["url"]
    assert amina.get(url).json()["points"] == 1
    assert pointers(amina.post(f"{url}gather/", {})) == {("/points", "points_missing")}
    more = a_point(world, "No carer was told.")
    near = amina.get(f"{url}nearest/").json()
    assert [row["id"] for row in near["results"]] == [str(more.pk)]
    assert amina.post(f"{url}gather/", {"points": [str(more.pk)]}).status_code == 200
    figures = amina.get(f"{url}figures/").json()
    assert (figures["points"], figures["people"], figures["people_hidden"]) == (2, None, True)
    before = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert amina.get(f"{url}figures/?on={before}").json()["points"] == 0
    assert amina.get(f"{url}figures/?on=2999-01-01").status_code == 400
    version = amina.get(url).headers["ETag"]
    other = themed(world, 1, "Help for carers")
    assert amina.post(f"{url}merge/", {"into": str(other.pk)}, match=version).status_code == 400
    sent = {"into": str(other.pk), "reason": "The same"}
    assert amina.post(f"{url}merge/", sent, match='"99"').status_code == 412
    assert amina.post(f"{url}merge/", sent, match=version).status_code == 200
    row = amina.get(url).json()
    assert (row["state"], row["merged_into"]["name"], row["points"]) == ("merged", "Help for carers", 0)
    answer = amina.post(f"{url}gather/", {"points": [str(more.pk)]})
    assert (answer.status_code, pointers(answer)) == (409, {("", "theme_merged")})
    assert amina.post(f"{url}reopen/", {}, match=f'"{row["version"]}"').status_code == 200
    links = amina.get(f"/theme-points/?theme={row['id']}&current=true").json()["results"]
    assert len(links) == 2


def test_hidden_points_stay_hidden_and_a_reading_token_changes_nothing(world, caller):
    theme, hidden = themed(world, 1), a_point(world, actor=world.joe, area=world.south_ward)
    amina = caller(world.amina)
    answer = amina.post(f"{THEMES}{theme.pk}/gather/", {"points": [str(hidden.pk)]})
    assert (answer.status_code, pointers(answer)) == (400, {("/points/0", "unknown_record")})
    reading = caller(world.amina, scope="read")
    assert reading.post(f"{THEMES}{theme.pk}/gather/", {"points": []}).status_code == 403
    assert reading.get(f"{THEMES}{theme.pk}/").status_code == 200
    joe = caller(world.joe)
    assert joe.get("/theme-points/").json()["results"] == []
    refused = joe.post(f"{THEMES}{theme.pk}/close/", {"reason": "Done"}, match="*")
    assert (refused.status_code, "leads and managers" in refused.json()["detail"]) == (403, True)
    assert caller(world.auditor).get(f"{THEMES}{theme.pk}/").status_code == 403
    analyst = caller(world.analyst)
    row = analyst.get(f"{THEMES}{theme.pk}/figures/").json()
    assert (row["exact"], row["points"], row["localities"], row["since"]) == (False, None, [], None)
    assert analyst.get(f"{THEMES}{theme.pk}/").json()["points"] is None
    assert analyst.get(f"{THEMES}{theme.pk}/figures/?on={timezone.localdate().isoformat()}").status_code == 400
    assert analyst.get(f"/threads/theme/{theme.pk}/").json()["more"] == {}


def test_a_theme_is_nested_split_and_changed(world, caller):
    amina, wide, inner = caller(world.amina), a_theme(world, "Wide"), themed(world, 2, "Inner")
    nest = f"{THEMES}{inner.pk}/nest/"
    assert amina.post(nest, {}, match="*").status_code == 400
    assert amina.post(nest, {"parent": str(wide.pk)}, match="*").status_code == 200
    assert amina.get(f"{THEMES}{wide.pk}/figures/").json()["points"] == 2
    point = amina.get(f"/theme-points/?theme={inner.pk}").json()["results"][0]["point"]
    made = amina.post(f"{THEMES}{inner.pk}/split/", {"name": "New", "points": [point]}, match="*")
    assert amina.get(made.json()["url"]).json()["split_from"]["name"] == "Inner"
    assert amina.patch(f"{THEMES}{wide.pk}/", {"name": ""}, match="*").status_code == 400
    assert amina.patch(f"{THEMES}{wide.pk}/", {"about": "אבגד"}, match="*").status_code == 200
