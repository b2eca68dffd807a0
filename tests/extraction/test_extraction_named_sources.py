"""Sources whose name stands behind or beside a role: named, never anonymous; and those that stay anonymous though a name is near."""

import pytest

from graphkit.extraction import extract
from graphkit.extraction.registry import has_model
from graphkit.model import Actor, Article, Outlet, Span

EXTRACTORS = ("rules", "model") if has_model() else ("rules",)
needs_model = pytest.mark.skipif(not has_model(), reason="the model is not in this package")


def annotation(text, title="", extractor="rules"):
    body = f"{title}\n\n{text}" if title else text
    span = Span(0, len(title)) if title else None
    return extract(Article(text=body, title=title, published="2025-06-01", title_span=span), extractor)


def speakers(text, title="", extractor="rules"):
    """The source of depth 1 of each attributed assertion, in text order."""
    return [a.attributions[0].source for a in annotation(text, title, extractor).assertions if a.attributions]


def described(source):
    return ("outlet", source.domain) if isinstance(source, Outlet) else (source.kind, source.name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry operator Linden Lines Example said it was cold.", ("organisation", "Linden Lines Example")),
        ("The owner of the warehouse, Harbour Storage Example, said it was cold.", ("organisation", "Harbour Storage Example")),
        ("The company, Kelmar Foods, said it was cold.", ("organisation", "Kelmar Foods")),
        ("The company behind the app, Kelmar, said it was cold.", ("organisation", "Kelmar")),
        ("Its maker, Zenvia, said it was cold.", ("organisation", "Zenvia")),
        ("The Danish retailer Brotorvet said it was cold.", ("organisation", "Brotorvet")),
        ("Energy giant Corvane Power said it was cold.", ("organisation", "Corvane Power")),
        ("The charity Open Harbour said it was cold.", ("organisation", "Open Harbour")),
        ("The owner of the boat, Tom Bell, said it was cold.", ("person", "Tom Bell")),
        ("The mayor, Quilla Orrin, said it was cold.", ("person", "Quilla Orrin")),
        ("Quilla Orrin of the Harbour Trust said it was cold.", ("person", "Quilla Orrin")),
        ("The Feldmark Municipality said it was cold.", ("organisation", "Feldmark Municipality")),
    ],
)
@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_a_role_with_its_name_is_a_named_source(text, expected, extractor):
    assert [described(source) for source in speakers(text, extractor=extractor)] == [expected]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Two people familiar with Tom Bell's thinking said it was cold.", "Two people familiar with Tom Bell's thinking"),
        ("Officials in Berlin said it was cold.", "Officials in Berlin"),
        ("A lawyer for Mrs. Bell said it was cold.", "lawyer for Mrs. Bell"),
        ("A lawyer for former President Tom Bell said it was cold.", "lawyer for former President Tom Bell"),
        ("A spokesman for the singer Ann Bell said it was cold.", "spokesman for the singer Ann Bell"),
        ("The autopsy report on Mr. Bell said it was cold.", "autopsy report on Mr. Bell"),
        ("The owner of the Harbour Hotel said it was cold.", "owner of the Harbour Hotel"),
        ("Many Mexicans said it was cold.", "Many Mexicans"),
    ],
)
@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_a_name_that_is_another_s_leaves_the_source_anonymous(text, name, extractor):
    (source,) = speakers(text, extractor=extractor)
    assert (source.kind, source.name) == ("anonymous", name)


def test_a_mayor_of_elsewhere_is_not_the_mayor_who_is_named():
    text = "Mayor Ann Bell of Northport said it was cold. Mayor Tom Lind of Westport said it was hot. "
    found = speakers(text + "The Westport mayor said it was wet. The Kyiv mayor said it was dry.")
    assert [source.name for source in found] == ["Ann Bell", "Tom Lind", "Tom Lind", "Kyiv mayor"]


def test_a_nominee_of_another_party_is_somebody_else():
    text = (
        "Republican nominee Tom Bell met Democratic nominee Ann Lind. Tom Bell left. The Democratic nominee said it was cold."
    )
    assert [source.name for source in speakers(text)] == ["Ann Lind"]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Fire injures three, mayor says", "Mayor Maria Examplova said it was cold.", "Maria Examplova"),
        (
            "Fire injures three, Northport mayor says",
            "Northport burnt. Mayor Maria Examplova said no one died.",
            "Maria Examplova",
        ),
        (
            "Ferry operator says boats were safe",
            "The ferry operator Linden Lines Example said it was cold.",
            "Linden Lines Example",
        ),
        ("Train operator says boats were safe", "The ferry operator Linden Lines Example said it was cold.", "Train operator"),
        ("Fire injures three, mayor says", "Mayor Ann Bell met Mayor Tom Lind.", "mayor"),
    ],
)
@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_a_role_in_the_title_is_whom_the_article_gives_it(title, text, expected, extractor):
    assert speakers(text, title, extractor)[0].name == expected


