"""Links of a record: the same bytes in any order, decisions kept, derivations told with their evidence."""

import random

import pyoxigraph
import pytest

from graphkit.errors import NotFound
from graphkit.matching.accounts import account_of
from graphkit.matching.decided import Decided
from graphkit.matching.links import compute_links, links_of, links_to_nquads
from graphkit.matching.matching import match
from graphkit.matching.same_claim import predict_same_claims
from graphkit.matching.scoring import scorer
from graphkit.matching.trace import chains, trace
from graphkit.model import Actor, Annotation, Article, Assertion, Attribution, Citation, ExtractorId, Outlet, Span
from graphkit.rdf import identifiers
from graphkit.rdf.quads import to_nquads
from graphkit.store.record import Entry, Record, RunInfo
from graphkit.store.record.decisions import Decision

WIRE = (
    "Inspectors closed the Sample river bridge on Monday after they found deep cracks in two pillars.",
    "The council of Exampleton will send 6,000 engineers to repair the Sample river bridge.",
    "Lorries must take the northern road through Testford for at least six weeks.",
)
OWN = (
    "The Sample river bridge was closed by inspectors on Monday because two pillars had deep cracks.",
    "Exampleton's council said it sends 1,000 welders and 5,000 engineers to repair the Sample river bridge.",
    "Bakers in Testford expect many more customers.",
)
OTHER = (
    "Exampleton beat Sampleville by two goals in the cup final on Sunday evening.",
    "The keeper Nora Sample saved a late penalty in front of a full stand.",
    "Tickets for the next match are sold from Friday.",
)


def annotation(outlet, sentences, published=None, *, speaker=None, citations=()):
    text = "\n\n".join(sentences)
    found = []
    for sentence in sentences:
        begin = text.index(sentence)
        said = (Attribution(speaker, "indirect"),) if speaker else ()
        found.append(
            Assertion(Span(begin, begin + len(sentence)), sentence, attributions=said, voice="attributed" if said else "author")
        )
    article = Article(text, f"Title of {outlet}", url=f"https://{outlet}/1", outlet=outlet, published=published)
    cited = tuple(Citation(Span(0, 10), "link", Outlet(domain), url=f"https://{domain}/1") for domain in citations)
    return Annotation(article, tuple(found), (), cited, ExtractorId("hand", "1"))


@pytest.fixture(scope="module")
def annotations():
    return [
        annotation("wire.example", WIRE, "2031-05-01", speaker=Actor("person", "Ann Example")),
        annotation("copy.example", WIRE, "2031-05-02"),
        annotation("own.example", OWN, "2031-05-02"),
        annotation("sport.example", OTHER, "2031-05-02"),
    ]


def put(record, made):
    name = identifiers.article(made.article.url, made.article.text_sha256)
    run = RunInfo("run-test", "add", "1", "2031-05-03T00:00:00Z")
    record.put(Entry(made.article, name, identifiers.article_graph(name), to_nquads(made), run))


def relations(nquads):
    found = pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS)
    return {(q.subject.value[-29:], q.predicate.value.rsplit("#")[-1], getattr(q.object, "value", "")[-29:]) for q in found}


def test_any_order_gives_the_same_bytes(annotations, tmp_path):
    made = []
    for number in range(3):
        shuffled = random.Random(number).sample(annotations, len(annotations))
        with Record.open(tmp_path / f"{number}.db") as record:
            for one in shuffled:
                put(record, one)
            made.append(compute_links(record))
            assert record.put_graph("graph-links", made[-1]).outcome == "added"
    assert made[0]
    assert made[0] == made[1] == made[2]
    lines = made[0].decode().splitlines()
    assert lines == sorted(set(lines))


def test_a_copy_points_to_the_earlier_text_with_its_evidence(annotations):
    accounts = [account_of(one) for one in annotations]
    links = links_of(match(accounts), accounts)
    names = {account.outlet: account.name for account in accounts}
    copied = [link for link in links if link.relation == "derivedFrom" and link.source == names["copy.example"]]
    assert [(link.target, link.method) for link in copied] == [(names["wire.example"], "copy")]
    assert copied[0].source_span.of(accounts[1].text).startswith("Inspectors closed")
    taken = [link for link in links if link.relation == "derivedFrom" and link.source in accounts[1].assertions]
    assert {link.target for link in taken} <= set(accounts[0].assertions)
    assert taken


