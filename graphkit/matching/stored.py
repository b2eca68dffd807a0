"""What matching has written, read back: links, the claims they make, and who has it from whom."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphkit.matching.accounts import Account
from graphkit.matching.derivation import Edge, EdgeKind, declared_edges, imprint_of
from graphkit.model import Span
from graphkit.rdf.namespaces import GK, GKD, GRAPH_LINKS

if TYPE_CHECKING:
    from graphkit.store.record import Record

LATER: Final = ", of a later text"
"""What the method of a link ends with where the giver was published after the taker."""
SAME: Final = "same claim"
FIGURES: Final = frozenset({"numbers add up", "same figure"})
_FIGURE_STEPS: Final = 2
_COMPUTED: Final[dict[str, EdgeKind]] = {"copy": "copy", "likely rewrite": "rewrite", "decided": "decision"}
_LINE = re.compile(
    rf"<{re.escape(GKD)}(link-[a-z2-7]+)> <{re.escape(GK)}(from|to|relation|score|method|fromRange|toRange)> (.+) <"
)
_RANGE = re.compile(r"char=(\d+),(\d+)")


@dataclass(frozen=True, slots=True)
class StoredLink:
    """One link of ``graph-links``: its ends and relation by local name, its score, how it was found, the evidence on both sides."""

    source: str
    target: str
    relation: str
    score: float
    method: str
    source_span: Span | None = None
    target_span: Span | None = None

    @property
    def methods(self) -> list[str]:
        """The ways in which it was found, without what is said of the dates."""
        return [one.removesuffix(LATER) for one in self.method.split("; ")]

    @property
    def is_later(self) -> bool:
        """Whether what it leads to was published after what it starts from."""
        return LATER in self.method


def stored_links(record: "Record") -> Iterator[StoredLink]:
    """Yield the links that matching has written, in the order of their names."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in (record.graph_nquads(GRAPH_LINKS) or b"").decode().split("\n"):
        match = _LINE.match(line)
        if match is not None:
            found[match[1]][match[2]] = match[3]
    for name in sorted(found):
        one = found[name]
        source, target = (one[key].strip("<>").removeprefix(GKD) for key in ("from", "to"))
        relation, score = one["relation"].strip("<>").removeprefix(GK), float(one["score"].split('"')[1])
        yield StoredLink(
            source, target, relation, score, one["method"].split('"')[1], _span(one, "fromRange"), _span(one, "toRange")
        )


def _span(one: dict[str, str], key: str) -> Span | None:
    match = _RANGE.search(one.get(key, ""))
    return None if match is None else Span(int(match[1]), int(match[2]))


class StoredMatches:
    """Links by what they join."""

    def __init__(self, links: Iterable[StoredLink]) -> None:
        self._same: dict[str, set[str]] = defaultdict(set)
        self._figures: dict[str, set[str]] = defaultdict(set)
        self._derived: dict[str, list[StoredLink]] = defaultdict(list)
        self._copies: dict[str, set[str]] = defaultdict(set)
        for link in links:
            if link.relation == "supports":
                for joined, is_so in ((self._same, SAME in link.methods), (self._figures, bool(FIGURES & {*link.methods}))):
                    if is_so:
                        joined[link.source].add(link.target)
                        joined[link.target].add(link.source)
            elif link.relation == "sharesText" and "copy" in link.methods:
                self._copies[link.source].add(link.target)
            elif link.relation in {"derivedFrom", "cites"}:
                self._derived[link.source].append(link)

    def claim_of(self, assertion: str) -> tuple[str, ...]:
        """Return the assertions that are one claim with this one, itself among them, sorted."""
        found, waiting = {assertion}, [assertion]
        for name in waiting:
            fresh = self._same.get(name, set()) - found
            found |= fresh
            waiting += sorted(fresh)
        return tuple(sorted(found))

    def with_figures_of(self, assertions: Collection[str]) -> set[str]:
        """Return the assertions of other claims that give the same figure as one of these, or its parts, directly or over one other claim."""
        found = set(assertions)
        for _ in range(_FIGURE_STEPS):
            near = {other for name in found for other in self._figures.get(name, ())}
            found |= {name for other in near for name in self.claim_of(other)}
        return found - set(assertions)

    def copies(self, articles: Collection[str]) -> set[frozenset[str]]:
        """Return the pairs of these articles of which one is a copy of the other, though nothing tells which."""
        return {frozenset((one, two)) for one in articles for two in self._copies.get(one, ()) if two in articles}

    def derived(self, taker: str) -> list[StoredLink]:
        """Return what an article or assertion is said to have from others."""
        return self._derived.get(taker, [])

    def edges(self, accounts: Collection[Account]) -> list[Edge]:
        """Return the derivations of these articles, sorted: those stored, each with the assertions it carries, and lists of sources."""
        imprints = {account.name: imprint_of(account) for account in accounts}
        by_url = {account.url: account.name for account in accounts if account.url}
        declared = [edge for one in imprints.values() for edge in declared_edges(one, by_url, imprints)]
        stored = {(link.source, link.target) for name in imprints for link in self.derived(name)}
        kept = [edge for edge in declared if edge.kind == "list" or (edge.taker, edge.giver) in stored]
        return sorted([*kept, *(edge for account in accounts for edge in self._computed(account))])

    def _computed(self, account: Account) -> Iterator[Edge]:
        for link in self.derived(account.name):
            for method in link.methods:
                kind = _COMPUTED.get(method)
                if kind is not None:
                    carried = self._carried(account) if kind == "rewrite" else ()
                    yield Edge(
                        account.name, link.target, kind, link.score, link.source_span, link.target_span, carried, link.is_later
                    )

    def _carried(self, account: Account) -> tuple[str, ...]:
        return tuple(name for name in account.assertions if any("likely rewrite" in one.methods for one in self.derived(name)))
