"""The chain behind a claim or an article, back to the first known origin, and where it goes cold: what ``graphkit trace`` prints."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.errors import NotFound
from graphkit.matching.accounts import Account, read_accounts
from graphkit.matching.circles import Circle
from graphkit.matching.decided import read_decided
from graphkit.matching.derivation import Edge
from graphkit.matching.matching import Matches, match
from graphkit.matching.origins import Origins, Stale, find_cold, find_origins, find_stale
from graphkit.rdf import identifiers

if TYPE_CHECKING:
    from graphkit.store.record import Record


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
    without a source; ``stale`` the articles that give old news as new.
    """

    claim: str
    wordings: tuple[str, ...]
    carriers: tuple[Carrier, ...]
    steps: tuple[Step, ...]
    origins: Origins
    cold: tuple[str, ...]
    circles: tuple[Circle, ...]
    stale: tuple[Stale, ...]


def trace(record: "Record", name: str) -> tuple[Chain, ...]:
    """Return the chains of a claim, an assertion, or every claim of an article that other articles carry too.

    Args:
        record: The record.
        name: A claim's ("claim-…"), assertion's ("as-…") or article's ("art-…") name.

    Raises:
        NotFound: The record has nothing of that name.
    """
    accounts = tuple(read_accounts(record))
    return chains(name, accounts, match(accounts, read_decided(record, accounts)))


def chains(name: str, accounts: Iterable[Account], matches: Matches) -> tuple[Chain, ...]:
    """Return the chains behind a name, from matches already made.

    Raises:
        NotFound: No account has anything of that name.
    """
    by_name = {account.name: account for account in accounts}
    wanted = _meant(name, by_name)
    if not wanted:
        raise NotFound(f"there is no claim, assertion or article {name!r}", hint="'graphkit list claims' shows what there is")
    home = {member: number for number, members in enumerate(matches.claims) for member in members}
    groups = {home[one]: matches.claims[home[one]] for one in wanted if one in home}
    alone = [] if name.startswith("art-") else [(one,) for one in wanted if one not in home]
    numbered = [*sorted(groups.items()), *((-1, members) for members in alone)]
    return tuple(_chain(number, members, by_name, matches) for number, members in numbered)


def _meant(name: str, by_name: Mapping[str, Account]) -> list[str]:
    if name in by_name:
        return list(by_name[name].assertions)
    return [
        one
        for account in by_name.values()
        for one, assertion in account.assertions.items()
        if name in {one, identifiers.claim(assertion.claim, account.annotation.article.language)}
    ]


def _chain(number: int, members: tuple[str, ...], by_name: Mapping[str, Account], matches: Matches) -> Chain:
    own = set(members)
    carrying = {name: account for name, account in by_name.items() if own & account.assertions.keys()}
    edges = [edge for edge in matches.edges if _is_of(edge, carrying, own)]
    origins = find_origins(members, carrying, edges)
    carriers = sorted((_carrier(account, own) for account in carrying.values()), key=lambda one: (not one.published, one))
    return Chain(
        claim=identifiers.claim(_claim(carriers[0].assertion, carrying[carriers[0].article])),
        wordings=tuple(
            sorted({_claim(name, account) for account in carrying.values() for name in account.assertions if name in own})
        ),
        carriers=tuple(carriers),
        steps=tuple(_step(edge, by_name) for edge in edges),
        origins=origins,
        cold=tuple(find_cold(members, carrying, edges)),
        circles=tuple(circle for place, circle in matches.circles if place == number),
        stale=tuple(find_stale(members, carrying)),
    )


def _is_of(edge: Edge, carrying: Mapping[str, Account], members: set[str]) -> bool:
    if edge.taker not in carrying or (edge.assertions and not members & set(edge.assertions)):
        return False
    return not edge.giver.startswith("art-") or edge.giver in carrying


def _claim(assertion: str, account: Account) -> str:
    return account.assertions[assertion].claim


def _carrier(account: Account, members: set[str]) -> Carrier:
    name = next(one for one in account.assertions if one in members)
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
