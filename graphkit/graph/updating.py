"""Recomputing what needs all articles: links across articles, then assessments, which rest on them.

Both follow from the record alone, so that adding articles one by one, or all at once, or building the record anew ends in the same
bytes.  Both are graphs of their own, replaced whole where a byte has changed; what changed is told by comparing old and new.  An
article changes the assessments of its island alone (``credibility.inference.corpus.Corpus.island``): the outlets that a chain of
common questions joins to its own.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphkit.rdf.namespaces import DQV, GK, GKD, GRAPH_ASSESSMENTS, GRAPH_LINKS

if TYPE_CHECKING:
    from graphkit.store.record import Record


@dataclass(frozen=True, slots=True)
class Change:
    """How many links of one relation, or assessments by one metric, there are now and what became of the earlier ones.

    ``changed`` are those between the same nodes with another score, method or evidence.
    """

    part: str
    kind: str
    now: int
    added: int
    removed: int
    changed: int


@dataclass(frozen=True, slots=True)
class _Part:
    """One computed graph: its name here and in the record, what its nodes are called, and what sorts them.

    ``is_canonical`` says that a test holds what ``compute`` writes to the form that is stored, so that it is not read again.
    """

    name: str
    graph: str
    prefix: str
    sorted_by: str
    compute: Callable[["Record"], bytes]
    is_canonical: bool = False


def _links(record: "Record") -> bytes:
    from graphkit.matching.links import compute_links

    return compute_links(record)


def _assessments(record: "Record") -> bytes:
    from graphkit.credibility.assessments import compute_assessments

    return compute_assessments(record)


PARTS: Final = (
    _Part("links", GRAPH_LINKS, f"<{GKD}link-", f"<{GK}relation>", _links),
    _Part("assessments", GRAPH_ASSESSMENTS, f"<{GKD}assess-", f"<{DQV}isMeasurementOf>", _assessments, is_canonical=True),
)
"""In this order: assessments read the links."""


def update(record: "Record") -> tuple[Change, ...]:
    """Recompute links and assessments, store them, and return what changed, by part and kind.

    Raises:
        ShapeViolation: A graph of the record is not as the shapes ask.
        DamagedPart: A table of the package is not as it was packaged.
        StoreBusy, DiskFull: See ``Record.put``; what was stored before stays.
    """
    found: list[Change] = []
    for part in PARTS:
        before = record.graph_nquads(part.graph) or b""
        after = part.compute(record)
        if not after and before:
            record.drop_graph(part.graph)
        elif after != before:
            record.put_graph(part.graph, after, is_canonical=part.is_canonical)
        found += _changes(part, before, after)
    return tuple(found)


def _changes(part: _Part, before: bytes, after: bytes) -> Iterator[Change]:
    old, new = _nodes(part, before), _nodes(part, after)
    added = Counter(kind for node, (kind, _) in new.items() if node not in old)
    removed = Counter(kind for node, (kind, _) in old.items() if node not in new)
    changed = Counter(kind for node, (kind, digest) in new.items() if node in old and old[node][1] != digest)
    now = Counter(kind for kind, _ in new.values())
    for kind in sorted(now | removed):
        yield Change(part.name, kind, now[kind], added[kind], removed[kind], changed[kind])


def _nodes(part: _Part, nquads: bytes) -> dict[bytes, tuple[str, int]]:
    """Return the kind of each node and a number that stands for all that is said of it, but for the run that found it."""
    prefix, sorted_by, run = part.prefix.encode(), part.sorted_by.encode(), b"#wasGeneratedBy> "
    kinds: dict[bytes, str] = {}
    digests: dict[bytes, int] = {}
    for line in nquads.split(b"\n"):
        if not line.startswith(prefix):
            continue
        node, predicate, rest = line.split(b" ", 2)
        if predicate == sorted_by:
            kinds[node] = _kind(rest)
        if not (predicate + b" ").endswith(run):
            digests[node] = digests.get(node, 0) ^ hash((predicate, rest))
    return {node: (kind, digests[node]) for node, kind in kinds.items()}


def _kind(rest: bytes) -> str:
    iri = rest.split(b">", 1)[0].decode().removeprefix("<")
    return iri.removeprefix(GK).removeprefix(GKD).removeprefix("metric-")
