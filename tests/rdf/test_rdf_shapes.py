"""The contract: each way of breaking a graph is rejected by its own named rule, by SHACL and by the queries made from it."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graphkit.errors import UnreadableInput
from graphkit.rdf.namespaces import GKD, XSD, expand
from graphkit.rdf.ontology import rules
from graphkit.rdf.ontology.rules import GRAPH_RULES, shape_rules
from graphkit.rdf.profiles import with_reifiers
from graphkit.rdf.shapes import Violation, check_quads, validate

Quads = list[Quad]
Break = Callable[[Quads], Quads]
ARTICLE = NamedNode(GKD + "art-ovsnv5ap5ymthmlsp2lkzmkx3y")


def node(prefixed: str) -> NamedNode:
    return NamedNode(expand(prefixed))


def typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + datatype))


def first(quads: Quads, prefixed: str, value: object = None, of: str = "") -> Quad:
    """Return the first quad of a property, with a value and a kind of subject if they are given."""
    wanted = node(prefixed)
    return next(
        quad
        for quad in quads
        if quad.predicate == wanted and (value is None or quad.object == value) and quad.subject.value.startswith(GKD + of)
    )


def put(prefixed: str, value: object, *, of: str = "", was: object = None) -> Break:
    """Return a fault: another value for the first quad of a property."""

    def broken(quads: Quads) -> Quads:
        old = first(quads, prefixed, was, of)
        return [Quad(old.subject, old.predicate, value, old.graph_name) if quad == old else quad for quad in quads]

    return broken


def drop(prefixed: str, *, of: str = "", was: object = None) -> Break:
    """Return a fault: the first quad of a property is missing."""

    def broken(quads: Quads) -> Quads:
        old = first(quads, prefixed, was, of)
        return [quad for quad in quads if quad != old]

    return broken


def drop_all(prefixed: str, *, of: str) -> Break:
    """Return a fault: the property is missing wherever the first subject has it."""

    def broken(quads: Quads) -> Quads:
        old = first(quads, prefixed, of=of)
        return [quad for quad in quads if (quad.subject, quad.predicate) != (old.subject, old.predicate)]

    return broken


def add(prefixed: str, value: object, *, to: str) -> Break:
    """Return a fault: one value more, of a property, for the first subject of a kind."""

    def broken(quads: Quads) -> Quads:
        some = next(quad for quad in quads if quad.subject.value.startswith(GKD + to))
        return [*quads, Quad(some.subject, node(prefixed), value, some.graph_name)]

    return broken


DELTA = NamedNode(GKD + "outlet-delta.example")


def estimate_alone(quads: Quads) -> Quads:
    """Break: what is an estimated rating is not an assessment."""
    estimated = first(quads, "rdf:type", node("gk:EstimatedRating")).subject
    return [quad for quad in quads if (quad.subject, quad.object) != (estimated, node("gk:Assessment"))]


BROKEN: dict[str, tuple[str, Break]] = {
    "an end before its begin": ("Span.begin", put("nif:endIndex", typed("3", "integer"), was=typed("63", "integer"))),
    "a span without a quote": ("Span.anchor", drop("nif:anchorOf", of="mn-")),
    "a quote of another length": ("Span.length", put("nif:anchorOf", Literal("Korea"), was=Literal("North Korea"))),
    "a quote that is shifted": ("Span.quote", put("nif:anchorOf", Literal("orth Korea "), was=Literal("North Korea"))),
    "a text of another length": ("Article.textLength", put("gk:length", typed("2474", "integer"))),
    "a hash that is none": ("Article.sha256", put("schema:sha256", Literal("abc"))),
    "a day that is none": ("Article.datePublished", add("schema:datePublished", typed("2025-02-30", "date"), to="art-")),
    "an article without a headline": ("Article.headline", drop("schema:headline")),
    "a graph without a run": ("ArticleGraph.run", drop("prov:wasGeneratedBy", of="graph-ovs")),
    "two claims": ("Assertion.claim", add("gk:claim", NamedNode(GKD + "claim-tg34o4dl4d3jxc4gr3arwhedqq"), to="as-n4no")),
    "a claim that is described nowhere": ("Assertion.claim", put("gk:claim", NamedNode(GKD + "claim-none"))),
    "a certainty of one's own": ("Assertion.certainty", put("gk:certainty", node("gk:likely"))),
    "a confidence above 1": ("Assertion.confidence", add("gk:confidence", typed("1.5", "decimal"), to="as-")),
    "a confidence in words": ("Assertion.confidence", add("gk:confidence", Literal("high"), to="as-")),
    "attributed to nobody": ("Assertion.attributed", drop_all("gk:attribution", of="as-")),
    "a shortcut to somebody else": ("Assertion.shortcut", put("prov:wasAttributedTo", NamedNode(GKD + "actor-Q30"))),
    "a hedge that stands nowhere": ("Assertion.hedgeWithoutRange", add("gk:hedge", Literal("may"), to="as-n4no")),
    "a range that is none": ("Assertion.hedgeRange", put("gk:hedgeRange", Literal("812-817"))),
    "about a word": ("Assertion.about", add("gk:about", Literal("Korea"), to="as-")),
    "a depth of 0": ("Attribution.depth", put("gk:depth", typed("0", "integer"))),
    "a cue without its end": ("Attribution.parts", drop("gk:cueEnd")),
    "a cue that stands elsewhere": ("Attribution.quote", put("gk:cue", Literal("confirms"))),
    "an attribution of nothing": ("Attribution.assertion", drop("gk:attribution")),
    "two sources": ("Attribution.source", add("gk:source", NamedNode(GKD + "actor-Q30"), to="at-")),
    "a value that is no number": ("Quantity.value", put("gk:value", Literal("6,000"))),
    "a quantity of nothing": ("Quantity.assertion", drop("gk:quantity")),
    "a mention of an article": ("Mention.denotes", put("gk:denotes", ARTICLE)),
    "a citation of a country": ("Citation.citedOutlet", put("gk:citedOutlet", NamedNode(GKD + "actor-Q30"))),
    "an outlet that is a URL": ("Outlet.domain", put("gk:domain", Literal("https://meduza.io"))),
    "an outlet with a label": ("Outlet.label", add("rdfs:label", Literal("Meduza"), to="outlet-meduza.io")),
    "an outlet that cites itself": ("Outlet.citesItself", put("gk:citesOutlet", NamedNode(GKD + "outlet-alpha.example.org"), of="outlet-alpha")),
    "two labels": ("Actor.label", add("rdfs:label", Literal("DPRK", language="en"), to="actor-Q423")),
    "a run without a version": ("Run.softwareVersion", drop("gk:softwareVersion")),
    "a rating without a date": ("Rating.date", drop("schema:dateCreated", of="rating-")),
    "a rating without a set": ("Rating.ratingSet", drop("gk:ratingSet", of="rating-")),
    "a rating without a licence": ("Rating.licence", drop("schema:license", of="rating-")),
    "a rating without a family": ("Rating.family", drop("gk:family", of="rater-")),
    "a rating without a rater": ("Rating.rater", drop("schema:author", of="rating-")),
    "a rating off its scale": ("Rating.offScale", put("schema:ratingValue", typed("6", "decimal"), was=typed("4", "decimal"))),
    "a leaning that is normalised": ("Rating.normalisedDimension", put("gk:dimension", node("gk:leaning"), of="scale-example-five")),
    "a scale of no dimension": ("Scale.dimension", drop("gk:dimension")),
    "a note without its fact": ("Note.fact", drop("gk:fact")),
    "a link of no known kind": ("Link.relation", put("gk:relation", node("gk:resembles"))),
    "a link without its direct triple": ("Link.direct", drop("gk:contradicts")),
    "a link whose evidence is nowhere": ("Link.fromRange", put("gk:fromRange", Literal("0-5"))),
    "an estimate of a claim": ("EstimatedRating.outlet", put("dqv:computedOn", NamedNode(GKD + "claim-none"), was=DELTA)),
    "an estimate from ratings of its own": ("EstimatedRating.itself", put("prov:used", DELTA, was=NamedNode(GKD + "outlet-beta.example.net"))),
    "an estimate that is no assessment": ("EstimatedRating.assessment", estimate_alone),
    "a decision of an unknown kind": ("Decision.kind", put("gk:decisionKind", Literal("delete"))),
    "a decision by nobody": ("Decision.author", drop("schema:author", of="decision-")),
    "a decision at no time": ("Decision.date", put("prov:generatedAtTime", Literal("yesterday"))),
    "a merge with nothing": ("Decision.pair", drop("gk:counterpart")),
    "a note without words": ("Decision.text", drop("gk:decidedText")),
    "an undo of nothing": ("Decision.undone", drop("gk:undoes")),
    "a score outside its interval": ("Assessment.low", put("gk:low", typed("0.7", "decimal"))),
    "an assessment that rests on nothing": ("Assessment.evidence", drop_all("prov:used", of="assess-")),
}  # fmt: skip


def of_shapes(found: list[Violation]) -> set[tuple[str, str, str, str]]:
    graph_rules = {rule.name for rule in GRAPH_RULES}
    return {(one.rule, one.node, one.message, one.severity) for one in found if one.rule not in graph_rules}


def test_the_whole_graph_keeps_every_rule(whole: Quads) -> None:
    assert check_quads(whole) == []


@pytest.mark.parametrize("fault", BROKEN)
def test_fault_is_found_by_its_rule(fault: str, whole: Quads) -> None:
    rule, broken = BROKEN[fault]
    assert rule in {one.rule for one in check_quads(broken(whole))}


# SHACL takes seconds a graph: faults are tried several at a time
@pytest.mark.slow
@pytest.mark.parametrize("part", range(6))
def test_faults_are_found_by_shacl_too_and_exactly_alike(part: int, whole: Quads) -> None:
    faults = list(BROKEN.values())[part::6]
    quads = list(whole)
    for _, broken in faults:
        quads = broken(quads)
    found = validate(quads)
    assert {rule for rule, _ in faults} <= {one.rule for one in found}
    assert of_shapes(found) == of_shapes(check_quads(quads))


def test_many_faults_at_once_are_found_alike_by_shacl_and_by_queries(invented: Quads) -> None:
    quads = list(invented)
    for fault in (
        "a rating without a family",
        "a score outside its interval",
        "a cue without its end",
        "a quantity of nothing",
    ):
        quads = BROKEN[fault][1](quads)
    quads = add("rdfs:label", Literal("another"), to="actor-")(quads)
    found = validate(quads)
    assert {one.rule for one in found} == {
        "Actor.label",
        "Assessment.low",
        "Attribution.parts",
        "Quantity.assertion",
        "Rater.family",
        "Rating.family",
    }
    assert of_shapes(found) == of_shapes(check_quads(quads))


def test_a_triple_in_two_graphs_is_found(golden: Quads) -> None:
    some = first(golden, "gk:claim")
    twice = Quad(some.subject, some.predicate, some.object, NamedNode(GKD + "graph-links"))
    assert [one.rule for one in check_quads([*golden, twice])] == ["Graph.once"]


def test_a_node_without_a_name_is_found(golden: Quads) -> None:
    nameless = Quad(ARTICLE, node("schema:author"), pyoxigraph.BlankNode("a"), NamedNode(GKD + "graph-links"))
    assert "Graph.named" in {one.rule for one in check_quads([*golden, nameless])}


def test_a_description_that_nobody_needs_is_a_warning(golden: Quads) -> None:
    left = Quad(
        NamedNode(GKD + "outlet-left.example"), node("gk:domain"), Literal("left.example"), NamedNode(GKD + "graph-shared")
    )
    assert [(one.rule, one.severity) for one in check_quads([*golden, left])] == [("Graph.described", "warning")]


def test_every_rule_has_a_name_a_message_and_a_severity() -> None:
    for rule in (*shape_rules(), *GRAPH_RULES):
        assert rule.name.count(".") == 1
        assert rule.message
        assert rule.severity in {"violation", "warning", "info"}


def test_a_part_of_shacl_that_has_no_query_is_refused_and_not_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "graphkit.ttl").write_text("")
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix gks: <https://w3id.org/graphkit/shapes#> .\n"
        'gks:A sh:targetClass gks:B ; sh:property gks:A.b . gks:A.b sh:path gks:c ; sh:uniqueLang true ; sh:message "m" .'
    )
    monkeypatch.setattr(rules, "folder", lambda _: tmp_path)
    with pytest.raises(ValueError, match="uniqueLang"):
        rules.shape_rules.__wrapped__()


def test_of_many_ratings_the_broken_one_is_named_and_each_query_is_parsed_once(
    invented: Quads, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rdflib.plugins import sparql

    parsed = []
    prepare = sparql.prepareQuery
    monkeypatch.setattr(sparql, "prepareQuery", lambda text, **named: parsed.append(text) or prepare(text, **named))
    kind, rating = NamedNode(expand("rdf:type")), NamedNode(expand("gk:Rating"))
    model = next(quad.subject for quad in invented if (quad.predicate, quad.object) == (kind, rating))
    many = list(invented)
    for k in range(200):
        copy = NamedNode(f"{model.value}{k}")
        many += [Quad(copy, quad.predicate, quad.object, quad.graph_name) for quad in invented if quad.subject == model]
    broken = NamedNode(f"{model.value}77")
    off = typed("70000", "decimal")
    many = [
        Quad(broken, quad.predicate, off, quad.graph_name)
        if (quad.subject, quad.predicate) == (broken, node("schema:ratingValue"))
        else quad
        for quad in many
    ]
    assert [(one.rule, one.node) for one in validate(many)] == [("Rating.offScale", broken.value)]
    assert len(parsed) == len(set(parsed)) < 30


def test_shapes_of_somebody_else_can_be_used(golden: Quads) -> None:
    shapes = b"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix gk: <https://w3id.org/graphkit/ns#> .
      @prefix schema: <https://schema.org/> . @prefix ex: <https://example.org/> .
      ex:Dated a sh:NodeShape ; sh:targetClass gk:Article ; sh:property ex:Dated.date .
      ex:Dated.date sh:path schema:datePublished ; sh:minCount 1 ; sh:message "an article has a date" ; sh:severity sh:Info ."""
    assert validate(golden, shapes=shapes) == [
        Violation("https://example.org/Dated.date", ARTICLE.value, "an article has a date", "info")
    ]
    with pytest.raises(UnreadableInput, match="shapes: not Turtle"):
        validate(golden, shapes=b"no turtle")


def test_an_export_with_reifiers_is_validated_without_them(golden: Quads) -> None:
    assert check_quads(with_reifiers(golden)) == []
