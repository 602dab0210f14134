"""A name, a number and an address are found however people spell them, and nobody else's is."""

from __future__ import annotations

import json

import pytest

from crm.erasing.spelling import needle_of_way, needles_of_name, needles_of_words, stands_in, without
from tests.crm.erasing.traces import EMAIL, NAME, PHONE, SPELT, names_her


def left(words, *needles):
    return without(words, list(needles), "·")


@pytest.mark.parametrize(
    "spelt",
    ["Zubeda Kauser Mir", "ZUBEDA  KAUSER\nMIR", "Mir, Zubeda Kauser", "mir zubeda", "Zubeda Mir", "zubeda-kauser-mir",
     "zubeda_mir", "ZubedaMir", "Zubeda&nbsp;Mir", "zubeda%20mir"],
)  # fmt: skip
def test_a_name_is_found_in_any_order_and_with_any_gap(spelt):
    assert left(f"Then {spelt} spoke", *needles_of_name("Zubeda Kauser Mir")) == "Then · spoke"


@pytest.mark.parametrize("other", ["Zubeda Mirza", "Kauser Mir", "Zubeda spoke of Mir", "Nazubeda Mir"])
def test_somebody_called_alike_keeps_their_name(other):
    assert left(other, *needles_of_name("Zubeda Kauser Mir")) == other


@pytest.mark.parametrize(
    "spelt", ["Ewa Wójcik-O’Brien", "EWA WO\u0301JCIK O'BRIEN", "ewa-wojcik-obrien", "Wójcik-O&#x27;Brien, Ewa"]
)
def test_accents_apostrophes_and_hyphens_do_not_matter(spelt):
    needles = needles_of_name("Ewa Wójcik-O'Brien")
    assert left(spelt, *needles) == "·"
    assert stands_in(spelt, needles)


def test_a_name_in_brackets_is_another_name_and_any_script_is_found_in_letters_of_ours():
    needles = needles_of_name("Zubeda Mir (زبیدہ میر)")
    assert left("زبیدہ میر came, and so did زبیدہ", *needles) == "· came, and so did زبیدہ"
    assert left("Олена Коваль; olena-koval.pdf", *needles_of_name("Олена Коваль")) == "·; ·.pdf"


@pytest.mark.parametrize(
    "spelt", ["07700900456", "07700 900 456", "(07700) 900-456", "+447700900456", "+44 (0)7700 900456",
              "0044 7700 900456", "07700–900456", "٠٧٧٠٠ ٩٠٠٤٥٦"],
)  # fmt: skip
def test_a_number_is_found_however_it_is_grouped(spelt):
    assert left(f"Ring {spelt}.", needle_of_way("+447700900456")) == "Ring ·."


@pytest.mark.parametrize("other", ["077009004567", "107700900456", "07700 900457"])
def test_a_longer_number_is_another(other):
    assert left(other, needle_of_way("+447700900456")) == other


def test_an_address_is_found_in_links_and_not_inside_a_longer_one():
    needle = needle_of_way("z.mir@example.org")
    assert left("mailto:Z.MIR%40example.org or z.mir [at] example.org", needle) == "mailto:· or ·"
    assert left("xz.mir@example.org z.mir@example.organic", needle) == "xz.mir@example.org z.mir@example.organic"
    assert (
        left("12 Mill Road, NB1 2AB; 12 Mill Roadside", needle_of_way("12 mill road NB1 2AB")) == "·; 12 Mill Roadside"
    )


def test_what_is_too_short_to_be_theirs_alone_is_not_looked_for():
    assert needle_of_way("Mum") is None
    assert needle_of_way("") is None
    assert needles_of_name("") == []


def test_words_inside_json_inside_words_are_found_and_it_stays_json():
    kept = {"zubeda mir": ['[{"value": "Zub\\u0065da Mir\\nsaid"}]', 7, None]}
    assert left(kept, *needles_of_name("Zubeda Mir")) == {"·": ['[{"value": "\\u00b7\\nsaid"}]', 7, None]}
    assert left('{"a": "untouched",  "b": 1}', *needles_of_name("Zubeda Mir")) == '{"a": "untouched",  "b": 1}'


def test_what_somebody_writes_down_is_taken_as_what_it_looks_like():
    assert (
        left("Bibi rang from 07700 900457", *needles_of_words("Bibi"), *needles_of_words("07700 900457"))
        == "· rang from ·"
    )


@pytest.mark.parametrize("spelt", SPELT, ids=str)
def test_it_is_found_however_keyboards_editors_and_browsers_write_it(spelt):
    needles = [*needles_of_name(NAME), *(way for value in (EMAIL, PHONE) if (way := needle_of_way(value)))]
    for words in (spelt, f"Then {spelt}, said one.", f"<p>Then <i>{spelt}</i> spoke</p>"):
        assert stands_in(words, needles)
        assert not names_her(without(words, needles)), words
    kept = json.dumps({"body": json.dumps([f"<p>{spelt}</p>"])})
    assert not names_her(without(kept, needles)), "in a version of a page, as JSON within JSON"


def test_markup_and_marks_of_direction_that_a_name_runs_through_stay_whole():
    needles = needles_of_name("Zubeda Kauser Mir (زبیدہ میر)")
    assert left("<p><b>Zubeda</b> Kauser Mir came</p>", *needles) == "<p><b>·</b> came</p>"
    assert left("Zubeda <a href='/zubeda-mir/'>Mir</a>", *needles) == "·<a href='/·/'></a>"
    assert left("\u2067زبیدہ\u2069 میر آئیں", *needles) == "\u2067·\u2069 آئیں"
    assert left("Zubeda</p><p>Mir", *needles) == "·</p><p>"


@pytest.mark.parametrize(
    ("name", "words"),
    [("Łukasz Kołodziej", "Lukasz Kolodziej"), ("Lukasz Kolodziej", "ŁUKASZ KOŁODZIEJ"), ("Jose Munoz", "José Muñoz"),
     ("ሳባ ተስፋይ", "ሳባ፡ተስፋይ"), ("Søren Bjørk", "Soren Bjork"), ("Ángela Nuñez", "Nunez, Angela"),
     ("𞤀𞤤𞤸𞤢𞤶𞤭 𞤅𞤮𞤱", "𞤀𞤂𞤖𞤀𞤔𞤋 𞤅𞤌𞤏"), ("李 小龍", "小龍李"), ("김 민수", "김 민수".encode().decode())],
)  # fmt: skip
def test_letters_that_people_leave_bare_or_alphabets_write_otherwise(name, words):
    needles = needles_of_name(name)
    assert left(words, *needles) == "·"
    assert left(json.dumps(words), *needles) == '"·"', "as JSON keeps it"


def test_what_is_no_escape_and_no_markup_stays_as_it_is():
    needles = [*needles_of_name("Zubeda Mir"), *([way] if (way := needle_of_way("+447700900456")) else [])]
    for words in (
        "R&D; 100%25 of 3 < 4 and 5 > 2",
        "%zz %ff %E2%82 &nosuch; &#99999999;",
        "\\u12 \\ud83d \\n",
        "a <b c",
    ):
        assert left(words, *needles) == words
