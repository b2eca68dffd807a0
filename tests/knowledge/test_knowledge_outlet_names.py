"""Names and handles of outlets: certain, ambiguous or unknown, and exactly where they stand."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.knowledge.outlets import domains_of_name, find_outlet_names, fold_name, outlet_of_name
from graphkit.model import Outlet


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("Reuters", "reuters.com"),
        ("the new york times", "nytimes.com"),
        ("NYT", "nytimes.com"),
        ("AP", "apnews.com"),
        ("The Associated Press", "apnews.com"),
        ("Asharq al-Awsat", "aawsat.com"),
        ("El País", "elpais.com"),
        ("El Pais in Spanish", "elpais.com"),
        ("Yonhap News Agency 2", "yna.co.kr"),
        ("WABC-TV", "abc7ny.com"),
        ("KVUE", "kvue.com"),
        ("Nine News", "9news.com.au"),
        ("Palestine Chronicle", "palestinechronicle.com"),
        ("Fakti.bg", "fakti.bg"),
        ("www.example.org", "example.org"),
        ("L’Orient Today", "lorientlejour.com"),
    ],
)
def test_a_certain_name_gives_its_outlet(name, domain):
    assert outlet_of_name(name) == Outlet(domain)


@pytest.mark.parametrize("name", ["The Times", "The Sun", "The Guardian Herald Post", "Daily News", "TSN", "La Prensa", "ABC"])
def test_an_ambiguous_or_unknown_name_is_never_picked(name):
    assert outlet_of_name(name) is None


def test_candidates_of_an_ambiguous_name_are_listed():
    assert {"thetimes.com", "nytimes.com"} <= set(domains_of_name("The Times"))
    assert domains_of_name("Nothing of that name") == ()


@pytest.mark.parametrize("name", ["Reuter", "Foxx News", "New York Tmes", "Al Jazera"])
def test_near_misses_are_not_matched(name):
    """Imposters differ by one letter on purpose."""
    assert outlet_of_name(name) is None


def test_names_are_folded_without_losing_words():
    assert fold_name("The Süddeutsche  Zeitung!") == "suddeutsche zeitung"
    assert fold_name("News & Observer") == "news and observer"
    assert fold_name("The") == "the"


def found(text):
    names = find_outlet_names(text)
    assert all(text[name.begin : name.end] == name.text for name in names)
    return [(name.text, name.domains[0]) for name in names]


def test_names_are_found_where_they_stand_and_the_longest_wins():
    text = "Fox News Digital, the Washington Post and Agence France-Presse met BBC Persian."
    assert found(text) == [
        ("Fox News Digital", "foxnews.com"),
        ("Washington Post", "washingtonpost.com"),
        ("Agence France-Presse", "afp.com"),
        ("BBC Persian", "bbc.com"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "people like the sun and the mirror on the wall",
        "It is time for a new standard in the post room.",
        "The State Department and the National Guard met the Press Club.",
        "An ap, a pa and a tap.",
        "The Age of Rain was no weekly.",
        "He went to Vietnam. She said: And the rest, too.",
        "M A P is an agency, PA is a state, UNI is a school",
    ],
)
def test_ordinary_words_are_no_names(text):
    assert found(text) == []


def test_words_that_are_names_are_marked():
    (name,) = find_outlet_names("He told Time about it.")
    assert name.is_word
    (name,) = find_outlet_names("He told Reuters about it.")
    assert not name.is_word


def test_ambiguous_names_keep_their_candidates():
    (name,) = find_outlet_names("The Times wrote of rain.")
    assert name.is_ambiguous
    assert len(name.domains) > 1


def test_organisations_and_platforms_are_told_from_press():
    kinds = {name.text: name.kind for name in find_outlet_names("Facebook, Human Rights Watch and TASS wrote.")}
    assert kinds == {"Facebook": "platform", "Human Rights Watch": "organisation", "TASS": "wire"}


def test_handles_are_names_and_mail_addresses_are_not():
    assert found("See @Reuters and @meduza_en, or write to desk@Reuters.example; not @nosuchhandle_") == [
        ("@Reuters", "reuters.com"),
        ("@meduza_en", "meduza.io"),
    ]


@given(st.text(max_size=200))
def test_any_text_gives_names_in_order_inside_it(text):
    names = find_outlet_names(text)
    assert all(0 <= name.begin < name.end <= len(text) and name.domains for name in names)
    assert all(left.end <= right.begin for left, right in itertools.pairwise(names))
