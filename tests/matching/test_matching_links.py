"""Links of a record: the same bytes in any order, decisions kept, derivations told with their evidence."""

import random
import subprocess
import sys

import pyoxigraph
import pytest

from graphkit.matching.accounts import account_of, read_accounts
from graphkit.matching.circular import find_circular
from graphkit.matching.decided import Decided
from graphkit.matching.links import Link, compute_links, links_to_nquads
from graphkit.matching.pairs.same_claim import predict_same_claims
from graphkit.matching.pairs.scoring import scorer
from graphkit.matching.stored import StoredMatches, stored_links
from graphkit.matching.trace import trace
from graphkit.matching.traits import traits_of
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


def annotation(outlet, sentences, published=None, *, speaker=None, citations=(), page="1"):
    text = "\n\n".join(sentences)
    found = []
    for sentence in sentences:
        begin = text.index(sentence)
        said = (Attribution(speaker, "indirect"),) if speaker else ()
        found.append(
            Assertion(Span(begin, begin + len(sentence)), sentence, attributions=said, voice="attributed" if said else "author")
        )
    article = Article(text, f"Title of {outlet}", url=f"https://{outlet}/{page}", outlet=outlet, published=published)
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


def test_a_copy_points_to_the_earlier_text_with_its_evidence(annotations, matcher_of):
    accounts = [account_of(one) for one in annotations]
    links = matcher_of(annotations).links()
    names = {account.outlet: account.name for account in accounts}
    copied = [link for link in links if link.relation == "derivedFrom" and link.source == names["copy.example"]]
    assert [(link.target, link.method) for link in copied] == [(names["wire.example"], "copy")]
    assert copied[0].source_span.of(accounts[1].text).startswith("Inspectors closed")
    taken = [link for link in links if link.relation == "derivedFrom" and link.source in accounts[1].assertions]
    assert {link.target for link in taken} <= set(accounts[0].assertions)
    assert taken


def test_one_claim_in_other_words_and_parts_of_a_sum(annotations, matcher_of):
    accounts = [account_of(one) for one in annotations]
    links = matcher_of(annotations).links()
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


def edges(matcher):
    return [(edge.taker, edge.giver, edge.kind) for _, found in matcher.matches() for edge in found.edges]


def test_a_person_can_say_who_has_it_from_whom(annotations, matcher_of):
    accounts = [account_of(one) for one in annotations]
    wire, copy = accounts[0].name, accounts[1].name
    assert edges(matcher_of(annotations)) == [(copy, wire, "copy")]
    assert edges(matcher_of(annotations, Decided(derived=frozenset({(wire, copy)})))) == [(wire, copy, "decision")]
    assert not edges(matcher_of(annotations, Decided(not_derived=frozenset({(wire, copy), (copy, wire)}))))


def filled(path, made):
    record = Record.open(path)
    for one in made:
        put(record, one)
    links = compute_links(record)
    if links:
        record.put_graph("graph-links", links)
    return record


def chains_of(record, annotations, article):
    """The chains behind the claims of one article, as ``graphkit trace`` asks for them."""
    accounts = {account.name: account for account in map(account_of, annotations)}
    article_of = {name: account.name for account in accounts.values() for name in account.assertions}
    stored = StoredMatches(stored_links(record))
    claims = {stored.claim_of(name) for name in accounts[article].assertions}
    return trace(stored, claims, article_of, lambda names: read_accounts(record, names))


def test_the_chain_ends_at_the_speaker(annotations, tmp_path):
    with filled(tmp_path / "g.db", annotations) as record:
        accounts = [account_of(one) for one in annotations]
        found = [chain for chain in chains_of(record, annotations, accounts[1].name) if len(chain.carriers) > 1]
        assert found
        assert all(chain.carriers[0].outlet == "wire.example" for chain in found)
        copied = next(chain for chain in found if len(chain.carriers) == 2)
        assert [(origin.kind, origin.label) for origin in copied.origins.origins] == [("speaker", "Ann Example")]
        assert copied.origins.independent == 1.0
        assert copied.steps[0].kind == "copy"


def test_two_that_only_cite_each_other_are_a_circle(tmp_path):
    made = [annotation("a.example", WIRE, citations=("b.example",)), annotation("b.example", OWN, citations=("a.example",))]
    names = {account_of(one).name for one in made}
    with filled(tmp_path / "g.db", made) as record:
        closed = [one for one in find_circular(record) if one.circle.is_closed]
        assert closed
        assert all(set(one.circle.members) == names for one in closed)
        chain = next(chain for chain in chains_of(record, made, min(names)) if chain.circles)
        assert chain.origins.is_circular
        assert chain.origins.independent == 0.0


def test_a_named_speaker_opens_a_circle(tmp_path):
    made = [
        annotation("a.example", WIRE, citations=("b.example",), speaker=Actor("person", "Ann Example")),
        annotation("b.example", OWN, citations=("a.example",)),
    ]
    with filled(tmp_path / "g.db", made) as record:
        found = find_circular(record)
        shared = [one for one in found if any(name in account_of(made[0]).assertions for name in one.assertions)]
        assert shared
        assert not any(one.circle.is_closed for one in shared)


def test_lines_are_sorted_whatever_the_names():
    names = ["outlet-a.example", "outlet-a.example.net", "outlet-a", "art-a", "as-z", "claim-b"]
    links = [Link(one, two, "derivedFrom", 0.5, "credit", Span(0, 3)) for one in names for two in names if one != two]
    lines = links_to_nquads(links).splitlines()
    assert lines == sorted(set(lines))
    assert links_to_nquads(links[::-1] + links) == links_to_nquads(links)


