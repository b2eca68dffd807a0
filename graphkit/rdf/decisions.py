"""Decisions ⇄ quads: what people decided, in a graph that cannot be recomputed and travels with the others.

A decision is named by what was decided about what, by whom and when, so that two people's decisions stand side by side when their
graphs are merged.  One that was taken back stays, with the one that undoes it: which are in force is a question, not a deletion.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.errors import ShapeViolation
from graphkit.rdf import identifiers, terms
from graphkit.rdf.facts import Facts
from graphkit.rdf.namespaces import GK, GKD, GRAPH_DECISIONS, XSD
from graphkit.rdf.terms import resource, term

if TYPE_CHECKING:
    from pyoxigraph import Quad

PAIRED = frozenset({"merge", "split", "derivedFrom"})
"""The kinds whose value is the local name of another thing."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: ``kind`` on ``target`` (a local name) is ``value``; who decided, when (ISO 8601, UTC) and why.

    ``value`` is a local name for the kinds of ``PAIRED``, the name of the decision taken back for "undo", else a text.
    """

    target: str
    kind: str
    value: str
    decided_by: str
    decided_at: str
    note: str = ""

    @property
    def name(self) -> str:
        """The local name of the decision."""
        return identifiers.decision(self.target, self.kind, self.value, self.note, made=(self.decided_by, self.decided_at))


def decisions_to_nquads(decisions: Iterable[Decided]) -> bytes:
    """Map decisions to sorted canonical N-Quads of ``graph-decisions``."""
    lines: set[str] = set()
    for one in decisions:
        predicate, value = _value(one)
        pairs = [
            ("rdf:type", term("gk:Decision")),
            ("gk:decisionKind", terms.text(one.kind)),
            ("gk:target", resource(one.target)),
            (predicate, value),
            ("schema:author", terms.text(one.decided_by)),
            ("prov:generatedAtTime", f'"{terms.escape(one.decided_at)}"^^<{XSD}dateTime>'),
            *([("gk:reason", terms.text(one.note))] if one.note else []),
        ]
        node, graph = resource(one.name), resource(GRAPH_DECISIONS)
        lines.update(f"{node} {term(predicate)} {value} {graph} .\n" for predicate, value in pairs)
    return "".join(sorted(lines)).encode()


def _value(one: Decided) -> tuple[str, str]:
    if one.kind == "undo":
        return "gk:undoes", resource(one.value)
    return ("gk:counterpart", resource(one.value)) if one.kind in PAIRED else ("gk:decidedText", terms.text(one.value))


def decisions_from_quads(quads: "Iterable[Quad]") -> tuple[Decided, ...]:
    """Return the decisions that quads hold, oldest first; an undo after the decision that it takes back.

    Raises:
        ShapeViolation: Something that the shapes require is missing.
    """
    facts = Facts(quads)
    found = [_read(facts, node) for node in facts.having_object("rdf:type", GK + "Decision")]
    return tuple(sorted(found, key=lambda one: (one.decided_at, one.kind == "undo", one.name)))


def _read(facts: Facts, node: str) -> Decided:
    kind = facts.one(node, "gk:decisionKind")
    predicate = {"undo": "gk:undoes"}.get(kind, "gk:counterpart" if kind in PAIRED else "gk:decidedText")
    value = facts.one(node, predicate)
    return Decided(
        _local(facts.one(node, "gk:target")),
        kind,
        value if predicate == "gk:decidedText" else _local(value),
        facts.one(node, "schema:author"),
        facts.one(node, "prov:generatedAtTime"),
        facts.maybe(node, "gk:reason") or "",
    )


def _local(value: str) -> str:
    if not value.startswith(GKD):
        raise ShapeViolation(f"{value[:200]} is no thing of a graphkit graph")
    return value.removeprefix(GKD)
