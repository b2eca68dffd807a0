"""Which values of one object say less than others: "over 10,000" than "11,000", "Illinois, USA" than "Springfield, Illinois, USA"."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from graphkit.credibility.inference.corpus import Corpus
from graphkit.model import Comparator

APPROXIMATELY = Decimal("0.1")
"""How far "about 10,000" reaches on either side."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The numbers that a statement leaves open, from ``low`` to ``high``; None is without end."""

    low: Decimal | None
    high: Decimal | None

    def holds(self, other: "Reach") -> bool:
        """Say whether all that ``other`` leaves open lies inside, so that ``other`` implies this."""
        from_below = self.low is None or (other.low is not None and self.low <= other.low)
        from_above = self.high is None or (other.high is not None and other.high <= self.high)
        return from_below and from_above


def reach_of(value: Decimal, comparator: Comparator) -> Reach:
    """Return what a quantity leaves open: "over 10,000" is from 10,000 on, "about 10,000" from 9,000 to 11,000."""
    margin = abs(value) * APPROXIMATELY
    return {
        "exactly": Reach(value, value),
        "approximately": Reach(value - margin, value + margin),
        "moreThan": Reach(value, None),
        "atLeast": Reach(value, None),
        "lessThan": Reach(None, value),
        "atMost": Reach(None, value),
    }[comparator]


def with_nesting(corpus: Corpus, pairs: Iterator[tuple[int, int]]) -> Corpus:
    """Return the corpus with pairs of claims (narrow, wide) of one object marked; a claim never implies itself."""
    import numpy as np
    from scipy import sparse

    found = sorted({(narrow, wide) for narrow, wide in pairs if narrow != wide})
    if not found:
        return corpus
    narrow, wide = (np.array(column) for column in zip(*found, strict=True))
    shape = (corpus.n_claims, corpus.n_claims)
    return replace(corpus, wider=sparse.csr_array((np.ones(len(found)), (narrow, wide)), shape=shape))


def nested_numbers(corpus: Corpus, reach: Mapping[int, tuple[str, Reach]]) -> Iterator[tuple[int, int]]:
    """Yield the claims (narrow, wide) of one object whose numbers, of one unit, lie one inside the other; equals are neither."""
    in_object: dict[int, list[int]] = defaultdict(list)
    for claim in sorted(reach):
        in_object[int(corpus.object_of_claim[claim])].append(claim)
    for claims in in_object.values():
        for narrow, wide in permutations(claims, 2):
            (unit, inner), (other_unit, outer) = reach[narrow], reach[wide]
            if unit == other_unit and inner != outer and outer.holds(inner):
                yield narrow, wide


def nested_places(corpus: Corpus) -> Iterator[tuple[int, int]]:
    """Yield the claims (narrow, wide) of one object whose values are written as a place inside another; linear in the text."""
    for obj in range(corpus.n_objects):
        claims = corpus.claims_of(obj)
        if claims.stop - claims.start > 1:
            names = [corpus.values[int(value)] for value in corpus.claim_value[claims]]
            yield from ((claims.start + narrow, claims.start + wide) for narrow, wide in _places(names))


def _places(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    at: dict[str, list[int]] = defaultdict(list)
    for k, name in enumerate(names):
        at[name].append(k)
    for k, name in enumerate(names):
        rest = name
        while "," in rest:
            rest = rest.partition(",")[2].lstrip()
            yield from ((k, wide) for wide in at.get(rest, ()) if wide != k)
