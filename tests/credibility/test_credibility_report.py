"""The page for a reader: what stands on it, and that nothing in an article or a rating can become part of it."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

import pytest

from graphkit.graph.report.wording import inert
from graphkit.graph.report.writing import as_html, as_json, as_markdown
from graphkit.graph.reporting import report_article
from graphkit.model import (
    Actor,
    Annotation,
    Article,
    Assertion,
    Attribution,
    Citation,
    ExtractorId,
    Note,
    Outlet,
    Quantity,
    Span,
)
from graphkit.rdf import identifiers

HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(2)> {{ 7 * 7 }} [a](javascript:alert(3)) \u202eevil\u202c'


@pytest.fixture
def made(request):
    """The helpers beside this file."""
    return request.config.pluginmanager.get_plugin(str(request.path.with_name("conftest.py")))


class Elements(HTMLParser):
    """All elements and attributes of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def span_of(text, words):
    begin = text.index(words)
    return Span(begin, begin + len(words))


def article_of(text, title="Bridges", **more):
    return Article(text, title, url="https://a.example/bridges", outlet="a.example", published="2026-03-01", **more)


@pytest.fixture
def told(record, made):
    """An article on bridges with every feature, another that agrees, one that contradicts; returns its report."""
    text = (
        "Officials say that over 300 bridges may be shut. Shut they stay, a shameful disgrace. Two bridges were closed. "
        "Sources: b.example, nowhere.example"
    )
    officials = Actor("anonymous", "Officials", anonymous_type="officials")
    assertions = (
        Assertion(
            span_of(text, "over 300 bridges may be shut"), "over 300 bridges may be shut", "attributed", "possible",
            attributions=(Attribution(officials, "indirect", 1, span_of(text, "Officials"), span_of(text, "say")),),
            hedges=(span_of(text, "may"),),
            quantities=(Quantity(span_of(text, "over 300 bridges"), Decimal(300), "moreThan", "bridges"),),
        ),
        Assertion(
            span_of(text, "Shut they stay, a shameful disgrace"), "shut they stay", claim_type="evaluative",
            loaded=(span_of(text, "shameful"),),
        ),
        Assertion(span_of(text, made.CLAIM), made.CLAIM),
    )  # fmt: skip
    citations = tuple(Citation(span_of(text, name), "sourceList", Outlet(name)) for name in ("b.example", "nowhere.example"))
    note = Note("officeDate", (span_of(text, "Officials"),), "Which officials?", "There are several.", "an invented register")
    annotation = Annotation(article_of(text), assertions, (), citations, ExtractorId("hand", "1"), notes=(note,))
    mine = made.put(record, annotation)
    assert mine
    made.put(record, made.annotate("b.example", made.CLAIM))
    made.put(record, made.annotate("c.example", made.OTHER))
    made.put_links(record, (identifiers.claim(made.CLAIM), identifiers.claim(made.OTHER), "contradicts", 0.9))
    made.rate(record, made.rating("b.example", "one", "0.9"), made.rating("b.example", "two", "0.1"))
    return report_article(record, identifiers.article(annotation.article.url, annotation.article.text_sha256))


def test_claims_stand_in_text_order_with_who_is_said_to_have_said_them(told):
    assert [one.quote.begin for one in told.claims] == sorted(one.quote.begin for one in told.claims)
    first, second, third = told.claims
    assert first.says_who == "Officials (not named)"
    assert [voice.cue for voice in first.voices] == ["say"]
    assert (first.hedges, first.numbers) == (("may",), ("more than 300 bridges",))
    assert second.says_who == "the article itself"
    assert (second.loaded, second.kind) == (("shameful",), "a judgement")
    assert second.score is None
    assert "nothing to check" in second.support
    assert third.hedges == ()


def test_what_others_say_is_shown_with_their_words(told):
    third = told.claims[2]
    assert [(one.outlet, one.quote.text) for one in third.same] == [("b.example", "Two bridges were closed.")]
    assert [one.outlet for one in third.against] == ["c.example"]
    assert third.origins == 2
    assert third.low <= third.score <= third.high
    assert "2 separate origins" in third.support


def test_cited_outlets_come_with_who_rates_them_when_and_on_what_scale(told):
    cited, unrated = told.outlets
    assert (cited.domain, cited.cited) == ("b.example", ("in its list of sources",))
    assert "contradict" in cited.summary
    assert [(one.rater, one.rated_on, one.scale) for one in cited.verdicts] == [
        ("one", "2026-01-01", "scale of one"), ("two", "2026-01-01", "scale of two"),
    ]  # fmt: skip
    assert unrated.summary.startswith("Not rated")
    assert told.questions[0].quotes[0].text == "Officials"


def test_what_is_not_known_is_always_said(told):
    assert told.unknown[0].startswith("Whether any of this is true")
    assert any("“Officials”" in line for line in told.unknown)
    assert any("nowhere.example" in line for line in told.unknown)


