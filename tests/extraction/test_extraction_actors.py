"""Who is meant: names, titles, pronouns, epithets, unnamed sources, and who must not be taken for whom."""

import pytest

from graphkit.extraction import extract
from graphkit.extraction.actors.entities import named_entities
from graphkit.extraction.actors.names import is_body_name, trim_name
from graphkit.extraction.attribution.rules import paragraph_views
from graphkit.extraction.protocol import RawMention
from graphkit.model import Actor, Article, Outlet


def annotation(text, published="2025-06-01"):
    return extract(Article(text=text, title="", published=published), "rules")


def speakers(text):
    """The source of depth 1 of each attributed assertion, in text order."""
    return [a.attributions[0].source for a in annotation(text).assertions if a.attributions]


def names(text):
    return [source.domain if isinstance(source, Outlet) else source.name for source in speakers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mara Quillon arrived. Quillon said the bridge was closed.", ["Mara Quillon"]),
        ("Mayor Mara Quillon spoke. She said the bridge was closed.", ["Mara Quillon"]),
        ("Sara Quillon met Tom Bell. He said the bridge was closed.", ["Tom Bell"]),
        ("Mara Quillon said it was cold, adding that she was tired.", ["Mara Quillon", "Mara Quillon"]),
        ("Sen. Mara Quillon left early. The senator said the bridge was closed.", ["Mara Quillon"]),
        ("Ann Bell and Tom Bell came. Mr Bell said it was cold. Mrs Bell said it was hot.", ["Tom Bell", "Ann Bell"]),
        ("Tom Bell, who owns the boat, said it was cold.", ["Tom Bell"]),
        ("The owner of the boat, Tom Bell, said it was cold.", ["Tom Bell"]),
        ("Mara Quillon sang. The singer said it was cold.", ["Mara Quillon"]),
        ("Ann Bell and Tom Bell said it was cold.", ["Ann Bell"]),
        ("The Feldmark Ministry of Trade and Industry said it was cold.", ["Feldmark Ministry of Trade and Industry"]),
        ("The Feldmark Harbour Commission met. The commission said it was cold.", ["Feldmark Harbour Commission"]),
    ],
)
def test_a_source_is_traced_to_its_name(text, expected):
    assert names(text) == expected


def test_joint_speakers_are_both_kept():
    (claim,) = [a for a in annotation("Ann Bell and Tom Bell said it was cold.").assertions if a.attributions]
    assert [(link.depth, link.source.name) for link in claim.attributions] == [(1, "Ann Bell"), (1, "Tom Bell")]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Two officials said it was cold.", "Two officials", "officials"),
        ("Intelligence sources said it was cold.", "Intelligence sources", "intelligence"),
        ("A witness said it was cold.", "witness", "witnesses"),
        ("Reports say it was cold.", "Reports", "reports"),
        ("Satellite images show it was cold.", "Satellite images", "documents"),
        ("Analysts said it was cold.", "Analysts", "experts"),
        ("Critics said it was cold.", "Critics", "other"),
    ],
)
def test_unnamed_sources_are_typed(text, name, kind):
    assert speakers(text) == [Actor("anonymous", name, anonymous_type=kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("North Korea said it was cold.", Actor("country", "North Korea", "Q423")),
        ("Moscow said it was cold.", Actor("country", "Russia", "Q159")),
        ("The French foreign minister said it was cold.", Actor("person", "French foreign minister")),
        ("Russians say it was cold.", Actor("group", "Russians")),
    ],
)
def test_countries_roles_and_peoples_speak(text, expected):
    assert speakers(text) == [expected]


def test_a_spokesman_is_not_the_one_he_speaks_for():
    (speaker,) = speakers("Tom Bell resigned. A spokesman for Tom Bell said it was cold.")
    assert speaker.kind == "anonymous"
    assert speaker.name == "spokesman for Tom Bell"


def test_the_author_is_no_source():
    assert not speakers("I think that the bridge is closed. We believe it was cold.")


def test_an_administration_is_no_person():
    found = annotation("President Trump left. The Biden administration stayed.").mentions
    assert [(m.actor.kind, m.actor.name, m.kind) for m in found] == [
        ("person", "Donald Trump", "title"),
        ("organisation", "Biden administration", "name"),
    ]


def test_the_kind_of_a_mention_is_kept():
    found = annotation("North Korea and North Korean troops; Pyongyang said no to Kim Jong Un. Kim stayed.").mentions
    assert [(m.actor.name, m.kind) for m in found] == [
        ("North Korea", "name"), ("North Korea", "demonym"), ("North Korea", "metonym"), ("Kim Jong Un", "name"), ("Kim Jong Un", "name")
    ]  # fmt: skip


