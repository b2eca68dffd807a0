"""Code, ontology, shapes, context, queries and page are in step: nothing undeclared, nothing declared in vain."""

import json
import re
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Quad
from write_rdf_goldens import page

from graphkit import model
from graphkit.rdf.namespaces import GK, PREFIXES, RDF, expand
from graphkit.rdf.ontology.questions import questions
from graphkit.rdf.ontology.rules import shape_rules
from graphkit.rdf.ontology.vocabulary import Term, code_lists, contract, diagram, terms
from graphkit.resources import folder

ONTOLOGY = folder("ontology")
WRITTEN = re.compile(r"\bgk:([A-Za-z]+)")
DECLARED = {one.name: one for one in terms()}
LISTED = {value for values in code_lists().values() for value in values}


def written(*paths: Path) -> set[str]:
    return {name for path in paths for name in WRITTEN.findall(path.read_text(encoding="utf-8"))}


def in_code() -> set[str]:
    # a term may be put together from the model's own word ("gk:" + claim_type), and a name may be given whole or by its stem
    found = written(*sorted((Path(__file__).parents[2] / "graphkit").rglob("*.py")))
    return (
        found
        | {name + "Range" for name in ("hedge", "loaded")}
        | {stem + end for stem in ("cue", "source") for end in ("Begin", "End")}
    )


def used() -> set[str]:
    return in_code() | written(ONTOLOGY / "shapes.ttl", *sorted((ONTOLOGY / "queries").glob("*.rq")))


def test_nothing_is_used_that_is_not_declared() -> None:
    assert used() - set(DECLARED) == set()
    assert written(ONTOLOGY / "context.jsonld", ONTOLOGY / "README.md") - set(DECLARED) == set()


def test_nothing_is_declared_that_is_not_used() -> None:
    abstract = {name.removeprefix("gk:") for one in terms() for name in (*one.domains, *one.ranges)}
    kinds = {one.kind for one in terms()}
    assert set(DECLARED) - used() - abstract - kinds - LISTED == set()


def test_code_lists_are_the_words_of_the_model() -> None:
    lists = {name: set(values) for name, values in code_lists().items()}
    for name in ("ClaimType", "Voice", "Certainty", "Polarity", "Tense", "Mode", "AnonymousType", "CitationKind", "Comparator"):
        assert lists[name] == set(getattr(model, name).__args__), name
    # a name is the kind of mention that goes without saying
    assert lists["MentionKind"] | {"name"} == set(model.MentionKind.__args__)


def test_shapes_allow_exactly_the_values_of_the_code_lists() -> None:
    by_range = {one.name: one.ranges for one in terms()}
    for properties in contract().values():
        for part in properties:
            name = part.path.removeprefix("gk:")
            ranges = by_range.get(name, ())
            if part.path.startswith("gk:") and ranges and (list_of := code_lists().get(ranges[0].removeprefix("gk:"))):
                assert {value.removeprefix("gk:") for value in part.values} == set(list_of), name


@pytest.mark.parametrize(
    "one", [one for one in terms() if one.name not in LISTED or one.kind == "ObjectProperty"], ids=lambda one: one.name
)
def test_every_class_and_property_is_documented(one: Term) -> None:
    assert one.label
    assert one.comment.endswith(".")
    assert one.example
    assert one.mappings
    if one.kind != "Class":
        assert len(one.domains) >= 1
        assert len(one.ranges) >= 1
        assert one.kind == ("DatatypeProperty" if one.ranges[0].startswith("xsd:") else "ObjectProperty")


def test_every_value_of_a_list_says_what_it_means() -> None:
    for name in LISTED:
        assert DECLARED[name].label
        assert DECLARED[name].comment.endswith(".")


def test_the_context_has_a_key_for_every_property_and_the_type_of_its_values() -> None:
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert {key: value for key, value in context.items() if isinstance(value, str)} == PREFIXES
    keyed = {value["@id"]: value.get("@type") for value in context.values() if isinstance(value, dict)}
    assert len(keyed) == sum(isinstance(value, dict) for value in context.values())
    for one in terms():
        if one.kind.endswith("Property"):
            wanted = "@id" if one.kind == "ObjectProperty" else {"xsd:string": None}.get(one.ranges[0], one.ranges[0])
            assert keyed[f"gk:{one.name}"] == wanted, one.name
    spoken_of = {part.path for properties in contract().values() for part in properties}
    assert spoken_of <= set(keyed)
    assert {name for name in keyed if not name.startswith("gk:")} <= spoken_of | {"rdfs:label", "schema:sameAs"}


def test_what_the_graphs_say_is_in_the_contract(whole: list[Quad]) -> None:
    paths = {expand(part.path) for properties in contract().values() for part in properties}
    relations = {expand("gk:" + name) for name in code_lists()["Relation"]}
    assert {quad.predicate.value for quad in whole} - paths - relations == {RDF + "type"}
    classes = {quad.object.value.removeprefix(GK) for quad in whole if quad.predicate.value == RDF + "type"}
    assert classes <= {name for name, one in DECLARED.items() if one.kind == "Class"}
    assert classes <= set(contract())


def test_domains_fit_the_contract() -> None:
    above = {one.name: {name.removeprefix("gk:") for name in one.mappings} for one in terms()}
    for name, properties in contract().items():
        for part in properties:
            if part.path.startswith("gk:"):
                domains = {domain.removeprefix("gk:") for domain in DECLARED[part.path.removeprefix("gk:")].domains}
                assert domains & ({name} | above[name] | ({"AnonymousSource"} if name in {"Person", "Country", "Organisation", "Group"} else set())), (name, part.path)  # fmt: skip


def test_files_parse_and_the_ontology_says_what_it_is() -> None:
    for name in ("graphkit.ttl", "shapes.ttl"):
        assert len(list(pyoxigraph.parse(path=str(ONTOLOGY / name)))) > 500
    assert "owl:versionInfo" in (ONTOLOGY / "graphkit.ttl").read_text(encoding="utf-8")


def test_every_query_declares_the_prefixes_it_uses_and_no_other() -> None:
    for one in questions():
        declared = dict(re.findall(r"^PREFIX (\w+): <([^>]+)>$", one.sparql, flags=re.MULTILINE))
        body = one.sparql.rpartition("PREFIX")[2].partition("\n")[2]
        assert set(re.findall(r"(?<![\w<\"?])([a-z]+):[A-Za-z]", body)) == set(declared), one.name
        assert declared.items() <= PREFIXES.items()
        pyoxigraph.Store().query(one.sparql)


def test_the_page_is_what_is_generated() -> None:
    readme = (ONTOLOGY / "README.md").read_text(encoding="utf-8")
    assert readme == page(readme)
    for rule in shape_rules():
        assert f"`{rule.name}`" in readme


def test_the_diagram_shows_what_hangs_on_an_assertion() -> None:
    part = diagram().partition("\nAssertion\n")[2].partition("\n\n")[0]
    assert part.splitlines() == [
        "├─ gk:inArticle   1 ──▶ Article",
        "├─ gk:claim       1 ──▶ Claim",
        "├─ gk:about       * ──▶ Actor or Outlet",
        "├─ gk:attribution * ──▶ Attribution",
        "└─ gk:quantity    * ──▶ Quantity",
    ]
