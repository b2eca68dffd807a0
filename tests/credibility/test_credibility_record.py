"""From a record to RDF, on invented articles of reserved domains."""

import math

import pyoxigraph
import pytest

from graphkit.credibility.assessing import assess_record
from graphkit.credibility.assessments import compute_assessments
from graphkit.credibility.calibration.labels import Label
from graphkit.credibility.network import Pointing, RatedOutlet, estimate
from graphkit.credibility.statements import parse_links
from graphkit.errors import NotFound, ShapeViolation
from graphkit.rdf import identifiers, shapes, terms
from graphkit.rdf.terms import resource, term


@pytest.fixture
def made(request):
    """The helpers beside this file."""
    return request.config.pluginmanager.get_plugin(str(request.path.with_name("conftest.py")))


def link(record, *links):
    run = identifiers.run("matching", "1")
    lines = {
        f"{resource(run)} {term('rdf:type')} {term('gk:Run')} {resource('graph-runs')} .\n",
        f"{resource(run)} {term('rdfs:label')} {terms.text('matching')} {resource('graph-runs')} .\n",
        f"{resource(run)} {term('gk:softwareVersion')} {terms.text('1')} {resource('graph-runs')} .\n",
    }
    for source, target, relation, score in links:
        node = resource(identifiers.link(source, target, relation))
        pairs = (
            (node, "rdf:type", term("gk:Link")), (node, "gk:from", resource(source)), (node, "gk:to", resource(target)),
            (node, "gk:relation", term("gk:" + relation)), (node, "gk:score", terms.score(score)),
            (node, "prov:wasGeneratedBy", resource(run)), (resource(source), "gk:" + relation, resource(target)),
        )  # fmt: skip
        lines |= {f"{s} {term(p)} {o} {resource('graph-links')} .\n" for s, p, o in pairs}
    record.put_graph("graph-links", "".join(sorted(lines)).encode())


def quads(record):
    return list(
        dict.fromkeys(
            quad for graph in record.graphs() for quad in pyoxigraph.parse(graph.nquads, format=pyoxigraph.RdfFormat.N_QUADS)
        )
    )


def test_one_unrated_origin_gets_words_and_no_number(record, made):
    made.put(record, made.annotate("a.example", made.CLAIM))
    assessed = assess_record(record)
    assert [one.refusal for one in assessed.supports.values()] == ["single origin"]
    assert [one.refusal for one in assessed.outlets.values()] == ["no rated source"]
    assert compute_assessments(record) == b""


def test_copies_of_one_report_stay_one_origin(record, made):
    first = made.put(record, made.annotate("a.example", made.CLAIM))
    others = [made.put(record, made.annotate(f"{name}.example", made.CLAIM)) for name in "bc"]
    link(record, *((other, first, "derivedFrom", 0.98) for other in others))
    support = next(iter(assess_record(record).supports.values()))
    assert (support.origins, support.refusal) == (1, "single origin")


def test_several_origins_get_a_number_with_terms_that_pass_the_shapes(record, made):
    one = made.put(record, made.annotate("a.example", made.CLAIM))
    made.put(record, made.annotate("b.example", made.CLAIM, certainty="possible"))
    other = made.put(record, made.annotate("c.example", made.OTHER))
    link(record, (one, other, "contradicts", 0.9))
    made.rate(record, made.rating("a.example", "one", "0.9"), made.rating("a.example", "two", "0.8"))
    written = compute_assessments(record)
    assert written == compute_assessments(record)
    record.put_graph("graph-assessments", written)
    found = quads(record)
    assert shapes.check_quads(found) == []
    assert shapes.validate(found) == []
    assessed = assess_record(record)
    claim = identifiers.claim(made.CLAIM)
    assert assessed.supports[claim].score > 0.5
    assert assessed.supports[identifiers.claim(made.OTHER)].refusal == "single origin"
    store = pyoxigraph.Store()
    store.extend(found)
    ask = "PREFIX gk: <https://w3id.org/graphkit/ns#> PREFIX dqv: <http://www.w3.org/ns/dqv#> SELECT (SUM(?v) AS ?sum) WHERE {"
    ask += f" GRAPH ?g {{ ?a dqv:computedOn {resource(claim)} ; gk:contribution ?c . ?c gk:value ?v }} }}"
    total = float(next(iter(store.query(ask)))["sum"].value)
    support = assessed.supports[claim].score
    assert total == pytest.approx(math.log(support / (1 - support)), abs=1e-6)


