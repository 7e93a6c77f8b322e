"""Spellings in three scripts that are one word to whoever searches, and words that stay apart."""

from __future__ import annotations

from difflib import get_close_matches
from time import process_time
from unicodedata import category, normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzfest.core.folding import NEAR_ENOUGH, fold, near_misses, nearest, nearest_folded, slips_between, transpositions

# The search form, and the spellings that fold to it.
ONE_WORD = [
    ("ultik muzei", "Ұлттық музей | ұлттық  МУЗЕЙ | Ulttyq muzei | Ulttyk muzey | Ulttyq mýzeı | Ūlttyq muzeı"),
    ("jastar sarai", "«Жастар» сарайы | Жастар сарайы | Jastar saraıy | Jastar sarayy | Zhastar Sarayy"),
    ("jeltoksan", "Желтоқсан | желтоксан | Jeltoqsan | Jeltoksan | Zheltoqsan | Zheltoksan | ZHELTOQSAN"),
    ("tauelsizdik", "Тәуелсіздік | Tauelsizdik | Täuelsızdik | Táýelsizdik | Təuelsizdik | тауелсиздик"),
    ("kazakstan", "Қазақстан | Казакстан | Qazaqstan | Kazakstan"),
    ("kazahstan", "Казахстан | Kazakhstan | Kazahstan | Kazaxstan"),
    ("almati", "Алматы | Almaty | ALMATI | алмати"),
    ("nauriz", "Наурыз | Nauryz | Naurız | NAÝRYZ | nauriz"),
    ("gabit musirepov", "Ғабит Мүсірепов | Gabit Musirepov | Ğabit Müsirepov | Ghabit Musirepov | Ǵabıt Músirepov"),
    ("sheraton", "Шератон | Sheraton | Şeraton | Šeraton"),
    ("shuchinsk", "Щучинск | Shchuchinsk | Shuchinsk | Schuchinsk"),
    ("chaikovski", "Чайковский | Chaikovsky | Chaykovskiy | Čaikovsky"),
    ("ialta iubilei", "Ялта, юбилей | Yalta: yubiley | Ialta Iubilei"),
    ("opera balet", "Опера, балет | Opera & Ballet | OPERA: Ballet"),
    ("tango delamore", "Tango dell'amore | Tango dell’amore | Tango dellʼamore | Tango dell`amore | tango dell´amore"),
    ("adele jelanski", "Adèle Jelansky | ADELE JELANSKY | Ade\u0300le Jelanski"),
    ("strase", "Straße | STRASSE | Strasse"),
    ("c", "C++ | c | C."),
    ("rocknroll", "Rock'n'Roll | rocknroll | Rock’n’Roll"),
    ("now i see iou", "Now, I See You | now — i see you! | NOW_I_SEE_YOU | now-i-see-you"),
    ("16 dekabria 2023", "16 декабря 2023 | 16 dekabrya 2023 | 16-dekabrya-2023 | 16 декабря, 2023"),
    ("oi", "Өй | Oı | Öy | Øy"),
    ("obekt", "Объект | Obekt | Об'ект | obekt"),
    ("jazz", "Jazz | JAZZ | jazz"),
    ("tel 4 kg", "℡ ④ ㎏ | TEL 4 kg | ｔｅｌ ４ ｋｇ"),
    ("", " | *** | «» | — | 🎪 | ' | _"),
]

APART = [
    "опера | балет", "gala | galaxy", "2022 | 202", "11 | 1", "16 dekabrya | 17 dekabrya", "Астана | Астрахань",
    "free | fre", "circus | цирк", "now see | nowsee", "Абай | Абу", "ән | оң", "日本 | 中国", "c | g",
]  # fmt: skip


def spelt(spellings: str) -> list[str]:
    return [each.strip() for each in spellings.split(" | ")]


PAIRS = [(form, spelling) for form, spellings in ONE_WORD for spelling in spelt(spellings)]


@pytest.mark.parametrize(("form", "spelling"), PAIRS, ids=[spelling or "nothing" for _form, spelling in PAIRS])
def test_spellings_of_a_word_fold_to_one_form(form: str, spelling: str) -> None:
    assert fold(spelling) == form


@pytest.mark.parametrize("words", APART)
def test_words_that_are_not_one_stay_apart(words: str) -> None:
    one, other = spelt(words)

    assert fold(one) != fold(other)


PAIRED = st.text(alphabet="ceghijkqstxzçşčšžýßſıİкхсчшщцьъқғ'’´ʼ\u0301\u030c -_", max_size=12)


@given(st.text() | PAIRED)
@example("Матссиев")  # «сс» is one letter first, and only then is «тс» what many write c for
def test_search_form_folds_to_itself(text: str) -> None:
    form = fold(text)

    assert fold(form) == form


def test_every_single_character_folds_to_a_form_that_folds_to_itself() -> None:
    characters = map(chr, range(0x110000))
    forms = {fold(each) for each in characters if category(each) not in {"Cn", "Co"}}  # 5 in 6: no letters

    assert {form for form in forms if fold(form) != form} == set()


