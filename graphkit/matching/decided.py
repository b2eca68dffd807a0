"""What people decided about matches: which stand whatever the machine finds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.matching.pairs.clustering import Pair, pair_of

if TYPE_CHECKING:
    from graphkit.store.record import Record


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs of assertions that are one claim or are not, and pairs of articles of which the first is derived from the second, or is not.

    ``one_story`` are pairs of articles of which some assertions were decided to be one claim.
    """

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    derived: frozenset[Pair] = frozenset()
    not_derived: frozenset[Pair] = frozenset()
    one_story: frozenset[Pair] = frozenset()


def read_decided(record: "Record") -> Decided:
    """Return the decisions in force of a record as pairs; a claim stands for each assertion of it.

    Read are "merge" and "split" of two claims or assertions, and "derivedFrom" and "split" of two articles; "undo" takes one back by
    its number, and a later decision on the same two overrides an earlier.
    """
    rows = list(record.decisions.all())
    undone = {decision.value for _, decision in rows if decision.kind == "undo"}
    last: dict[Pair, tuple[str, str, str]] = {}
    for number, decision in rows:
        if str(number) not in undone and decision.kind in {"merge", "split", "derivedFrom"}:
            last[pair_of(decision.target, decision.value)] = (decision.kind, decision.target, decision.value)
    wanted = {name for _, *ends in last.values() for name in ends if name.startswith(("claim-", "as-"))}
    return as_pairs(last.values(), _members(record, wanted) if wanted else {})


Members = Mapping[str, list[tuple[str, str]]]
"""The (assertion, article) pairs that a name stands for."""


def _members(record: "Record", wanted: set[str]) -> Members:
    from graphkit.matching.accounts import read_accounts
    from graphkit.rdf import identifiers

    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for account in read_accounts(record):
        for name, assertion in account.assertions.items():
            for known in {name, identifiers.claim(assertion.claim, account.annotation.article.language)} & wanted:
                found[known].append((name, account.name))
    return found


def as_pairs(rows: Iterable[tuple[str, str, str]], members: Members) -> Decided:
    """Return decisions (kind, target, value) as pairs."""
    together: set[Pair] = set()
    apart: set[Pair] = set()
    derived: set[Pair] = set()
    not_derived: set[Pair] = set()
    stories: set[Pair] = set()
    for kind, target, value in rows:
        if target.startswith("art-"):
            if kind == "derivedFrom":
                derived.add((target, value))
            elif kind == "split":
                not_derived.update({(target, value), (value, target)})
            continue
        ends = [members.get(name, []) for name in (target, value)]
        both = [(one, two) for one in ends[0] for two in ends[1] if one[0] != two[0]]
        (apart if kind == "split" else together).update(pair_of(one[0], two[0]) for one, two in both)
        if kind != "split":
            stories.update(pair_of(one[1], two[1]) for one, two in both if one[1] != two[1])
    return Decided(*map(frozenset, (together, apart, derived, not_derived, stories)))
