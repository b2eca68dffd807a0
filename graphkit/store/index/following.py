"""Bringing an Oxigraph store up to the record: load everything, or apply what was written since.

A blob carries the descriptions of the nodes it names, and several blobs carry the same ones.  When a graph goes, a description
goes with it unless another graph that names the node carries it too; that is looked up, line for line, and not counted: there is no
count that could drift.
"""

import io
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD
from graphkit.store.record import GraphRow, Record

if TYPE_CHECKING:
    import pyoxigraph
    from typing_extensions import Buffer

_DESCRIBING: Final = tuple(f" <{GKD}{name}> .".encode() for name in DESCRIBING_GRAPHS)
_BATCH_BYTES: Final = 32 << 20


class Blobs(io.RawIOBase):
    """Blobs one after the other as one file to read, so that no more than one is held at a time."""

    def __init__(self, blobs: Iterable[bytes]) -> None:
        super().__init__()
        self._blobs = iter(blobs)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: "Buffer", /) -> int:
        """Fill ``buffer`` from the blob that is under way; 0 when all are read."""
        target = memoryview(buffer).cast("B")
        while not self._left:
            blob = next(self._blobs, None)
            if blob is None:
                return 0
            self._left = memoryview(blob)
        count = min(len(target), len(self._left))
        target[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def load_all(store: "pyoxigraph.Store", blobs: Iterable[bytes]) -> None:
    """Load N-Quads that were checked when they were put; what some of them share is kept once."""
    import pyoxigraph

    batch: list[bytes] = []
    size = 0
    for blob in chain(blobs, (b"",)):
        batch.append(blob)
        size += len(blob)
        if size > _BATCH_BYTES or (size and not blob):
            # lenient: IRIs were validated at the put, and half the time would go into doing it again
            store.load(b"".join(batch), format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
            batch, size = [], 0


def apply_rows(store: "pyoxigraph.Store", record: Record, rows: Iterable[GraphRow], *, atomic: bool = False) -> int:
    """Put into ``store`` what ``rows`` of ``record`` say, and return how many there were.

    With ``atomic`` each row is one update that is in the store wholly or not at all, whatever ends the process.
    """
    carriers = _Carriers(record)
    fresh: list[bytes] = []
    count = size = 0
    for row in rows:
        count += 1
        if _holds(store, row.name):
            _replace(store, row, carriers, atomic=atomic)
        elif row.nquads is not None:
            fresh.append(row.nquads)
            size += len(row.nquads)
        if size > _BATCH_BYTES:
            load_all(store, fresh)
            fresh, size = [], 0
    load_all(store, fresh)
    return count


def _holds(store: "pyoxigraph.Store", name: str) -> bool:
    import pyoxigraph

    return store.contains_named_graph(pyoxigraph.NamedNode(GKD + name))


Described = dict[str, frozenset[str]]
"""Nodes (as ``<iri>``) and the lines that describe them in the describing graphs."""


class _Carriers:
    """What a graph's blob describes, for the graphs looked at last."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.of = lru_cache(maxsize=64)(self._of)

    def _of(self, name: str) -> Described:
        return described_in(self._record.graph_nquads(name) or b"")


def described_in(nquads: bytes) -> Described:
    """Return what a blob describes in the describing graphs."""
    found: dict[str, set[str]] = {}
    for line in nquads.split(b"\n"):
        if line.endswith(_DESCRIBING):
            found.setdefault(line.partition(b" ")[0].decode(), set()).add(line.decode())
    return {node: frozenset(lines) for node, lines in found.items()}


def _replace(store: "pyoxigraph.Store", row: GraphRow, carriers: _Carriers, *, atomic: bool) -> None:
    """Drop one graph with the descriptions that nobody else carries, and put the new one in its place."""
    import pyoxigraph

    graph = pyoxigraph.NamedNode(GKD + row.name)
    orphans = list(_orphans(store, graph, carriers, now=described_in(row.nquads or b"")))
    if atomic:
        store.update(_replacement(row, orphans))
        return
    store.remove_graph(graph)
    for quad in orphans:
        store.remove(quad)
    load_all(store, () if row.nquads is None else (row.nquads,))


def _orphans(
    store: "pyoxigraph.Store", graph: "pyoxigraph.NamedNode", carriers: _Carriers, *, now: Described
) -> "Iterator[pyoxigraph.Quad]":
    """Yield the describing quads of the nodes that ``graph`` names that neither its new blob (``now``) nor another one carries."""
    import pyoxigraph

    describing = [pyoxigraph.NamedNode(GKD + name) for name in DESCRIBING_GRAPHS]
    nodes = {node for quad in store.quads_for_pattern(None, None, None, graph) for node in (quad.subject, quad.object)}
    for node in nodes:
        if not isinstance(node, pyoxigraph.NamedNode):
            continue
        quads = {f"{quad} .": quad for where in describing for quad in store.quads_for_pattern(node, None, None, where)}
        left = quads.keys() - now.get(str(node), frozenset())
        if left:
            left = _not_carried(store, node, left, carriers, apart_from={graph, *describing})
        yield from (quads[line] for line in left)


def _not_carried(
    store: "pyoxigraph.Store",
    node: "pyoxigraph.NamedNode",
    lines: set[str],
    carriers: _Carriers,
    *,
    apart_from: "set[pyoxigraph.NamedNode]",
) -> set[str]:
    """Return the lines about ``node`` that no graph naming it carries; the first one asked mostly carries them all."""
    import pyoxigraph

    naming = chain(store.quads_for_pattern(None, None, node, None), store.quads_for_pattern(node, None, None, None))
    seen = set(apart_from)
    for quad in naming:
        graph = quad.graph_name
        if isinstance(graph, pyoxigraph.NamedNode) and graph not in seen:
            seen.add(graph)
            lines = lines - carriers.of(graph.value.removeprefix(GKD)).get(str(node), frozenset())
            if not lines:
                break
    return lines


def _replacement(row: GraphRow, orphans: "list[pyoxigraph.Quad]") -> str:
    """Write the replacement as one SPARQL update: terms in N-Quads are terms in SPARQL too."""
    parts = [f"DROP SILENT GRAPH <{GKD}{row.name}>"]
    if orphans:
        parts.append("DELETE DATA { " + " ".join(_in_graph(f"{quad} .") for quad in orphans) + " }")
    if row.nquads:
        parts.append("INSERT DATA { " + " ".join(map(_in_graph, row.nquads.decode().removesuffix("\n").split("\n"))) + " }")
    return " ;\n".join(parts)


def _in_graph(line: str) -> str:
    triple, _, graph = line.removesuffix(" .").rpartition(" ")
    return f"GRAPH {graph} {{ {triple} }}"
