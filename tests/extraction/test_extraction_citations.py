"""Where an article points to other outlets: exact spans, right outlets, nothing that is only spoken of."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.extraction.citations import find_citations
from graphkit.model import Article, Hyperlink, Outlet, Span


def cited(text, **more):
    """Return (words, kind, domain or candidates) of each citation."""
    found = find_citations(Article(text, "Rain", **more))
    return [(c.span.of(text), c.kind, c.outlet.domain if c.outlet else c.candidates) for c in found]


def domains(text, **more):
    return [what for _, _, what in cited(text, **more)]


def test_the_seed_cites_the_three_outlets_of_its_list(seed_path):
    text = seed_path.read_text("utf-8")
    found = find_citations(Article(text, "Threats loom", outlet="redstateobserver.com"))
    begin = text.index("naturalnews.com")
    assert [(c.span.begin - begin, c.span.end - begin, c.kind, c.outlet.domain) for c in found] == [
        (0, 15, "sourceList", "naturalnews.com"),
        (15, 24, "sourceList", "meduza.io"),
        (24, 35, "sourceList", "foxnews.com"),
    ]
    assert all(c.margin > 10 and not c.is_guess for c in found)


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("Sources:\nexample.orgmeduza.io", ["example.org", "meduza.io"]),
        (
            "Sources: Reuters, AP, The Guardian and the Financial Times",
            ["reuters.com", "apnews.com", "theguardian.com", "ft.com"],
        ),
        ("**Sources**\nhttps://www.example.org/ahttps://www.example.net/b", ["example.org", "example.net"]),
        ("Sources for this article include:\nRT.com\nExample.com", ["rt.com", "example.com"]),
        ("Sources include:\n\nExample.com\n\nExample.org", ["example.com", "example.org"]),
        ('References\n1. "Rain", The Guardian, 5 May 2024\n[2] https://example.org/x', ["theguardian.com", "example.org"]),
        ("Source: https://example.org/rain-falls", ["example.org"]),
        ("- Sources -\n", []),
        ("## Sources\n• Reuters\n• BBC News (https://www.bbc.com/news/1)\n", ["reuters.com", "bbc.com"]),
        ("Fuentes:\nEl País; Reuters", ["elpais.com", "reuters.com"]),
        ("example.orgmeduza.io", ["example.org", "meduza.io"]),
        ("Sources: officials will go to the north of the country on Monday.", []),
        ("The sources: unnamed men in the north.", []),
        ("Read more at: Example.com", ["example.com"]),
        ("Further reading:\nHow CNN lost the rain\nWhy the BBC was late", []),
    ],
)
def test_source_lists_of_many_spellings(tail, expected):
    text = f"It rained for a whole week, they said.\n\n{tail}"
    found = find_citations(Article(text, "Rain"))
    assert [c.outlet.domain for c in found] == expected
    assert {c.kind for c in found} <= {"sourceList"}


def test_names_and_accounts_in_a_list_count_though_nothing_is_known_of_them():
    assert cited("It rained.\n\nSources: Reuters, The Norland Times, @norlandwatch, interviews, three letters") == [
        ("Reuters", "sourceList", "reuters.com"),
        ("The Norland Times", "sourceList", ()),
        ("@norlandwatch", "sourceList", ()),
    ]


def test_a_list_ends_where_prose_begins():
    text = "Rain.\n\nSources:\nReuters\nexample.org\n\nThe author of this text lives in the north and writes about rain for a living."
    assert domains(text) == ["reuters.com", "example.org"]


def test_a_doubtful_split_is_marked_as_a_guess():
    found = find_citations(Article("Rain.\n\nSources:\npolitics.ecplanet.org", "Rain"))
    assert [c.is_guess for c in found] == [c.margin < 7 for c in found]
    (one, two) = find_citations(Article("Rain.\n\nSources:\nпример.рфexample.org", "Rain"))
    assert one.is_guess
    assert two.is_guess
    assert one.outlet == Outlet("xn--e1afmkfd.xn--p1ai")


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("Residents told Nine News it rained.", "9news.com.au"),
        ("It rained, according to the Washington Post.", "washingtonpost.com"),
        ("It rained, Reuters reported on Monday.", "reuters.com"),
        ("It rained, reports Reuters.", "reuters.com"),
        ("A BBC investigation found rain.", "bbc.com"),
        ("In an interview with the state-owned Al-Arabiya he spoke of rain.", "alarabiya.net"),
        ("He said by telephone on NBC's morning show that it rained.", "nbcnews.com"),
        ("The memo was seen by Reuters.", "reuters.com"),
        ("As the New York Times has learned, it rained.", "nytimes.com"),
        ("A CNN/Example poll showed rain.", "cnn.com"),
        ("Fox News host Jane Doe said it rained.", "foxnews.com"),
        ("He wrote in The Atlantic that it rained.", "theatlantic.com"),
        ("It rained. [HuffPost]", "huffpost.com"),
        ("He told Time magazine about rain.", "time.com"),
        ("@Reuters reported rain.", "reuters.com"),
    ],
)
def test_names_are_citations_where_something_is_taken_from_them(text, domain):
    assert domains(text) == [domain]


@pytest.mark.parametrize(
    "text",
    [
        "She had worked for CNN and the BBC.",
        "CNN's audience grew, and Verizon sold Yahoo.",
        "State media said it rained.",
        "He wrote on Facebook and Twitter that it rained.",
        "Human Rights Watch said it rained.",
        "People said it rained. Time will tell.",
        "The Post Office reported losses.",
        "The Example Broadcasting Nation (EBN) spoke. An interview with EBN followed.",
        "The Rainville Tea Society (RTS) reported rain. RTS said so.",
        "It rained.The end.It was so.",
        "Write to desk@reuters.com about rain.",
        "Version 2.0 of report.py is out.",
    ],
)
def test_being_spoken_of_is_no_citation(text):
    assert cited(text) == []


def test_ambiguous_names_give_candidates_and_no_outlet():
    ((words, kind, candidates),) = cited("Officials told The Times that it rained.")
    assert (words, kind) == ("The Times", "mention")
    assert {"thetimes.com", "nytimes.com"} <= set(candidates)


def test_names_joined_to_a_cited_one_are_cited():
    assert domains("Officials told Reuters and AFP that it rained.") == ["reuters.com", "afp.com"]


def test_origin_and_carrier_are_two_citations_tied_by_via():
    text = "Three rivers rose, according to Reuters, citing TASS."
    found = find_citations(Article(text, "Rain"))
    assert [(c.outlet.domain, c.via and c.via.domain) for c in found] == [("reuters.com", None), ("tass.com", "reuters.com")]
    (origin, carrier) = find_citations(Article("Rain. Photo and text: AFP via France 24", "Rain"))
    assert (origin.outlet.domain, origin.via) == ("afp.com", carrier.outlet)


def test_datelines_and_credit_lines_are_citations():
    text = (
        "KYIV (Reuters) - Rain fell on the whole of the country for a week.\n\nThe Associated Press contributed to this report."
    )
    assert cited(text) == [("Reuters", "mention", "reuters.com"), ("The Associated Press", "mention", "apnews.com")]


def test_links_carry_their_address_and_sharing_buttons_are_left_out():
    text = "It rained, a report says. Share"
    links = (
        Hyperlink(Span(11, 24), "https://www.example.org/report?a=1"),
        Hyperlink(Span(26, 31), "https://www.facebook.com/sharer.php?u=https://example.org"),
    )
    (citation,) = find_citations(Article(text, "Rain", links=links))
    assert (citation.kind, citation.url, citation.outlet) == (
        "link",
        "https://www.example.org/report?a=1",
        Outlet("example.org"),
    )
    assert citation.span == Span(11, 24)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://web.archive.org/web/20200101000000/https://www.example.org/a", "example.org"),
        ("https://archive.ph/20200101/https://example.org/a", "example.org"),
        ("https://archive.ph/KNVti", "archive.ph"),
        ("https://www-example--news-org.translate.goog/a", "example-news.org"),
        ("https://www.google.com/url?q=https://example.org/a&sa=D", "example.org"),
        ("https://www.google.com/search?q=rain", "google.com"),
    ],
)
def test_links_are_seen_through_archives_and_redirects(url, domain):
    (citation,) = find_citations(Article("Rain fell", "Rain", links=(Hyperlink(Span(0, 4), url),)))
    assert citation.outlet == Outlet(domain)
    assert citation.url == url


def test_glued_addresses_are_taken_apart_but_not_those_of_an_archive():
    archived = "https://web.archive.org/web/2020/https://example.org/a"
    assert cited(f"See https://example.com/ahttps://example.net/b and {archived}") == [
        ("https://example.com/a", "link", "example.com"),
        ("https://example.net/b", "link", "example.net"),
        (archived, "link", "example.org"),
    ]


def test_addresses_that_hide_their_target_are_left_out():
    assert cited("See https://bit.ly/abc for rain") == []


def test_addresses_and_hosts_in_the_text_are_citations():
    text = "See https://example.org/a?b=1, www.bbc.co.uk or NaturalNews.com."
    assert cited(text) == [
        ("https://example.org/a?b=1", "link", "example.org"),
        ("www.bbc.co.uk", "mention", "bbc.co.uk"),
        ("NaturalNews.com", "mention", "naturalnews.com"),
    ]


def test_the_articles_own_outlet_is_never_cited():
    text = "Officials told Reuters. See https://www.reuters.com/a and reuters.com.\n\nSources:\nreuters.commeduza.io"
    assert domains(text, outlet="reuters.com") == ["meduza.io"]
    assert domains(text, url="https://www.reuters.com/world/a") == ["meduza.io"]
    assert domains("It told BBC News. See www.bbc.co.uk.", outlet="bbc.co.uk") == []


PIECES = st.sampled_from(
    ["Reuters", "The Times", " told ", "according to ", "\n", "Sources:", "example.org", "meduza.io", "https://example.org/a", " via ", ", citing ",
     "(AFP) - ", "AP", ". ", "“", "It rained", "🌧", "é", "@Reuters", "[", "]", "www."]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join))
def test_citations_are_in_order_and_never_overlap(text):
    article = Article(text, "Rain")
    found = find_citations(article)
    assert found == find_citations(article)
    assert all(c.span.end <= len(text) for c in found)
    assert all(left.span.end <= right.span.begin for left, right in itertools.pairwise(found))
    assert all((c.outlet is None) == bool(c.candidates) for c in found)


@pytest.mark.parametrize(
    "text", ["", "\n", "a" * 50_000, "a." * 25_000, "Sources:\n" * 5_000, "told " * 10_000, "Reuters " * 3_000, "(" * 20_000]
)
def test_odd_texts_neither_crash_nor_stall(text):
    assert isinstance(find_citations(Article(text, "")), tuple)
