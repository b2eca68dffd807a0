"""Plain text and Markdown: the whole file is the text, and every offset slices it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import TextTooLong, UnreadableInput, UsageError
from graphkit.limits import MAX_TEXT
from graphkit.model import Hyperlink, Overrides, Span
from graphkit.reading import read, read_text


def test_the_seed_is_read_whole(seed_path):
    article = read(seed_path)
    assert len(article.text) == 2_475
    assert article.text_sha256 == "7b7b0ceecea76d11fa28c2a2e51bca88ff8ca4d29f94ec7d9265fb1c87d49cf1"
    assert article.title == "Threats loom as North Korea deepens military ties with Russia"
    assert article.title_span.of(article.text) == article.title
    assert (article.url, article.outlet, article.published, article.language) == (None, None, None, "en")
    assert article.source_sha256 == hashlib.sha256(seed_path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("**Bridge reopens**\nThe mayor said so.", "Bridge reopens"),
        ("__Bridge reopens__\nThe mayor said so.", "Bridge reopens"),
        ("***Bridge reopens***\nThe mayor said so.", "Bridge reopens"),
        ("# Bridge reopens\n\nThe mayor said so.", "Bridge reopens"),
        ("  ## Bridge reopens ##\n\nThe mayor said so.", "Bridge reopens"),
        ("# **Bridge reopens**\n\nThe mayor said so.", "Bridge reopens"),
        ("# C# is no sharp\n\nBody.", "C# is no sharp"),
        ("Bridge reopens\n==============\nThe mayor said so.", "Bridge reopens"),
        ("The bridge is open.\n---\nThe mayor said so.", "The bridge is open."),
        ("\n\n  Bridge reopens \n\nThe mayor said so.", "Bridge reopens"),
        ("Is the bridge safe?\nThe mayor said so.", "Is the bridge safe?"),
        ("Trade with the U.S.\nThe mayor said so.", "Trade with the U.S."),
        ("**Bridge** and **tunnel** reopen\nThe mayor said so.", "**Bridge** and **tunnel** reopen"),
        ("---\ntitle: Bridge reopens\n---\nThe mayor said so.", "Bridge reopens"),
        ("---\ntitle: 'Bridge: reopens'\n---\n# Other\nThe mayor said so.", "Bridge: reopens"),
    ],
)
def test_titles_and_where_they_stand(text, title):
    article = read_text(text)
    assert article.text == text
    assert article.title == title
    assert article.title_span.of(article.text) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "The mayor said on Monday that the bridge is open.\nIt was shut for a year.",
            "The mayor said on Monday that the bridge is open.",
        ),
        ("Officials say 6,000 workers will go.", "Officials say 6,000 workers will go."),
        ("word " * 60, "word word word word word word word word word word word word word word word word…"),
    ],
)
def test_a_text_without_headline_is_called_by_its_beginning(text, title):
    article = read_text(text)
    assert (article.title, article.title_span) == (title, None)


@pytest.mark.parametrize(
    ("text", "title", "has_span", "day"),
    [
        ("Friday, February 1, 2019\nThe mayor said so on Monday.\nMore.", "The mayor said so on Monday.", False, "2019-02-01"),
        ("By ANN AMES and BO BERG\nBridge reopens\nThe mayor said so.", "Bridge reopens", True, None),
        ("# Bridge reopens\n\n2019-02-01\n\nThe mayor said so.", "Bridge reopens", True, "2019-02-01"),
        ("Election of 2024: what 3 experts say\nThe mayor said so.", "Election of 2024: what 3 experts say", True, None),
        ("By the river\nThe mayor said so.", "By the river", True, None),
        ("2019-02-01", "2019-02-01", False, "2019-02-01"),
    ],
)
def test_dates_and_bylines_are_no_headlines(text, title, has_span, day):
    article = read_text(text)
    assert (article.title, article.title_span is not None, article.published) == (title, has_span, day)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("PORT LINDEN, 3 March 2026 (Example Wire) — The ferry stays in port.", "2026-03-03"),
        ("Port Linden, Exampleland, March 3, 2026 – The ferry stays in port.", "2026-03-03"),
        ("**PORT LINDEN, Tuesday, 3 March 2026:** The ferry stays in port.", "2026-03-03"),
        ("St. Linden, Jan. 4, 2024 (EW) - The ferry stays in port.", "2024-01-04"),
        ("PORT LINDEN, March 3 (Example Wire) - The ferry stays in port.", None),
        ("On Monday, 3 March 2026, the ferry - an old one - stayed in port.", None),
        ("The ferry of 3 March 2026 stays in port.", None),
    ],
)
def test_a_dateline_with_a_year_dates_a_text(line, day):
    assert read_text(f"Ferry stays in port\n\n{line}").published == day
    assert read_text(line).published == day


def test_a_stated_title_is_found_where_it_stands():
    article = read_text("Lead in.\nBridge reopens\nThe mayor said so.", title=" Bridge  reopens ")
    assert (article.title, article.title_span) == ("Bridge reopens", Span(9, 23))
    assert read_text("Nothing of the kind.", title="Bridge reopens").title_span is None


def test_front_matter_states_facts_and_stays_in_the_text():
    text = (
        '---\ntitle: "Bridge reopens"\nurl: https://www.example.co.uk/a?utm_source=x\ndate: 3 March 2024\n'
        "authors: [Ann Ames, 'Bo Berg']\nlang: en-GB\ntags:\n  - bridge\n# a comment\n---\nThe mayor said so."
    )
    article = read_text(text)
    assert article.text == text
    assert article.title_span.of(text) == "Bridge reopens"
    assert (article.url, article.outlet, article.published) == ("https://www.example.co.uk/a", "example.co.uk", "2024-03-03")
    assert article.authors == ("Ann Ames", "Bo Berg")


def test_front_matter_lists_authors_line_by_line():
    assert read_text("---\nauthor:\n- Ann Ames\n- Bo Berg\n---\nBody.").authors == ("Ann Ames", "Bo Berg")


@pytest.mark.parametrize(
    "text", ["---\nNot: front\nmatter at all\n---\nBody.", "---\ntitle: never closed\nBody", "--- \ntitle: a\n---\nBody"]
)
def test_what_only_looks_like_front_matter_is_text(text):
    assert read_text(text).url is None
    assert read_text(text).title_span is None or read_text(text).title_span.of(text) == read_text(text).title


def test_what_the_user_states_wins():
    text = "---\nurl: https://example.org/a\noutlet: Example Post\ndate: 2024-01-01\n---\nBody of it."
    assert read_text(text).outlet == "Example Post"
    article = read_text(text, url="https://news.example.net/b", outlet="https://www.example.com/", published="2 Feb 2024")
    assert (article.url, article.outlet, article.published) == ("https://news.example.net/b", "example.com", "2024-02-02")


@pytest.mark.parametrize(
    ("stated", "outlet"),
    [
        ("www.example.co.uk", "example.co.uk"),
        ("Example.COM", "example.com"),
        ("The Example  Post", "The Example Post"),
        ("Reuters", "Reuters"),
    ],
)
def test_outlets_are_domains_where_they_can_be(stated, outlet):
    assert read_text("Body.", outlet=stated).outlet == outlet


def test_what_the_user_states_wrongly_is_said():
    with pytest.raises(UsageError, match="no http or https address"):
        read_text("Body.", url="example")
    with pytest.raises(UsageError, match="no complete date"):
        read_text("Body.", published="yesterday")


def test_markdown_links_have_spans():
    text = "See [the report](https://example.org/r) and <https://example.net/x>, ![not this](https://example.org/i.png) or [that](a.html)."
    assert [(link.span.of(text), link.url) for link in read_text(text).links] == [
        ("the report", "https://example.org/r"),
        ("https://example.net/x", "https://example.net/x"),
    ]


def test_normalisation_comes_before_offsets():
    article = read_text("\ufeff**Cafe\u0301 opens**\r\nSee [it](https://example.org/c).\0")
    assert article.text == "**Café opens**\nSee [it](https://example.org/c)."
    assert article.title_span.of(article.text) == "Café opens"
    assert article.links == (Hyperlink(Span(20, 22), "https://example.org/c"),)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "\0", "---\ntitle: a\n---\n  \n"])
def test_nothing_is_no_article(text):
    with pytest.raises(UnreadableInput, match="no text"):
        read_text(text)


def test_the_limit_is_told():
    with pytest.raises(TextTooLong, match="500,001 characters"):
        read_text("a" * (MAX_TEXT + 1))


@given(st.text(min_size=1), st.text(max_size=40))
def test_spans_always_slice_the_text(text, title):
    try:
        article = read_text(text, title=title or None)
    except UnreadableInput:
        return
    assert article.title.strip()
    if article.title_span is not None:
        assert article.title_span.of(article.text) == article.title
    assert all(0 <= link.span.begin < link.span.end <= len(article.text) for link in article.links)


MARKS = st.sampled_from(
    ["# ", "**", "---\n", "title: ", "\n", "[a](https://example.org/)", "===", "author:\n- ", " ", "word", "“", "é"]
)


@given(st.lists(MARKS, min_size=1, max_size=30).map("".join))
def test_marks_in_any_order_do_no_harm(text):
    try:
        article = read_text(text)
    except UnreadableInput:
        return
    assert article.text == text
    assert article.title_span is None or article.title_span.of(text) == article.title


def test_overrides_may_be_empty_strings():
    assert read_text("# A title\nBody.", title="", url="", outlet=" ").title == "A title"
    assert Overrides(title="").title == ""
