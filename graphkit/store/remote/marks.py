"""Marks: what a remote store says of itself, a hash and a number of triples for each graph that arrived whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphkit.rdf.namespaces import GKD, SCHEMA, XSD

if TYPE_CHECKING:
    from graphkit.store.remote.client import Remote

MARKS: Final = "graph-pushed"
"""The graph of the marks, which is at the remote store only."""
_HASH: Final = SCHEMA + "sha256"
_COUNT: Final = "http://rdfs.org/ns/void#triples"
_PAGE: Final = 999


@dataclass(frozen=True, slots=True)
class Mark:
    """The SHA-256 (hexadecimal) of what was sent as a graph, and how many triples it has."""

    sha256: str
    triples: int


def read_marks(remote: "Remote") -> dict[str, Mark]:
    """Return the marks by the local names of their graphs."""
    found: dict[str, Mark] = {}
    last = ""
    while True:
        rows = remote.select(
            f"SELECT ?g ?h ?n WHERE {{ GRAPH <{GKD}{MARKS}> {{ ?g <{_HASH}> ?h ; <{_COUNT}> ?n }} "
            f'FILTER(STR(?g) > "{GKD}{last}") }} ORDER BY STR(?g) LIMIT {_PAGE}'
        )
        for row in rows:
            last = row["g"]["value"].removeprefix(GKD)
            found[last] = Mark(row["h"]["value"], int(row["n"]["value"]))
        if len(rows) < _PAGE:
            return found


def write_marks(remote: "Remote", marks: Mapping[str, Mark]) -> None:
    """Write marks, once their graphs are there."""
    _change(remote, "INSERT DATA", marks)


def erase_marks(remote: "Remote", marks: Mapping[str, Mark], names: Iterable[str]) -> None:
    """Erase the marks of graphs that are about to change; ``marks`` are those that were read."""
    _change(remote, "DELETE DATA", {name: marks[name] for name in names if name in marks})


def _change(remote: "Remote", verb: str, marks: Mapping[str, Mark]) -> None:
    if not marks:
        return
    triples = " ".join(
        f'<{GKD}{name}> <{_HASH}> "{mark.sha256}" . <{GKD}{name}> <{_COUNT}> "{mark.triples}"^^<{XSD}integer> .'
        for name, mark in sorted(marks.items())
    )
    remote.update(f"{verb} {{ GRAPH <{GKD}{MARKS}> {{ {triples} }} }}")
