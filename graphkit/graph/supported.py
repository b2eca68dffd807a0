"""The claims of which graphkit computed a support, for those who read reviews of claims."""

from collections import defaultdict
from typing import TYPE_CHECKING

from graphkit.graph.selecting import local_name, select
from graphkit.rdf.claimreview import ComputedSupport

if TYPE_CHECKING:
    from pyoxigraph import Store

_SUPPORTED = """
SELECT ?claim ?text ?score ?low ?high ?origins ?method WHERE {
  ?assessment a gk:Assessment ; dqv:computedOn ?claim ; gk:score ?score ; gk:low ?low ; gk:high ?high ; gk:method ?method .
  ?claim a gk:Claim ; schema:text ?text . OPTIONAL { ?assessment gk:origins ?origins } }"""
_WHERE = "SELECT DISTINCT ?claim ?url WHERE { ?as gk:claim ?claim ; gk:inArticle ?article . ?article schema:url ?url }"


def supported_claims(store: "Store") -> list[ComputedSupport]:
    """Return the assessed claims with their numbers and the addresses of the articles that say so, by wording."""
    urls: defaultdict[str, list[str]] = defaultdict(list)
    for row in select(store, _WHERE):
        urls[row["claim"] or ""].append(row["url"] or "")
    found = [
        ComputedSupport(
            local_name(row["claim"] or ""),
            row["text"] or "",
            row["score"] or "",
            row["low"] or "",
            row["high"] or "",
            row["origins"],
            row["method"] or "",
            tuple(sorted(urls[row["claim"] or ""])),
        )
        for row in select(store, _SUPPORTED)
    ]
    return sorted(found, key=lambda one: (one.claim, one.claim_name, one.score))
