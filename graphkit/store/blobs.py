"""Blobs: the sorted N-Quads of one named graph, checked, packed, hashed."""

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress, islice
from operator import ge, not_
from typing import Final

from graphkit import limits
from graphkit.errors import StoreCorrupt
from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD

_LEVEL: Final = 6
_LARGE: Final = 8 << 20
_LARGE_LEVEL: Final = 3
"""Of graphs from ``_LARGE`` bytes on, and of those that come in parts, as rating sets do: half the time for a tenth more room."""
_WAY_OUT: Final = "'graphkit db verify' names what is damaged"
_ANY_SUBJECT: Final = b"<urn:a> "
_ANY_REST: Final = b" <urn:a> <urn:a> <urn:a> ."
_DESCRIBING: Final = tuple(f" <{GKD}{name}> .".encode() for name in DESCRIBING_GRAPHS)


@dataclass(frozen=True, slots=True)
class Blob:
    """One graph's N-Quads, packed, with the hash and the number of lines of what is inside."""

    packed: bytes
    sha256: str
    quad_count: int


def pack(graph: str, nquads: bytes, *, is_canonical: bool = False) -> Blob:
    """Check, unless ``is_canonical`` says that they are known to be right, and pack the N-Quads of ``graph`` (a local name).

    Raises:
        ValueError: They are not canonical (sorted, distinct, LF after each line), or a line is of another graph, or a node is
            described that the graph does not name.
    """
    if not is_canonical:
        check(graph, nquads)
    level = _LEVEL if len(nquads) < _LARGE else _LARGE_LEVEL
    return Blob(zlib.compress(nquads, level), hashlib.sha256(nquads).hexdigest(), nquads.count(b"\n"))


def pack_parts(parts: Iterable[bytes]) -> Blob:
    """Pack N-Quads that are known to be right and come in parts of whole lines, none of which needs to stay in memory."""
    packer, digest = zlib.compressobj(_LARGE_LEVEL), hashlib.sha256()
    packed: list[bytes] = []
    quad_count = 0
    for part in parts:
        digest.update(part)
        packed.append(packer.compress(part))
        quad_count += part.count(b"\n")
    packed.append(packer.flush())
    return Blob(b"".join(packed), digest.hexdigest(), quad_count)


def check(graph: str, nquads: bytes) -> None:
    """See that N-Quads are what a blob of ``graph`` may hold; the parser has the last word on each term.

    Raises:
        ValueError: See ``pack``.
    """
    lines = nquads.split(b"\n")
    if lines.pop():
        raise ValueError(f"{graph}: the last N-Quad does not end with LF")
    if any(map(ge, lines, islice(lines, 1, None))):
        raise ValueError(f"{graph}: the N-Quads are not sorted and distinct")
    # a line is right when its subject is and the rest is: nodes have many lines and many lines end alike
    parts = [line.partition(b" ") for line in lines]
    subjects, rests = [part[0] for part in parts], [part[2] for part in parts]
    del lines, parts
    ends = set(rests)
    _check_graphs(graph, subjects, rests, ends)
    _check_terms(graph, [*(one + _ANY_REST for one in set(subjects)), *(_ANY_SUBJECT + one for one in ends)])


def _check_terms(graph: str, lines: list[bytes]) -> None:
    """See that each line is one N-Quad in canonical form."""
    import pyoxigraph

    form = pyoxigraph.RdfFormat.N_QUADS
    nquads = b"\n".join([*lines, b""])
    try:
        written = pyoxigraph.serialize(pyoxigraph.parse(nquads, format=form), format=form) or b""
    except SyntaxError as error:
        raise ValueError(f"{graph}: {error}") from error
    if written != nquads:
        pairs = zip(lines, written.split(b"\n"), strict=False)
        wrong = next((line for line, other in pairs if line != other), lines[-1])
        raise ValueError(f"{graph}: a line is not as canonical N-Quads write it: {wrong[:200]!r}")


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


def _check_graphs(graph: str, subjects: list[bytes], rests: list[bytes], ends: set[bytes]) -> None:
    """See that each line, split into subject and rest, is of the graph or describes a node that the graph names.

    ``ends`` are the distinct ``rests``.
    """
    own = f" <{GKD}{graph}> .".encode()
    describing = {end for end in ends if not end.endswith(own)}
    foreign = {end for end in describing if not end.endswith(_DESCRIBING)}
    if foreign:
        line = min(subject + b" " + rest for subject, rest in zip(subjects, rests, strict=True) if rest in foreign)
        what = "a line belongs to another graph" if line.endswith(b" .") else "not one N-Quad a line"
        raise ValueError(f"{graph}: {what}: {line[:200]!r}")
    describes = list(map(describing.__contains__, rests))
    named = set(compress(subjects, map(not_, describes)))
    named.update(end[: -len(own)].partition(b" ")[2] for end in ends - describing)
    described = set(compress(subjects, describes))
    if described - named:
        # a description that nothing names could never be told apart from one that is still wanted
        raise ValueError(f"{graph}: it describes a node that it does not name: {min(described - named)!r}")
    if any(node.startswith(b"_:") for node in named):
        raise ValueError(f"{graph}: a blank node has no name that lasts")
