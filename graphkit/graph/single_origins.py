"""Claims that many outlets carry although all of them go back to one origin: breadth that is no corroboration."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphkit.graph.selecting import select

if TYPE_CHECKING:
    from pyoxigraph import Store

    from graphkit.matching.origins import Origin
    from graphkit.store.record import Record

MANY_OUTLETS: Final = 3
"""Outlets from which on a claim looks corroborated to a reader."""
_ASSERTIONS = """
SELECT ?as ?article ?domain WHERE {
  ?as a gk:Assertion ; gk:inArticle ?article . OPTIONAL { ?article schema:publisher/gk:domain ?domain } }"""


@dataclass(frozen=True, slots=True)
class SingleOrigin:
    """One claim (an identifier, and its first wording), the outlets that carry it, and the one origin behind all of them."""

    claim: str
    wording: str
    outlets: tuple[str, ...]
    origin: "Origin"


def find_single_origins(store: "Store", record: "Record") -> Iterator[SingleOrigin]:
    """Yield the claims that at least ``MANY_OUTLETS`` outlets carry and that have one origin, most carried first."""
    from graphkit.matching.accounts import read_accounts
    from graphkit.matching.stored import StoredMatches, stored_links
    from graphkit.matching.trace import trace

    article_of: dict[str, str] = {}
    outlet_of: dict[str, str] = {}
    for row in select(store, _ASSERTIONS):
        article_of[row["as"] or ""] = row["article"] or ""
        outlet_of[row["as"] or ""] = row["domain"] or ""
    stored = StoredMatches(stored_links(record))
    joined = {stored.claim_of(name) for name in sorted(article_of)}
    claims = [members for members in joined if len({outlet_of.get(one, "") for one in members} - {""}) >= MANY_OUTLETS]
    found = []
    for chain in trace(stored, claims, article_of, lambda names: read_accounts(record, names)):
        if len(chain.origins.origins) == 1 and not chain.origins.is_circular:
            outlets = tuple(sorted({outlet_of.get(one.assertion, "") for one in chain.carriers} - {""}))
            found.append(SingleOrigin(chain.claim, chain.wordings[0], outlets, chain.origins.origins[0]))
    yield from sorted(found, key=lambda one: (-len(one.outlets), one.claim))
