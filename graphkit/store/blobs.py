"""Blobs: the sorted N-Quads of one named graph, checked, packed, hashed."""

import hashlib
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from graphkit import limits
from graphkit.errors import StoreCorrupt
from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD

_LEVEL: Final = 6
_WAY_OUT: Final = "'graphkit db verify' names what is damaged"
_DESCRIBING: Final = tuple(f" <{GKD}{name}> .".encode() for name in DESCRIBING_GRAPHS)


@dataclass(frozen=True, slots=True)
class Blob:
    """One graph's N-Quads, packed, with the hash and the number of lines of what is inside."""

    packed: bytes
    sha256: str
    quad_count: int


def pack(graph: str, nquads: bytes) -> Blob:
    """Check and pack the N-Quads of ``graph`` (a local name) and of the describing graphs.

    Raises:
        ValueError: They are not canonical (sorted, distinct, LF after each line), or a line is of another graph, or a node is
            described that the graph does not name.
    """
    check(graph, nquads)
    return Blob(zlib.compress(nquads, _LEVEL), hashlib.sha256(nquads).hexdigest(), nquads.count(b"\n"))


def check(graph: str, nquads: bytes) -> None:
    """See that N-Quads are what a blob of ``graph`` may hold; the parser has the last word on each term.

    Raises:
        ValueError: See ``pack``.
    """
    import pyoxigraph

    lines = nquads.split(b"\n")
    if lines.pop():
        raise ValueError(f"{graph}: the last N-Quad does not end with LF")
    _check_order(graph, lines)
    _check_graphs(graph, lines)
    try:
        for line, quad in zip(lines, pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS), strict=True):
            if f"{quad} .".encode() != line:
                raise ValueError(f"{graph}: a line is not as canonical N-Quads write it: {line[:200]!r}")
    except SyntaxError as error:
        raise ValueError(f"{graph}: {error}") from error


def unpack(packed: bytes, *, most: int = limits.MAX_GRAPH_BYTES) -> bytes:
    """Return what was packed, a graph's N-Quads or a source, of at most ``most`` bytes.

    Raises:
        StoreCorrupt: It does not unpack, or is larger than it may be.
    """
    unpacker = zlib.decompressobj()
    try:
        body = unpacker.decompress(packed, most)
    except zlib.error as error:
        raise StoreCorrupt(f"what was stored does not unpack ({error})", hint=_WAY_OUT) from error
    if not unpacker.eof and (unpacker.unconsumed_tail or len(body) < most):
        raise StoreCorrupt("what was stored is cut short, or larger than it says", hint=_WAY_OUT)
    return body


def _check_order(graph: str, lines: list[bytes]) -> None:
    if any(not line.endswith(b" .") for line in lines):
        raise ValueError(f"{graph}: not one N-Quad a line")
    if any(earlier >= later for earlier, later in pairwise(lines)):
        raise ValueError(f"{graph}: the N-Quads are not sorted and distinct")


def _check_graphs(graph: str, lines: list[bytes]) -> None:
    own = f" <{GKD}{graph}> .".encode()
    named: set[bytes] = set()
    described: set[bytes] = set()
    for line in lines:
        subject, rest = line.split(b" ", 1)
        if line.endswith(own):
            named.add(subject)
            named.add(rest[: -len(own)].partition(b" ")[2])
        elif line.endswith(_DESCRIBING):
            described.add(subject)
        else:
            raise ValueError(f"{graph}: a line belongs to another graph: {line[:200]!r}")
    if described - named:
        # a description that nothing names could never be told apart from one that is still wanted
        raise ValueError(f"{graph}: it describes a node that it does not name: {min(described - named)!r}")
    if any(node.startswith(b"_:") for node in named):
        raise ValueError(f"{graph}: a blank node has no name that lasts")
