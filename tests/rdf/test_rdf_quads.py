"""The mapping's decisions: what stands in which graph, what is said of whom, and what is refused."""

from dataclasses import replace
from decimal import Decimal

import pyoxigraph
import pytest
from invented_graph import ANA, EXAMPLIA, RUN, annotations, at, copy, denial, german, report
from pyoxigraph import Quad

from graphkit.errors import ShapeViolation, UnreadableInput
from graphkit.model import Actor, Annotation, Article, Assertion, Attribution, Citation, Mention, Note, Outlet, Quantity, Span
from graphkit.rdf import identifiers
from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD, expand
from graphkit.rdf.quads import annotation_to_quads, run_name, to_nquads

TEXT = "Ana Example and Bob Example said: it rains."


def plain(*assertions: Assertion, **parts: object) -> Annotation:
    return Annotation(Article(TEXT, "Rain"), assertions, parts.pop("mentions", ()), parts.pop("citations", ()), RUN, **parts)  # type: ignore[arg-type]


def values(quads: list[Quad], prefixed: str, subject: str = "") -> list[str]:
    wanted = expand(prefixed)
    return sorted(
        q.object.value.removeprefix(GKD)
        for q in quads
        if q.predicate.value == wanted and q.subject.value.startswith(GKD + subject)
    )


def graph(quad: Quad) -> str:
    return quad.graph_name.value.removeprefix(GKD)


def test_an_article_has_one_graph_and_the_descriptions_of_what_it_names() -> None:
    quads = annotation_to_quads(report())
    name = identifiers.article(report().article.url, report().article.text_sha256)
    assert {graph(quad) for quad in quads} == {identifiers.article_graph(name), "graph-shared", "graph-runs"}
    inside = [quad for quad in quads if graph(quad) not in DESCRIBING_GRAPHS]
    described = {quad.subject for quad in quads if graph(quad) in DESCRIBING_GRAPHS}
    assert described <= {quad.object for quad in inside}
    ours = {q.object for q in inside if q.object.value.startswith(GKD)} - {q.subject for q in inside}
    assert ours <= described


def test_no_triple_stands_in_two_graphs_and_no_node_is_blank(whole: list[Quad]) -> None:
    seen: dict[object, object] = {}
    for quad in whole:
        assert not isinstance(quad.subject, pyoxigraph.BlankNode)
        assert not isinstance(quad.object, pyoxigraph.BlankNode)
        assert seen.setdefault(quad.triple, quad.graph_name) == quad.graph_name


def test_what_is_shared_depends_on_the_node_alone(whole: list[Quad]) -> None:
    said: dict[object, dict[str, set[object]]] = {}
    for one in annotations():
        by_subject: dict[object, set[object]] = {}
        for quad in annotation_to_quads(one):
            if graph(quad) in DESCRIBING_GRAPHS:
                by_subject.setdefault(quad.subject, set()).add((quad.predicate, quad.object))
        for subject, facts in by_subject.items():
            assert said.setdefault(subject, facts) == facts


def test_an_unnamed_source_is_described_in_its_article_only() -> None:
    quads = annotation_to_quads(report())
    label = next(q for q in quads if q.object.value == "Officials of Examplia" and q.predicate.value.endswith("#label"))
    assert graph(label).startswith("graph-")
    assert graph(label) not in DESCRIBING_GRAPHS
    assert values(quads, "gk:anonymousType") == [expand("gk:officials")]


def test_claims_and_names_of_another_language_carry_it() -> None:
    quads = annotation_to_quads(german())
    tags = {q.object.value: q.object.language for q in quads if isinstance(q.object, pyoxigraph.Literal) and q.object.language}
    assert set(tags.values()) == {"de"}
    english = plain(Assertion(Span(0, 3), "Examplia hat 6.000 Ingenieure geschickt", about=(EXAMPLIA,)))
    other = annotation_to_quads(english)
    assert values(other, "gk:claim") != values(quads, "gk:claim")
    # one who has an identifier has an English label whatever the article's language
    known = Actor("country", "North Korea", "Q423")
    mentioned = replace(german(), mentions=(Mention(Span(0, 8), known),))
    label = next(
        q
        for q in annotation_to_quads(mentioned)
        if q.subject.value.endswith("actor-Q423") and q.predicate.value.endswith("label")
    )
    assert label.object.language == "en"
    assert values(annotation_to_quads(mentioned), "schema:sameAs") == ["http://www.wikidata.org/entity/Q423"]


def test_joint_sources_of_one_assertion_are_two_attributions() -> None:
    bob = Actor("person", "Bob Example")
    sources = (Attribution(bob, "direct", 1, Span(16, 27)), Attribution(ANA, "direct", 1, Span(0, 11)))
    quads = annotation_to_quads(plain(Assertion(Span(34, 42), "it rains", voice="attributed", attributions=sources)))
    assertion = next(q.subject.value.removeprefix(GKD) for q in quads if q.subject.value.startswith(GKD + "as-"))
    names = [identifiers.attribution(assertion, 1), identifiers.attribution(assertion, 1, 1)]
    assert values(quads, "gk:attribution") == sorted(names)
    assert values(quads, "gk:source", names[0]) == [identifiers.actor("person", "Ana Example")]
    assert len(values(quads, "prov:wasAttributedTo")) == 2


def test_only_the_source_nearest_the_claim_has_the_shortcut() -> None:
    assert values(annotation_to_quads(denial()), "prov:wasAttributedTo") == [identifiers.actor("person", "Ana Example")]


