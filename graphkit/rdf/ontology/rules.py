"""The shapes as plain SPARQL: the same named rules, run over a whole store in seconds where SHACL would take minutes.

Only the part of SHACL that ``ontology/shapes.ttl`` uses is understood; anything else is an error, so that no rule is dropped
silently.  Rules on named graphs, which SHACL cannot state, are added here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD, GKS, PREFIXES, RDF, RDFS, XSD
from graphkit.resources import folder

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

_SH: Final = "http://www.w3.org/ns/shacl#"
_PROLOGUE: Final = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
_CAST: Final = frozenset(XSD + name for name in ("boolean", "date", "dateTime", "decimal", "integer"))
_IGNORED: Final = frozenset({_SH + "path", _SH + "message", _SH + "severity", RDF + "type", RDFS + "comment"})
_DESCRIBED: Final = ", ".join(f"<{GKD}{name}>" for name in DESCRIBING_GRAPHS)


@dataclass(frozen=True, slots=True)
class Rule:
    """One named rule: ``select`` finds in ``?this`` (and, if there is one, ``?value``) what breaks it."""

    name: str
    message: str
    severity: str
    select: str


@dataclass(frozen=True, slots=True)
class Violation:
    """What breaks which rule: ``node`` is an IRI, ``value`` the offending value where there is one.

    ``rule`` is the local name in ``ontology/shapes.ttl`` ("Assertion.claim"); ``severity`` "violation", "warning" or "info".
    """

    rule: str
    node: str
    message: str
    severity: str = "violation"
    value: str | None = None


GRAPH_RULES: Final = (
    Rule(
        "Graph.once",
        "a triple stands in two graphs, and would count twice",
        "violation",
        "SELECT DISTINCT ?this ?value WHERE { GRAPH ?one { ?this ?predicate ?value } GRAPH ?two { ?this ?predicate ?value } "
        # two articles of one publisher may show the same edge between outlets; queries ask for it with DISTINCT
        "FILTER(STR(?one) < STR(?two) && ?predicate != gk:citesOutlet) }",
    ),
    Rule(
        "Graph.named",
        "a node has no IRI, so the graph has no canonical form",
        "violation",
        "SELECT DISTINCT ?this WHERE { GRAPH ?graph { ?this ?predicate ?value } FILTER(isBLANK(?this) || isBLANK(?value)) }",
    ),
    Rule(
        "Graph.described",
        "a node is described that no other graph names",
        "warning",
        f"SELECT DISTINCT ?this WHERE {{ GRAPH ?graph {{ ?this ?predicate ?value }} FILTER(?graph IN ({_DESCRIBED})) "
        f"FILTER NOT EXISTS {{ GRAPH ?other {{ ?node ?names ?this }} FILTER(?other NOT IN ({_DESCRIBED})) }} }}",
    ),
)


def check(store: "Store") -> list[Violation]:
    """Check a whole store by every rule; sorted by rule, then node."""
    found = {violation for rule in (*shape_rules(), *GRAPH_RULES) for violation in _broken(store, rule)}
    return sorted(found, key=lambda one: (one.rule, one.node, one.value or ""))


def check_quads(quads: "list[Quad]") -> list[Violation]:
    """Check quads by every rule, as ``check`` does a store."""
    from pyoxigraph import Store

    store = Store()
    store.extend(quads)
    return check(store)


def _broken(store: "Store", rule: Rule) -> Iterator[Violation]:
    solutions: Any = store.query(_PROLOGUE + rule.select, use_default_graph_as_union=True)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        value = solution["value"] if "value" in names else None
        node = getattr(solution["this"], "value", str(solution["this"]))
        yield Violation(rule.name, node, rule.message, rule.severity, None if value is None else str(value))


@cache
def shape_rules() -> tuple[Rule, ...]:
    """Return the rules of ``ontology/shapes.ttl``, by name; one rule of a shape may be several queries."""
    from pyoxigraph import RdfFormat, parse

    ontology = folder("ontology")
    quads = [
        quad
        for name in ("shapes.ttl", "graphkit.ttl")
        for quad in parse((ontology / name).read_bytes(), format=RdfFormat.TURTLE)
    ]
    return tuple(sorted(_Compiler(quads).rules(), key=lambda rule: (rule.name, rule.select)))


class _Compiler:
    """Turns node shapes with property shapes and SPARQL constraints into queries."""

    def __init__(self, quads: "list[Quad]") -> None:
        self.facts: dict[Any, dict[str, list[Any]]] = {}
        for quad in quads:
            self.facts.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
        self.constraints: dict[str, Callable[[_Property, Any], str]] = {
            "minCount": _min_count,
            "maxCount": _max_count,
            "datatype": _datatype,
            "class": lambda shape, value: _not_of_class(shape, self.subclasses([value])),
            "or": lambda shape, value: _not_of_class(shape, self.subclasses(self._or_classes(value))),
            "in": lambda shape, value: _outside(shape, self._list(value)),
            "nodeKind": _node_kind,
            "pattern": lambda shape, value: _values(shape, f"!REGEX(STR(?value), {value})"),
            "minLength": lambda shape, value: _values(shape, f"STRLEN(STR(?value)) < {value}"),
            "minInclusive": lambda shape, value: _values(shape, f"!COALESCE(?value >= {value}, false)"),
            "maxInclusive": lambda shape, value: _values(shape, f"!COALESCE(?value <= {value}, false)"),
            "lessThan": lambda shape, value: _compared(shape, value, "<"),
            "lessThanOrEquals": lambda shape, value: _compared(shape, value, "<="),
        }

    def rules(self) -> Iterator[Rule]:
        """Yield the rules of every node shape."""
        for shape, properties in self.facts.items():
            targets = sorted(str(target) for target in properties.get(_SH + "targetClass", ()))
            # a union of patterns, not a filter on the class: the filter would read every type in the store
            focus = " UNION ".join(f"{{ ?this a {target} }}" for target in targets)
            for part in properties.get(_SH + "property", ()):
                yield from self._property_rules(part, focus)
            for part in properties.get(_SH + "sparql", ()):
                yield self._sparql_rule(part, focus)
            if properties.get(_SH + "property") and not targets:
                raise ValueError(f"{shape} has no target class")

    def _property_rules(self, part: Any, focus: str) -> Iterator[Rule]:
        facts = self.facts[part]
        shape = _Property(focus, self._path(facts[_SH + "path"][0]))
        for predicate, values in facts.items():
            if predicate in _IGNORED:
                continue
            compiled = self.constraints.get(predicate.removeprefix(_SH))
            if compiled is None:
                raise ValueError(f"{part}: no query is known for {predicate}")
            for value in values:
                yield self._rule(part, compiled(shape, value))

    def _sparql_rule(self, part: Any, focus: str) -> Rule:
        select = self.facts[part][_SH + "select"][0].value.replace("$this", "?this")
        head, brace, rest = select.partition("{")
        return self._rule(part, f"{head}{brace} {focus} {rest}")

    def _rule(self, part: Any, select: str) -> Rule:
        facts = self.facts[part]
        severity = facts[_SH + "severity"][0].value if _SH + "severity" in facts else "#Violation"
        name = part.value.removeprefix(GKS)
        return Rule(name, facts[_SH + "message"][0].value, severity.rpartition("#")[2].lower(), select)

    def _path(self, node: Any) -> str:
        facts = self.facts.get(node, {})
        if _SH + "inversePath" in facts:
            return f"^{facts[_SH + 'inversePath'][0]}"
        if RDF + "first" in facts:
            return "/".join(map(str, self._list(node)))
        return str(node)

    def _list(self, node: Any) -> list[Any]:
        items = []
        while node.value != RDF + "nil":
            items.append(self.facts[node][RDF + "first"][0])
            node = self.facts[node][RDF + "rest"][0]
        return items

    def _or_classes(self, node: Any) -> list[Any]:
        return [self.facts[one][_SH + "class"][0] for one in self._list(node)]

    def subclasses(self, classes: list[Any]) -> list[str]:
        """Return classes and all that the ontology puts under them, as terms."""
        found = dict.fromkeys(map(str, classes))
        for one in list(found):
            below = [
                node for node, facts in self.facts.items() if any(str(up) == one for up in facts.get(RDFS + "subClassOf", ()))
            ]
            found.update(dict.fromkeys(self.subclasses(below) if below else []))
        return list(found)


@dataclass(frozen=True, slots=True)
class _Property:
    """A path from ``?this``, which the pattern ``focus`` binds to the nodes of some classes."""

    focus: str
    path: str


def _values(shape: _Property, wrong: str) -> str:
    return f"SELECT DISTINCT ?this ?value WHERE {{ {shape.focus} ?this {shape.path} ?value . FILTER({wrong}) }}"


def _min_count(shape: _Property, count: Any) -> str:
    if count.value != "1":
        raise ValueError(f"minCount {count.value} is not understood")
    return f"SELECT DISTINCT ?this WHERE {{ {shape.focus} FILTER NOT EXISTS {{ ?this {shape.path} ?any }} }}"


def _max_count(shape: _Property, count: Any) -> str:
    if count.value == "0":
        return _values(shape, "true")
    if count.value != "1":
        raise ValueError(f"maxCount {count.value} is not understood")
    two = f"?this {shape.path} ?one, ?two . FILTER(!sameTerm(?one, ?two))"
    return f"SELECT DISTINCT ?this WHERE {{ {shape.focus} {two} }}"


def _datatype(shape: _Property, datatype: Any) -> str:
    wrong = f"COALESCE(DATATYPE(?value) != {datatype}, true)"
    if datatype.value in _CAST:
        cast = f"{datatype}(STR(?value))"
        wrong += f" || !COALESCE({cast} = {cast}, false)"
    return _values(shape, wrong)


def _not_of_class(shape: _Property, classes: list[str]) -> str:
    return _values(shape, f"NOT EXISTS {{ ?value a ?kind . FILTER(?kind IN ({', '.join(classes)})) }}")


def _outside(shape: _Property, allowed: list[Any]) -> str:
    return _values(shape, f"?value NOT IN ({', '.join(map(str, allowed))})")


def _node_kind(shape: _Property, kind: Any) -> str:
    if kind.value != _SH + "IRI":
        raise ValueError(f"nodeKind {kind} is not understood")
    return _values(shape, "!isIRI(?value)")


def _compared(shape: _Property, other: Any, sign: str) -> str:
    return (
        f"SELECT DISTINCT ?this ?value WHERE {{ {shape.focus} ?this {shape.path} ?value ; {other} ?other . "
        f"FILTER(!COALESCE(?value {sign} ?other, false)) }}"
    )
