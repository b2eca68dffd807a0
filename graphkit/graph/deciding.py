"""What people decide: two things are one, or are not; a better name; a note.  Kept with who and when, undone by a further decision.

Decisions are rows that are only ever added.  They name things by identifiers that follow from content, so a new extraction or a
rebuild finds them again; what is extracted is never changed by them, only what is shown under which name.
"""

import getpass
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from graphkit.errors import InputError, NotFound
from graphkit.graph.decisions_graph import keep
from graphkit.graph.finding import find
from graphkit.store.record.decisions import Decision

if TYPE_CHECKING:
    from pyoxigraph import Store

    from graphkit.store.record import Record

Kind = Literal["merge", "split", "derivedFrom", "rename", "note", "undo"]
_ACTORS = frozenset({"Person", "Country", "Organisation", "Group", "AnonymousSource"})


@dataclass(frozen=True, slots=True)
class Maker:
    """Who decides, and why."""

    by: str | None = None
    because: str = ""

    def decision(self, target: str, kind: Kind, value: str) -> Decision:
        """Return the decision as it is kept."""
        who = self.by or getpass.getuser()
        when = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return Decision(target, kind, value, decided_by=who, decided_at=when, note=self.because)


@dataclass(frozen=True, slots=True)
class Standing:
    """The decisions in force: which thing goes by which other's name, what things are called, which pairs are apart, and notes."""

    merged: dict[str, str]
    names: dict[str, str]
    apart: frozenset[tuple[str, str]]
    notes: dict[str, tuple[Decision, ...]]

    def canonical(self, identifier: str) -> str:
        """Return the thing that ``identifier`` was merged into, or itself."""
        return self.merged.get(identifier, identifier)


def merge(record: "Record", store: "Store", first: str, second: str, maker: Maker) -> int:
    """Decide that ``second`` is the same as ``first``, whose name stays; return the decision's number.

    Raises:
        NotFound: One of the names fits nothing, or several things.
        InputError: They are of different kinds, the same already, or were decided to be apart.
    """
    (kept, kind), (gone, other) = find(store, first), find(store, second)
    standing = standing_of(record)
    if _group(kind) != _group(other):
        raise InputError(
            f"{first!r} is {_group(kind)} and {second!r} is {_group(other)}", hint="only things of one kind can be one"
        )
    if standing.canonical(kept) == standing.canonical(gone):
        raise InputError(f"{first!r} and {second!r} are one already", hint="'graphkit split' takes them apart")
    if _pair(kept, gone) in standing.apart:
        raise InputError(f"{first!r} and {second!r} were decided to be apart", hint="'graphkit undo' takes that decision back")
    return keep(record, maker.decision(gone, "merge", kept))


def split(record: "Record", store: "Store", first: str, second: str, maker: Maker) -> int:
    """Decide that the two are not the same, whatever was decided or computed before; return the decision's number.

    Raises:
        NotFound: One of the names fits nothing, or several things.
    """
    kept, gone = find(store, first)[0], find(store, second)[0]
    if kept == gone:
        raise InputError(f"{first!r} and {second!r} name one thing", hint="name the two by their ids")
    return keep(record, maker.decision(gone, "split", kept))


def derive(record: "Record", store: "Store", taker: str, giver: str, maker: Maker) -> int:
    """Decide that the article ``taker`` has it from the article ``giver``; return the decision's number.

    Raises:
        NotFound: One of the names fits nothing, or several things.
        InputError: One is no article, both are one, or the opposite was decided.
    """
    (taking, kind), (giving, other) = find(store, taker), find(store, giver)
    for name, is_ in ((taker, kind), (giver, other)):
        if is_ != "Article":
            raise InputError(f"{name!r} is {_group(is_)}, not an article", hint="'graphkit list articles' shows the articles")
    if taking == giving:
        raise InputError(f"{taker!r} and {giver!r} name one article", hint="name the two by their ids")
    in_force = [(d.kind, d.target, d.value) for _, d in decisions_in_force(record)]
    if ("derivedFrom", giving, taking) in in_force:
        raise InputError(
            f"it was decided that {giver!r} has it from {taker!r}", hint="'graphkit undo' takes that decision back"
        )
    return keep(record, maker.decision(taking, "derivedFrom", giving))


def rename(record: "Record", store: "Store", name: str, label: str, maker: Maker) -> int:
    """Decide what a thing is called from now on; return the decision's number.

    Raises:
        NotFound: The name fits nothing, or several things.
        InputError: The new name is empty.
    """
    wanted = " ".join(label.split())
    if not wanted:
        raise InputError("the new name is empty")
    return keep(record, maker.decision(find(store, name)[0], "rename", wanted))


