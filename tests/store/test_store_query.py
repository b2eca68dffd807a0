"""Queries: right answers from the child, values bound as terms, mistakes shown where they are."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pyoxigraph
import pytest

from graphkit import limits
from graphkit.errors import (
    InputError,
    NotFound,
    QuerySyntax,
    StoreCorrupt,
)
from graphkit.rdf.namespaces import GKD, PREFIXES, XSD
from graphkit.store.query import Limits, Term, child, process, read_query, run_query
from graphkit.store.query.mistakes import spread, syntax_error
from graphkit.store.query.terms import read_rows
from graphkit.store.record import Record


def test_select_gives_typed_terms(graph: Path, synthetic: ModuleType, children: list[int]) -> None:
    query = """SELECT ?a ?t ?d (5 AS ?n) ?none {
      ?a schema:headline ?t ; schema:publisher ?o . ?o gk:domain ?d OPTIONAL { ?a gk:none ?none } } ORDER BY ?t"""
    result = run_query(graph, query)
    assert result.variables == ("a", "t", "d", "n", "none")
    assert len(result.rows) == 4
    assert result.rows[1] == (
        Term("iri", GKD + synthetic.name_of(1)),
        Term("literal", "Article 1, version 0"),
        Term("literal", "1.example"),
        Term("literal", "5", XSD + "integer"),
        None,
    )
    label = run_query(graph, "SELECT ?l { gkd:actor-5 rdfs:label ?l }").rows[0][0]
    assert label == Term("literal", 'actor-5 "quoted" \u2028 \x0b ü', None, "en")
    assert (result.is_truncated, result.behind, result.boolean, result.triples) == (False, 0, None, None)
    assert len(children) == 2


def test_ask_construct_and_describe(graph: Path, synthetic: ModuleType) -> None:
    assert run_query(graph, "ASK { ?s a gk:Article }").boolean is True
    assert run_query(graph, "ASK { ?s a gk:Nothing }").boolean is False
    built = run_query(graph, "CONSTRUCT { ?o a gk:Outlet } WHERE { ?a schema:publisher ?o }").triples
    assert built is not None
    assert built == b"".join(sorted(set(built.splitlines(keepends=True))))
    assert built.count(b"\n") == synthetic.OUTLETS
    told = run_query(graph, f"DESCRIBE gkd:{synthetic.name_of(2)}").triples
    assert told is not None
    assert b'"Article 2, version 0"' in told


def test_a_triple_counts_once_however_many_articles_carry_it(graph: Path) -> None:
    result = run_query(graph, "SELECT (COUNT(*) AS ?n) { ?o gk:domain ?d }")
    assert result.rows == ((Term("literal", "3", XSD + "integer"),),)


def test_from_and_graph_choose_graphs(graph: Path, synthetic: ModuleType) -> None:
    name = synthetic.entry(1).graph_name
    assert len(run_query(graph, f"SELECT ?a FROM <{GKD}{name}> {{ ?a a gk:Article }}").rows) == 1
    assert len(run_query(graph, "SELECT ?g { GRAPH ?g { ?a a gk:Article } }").rows) == 4


def test_answers_are_cut_at_the_limit_and_say_so(graph: Path) -> None:
    select, construct = "SELECT ?a { ?a a gk:Assertion }", "CONSTRUCT { ?a a gk:X } { ?a a gk:Assertion }"
    for query, rows, is_truncated in ((select, 5, True), (select, 12, False), (construct, 5, True)):
        result = run_query(graph, query, bounds=Limits(rows=rows))
        count = len(result.rows) if result.triples is None else result.triples.count(b"\n")
        assert (count, result.is_truncated) == (rows, is_truncated)


def test_many_rows_come_whole(graph: Path) -> None:
    result = run_query(graph, "SELECT ?a ?b { ?a a gk:Assertion . ?b ?p ?o }")
    assert len(result.rows) == len(set(result.rows)) * len(result.rows) // len(set(result.rows)) > 500


def test_the_same_question_gets_the_same_answer(graph: Path, path: Path, synthetic: ModuleType) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 40"
    other = path.with_name("other.db")
    with Record.open(other) as record:
        for number in (3, 1, 0, 2):
            record.put(synthetic.entry(number, 1))
            record.put(synthetic.entry(number))
    assert run_query(graph, query).rows == run_query(graph, query).rows == run_query(other, query).rows


def test_values_are_bound_as_terms(graph: Path, synthetic: ModuleType) -> None:
    query = "SELECT ?a { ?a gk:about ?actor }"
    expected = {row[0].value for row in run_query(graph, "SELECT ?a { ?a gk:about gkd:actor-5 }").rows if row[0]}
    for term in ("gkd:actor-5", f"<{GKD}actor-5>"):
        rows = run_query(graph, query, substitutions={"actor": term}).rows
        assert {row[0].value for row in rows if row[0]} == expected != set()
    counted = "SELECT (COUNT(?a) AS ?n) { { SELECT ?a ?actor { ?a gk:about ?actor } } }"
    assert run_query(graph, counted, substitutions={"actor": "gkd:actor-5"}).rows[0][0].value == str(len(expected))  # type: ignore[union-attr]
    nested = "SELECT ?a ?actor { SELECT ?a ?actor { ?a gk:about ?actor } }"
    assert len(run_query(graph, nested, substitutions={"actor": "gkd:actor-5"}).rows) == len(expected)
    assert run_query(graph, "ASK { ?a schema:headline ?t }", substitutions={"t": '"Article 1, version 0"'}).boolean
    assert not run_query(graph, "ASK { ?a schema:headline ?t }", substitutions={"t": '"} UNION { ?x ?y ?z "'}).boolean
    built = run_query(
        graph, "CONSTRUCT { ?a gk:x ?t } { ?a schema:headline ?t }", substitutions={"t": '"Article 1, version 0"'}
    )
    assert built.triples is not None
    assert built.triples.count(b"\n") == 1


@pytest.mark.parametrize(
    "term",
    [
        "",
        "gkd:a gkd:b",
        "<a b>",
        '"a" . <x:s> <x:p> <x:o>',
        "<x:a>, <x:b>",
        "[]",
        "?x",
        "{ }",
        "_:b",
        "(1 2)",
        '"open',
        "nowhere:x",
        "<x:a> }",
    ],
)
def test_what_is_not_one_term_is_refused(graph: Path, term: str) -> None:
    with pytest.raises(InputError, match=r"\?actor is not one term"):
        run_query(graph, "SELECT ?a { ?a gk:about ?actor }", substitutions={"actor": term})


def test_a_value_needs_its_variable(graph: Path) -> None:
    with pytest.raises(InputError, match=r"no variable \?b") as caught:
        run_query(graph, "SELECT ?a { ?a gk:about ?x }", substitutions={"b": "5"})
    assert caught.value.hint == "its variables: a, x"
    with pytest.raises(InputError, match="cannot take"):
        run_query(graph, "SELECT ?a { ?a gk:about ?x BIND(1 AS ?n) }", substitutions={"n": "5"})
    with pytest.raises(QuerySyntax, match="braces"):
        run_query(graph, "CONSTRUCT WHERE { ?a gk:about ?x }", substitutions={"x": "5"})


@pytest.mark.parametrize(
    ("query", "where", "hint"),
    [
        ("SELECT * {\n  ?s foo:x ?o }", "line 2, column 6: this prefix is not declared", "?s >>> foo:x ?o }"),
        ("SELECT * { ?s ?p ?o \n\n", "line 1, column 20: the query ends too early", "?o >>>"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "line 1, column 1: SELECT names", "SELECT"),
        ("SELECT * { ?s <rel> ?o }", "line 1, column 15: this is not a whole IRI", ">>> <rel>"),
        ("SELECT * { ?s ?p ?o . ?x }", "line 1, column 26: the query does not parse at '}'", ">>> }"),
        ("SELECT * {\n?s ?p }", "line 2, column 7: the query does not parse at '}'", "?s ?p >>> }"),
        ('ASK { ?a ?b """\n""" ; ?x }', "line 2, column 10: the query does not parse at '}'", ">>> }"),
        ("# 🙂\nASK { '🙂' ?x }", "line 2, column 14", "🙂"),
        ("SELCT ?x { ?s ?p ?o }", "line 1, column 1: the query does not parse at 'SELCT'", ">>> SELCT ?x"),
        ("ASK { ?s ?p ?o FILTER(FOO(?s)) }", "line 1, column 23: the query does not parse at 'FOO'", ">>> FOO"),
        ("SELECT ?s { ?s a ?o } LIMIT x", "line 1, column 29: the query does not parse at 'x'", ">>> x"),
        ("nonsense", "line 1, column 1", ">>> nonsense"),
        ("", "line 1, column 1: the query ends too early", None),
    ],
)
def test_a_mistake_is_shown_where_it_is(query: str, where: str, hint: str | None) -> None:
    asked = spread(query, read_query(query).tokens)
    with pytest.raises(SyntaxError) as said:
        pyoxigraph.Store().query(asked.text)
    error = syntax_error(str(said.value), asked)
    assert where in error.message
    assert "\n" not in error.message
    assert error.hint is None if hint is None else hint in (error.hint or "")


def test_a_mistake_is_shown_in_the_query_as_it_was_given(graph: Path) -> None:
    with pytest.raises(QuerySyntax) as caught:
        run_query(graph, "SELECT * {\n?s ?p }", substitutions={"s": "gkd:a"})
    assert caught.value.message.startswith("line 2, column 7: the query does not parse at '}'")
    assert caught.value.hint == "?s ?p >>> }"


def test_a_mistake_is_told_before_the_graph_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(QuerySyntax):
        run_query(tmp_path / "not there.db", "SELECT")


def test_what_is_wrong_with_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such graph"):
        run_query(tmp_path / "none.db", "ASK {}")
    (tmp_path / "bad.db").write_bytes(b"x" * 5000)
    with pytest.raises(StoreCorrupt) as caught:
        run_query(tmp_path / "bad.db", "ASK {}")
    assert caught.value.hint


def test_texts_are_there_when_the_query_mentions_them(graph: Path, synthetic: ModuleType) -> None:
    query = "SELECT ?t { GRAPH ?g { ?a schema:headline ?h ; schema:articleBody ?t } } ORDER BY ?h"
    assert [row[0].value for row in run_query(graph, query).rows if row[0]] == [synthetic.text_of(n) for n in range(4)]
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    plain, full = (int(run_query(graph, everything, with_text=flag).rows[0][0].value) for flag in (None, True))  # type: ignore[union-attr]
    assert full == plain + 4
    assert run_query(graph, query, with_text=False).rows == ()


@pytest.mark.usefixtures("on_disk")
def test_a_large_graph_answers_from_its_folder(graph: Path, synthetic: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    # the child reads its own limits: hand it the small one
    code = process._CODE.replace(
        "from graphkit.store", "from graphkit import limits; limits.MEMORY_INDEX_ARTICLES = 0; from graphkit.store"
    )
    query = "SELECT ?t { ?a schema:headline ?t } ORDER BY ?t"
    in_memory = run_query(graph, query).rows
    monkeypatch.setattr(process, "_CODE", code)
    assert run_query(graph, query).rows == in_memory
    assert (graph.with_name(graph.name + ".index") / "current" / "state").is_file()
    with Record.open(graph) as record:
        record.put(synthetic.entry(1, 1))
    assert [row[0].value for row in run_query(graph, query).rows if row[0]][1] == "Article 1, version 1"
    body = "SELECT ?t { ?a schema:articleBody ?t }"
    assert len(run_query(graph, body).rows) == 4


# the child's own code, in this process and without its limits


def said_by_child(
    request: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> list[dict[str, Any]]:
    defaults = {"prefixes": PREFIXES, "limit": None, "is_union": True, "with_text": False, "allow_network": False}
    defaults |= {"memory_bytes": limits.QUERY_MEMORY_BYTES, "seconds": 30.0}
    query = request["query"]
    defaults["asked"] = [query, spread(query, read_query(query).tokens).text]
    monkeypatch.setattr(child, "resource", None)
    monkeypatch.setattr(child, "set_alarm", lambda _seconds: None)
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(defaults | request) + "\n"))
    child.main()
    said, messages = io.BytesIO(capsysbinary.readouterr().out), []
    while line := said.readline():
        message = json.loads(line)
        messages.append(message | ({"tsv": said.read(message["bytes"])} if "bytes" in message else {}))
    return messages


WHOLE, CUT = {"end": True, "is_truncated": False}, {"end": True, "is_truncated": True}


@pytest.mark.parametrize(
    ("query", "limit", "answer"),
    [
        ("ASK { ?s a gk:Article }", None, [{"boolean": True}]),
        ("SELECT ?x { VALUES ?x { 1 } }", None, [{"variables": ["x"]}, {"bytes": 2, "tsv": b"1\n"}, WHOLE]),
        ("SELECT ?x { VALUES ?x { 1 2 } }", 0, [{"variables": ["x"]}, CUT]),
        ("SELECT ?x { VALUES ?x { UNDEF } }", None, [{"variables": ["x"]}, {"bytes": 1, "tsv": b"\n"}, WHOLE]),
        ("SELECT * { }", None, [{"variables": []}, {"bytes": 1, "tsv": b"\n"}, WHOLE]),
        (
            "SELECT ?x { BIND(BNODE() AS ?y) BIND(ISBLANK(?y) AS ?x) }",
            None,
            [{"variables": ["x"]}, {"bytes": 5, "tsv": b"true\n"}, WHOLE],
        ),
        ("CONSTRUCT { gk:a gk:b ?x } { VALUES ?x { 1 2 3 } }", 0, [{"triples": [], "is_truncated": True}]),
    ],
)
def test_the_child_answers_part_by_part(
    graph: Path,
    query: str,
    limit: int | None,
    answer: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    said = said_by_child({"path": str(graph), "query": query, "limit": limit}, monkeypatch, capsysbinary)
    assert said == [{"checked": True}, {"ready": True, "behind": 0}, *answer]


@pytest.mark.parametrize(
    ("request_", "last"),
    [
        ({"query": "ASK {"}, "syntax"),
        ({"query": "ASK {}", "path": "/nowhere/graph.db"}, "error"),
        ({"query": "ASK {}", "path": "/nowhere/graph.db", "memory_bytes": None}, "error"),
    ],
)
def test_the_child_says_what_went_wrong(
    graph: Path,
    request_: dict[str, Any],
    last: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    said = said_by_child({"path": str(graph)} | request_, monkeypatch, capsysbinary)
    assert last in said[-1]


def test_the_child_gives_blank_nodes_and_many_rows(
    graph: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    query = "SELECT ?b ?s { ?s ?p ?o . ?t ?q ?r BIND(BNODE() AS ?b) }"
    said = said_by_child({"path": str(graph), "query": query}, monkeypatch, capsysbinary)
    batches = [message["tsv"] for message in said if "tsv" in message]
    assert len(batches) > 2
    assert all(batch.endswith(b"\n") for batch in batches)
    rows = [row for batch in batches for row in read_rows(batch, 2)]
    assert len(rows) == len(set(rows)) > 1000
    assert {row[0].kind for row in rows if row[0]} == {"blank"}
    assert {row[1].kind for row in rows if row[1]} == {"iri"}


def test_a_limited_answer_asks_for_no_more_than_one_row_past_its_limit() -> None:
    """The engine's own writer hands on some hundred rows at once; where each takes a second, that would be minutes too late."""
    asked: list[int] = []

    def found() -> Iterator[tuple[pyoxigraph.Literal | None, ...]]:
        for number in range(1000):
            asked.append(number)
            yield (pyoxigraph.Literal(f"{number}\t\n\\"), None)

    sent: list[bytes] = []
    more = child._send_rows(found(), 3, lambda _message, body=b"": sent.append(body))  # type: ignore[arg-type]
    assert (more, asked) == (True, [0, 1, 2, 3])
    assert list(read_rows(b"".join(sent), 2)) == [(Term("literal", f"{number}\t\n\\"), None) for number in range(3)]
