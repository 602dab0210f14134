"""What groups offer people, and the support they were given."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked
from crm.organisations import reports
from crm.organisations.actions import add_service, add_support_given, confirm_service, end_service
from crm.organisations.details import ServiceDetails, SupportGivenDetails
from crm.organisations.models import Organisation, Service, SupportGiven
from tests.crm.people.test_pages import unlabelled, words_on

SERVICES, SUPPORT = "/workspace/services/", "/workspace/support-given/"


def of_group(world, end):
    return f"/workspace/groups/{world.group.pk}/{end}"


class TestServices:
    def test_an_officer_adds_one_from_the_groups_page_and_the_group_confirms_it(self, world, signed_in):
        client = signed_in(world.amina)
        sent = {"name": "Tea and talk", "when": "Fridays at 2", "status": "active", "in_directory": "on",
                "languages": [str(world.urdu.pk)]}  # fmt: skip
        answer = client.post(of_group(world, "services/new/"), sent)
        service = Service.objects.get()
        assert answer["Location"] == f"{SERVICES}{service.pk}/"
        page = words_on(client.get(answer["Location"]))
        for words in ("Fridays at 2", "Urdu", "Shown in the public directory.", "Not confirmed yet",
                      "We do not know yet."):  # fmt: skip
            assert words in page
        client.post(f"{SERVICES}{service.pk}/confirm/", {"version": service.version})
        assert "by Amina" in words_on(client.get(answer["Location"]))
        assert "Tea and talk" in words_on(client.get(of_group(world, "")))

    def test_one_without_a_name_is_refused_beside_the_field(self, world, signed_in):
        page = words_on(signed_in(world.amina).post(of_group(world, "services/new/"), {"when": "Fridays"}))
        assert '<a href="#id_name">Write the name of the service</a>' in page
        assert 'value="Fridays"' in page

    def test_one_that_ended_leaves_the_directory_and_is_neither_confirmed_nor_ended_again(self, world, signed_in):
        shown = ServiceDetails(name="Lunch", in_directory=True)
        service = add_service(actor=world.amina, organisation=world.group, details=shown)
        signed_in(world.joe).post(f"{SERVICES}{service.pk}/end/", {"version": "1"})
        service.refresh_from_db()
        assert (service.status, service.in_directory) == ("defunct", False)
        for settle in (confirm_service, end_service):
            with pytest.raises(Blocked, match="has ended"):
                settle(actor=world.amina, service=service)

    def test_pressing_the_button_on_an_old_page_says_so_and_changes_nothing(self, world, signed_in):
        client, address = signed_in(world.amina), f"{SERVICES}{world.service.pk}/"
        client.post(f"{address}change/", {"name": "Renamed", "version": "1"})
        page = words_on(client.post(f"{address}end/", {"version": "1"}, follow=True))
        assert "Somebody else changed this" in page
        assert Service.objects.get().status == "active"

    def test_the_list_narrows_to_those_to_be_asked_and_by_language(self, world, signed_in):
        fresh = add_service(actor=world.amina, organisation=world.south_group, details=ServiceDetails(name="Fresh one"))
        confirm_service(actor=world.amina, service=fresh)
        stale = world.service
        page = words_on(signed_in(world.publisher).get(SERVICES, {"unconfirmed": "true"}))
        assert stale.name in page
        assert "Fresh one" not in page
        page = words_on(signed_in(world.publisher).get(SERVICES, {"language": str(world.urdu.pk)}))
        assert stale.name in page
        assert "Fresh one" not in page

    @pytest.mark.parametrize("who", ["analyst", "publisher", "leaver", "stranger", "nobody"])
    def test_who_meets_nobody_adds_confirms_and_ends_none(self, world, who):
        member = world.everybody()[who]
        with pytest.raises(Refused):
            add_service(actor=member, organisation=world.group, details=ServiceDetails(name="x"))
        for settle in (confirm_service, end_service):
            with pytest.raises(Refused):
                settle(actor=member, service=world.service)


class TestSupportGiven:
    def test_it_is_written_down_listed_and_added_up_for_the_group(self, world, signed_in):
        client, today = signed_in(world.amina), timezone.localdate()
        sent = {"kind": "training", "words": "Minutes that people can read", "hours": "1.5", "people": "8",
                "given_on_day": today.day, "given_on_month": today.month, "given_on_year": today.year}  # fmt: skip
        assert client.post(of_group(world, "support/new/"), sent)["Location"] == of_group(world, "")
        assert world.support_given.hours == 2
        group = reports.with_support(Organisation.objects.filter(pk=world.group.pk), reader=world.amina).get()
        assert (group.support_times, group.support_hours) == (2, Decimal("3.5"))
        assert "2 times, 3.5 hours" in words_on(client.get(of_group(world, "")))
        page = words_on(client.get(SUPPORT, {"organisation": str(world.group.pk), "kind": "training"}))
        for words in ("Minutes that people can read", "1.5 hours", "8 people", "Amina"):
            assert words in page
        assert "A grant" not in page

    def test_what_is_missing_or_impossible_is_said_at_once_beside_its_field(self, world):
        late = SupportGivenDetails(given_on=timezone.localdate() + timedelta(1), words=" ", hours=Decimal(0))
        with pytest.raises(InputBlocked) as refusal:
            add_support_given(actor=world.amina, organisation=world.group, details=late)
        assert refusal.value.by_field() == {
            "given_on": ["The date must be today or in the past"],
            "words": ["Write what it was about, in a few words"],
            "hours": ["Write the hours as a number above 0, or leave it empty"],
        }

    def test_a_number_that_is_none_is_a_kind_error_and_nothing_typed_is_lost(self, world, signed_in):
        sent = {"kind": "support", "words": "Some words", "hours": "long", "given_on_day": "1", "given_on_month": "13"}
        page = words_on(signed_in(world.amina).post(of_group(world, "support/new/"), sent))
        for words in ("Write the hours as a number, like 1.5", "Enter a real date", 'value="Some words"',
                      'value="long"'):  # fmt: skip
            assert words in page
        assert not SupportGiven.objects.exists()

    def test_a_mistake_is_corrected_and_the_giver_stays(self, world, signed_in):
        row, day = world.support_given, timezone.localdate()
        sent = {"kind": "mentoring", "words": "Two grants", "hours": "3", "version": "1", "given_by": world.amina.pk,
                "given_on_day": day.day, "given_on_month": day.month, "given_on_year": day.year}  # fmt: skip
        signed_in(world.joe).post(f"{SUPPORT}{row.pk}/change/", sent)
        row.refresh_from_db()
        assert (row.words, row.hours, row.given_by) == ("Two grants", 3, world.amina)

    @pytest.mark.parametrize("who", ["analyst", "publisher", "leaver", "stranger", "nobody"])
    def test_who_meets_nobody_writes_none_down(self, world, who):
        details = SupportGivenDetails(given_on=timezone.localdate(), words="x")
        with pytest.raises(Refused):
            add_support_given(actor=world.everybody()[who], organisation=world.group, details=details)


def test_every_control_has_a_label(world, signed_in):
    for address in (of_group(world, "services/new/"), of_group(world, "support/new/"), of_group(world, "confirm/"),
                    of_group(world, "change/"), f"{SERVICES}?narrow=yes", f"{SUPPORT}?narrow=yes"):  # fmt: skip
        assert unlabelled(words_on(signed_in(world.amina).get(address))) == [], address


def test_the_day_of_support_given_is_today_unless_somebody_says_otherwise(world, signed_in):
    path = f"/workspace/groups/{world.group.pk}/support/new/"
    page, today = signed_in(world.amina).get(path).content.decode(), timezone.localdate()
    for part, number in (("day", today.day), ("month", today.month), ("year", today.year)):
        box = next(tag for tag in page.split("<input") if f'name="given_on_{part}"' in tag)
        assert f'value="{number}"' in box
