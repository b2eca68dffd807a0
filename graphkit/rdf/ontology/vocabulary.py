"""The documentation that ``ontology/README.md`` carries, made from the ontology, the shapes and the questions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graphkit.rdf.namespaces import GK, OWL, RDF, RDFS, SKOS, shorten
from graphkit.rdf.ontology.questions import questions
from graphkit.resources import folder

_SH = "http://www.w3.org/ns/shacl#"
_MAPPINGS = (RDFS + "subClassOf", RDFS + "subPropertyOf", SKOS + "exactMatch", SKOS + "closeMatch", SKOS + "relatedMatch")
_KINDS = (OWL + "Class", OWL + "ObjectProperty", OWL + "DatatypeProperty")
_OTHERS = {
    "http://groundedannotationframework.org/gaf#": "gaf",
    "http://groundedannotationframework.org/grasp#": "grasp",
    "http://groundedannotationframework.org/grasp/factuality#": "fact",
    "http://www.w3.org/ns/oa#": "oa",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of ours: ``kind`` is the local name of its type ("Class", "ObjectProperty", or a code list's class)."""

    name: str
    kind: str
    label: str
    comment: str
    example: str
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    mappings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """One property as the shapes want it on a class: ``count`` is "1", "?", "*" or "+", ``values`` what it may hold."""

    path: str
    count: str
    values: tuple[str, ...]
    is_link: bool


class _Turtle:
    """A Turtle file's facts: subject term → predicate IRI → objects."""

    def __init__(self, name: str) -> None:
        from pyoxigraph import RdfFormat, parse

        self.facts: dict[Any, dict[str, list[Any]]] = {}
        for quad in parse((folder("ontology") / name).read_bytes(), format=RdfFormat.TURTLE):
            self.facts.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)

    def values(self, subject: Any, predicate: str) -> list[Any]:
        """Return the objects of a property in the order of the file."""
        return self.facts.get(subject, {}).get(predicate, [])

    def text(self, subject: Any, predicate: str) -> str:
        """Return the first value of a property as a string, "" where it has none."""
        return next((str(value.value) for value in self.values(subject, predicate)), "")

    def items(self, node: Any) -> list[Any]:
        """Return the members of an RDF list."""
        found = []
        while node.value != RDF + "nil":
            found += self.values(node, RDF + "first")
            node = self.values(node, RDF + "rest")[0]
        return found

    def members(self, node: Any) -> list[Any]:
        """Return the classes of a union, or the one class."""
        union = self.values(node, OWL + "unionOf")
        return self.items(union[0]) if union else [node]


def terms() -> tuple[Term, ...]:
    """Return every term that the ontology declares, in the order of the file."""
    turtle = _Turtle("graphkit.ttl")
    return tuple(_term(turtle, node) for node in turtle.facts if str(getattr(node, "value", "")).startswith(GK))


def _term(turtle: _Turtle, node: Any) -> Term:
    def classes(predicate: str) -> tuple[str, ...]:
        return tuple(short(one.value) for value in turtle.values(node, predicate) for one in turtle.members(value))

    types = [value.value for value in turtle.values(node, RDF + "type")]
    kind = next((one for one in types if one in _KINDS), types[0])
    return Term(
        node.value.removeprefix(GK),
        kind.rpartition("#")[2],
        turtle.text(node, RDFS + "label"),
        turtle.text(node, RDFS + "comment"),
        turtle.text(node, SKOS + "example"),
        classes(RDFS + "domain"),
        classes(RDFS + "range"),
        tuple(short(value.value) for predicate in _MAPPINGS for value in turtle.values(node, predicate)),
    )


def code_lists() -> dict[str, tuple[str, ...]]:
    """Return the values of each code list by the name of its class."""
    turtle = _Turtle("graphkit.ttl")
    found: dict[str, list[str]] = {}
    for node, facts in turtle.facts.items():
        for kind in facts.get(RDF + "type", ()):
            if kind.value.startswith(GK):
                found.setdefault(kind.value.removeprefix(GK), []).append(node.value.removeprefix(GK))
    return {name: tuple(values) for name, values in found.items()}


def contract() -> dict[str, tuple[Property, ...]]:
    """Return, by class, the properties that the shapes speak of."""
    turtle = _Turtle("shapes.ttl")
    found: dict[str, list[Property]] = {}
    for facts in turtle.facts.values():
        for target in facts.get(_SH + "targetClass", ()):
            parts = [_property(turtle, part) for part in facts.get(_SH + "property", ())]
            found.setdefault(target.value.removeprefix(GK), []).extend(part for part in parts if part is not None)
    return {name: tuple(properties) for name, properties in found.items()}


