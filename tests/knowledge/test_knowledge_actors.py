"""Countries, organisations and leaders in running text: exact spans, right meaning, no guess."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.knowledge.actors import (
    administration,
    country_candidates,
    country_of,
    find_actor_names,
    resolve_country,
    resolve_person,
)
from graphkit.knowledge.actors.countries import country, territories
from graphkit.knowledge.actors.finding import gazetteer
from graphkit.knowledge.actors.organisations import organisations
from graphkit.knowledge.actors.people import people
from graphkit.model import Actor

KOREA_NORTH = Actor("country", "North Korea", "Q423")
KIM = Actor("person", "Kim Jong Un", "Q56226")


def found(text, **more):
    """Return (words, label) of each name found."""
    names = find_actor_names(text, **more)
    assert all(text[name.begin : name.end] == name.text for name in names)
    return [(name.text, name.candidates[0].name) for name in names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("North Korea said", [("North Korea", "North Korea")]),
        ("two North Koreans and a Dane", [("North Koreans", "North Korea"), ("Dane", "Denmark")]),
        ("The U.S. and the DPRK", [("U.S.", "United States"), ("DPRK", "North Korea")]),
        ("Côte d’Ivoire’s president", [("Côte d’Ivoire", "Ivory Coast")]),
        ("Cote d'Ivoire", [("Cote d'Ivoire", "Ivory Coast")]),
        ("NORTH KOREA FIRES MISSILE", [("NORTH KOREA", "North Korea")]),
        ("KIM JONG UN MEETS XI JINPING", [("KIM JONG UN", "Kim Jong Un"), ("XI JINPING", "Xi Jinping")]),
        ("North\nKorea", [("North\nKorea", "North Korea")]),
        ("Russian-held towns", [("Russian", "Russia")]),
        ("Guinea-Bissau and Papua New Guinea", [("Guinea-Bissau", "Guinea-Bissau"), ("Papua New Guinea", "Papua New Guinea")]),
        ("the Republic of Moldova", [("Republic of Moldova", "Moldova")]),
        ("Türkiye and Turkiye", [("Türkiye", "Turkey"), ("Turkiye", "Turkey")]),
        ("the Soviet Union", [("Soviet Union", "Soviet Union")]),
        ("the UN Security Council", [("UN Security Council", "United Nations Security Council")]),
        ("NATO and Nato", [("NATO", "NATO"), ("Nato", "NATO")]),
    ],
)
def test_names_are_found_with_exact_spans(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "let us go, said the turkey",
        "PLEASE LET US PRAY TOGETHER",
        "Michael Jordan scored, and Chad Smith drummed",
        "the South China Sea and the Persian Gulf",
        "a Latin American and an African American poet",
        "the Bank of Portugal and the University of Mexico",
        "he spoke in Russian.",
        "the Korean-language edition",
        "New Mexico, New Jersey and New South Wales",
        "Then Chad was late",
    ],
)
def test_what_only_looks_like_an_actor_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "is_actor"),
    [
        ("Pyongyang said it would answer.", True),
        ("Talks between Moscow and Kyiv failed.", True),
        ("Sanctions on Tehran were eased.", True),
        ("Moscow's war aims have not changed.", True),
        ("Beijing-backed firms", True),
        ("They met in Moscow.", False),
        ("He flew to Pyongyang on Monday.", False),
        ("Residents of Kyiv slept underground.", False),
        ("KYIV (Example Agency) - Rain fell.", False),
        ("Paris, Texas has a tower.", False),
        ("Moscow region was hit.", False),
    ],
)
def test_a_capital_is_its_government_only_where_it_acts(text, is_actor):
    kinds = [name.kind for name in find_actor_names(text)]
    assert ("metonym" in kinds) is is_actor


def test_seats_stand_for_those_who_sit_there():
    assert found("The Kremlin denied it; the White House did not.") == [("Kremlin", "Russia"), ("White House", "United States")]
    assert found("The Pentagon has plans.")[0][1] == "United States Department of Defense"
    assert found("Tourists waited outside the Kremlin.") == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Georgia signed in Tbilisi.", {"Georgia"}),
        ("Republicans in Georgia met in Atlanta.", set()),
        ("Jordan closed its border. Jordanian police said so.", {"Jordan"}),
        ("Trade with Chad grew.", {"Chad"}),
    ],
)
def test_names_that_others_bear_are_settled_by_the_text(text, labels):
    assert {name.candidates[0].name for name in find_actor_names(text) if name.kind == "name"} == labels


def test_a_name_of_two_countries_stays_open_until_the_text_settles_it():
    (alone,) = find_actor_names("Congo held a vote.")
    assert alone.is_open
    assert {actor.name for actor in alone.candidates} == {"Democratic Republic of the Congo", "Republic of the Congo"}
    settled = find_actor_names("Congo held a vote, the DRC's commission said.")[0]
    assert not settled.is_open
    assert settled.candidates[0].name == "Democratic Republic of the Congo"


def test_the_north_needs_its_article_and_its_country():
    assert ("North", "North Korea") in found("North Korea fired; the North's leader watched.")
    assert found("Snow fell in the North of the island.") == []


def test_guarded_abbreviations_need_the_full_name():
    assert found("The CAR was parked.") == []
    assert [label for _, label in found("In the Central African Republic (CAR) the CAR's army moved.")] == [
        "Central African Republic"
    ] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Trump has spoken", ("President Trump", "Donald Trump", "title")),
        ("Kim Jong-un", ("Kim Jong-un", "Kim Jong Un", "name")),
        ("Volodymyr Zelenskiy", ("Volodymyr Zelenskiy", "Volodymyr Zelenskyy", "name")),
        ("Recep Tayyip Erdogan", ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan", "name")),
        ("the Biden administration's plan", ("Biden administration", "Biden administration", "name")),
        ("The Obama administration", ("Obama administration", "Obama administration", "name")),
        ("Russia's defence ministry said", ("Russia's defence ministry", "Russian Defence Ministry", "name")),
        (
            "the Iranian Ministry of Foreign Affairs",
            ("Iranian Ministry of Foreign Affairs", "Iranian Foreign Ministry", "name"),
        ),
    ],
)
def test_leaders_governments_and_ministries(text, expected):
    (name,) = find_actor_names(text)
    assert (name.text, name.candidates[0].name, name.kind) == expected


@pytest.mark.parametrize("text", ["Vice President Biden spoke", "President Dan Example of Example Inc.", "President Example"])
def test_a_title_alone_makes_no_leader(text):
    assert all(name.kind != "title" for name in find_actor_names(text, date="2018-05-01"))


def test_the_administration_is_not_its_head():
    governed = administration("the Biden administration")
    assert governed.actor == Actor("organisation", "Biden administration")
    assert governed.head == Actor("person", "Joe Biden", "Q6279")
    assert country_of(governed.actor) == governed.country == Actor("country", "United States", "Q30")
    assert administration("the weather administration") is None


def test_persons_are_resolved_by_date_title_and_context():
    assert resolve_person("Kim", date="2025-07-01", context=[KOREA_NORTH]) == (KIM,)
    assert len(resolve_person("Kim")) > 1
    assert resolve_person("Trump", title="President")[0] == Actor("person", "Donald Trump", "Q22686")
    assert [actor.name for actor in resolve_person("Bush", title="President", date="2003-05-01")] == ["George W. Bush"]
    assert len(resolve_person("Bush", title="President", date="2018-12-01", context=[country("US")])) > 1
    assert resolve_person("May", date="2025-05-01") == ()
    assert resolve_person("Nobody Known") == ()
    assert resolve_person("Clinton", context=[Actor("person", "Hillary Clinton", "Q6294")])[0].name == "Hillary Clinton"


def test_countries_of_actors():
    assert country_of(KIM) == country_of(KOREA_NORTH) == KOREA_NORTH
    assert country_of(Actor("organisation", "Russian Defence Ministry")).name == "Russia"
    assert country_of(Actor("organisation", "Somebody")) is None


@pytest.mark.parametrize(
    ("form", "label"),
    [
        ("Upper Volta", "Burkina Faso"),
        ("the Kremlin", "Russia"),
        ("Deutschland", "Germany"),
        ("KP", "North Korea"),
        ("GBR", "United Kingdom"),
        ("Kingston", "Jamaica"),
        ("Myanmar (Burma)", None),
        ("Korean", None),
        ("Atlantis", None),
        ("", None),
        ("Danish", "Denmark"),
        ("north koreans", "North Korea"),
        ("St. Kitts & Nevis", "Saint Kitts and Nevis"),
        ("NORTH MACEDONIA", "North Macedonia"),
    ],
)
def test_a_form_resolves_to_one_country_or_none(form, label):
    actor = resolve_country(form)
    assert (actor.name if actor else None) == label


def test_an_open_form_lists_its_candidates():
    assert [actor.name for actor in country_candidates("Dominican")] == ["Dominica", "Dominican Republic"]


def test_labels_are_one_to_an_identifier():
    actors = [place.actor for place in territories()] + [one.actor for one in organisations()] + [one.actor for one in people()]
    labels = {}
    for actor in actors:
        if actor.wikidata:
            assert labels.setdefault(actor.wikidata, actor.name) == actor.name
    assert labels["Q423"] == "North Korea"
    assert labels["Q30"] == "United States"
    assert labels["Q7747"] == "Vladimir Putin"


def test_every_form_of_the_gazetteer_finds_itself():
    missed = []
    for place in territories():
        for form in place.forms:
            bare = form.text.removeprefix("the ")
            hits = list(gazetteer().scan(bare))
            if not (form.kind == "capital" and place.kind != "state") and (len(hits) != 1 or hits[0].end != len(bare)):
                missed.append(bare)
    assert missed == []


WORDS = st.sampled_from(
    [
        "North Korea",
        "Kim Jong Un",
        "the",
        "said",
        "U.S.",
        "Jordan",
        "President Trump",
        "’s",
        "\n",
        " ",
        "-",
        "KIEV",
        "Côte d’Ivoire",
        "İ",
        "ﬁ",
        "𝕏",
        ".",
        "Congo",
    ]
)


@given(st.lists(WORDS | st.text(max_size=6), max_size=25).map("".join))
def test_spans_are_exact_sorted_and_apart(text):
    names = find_actor_names(text, date="2025-07-01")
    assert all(text[name.begin : name.end] == name.text for name in names)
    assert all(first.end <= second.begin for first, second in pairwise(names))
    assert names == find_actor_names(text, date="2025-07-01")


def test_hostile_text_takes_linear_time():
    import time

    def seconds(text):
        # The best of three: a collection of the whole suite's garbage can fall into one.
        taken = []
        for _ in range(3):
            begin = time.process_time()
            find_actor_names(text)
            taken.append(time.process_time() - begin)
        return min(taken)

    find_actor_names("warm up")
    for unit in ("President Trump ", "Jordan Chad ", "'s ", "North ", "A ", "U.S."):
        short, long = seconds(unit * 2_000), seconds(unit * 8_000)
        assert long < 0.2 + 8 * short, unit


@pytest.mark.slow
def test_country_forms_of_the_shared_cases(shared_data):
    import json

    codes = {place.actor: place.code for place in territories()}
    cases = json.loads((shared_data / "actors" / "country_alias_cases.json").read_text("utf-8"))
    answers = [(resolve_country(form), iso) for _, form, iso in cases]
    right = sum(actor is not None and codes[actor] == iso for actor, iso in answers)
    wrong = sum(actor is not None and codes[actor] != iso for actor, iso in answers)
    assert right / len(cases) >= 0.965
    assert wrong / len(cases) <= 0.003
