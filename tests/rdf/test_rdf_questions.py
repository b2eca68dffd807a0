"""The packaged questions: the same rows from two engines, the rows one expects, narrowed by terms and never by text."""

import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from real_graph import real_quads

from graphkit.errors import InputError, NotFound
from graphkit.graph.parts import to_rdflib
from graphkit.rdf.formats import to_canonical_nquads
from graphkit.rdf.namespaces import GKD, expand
from graphkit.rdf.ontology.questions import Parameter, Question, narrowed, parameter_term, question, questions

Quads = list[pyoxigraph.Quad]
Rows = list[tuple[str, ...]]


@pytest.fixture(scope="module")
def store(whole: Quads) -> pyoxigraph.Store:
    made = pyoxigraph.Store()
    made.extend(whole)
    return made


@pytest.fixture(scope="module")
def dataset(whole: Quads) -> rdflib.Dataset:
    return to_rdflib(whole)


def oxrdflib_dataset(quads: Quads) -> rdflib.Dataset:
    """Load quads into rdflib's interface over Oxigraph."""
    dataset = rdflib.Dataset(store="Oxigraph", default_union=True)
    dataset.parse(data=to_canonical_nquads(quads), format="ox-nq")
    return dataset


def rows_of(dataset: rdflib.Dataset, name: str) -> Rows:
    return [tuple("" if value is None else str(value) for value in row) for row in dataset.query(question(name).sparql)]


def rows(store: pyoxigraph.Store, name: str, **settings: str) -> Rows:
    found = store.query(narrowed(question(name), settings), use_default_graph_as_union=True)
    return [tuple("" if value is None else value.value for value in row) for row in found]


def test_the_twelve_questions_of_the_design_and_more_are_there() -> None:
    names = [one.name for one in questions()]
    assert names == [f"cq{number:02}" for number in range(1, len(names) + 1)]
    assert len(names) >= 20
    for one in questions():
        assert one.sentence.endswith(("?", "(must return nothing)"))
        assert not one.sentence.startswith("#")


@pytest.mark.parametrize("name", [one.name for one in questions()])
def test_rows_are_equal_in_order_on_pyoxigraph_and_rdflib(name: str, store: pyoxigraph.Store, dataset: rdflib.Dataset) -> None:
    expected = rows(store, name)
    assert rows_of(dataset, name) == expected
    if name == "cq12":
        assert expected == []
    elif name != "cq07":  # the copy is derived from the report: nothing is left to count
        assert expected


@pytest.mark.parametrize("name", [one.name for one in questions()])
def test_rows_are_equal_in_order_on_oxrdflib(name: str, store: pyoxigraph.Store, whole: Quads) -> None:
    pytest.importorskip("oxrdflib")
    assert rows_of(oxrdflib_dataset(whole), name) == rows(store, name)


@pytest.fixture(scope="module")
def real(shared_data: Path) -> Quads:
    return real_quads(shared_data, articles=300)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["oxrdflib", "rdflib"])
def test_rows_are_equal_in_order_over_three_hundred_real_articles(engine: str, real: Quads) -> None:
    if engine == "oxrdflib":
        pytest.importorskip("oxrdflib")
    made = pyoxigraph.Store()
    made.extend(real)
    dataset = oxrdflib_dataset(real) if engine == "oxrdflib" else to_rdflib(real)
    for one in questions():
        assert rows_of(dataset, one.name) == rows(made, one.name), one.name


@pytest.mark.parametrize("one", [one for one in questions() if "GROUP BY" not in one.sparql], ids=lambda one: one.name)
def test_rows_are_ordered_by_all_that_they_show(one: Question) -> None:
    """Rows that differ stand in one order on every engine, for they differ in something that they are ordered by."""
    shown, _, body = one.sparql[one.sparql.index("SELECT") :].partition("{")
    order = set(re.findall(r"\?(\w+)", body.rpartition("ORDER BY")[2]))
    by_wording = {name for name, key in re.findall(r"\(STR\(\?(\w+)\) AS \?(\w+)\)", body) if key in order}
    assert set(re.findall(r"\?(\w+)", shown)) <= order | by_wording


