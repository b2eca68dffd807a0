"""Matching the articles of one story: same claims, numbers, clusters, rewrites, circles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graphkit.matching.accounts import Account
from graphkit.matching.circles import Circle, circles_of_edges
from graphkit.matching.decided import Decided
from graphkit.matching.derivation import Edge, find_rewrites
from graphkit.matching.numbers.conflicts import NumberRelation, Said, find_conflicts, must_be_apart
from graphkit.matching.pairs.clustering import Pair, cluster
from graphkit.matching.pairs.same_claim import SameClaim, find_same_claims
from graphkit.matching.pairs.scoring import scorer
from graphkit.rdf import identifiers

COMPARED: Final = 0.15
"""Pairs from this score on have their numbers compared: one story, though perhaps not one claim."""


@dataclass(frozen=True, slots=True)
class StoryMatches:
    """What was found across the articles of one story; every list is sorted, so that equal accounts give equal matches in any order.

    ``claims`` are clusters of assertions; ``scores`` those of the pairs of assertions that are one claim; ``edges`` all derivations of
    these articles; ``circles`` are by claim number.
    """

    claims: tuple[tuple[str, ...], ...]
    scores: dict[Pair, float]
    numbers: tuple[NumberRelation, ...]
    edges: tuple[Edge, ...]
    circles: tuple[tuple[int, Circle], ...]


def match_story(accounts: Iterable[Account], edges: Iterable[Edge], decided: Decided = Decided()) -> StoryMatches:  # noqa: B008 - frozen
    """Match the articles of one story with each other; a pure function of what is given.

    Args:
        accounts: The articles.
        edges: What is known of who has it from whom: declared, copied, decided.
        decided: What people decided.
    """
    ordered = sorted(accounts, key=lambda account: account.name)
    found = find_same_claims((one for account in ordered for one in account.sentences()), least=COMPARED)
    said = _said(ordered)
    pairs = [(said[pair.one], said[pair.two]) for pair in found]
    numbers = find_conflicts(pairs, said.values())
    scores = {(pair.one, pair.two): pair.score for pair in found}
    together = {pair for pair in decided.together if pair[0] in said and pair[1] in said}
    apart = (must_be_apart(pairs, numbers) - together) | decided.apart
    claims = tuple(cluster(scores, scorer().threshold, together=together, apart=apart))
    alike = [pair for pair, score in scores.items() if score >= scorer().threshold and pair not in decided.apart]
    known = list(edges)
    ruled = {frozenset((edge.taker, edge.giver)) for edge in known if edge.kind == "decision"}
    rewrites = [
        edge
        for edge in find_rewrites({account.name: account for account in ordered}, alike, known)
        if (edge.taker, edge.giver) not in decided.not_derived and frozenset((edge.taker, edge.giver)) not in ruled
    ]
    all_edges = tuple(sorted({*known, *rewrites}))
    circles = circles_of_claims(claims, ordered, all_edges)
    return StoryMatches(claims, _within(claims, found, together), tuple(numbers), all_edges, circles)


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


def _within(claims: Sequence[tuple[str, ...]], found: Iterable[SameClaim], together: Iterable[Pair]) -> dict[Pair, float]:
    """Return the scored and the decided pairs inside claims; what a person decided has score 1."""
    home = {name: number for number, members in enumerate(claims) for name in members}
    scores = {(pair.one, pair.two): pair.score for pair in found if pair.one in home and home[pair.one] == home.get(pair.two)}
    return scores | {pair: 1.0 for pair in sorted(together) if pair[0] in home and home[pair[0]] == home.get(pair[1])}


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


def _with_speaker(carrying: Mapping[str, Account], members: set[str]) -> list[str]:
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
