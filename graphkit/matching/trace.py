"""The chain behind a claim or an article, back to the first known origin, and where it goes cold: what ``graphkit trace`` prints."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from graphkit.matching.accounts import Account
from graphkit.matching.circles import Circle
from graphkit.matching.derivation import Edge
from graphkit.matching.matching import circles_of_claims
from graphkit.matching.origins import Origins, Stale, find_cold, find_origins, find_stale
from graphkit.matching.stored import StoredMatches
from graphkit.rdf import identifiers


@dataclass(frozen=True, slots=True, order=True)
class Carrier:
    """One article that carries a claim: when, which outlet, its words, and on whose word."""

    published: str
    article: str
    outlet: str
    headline: str
    assertion: str
    quote: str
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step back: who has it from whom, how that is known, how sure, and the quotes that show it."""

    taker: str
    giver: str
    kind: str
    confidence: float
    quote: str
    giver_quote: str
    is_later: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """What stands behind one claim.

    ``carriers`` are by date, undated last; ``steps`` lead from takers to givers; ``cold`` are the articles at which the walk ends
    without a source; ``stale`` the articles that give old news as new; ``before`` the accounts dated before all of these that give the
    same figure, or its parts, in other words, earliest first: the first of them is the earliest known statement.
    """

    claim: str
    wordings: tuple[str, ...]
    carriers: tuple[Carrier, ...]
    steps: tuple[Step, ...]
    origins: Origins
    cold: tuple[str, ...]
    circles: tuple[Circle, ...]
    stale: tuple[Stale, ...]
    before: tuple[Carrier, ...] = ()


Load = Callable[[Collection[str]], Iterable[Account]]


def trace(
    stored: StoredMatches, claims: Iterable[tuple[str, ...]], article_of: Mapping[str, str], load: Load
) -> tuple[Chain, ...]:
    """Return the chain behind each claim.

    Args:
        stored: The links of the record.
        claims: The assertions of each claim, by name.
        article_of: The article of every assertion.
        load: Returns the accounts of articles by name.
    """
    wanted = sorted(set(claims))
    kin = {members: stored.with_figures_of(members) for members in wanted}
    names = {article_of[name] for members in wanted for name in (*members, *kin[members]) if name in article_of}
    accounts = {account.name: account for account in load(names)}
    return tuple(_chain(members, kin[members], accounts, stored) for members in wanted)


def _chain(members: tuple[str, ...], kin: set[str], accounts: Mapping[str, Account], stored: StoredMatches) -> Chain:
    own = set(members)
    carrying = {name: account for name, account in accounts.items() if own & account.assertions.keys()}
    edges = [edge for edge in stored.edges(tuple(carrying.values())) if _is_of(edge, carrying, own)]
    carriers = _carriers(carrying.values(), own)
    circles = circles_of_claims([members], tuple(carrying.values()), edges)
    first = carriers[0].published or "9"
    before = [one for one in _carriers(accounts.values(), kin) if one.published and one.published < first]
    named = Counter((one.published[:10], speaker) for one in before for speaker in set(one.speakers))
    # of one day, the one on whose word most have it comes first: a statement is somebody's
    before.sort(
        key=lambda one: (one.published[:10], -max((named[one.published[:10], who] for who in one.speakers), default=0), one)
    )
    wordings = {_claim(name, account) for account in carrying.values() for name in account.assertions if name in own}
    return Chain(
        claim=identifiers.claim(
            _claim(carriers[0].assertion, carrying[carriers[0].article]),
            carrying[carriers[0].article].annotation.article.language,
        ),
        wordings=tuple(sorted(wordings)),
        carriers=carriers,
        steps=tuple(_step(edge, carrying) for edge in edges),
        origins=find_origins(members, carrying, edges, kin, stored.copies(carrying)),
        cold=tuple(find_cold(members, carrying, edges)),
        circles=tuple(circle for _, circle in circles),
        stale=tuple(find_stale(members, carrying)),
        before=tuple(before),
    )


def _carriers(accounts: Iterable[Account], members: Collection[str]) -> tuple[Carrier, ...]:
    found = (_carrier(account, members) for account in accounts if not account.assertions.keys().isdisjoint(members))
    return tuple(sorted(found, key=lambda one: (not one.published, one)))


def _is_of(edge: Edge, carrying: Mapping[str, Account], members: set[str]) -> bool:
    if edge.taker not in carrying or (edge.assertions and not members & set(edge.assertions)):
        return False
    return not edge.giver.startswith("art-") or edge.giver in carrying


def _claim(assertion: str, account: Account) -> str:
    return account.assertions[assertion].claim


def _carrier(account: Account, members: Collection[str]) -> Carrier:
    own = [one for one in account.assertions if one in members]
    name = next((one for one in own if account.assertions[one].attributions), own[0])
    assertion = account.assertions[name]
    speakers = tuple(getattr(one.source, "name", None) or one.source.domain for one in assertion.attributions)  # type: ignore[union-attr]
    article = account.annotation.article
    return Carrier(
        account.published or "",
        account.name,
        account.outlet or "",
        article.title,
        name,
        assertion.span.of(account.text),
        speakers,
    )


def _step(edge: Edge, by_name: Mapping[str, Account]) -> Step:
    quote = edge.span.of(by_name[edge.taker].text) if edge.span else ""
    giver = by_name.get(edge.giver)
    giver_quote = edge.giver_span.of(giver.text) if edge.giver_span and giver else ""
    return Step(edge.taker, edge.giver, edge.kind, edge.confidence, quote, giver_quote, edge.is_later)
