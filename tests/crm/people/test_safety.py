"""What a safe-contact rule closes, and what it demands."""

import pytest

from crm.base.rules import InputBlocked
from crm.base.writing import writing_allowed
from crm.languages.models import Language
from crm.people.actions import add_person
from crm.people.details import HatDetails, LanguageUseDetails, PersonDetails, SafeRuleDetails, WayDetails
from crm.people.safety import ways_of

EVERY_WAY = [WayDetails("phone", "07700 900123"), WayDetails("text", "07700 900123"),
             WayDetails("email", "p@post.example"), WayDetails("letter", "1 High Street"), WayDetails("visit"),
             WayDetails("group"), WayDetails("other")]  # fmt: skip


def known(world, *rules, ways=EVERY_WAY, **changes):
    rows = [rule if isinstance(rule, SafeRuleDetails) else SafeRuleDetails(rule) for rule in rules]
    details = PersonDetails(name="Nasreen", area=world.east_ward, ways=ways, safe_rules=rows, **changes)
    return add_person(actor=world.amina, details=details)


def open_ways(person):
    return {answer.way.kind for answer in ways_of(person).ways if answer.is_open}


def told_for(person, kind):
    return next(list(answer.obey) for answer in ways_of(person).ways if answer.way.kind == kind)


ALL = {"phone", "text", "email", "letter", "visit", "group", "other"}


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ("no_voicemail", ALL),
        ("family", ALL - {"letter", "visit"}),
        ("plain_post", ALL),
        ("check_first", ALL),
        ("in_person_only", {"visit"}),
        (SafeRuleDetails("other", "Not on Fridays."), ALL),
    ],
)
def test_each_rule_closes_just_the_ways_that_would_break_it(world, rule, left):
    assert open_ways(known(world, rule)) == left


def test_a_closed_way_says_why_and_nothing_to_obey(world):
    letter = next(answer for answer in ways_of(known(world, "family")).ways if answer.way.kind == "letter")
    assert (list(letter.reasons), list(letter.obey)) == (["Their family may not know"], [])


def test_the_person_may_say_that_one_letter_is_safe_although_the_family_may_not_know(world):
    ways = [WayDetails("letter", "At her sister's", is_safe=True), WayDetails("letter", "At home")]
    first, second = ways_of(known(world, "family", ways=ways)).ways
    assert (first.is_open, second.is_open) == (True, False)
    assert first.obey == ["Their family may not know. Write nothing that shows who you are or what it is about."]


def test_family_and_in_person_only_together_leave_no_way_open(world):
    answer = ways_of(known(world, "family", "in_person_only"))
    assert not answer.any_open


def test_what_to_obey_stands_on_the_way_it_concerns(world):
    person = known(world, "no_voicemail", "plain_post")
    assert told_for(person, "phone") == ["Never leave a voice message. Ring again."]
    assert told_for(person, "letter") == ["Use a plain envelope that does not show who it is from."]
    assert told_for(person, "text") == []


def test_a_way_not_to_be_used_is_closed_whatever_the_rules(world):
    person = known(world, ways=[WayDetails("phone", do_not_use=True, note="He answers it")])
    assert [list(answer.reasons) for answer in ways_of(person).ways] == [["They asked us not to use this"]]


def test_who_speaks_urdu_and_does_not_read_it_is_spoken_to(world):
    uses = [LanguageUseDetails(world.urdu, "speaks"), LanguageUseDetails(world.urdu, "reads_not")]
    person = known(world, languages=uses)
    words = "Speaks Urdu, does not read it. Say it aloud: written words do not reach them."
    assert [told_for(person, kind) for kind in ("phone", "text", "letter")] == [[], [words], [words]]


def test_who_reads_english_and_not_urdu_is_written_to_in_english(world):
    with writing_allowed():
        english = Language.objects.create(code="en", name="English", own_name="English")
    uses = [LanguageUseDetails(world.urdu, "speaks"), LanguageUseDetails(world.urdu, "reads_not"),
            LanguageUseDetails(english, "reads")]  # fmt: skip
    assert told_for(known(world, languages=uses), "letter") == ["Speaks Urdu, does not read it. Write in English."]


def test_whom_they_want_as_interpreter_is_said_before_any_way(world):
    person = known(
        world,
        SafeRuleDetails("other", "Ask for Nas."),
        interpreter="woman",
        interpreter_not_from_community=True,
        interpreter_note="Not Mr Khan.",
        contact_rules="Not at prayer time.",
    )
    assert list(ways_of(person).before) == [
        "Ask for Nas.",
        "Not at prayer time.",
        "Interpreter: a woman, not from their own community. Not Mr Khan.",
    ]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"safe_rules": [SafeRuleDetails("family")] * 2}, "safe_rules", "Each safe-contact rule stands once"),
        ({"safe_rules": [SafeRuleDetails("other", " ")]}, "safe_rules", "Write the rule in words"),
        ({"hats": [HatDetails("carer")] * 2}, "hats", "Nobody can be the same thing to us twice at once."),
        ({"ways": [WayDetails("visit", do_not_use=True, is_safe=True)]}, "ways", "A way cannot be safe and not to be"),
    ],
)
def test_what_contradicts_itself_is_refused_in_words(world, changes, field, words):
    with pytest.raises(InputBlocked) as refusal:
        add_person(actor=world.amina, details=PersonDetails(name="Nasreen", **changes))
    assert refusal.value.by_field()[field][0].startswith(words)


def test_nobody_reads_a_language_and_does_not_read_it(world):
    uses = [LanguageUseDetails(world.urdu, "reads"), LanguageUseDetails(world.urdu, "reads_not")]
    with pytest.raises(InputBlocked) as refusal:
        add_person(actor=world.amina, details=PersonDetails(name="Nasreen", languages=uses))
    assert refusal.value.blockers[0].code == "reads_and_reads_not"
