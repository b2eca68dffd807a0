"""What people decided, as quads and back; two people's decisions stand side by side."""

import pytest
from invented_graph import annotations, decisions

from graphkit import Graph
from graphkit.errors import ShapeViolation
from graphkit.graph import deciding
from graphkit.graph.importing import Contents, write_contents
from graphkit.rdf import identifiers
from graphkit.rdf.decisions import Decided, decisions_from_quads, decisions_to_nquads
from graphkit.rdf.formats import FORMATS, parse
from graphkit.rdf.namespaces import GRAPH_DECISIONS
from graphkit.rdf.ontology.rules import check

A, B = "actor-Q1", "actor-Q2"
# by their ids: a name may be an actor's in two languages
COUNTRIES = (identifiers.actor("country", "Examplia"), identifiers.actor("country", "Samplestan"))


def read(nquads: bytes) -> tuple[Decided, ...]:
    return decisions_from_quads(parse(nquads, FORMATS[".nq"]))


def test_decisions_come_back_oldest_first_whatever_their_order() -> None:
    assert read(decisions_to_nquads(reversed(decisions()))) == decisions()


def test_an_undo_of_the_same_second_comes_after_what_it_takes_back() -> None:
    when = "2025-07-01T10:00:00Z"
    for number in range(20):
        first = Decided(A, "merge", B, f"Ana {number}", when)
        undo = Decided(A, "undo", first.name, f"Ana {number}", when)
        assert read(decisions_to_nquads([undo, first])) == (first, undo)


def test_two_who_decide_alike_are_two_decisions() -> None:
    one, other = (Decided(A, "merge", B, who, "2025-07-01T10:00:00Z") for who in ("Ana", "Zoe"))
    assert one.name != other.name
    assert set(read(decisions_to_nquads([one, other]))) == {one, other}


def test_a_note_may_be_an_address_and_a_counterpart_may_not() -> None:
    note = Decided(A, "note", "https://example.org/1", "Ana", "2025-07-01T10:00:00Z")
    assert read(decisions_to_nquads([note])) == (note,)
    foreign = decisions_to_nquads([Decided(A, "merge", B, "Ana", "2025-07-01T10:00:00Z")]).replace(
        b"https://w3id.org/graphkit/id/actor-Q2", b"https://example.org/actor-Q2"
    )
    with pytest.raises(ShapeViolation, match=r"https://example.org/actor-Q2 is no thing of a graphkit graph"):
        read(foreign)


def test_what_is_decided_is_in_the_graph_at_once_and_keeps_every_rule() -> None:
    maker = deciding.Maker("Ana", "the same body")
    with Graph.temporary() as graph:
        write_contents(graph.record, Contents(annotations()), replace=False)
        assert graph.record.graph_nquads(GRAPH_DECISIONS) is None
        number = deciding.merge(graph.record, graph.index(), *COUNTRIES, maker)
        deciding.rename(graph.record, graph.index(), "Ana Example", "Ana E.", maker)
        deciding.undo(graph.record, number, maker)
        found = read(graph.record.graph_nquads(GRAPH_DECISIONS) or b"")
        assert sorted(one.kind for one in found) == ["merge", "rename", "undo"]
        assert {one.value for one in found if one.kind == "undo"} == {one.name for one in found if one.kind == "merge"}
        assert {(one.decided_by, one.note) for one in found} == {("Ana", "the same body")}
        assert [one for one in check(graph.index()) if one.severity == "violation"] == []