def test_one_named_source_in_several_outlets_is_one_origin(record, made):
    from graphkit.model import Actor, Attribution, Span

    ministry = Actor("organisation", "Ministry of Bridges")
    said = Attribution(ministry, "indirect", 1, Span(0, 3), None)
    for name in "abc":
        made.put(record, made.annotate(f"{name}.example", made.CLAIM, voice="attributed", attributions=(said,)))
    assessed = assess_record(record)
    assert next(iter(assessed.supports.values())).refusal == "single origin"
    weights = [term.known for term in assessed.explain(identifiers.claim(made.CLAIM)).terms]
    assert weights == pytest.approx([1 / 3] * 3)


def test_without_an_outlet_is_a_record_without_its_articles(record, made, tmp_path):
    from graphkit.store.record import Record

    for name in "abcd":
        made.put(record, made.annotate(f"{name}.example", made.CLAIM if name < "c" else made.OTHER))
    left = assess_record(record).without(frozenset({"a.example"}))
    with Record.open(tmp_path / "other.db") as other:
        for name in "bcd":
            made.put(other, made.annotate(f"{name}.example", made.CLAIM if name < "c" else made.OTHER))
        again = assess_record(other)
    assert left.supports == again.supports
    assert left.outlets == again.outlets


def test_the_order_of_adding_never_shows(record, made, tmp_path):
    from graphkit.store.record import Record

    articles = [made.annotate(f"{name}.example", made.CLAIM) for name in "abc"]
    for one in articles:
        made.put(record, one)
    with Record.open(tmp_path / "other.db") as other:
        for one in reversed(articles):
            made.put(other, one)
        assert compute_assessments(other) == compute_assessments(record) != b""


def elsewhere(made, count):
    """Outlets that answer questions of their own, for which no other outlet has an answer."""
    return [
        made.answering(f"far{k}.example", [f"Tower {n} fell {n if k else 0} times." for n in range(8)]) for k in range(count)
    ]


def test_added_one_by_one_all_at_once_or_rebuilt_the_bytes_are_the_same(record, made, tmp_path):
    from graphkit.graph.updating import update
    from graphkit.store.record import Record

    articles = [made.annotate(f"{name}.example", made.CLAIM if name < "d" else made.OTHER) for name in "abcde"]
    articles += elsewhere(made, 3)
    for one in articles:
        made.put(record, one)
        update(record)
    gone = made.put(record, made.annotate("gone.example", made.CLAIM))
    update(record)
    assert gone.encode() in record.graph_nquads("graph-assessments")
    record.remove(next(row.name for row in record.articles() if "gone" in row.headline))
    update(record)
    with Record.open(tmp_path / "other.db") as other:
        for one in reversed(articles):
            made.put(other, one)
        update(other)
        for graph in ("graph-links", "graph-assessments"):
            assert other.graph_nquads(graph) == record.graph_nquads(graph)
    assert record.graph_nquads("graph-assessments")


def test_an_article_changes_the_assessments_that_it_touches_and_no_other(record, made):
    from graphkit.graph.updating import update

    for k in range(4):
        made.put(record, made.answering(f"near{k}.example", [f"Bridge {n} has {k % 2} lanes." for n in range(12)]))
    update(record)
    before = record.graph_nquads("graph-assessments").splitlines()
    for one in elsewhere(made, 3):
        made.put(record, one)
    update(record)
    after = record.graph_nquads("graph-assessments").splitlines()
    assert set(before) < set(after)


