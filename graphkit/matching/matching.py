"""All matching of a set of accounts, in order: shared text, same claims, numbers, clusters, derivations, circles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graphkit.matching.accounts import Account
from graphkit.matching.circles import Circle, circles_of_edges
from graphkit.matching.clustering import Pair, cluster
from graphkit.matching.conflicts import NumberRelation, Said, find_conflicts, must_be_apart
from graphkit.matching.copies import SharedText, find_shared_text
from graphkit.matching.decided import Decided
from graphkit.matching.derivation import CONFIDENCE, Edge, find_edges
from graphkit.matching.same_claim import SameClaim, find_same_claims
from graphkit.matching.scoring import scorer
from graphkit.matching.shingles import shingle
from graphkit.rdf import identifiers

COMPARED: Final = 0.15
"""Pairs from this score on have their numbers compared: one story, though perhaps not one claim."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found across articles; every list is sorted, so that equal accounts give equal matches in any order.

    ``claims`` are clusters of assertions; ``scores`` those of the pairs of assertions that are one claim; ``circles`` are by claim
    number.
    """

    claims: tuple[tuple[str, ...], ...]
    scores: dict[Pair, float]
    numbers: tuple[NumberRelation, ...]
    shared: tuple[SharedText, ...]
    edges: tuple[Edge, ...]
    circles: tuple[tuple[int, Circle], ...]


def match(accounts: Iterable[Account], decided: Decided = Decided()) -> Matches:  # noqa: B008 - frozen
    """Match the accounts with each other; a pure function of them and of what people decided."""
    ordered = sorted(accounts, key=lambda account: account.name)
    found = find_same_claims((one for account in ordered for one in account.sentences()), least=COMPARED)
    said = _said(ordered)
    pairs = [(said[pair.one], said[pair.two]) for pair in found]
    numbers = find_conflicts(pairs)
    scores = {(pair.one, pair.two): pair.score for pair in found}
    apart = (must_be_apart(pairs, numbers) - decided.together) | decided.apart
    claims = tuple(cluster(scores, scorer().threshold, together=decided.together, apart=apart))
    outlets = {account.name: account.outlet for account in ordered}
    shared = tuple(find_shared_text((shingle(account.name, account.text) for account in ordered), outlets=outlets))
    alike = [pair for pair, score in scores.items() if score >= scorer().threshold and pair not in decided.apart]
    edges = tuple(_decide(find_edges(ordered, shared, alike), decided))
    return Matches(
        claims, _within(claims, found, decided), tuple(numbers), shared, edges, circles_of_claims(claims, ordered, edges)
    )


def _said(accounts: Iterable[Account]) -> dict[str, Said]:
    return {
        name: Said(
            name,
            account.name,
            one.span.of(account.text),
            one.span.begin,
            account.published,
            account.outlet,
            one.polarity == "negative",
        )
        for account in accounts
        for name, one in account.assertions.items()
    }


def _within(claims: Sequence[tuple[str, ...]], found: Iterable[SameClaim], decided: Decided) -> dict[Pair, float]:
    """Return the scored and the decided pairs inside claims; what a person decided has score 1."""
    home = {name: number for number, members in enumerate(claims) for name in members}
    scores = {(pair.one, pair.two): pair.score for pair in found if pair.one in home and home[pair.one] == home.get(pair.two)}
    return scores | {pair: 1.0 for pair in sorted(decided.together) if pair[0] in home and home[pair[0]] == home.get(pair[1])}


def _decide(edges: Iterable[Edge], decided: Decided) -> list[Edge]:
    kept = [edge for edge in edges if (edge.taker, edge.giver) not in decided.not_derived]
    kept = [
        edge
        for edge in kept
        if (edge.taker, edge.giver) not in decided.derived and (edge.giver, edge.taker) not in decided.derived
    ]
    return sorted([*kept, *(Edge(taker, giver, "decision", CONFIDENCE["decision"]) for taker, giver in decided.derived)])


def circles_of_claims(
    claims: Sequence[tuple[str, ...]], accounts: Sequence[Account], edges: Sequence[Edge]
) -> tuple[tuple[int, Circle], ...]:
    """Return the circles of each claim, among the articles that carry it and the outlets that these name."""
    by_assertion = {name: account for account in accounts for name in account.assertions}
    by_taker: dict[str, list[Edge]] = {}
    for edge in edges:
        by_taker.setdefault(edge.taker, []).append(edge)
    found = []
    for number, members in enumerate(claims):
        carrying = {by_assertion[name].name: by_assertion[name] for name in members if name in by_assertion}
        own = set(members)
        kept = [
            edge
            for name in sorted(carrying)
            for edge in by_taker.get(name, ())
            if (not edge.giver.startswith("art-") or edge.giver in carrying)
            and (not edge.assertions or own & set(edge.assertions))
        ]
        if kept:
            outlets = {
                name: identifiers.outlet(account.outlet) if account.outlet else None for name, account in carrying.items()
            }
            found += [(number, circle) for circle in circles_of_edges(kept, outlets, origins=_with_speaker(carrying, own))]
    return tuple(found)


def _with_speaker(carrying: dict[str, Account], members: set[str]) -> list[str]:
    """Return the articles that have the claim from a named speaker."""
    return [
        name
        for name, account in carrying.items()
        if any(
            getattr(attribution.source, "kind", None) not in {None, "anonymous"}
            for one, assertion in account.assertions.items()
            if one in members
            for attribution in assertion.attributions
        )
    ]
