"""HTML pages: the headline and the body and nothing else, with facts, links and their spans."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.errors import TextTooLong, UnreadableInput
from graphkit.limits import MAX_HTML_BYTES
from graphkit.model import Document, Overrides
from graphkit.reading import parse

PARAGRAPHS = (
    "The mayor of Exampleton said on Monday that the old bridge will open again to traffic next week, after a year of repairs.",
    "According to the city, the work cost 2.5 million, about a third more than planned when the bridge was closed last spring.",
    "“It is safe now, and it will be safe for our children,” she told reporters who had walked across it with her in the rain.",
    "Residents on the far bank had complained for months that the detour through the valley took them over an hour each way.",
    "The ministry of transport did not answer questions about who will pay for the next inspection, which is due in two years.",
)


def build_page(body="", *, head="", title="Bridge reopens after a year of repairs", paragraphs=PARAGRAPHS):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en-GB'><head><title>{title} | The Exampleton Post</title>"
        f"<meta property='og:site_name' content='The Exampleton Post'>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
        f"<article><h1>{title}</h1>{text}{body}</article><footer><p>© The Exampleton Post. Write to us.</p></footer></body></html>"
    )


def read_page(markup, url="https://www.exampleton-post.example/news/bridge", overrides=Overrides(), **more):
    return parse(Document(markup.encode(), "text/html", "page.html", url=url, **more), overrides)


def linked_data(**values):
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **values})}</script>"


def test_text_is_the_headline_and_the_body():
    article = read_page(build_page())
    assert article.text == "\n".join(("Bridge reopens after a year of repairs", *PARAGRAPHS))
    assert article.title == article.title_span.of(article.text) == "Bridge reopens after a year of repairs"
    assert (article.language, article.outlet) == ("en", "exampleton-post.example")
    assert article.url == "https://www.exampleton-post.example/news/bridge"


def test_facts_come_from_linked_data_first():
    head = linked_data(
        headline="Bridge reopens after a year of repairs",
        datePublished="2024-03-05T22:10:00Z",
        author=[{"@type": "Person", "name": "Ann Ames"}, {"name": "By Bo Berg"}],
    )
    article = read_page(
        build_page(head=head + "<meta name='author' content='Web desk'><meta name='date' content='2020-01-01'>")
    )
    assert (article.published, article.authors) == ("2024-03-05", ("Ann Ames", "Bo Berg"))


@pytest.mark.parametrize(
    "head",
    [
        linked_data(headline="x", datePublished="2024-03-05"),
        "<script type='application/ld+json'>"
        + json.dumps({"@graph": [{"@type": "WebSite"}, {"@type": ["Article"], "datePublished": "2024-03-05"}]})
        + "</script>",
        "<script type='application/ld+json'>[broken</script><meta property='article:published_time' content='2024-03-05T01:00:00+02:00'>",
        "<meta itemprop='datePublished' content='March 5, 2024, 07:47 PM EST'>",
    ],
)
def test_the_day_in_its_many_forms(head):
    assert read_page(build_page(head=head)).published == "2024-03-05"


@pytest.mark.parametrize(
    "words", ["<time datetime='2024-03-05T10:00'>Tuesday</time>", "<span class='date'>Published 5 March 2024</span>"]
)
def test_the_day_on_the_page(words):
    assert read_page(build_page().replace("<article>", f"<article>{words}")).published == "2024-03-05"


def test_the_day_in_the_address_corrects_the_time_zone_and_no_more():
    head = linked_data(headline="x", datePublished="2024-03-06T03:00:00Z")
    assert read_page(build_page(head=head), url="https://post.example/2024/03/05/bridge").published == "2024-03-05"
    assert read_page(build_page(head=head), url="https://post.example/2019/03/05/bridge").published == "2024-03-06"
    assert read_page(build_page(), url="https://post.example/2019/03/05/bridge").published == "2019-03-05"


def test_without_a_date_there_is_none():
    assert read_page(build_page("<p>© 2019 The Exampleton Post</p>")).published is None


@pytest.mark.parametrize(
    ("shown", "stated", "title"),
    [
        ("Bridge reopens after a year", "Bridge reopens after a year | The Exampleton Post", "Bridge reopens after a year"),
        ("Bridge reopens after a year", "Bridge finally reopens", "Bridge reopens after a year"),
        ("NEWS Bridge reopens after a year", "Bridge reopens after a year", "Bridge reopens after a year"),
        ("The Exampleton Post", "Bridge reopens after a year", "Bridge reopens after a year"),
        ("Log in", "Mayor&#8217;s bridge &amp; tunnel", "Mayor’s bridge & tunnel"),
    ],
)
def test_the_title_is_what_readers_see_where_the_page_agrees(shown, stated, title):
    page = build_page(title=shown, head=f'<meta property="og:title" content="{stated}">').replace(
        f"<title>{shown} | ", f"<title>{stated} | "
    )
    assert read_page(page).title == title


def test_the_headline_stands_in_the_text_once():
    page = build_page().replace("<article>", "<article><h2>Bridge reopens after a year of repairs</h2>")
    assert read_page(page).text.count("Bridge reopens") == 1


def test_links_have_exact_spans_and_absolute_addresses():
    body = (
        "<p>The report was first published by <a href='https://wire.example/a?x=1#c'>the  <b>Example</b> Wire</a>, and the"
        " <a href='../plan'>plan</a> is <a href='javascript:alert(1)'>here</a>, <a href='mailto:a@b.example'>write</a> to us about it.</p>"
    )
    article = read_page(build_page(body))
    assert [(link.span.of(article.text), link.url) for link in article.links] == [
        ("the Example Wire", "https://wire.example/a?x=1#c"),
        ("plan", "https://www.exampleton-post.example/plan"),
    ]


def test_a_base_element_moves_relative_links():
    body = "<p>All of it is written down in <a href='plan'>the plan</a> that the city council published in the spring.</p>"
    article = read_page(build_page(body, head="<base href='https://files.example.org/x/'>"))
    assert article.links[0].url == "https://files.example.org/x/plan"


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href='/x'>Read more: Tunnel still closed, says council</a></p>",
        "<p>READ MORE: <a href='/x'>Tunnel still closed, says council</a></p>",
        "<p>Sign up for our newsletter and get the best of it every day.</p>",
        "<p>Follow us on Facebook for more.</p>",
        "<p>Advertisement</p>",
        "<aside><p>The best places to walk in Exampleton, chosen by our readers this year and last.</p></aside>",
        "<h3>More from The Exampleton Post</h3><ul><li><a href='/a'>Tunnel still closed, council says</a></li><li><a href='/b'>Rain</a></li></ul>",
        "<script>document.write('The tunnel is closed for good, the council said.')</script>",
        "<style>p { color: red }</style>",
    ],
)
def test_what_is_no_body_stays_out(line):
    assert read_page(build_page(line)).text == read_page(build_page()).text


def test_a_sentence_that_begins_like_an_offer_stays():
    line = (
        "Read more than a page of the report and you will find that the mayor promised the same three years ago, critics say."
    )
    assert line in read_page(build_page(f"<p>{line}</p>")).text


def test_a_body_in_several_containers_is_joined():
    parts = [
        f"<div class='chunk body'><p>{first}</p><p>{second}</p></div><div class='ad'>Buy now</div>"
        for first, second in pairwise(PARAGRAPHS)
    ]
    more = "<div class='chunk body'><h2>Who pays</h2><p>It may be <a href='/w'>the ministry</a>.</p><p>Nobody knows yet, it said.</p></div>"
    page = build_page("".join(parts) + more, paragraphs=())
    text = read_page(page).text
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert text.endswith("Nobody knows yet, it said.")


def test_a_second_article_on_the_page_stays_out():
    second = "".join(f"<p>{paragraph.replace('bridge', 'tunnel')}</p>" for paragraph in PARAGRAPHS)
    page = build_page().replace("<footer>", f"<article><h1>Tunnel closed</h1>{second}</article><footer>")
    assert "tunnel" not in read_page(page).text


def test_the_canonical_address_counts_within_its_own_site():
    head = "<link rel='canonical' href='https://exampleton-post.example/news/bridge'>"
    assert (
        read_page(build_page(head=head), url="https://www.exampleton-post.example/news/bridge?p=2").url
        == "https://exampleton-post.example/news/bridge"
    )
    assert read_page(build_page(head=head), url=None).url == "https://exampleton-post.example/news/bridge"
    copy = read_page(build_page(head=head), url="https://copycat.example/bridge")
    assert (copy.url, copy.outlet) == ("https://copycat.example/bridge", "copycat.example")
    front = "<link rel='canonical' href='https://www.exampleton-post.example/'>"
    assert read_page(build_page(head=front)).url == "https://www.exampleton-post.example/news/bridge"


def test_what_is_stated_wins_over_the_page():
    head = linked_data(headline="x", datePublished="2024-03-05")
    stated = Overrides(title="Another title", url="https://example.org/a", outlet="Example Post", published="2023-01-02")
    article = read_page(build_page(head=head), overrides=stated)
    assert (article.title, article.url, article.outlet, article.published) == (
        "Another title",
        "https://example.org/a",
        "Example Post",
        "2023-01-02",
    )
    assert article.title_span.of(article.text) == "Another title"
    container = read_page(
        build_page(head=head), defaults=Overrides(title="From the feed"), overrides=Overrides(published="2023-01-02")
    )
    assert (container.title, container.published) == ("From the feed", "2023-01-02")


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body></body></html>",
        "<html><head><title>x</title></head><body><script>render()</script><noscript>Please enable JavaScript.</noscript></body></html>",
        "<html><head><title>Log in</title></head><body><form><p>Log in to continue.</p><input type=password></form></body></html>",
        "<html><head><title>404</title></head><body><h1>Not found</h1><p>The page is gone.</p></body></html>",
        "<html><head><title>Front page</title></head><body>"
        + "".join(f"<div><h2><a href='/{n}'>Something happened in place number {n} today</a></h2></div>" for n in range(60))
        + "</body></html>",
        "<html><head><title>Links</title></head><body><ul>"
        + "".join(f"<li><a href='/{n}'>A headline of some length stands here, number {n}.</a></li>" for n in range(60))
        + "</ul></body></html>",
        "<p></p>",
        "<!DOCTYPE html>",
    ],
    ids=["empty", "script only", "log-in", "not found", "front page", "list of links", "empty fragment", "doctype"],
)
def test_a_page_without_an_article_is_refused(markup):
    with pytest.raises(UnreadableInput, match=r"^page\.html: no (article|HTML)") as caught:
        read_page(markup)
    assert caught.value.hint


def test_a_fragment_is_all_body():
    article = read_page(
        "<p>The bridge is open again, the mayor said.</p>It was shut for a year.<br>Nobody was hurt.<ul><li>One</li></ul>",
        url=None,
    )
    assert article.text == "The bridge is open again, the mayor said.\nIt was shut for a year.\nNobody was hurt.\nOne"
    assert article.title_span is None


def test_a_page_past_the_limit_is_refused_unparsed():
    with pytest.raises(TextTooLong, match="5,242,881 bytes"):
        read_page("<html>" + " " * (MAX_HTML_BYTES - 5))


def test_composed_letters_move_the_links_along():
    body = "<p>Le cafe\u0301 re\u0301pare\u0301 est <a href='https://cafe.example/'>de\u0301ja\u0300 ouvert</a>, dit la maire de la ville a\u0300 la presse.</p>"
    article = read_page(build_page(body))
    assert [link.span.of(article.text) for link in article.links] == ["déjà ouvert"]


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            [
                *PARAGRAPHS,
                "<b>",
                "</b>",
                "<a href='/x'>",
                "</a>",
                "<p>",
                "</p>",
                "<br>",
                "e\u0301",
                "&#0;",
                "&nbsp;",
                " ",
                "\u00ad",
            ]
        ),
        max_size=30,
    )
)
def test_any_markup_gives_spans_that_slice(pieces):
    article = read_page(build_page("<p>" + "".join(pieces) + "</p>"))
    assert article.title_span.of(article.text) == article.title
    for link in article.links:
        words = link.span.of(article.text)
        assert words
        assert "\n" not in words
    article.text.encode()
    assert not set(article.text) & {"\r", "\0", "\u00ad"}


def test_the_same_page_gives_the_same_article():
    assert read_page(build_page()) == read_page(build_page())
