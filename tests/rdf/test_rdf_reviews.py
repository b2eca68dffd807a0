"""Fact-checks: ClaimReview in and out, as reviews of claims, each fact-checker in a graph of its own."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import ShapeViolation, UnreadableInput
from graphkit.rdf import identifiers
from graphkit.rdf.claimreview import ComputedSupport, read_claimreviews, write_claimreviews
from graphkit.rdf.formats import FORMATS, parse
from graphkit.rdf.reviews import Review, reviews_from_quads, reviews_to_nquads
from graphkit.rdf.shapes import check_quads

ONE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://check.example/1",
    "claimReviewed": "Examplia sent  6,000 engineers",
    "author": {"@type": "Organization", "name": "Check Example", "url": "https://check.example/"},
    "datePublished": "2025-07-01T10:00:00+02:00",
    "inLanguage": "en-GB",
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 2.50,
        "bestRating": "5",
        "worstRating": 1,
        "alternateName": "Misleading",
    },
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ana Example"},
        "datePublished": "2025-06-18",
        "appearance": [{"@type": "CreativeWork", "url": "https://alpha.example.org/1"}],
        "firstAppearance": "https://beta.example.net/ä",
    },
}
READ = Review(
    "https://check.example/1",
    "Examplia sent 6,000 engineers",
    "check.example",
    "en",
    verdict="Misleading",
    value="2.5",
    worst="1",
    best="5",
    authors=("Check Example",),
    published="2025-07-01",
    claimant="Ana Example",
    claimed_on="2025-06-18",
    appearances=("https://alpha.example.org/1", "https://beta.example.net/%C3%A4"),
)


def read(value: Any) -> tuple[Review, ...]:
    return read_claimreviews(json.dumps(value).encode(), "feed.json").reviews


@pytest.mark.parametrize(
    "given_as",
    [
        ONE,
        [ONE],
        {"@graph": [{"@type": "WebPage"}, ONE]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [ONE]}]},
        {"@type": ["WebPage"], "mainEntity": {**ONE, "@type": ["ClaimReview"]}},
        {**{f"https://schema.org/{key}": value for key, value in ONE.items() if key[0] != "@"}, "@type": "http://schema.org/ClaimReview"},
    ],
    ids=["one", "list", "graph", "feed", "inside a page", "long names"],
)  # fmt: skip
def test_a_review_is_read_from_whatever_it_is_wrapped_in(given_as: Any) -> None:
    assert read(given_as) == (READ,)


def test_one_json_value_a_line_is_read_too() -> None:
    lines = [json.dumps(ONE), "", json.dumps({**ONE, "url": "https://check.example/2"})]
    assert [one.url[-1] for one in read_claimreviews("\n".join(lines).encode(), "x").reviews] == ["1", "2"]


def test_what_cannot_be_used_is_named_and_the_rest_is_read() -> None:
    faults = [
        {**ONE, "claimReviewed": ""},
        {key: value for key, value in ONE.items() if key != "url"},
        {key: value for key, value in ONE.items() if key != "reviewRating"},
        {**ONE, "author": {"name": "graphkit", "url": "https://w3id.org/graphkit/"}},
        {**ONE, "reviewRating": {"alternateName": "Right"}},
    ]
    found = read_claimreviews(json.dumps([ONE, *faults]).encode(), "x")
    assert found.reviews == (READ,)
    assert [problem.split(":")[0] for problem in found.problems] == [f"review {number}" for number in range(2, 7)]
    said = ("(claimReviewed)", "(url)", "(reviewRating)", "no fact-checker's", "the first is kept")
    assert all(words in problem for words, problem in zip(said, found.problems, strict=True))


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b'{"@type": "Article"}', b"[" * 100_000])
def test_what_holds_no_review_is_told_in_a_line(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"^feed\.json: "):
        read_claimreviews(data, "feed.json")


def test_a_verdict_in_place_of_a_number_is_a_verdict() -> None:
    found = read({**ONE, "reviewRating": {"ratingValue": "Mostly false", "bestRating": "True"}})[0]
    assert (found.verdict, found.value, found.best) == ("Mostly false", None, None)


def test_the_older_form_names_the_work_that_is_reviewed() -> None:
    found = read({**ONE, "itemReviewed": {"@type": "CreativeWork", "url": "https://alpha.example.org/1"}})[0]
    assert found.appearances == ("https://alpha.example.org/1",)


def test_the_claim_is_the_node_that_articles_assert() -> None:
    nquads = reviews_to_nquads([READ])["graph-reviews-check.example"].decode()
    assert identifiers.claim("Examplia sent 6,000 engineers") in nquads


def test_reviews_come_back_from_quads_and_from_claimreview() -> None:
    other = Review(
        "https://other.example/x?[a]", "Nichts davon ist wahr, und das ist so", "other.example", "de", verdict="Falsch"
    )
    graphs = reviews_to_nquads([READ, other])
    assert sorted(graphs) == ["graph-reviews-check.example", "graph-reviews-other.example"]
    quads = [quad for nquads in graphs.values() for quad in parse(nquads, FORMATS[".nq"])]
    assert check_quads(quads) == []
    assert reviews_from_quads(quads) == (READ, other)
    assert set(read_claimreviews(write_claimreviews([READ]), "x").reviews) == {READ}


@given(
    st.lists(st.sampled_from("abc"), unique=True),
    st.sampled_from([None, "Wrong", 'a "b"\n']),
    st.sampled_from([None, "1", "-0.5"]),
)
def test_any_reviews_come_back(pages: list[str], verdict: str | None, value: str | None) -> None:
    reviews = {
        Review(f"https://check.example/{page}", "a claim", "check.example", verdict=verdict, value=value) for page in pages
    }
    quads = [quad for nquads in reviews_to_nquads(reviews).values() for quad in parse(nquads, FORMATS[".nq"])]
    assert set(reviews_from_quads(quads)) == reviews


def test_one_page_says_one_thing_of_a_claim() -> None:
    with pytest.raises(ShapeViolation, match="two things of one claim"):
        reviews_to_nquads([READ, replace(READ, verdict="Right")])


def test_computed_support_is_marked_and_never_read_as_a_review() -> None:
    computed = ComputedSupport("claim-a", "a claim", "0.61", "0.34", "0.83", "2", "a method", ("https://alpha.example.org/1",))
    feed = write_claimreviews([READ], [computed])
    items = [element["item"] for element in json.loads(feed)["dataFeedElement"]]
    assert items[1]["author"]["name"] == "graphkit"
    assert items[1]["reviewRating"]["alternateName"] == "support 0.61, between 0.34 and 0.83; independent origins: 2"
    assert "no judgement whether it is so" in items[1]["reviewRating"]["ratingExplanation"]
    found = read_claimreviews(feed, "x")
    assert found.reviews == (READ,)
    assert len(found.problems) == 1
