"""Which names of an article mean one actor: forms of a person's name, short forms of a body's, styles, peoples, outlets."""

import time
from itertools import pairwise

import pytest

from graphkit.extraction.actors.body_names import named_after, outlet_bodies, whole_bodies
from graphkit.extraction.actors.entities import named_entities
from graphkit.extraction.actors.mentions import find_mentions
from graphkit.extraction.actors.names import is_body_name, trim_name
from graphkit.extraction.actors.peoples import with_peoples
from graphkit.extraction.actors.short_forms import abbreviates
from graphkit.extraction.actors.styled_names import with_styles
from graphkit.extraction.attribution.rules import paragraph_views
from graphkit.extraction.evaluation.extraction import annotation_row
from graphkit.extraction.protocol import RawMention
from graphkit.knowledge.outlets import find_outlet_names
from graphkit.model import Actor, Annotation, Article, ExtractorId, Mention, Span


def raw(text, words, label="ORG", *, confidence=0.9, place=0):
    """What an extractor finds: the ``place``-th time that ``words`` stand in ``text``."""
    begin = -1
    for _ in range(place + 1):
        begin = text.index(words, begin + 1)
    return RawMention(begin, begin + len(words), label, confidence)


def found(text, *entities, published=None):
    """The mentions of a text as (words, kind of actor, name), given what an extractor finds."""
    names = named_entities(text, paragraph_views(text), entities, (), find_outlet_names(text))
    mentions = find_mentions(Article(text, "", published=published), names).mentions
    mentions = tuple(with_styles(text, with_peoples(text, mentions, names)))
    assert list(mentions) == sorted(mentions, key=lambda m: m.span)
    assert all(one.span.end <= two.span.begin for one, two in pairwise(mentions))
    return [(m.span.of(text), m.actor.kind, m.actor.name) for m in mentions]


def test_a_longer_and_a_shorter_full_name_are_one_person_called_as_mostly():
    text = "Jo Bloggs left. Jo Martin Bloggs Jr. was born here. Jo Bloggs and J. M. Bloggs agree."
    names = [raw(text, w, "PER") for w in ("Jo Bloggs", "Jo Martin Bloggs", "J. M. Bloggs")]
    assert found(text, *names) == [
        ("Jo Bloggs", "person", "Jo Bloggs"),
        ("Jo Martin Bloggs Jr.", "person", "Jo Bloggs"),
        ("Jo Bloggs", "person", "Jo Bloggs"),
        ("J. M. Bloggs", "person", "Jo Bloggs"),
    ]


def test_other_middle_names_are_other_people_and_father_and_son_are_two():
    text = "Jo Martin Bloggs met Jo Anton Bloggs. Tam Quillon met Tam Quillon Jr. here."
    entities = [raw(text, w, "PER") for w in ("Jo Martin Bloggs", "Jo Anton Bloggs", "Tam Quillon")]
    entities.append(raw(text, "Tam Quillon", "PER", place=1))
    assert len({name for *_, name in found(text, *entities)}) == 4


def test_a_bare_surname_means_no_relative_brought_in_by_the_way():
    text = "Mara Quillon won. Her son, Tam Quillon, cheered. Quillon smiled."
    entities = [raw(text, "Mara Quillon", "PER"), raw(text, "Tam Quillon", "PER")]
    assert found(text, *entities)[-1] == ("Quillon", "person", "Mara Quillon")


def test_first_names_and_short_first_names_mean_the_one_who_bears_them():
    text = "Zachary Okas and Mary Tovey sang. We saw that Zach left with Mary. The Mary sank."
    entities = [raw(text, "Zachary Okas", "PER"), raw(text, "Mary Tovey", "PER"), raw(text, "Zach", "PER", place=1)]
    assert found(text, *entities) == [
        ("Zachary Okas", "person", "Zachary Okas"),
        ("Mary Tovey", "person", "Mary Tovey"),
        ("Zach", "person", "Zachary Okas"),
        ("Mary", "person", "Mary Tovey"),
    ]


def test_what_was_taken_for_a_body_is_a_person_named_in_full_and_a_firm_is_no_former_leader():
    text = "Mara Quillon spoke. They pressed Quillon hard."
    assert found(text, raw(text, "Mara Quillon", "PER"), raw(text, "Quillon", place=1))[-1][1:] == ("person", "Mara Quillon")
    text = "Ford Motor Company and the United States agreed. Then Ford paid."
    assert found(text, raw(text, "Ford Motor Company"), raw(text, "Ford", "PER", place=1))[-1] == (
        "Ford",
        "organisation",
        "Ford Motor Company",
    )
    text = "In the United States he praised his Rice team mate."
    assert ("Rice", "person", "Rice") in found(text, raw(text, "Rice", "PER"), published="2015-06-16")


