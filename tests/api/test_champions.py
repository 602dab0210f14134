"""Champions and roles in governance, through the API."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from crm.champions.models import GovernanceRole
from tests.crm.champions.helpers import a_governance_role, an_appointment


def body(world, **changes):
    today = timezone.localdate()
    return {
        "name": "Noor", "locality": str(world.east.pk), "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=99)).isoformat(), "communities": [str(world.community.pk)], **changes,
    }  # fmt: skip


def test_a_champion_is_appointed_changed_taught_and_ended(world, caller):
    lead = caller(world.lead)
    made = lead.post("/appointments/", body(world, user=str(world.chen.pk)), key="one")
    assert made.status_code == 201, made.content
    assert lead.post("/appointments/", body(world, user=str(world.chen.pk)), key="one").json() == made.json()
    url = made.json()["url"]
    learnt = lead.post(f"{url}learning/", {"kind": "induction", "words": "What a champion does", "hours": "2.0"})
    assert learnt.status_code == 200, learnt.content
    changed = lead.patch(url, {"hours_a_month": 5, "communities": []}, match=made.headers["ETag"])
    assert changed.status_code == 200, changed.content
    row = lead.get(url).json()
    assert (row["hours_a_month"], row["communities"], row["learning"][0]["words"]) == (5, [], "What a champion does")
    stands = caller(world.amina, "read").get("/champions/").json()["results"]
    assert [(one["name"], one["user"]["name"]) for one in stands] == [("Noor", "Chen")]
    world.promise(actor=world.chen)
    refused = lead.post(f"{url}end/", {"reason": "She moved"}, match=changed.headers["ETag"])
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "handover_missing")
    told = {"reason": "She moved", "hand_over_to": str(world.amina.pk)}
    ended = lead.post(f"{url}end/", told, match=changed.headers["ETag"])
    assert ended.status_code == 200, ended.content
    assert lead.get(url).json()["handed_over_to"]["name"] == "Amina"


def test_a_refusal_says_the_words_of_the_page(world, caller):
    answer = caller(world.lead).post("/appointments/", {"user": str(world.chen.pk)})
    assert answer.status_code == 400
    assert {fault["detail"] for fault in answer.json()["errors"]} == {
        "Choose the locality",
        "Write the name they use",
        "Enter the first day, like 2026-11-24",
        "Enter a last day: an account works only as long as the term",
    }


def test_appointments_are_narrowed_as_on_the_page(world, caller):
    an_appointment(world, days=10)
    an_appointment(world, name="Noor", user=None, locality=world.south)
    amina = caller(world.amina, "read")
    for asked, names in (
        (f"locality={world.south.pk}", ["Noor"]), ("ending=true", ["Chen"]), ("when=over", []),
        (f"community={world.nested.pk}", []),
    ):  # fmt: skip
        assert [row["name"] for row in amina.get(f"/appointments/?{asked}").json()["results"]] == names, asked
    assert amina.get("/appointments/?name=Chen").status_code == 400


def test_officers_read_and_do_not_appoint(world, caller):
    assert caller(world.amina).post("/appointments/", body(world)).status_code == 403
    assert caller(world.analyst).get("/champions/").status_code == 403


def test_a_role_in_governance_is_added_changed_influences_and_ends(world, caller):
    amina = caller(world.amina)
    told = {"person": str(world.person.pk), "kind": "expert", "body": "The board", "first_day": "2026-01-05"}
    made = amina.post("/governance-roles/", told)
    assert made.status_code == 201, made.content
    url, tag = made.json()["url"], made.headers["ETag"]
    for path, sent in (
        ("", {"body": "Safeguarding board"}),
        ("influences/", {"words": "A shorter letter"}),
        ("end/", {}),
    ):
        answer = (amina.post if path else amina.patch)(f"{url}{path}", sent, match=tag)
        assert answer.status_code == 200, answer.content
        tag = answer.headers["ETag"]
    row = amina.get(url).json()
    assert (row["body"], row["influences"][0]["words"]) == ("Safeguarding board", "A shorter letter")
    assert row["last_day"] == timezone.localdate().isoformat()
    assert caller(world.joe, "read").get(url).status_code == 404


def test_a_role_without_words_is_refused(world, caller):
    answer = caller(world.amina).post("/governance-roles/", {"person": str(world.person.pk)})
    assert {fault["code"] for fault in answer.json()["errors"]} == {"kind_missing", "body_missing", "first_day_missing"}
    assert not GovernanceRole.objects.exists()


def test_a_list_costs_few_queries(world, caller, django_assert_max_num_queries):
    an_appointment(world)
    a_governance_role(world)
    amina = caller(world.amina, "read")
    for door in ("champions", "appointments", "governance-roles"):
        amina.get(f"/{door}/")
        with django_assert_max_num_queries(6):
            amina.get(f"/{door}/")


def test_a_term_does_not_end_on_the_last_day_of_the_calendar(world, caller):
    term = an_appointment(world)
    answer = caller(world.lead).post(
        f"/appointments/{term.pk}/end/", {"last_day": "9999-12-31", "reason": "She moved"}, match="*"
    )
    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (400, ["/last_day"])
