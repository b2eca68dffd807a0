"""What people decided about matches: which stand whatever the machine finds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.matching.clustering import Pair, pair_of

if TYPE_CHECKING:
    from graphkit.matching.accounts import Account
    from graphkit.store.record import Record


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs of assertions that are one claim or are not, and pairs of articles of which the first is derived from the second, or is not."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    derived: frozenset[Pair] = frozenset()
    not_derived: frozenset[Pair] = frozenset()


def read_decided(record: "Record", accounts: Iterable["Account"]) -> Decided:
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
    return _as_pairs(last.values(), _assertions_of(accounts))


def _assertions_of(accounts: Iterable["Account"]) -> dict[str, list[str]]:
    from graphkit.rdf import identifiers

    found: dict[str, list[str]] = defaultdict(list)
    for account in accounts:
        for name, assertion in account.assertions.items():
            found[identifiers.claim(assertion.claim, account.annotation.article.language)].append(name)
            found[name].append(name)
    return found


def _as_pairs(rows: Iterable[tuple[str, str, str]], members: Mapping[str, list[str]]) -> Decided:
    together: set[Pair] = set()
    apart: set[Pair] = set()
    derived: set[Pair] = set()
    not_derived: set[Pair] = set()
    for kind, target, value in rows:
        if target.startswith("art-"):
            if kind == "derivedFrom":
                derived.add((target, value))
            elif kind == "split":
                not_derived.update({(target, value), (value, target)})
            continue
        ends = [members.get(name, []) for name in (target, value)]
        pairs = {pair_of(one, two) for one in ends[0] for two in ends[1] if one != two}
        (apart if kind == "split" else together).update(pairs)
    return Decided(frozenset(together), frozenset(apart), frozenset(derived), frozenset(not_derived))