@pytest.mark.parametrize("name", [one.name for one in questions()])
def test_order_of_rows_does_not_depend_on_the_order_of_loading(name: str, whole: Quads, store: pyoxigraph.Store) -> None:
    other = pyoxigraph.Store()
    other.extend(reversed(whole))
    assert rows(other, name) == rows(store, name)


def test_answers_on_the_golden_graph(golden: Quads) -> None:
    store = pyoxigraph.Store()
    store.extend(golden)
    said = rows(store, "cq01")
    assert len(said) == 19
    assert [(row[1], row[5], row[6]) for row in said if row[5]] == [
        ("427", "Reports", "confirm"),
        ("517", "Reports", "confirm"),
        ("668", "Kim Jong Un", "pledge"),
        ("897", "Intelligence sources", "indicate"),
        ("1303", "North Korean state media", "showcasing"),
        ("1922", "Donald Trump", "has called for"),
    ]
    assert sorted(row[2] for row in rows(store, "cq02")) == ["could"] * 4 + ["may | potentially"]
    assert rows(store, "cq03") == [(GKD + "art-ovsnv5ap5ymthmlsp2lkzmkx3y", "6", "3")]
    assert [row[1:] for row in rows(store, "cq04")] == [
        ("foxnews.com", "https://w3id.org/graphkit/ns#sourceList", "1"),
        ("meduza.io", "https://w3id.org/graphkit/ns#sourceList", "1"),
        ("naturalnews.com", "https://w3id.org/graphkit/ns#sourceList", "1"),
    ]
    assert len(rows(store, "cq05", first="Q423", second="Q159")) == 7
    assert rows(store, "cq11")[0] == ("Russia", "North Korea", "7")
    assert [row[:3] for row in rows(store, "cq15")] == [
        ("engineers and construction workers", "https://w3id.org/graphkit/ns#exactly", "6000"),
        ("troops", "https://w3id.org/graphkit/ns#moreThan", "10000"),
    ]
    assert sorted(row[0][:20] for row in rows(store, "cq14")) == [
        "contributing to a co",
        "over 10,000 North Ko",
        "this partnership may",
    ]
    for name in ("cq06", "cq07", "cq08", "cq09", "cq10", "cq12"):
        assert rows(store, name) == []


def test_answers_on_the_invented_graph(invented: Quads) -> None:
    store = pyoxigraph.Store()
    store.extend(invented)
    assert rows(store, "cq06", outlet="alpha.example.org") == [
        ("alpha.example.org", "Example Desk", "2", "1", "5", "0.25", "2025-01-10"),
        ("alpha.example.org", "Example Desk", "4", "1", "5", "0.75", "2025-01-10"),
    ]
    # the copy is derived from the report, and the denial does not assert it: one origin is left
    assert rows(store, "cq07") == []
    assert [row[4] for row in rows(store, "cq08")] == ["0.93"]
    assert rows(store, "cq09") == [("alpha.example.org",), ("beta.example.net",)]
    assert [(row[0].rpartition("/")[2][:6], row[5] != "", row[8]) for row in rows(store, "cq10")] == [
        ("claim-", True, ""),
        ("claim-", True, ""),
        ("outlet", False, "Example Desk"),
    ]
    assert rows(store, "cq14") == [("Examplia hat 6.000 Ingenieure geschickt", "1", "1")]
    assert [row[:3] for row in rows(store, "cq16")] == [("Examplia sent 6,000 engineers to Samplestan", "2", "1")]
    assert [row[1:3] for row in rows(store, "cq17") if "6,000" in row[0]] == [
        ("2025-06-18", "alpha.example.org"),
        ("2025-06-19", "beta.example.net"),
        ("2025-06-20", "gamma.example.com"),
    ]
    assert rows(store, "cq19") == [
        ("Engineers sent to Samplestan", "officeDate", "Did Ana Example hold an office?", "She held none.", "invented")
    ]
    assert [row[0] for row in rows(store, "cq20")] == ["delta.example", "gamma.example.com"]
    assert rows(store, "cq23") == [
        (
            "Examplia sent 6,000 engineers to Samplestan",
            "check.example",
            "Misleading",
            "2",
            "2025-07-01",
            "https://check.example/1",
            "3",
        )
    ]
    assert [row[2:5] for row in rows(store, "cq21")] == [
        ("the Sample Times", "the Sample Times", "alpha.example.org"),
        ("the Sample Times", "the Sample Times", "delta.example"),
        ("delta.example", "delta.example", ""),
    ]


