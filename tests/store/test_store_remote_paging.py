"""Answers that a server cuts: the rest is asked for in pages where that is sure to be the rest, else the answer is called a part."""

import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parents[1] / "endpoint"))

from servers import virtuoso

from graphkit.errors import BadStatus
from graphkit.rdf.namespaces import PREFIXES
from graphkit.rdf.ontology.questions import questions
from graphkit.store.query import QueryResult, Term
from graphkit.store.query.terms import read_rows
from graphkit.store.remote import Credentials, Remote
from graphkit.store.remote.asking import query_endpoint
from graphkit.store.remote.paging import whole_answer

TYPES = "PREFIX ex: <https://a.example/>\n"


def store_of(numbers: list[int]) -> pyoxigraph.Store:
    made = pyoxigraph.Store()
    made.extend(
        pyoxigraph.Quad(
            pyoxigraph.NamedNode(f"https://a.example/{place}"),
            pyoxigraph.NamedNode("https://a.example/p"),
            pyoxigraph.Literal(number),
        )
        for place, number in enumerate(numbers)
    )
    return made


def all_rows(store: pyoxigraph.Store, query: str) -> QueryResult:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    variables = tuple(variable.value for variable in found.variables)
    tsv = found.serialize(format=pyoxigraph.QueryResultsFormat.TSV) or b""
    return QueryResult(variables, tuple(read_rows(tsv.partition(b"\n")[2], len(variables))))


def server_of(store: pyoxigraph.Store, cut: int, *, says_so: bool = True) -> Callable[[str], QueryResult]:
    """A server that cuts answers, with a word of it or without."""

    def ask(query: str) -> QueryResult:
        whole = all_rows(store, query)
        return QueryResult(whole.variables, whole.rows[:cut], is_truncated=says_so and len(whole.rows) >= cut)

    return ask


ORDERS = (
    "",
    "ORDER BY ?o",
    "ORDER BY DESC(?o) STR(?s)",
    "ORDER BY ?o ?s # as they come",
    "GROUP BY ?s ?o HAVING (COUNT(*) > 0) ORDER BY ASC(?s)",
)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(2, 9), st.sampled_from(ORDERS))
def test_pages_make_the_whole_answer_in_its_order(numbers: list[int], cut: int, order: str) -> None:
    store = store_of(numbers)
    query = f"{TYPES}SELECT ?o ?s WHERE {{ ?s ex:p ?o }} {order}"
    ask = server_of(store, cut)
    found, expected = whole_answer(query, ask(query), ask), all_rows(store, query)
    assert not found.is_truncated or len(expected.rows) < 2
    assert sorted(map(str, found.rows)) == sorted(map(str, expected.rows))
    if "?s" in order:
        assert found.rows == expected.rows


@pytest.mark.parametrize("one", [one.name for one in questions() if "LIMIT" not in one.sparql])
def test_every_packaged_question_can_be_asked_in_pages(one: str) -> None:
    asked = {question.name: question for question in questions()}[one].sparql
    variables = all_rows(pyoxigraph.Store(), asked).variables
    pages: list[str] = []

    def ask(query: str) -> QueryResult:
        pages.append(query)
        return all_rows(pyoxigraph.Store(), query)

    term = Term("literal", "a")
    whole_answer(asked, QueryResult(variables, ((term,) * len(variables),) * 2, is_truncated=True), ask)
    assert pages[0].endswith("LIMIT 2 OFFSET 0")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?o { ?s ex:p ?o } LIMIT 2000",
        "SELECT ?s ?o { ?s ex:p ?o } ORDER BY ?o OFFSET 1",
        "SELECT ?s ?o { ?s ex:p ?o } VALUES ?o { 1 }",
        "SELECT REDUCED ?s ?o { ?s ex:p ?o }",
        "SELECT ?s (RAND() AS ?o) { ?s ex:p ?n }",
        "SELECT ?s ?o FROM <https://a.example/g> { ?s ex:p ?o }",
    ],
)
def test_what_has_no_lasting_order_is_not_asked_again(query: str) -> None:
    def ask(_query: str) -> QueryResult:
        raise AssertionError

    row = (Term("iri", "https://a.example/1"), Term("literal", "1"))
    first = QueryResult(("s", "o"), (row, row), is_truncated=True)
    assert whole_answer(TYPES + query, first, ask) is first


def test_a_round_number_of_rows_is_looked_behind() -> None:
    query = f"{TYPES}SELECT ?s ?o {{ ?s ex:p ?o }}"
    for count in (999, 1000, 1001, 2500):
        store = store_of(list(range(count)))
        ask = server_of(store, 1000, says_so=False)
        found = whole_answer(query, ask(query), ask)
        assert (len(found.rows), found.is_truncated) == (count, False)


def test_a_graph_that_changes_meanwhile_gives_a_part_and_no_mixture() -> None:
    query = f"{TYPES}SELECT ?s ?o {{ ?s ex:p ?o }}"
    stores = [store_of([number] * 9) for number in range(5)]
    first = server_of(stores[0], 4)(query)

    def ask(asked: str) -> QueryResult:
        return server_of(stores.pop(), 4)(asked)

    assert whole_answer(query, first, ask) is first or whole_answer(query, first, ask).rows == first.rows


def test_a_server_that_refuses_pages_gave_what_it_gave() -> None:
    def ask(_query: str) -> QueryResult:
        message = "the server answered 500"
        raise BadStatus(message)

    first = QueryResult(("s",), ((Term("literal", "1"),),) * 3, is_truncated=True)
    assert whole_answer("SELECT ?s { ?s ?p ?o }", first, ask) is first


def test_enough_rows_are_enough() -> None:
    query = f"{TYPES}SELECT ?s ?o {{ ?s ex:p ?o }}"
    asked: list[str] = []
    serve = server_of(store_of(list(range(100))), 10)

    def ask(sparql: str) -> QueryResult:
        asked.append(sparql)
        return serve(sparql)

    found = whole_answer(query, ask(query), ask, most=15)
    assert 15 < len(found.rows) < 40
    assert len(asked) < 6


@pytest.mark.server
def test_virtuoso_as_debian_ships_it() -> None:
    running = virtuoso()
    graph = "GRAPH <https://w3id.org/graphkit/id/graph-long> { ?s <urn:p> ?o }"
    with Remote(running.url, credentials=Credentials("dba", "dba")) as remote:
        remote.put("graph-long", [b"".join(f'<urn:a:{n}> <urn:p> "{n}" .\n'.encode() for n in range(23_456))])
        try:
            address = remote.server.query
            whole = query_endpoint(address, f"SELECT ?s ?o {{ {graph} }} ORDER BY ?o", seconds=60)
            assert (len(set(whole.rows)), whole.is_truncated, whole.note) == (23_456, False, None)
            few = query_endpoint(address, f"SELECT ?s ?o {{ {graph} }}", seconds=60, rows=12_000)
            assert (len(few.rows), few.is_truncated, few.note) == (12_000, True, None)
            cut = query_endpoint(address, f"SELECT ?s ?o {{ {graph} }} LIMIT 20000", seconds=60)
            assert (len(cut.rows), cut.is_truncated) == (10_000, True)
            assert cut.note is not None
            assert cut.note.startswith(
                "the server cut its answer at 10,000 rows; ask for the rest with ORDER BY, LIMIT and OFFSET"
            )
            built = query_endpoint(address, f"CONSTRUCT {{ ?s <urn:q> ?o }} WHERE {{ {graph} }}", seconds=60)
            assert built.note is not None
            assert built.note.startswith("the server may have cut its answer: it has exactly 10,001 triples")
        finally:
            remote.drop("graph-long")