def test_edges_between_outlets_lie_in_the_articles_graph_and_never_lead_back() -> None:
    for annotation, edges in (
        (report(), ["outlet-beta.example.net"]),
        (denial(), ["outlet-alpha.example.org"]),
        (german(), []),
    ):
        quads = annotation_to_quads(annotation)
        assert values(quads, "gk:citesOutlet") == edges
        assert all(graph(q) not in DESCRIBING_GRAPHS for q in quads if q.predicate.value.endswith("citesOutlet"))
    # a guess makes no edge, nor does a name that nobody can place
    assert values(annotation_to_quads(copy()), "gk:citesOutlet") == ["outlet-alpha.example.org"]
    itself = replace(report(), citations=(Citation(Span(0, 5), "mention", Outlet("ALPHA.example.org")),))
    assert values(annotation_to_quads(itself), "gk:citesOutlet") == []


def test_a_cited_name_that_several_outlets_bear_is_an_organisation_with_candidates() -> None:
    quads = annotation_to_quads(copy())
    name = identifiers.actor("Organisation", "the Sample Times")
    assert name in values(quads, "gk:citedOutlet")
    assert values(quads, "gk:candidate") == ["outlet-alpha.example.org", "outlet-delta.example"]
    assert expand("gk:Organisation") in values(quads, "rdf:type", name)


def test_an_address_is_kept_as_written_where_it_is_no_iri() -> None:
    quads = annotation_to_quads(copy())
    assert values(quads, "schema:url") == ["https://gamma.example.com/x?a=%5B1%5D"]
    assert values(quads, "gk:writtenAddress") == ["https://gamma.example.com/x?a=[1]"]
    nowhere = Annotation(Article(TEXT, "Rain", url="not an address"), (), (), (), RUN)
    assert values(annotation_to_quads(nowhere), "schema:url") == []
    assert values(annotation_to_quads(nowhere), "gk:writtenAddress") == ["not an address"]


def test_one_number_may_belong_to_two_assertions() -> None:
    number = Quantity(Span(0, 3), Decimal(3), "exactly")
    two = (Assertion(Span(0, 11), "a", quantities=(number,)), Assertion(Span(0, 20), "b", quantities=(number,)))
    assert len(set(values(annotation_to_quads(plain(*two)), "gk:quantity"))) == 1


def test_the_same_thing_twice_is_said_once() -> None:
    one = Assertion(Span(0, 3), "Ana")
    assert to_nquads(plain(one, one)) == to_nquads(plain(one))


@pytest.mark.parametrize(
    ("annotation", "says"),
    [
        (plain(Assertion(Span(0, 3), "Ana"), Assertion(Span(0, 3), "another")), "^0-3 of 'Rain' is annotated as one assertion"),
        (plain(mentions=(Mention(Span(0, 3), ANA), Mention(Span(0, 3), EXAMPLIA))), "as one mention and as another"),
        (
            plain(citations=(Citation(Span(0, 3), "link", name="a"), Citation(Span(0, 3), "mention", name="a"))),
            "as one citation",
        ),
        (plain(notes=(Note("k", (Span(0, 3),), "a?", "f", "s"), Note("k", (Span(0, 3),), "b?", "f", "s"))), "as one note"),
        (
            plain(
                Assertion(Span(0, 3), "a", quantities=(Quantity(Span(0, 2), Decimal(1), "exactly"),)),
                Assertion(Span(0, 4), "b", quantities=(Quantity(Span(0, 2), Decimal(2), "exactly"),)),
            ),
            "as one quantity",
        ),
    ],
)
def test_two_things_of_one_kind_at_one_span_are_refused(annotation: Annotation, says: str) -> None:
    with pytest.raises(ShapeViolation, match=says) as caught:
        to_nquads(annotation)
    assert "\n" not in caught.value.message


def test_what_is_no_domain_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="not a domain name"):
        to_nquads(Annotation(Article(TEXT, "Rain", outlet='x> <y> "z'), (), (), (), RUN))


def test_hostile_text_stays_text() -> None:
    evil = '"> <https://evil.example/> . }\n<script>\\u0000\x00'
    annotation = Annotation(
        Article(evil, evil, url=evil, authors=(evil,), language=evil),
        (Assertion(Span(0, len(evil)), evil, about=(Actor("group", evil),), hedges=(Span(0, 5),)),),
        (Mention(Span(0, 3), Actor("person", evil, wikidata='Q1> <x> "')),),
        (Citation(Span(0, 3), "link", name=evil, url=evil),),
        replace(RUN, name=evil, version=evil, options=evil),
    )
    quads = annotation_to_quads(annotation, with_text=True)
    assert len(quads) == to_nquads(annotation, with_text=True).count(b"\n")
    names = {node.value for q in quads for node in (q.subject, q.predicate, q.object) if isinstance(node, pyoxigraph.NamedNode)}
    assert not [name for name in names if "evil" in name]
    assert values(quads, "schema:articleBody") == [evil]


def test_a_run_is_named_by_what_ran_and_never_by_when() -> None:
    assert run_name(RUN) == run_name(replace(RUN)) != run_name(replace(RUN, version="2"))
    assert values(annotation_to_quads(report()), "gk:options") == ["test"]


def test_the_text_travels_only_when_asked_for() -> None:
    assert values(annotation_to_quads(report()), "schema:articleBody") == []
    assert values(annotation_to_quads(report(), with_text=True), "schema:articleBody") == [report().article.text]


def test_offsets_count_code_points() -> None:
    text = "a😀—bé Ana Example"
    annotation = Annotation(Article(text, "t"), (), (Mention(at(text, "Ana Example"), ANA),), (), RUN)
    quads = annotation_to_quads(annotation, with_text=True)
    assert values(quads, "nif:beginIndex") == ["6"]
    assert values(quads, "gk:length") == ["17"]
