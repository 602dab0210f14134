"""A champion on a phone, without a script, arranges what somebody needs and calls a forum ready."""

import pytest

from engagement.forums.actions.arrangements import let_fall_through
from engagement.forums.models import Arrangement
from tests.engagement.forums.coming import an_arrangement, an_open_forum, booked, somebody, told

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def coming(cast):
    """A forum of the East to which four come: one waits, one is booked, one was told, and one interpreter fell ill."""
    forum = an_open_forum(cast)
    cast.row = an_arrangement(cast, forum=forum, may_share="yes")
    booked(cast, forum=forum, person=somebody(cast, "Rosa"), key="lipspeaker")
    told(cast, forum=forum, person=somebody(cast, "Kit"), key="speech-to-text")
    fallen = told(cast, forum=forum, person=somebody(cast, "Sam"), key="quiet-room")
    let_fall_through(actor=cast.amina, arrangement=fallen, reason="The room is taken")
    an_arrangement(cast, "step-free", forum=forum, person=somebody(cast, "Lee"))
    cast.forum = forum
    return cast


def test_every_page_about_arrangements_can_be_read_by_everybody(coming, open_page, sign_in, look_over):
    page, forum, one = open_page(), coming.forum.pk, coming.row.pk
    sign_in(page, coming.amina)
    for address in (
        "/workspace/",
        "/workspace/arrangements/?narrow=yes",
        f"/workspace/forums/{forum}/",
        f"/workspace/forums/{forum}/arrangements/",
        f"/workspace/forums/{forum}/ready/",
        f"/workspace/arrangements/{one}/",
        *(
            f"/workspace/arrangements/{one}/{verb}/"
            for verb in ("book", "confirm", "tell", "fall-through", "drop", "note")
        ),
    ):
        page.goto(address)
        look_over(page)


def test_the_report_can_be_read_by_everybody(coming, open_page, sign_in, look_over):
    page = open_page()
    sign_in(page, coming.lead)
    page.goto("/workspace/reports/arrangements/")
    look_over(page)


def test_a_champion_arranges_without_a_script_until_the_forum_is_ready(cast, open_page, sign_in):
    row = an_arrangement(cast, may_share="yes")
    page = open_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    sign_in(page, cast.chen)
    page.goto(f"/workspace/forums/{row.forum_id}/arrangements/")
    page.get_by_role("link", name="BSL interpreter, for Amina Diallo").click()
    page.get_by_role("button", name="Book it").click()
    page.get_by_label("With whom is it booked?").fill("Northbrook Deaf Services")
    page.get_by_label("Cost in pounds (optional)").fill("180")
    page.get_by_role("button", name="Save").press("Enter")
    page.get_by_role("button", name="Is it certain?").press("Enter")
    page.get_by_role("button", name="Yes, it is certain").press("Enter")
    page.get_by_role("button", name="Tell the person").press("Enter")
    page.get_by_label("I told them myself, in a way that is safe for them").check()
    page.get_by_role("button", name="Save").press("Enter")
    page.get_by_text("Saved.").wait_for()
    page.goto(f"/workspace/forums/{row.forum_id}/ready/")
    page.get_by_role("button", name="It is ready").press("Enter")
    page.get_by_text("This forum is ready.").wait_for()
    assert Arrangement.objects.get(pk=row.pk).state == "told"