def test_an_update_without_news_writes_nothing(record, made):
    from graphkit.graph.updating import update

    for name in "abc":
        made.put(record, made.annotate(f"{name}.example", made.CLAIM))
    update(record)
    before = record.state()
    assert all(change.added == change.removed == change.changed == 0 for change in update(record))
    assert record.state() == before


def test_what_is_written_has_the_form_that_is_stored_whatever_an_outlet_says(record, made):
    from graphkit.store import blobs

    hostile = 'A "claim" \\ with\ttabs, <angle> brackets, \u2028 and \U0001f600.'
    for name in ("a", "b", "xn--bcher-kva"):
        made.put(record, made.annotate(f"{name}.example", hostile, certainty="possible"))
    written = compute_assessments(record)
    blobs.check("graph-assessments", written)
    assert hostile.encode() not in written
    assert b"xn--bcher-kva" in written


def test_opinions_have_no_support(record, made):
    made.put(record, made.annotate("a.example", "The bridges are ugly.", claim_type="evaluative"))
    assessed = assess_record(record)
    assert assessed.supports == {}
    with pytest.raises(NotFound):
        assessed.explain(identifiers.claim("The bridges are ugly."))


def test_few_labels_leave_the_numbers_uncalibrated(record, made):
    for name in "abc":
        made.put(record, made.annotate(f"{name}.example", made.CLAIM))
    calibrated = assess_record(record).calibrated([Label(identifiers.claim(made.CLAIM), holds=True)])
    assert calibrated.supports == assess_record(record).supports
    assert b"uncalibrated on this material" in compute_assessments(record)


RATED = {f"n{k}.example": RatedOutlet(0.8, frozenset({"one", "two"})) for k in range(3)}


def test_three_rated_neighbours_of_two_families_give_an_estimate():
    found = estimate([Pointing(name, "new.example", 2) for name in RATED], RATED)
    assert [one.outlet for one in found] == ["new.example"]
    assert found[0].low <= found[0].score <= found[0].high
    one_family = {name: RatedOutlet(0.8, frozenset({"one"})) for name in RATED}
    assert estimate([Pointing(name, "new.example", 2) for name in RATED], one_family) == ()
    assert estimate([Pointing(name, "new.example", 2) for name in sorted(RATED)[:2]], RATED) == ()


def test_citing_reputable_outlets_lifts_nobody():
    pointing = [Pointing(name, "new.example", 2) for name in RATED]
    outbound = [Pointing("new.example", name, 50) for name in RATED] + [Pointing("new.example", "new.example", 9)]
    assert estimate([*pointing, *outbound], RATED) == estimate(pointing, RATED)
    assert estimate(outbound, RATED) == ()


def test_an_estimate_is_written_as_what_it_is_and_only_when_asked(record, made):
    made.rate(record, *(made.rating(name, family, "0.8") for name in RATED for family in ("one", "two")))
    for name in RATED:
        made.put(record, made.citing(name, "new.example"))
    assert b"EstimatedRating" not in compute_assessments(record)
    written = compute_assessments(record, estimates=True)
    assert b"EstimatedRating" in written
    record.put_graph("graph-assessments", written)
    assert shapes.validate(quads(record)) == []


def test_links_are_read_by_name_and_one_that_is_torn_is_refused(record):
    link(record, ("claim-b", "claim-a", "supports", 0.8), ("claim-a", "claim-c", "contradicts", 0.75))
    nquads = record.graph_nquads("graph-links")
    found = {(one.source, one.target, one.relation, one.score) for one in parse_links(nquads)}
    assert found == {("claim-b", "claim-a", "supports", 0.8), ("claim-a", "claim-c", "contradicts", 0.75)}
    lines = nquads.splitlines(keepends=True)
    without_score = b"".join(line for line in lines if b"ns#score>" not in line)
    twice = nquads + b"".join(line.replace(b"0.8", b"0.7") for line in lines if b"ns#score>" in line)
    for torn in (without_score, twice):
        with pytest.raises(ShapeViolation):
            parse_links(torn)