def test_one_claim_in_other_words_and_parts_of_a_sum(annotations):
    accounts = [account_of(one) for one in annotations]
    links = links_of(match(accounts), accounts)
    pairs = {frozenset((link.source, link.target)) for link in links if link.relation == "supports"}
    wire, own, sport = ([*accounts[number].assertions] for number in (0, 2, 3))
    assert frozenset((wire[0], own[0])) in pairs
    assert not {name for pair in pairs for name in pair} & set(sport)
    assert any("numbers add up" in link.method for link in links)


def test_what_people_decided_wins_and_is_taken_back_without_trace(annotations, tmp_path):
    accounts = [account_of(one) for one in annotations]
    wire, own = [*accounts[0].assertions], [*accounts[2].assertions]
    with Record.open(tmp_path / "g.db") as record:
        for one in annotations:
            put(record, one)
        before = compute_links(record)
        first = record.decisions.add(Decision(wire[0], "split", own[0], "ann", "2031-05-04T00:00:00Z"))
        second = record.decisions.add(Decision(wire[2], "merge", own[2], "ann", "2031-05-04T00:00:00Z"))
        decided = relations(compute_links(record))
        assert (wire[0][-29:], "supports", own[0][-29:]) not in decided
        assert (own[0][-29:], "supports", wire[0][-29:]) not in decided
        assert {(wire[2][-29:], "supports", own[2][-29:]), (own[2][-29:], "supports", wire[2][-29:])} & decided
        for number in (first, second):
            record.decisions.add(Decision(wire[0], "undo", str(number), "ann", "2031-05-05T00:00:00Z"))
        assert compute_links(record) == before


def test_a_person_can_say_who_has_it_from_whom(annotations):
    accounts = [account_of(one) for one in annotations]
    wire, copy = accounts[0].name, accounts[1].name
    turned = match(accounts, Decided(derived=frozenset({(wire, copy)})))
    assert [(edge.taker, edge.giver, edge.kind) for edge in turned.edges] == [(wire, copy, "decision")]
    refused = match(accounts, Decided(not_derived=frozenset({(wire, copy), (copy, wire)})))
    assert not refused.edges


def test_the_chain_ends_at_the_speaker(annotations, tmp_path):
    with Record.open(tmp_path / "g.db") as record:
        for one in annotations:
            put(record, one)
        accounts = [account_of(one) for one in annotations]
        found = trace(record, accounts[1].name)
        assert found
        assert all(chain.carriers[0].outlet == "wire.example" for chain in found)
        copied = next(chain for chain in found if len(chain.carriers) == 2)
        assert [(origin.kind, origin.label) for origin in copied.origins.origins] == [("speaker", "Ann Example")]
        assert copied.origins.independent == 1.0
        assert copied.steps[0].kind == "copy"
        with pytest.raises(NotFound):
            trace(record, "claim-nothing")


def test_two_that_only_cite_each_other_are_a_circle():
    circle = [annotation("a.example", WIRE, citations=("b.example",)), annotation("b.example", OWN, citations=("a.example",))]
    accounts = [account_of(one) for one in circle]
    matches = match(accounts)
    assert matches.circles
    _, found = matches.circles[0]
    assert found.is_closed
    assert set(found.members) == {account.name for account in accounts}
    chain = next(chain for chain in chains(accounts[0].name, accounts, matches) if chain.circles)
    assert chain.origins.is_circular
    assert chain.origins.independent == 0.0


def test_nothing_and_one_article_have_no_links(annotations):
    assert links_to_nquads(links_of(match([]), [])) == b""
    alone = [account_of(annotations[3])]
    assert links_to_nquads(links_of(match(alone), alone)) == b""


def test_the_scorer_says_what_was_measured():
    measured = scorer().measured
    assert 0 < measured["precision"] <= 1
    assert len(measured["f1_by_topic"]) == sum(len(fold["topics"]) for fold in measured["folds"])


def test_pairs_of_one_topic_only(annotations):
    rows = [
        {"id": f"{topic}-{doc}-{place}", "topic": topic, "doc": f"{topic}-{doc}", "sentence": place, "text": sentence}
        for topic in ("1", "2")
        for doc, sentences in (("a", WIRE), ("b", OWN))
        for place, sentence in enumerate(sentences)
    ]
    found = predict_same_claims(rows)
    assert found == predict_same_claims(rows[::-1])
    assert all(row["a"][0] == row["b"][0] and row["a"][:3] != row["b"][:3] for row in found)
    assert any(row["link"] for row in found)