def test_nothing_and_one_article_have_no_links(annotations, matcher_of):
    assert links_to_nquads(matcher_of([]).links()) == b""
    assert links_to_nquads(matcher_of([annotations[3]]).links()) == b""


def test_added_one_by_one_in_any_order_gives_what_all_at_once_gives(annotations, matcher_of):
    foot = "All rights reserved by the invented press of Exampleton, which prints this line under each of its texts."
    more = [
        annotation(
            "own.example",
            (f"The mayor of Sampleville opened bridge number {day} with {day * 100} guests.", foot),
            f"2031-06-0{day}",
            page=f"bridges-{day}",
        )
        for day in range(1, 6)
    ]
    circle = [annotation("a.example", WIRE, citations=("b.example",)), annotation("b.example", OWN, citations=("a.example",))]
    made = [*annotations, *more, *circle]
    whole = links_to_nquads(matcher_of(made).links())
    assert whole
    for seed in range(5):
        shuffled = random.Random(seed).sample(made, len(made))
        assert links_to_nquads(matcher_of(shuffled, one_by_one=True).links()) == whole


def test_an_added_article_leaves_other_stories_alone(annotations, matcher_of):
    matcher = matcher_of(annotations)
    added = account_of(
        annotation("late.example", ("A violinist won the autumn prize of a conservatoire abroad.",), "2031-05-03")
    )
    accounts = {account.name: account for account in map(account_of, annotations)} | {added.name: added}
    matcher._load = lambda names: [accounts[name] for name in names]
    assert matcher.add(traits_of(added)) == ((added.name,),)


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


def test_what_is_kept_beside_a_record_changes_nothing_but_the_time(annotations, tmp_path, monkeypatch):
    from graphkit.matching import links, matcher

    matched = []
    real = matcher.match_story
    monkeypatch.setattr(
        matcher, "match_story", lambda accounts, *rest: (matched.append(len(accounts)), real(accounts, *rest))[1]
    )
    beside = tmp_path / f"g.db{links.KEPT_SUFFIX}"
    with filled(tmp_path / "g.db", annotations) as record:
        first = compute_links(record)
        assert beside.stat().st_mode & 0o777 == 0o600
        matched.clear()
        assert compute_links(record) == first
        assert matched == []
        put(record, annotation("late.example", ("A violinist won the autumn prize of a conservatoire abroad.",), "2031-05-03"))
        put(
            record,
            annotation("later.example", ("The autumn prize of a conservatoire abroad went to a violinist.",), "2031-05-03"),
        )
        added = compute_links(record)
        assert matched == [2], "only the new story is matched"
        beside.write_bytes(b"this is no database")
        assert compute_links(record) == added
        beside.unlink()
        assert compute_links(record) == added


def test_what_other_code_found_is_not_used_again(annotations, tmp_path, monkeypatch):
    from graphkit.matching import kept, matcher

    matched = []
    real = matcher.match_story
    monkeypatch.setattr(matcher, "match_story", lambda accounts, *rest: (matched.append(1), real(accounts, *rest))[1])
    with filled(tmp_path / "g.db", annotations) as record:
        first = compute_links(record)
        matched.clear()
        assert compute_links(record) == first
        assert not matched
        monkeypatch.setattr(kept, "sources_digest", lambda: "of another version of the code, with the same number")
        assert compute_links(record) == first
        assert matched, "the code is another"


def test_the_code_that_is_digested_is_all_that_matching_runs():
    """In a process of its own: match articles, then see what of the package was loaded."""
    script = """
import sys
from graphkit.matching.accounts import account_of
from graphkit.matching.links import compute_links
from graphkit.matching.matcher import Matcher
from graphkit.matching.sources import sources
from graphkit.matching.traits import traits_of
from graphkit.model import Annotation, Article, Assertion, ExtractorId, Span
import graphkit.matching.kept

text = "At least 12 people were hurt when the Sample river bridge fell on Monday, the Example Wire said."
made = [Annotation(Article(text, "Bridge", url=f"https://{name}.example/1", outlet=f"{name}.example"),
                   (Assertion(Span(0, len(text)), text),), (), (), ExtractorId("hand", "1")) for name in ("one", "two")]
accounts = {one.name: one for one in map(account_of, made)}
matcher = Matcher(lambda names: [accounts[name] for name in names])
matcher.fill(map(traits_of, accounts.values()))
assert matcher.links()
digested = {name for name, _ in sources()}
loaded = {name for name in sys.modules if name.split(".")[0] == "graphkit"}
paths = [name.replace(".", "/").removeprefix("graphkit/") for name in loaded - {"graphkit"}]
missing = [path for path in paths if not {f"{path}.py", f"{path}/__init__.py"} & digested]
tables = {"matching/tables/same_claim.json", "extraction/language/lexicons/qualifiers.txt", "knowledge/tables/outlet_names.csv"}
assert not missing, missing
assert tables <= digested, tables - digested
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_leaving_an_outlet_out_is_as_if_it_were_not_there(annotations, tmp_path):
    with filled(tmp_path / "all.db", annotations) as record, filled(tmp_path / "some.db", annotations[1:]) as less:
        assert compute_links(record, without={"wire.example"}) == compute_links(less)
        assert compute_links(record) != compute_links(less)