def test_the_forms_hold_the_same_and_do_not_change(told):
    assert json.loads(as_json(told))["claims"][0]["quote"]["text"] == "over 300 bridges may be shut"
    for write in (as_html, as_markdown, as_json):
        assert write(told) == write(told)
        assert "more than 300 bridges" in write(told)
        assert "graphkit" in write(told)[:1_000]


def test_the_page_loads_and_runs_nothing(told):
    page = as_html(told)
    found = Elements(page)
    assert not found.tags & {"script", "img", "iframe", "object", "embed", "link", "form", "a", "base"}
    assert not {name for name in found.attributes if name.startswith("on")} | (found.attributes & {"src", "href", "style"})
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r"url\(|@import", page)
    assert not re.search(r"\btrue\b|\bfake\b|\bfalse\b", re.sub(r"<style>.*?</style>|aria-hidden=\"true\"", "", page, flags=re.DOTALL).replace(
        "does not say what is true", "").replace("Whether any of this is true", ""))  # fmt: skip


def test_hostile_words_stay_words(record, made):
    text = f"{HOSTILE} has it. More of it."
    span = Span(0, len(HOSTILE))
    actor = Actor("person", f"Ann {HOSTILE}")
    assertion = Assertion(
        span, HOSTILE, "attributed", attributions=(Attribution(actor, "indirect", 1, Span(0, 8), Span(2, 8)),)
    )
    citation = Citation(Span(0, 8), "mention", None, name=f"Post {HOSTILE}")
    hostile = Annotation(article_of(text, HOSTILE), (assertion,), (), (citation,), ExtractorId("hand", "1"))
    made.put(record, hostile)
    bad = replace(made.rating("a.example", "one", "0.9"), value=HOSTILE, rater=HOSTILE, licence=HOSTILE)
    made.rate(record, bad)
    found = report_article(record, identifiers.article(hostile.article.url, hostile.article.text_sha256))
    page = as_html(found)
    elements = Elements(page)
    assert not elements.tags & {"script", "img", "a"}
    assert not {name for name in elements.attributes if name.startswith("on")}
    assert "\u202e" not in page
    assert "<U+202E>" in json.loads(as_json(found))["title"]
    assert "49" not in re.findall(r"<h1>.*?</h1>", page)[0]
    markdown = as_markdown(found)
    assert not re.search(r"(?<!\\)<(?!!-- graphkit)", markdown)
    assert not re.search(r"(?<!\\)\]\(", markdown)
    assert "\u202e" not in markdown


def test_what_its_source_leaves_open_is_not_said_flatly(record, made):
    text = "The port has not confirmed that the bridge fell. It rained."
    port = Attribution(Actor("organisation", "Port of Norville"), "indirect", 1, Span(0, 8), span_of(text, "has not confirmed"))
    claim = span_of(text, "the bridge fell")
    assertions = (
        Assertion(claim, "the bridge fell", "attributed", "underspecified", attributions=(port,)),
        Assertion(span_of(text, "It rained"), "it rained"),
    )
    annotation = Annotation(article_of(text), assertions, (), (), ExtractorId("hand", "1"))
    made.put(record, annotation)
    found = report_article(record, identifiers.article(annotation.article.url, annotation.article.text_sha256))
    assert [one.is_open for one in found.claims] == [True, False]
    assert "Left open: 1." in " ".join(found.overview)
    assert "counts neither for it nor against it" in found.claims[0].support
    assert found.claims[0].origins is None
    for page in (as_markdown(found), unescape(as_html(found))):
        assert page.count("left open: doubted, asked or not confirmed") == 1
        assert page.count("flatly") == 1
        assert page.count("in the articles compared nobody else says it") == 1


def test_an_article_that_nothing_is_known_of_still_gets_a_page(record, made):
    bare = Annotation(Article("Nothing here.", "Nothing"), (), (), (), ExtractorId("hand", "1"))
    record_name = identifiers.article(None, bare.article.text_sha256)
    from graphkit.rdf.mapping import run_name
    from graphkit.rdf.quads import to_nquads
    from graphkit.store.record.rows import Entry, RunInfo

    run = RunInfo(run_name(bare.extractor), "add", "1", "2026-03-02T00:00:00Z")
    record.put(Entry(bare.article, record_name, identifiers.article_graph(record_name), to_nquads(bare), run))
    found = report_article(record, record_name)
    assert found.claims == ()
    assert any("Which outlet" in line for line in found.unknown)
    assert any("not been compared" in line for line in found.unknown)
    assert "No statement was found" in as_html(found)


def test_control_characters_become_signs():
    assert inert("a\x1b[31m\nb\u2066c") == "a<U+001B>[31m b<U+2066>c"