def _property(turtle: _Turtle, part: Any) -> Property | None:
    path = turtle.values(part, _SH + "path")[0]
    if path in turtle.facts and RDF + "type" not in turtle.facts[path]:
        return None  # an inverse path or a chain: a rule on another class's property
    low, high = turtle.text(part, _SH + "minCount"), turtle.text(part, _SH + "maxCount")
    if high == "0":
        return None
    classes = [value.value for value in turtle.values(part, _SH + "class")]
    for choice in turtle.values(part, _SH + "or"):
        classes += [value.value for one in turtle.items(choice) for value in turtle.values(one, _SH + "class")]
    allowed = [value.value for choice in turtle.values(part, _SH + "in") for value in turtle.items(choice)]
    types = [value.value for value in turtle.values(part, _SH + "datatype")]
    is_iri = ["IRI"] if turtle.values(part, _SH + "nodeKind") else []
    count = {("1", "1"): "1", ("", "1"): "?", ("1", ""): "+"}.get((low, high), "*")
    values = (*map(short, classes or allowed or types), *is_iri)
    return Property(short(path.value), count, values or ("literal",), bool(classes))


def short(iri: str) -> str:
    """Return an IRI as a prefixed name, with the prefixes of the vocabularies that only the ontology maps to as well."""
    for base, prefix in sorted(_OTHERS.items(), reverse=True):
        if iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return shorten(iri)


def diagram() -> str:
    """Draw how the classes hang together, as text: each class with the properties that lead to another one."""
    lines: list[str] = []
    for name, properties in contract().items():
        links = [one for one in properties if one.is_link]
        if links:
            width = max(len(one.path) for one in links)
            lines += ["", name]
            for number, one in enumerate(links, start=1):
                corner = "└" if number == len(links) else "├"
                targets = " or ".join(value.removeprefix("gk:") for value in one.values)
                lines.append(f"{corner}─ {one.path.ljust(width)} {one.count} ──▶ {targets}")
    return "\n".join(lines[1:])


def document() -> str:
    """Return the generated part of ``ontology/README.md``: diagram, classes, properties, code lists, rules, questions."""
    declared = terms()
    parts = [
        "## How it hangs together\n",
        f"`1` exactly one, `?` at most one, `+` at least one, `*` any number.\n\n```text\n{diagram()}\n```\n",
        *_class_sections(declared),
        "## Properties of our own\n",
        _table(("property", "from", "to", "what it says", "maps to", "example"), _property_rows(declared)),
        "## Code lists\n",
        _table(("list", "value", "meaning"), _code_rows(declared)),
        "## Rules\n",
        "What `graphkit check` and `graphkit validate` name when a graph breaks one.\n",
        _table(("rule", "says"), _rule_rows()),
        "## Questions\n",
        "`graphkit query --name cq07` asks one; `--set name=value` narrows it.\n",
        _table(("name", "question", "may be set"), _question_rows()),
    ]
    return "\n".join(parts)


def _class_sections(declared: Iterable[Term]) -> Iterator[str]:
    properties = contract()
    yield "## Classes\n"
    for one in declared:
        if one.kind != "Class" or one.name in code_lists():
            continue
        yield f"### {one.name}\n\n{one.comment} Maps to {', '.join(f'`{name}`' for name in one.mappings)}.\n"
        yield f"```turtle\n{one.example}\n```\n"
        rows = [(f"`{part.path}`", part.count, _values(part)) for part in properties.get(one.name, ())]
        if rows:
            yield _table(("property", "how many", "values"), rows)


def _values(part: Property) -> str:
    return " · ".join(f"`{value}`" for value in part.values)


def _property_rows(declared: Iterable[Term]) -> Iterator[tuple[str, ...]]:
    for one in declared:
        if one.kind.endswith("Property"):
            yield (
                f"`gk:{one.name}`",
                ", ".join(name.removeprefix("gk:") for name in one.domains),
                ", ".join(name.removeprefix("gk:") for name in one.ranges),
                one.comment,
                ", ".join(f"`{name}`" for name in one.mappings),
                f"`{one.example}`",
            )


def _code_rows(declared: Iterable[Term]) -> Iterator[tuple[str, ...]]:
    by_name = {one.name: one for one in declared}
    for name, values in code_lists().items():
        for value in values:
            yield name, f"`gk:{value}`", by_name[value].comment


def _rule_rows() -> Iterator[tuple[str, str]]:
    from graphkit.rdf.ontology.rules import GRAPH_RULES, shape_rules

    for name, message in sorted({(rule.name, rule.message) for rule in (*shape_rules(), *GRAPH_RULES)}):
        yield f"`{name}`", message


def _question_rows() -> Iterator[tuple[str, ...]]:
    for one in questions():
        yield f"{one.name} {one.slug}", one.sentence, ", ".join(f"`{part.name}` ({part.kind})" for part in one.parameters)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
