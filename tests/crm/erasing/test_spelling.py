"""A name, a number and an address are found however people spell them, and nobody else's is."""

from __future__ import annotations

import pytest

from crm.erasing.spelling import needle_of_way, needles_of_name, needles_of_words, stands_in, without


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
