"""Quads become what a page shows, exactly, in any order, and whatever is missing."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from viewer_world import (
    COPY,
    JOBS,
    MORNING,
    all_the_same,
    at,
    copy,
    evening,
    linked,
    morning,
    name,
    quads,
    ratings,
    texts,
    told,
)

from graphkit.errors import NotFound
from graphkit.rdf import identifiers
from graphkit.rdf.namespaces import GKD, expand
from graphkit.rdf.quads import annotation_to_quads
from graphkit.rdf.ratings import ratings_to_quads
from graphkit.viewer import ViewModel, ViewOptions, build_view_model
from graphkit.viewer.page.static_tables import quote_of, slice_utf16
from graphkit.viewer.view_model.excerpts import astral_offsets, excerpts, to_utf16
from graphkit.viewer.view_model.rows import EDGE_KINDS, NO_REF
from graphkit.viewer.view_model.support import Voice, judge, support


def claim(model: ViewModel, words: str):
    return next(row for row in model.claims if words in row.label)


def test_every_kind_of_thing_is_there(model):
    assert [row.label for row in model.outlets] == ["alpha.example.org", "beta.example.net", "gamma.example.com"]
    assert {row.label for row in model.actors} >= {"Harbourland", "Mera Sample", "Officials", "The Harbour Post"}
    assert (len(model.articles), len(model.assertions), len(model.citations)) == (3, 10, 6)
    assert (len(model.ratings), len(model.notes), len(model.links)) == (5, 1, 9)


def test_each_assertion_has_its_parts(model):
    row = next(row for row in model.assertions if row.id == told(morning(), 0))
    ids = model.ids()
    assert (row.certainty, row.voice, row.tense, row.type) == ("possible", "attributed", "future", "factual")
    assert [MORNING[slice(*span)] for span in row.hedges] == ["may"]
    assert [(MORNING[slice(*number.range)], number.value, number.unit) for number in row.numbers] == [("30 days", "30", "days")]
    assert (row.confidence, row.checkworthiness) == (0.93, 0.8)
    (link,) = row.chain
    assert model.labels()[link.source] == "Officials"
    assert (MORNING[slice(*link.source_range)], MORNING[slice(*link.cue_range)]) == ("Officials", "said")
    chain = next(row for row in model.assertions if row.id == told(morning(), 1)).chain
    assert [(ids[link.source], link.depth) for link in chain] == [(ids[chain[0].source], 1), ("outlet-alpha.example.org", 2)]


def test_spans_slice_back_to_their_quotes_in_both_countings(model, world):
    quotes = {
        quad.subject.value.removeprefix(GKD): quad.object.value
        for quad in world
        if quad.predicate.value == expand("nif:anchorOf")
    }
    for row in model.assertions:
        article = model.articles[row.article - len(model.outlets)]
        (part,) = article.parts
        assert quote_of(row, article) == quotes[row.id]
        assert slice_utf16(part[1], row.begin, row.end, article) == quotes[row.id]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_offsets_are_the_same_place_in_both_countings(text, data):
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    astral = astral_offsets(text)
    units = text.encode("utf-16-le")
    assert units[2 * to_utf16(begin, astral) : 2 * to_utf16(end, astral)].decode("utf-16-le") == text[begin:end]


@given(
    st.text(st.sampled_from("ab. !?\n😀é"), max_size=1200),
    st.lists(st.tuples(st.integers(0, 1199), st.integers(1, 60)), max_size=8),
    st.integers(0, 2),
)
def test_excerpts_hold_every_span_and_are_the_text(text, places, sentences):
    spans = [(begin, min(len(text), begin + length)) for begin, length in places if begin < len(text)]
    parts = excerpts(text, spans, sentences=sentences)
    assert all(text[begin : begin + len(part)] == part for begin, part in parts)
    assert all(any(begin <= low and high <= begin + len(part) for begin, part in parts) for low, high in spans)
    assert all(left[0] + len(left[1]) < right[0] for left, right in pairwise(parts))


def test_an_excerpt_is_the_sentence_and_its_neighbours():
    text = "One. Two here. Three words stand. Four. Five."
    span = at(text, "words")
    assert excerpts(text, [(span.begin, span.end)], sentences=0) == ((15, "Three words stand. "),)
    assert excerpts(text, [(span.begin, span.end)], sentences=1) == ((5, "Two here. Three words stand. Four. "),)


def test_the_order_of_quads_and_doubled_triples_do_not_show(model, world):
    shuffled = [*world, *world[::3]]
    random.Random(3).shuffle(shuffled)
    assert build_view_model(shuffled, texts(), options=model.options) == model


def test_what_people_noted_stands_with_its_thing(model):
    ids = model.ids()
    assert [(ids[row.target].split("-")[0], row.by) for row in model.remarks] == [("outlet", "jo"), ("claim", "al")]


def test_links_carry_the_words_that_show_them_and_say_when_the_other_text_is_later(model):
    ids = model.ids()
    links = {(ids[row.source], ids[row.target], row.relation): row for row in model.links}
    copied = links[name(copy()), name(morning()), "derivedFrom"]
    assert (copied.method, copied.score, copied.is_later) == ("copy", 0.99, False)
    ((begin, end),) = copied.source_ranges
    assert COPY[begin:end] == "alpha.example.org"
    later = links[name(evening()), name(copy()), "derivedFrom"]
    assert (later.method, later.is_later, later.source_ranges) == ("likely rewrite", True, ())
    bare = links[told(morning(), 0), told(evening(), 0), "contradicts"]
    assert (bare.method, bare.source_ranges) == ("", ())


def test_the_words_that_show_a_link_are_in_the_page_without_whole_texts(world):
    model = build_view_model(world, texts(), options=ViewOptions(with_texts=False))
    ids = model.ids()
    shown = [row for row in model.links if row.source_ranges]
    assert {ids[row.source] for row in shown} == {name(copy()), name(evening())}
    for row in shown:
        ((begin, end),) = row.source_ranges
        parts = model.articles[row.source - len(model.outlets)].parts
        assert any(start <= begin and end <= start + len(text) for start, text in parts)


def test_circles_are_those_of_claims_and_of_outlets_that_cite_each_other(model):
    ids = model.ids()
    told_of, cited = sorted(model.circles, key=lambda row: not row.claims)
    assert [ids[ref] for ref in told_of.loop] == [name(copy()), name(evening()), name(copy())]
    assert {model.labels()[ref] for ref in told_of.claims} == {JOBS, "No more than 300 dock workers lose their jobs."}
    assert [ids[ref] for ref in cited.loop] == [
        f"outlet-{one}" for one in ("alpha.example.org", "beta.example.net", "alpha.example.org")
    ]
    assert cited.is_closed


@pytest.mark.parametrize(("score", "origins"), [("0.49", 1), ("0.5", 2)])
def test_claims_are_taken_for_one_only_where_that_is_likely(score, origins):
    two = replace(
        morning(), article=replace(morning().article, url="https://delta.example/port", outlet="delta.example"), mentions=()
    )
    two = replace(two, assertions=(replace(two.assertions[2], claim="The plan is a betrayal, and a shameful one."),))
    ends = (identifiers.claim(morning().assertions[2].claim), identifiers.claim(two.assertions[0].claim))
    link = linked(*ends, "sameClaim", score, number="same")
    rows = build_view_model([*annotation_to_quads(morning()), *annotation_to_quads(two), *link]).claims
    assert {row.origins for row in rows if row.id in ends} == {origins}


@pytest.mark.parametrize(("score", "kinds"), [("0.9", {"sameClaim"}), ("0.4", set())])
def test_claims_that_say_the_same_do_not_support_each_other_besides(score, kinds):
    model = build_view_model(all_the_same(score), texts())
    # within the first text one claim supports another: said by the line that makes them one
    assert "supports" in {row.relation for row in model.links}
    drawn = {EDGE_KINDS[kind] for _, kind, _ in model.edges}
    assert drawn & {"sameClaim", "supports"} == kinds


def test_outlets_that_are_only_rated_are_left_out(world):
    rated = ratings_to_quads([replace(ratings()[0], outlet="elsewhere.example")])
    model = build_view_model([*world, *rated], texts())
    assert "elsewhere.example" not in model.labels()
    assert all(row.outlet < len(model.outlets) for row in model.ratings)
    asked = build_view_model([*world, *rated], texts(), options=ViewOptions(around="elsewhere.example"))
    assert asked.labels()[asked.start[1]] == "elsewhere.example"
    assert [row.label for row in build_view_model(rated).outlets] == ["elsewhere.example"]


def test_edges_are_sorted_single_and_join_different_things(model):
    assert list(model.edges) == sorted(set(model.edges))
    assert all(source != target and max(source, target) < model.node_count for source, _, target in model.edges)
    kinds = {EDGE_KINDS[kind] for _, kind, _ in model.edges}
    assert kinds == {"publishes", "cites", "asserts", "says", "about", "mentions", "supports", "contradicts", "derivedFrom"} - (
        {"mentions"} if "mentions" not in kinds else set()
    )


def test_what_hangs_on_assertions_is_drawn_on_claims_and_articles(model):
    ids, kinds = model.ids(), {(EDGE_KINDS[kind], source, target) for source, kind, target in model.edges}
    named = {(kind, ids[source], ids[target]) for kind, source, target in kinds}
    derived = [edge for edge in named if edge[0] == "derivedFrom"]
    assert {edge[1:] for edge in derived} == {
        (name(copy()), name(morning())),
        (name(evening()), name(copy())),
        (name(evening()), "outlet-alpha.example.org"),
    }
    assert ("cites", name(evening()), name(morning())) in named
    assert not any(source.startswith("as-") or target.startswith("as-") for _, source, target in named)


def test_support_is_a_word_with_a_count_of_origins(model):
    closes, jobs = claim(model, "may close"), claim(model, "More than 1,200")
    # the copy is no origin, the denial neither
    assert (closes.support, closes.origins) == ("conflict", 1)
    assert (jobs.support, jobs.origins) == ("conflict", 1)
    assert (claim(model, "never agreed").support, claim(model, "never agreed").origins) == ("none", 0)
    assert claim(model, "could ruin").support == "opinion"


def test_origins_that_were_counted_elsewhere_are_believed(world):
    claims = build_view_model(world, texts()).claims
    lonely = next(row for row in claims if "1,200" in row.label)
    node, graph = NamedNode(GKD + "assess-x"), NamedNode(GKD + "graph-assessments")
    counted = [
        Quad(node, NamedNode(expand("rdf:type")), NamedNode(expand("gk:Assessment")), graph),
        Quad(node, NamedNode(expand("dqv:computedOn")), NamedNode(GKD + lonely.id), graph),
        Quad(node, NamedNode(expand("gk:origins")), Literal(7), graph),
    ]
    rows = {row.id: row for row in build_view_model([*world, *counted], texts()).claims}
    assert rows[lonely.id].origins == 7


def test_a_text_taken_from_an_agency_has_its_origin_there():
    def linked(annotation, number):
        node, graph = NamedNode(GKD + f"link-{number}"), NamedNode(GKD + "graph-links")
        yield Quad(node, NamedNode(expand("rdf:type")), NamedNode(expand("gk:Link")), graph)
        yield Quad(node, NamedNode(expand("gk:from")), NamedNode(GKD + name(annotation)), graph)
        yield Quad(node, NamedNode(expand("gk:to")), NamedNode(GKD + "outlet-beta.example.net"), graph)
        yield Quad(node, NamedNode(expand("gk:relation")), NamedNode(expand("gk:derivedFrom")), graph)

    one, two = (
        morning(),
        replace(morning(), article=replace(morning().article, url="https://delta.example/port", outlet="delta.example")),
    )
    quads_of_both = [*annotation_to_quads(one), *annotation_to_quads(two)]
    claims = build_view_model(quads_of_both).claims
    assert next(row for row in claims if "may close" in row.label).origins == 2
    credited = build_view_model([*quads_of_both, *linked(one, 1), *linked(two, 2)]).claims
    assert next(row for row in credited if "may close" in row.label).origins == 1


def voice(origin: str, **more: object) -> Voice:
    usual = Voice("as", origin, is_denial=False, is_derived=False, is_disputed=False, type="factual")
    return replace(usual, **more)


@pytest.mark.parametrize(
    ("voices", "expected"),
    [
        ([], ("none", 0)),
        ([voice("a")], ("single", 1)),
        ([voice("a"), voice("a")], ("single", 1)),
        ([voice("a"), voice("b")], ("supported", 2)),
        ([voice("a"), voice("b", is_derived=True)], ("single", 1)),
        ([voice("a", is_derived=True), voice("b", is_derived=True)], ("none", 0)),
        ([voice("a"), voice("b", is_denial=True)], ("conflict", 1)),
        ([voice("a", is_denial=True)], ("none", 0)),
        ([voice("a", is_disputed=True), voice("b")], ("conflict", 2)),
        ([voice("a", type="predictive")], ("opinion", 1)),
    ],
)
def test_support_counts_independent_origins(voices, expected):
    assert support(voices) == expected


@pytest.mark.parametrize(
    ("ratings", "band", "word", "span"),
    [
        ([], "unrated", "unrated", (None, None)),
        ([("a", "2025", 0.9)], "high", "single", (0.9, 0.9)),
        ([("a", "2025", 0.2), ("b", "2025", 0.3)], "low", "consistent", (0.2, 0.3)),
        ([("a", "2025", 0.5), ("b", "2025", 0.9)], "mixed", "consistent", (0.5, 0.9)),
        ([("a", "2025", 0.2), ("b", "2025", 0.9)], "mixed", "contested", (0.2, 0.9)),
        # a family counts once, and its latest rating only
        ([("a", "2025", 0.2), ("a", "2020", 1.0)], "low", "single", (0.2, 0.2)),
    ],
)
def test_bands_count_families(ratings, band, word, span):
    verdict = judge(ratings)
    assert (verdict.band, verdict.word, (verdict.low, verdict.high)) == (band, word, span)


def test_scoped_ratings_are_shown_but_make_no_band(model):
    alpha, beta, gamma = model.outlets
    assert (alpha.band, alpha.verdict, alpha.families) == ("high", "consistent", 2)
    assert (beta.verdict, beta.low, beta.high) == ("contested", 0.25, 1.0)
    assert (gamma.band, gamma.low, gamma.high) == ("unrated", None, None)
    assert [row.scope for row in model.ratings if row.outlet == 1 and row.scope] == ["sports"]


def test_no_number_for_what_has_one_origin_and_no_rated_outlet(world):
    rows = build_view_model(world, texts()).assessments
    assert {row.metric for row in rows} == {"claim-support", "outlet-observed"}
    unrated = [quad for quad in world if "graph-ratings" not in quad.graph_name.value]
    assert [row.metric for row in build_view_model(unrated, texts()).assessments] == ["outlet-observed"]


def test_terms_of_an_assessment_lead_to_their_evidence(model):
    row = next(row for row in model.assessments if row.metric == "claim-support")
    (term,) = row.terms
    assert (term.value, model.ids()[term.outlet], model.ids()[term.assertion], term.reason) == (
        -1.25,
        "outlet-beta.example.net",
        told(evening(), 0),
        "a denial",
    )
    assert [model.ids()[ref] for ref in row.evidence] == [told(morning(), 0)]


def test_a_graph_of_articles_alone_is_enough():
    alone = build_view_model(annotation_to_quads(morning()))
    assert [quote_of(row, alone.articles[0]) for row in alone.assertions][:1] == ["the port may close within 30 days"]
    assert not alone.ratings
    assert not alone.assessments
    assert all(row.band == "unrated" for row in alone.outlets)


def test_an_empty_graph_has_a_page_too():
    empty = build_view_model([])
    assert empty.node_count == 0
    assert empty.start == ("map", NO_REF)


def test_texts_that_do_not_hold_a_quote_are_not_believed():
    wrong = {name(morning()): "Another text of some length that has nothing to do with the spans of the first one, at all."}
    rows = build_view_model(annotation_to_quads(morning()), wrong)
    assert quote_of(rows.assertions[0], rows.articles[0]) == "the port may close within 30 days"


def test_broken_records_are_passed_over(world, model):
    def node(local: str) -> NamedNode:
        return NamedNode(GKD + local)

    broken = [
        Quad(node("as-x"), NamedNode(expand("rdf:type")), NamedNode(expand("gk:Assertion")), node("g")),
        Quad(node("as-x"), NamedNode(expand("nif:beginIndex")), Literal("many"), node("g")),
        Quad(node("link-x"), NamedNode(expand("rdf:type")), NamedNode(expand("gk:Link")), node("g")),
        Quad(node("link-x"), NamedNode(expand("gk:from")), node("nothing"), node("g")),
        Quad(node("rating-x"), NamedNode(expand("rdf:type")), NamedNode(expand("gk:Rating")), node("g")),
        Quad(node("assess-x"), NamedNode(expand("rdf:type")), NamedNode(expand("gk:Assessment")), node("g")),
        Quad(node("assess-x"), NamedNode(expand("gk:score")), Literal("nan"), node("g")),
        Quad(node("note-x"), NamedNode(expand("rdf:type")), NamedNode(expand("gk:Note")), node("g")),
    ]
    assert build_view_model([*world, *broken], texts(), options=model.options) == model


@pytest.mark.parametrize(
    ("options", "view", "words"),
    [
        (ViewOptions(around="alpha.example.org"), "neighbourhood", "alpha.example.org"),
        (ViewOptions(around="HARBOURLAND"), "neighbourhood", "Harbourland"),
        (ViewOptions(around=GKD + "outlet-beta.example.net"), "neighbourhood", "beta.example.net"),
        (ViewOptions(article=name(evening())), "board", "Port stays open, authority says"),
        (ViewOptions(article="https://beta.example.net/open"), "board", "Port stays open, authority says"),
        (ViewOptions(), "board", "Port of Harbourland to close 🚢"),
    ],
)
def test_a_page_opens_where_it_is_told_to(options, view, words):
    model = build_view_model(quads(), texts(), options=options)
    assert (model.start[0], model.labels()[model.start[1]]) == (view, words)


@pytest.mark.parametrize("options", [ViewOptions(around="nobody"), ViewOptions(article="alpha.example.org")])
def test_what_is_not_there_is_said_so(options):
    with pytest.raises(NotFound, match="nothing in this graph is called"):
        build_view_model(quads(), texts(), options=options)


def test_large_pages_hold_the_sentences_they_quote_and_no_more(world):
    lean = build_view_model(world, texts(), options=ViewOptions(with_texts=False))
    article = next(row for row in lean.articles if row.id == name(morning()))
    assert sum(len(text) for _, text in article.parts) <= len(MORNING)
    assert all(row.quote is None for row in lean.assertions)
    assert all(quote_of(row, lean.articles[row.article - len(lean.outlets)]) for row in lean.assertions)
    assert not any(row.ranges for row in lean.mentions)
