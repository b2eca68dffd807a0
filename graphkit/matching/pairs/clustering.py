"""Claims from pairs: average-link clustering, in which some pairs must and others must not come together.

Single linkage would chain a whole story into one claim.  A pair that was not compared, or scored under the floor, counts as 0 in
the average, so that a cluster holds together as a whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from heapq import heapify, heappop, heappush

Pair = tuple[str, str]


def pair_of(one: str, two: str) -> Pair:
    """Return two names in their order."""
    return (one, two) if one <= two else (two, one)


def cluster(
    scores: dict[Pair, float], threshold: float, *, together: Iterable[Pair] = (), apart: Collection[Pair] = ()
) -> list[tuple[str, ...]]:
    """Return the clusters of two or more, each sorted, in the order of their first names; a pure function of what is given.

    Args:
        scores: Scores of pairs, names in their order.
        threshold: The least average score that joins two clusters.
        together: Pairs that are one whatever their score.
        apart: Pairs that never are in one cluster; they win over scores, and over a chain of ``together``.
    """
    work = _Clusters(scores, frozenset(pair_of(*pair) for pair in apart))
    for one, two in sorted({pair_of(*pair) for pair in together}):
        work.join_decided(one, two)
    work.join_alike(threshold)
    return sorted(tuple(sorted(members)) for members in work.members.values() if len(members) > 1)


class _Clusters:
    """Clusters under way: members by the cluster's first name, and the sums of scores between clusters."""

    def __init__(self, scores: dict[Pair, float], apart: frozenset[Pair]) -> None:
        names = {name for pair in (*scores, *apart) for name in pair}
        self.members = {name: [name] for name in names}
        self.sums: dict[str, dict[str, float]] = defaultdict(dict)
        for (one, two), score in scores.items():
            self.sums[one][two] = self.sums[two][one] = score
        self.apart: dict[str, set[str]] = defaultdict(set)
        for one, two in apart:
            self.apart[one].add(two)
            self.apart[two].add(one)
        self.home = {name: name for name in names}

    def join_decided(self, one: str, two: str) -> None:
        """Join what a person decided to be one, unless a person kept parts of it apart."""
        for name in (one, two):
            self.members.setdefault(name, [name])
            self.home.setdefault(name, name)
        a, b = self.home[one], self.home[two]
        if a != b and b not in self.apart[a]:
            self._join(*sorted((a, b)))

    def join_alike(self, threshold: float) -> None:
        """Join the two clusters with the highest average until none reaches the threshold; ties by name."""
        heap = [
            (-self._average(a, b), a, b)
            for a in sorted(self.sums)
            if a in self.members
            for b in self.sums[a]
            if a < b and b in self.members
        ]
        heapify(heap)
        while heap:
            negative, a, b = heappop(heap)
            if -negative < threshold:
                return
            if a not in self.members or b not in self.members or b in self.apart[a] or -negative != self._average(a, b):
                continue
            self._join(a, b)
            for other in self.sums[a]:
                if other in self.members:
                    one, two = sorted((a, other))
                    heappush(heap, (-self._average(one, two), one, two))

    def _average(self, one: str, two: str) -> float:
        return round(self.sums[one].get(two, 0.0) / (len(self.members[one]) * len(self.members[two])), 9)

    def _join(self, kept: str, gone: str) -> None:
        for name in self.members[gone]:
            self.home[name] = kept
        self.members[kept] += self.members.pop(gone)
        for other, total in self.sums.pop(gone, {}).items():
            self.sums[other].pop(gone, None)
            if other != kept:
                self.sums[kept][other] = self.sums[other][kept] = self.sums[kept].get(other, 0.0) + total
        self.sums[kept].pop(gone, None)
        for other in self.apart.pop(gone, set()):
            self.apart[other].discard(gone)
            self.apart[other].add(kept)
            self.apart[kept].add(other)
