"""Decisions of a record as its graph ``graph-decisions``, and decisions that came with another graph as rows of the record."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkit.rdf.decisions import Decided, decisions_to_nquads
from graphkit.rdf.namespaces import GRAPH_DECISIONS
from graphkit.store.record.decisions import Decision

if TYPE_CHECKING:
    from graphkit.store.record import Record


def keep(record: "Record", decision: Decision) -> int:
    """Keep one decision, as a row and in the graph of decisions, and return its number."""
    with record.transaction():
        number = record.decisions.add(decision)
        write_decisions(record)
    return number


def write_decisions(record: "Record") -> None:
    """Write all decisions of a record, those taken back too, as its graph of decisions."""
    decided = list(_numbered(record).values())
    if decided:
        record.put_graph(GRAPH_DECISIONS, decisions_to_nquads(decided))


def add_decided(record: "Record", decided: Iterable[Decided]) -> int:
    """Keep decisions that another graph holds and this one does not, oldest first; return how many were new.

    An undo whose decision is in neither graph says nothing and is left out.
    """
    with record.transaction():
        known = {one.name: number for number, one in _numbered(record).items()}
        added = 0
        for one in decided:
            if one.name in known or (one.kind == "undo" and one.value not in known):
                continue
            value = str(known[one.value]) if one.kind == "undo" else one.value
            row = Decision(one.target, one.kind, value, one.decided_by, one.decided_at, one.note)
            known[one.name] = record.decisions.add(row)
            added += 1
        if added:
            write_decisions(record)
    return added


def _numbered(record: "Record") -> dict[int, Decided]:
    """Return decisions by number; an undo names the decision that it takes back, not its number."""
    found: dict[int, Decided] = {}
    for number, row in sorted(record.decisions.all(), key=lambda pair: pair[0]):
        # what is taken back has a lower number, for decisions are only ever added
        value = found[int(row.value)].name if row.kind == "undo" else row.value
        found[number] = Decided(row.target, row.kind, value, row.decided_by, row.decided_at, row.note)
    return found