@pytest.mark.parametrize(
    ("text", "entity", "words"),
    [
        ("Then Governor Ola Feld spoke.", ("Ola Feld", "PER"), "Governor Ola Feld"),
        ("Then Vice President Feld spoke.", ("Feld", "PER"), "Vice President Feld"),
        ("Then former President Ola Feld spoke.", ("Ola Feld", "PER"), "President Ola Feld"),
        ("Then actor Ola Feld spoke.", ("Ola Feld", "PER"), "Ola Feld"),
        ("Actor Ola Feld spoke.", ("Ola Feld", "PER"), "Ola Feld"),
        ("Then the prime minister, Ola Feld, spoke.", ("Ola Feld", "PER"), "Ola Feld"),
        ("Russian President Vladimir Putin spoke.", ("Vladimir Putin", "PER"), "Vladimir Putin"),
    ],
)
def test_the_style_before_a_name_belongs_to_the_mention_but_for_full_names_that_are_known(text, entity, words):
    assert words in [found_words for found_words, *_ in found(text, raw(text, *entity))]


@pytest.mark.parametrize(
    ("full", "short", "expected"),
    [
        ("Feldmark Judiciary Committee", "Judiciary Committee", "Feldmark Judiciary Committee"),
        ("Parliament of Feldmark", "Parliament", "Parliament of Feldmark"),
        ("Eastmere Hawks", "Hawks", "Eastmere Hawks"),
        ("Corvane Motors", "Corvane", "Corvane Motors"),
        ("Feldmark Harbour Watch", "FHW", "Feldmark Harbour Watch"),
        ("Feldmark Harbour Watch", "Tarrant Trust", "Tarrant Trust"),
    ],
)
def test_a_short_form_means_the_body_whose_name_holds_it(full, short, expected):
    text = f"It joined {full} last year. Since then {short} has grown."
    place = 1 if short in full else 0
    assert found(text, raw(text, full), raw(text, short, place=place))[-1] == (short, "organisation", expected)


def test_a_short_form_of_several_bodies_means_the_last_named_or_the_one_named_most():
    text = "The Eastmere Trust met the Norvale Trust. The Trust agreed. "
    entities = [raw(text, "Eastmere Trust"), raw(text, "Norvale Trust")]
    assert found(text, *entities)[-1] == ("Trust", "organisation", "Norvale Trust")
    text = "The Eastmere Trust grew. The Eastmere Trust met the Norvale Trust. The Trust agreed."
    entities = [raw(text, "Eastmere Trust"), raw(text, "Eastmere Trust", place=1), raw(text, "Norvale Trust")]
    assert found(text, *entities)[-1] == ("Trust", "organisation", "Eastmere Trust")


def test_an_acronym_in_brackets_is_the_body_s_or_its_place_s():
    text = "The Harbour Institute of Seismology (Harseis) spoke. Harseis left."
    assert found(text, raw(text, "Harbour Institute of Seismology"))[-1] == (
        "Harseis",
        "organisation",
        "Harbour Institute of Seismology",
    )
    text = "The Parliament of New Eastern Feldmark (NEF) voted. NEF grew."
    entities = [raw(text, "Parliament of New Eastern Feldmark"), raw(text, "NEF", place=1)]
    assert [words for words, *_ in found(text, *entities)] == ["Parliament of New Eastern Feldmark"]


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("FHC", "Feldmark Harbour Commission", True),
        ("Harseis", "Harbour Institute of Seismology", True),
        ("NSW", "Parliament of New South Wales", False),
        ("Ships", "Harbour Commission", False),
    ],
)
def test_letters_that_abbreviate_a_name(acronym, name, expected):
    assert abbreviates(acronym, name) == expected


@pytest.mark.parametrize(
    ("text", "parts", "whole"),
    [
        (
            "the Institute of Volcanology and Seismology said",
            ["Institute of Volcanology"],
            "Institute of Volcanology and Seismology",
        ),
        ("the Court of Appeals for the Feldmark Circuit ruled", ["Court of Appeals", "Feldmark Circuit"], None),
        ("the group Cinema for Peace Foundation", ["Cinema", "Peace Foundation"], "Cinema for Peace Foundation"),
        ("the Ministry of Defence and Parliament said", ["Ministry of Defence"], "Ministry of Defence"),
        ("the Ministry of Defence and Ada Okas said", ["Ministry of Defence"], "Ministry of Defence"),
        ("he left NATO for Corvane Foundation", ["NATO", "Corvane Foundation"], "NATO"),
    ],
)
def test_names_of_bodies_are_made_whole(text, parts, whole):
    names = whole_bodies(text, [raw(text, part) for part in parts])
    whole = whole or text[text.index(parts[0]) : text.index(parts[-1]) + len(parts[-1])]
    assert text[names[0].begin : names[0].end] == whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Jo Bloggs Foundation", ("Jo Bloggs Foundation", "ORG")),
        ("Jo Bloggs Bridge", None),
        ("Jo Bloggs Tuesday", ("Jo Bloggs", "PER")),
    ],
)
def test_what_is_named_after_a_person_is_no_person(text, expected):
    name = named_after(text, raw(text, "Jo Bloggs", "PER"))
    assert (name and (text[name.begin : name.end], name.label)) == expected


