"""Outlets: which one a host, a name, a handle or a credit line means, and what is known of it.

Decisions that cost something to reverse:

- An outlet is keyed by its registrable domain; host and path are the business of ratings.
- A name that several outlets bear gives candidates, never a pick; nothing is matched fuzzily.
- Two tables hold names: the project's own (``outlets.csv``, ``outlet_names.csv``) and a wide list of sites that public sets list as
  news (``domains.csv``: names and domains, no judgement).  The project's own wins.
- Names wait unread in an index by first word until that word is met, so that the first article costs some 50 ms and no more.
"""

from graphkit.knowledge.outlets.credits import Credit, CreditForm, Wire, find_credits, is_wire, wires
from graphkit.knowledge.outlets.meanings import domains_of_name, fold_name, outlet_of_name
from graphkit.knowledge.outlets.names import OutletName, find_outlet_names
from graphkit.knowledge.outlets.records import (
    OutletRecord,
    Ownership,
    StateControl,
    describe,
    is_known,
    kind_of,
    known_domains,
    mirror_of,
    outlet_by_domain,
    outlet_kinds,
)

__all__ = [
    "Credit",
    "CreditForm",
    "OutletName",
    "OutletRecord",
    "Ownership",
    "StateControl",
    "Wire",
    "describe",
    "domains_of_name",
    "find_credits",
    "find_outlet_names",
    "fold_name",
    "is_known",
    "is_wire",
    "kind_of",
    "known_domains",
    "mirror_of",
    "outlet_by_domain",
    "outlet_kinds",
    "outlet_of_name",
    "wires",
]