def note(record: "Record", store: "Store", name: str, text: str, maker: Maker) -> int:
    """Keep a note on a thing; return the decision's number.

    Raises:
        NotFound: The name fits nothing, or several things.
        InputError: The note is empty.
    """
    if not text.strip():
        raise InputError("the note is empty")
    return keep(record, maker.decision(find(store, name)[0], "note", text.strip()))


def undo(record: "Record", number: int | None, maker: Maker) -> tuple[int, Decision]:
    """Take back one decision, the last one in force when no number is given; return it with its number.

    Raises:
        NotFound: There is no such decision in force.
    """
    in_force = dict(decisions_in_force(record))
    if not in_force:
        raise NotFound("no decision is in force", hint="'graphkit decisions' lists what was decided")
    chosen = max(in_force) if number is None else number
    if chosen not in in_force:
        raise NotFound(f"decision {chosen} is not in force", hint="'graphkit decisions' lists those that are")
    keep(record, maker.decision(in_force[chosen].target, "undo", str(chosen)))
    return chosen, in_force[chosen]


def decisions_in_force(record: "Record") -> list[tuple[int, Decision]]:
    """Return the decisions that have not been taken back, oldest first."""
    rows = list(record.decisions.all())
    undone = {decision.value for _, decision in rows if decision.kind == "undo"}
    return [(number, decision) for number, decision in rows if decision.kind != "undo" and str(number) not in undone]


def standing_of(record: "Record") -> Standing:
    """Return what the decisions in force come to; a later one overrides an earlier one on the same things."""
    edges: dict[tuple[str, str], Decision] = {}
    names: dict[str, str] = {}
    notes: dict[str, tuple[Decision, ...]] = {}
    for _, decision in decisions_in_force(record):
        if decision.kind in {"merge", "split"}:
            edges[_pair(decision.target, decision.value)] = decision
        elif decision.kind == "rename":
            names[decision.target] = decision.value
        elif decision.kind == "note":
            notes[decision.target] = (*notes.get(decision.target, ()), decision)
    apart = frozenset(pair for pair, decision in edges.items() if decision.kind == "split")
    return Standing(_merged(d for d in edges.values() if d.kind == "merge"), names, apart, notes)


def _merged(decisions: Iterable[Decision]) -> dict[str, str]:
    """Follow merges of merges to the one thing whose name stays."""
    direct = {decision.target: decision.value for decision in decisions}
    found = {}
    for start, first in direct.items():
        seen, at = {start}, first
        while at in direct and at not in seen:
            seen.add(at)
            at = direct[at]
        found[start] = at
    return found


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left <= right else (right, left)


def _group(kind: str) -> str:
    return "an actor" if kind in _ACTORS else f"a{'n' if kind[0] in 'AO' else ''} {kind.lower()}"


def apply_standing(store: "Store", standing: Standing) -> "Store":
    """Return an index in which merged things are one and renamed ones bear their new name; ``store`` itself where nothing was decided."""
    if not standing.merged and not standing.names:
        return store
    from pyoxigraph import Store

    changed = Store()
    changed.extend(store)
    change_by(changed, standing)
    return changed


def change_by(changed: "Store", standing: Standing) -> None:
    """Make merged things one in an index, and renamed ones bear their new name."""
    from pyoxigraph import Literal, NamedNode, Quad

    from graphkit.rdf.namespaces import GK, GKD, RDFS, SCHEMA

    for gone, kept in sorted(standing.merged.items()):
        old, new = NamedNode(GKD + gone), NamedNode(GKD + kept)
        changed.extend(
            [Quad(q.subject, q.predicate, new, q.graph_name) for q in changed.quads_for_pattern(None, None, old, None)]
        )
        for quad in [*changed.quads_for_pattern(None, None, old, None), *changed.quads_for_pattern(old, None, None, None)]:
            changed.remove(quad)
    for name, label in sorted(standing.names.items()):
        node = NamedNode(GKD + name)
        for predicate in (RDFS + "label", SCHEMA + "text", SCHEMA + "headline", GK + "domain"):
            for quad in list(changed.quads_for_pattern(node, NamedNode(predicate), None, None)):
                changed.remove(quad)
                language = getattr(quad.object, "language", None)
                changed.add(Quad(node, quad.predicate, Literal(label, language=language), quad.graph_name))