def test_a_circle_of_any_length_is_found_and_who_only_cites_into_it_is_none() -> None:
    ring = pyoxigraph.Store()
    type_, outlet, domain, cites = (
        pyoxigraph.NamedNode(expand(name)) for name in ("rdf:type", "gk:Outlet", "gk:domain", "gk:citesOutlet")
    )
    nodes = {name: pyoxigraph.NamedNode(f"{GKD}outlet-{name}.example") for name in "abcdxy"}
    for name, node in nodes.items():
        ring.add(pyoxigraph.Quad(node, type_, outlet))
        ring.add(pyoxigraph.Quad(node, domain, pyoxigraph.Literal(f"{name}.example")))
    for citing, cited in ("ab", "bc", "ca", "da", "xy", "yx"):
        ring.add(pyoxigraph.Quad(nodes[citing], cites, nodes[cited]))
    assert [row[0] for row in rows(ring, "cq09")] == ["a.example", "b.example", "c.example", "x.example", "y.example"]
    assert rows(ring, "cq09", outlet="d.example") == []
    assert rows(ring, "cq09", outlet="c.example") == [("c.example",)]


def test_a_copy_is_counted_when_nothing_says_that_it_is_one(invented: Quads) -> None:
    store = pyoxigraph.Store()
    store.extend(quad for quad in invented if not quad.predicate.value.endswith("derivedFrom"))
    assert rows(store, "cq07") == [("Examplia sent 6,000 engineers to Samplestan", "2", "2")]


def test_a_setting_narrows_the_rows(store: pyoxigraph.Store) -> None:
    everything = rows(store, "cq01")
    narrowed = rows(store, "cq01", article="https://alpha.example.org/1")
    assert 0 < len(narrowed) < len(everything)
    assert {row[0] for row in narrowed} == {"Engineers sent to Samplestan"}
    for one in questions():
        for parameter in one.parameters:
            nothing = (
                "Q999999"
                if parameter.kind in {"actor", "resource"}
                else {"article": "art-a", "outlet": "no.example", "claim": "claim-a"}[parameter.kind]
            )
            assert rows(store, one.name, **{parameter.name: nothing}) == [], (one.name, parameter.name)


@pytest.mark.parametrize(
    ("kind", "value", "local"),
    [
        ("actor", "Q423", "actor-Q423"),
        ("actor", "gkd:actor-Q423", "actor-Q423"),
        ("outlet", "Alpha.Example.org", "outlet-alpha.example.org"),
        ("outlet", "https://w3id.org/graphkit/id/outlet-a.example", "outlet-a.example"),
        ("article", "https://alpha.example.org/1", None),
        ("resource", "claim-abc", "claim-abc"),
    ],
)
def test_a_value_names_a_node(kind: str, value: str, local: str | None) -> None:
    found = parameter_term(Parameter("x", kind), value).value
    assert found == GKD + local if local else re.fullmatch(re.escape(GKD) + "art-[a-z2-7]{26}", found)


@pytest.mark.parametrize("value", ["", "> } DROP ALL", "Q0", "claim-a", "../etc", "a b"])
def test_a_value_that_names_nothing_is_refused(value: str) -> None:
    with pytest.raises(InputError):
        parameter_term(Parameter("x", "actor"), value)


def test_an_unknown_parameter_is_refused_with_what_there_is() -> None:
    with pytest.raises(InputError) as caught:
        narrowed(question("cq05"), {"third": "Q1"})
    assert caught.value.hint == "it has first, second"


def test_an_unknown_question_is_named_in_the_error() -> None:
    assert question("corroboration") is question("cq07") is question("CQ07_corroboration")
    with pytest.raises(NotFound, match="cq99"):
        question("cq99")
