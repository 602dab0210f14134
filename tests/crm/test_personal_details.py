"""What looks like a personal detail in free text, and what only has digits in it."""

import pytest

from crm.base.text import personal_details


@pytest.mark.parametrize(
    "words",
    [
        "Ring (0121) 496 0999",
        "Her number is 07700.900.123.",
        "07700 900123",
        "0121-496-0999",
        "07700–900–123",
        "+44 7700 900123",
        "+44 (0)7700 900 123",
        "0044 7700900123",
        "She came on 01.02.2026 10.30, ring 020 7946 0958",
    ],
)
def test_a_phone_number_is_noticed_however_it_is_written(words):
    assert personal_details(words) == ["a phone number"]


@pytest.mark.parametrize(
    "words",
    [
        "We meet on 01.02.2026 10.30 to 12.00",
        "01/02/2026 at 09:00",
        "01-02-2026 12:30",
        "01 02 2026 1030",
        "From 2026-02-01 2026-03-01",
        "On 03.04.2026, 05.06.2026 and 07.08.2026",
        "09.00-10.30 and 11.00-12.30",
        "From 0900 to 1730 on 24 November 2026",
        "About 1,200 people in 2025 and 1,300 in 2026",
        "10 000 000 people, 0.123456789 of them here",
        "20 of 45 came, 25 did not, 12 in 2024",
        "Room 0121 on floor 2",
    ],
)
def test_days_times_and_counts_are_not_taken_for_numbers_of_people(words):
    assert personal_details(words) == []


def test_several_details_are_named_each_once():
    words = "Ring 07700 900123 or 0121 496 0999, 12 High St B10 0AA, parveen.01.02.1990@example.org, 943 476 5919"
    assert personal_details(words) == ["a phone number", "a postcode", "an NHS number", "an e-mail address"]
