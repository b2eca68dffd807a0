"""The circles of a record, from its stored links: which claims go round among articles and outlets with no way out.

A claim's circle lies inside a circle of all derivations, so only the articles of those are read again; a record without any costs
one pass over its links.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.matching.accounts import Account, read_accounts
from graphkit.matching.circles import Circle, circles_of_edges
from graphkit.matching.derivation import Edge
from graphkit.matching.matching import circles_of_claims
from graphkit.matching.stored import StoredMatches, stored_links
from graphkit.rdf import identifiers

if TYPE_CHECKING:
    from graphkit.store.record import Record


@dataclass(frozen=True, slots=True, order=True)
class CircularClaim:
    """A circle, and the assertions of the claim that goes round in it."""

    circle: Circle
    assertions: tuple[str, ...]


def find_circular(record: "Record") -> list[CircularClaim]:
    """Return the circles of claims, sorted: closed ones, and mutual citations (``is_closed`` False).

    Raises:
        ShapeViolation: A graph of the record is not as the shapes ask.
    """
    links = list(stored_links(record))
    edges = [
        Edge(link.source, link.target, "link" if link.relation == "cites" else "copy", link.score)
        for link in links
        if link.relation in {"cites", "derivedFrom"} and link.source.startswith("art-") and not link.is_later
    ]
    outlets = {row.name: identifiers.outlet(row.outlet) if row.outlet else None for row in record.articles()}
    circles = circles_of_edges(edges, outlets)
    articles = {name for circle in circles for name in circle.members if name.startswith("art-")}
    if not articles:
        return []
    accounts = tuple(read_accounts(record, articles))
    stored = StoredMatches(links)
    claims = _claims(stored, accounts)
    kept = stored.edges(accounts)
    return sorted(CircularClaim(circle, claims[number]) for number, circle in circles_of_claims(claims, accounts, kept))


def _claims(stored: StoredMatches, accounts: Iterable[Account]) -> list[tuple[str, ...]]:
    """Return the assertions of these articles by claim, each that stands alone too."""
    return sorted({stored.claim_of(name) for account in accounts for name in account.assertions})