@needs_model
def test_a_title_takes_nothing_from_the_text_below_it():
    found = annotation("The ferry operator Linden Lines said the boat was old.", "Train operator says delays will end", "model")
    assert [len(a.attributions) for a in found.assertions] == [1, 1]


@needs_model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tom Bell left. He had been told by Ann Quillon that it was cold.", "Ann Quillon"),
        ("Tom Bell left. He had been told by engineers that it was cold.", "engineers"),
        ("Ministers had been told in January that it was cold.", "unstated source"),
    ],
)
def test_who_was_told_is_no_source(text, expected):
    assert speakers(text, extractor="model")[-1].name == expected


@pytest.mark.parametrize(
    "text",
    [
        "The wall fell, according to two people who spoke on condition of anonymity.",
        "The wall fell, said an official, who asked not to be named because he was not authorised to speak.",
        "The wall fell, said a diplomat, speaking on condition of anonymity.",
        "The wall fell, an aide said on condition of anonymity because the talks were private.",
        "Two officials, who spoke on condition of anonymity, said the wall fell.",
    ],
)
@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_the_terms_on_which_a_source_speaks_are_nothing_it_says(text, extractor):
    assert [a.claim.lower() for a in annotation(text, extractor=extractor).assertions] == ["the wall fell"]


@needs_model
def test_terms_with_a_reason_leave_what_is_said():
    text = "A resident who didn't want to be identified out of fear of the law said the wall fell."
    assert [a.claim for a in annotation(text, extractor="model").assertions] == ["the wall fell"]


@needs_model
def test_an_office_with_its_department_is_no_other_s_name():
    (source,) = speakers("Secretary of the Interior Tom Bell said it was cold.", extractor="model")
    assert source == Actor("person", "Tom Bell")


def test_that_somebody_else_spoke_anonymously_may_be_said():
    (claim,) = [a.claim for a in annotation("Quillon said the two men asked not to be named.").assertions if a.attributions]
    assert claim == "the two men asked not to be named"


@needs_model
@pytest.mark.parametrize(
    ("text", "claim", "polarity"),
    [
        ("Tom Bell has disputed the figures.", "the figures", "negative"),
        ("Tom Bell dismissed the report as fiction.", "the report as fiction", "negative"),
        ('Tom Bell called the accusation "absurd".', 'the accusation "absurd"', "positive"),
    ],
)
def test_a_thing_judged_or_denied_is_stated_once(text, claim, polarity):
    (found,) = annotation(text, extractor="model").assertions
    assert (found.claim, found.polarity) == (claim, polarity)
    assert found.attributions[0].source == Actor("person", "Tom Bell")


def test_a_clause_denied_leaves_the_denial_as_news():
    found = annotation("Tom Bell denied that the wall fell.").assertions
    assert [(a.claim, a.voice) for a in found] == [
        ("Tom Bell denied that the wall fell", "author"),
        ("the wall fell", "attributed"),
    ]


def test_what_looks_at_nobody_is_nobody():
    assert described(speakers("Somewhere it rained, which said it was cold.")[0]) == ("anonymous", "unstated source")


def test_she_is_a_person_and_no_poll():
    text = "Mayor Quilla Orrin is not loved. Fresh polling this week suggested that her rivals fall. She said that the poll was wrong."
    assert described(speakers(text)[-1]) == ("person", "Quilla Orrin")


def test_the_stop_of_a_short_title_ends_no_sentence():
    text = "President Tom Bell said on Tuesday that Mr. Orrin was ill. He said that there would be talks."
    assert described(speakers(text)[-1]) == ("person", "Tom Bell")


@needs_model
def test_what_a_relative_tells_of_him_is_told_by_her():
    text = (
        "Tom Bell vanished. According to a relative, he had been ill. “I miss him,” she said. He told doctors that he was cold."
    )
    assert [described(who) for who in speakers(text, extractor="model")][-2:] == [
        ("anonymous", "relative"),
        ("person", "Tom Bell"),
    ]


def test_a_role_means_who_was_named_last_of_those_that_bear_it():
    text = "Gov. Tom Bell spoke first. Gov. Matt Orrin lost in May. Bell went home. The governor said that it was cold."
    assert described(speakers(text)[-1]) == ("person", "Tom Bell")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mayor Quilla Orrin and two engineers said it was cold.",
            [("person", "Quilla Orrin"), ("anonymous", "two engineers")],
        ),
        (
            "Mayor Quilla Orrin and several residents said it was cold.",
            [("person", "Quilla Orrin"), ("anonymous", "several residents")],
        ),
        ("The mother of Mayor Quilla Orrin and two others said it was cold.", None),
    ],
)
def test_those_who_speak_beside_somebody_named_are_not_left_out(text, expected):
    (assertion,) = [a for a in annotation(text).assertions if a.attributions]
    found = [described(one.source) for one in assertion.attributions]
    assert found == expected if expected is not None else len(found) == 1
