"""What is mapped to quads comes back, whatever the text; and the bytes are those of pyoxigraph."""

import random

import pyoxigraph
import pytest
from hypothesis import given, settings
from invented_graph import annotations as invented_annotations
from invented_graph import report
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat
from rdf_strategies import annotations
from seed_annotation import SEED

from graphkit.errors import NotFound, ShapeViolation
from graphkit.model import Annotation
from graphkit.rdf import identifiers
from graphkit.rdf.formats import FORMATS, parse, serialize, to_canonical_nquads
from graphkit.rdf.namespaces import GKD, expand
from graphkit.rdf.quads import annotation_to_quads, to_nquads
from graphkit.rdf.reading import annotation_from_quads, annotations_from_quads, in_text_order
from graphkit.rdf.shapes import check_quads


def text_of(annotation: Annotation) -> dict[str, str]:
    article = annotation.article
    return {identifiers.article(article.url, article.text_sha256): article.text}


def share(part: int) -> settings:
    """Return settings for a test that runs a part of the profile's examples."""
    return settings(max_examples=max(10, settings().max_examples // part))


@given(annotations())
@share(4)
def test_any_annotation_comes_back_and_its_bytes_are_canonical(annotation: Annotation) -> None:
    nquads = to_nquads(annotation, with_text=True)
    quads = list(pyoxigraph.parse(nquads, format=RdfFormat.N_QUADS))
    assert annotation_from_quads(quads, {}) == in_text_order(annotation)
    assert to_canonical_nquads(quads) == nquads
    store = pyoxigraph.Store()
    store.extend(quads)
    # a literal that Oxigraph writes otherwise than it was given would make the rebuilt index another graph
    assert to_canonical_nquads(store) == nquads


@given(annotations())
@share(10)
def test_every_format_with_graphs_keeps_the_annotation(annotation: Annotation) -> None:
    quads = annotation_to_quads(annotation)
    for ending in (".trig", ".nq", ".jsonld"):
        back = parse(serialize(quads, ending), FORMATS[ending])
        assert annotation_from_quads(back, text_of(annotation)) == in_text_order(annotation)


@given(annotations())
@share(10)
def test_what_is_made_breaks_only_what_the_annotation_breaks(annotation: Annotation) -> None:
    quads = annotation_to_quads(annotation, with_text=True)
    # a random annotation may say "attributed" without an attribution, and name one node by two labels
    allowed = {"Assertion.attributed", "Article.datePublished"}
    assert {one.rule for one in check_quads(quads)} <= allowed


@pytest.mark.parametrize("annotation", [SEED, *invented_annotations()], ids=lambda one: one.article.title)
def test_order_of_what_was_found_does_not_matter(annotation: Annotation) -> None:
    shuffled = random.Random(1)
    turned = Annotation(
        annotation.article,
        tuple(shuffled.sample(annotation.assertions, len(annotation.assertions))),
        tuple(shuffled.sample(annotation.mentions, len(annotation.mentions))),
        tuple(shuffled.sample(annotation.citations, len(annotation.citations))),
        annotation.extractor,
        annotation.notes,
    )
    assert to_nquads(turned) == to_nquads(annotation)


def test_several_articles_come_back_from_one_graph(invented: list[Quad]) -> None:
    found = annotations_from_quads(invented, {})
    assert set(found) == {in_text_order(one) for one in invented_annotations()}
    with pytest.raises(NotFound, match="4 articles"):
        annotation_from_quads(invented, {})


def test_order_of_authors_and_of_rivals_is_kept() -> None:
    back = annotation_from_quads(annotation_to_quads(report()), text_of(report()))
    assert back.article.authors == ("Zoe Writer", "Abe Writer")
    assert [rival.name for rival in back.mentions[1].runner_up] == ["Examplia", "Ana Example"]


def test_a_missing_text_is_named() -> None:
    with pytest.raises(NotFound, match="the text of art-"):
        annotation_from_quads(annotation_to_quads(SEED), {})


def test_another_text_is_refused() -> None:
    with pytest.raises(ShapeViolation, match="not the one that was annotated"):
        annotation_from_quads(annotation_to_quads(SEED), {"art-ovsnv5ap5ymthmlsp2lkzmkx3y": "another text"})


@pytest.mark.parametrize(
    ("prefixed", "value", "says"),
    [
        ("gk:claim", None, "has no gk:claim"),
        ("gk:hedgeRange", Literal("char=9"), "not like char=12,17"),
        ("gk:voice", NamedNode(expand("gk:mixed")), "2 values of gk:voice"),
    ],
)
def test_what_breaks_the_shapes_is_named(prefixed: str, value: object, says: str) -> None:
    quads = annotation_to_quads(SEED)
    predicate = NamedNode(expand(prefixed))
    old = next(quad for quad in quads if quad.predicate == predicate)
    quads.remove(old) if value is None else quads.append(Quad(old.subject, predicate, value, old.graph_name))
    with pytest.raises(ShapeViolation, match=says):
        annotation_from_quads(quads, text_of(SEED))


def test_an_actor_of_no_kind_is_refused() -> None:
    quads = annotation_to_quads(SEED)
    kind = NamedNode(expand("rdf:type"))
    wrong = [
        Quad(q.subject, kind, NamedNode(expand("gk:Metric")), q.graph_name)
        if q.subject.value == GKD + "actor-Q423" and q.predicate == kind
        else q
        for q in quads
    ]
    with pytest.raises(ShapeViolation, match="is no actor"):
        annotation_from_quads(wrong, text_of(SEED))