@pytest.mark.parametrize(
    ("words", "is_body"),
    [
        ("Democratic Dean", False),
        ("Attorney General", False),
        ("Royal Commissioners", False),
        ("Feldmark International Airport", False),
        ("Office of the President", True),
    ],
)
def test_office_holders_and_places_are_no_bodies(words, is_body):
    assert is_body_name(words) == is_body


def test_what_an_office_is_for_is_no_body():
    text = "The Secretary of Transportation and the Prime Minister came to Feldmark."
    assert found(text, raw(text, "Transportation"), raw(text, "Prime"), raw(text, "Feldmark", "LOC")) == []


def test_whom_an_office_serves_and_a_plan_is_for_are_bodies():
    text = "The chairman of Corvane has a plan for Tarrant under the Treaty on Harbours."
    entities = [raw(text, words) for words in ("Corvane", "Tarrant", "Harbours")]
    assert [words for words, *_ in found(text, *entities)] == ["Corvane", "Tarrant"]


def test_where_a_body_sits_is_no_part_of_its_name():
    text = "Norvale-based Tarrant Partners"
    name = trim_name(text, RawMention(0, len(text), "ORG", 0.9))
    assert text[name.begin :] == "Tarrant Partners"


def test_a_person_behind_a_body_is_cut_from_its_name():
    text = "The World Health Organization Elaine Tovey left."
    entity = raw(text, "World Health Organization Elaine Tovey")
    assert [(words, kind) for words, kind, _ in found(text, entity)] == [
        ("World Health Organization", "organisation"),
        ("Elaine Tovey", "person"),
    ]


def test_peoples_are_groups_unless_their_state_is_named():
    text = "Republicans met Israelis. Islamists and Olympics fans watched."
    entities = [raw(text, words, "MISC") for words in ("Republicans", "Israelis", "Islamists", "Olympics")]
    assert found(text, *entities) == [
        ("Republicans", "group", "Republicans"),
        ("Israelis", "group", "Israelis"),
        ("Islamists", "group", "Islamists"),
    ]
    text = "Israel said that Israelis left. Swiss towns cheered."
    assert found(text, raw(text, "Israelis", "MISC")) == [
        ("Israel", "country", "Israel"),
        ("Israelis", "country", "Israel"),
        ("Swiss", "country", "Switzerland"),
    ]


def test_outlets_are_bodies_where_they_are_surely_meant():
    text = "She told Reuters and Wikinews. Time flies. She posted it on Twitter and told Twitter."
    outlets = [text[n.begin : n.end] for n in outlet_bodies(text, find_outlet_names(text))]
    assert outlets == ["Reuters", "Wikinews", "Twitter"]
    assert found(text)[:2] == [("Reuters", "organisation", "Reuters"), ("Wikinews", "organisation", "Wikinews")]


def test_a_sum_of_money_names_no_country():
    text = "It costs US$ 10 billion, or US$5 a head."
    assert found(text) == []


def test_a_sure_lone_name_is_found_everywhere_unless_it_is_a_word_of_the_text():
    text = "Corvane grew. Later Corvane fell. Meadow grew, and the meadow by Meadow fell."
    entities = [raw(text, "Corvane", place=1), raw(text, "Meadow", place=1)]
    assert [words for words, *_ in found(text, *entities)] == ["Corvane", "Corvane", "Meadow"]


def test_many_forms_of_names_take_no_more_than_their_share_of_time():
    bodies = [f"Aa{chr(97 + i % 26)}{chr(97 + i // 26 % 26)} Harbour Trust" for i in range(600)]
    people = [f"Jo {chr(65 + i % 26)}{chr(97 + i // 26 % 26)}x Bloggs" for i in range(300)]
    text = ". ".join((*bodies, *people)) + ". " + "The Trust met Bloggs. " * 800
    entities, at = [], 0
    for words, label in (*((b, "ORG") for b in bodies), *((p, "PER") for p in people)):
        at = text.index(words, at)
        entities.append(RawMention(at, at + len(words), label, 0.9))
    started = time.process_time()
    assert found(text, *entities)
    assert time.process_time() - started < 4


def test_a_people_counts_as_persons_where_actors_are_scored():
    people = Mention(Span(0, 5), Actor("group", "Kurds"))
    article = Article("Kurds left.", "")
    row = annotation_row(Annotation(article, (), (people,), (), ExtractorId("rules", "1")))
    assert [(actor["name"], actor["type"]) for actor in row["actors"]] == [("Kurds", "person")]


def test_a_piece_of_a_headline_in_title_case_is_no_body():
    text = "Builders Leave State As Harbour Law Takes Effect\n\nThe law allows police to stop builders."
    assert found(text, raw(text, "State As Harbour Law")) == []
