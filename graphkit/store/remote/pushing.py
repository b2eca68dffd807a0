"""Bringing a remote store up to the record: what is missing, other, or too many there; sent in batches, each marked when it has arrived."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from graphkit import limits
from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD, SCHEMA
from graphkit.store.remote.marks import MARKS, Mark, erase_marks, read_marks, write_marks

if TYPE_CHECKING:
    import pyoxigraph

    from graphkit.store.record import Record
    from graphkit.store.remote.client import Remote

_BATCH_GRAPHS: Final = 50
Did = Literal["sent", "removed"]
Report = Callable[[Did, str], None]
"""Called for each graph that was sent or removed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push has to do; names are local names of graphs, sorted.

    ``new`` are not there, ``changed`` are there but other or not marked as whole, ``surplus`` are there but not in the record.
    ``sha256`` stands for all graphs of the record; ``describes`` says that the describing graphs have to be sent as well.
    ``texts`` are the articles whose texts go along, by their graphs.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    surplus: tuple[str, ...]
    sha256: str
    describes: bool
    marks: dict[str, Mark] = field(repr=False)
    texts: dict[str, str] = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to do."""
        return not (self.new or self.changed or self.surplus or self.describes)


def plan_push(record: "Record", remote: "Remote", *, keep_surplus: bool = False, with_text: bool = False) -> Plan:
    """Compare record and remote store by hashes and counts, without reading a graph.

    Args:
        record: The record.
        remote: The store.
        keep_surplus: Leave graphs that the record has not.
        with_text: Send the articles' texts too, as ``schema:articleBody`` in their graphs.
    """
    remote.check_writable()
    hashes = record.graph_hashes()
    rows = {row.graph: row for row in record.articles()} if with_text else {}
    hashes |= {name: _with_text(hashes[name], row.text_sha256) for name, row in rows.items()}
    marks = read_marks(remote)
    counts = dict(remote.graphs())
    digest = hashlib.sha256("".join(f"{name} {sha256}\n" for name, sha256 in sorted(hashes.items())).encode()).hexdigest()
    whole = {name for name, mark in marks.items() if counts.get(name, 0) == mark.triples}
    others = counts.keys() | marks.keys()
    wanted = [name for name, sha256 in sorted(hashes.items()) if name not in whole or marks[name].sha256 != sha256]
    surplus = others - hashes.keys() - {MARKS, *DESCRIBING_GRAPHS}
    describes = any(name not in whole or marks[name].sha256 != digest for name in DESCRIBING_GRAPHS)
    return Plan(
        new=tuple(name for name in wanted if name not in others),
        changed=tuple(name for name in wanted if name in others),
        surplus=() if keep_surplus else tuple(sorted(surplus)),
        sha256=digest,
        describes=describes,
        marks=marks,
        texts={name: row.name for name, row in rows.items()},
    )


def push(record: "Record", store: "pyoxigraph.Store", remote: "Remote", plan: Plan, *, report: Report | None = None) -> None:
    """Do what a plan says.  It may be ended at any time, on either side: the next plan has what is left.

    Args:
        record: The record that was planned for.
        store: An index of it, at the same state.
        remote: The store.
        plan: What to do.
        report: Told each graph that was sent or removed.
    """
    told: Report = report or (lambda _did, _name: None)
    if plan.is_empty:
        return
    erase_marks(remote, plan.marks, DESCRIBING_GRAPHS)
    for names in _batches(plan.surplus):
        erase_marks(remote, plan.marks, names)
        for name in names:
            remote.drop(name)
            told("removed", name)
    _send_new(record, remote, plan, told)
    for names in _batches(plan.changed):
        erase_marks(remote, plan.marks, names)
        _put_all(record, remote, names, plan, told)
    for name in DESCRIBING_GRAPHS:
        _put_describing(store, remote, name, plan.sha256)


def _send_new(record: "Record", remote: "Remote", plan: Plan, told: Report) -> None:
    if not remote.takes_nquads:
        for names in _batches(plan.new):
            _put_all(record, remote, names, plan, told)
        return
    pieces: list[bytes] = []
    marks: dict[str, Mark] = {}
    size = 0

    def flush() -> None:
        nonlocal size
        if marks:
            remote.load(b"".join(pieces))
            write_marks(remote, marks)
            for name in marks:
                told("sent", name)
        pieces.clear()
        marks.clear()
        size = 0

    for name in plan.new:
        own, mark = _own_lines(record, name, plan)
        if size + sum(map(len, own)) > limits.REMOTE_BATCH_BYTES or len(marks) >= _BATCH_GRAPHS:
            flush()
        pieces.extend(own)
        marks[name] = mark
        size += sum(map(len, own))
    flush()


def _put_all(record: "Record", remote: "Remote", names: Iterable[str], plan: Plan, told: Report) -> None:
    marks = {}
    for name in names:
        own, marks[name] = _own_lines(record, name, plan)
        remote.put(name, _pieces(_triple(line, name) for line in own))
        told("sent", name)
    write_marks(remote, marks)


def _put_describing(store: "pyoxigraph.Store", remote: "Remote", name: str, sha256: str) -> None:
    """Send one describing graph whole, last of all: it follows from the others."""
    from pyoxigraph import NamedNode

    lines = sorted(f"{quad.triple} .\n".encode() for quad in store.quads_for_pattern(None, None, None, NamedNode(GKD + name)))
    if lines:
        remote.put(name, _pieces(lines))
    else:
        remote.drop(name)
    write_marks(remote, {name: Mark(sha256, len(lines))})


def _own_lines(record: "Record", name: str, plan: Plan) -> tuple[list[bytes], Mark]:
    """Return a graph's own N-Quads, without the descriptions that its blob carries, and its mark: the hash is the blob's."""
    nquads = record.graph_nquads(name) or b""
    ending = f" <{GKD}{name}> .\n".encode()
    own = [line for line in nquads.splitlines(keepends=True) if line.endswith(ending)]
    sha256 = hashlib.sha256(nquads).hexdigest()
    article = plan.texts.get(name)
    if article is not None:
        text = record.text(article)
        own.append(_text_line(article, text).encode() + ending)
        sha256 = _with_text(sha256, hashlib.sha256(text.encode()).hexdigest())
    return own, Mark(sha256, len(own))


def _with_text(sha256: str, text_sha256: str) -> str:
    return hashlib.sha256(f"{sha256} {text_sha256}".encode()).hexdigest()


def _text_line(article: str, text: str) -> str:
    from pyoxigraph import Literal

    return f"<{GKD}{article}> <{SCHEMA}articleBody> {Literal(text)}"


def _triple(line: bytes, name: str) -> bytes:
    return line.removesuffix(f" <{GKD}{name}> .\n".encode()) + b" .\n"


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Join lines to pieces of at most ``limits.REMOTE_BATCH_BYTES``; at least one, which may be empty."""
    piece: list[bytes] = []
    size = 0
    is_first = True
    for line in lines:
        if piece and size + len(line) > limits.REMOTE_BATCH_BYTES:
            yield b"".join(piece)
            piece, size, is_first = [], 0, False
        piece.append(line)
        size += len(line)
    if piece or is_first:
        yield b"".join(piece)


def _batches(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(names), _BATCH_GRAPHS):
        yield names[start : start + _BATCH_GRAPHS]