def test_a_bare_surname_without_a_name_or_country_stays_what_it_is():
    (speaker,) = speakers("Christie said it was cold.")
    assert speaker == Actor("person", "Christie")


def test_short_forms_of_a_body_are_the_body():
    text = "The Feldmark Harbour Commission (FHC) met Corvane Motors. FHC left, and Corvane Motors stayed."
    found = [m.actor.name for m in annotation(text).mentions]
    assert found == [
        "Feldmark Harbour Commission",
        "Feldmark Harbour Commission",
        "Corvane Motors",
        "Feldmark Harbour Commission",
        "Corvane Motors",
    ]


def test_a_models_finds_are_made_consistent():
    text = "Quillon Stores opened. Mrs. Tarrant likes Quillon Stores. Mr. Bell left Quillon Stores."
    places = [i for i in range(len(text)) if text.startswith("Quillon Stores", i)]
    found = [
        RawMention(places[0], places[0] + 14, "ORG", 0.9),
        RawMention(places[1], places[1] + 14, "PER", 0.6),
        RawMention(text.index("Mr."), text.index("Mr.") + 2, "PER", 0.9),
    ]
    names = named_entities(text, paragraph_views(text), found, ())
    got = {(text[n.begin : n.end], n.label) for n in names}
    assert got == {("Quillon Stores", "ORG"), ("Tarrant", "PER"), ("Bell", "PER")}
    assert {n.begin for n in names if n.label == "ORG"} == set(places)


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Deputy District Attorney Phil Stirrup", "PER", "Phil Stirrup"),
        ("Insp Gaskell", "PER", "Gaskell"),
        ("Ada Okas-|Corte said", "PER", "Ada Okas-Corte"),
        ("Ada Okas|-Corte said", "PER", "Ada Okas-Corte"),
        ("Ada Ok|as said", "PER", "Ada Okas"),
        ("Ada Okas|EBC said", "PER", "Ada Okas"),
        ("The Alpha Trust\nBell", "ORG", "Alpha Trust"),
        ("Harbour Board ‘Gold", "ORG", "Harbour Board"),
        ("Mara Quillon’s", "PER", "Mara Quillon"),
    ],
)
def test_a_name_is_trimmed_to_what_it_is(text, label, expected):
    end = text.find("|") if "|" in text else len(text)
    text = text.replace("|", "")
    name = trim_name(text, RawMention(0, end, label, 0.9))
    assert text[name.begin : name.end] == expected


@pytest.mark.parametrize(
    ("words", "is_body"),
    [
        ("Feldmark Harbour Commission", True),
        ("eHow", True),
        ("Constitution", False),
        ("Treaty on Open Harbours", False),
        ("Clean Harbours Act", False),
        ("GDP", False),
        ("117th", False),
        ("halibut", False),
    ],
)
def test_texts_things_and_mere_acronyms_are_no_bodies(words, is_body):
    assert is_body_name(words) == is_body


def test_a_single_word_is_a_person_only_when_it_is_sure():
    text = "Stardust is a probe. Reuters asked. Gaskell left. Gaskell came with Mr. Tovey. Ada Quillon met Quillon."
    places = {word: text.index(word) for word in ("Stardust", "Reuters", "Gaskell", "Tovey", "Ada Quillon")}
    sure = {"Stardust": 0.5, "Reuters": 0.8, "Gaskell": 0.9, "Tovey": 0.5, "Ada Quillon": 0.9}
    found = [RawMention(begin, begin + len(word), "PER", sure[word]) for word, begin in places.items()]
    last = text.rindex("Quillon")
    found.append(RawMention(last, last + 7, "PER", 0.55))
    got = {(text[n.begin : n.end], n.label) for n in named_entities(text, paragraph_views(text), found, ())}
    assert got == {("Reuters", "ORG"), ("Gaskell", "PER"), ("Tovey", "PER"), ("Ada Quillon", "PER"), ("Quillon", "PER")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mara Quillon left. Members of the party met. She said it was cold.", "Mara Quillon"),
        ("Tom Bell left. The international community agreed. He said it was cold.", "Tom Bell"),
        ("The Feldmark Army Staff met. The army of clerks said it was cold.", "army of clerks"),
        ("The Prime Minister said it was cold.", "Prime Minister"),
    ],
)
def test_he_and_she_are_persons_and_a_body_is_taken_up_by_its_head(text, expected):
    assert names(text)[-1] == expected


def test_a_title_alone_is_nobody_to_be_met_in_another_article():
    (speaker,) = speakers("The Prime Minister said it was cold.")
    assert speaker == Actor("anonymous", "Prime Minister", anonymous_type="officials")


def test_many_bearers_of_one_name_take_no_more_than_their_share_of_time():
    text = "John Smith and " * 4_000
    assert len(annotation(text).mentions) == 4_000
