"""The walk back from one article that carries a claim: along what it has from others, to where that ends."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from graphkit.matching.accounts import Account
from graphkit.matching.derivation import Edge
from graphkit.model import Actor, Attribution
from graphkit.rdf import identifiers

EndKind = Literal["speaker", "anonymous", "outlet", "article"]
SURE: Final = 0.5
"""An edge under this confidence makes a candidate, and is not walked."""
UNKNOWN: Final = "9"
"""Sorts behind every date."""


@dataclass(frozen=True, slots=True, order=True)
class End:
    """Where a walk back ends: a speaker, an unnamed source of one outlet, an outlet that is credited, or an article's own voice.

    ``called`` is what the article calls a source; ``is_person`` marks a named person.
    """

    name: str
    kind: EndKind
    label: str
    called: str = ""
    is_person: bool = False


class Walk:
    """The walks back of one claim.

    Args:
        accounts: The articles, by name.
        edges: All derivations between articles, and to outlets.
        members: The assertions that carry the claim, by name.
        kin: Assertions that give the same figure, or its parts: who tells that on somebody's word a few lines on has it from there.
    """

    def __init__(
        self, accounts: Mapping[str, Account], edges: Sequence[Edge], members: Iterable[str], kin: Collection[str] = ()
    ) -> None:
        wanted = set(members)
        found = {name: [one for one in account.assertions if one in wanted] for name, account in accounts.items()}
        self.accounts = accounts
        self.carrying = {name: found[name] for name in sorted(found) if found[name]}
        self.edges = {name: [edge for edge in edges if _carries(edge, name, self.carrying)] for name in self.carrying}
        self._unsure = [edge for edge in edges if edge.taker in self.carrying and edge.confidence < SURE and not edge.is_later]
        self._told_by = _told_by(accounts, kin) if kin else {}
        self._published: dict[str, list[str]] = defaultdict(list)
        for name in self.carrying:
            outlet = accounts[name].outlet
            if outlet is not None:
                self._published[identifiers.outlet(outlet)].append(name)

    def speakers(self, name: str) -> set[End]:
        """Return on whose word an article carries the claim."""
        return speakers_of(self.accounts[name], self.carrying[name])

    def ends(self, start: str) -> frozenset[End]:
        """Return the ends that an article leads to; none in a closed circle."""
        found: set[End] = set()
        seen, waiting = {start}, [start]
        while waiting:
            name = waiting.pop()
            speakers = self._speakers_here(name)
            found |= speakers
            if not speakers and not self.edges[name]:
                found.add(own_voice(self.accounts[name]))
            for giver in self._givers(name) if not speakers else ():
                if giver not in self.carrying:
                    found.add(End(giver, "outlet", giver.removeprefix("outlet-")))
                elif giver not in seen:
                    seen.add(giver)
                    waiting.append(giver)
        return frozenset(found)

    def doubts(self) -> Iterator[tuple[str, str, float]]:
        """Yield what may be a derivation but is not sure enough to be walked: the taker, the giver that carries the claim, how likely."""
        for edge in self._unsure:
            for giver in self._there(edge.giver, edge.taker) if edge.giver.startswith("outlet-") else [edge.giver]:
                if giver in self.carrying and giver != edge.taker:
                    yield edge.taker, giver, edge.confidence

    def _speakers_here(self, name: str) -> set[End]:
        speakers = self.speakers(name)
        if self.edges[name]:
            # who names "reports" and took the text from elsewhere has it from there
            return {one for one in speakers if one.kind == "speaker"}
        elsewhere = self._told_by.get(name)
        # who tells it on somebody unnamed's word has it from a named one only if others say so too
        if elsewhere is None or any(one.kind == "speaker" or not self._is_told_by_others(elsewhere, name) for one in speakers):
            return speakers
        return {elsewhere}

    def _is_told_by_others(self, speaker: End, name: str) -> bool:
        told = (end for other, end in self._told_by.items() if other != name)
        return speaker in told or any(speaker in self.speakers(other) for other in self.carrying if other != name)

    def _givers(self, name: str) -> list[str]:
        """Return whom an article has it from: articles, and of an outlet those that it had published by then, or else itself."""
        return [giver for edge in self.edges[name] for giver in self._there(edge.giver, name) or [edge.giver]]

    def _there(self, giver: str, taker: str) -> list[str]:
        day = (self.accounts[taker].published or UNKNOWN)[:10]
        return [one for one in self._published.get(giver, ()) if (self.accounts[one].published or "")[:10] <= day]


def _carries(edge: Edge, taker: str, carrying: Mapping[str, list[str]]) -> bool:
    """Say whether an edge carries the claim: it is sure enough, is of its assertions, and leads to an outlet or an article that has it."""
    if edge.taker != taker or edge.confidence < SURE or edge.is_later:
        return False
    if edge.assertions and not set(edge.assertions) & set(carrying[taker]):
        return False
    return not edge.giver.startswith("art-") or edge.giver in carrying


def own_voice(account: Account) -> End:
    """Return the end that an article without a source is: two of one outlet are one origin, not two."""
    if account.outlet is None:
        return End(account.name, "article", account.annotation.article.title)
    return End(identifiers.outlet(account.outlet), "article", account.outlet)


def speakers_of(account: Account, names: Iterable[str]) -> set[End]:
    """Return who is said to have said it: the deepest source of each assertion that is no outlet."""
    found = set()
    for name in names:
        deepest = _deepest(account.assertions[name].attributions)
        if deepest is not None:
            found.add(_end_of(deepest, account))
    return found


def _told_by(accounts: Mapping[str, Account], names: Collection[str]) -> dict[str, End]:
    """Return, for each article, the named speaker of these assertions whom most of the articles name, the first by name of equals."""
    named = {
        article: {
            end for end in speakers_of(account, [name for name in account.assertions if name in names]) if end.kind == "speaker"
        }
        for article, account in accounts.items()
    }
    counts = Counter(end for ends in named.values() for end in ends)
    return {article: min(ends, key=lambda end: (-counts[end], end.name)) for article, ends in named.items() if ends}


def _deepest(attributions: Sequence[Attribution]) -> Actor | None:
    actors = [one for one in attributions if isinstance(one.source, Actor)]
    if not actors:
        return None
    last = max(actors, key=lambda one: one.depth)
    return last.source if isinstance(last.source, Actor) else None


def _end_of(actor: Actor, account: Account) -> End:
    if actor.kind == "anonymous":
        # an unnamed source counts for the outlet that has it: "officials" of two articles of one outlet may be the same
        where = account.outlet or account.name
        return End(f"anonymous-{where}", "anonymous", f"{actor.name} ({account.outlet or 'no outlet'})", actor.name)
    name = identifiers.actor(actor.kind, actor.name, actor.wikidata, account.annotation.article.language)
    return End(name, "speaker", actor.name, actor.name, is_person=actor.kind == "person")