@given(st.text())
def test_search_form_is_lower_case_words_with_one_space_between_them(text: str) -> None:
    form = fold(text)

    assert form == " ".join(form.split())
    assert form == form.casefold()
    assert [letter for letter in form if not letter.isalnum() and letter != " "] == []


@given(st.text(), st.text())
def test_words_are_folded_one_by_one(one: str, other: str) -> None:
    assert fold(f"{one} {other}".strip()) == " ".join(each for each in (fold(one), fold(other)) if each)


@given(st.text() | PAIRED)
def test_search_form_is_that_of_the_same_letters_composed_or_not(text: str) -> None:
    assert fold(normalize("NFC", text)) == fold(text)
    assert fold(normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize(
    ("swapped", "meant"),
    [
        ("alhzir", "Alzhir"), ("azlhir", "Alzhir"), ("alzihr", "Alzhir"), ("hzol", "Zhol"), ("zhsatar", "Zhastar"),
        ("Ұлтытқ", "Ұлттық"), ("жетлоқсан", "Желтоқсан"), ("yuo", "you"), ("Щелкнучик", "Щелкунчик"),
    ],
)  # fmt: skip
def test_swapped_letters_are_put_back_before_two_of_them_are_one(swapped: str, meant: str) -> None:
    assert fold(meant) in transpositions(fold(swapped))


@pytest.mark.parametrize("form", ["", "a", "ab", "xy" * 101])
def test_too_short_or_too_long_a_word_has_no_swapped_letters(form: str) -> None:
    assert transpositions(form) == []


@given(st.text() | PAIRED)
def test_letters_put_back_are_search_forms(text: str) -> None:
    forms = transpositions(fold(text).replace(" ", ""))

    assert [fold(each) for each in forms] == forms


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("tile", ["title"]),
        ("titles", ["title"]),
        ("veneu", ["venue"]),
        ("sumary", ["summary"]),
        ("note", ["notes"]),
        ("zzzz", []),
        ("", []),
    ],
)
def test_nearest_words_are_those_that_may_be_meant(word: str, found: list[str]) -> None:
    assert nearest(word, ["title", "venue", "summary", "notes"]) == found


@pytest.mark.parametrize(
    ("word", "known", "taken"),
    [
        ("ara", "aria", "never"), ("natonel", "national", "never"), ("teacher", "theater", "never"),
        ("opera", "oratorfest", "never"), ("fari", "fair", "beside others"), ("astna", "astana", "beside others"),
        ("taksi", "tarsi", "beside others"), ("bilet", "balet", "beside others"), ("museim", "museum", "alone"),
        ("nutcraker", "nutcracker", "alone"), ("felarmonea", "filarmonia", "alone"),
    ],
)  # fmt: skip
def test_near_miss_has_to_be_nearer_the_shorter_a_word_is(word: str, known: str, taken: str) -> None:
    found = [near_misses(word, [known, "entirely"], alone=alone) for alone in (True, False)]

    assert found == {"never": [[], []], "beside others": [[], [known]], "alone": [[known], [known]]}[taken]


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_slips_are_the_same_both_ways_and_none_only_in_the_same_word(one: str, other: str) -> None:
    slips = slips_between(one, other, 9)

    assert slips == slips_between(other, one, 9)
    assert (slips == 0) == (one == other)
    assert slips >= abs(len(one) - len(other))


def test_nearest_words_come_best_first_and_are_few() -> None:
    words = ["open", "operetta", "operas", "opera", "oprah"]

    assert nearest("opera", words) == ["opera", "operas", "oprah"]
    assert nearest("opera", words, most=1) == ["opera"]


@given(st.text("abc-", min_size=1, max_size=12), st.lists(st.text("abc-", max_size=12)), st.integers(1, 4))
def test_nearest_words_are_those_of_difflib(word: str, words: list[str], most: int) -> None:
    assert nearest(word, words, most=most) == get_close_matches(word, words, n=most, cutoff=NEAR_ENOUGH)


def test_nearest_of_a_thousand_words_that_differ_in_a_digit_is_found_at_once() -> None:
    words = [f"the-great-hall-of-the-national-museum-in-the-capital-{number:04}" for number in range(1000)]

    before = process_time()
    found = [nearest(f"{word}x", words, most=1) for word in words[:30]]

    assert found == [[word] for word in words[:30]]
    assert process_time() - before < 2  # with difflib alone, 4 s


def test_nearest_names_are_compared_by_their_search_forms() -> None:
    names = ["Ұлттық музей", "Ulttyq mýzeı", "Астана Опера", "Астана цирк"]

    assert nearest_folded("ultyk muzei", names) == ["Ұлттық музей"]
    assert nearest_folded("astana oprea", names) == ["Астана Опера"]
    assert nearest_folded("???", names) == []
