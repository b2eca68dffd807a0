"""Copies and shared text: which articles carry the same runs of eight words.

All runs of all texts stand in one sorted index, which finds the pairs that share two runs or more; the exact share is measured on
those only.  Containment (of the shorter text) is the measure, because a short agency report inside a long article is a copy though most
of the long text is not: MinHash estimates the symmetric share and misses it.

A run in more than ``COMMON`` texts of few outlets, or on three days or more of one outlet and of no other, is a footer and does not
count.  A run in more than ``COMMON`` texts of many outlets is an agency's: then each text is compared with the first only, which joins
them all without comparing all pairs.  Whether a run is a footer depends on the texts that have it and on nothing else, so that an added
text changes only what it shares.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any, Final, Literal

from graphkit.matching.shingles import Shingles
from graphkit.model import Span

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

COPY: Final = 0.5
SHARES_TEXT: Final = 0.1
SHARES_QUOTE: Final = 0.02
COMMON: Final = 50
_FOOTER_DAYS: Final = 3
_FEWEST_RUNS: Final = 4
_LEAST_RUNS: Final = 2
_TEXTS_AN_OUTLET: Final = 3
_KEPT: Final = 256

Overlap = Literal["copy", "sharesText", "sharesQuote", "ownWords"]
Pair = tuple[str, str]
Whence = tuple[str | None, str | None]
"""The outlet and day of a text, where known."""


@dataclass(frozen=True, slots=True)
class SharedText:
    """What two articles share: containment in the shorter, Jaccard, how many runs, and the longest shared stretch in each."""

    one: str
    two: str
    containment: float
    jaccard: float
    shared_runs: int
    spans: tuple[Span, Span]

    @property
    def label(self) -> Overlap:
        """How much that is: a copy from one half on, shared text from a tenth, a shared quotation from a fiftieth."""
        if self.shared_runs < _FEWEST_RUNS:
            return "ownWords"
        if self.containment >= COPY:
            return "copy"
        if self.containment >= SHARES_TEXT:
            return "sharesText"
        return "sharesQuote" if self.containment >= SHARES_QUOTE else "ownWords"


class SharedTexts:
    """The runs of a growing set of texts; texts themselves are asked for again when two of them are measured.

    Args:
        shingles_of: Returns the shingles of a text by its name.
    """

    def __init__(self, shingles_of: Callable[[str], Shingles]) -> None:
        import numpy as np

        self._shingles_of = shingles_of
        self._kept: dict[str, tuple[Shingles, Array]] = {}
        self._names: list[str] = []
        self._whence: list[Whence] = []
        self._runs: Array = np.zeros(0, dtype=np.uint64)
        self._owners: Array = np.zeros(0, dtype=np.int32)
        self._added: dict[int, list[int]] = {}
        self._partners: dict[str, set[str]] = {}

    def fill(self, texts: "Iterable[tuple[str, Array, Whence]]") -> None:
        """Take in many texts at once, before any is added singly: the name, the distinct runs and the whence of each."""
        import numpy as np

        runs, owners = [self._runs], [self._owners]
        for name, distinct, whence in texts:
            runs.append(distinct)
            owners.append(np.full(len(distinct), len(self._names), dtype=np.int32))
            self._names.append(name)
            self._whence.append(whence)
        all_runs, all_owners = np.concatenate(runs), np.concatenate(owners)
        order = np.argsort(all_runs, kind="stable")
        self._runs, self._owners = all_runs[order], all_owners[order]

    def all_pairs(self) -> list[SharedText]:
        """Return every pair that shares at least a fiftieth of the shorter text, by name."""
        return self._measured(self._candidates())

    def _measured(self, pairs: Iterable[Pair]) -> list[SharedText]:
        found = []
        for one, two in sorted(pairs):
            shared = self._measure((one, two))
            for name, other in ((one, two), (two, one)):
                partners = self._partners.setdefault(name, set())
                (partners.discard if shared is None else partners.add)(other)
            if shared is not None:
                found.append(shared)
        return found

    def _candidates(self) -> Iterator[Pair]:
        import numpy as np

        if not len(self._runs):
            return
        starts = np.flatnonzero(np.concatenate([[True], self._runs[1:] != self._runs[:-1]]))
        ends = np.concatenate([starts[1:], [len(self._runs)]])
        several = ends - starts > 1
        shared: Counter[tuple[int, int]] = Counter()
        seen: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        for begin, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
            members = tuple(self._owners[begin:end].tolist())
            if members not in seen:
                seen[members] = list(self._compared(members))
            shared.update(seen[members])
        for (a, b), count in shared.items():
            if count >= _LEAST_RUNS:
                yield self._pair(a, b)

    def _pair(self, a: int, b: int) -> Pair:
        one, two = sorted((self._names[a], self._names[b]))
        return one, two

    def _compared(self, members: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the pairs of texts that a run makes one compare."""
        if len(members) < 2 or self._is_footer(members):
            return
        if len(members) <= COMMON:
            yield from combinations(sorted(members), 2)
            return
        first = min(members, key=self._names.__getitem__)
        yield from ((min(first, one), max(first, one)) for one in members if one != first)

    def _is_footer(self, members: Sequence[int]) -> bool:
        outlets = {self._whence[number][0] for number in members}
        if len(members) > COMMON:
            return len(members) > _TEXTS_AN_OUTLET * len(outlets)
        if len(members) < _FOOTER_DAYS or len(outlets) > 1 or None in outlets:
            return False
        days = [self._whence[number][1] for number in members]
        return len({day for day in days if day}) + days.count(None) >= _FOOTER_DAYS

    def add(self, name: str, distinct: "Array", whence: Whence) -> tuple[set[Pair], list[SharedText]]:
        """Take in a text; return the pairs to forget, and those measured anew in their place."""
        runs = distinct.tolist()
        before = {run: self._members(run) for run in runs}
        number = len(self._names)
        self._names.append(name)
        self._whence.append(whence)
        for run in runs:
            self._added.setdefault(run, []).append(number)
        self._kept.clear()
        changed: set[Pair] = set()
        for earlier in {tuple(members) for members in before.values() if members}:
            members = (*earlier, number)
            touched = set(self._compared(members)) ^ set(self._compared(earlier))
            changed.update(self._pair(a, b) for a, b in touched)
            if self._is_footer(members) != (len(earlier) > 1 and self._is_footer(earlier)):
                # what became a footer, or ceased to be one, counts no longer, or again, in the length of each text that has it
                names = [self._names[member] for member in earlier]
                changed.update((min(name, other), max(name, other)) for name in names for other in self._partners.get(name, ()))
        return changed, self._measured(changed)

    def _members(self, run: int) -> list[int]:
        begin, end = self._range(run)
        return [*self._owners[begin:end].tolist(), *self._added.get(run, ())]

    def _range(self, run: Any) -> tuple[Any, Any]:
        import numpy as np

        wanted = np.asarray(run, dtype=np.uint64)
        return np.searchsorted(self._runs, wanted, "left"), np.searchsorted(self._runs, wanted, "right")

    def _measure(self, pair: Pair) -> SharedText | None:
        import numpy as np

        (one, left), (two, right) = (self._counted(name) for name in pair)
        shared = np.intersect1d(left, right, assume_unique=True)
        compared = (run for run in shared.tolist() if self._compares(run, pair))
        if len(list(islice(compared, _LEAST_RUNS))) < _LEAST_RUNS:
            return None
        share = len(shared) / min(len(left), len(right))
        if share < SHARES_QUOTE:
            return None
        union = len(left) + len(right) - len(shared)
        return SharedText(*pair, share, len(shared) / union, len(shared), (_longest(one, shared), _longest(two, shared)))

    def _compares(self, run: int, pair: Pair) -> bool:
        members = self._members(run)
        return len(members) <= COMMON or min(self._names[number] for number in members) in pair

    def _counted(self, name: str) -> "tuple[Shingles, Array]":
        """Return a text's shingles, and its distinct runs without footers."""
        import numpy as np

        if name not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            one = self._shingles_of(name)
            begins, ends = self._range(one.distinct)
            counts = ends - begins
            if self._added:
                counts = counts + np.array([len(self._added.get(run, ())) for run in one.distinct.tolist()], dtype=np.int64)
            often = np.flatnonzero(counts >= _FOOTER_DAYS)
            footers = [place for place in often.tolist() if self._is_footer(self._members(int(one.distinct[place])))]
            self._kept[name] = one, np.delete(one.distinct, footers)
        return self._kept[name]


def find_shared_text(texts: Iterable[Shingles], *, whence: Mapping[str, Whence] | None = None) -> list[SharedText]:
    """Return the pairs of texts that share at least a fiftieth of the shorter one, by their names; independent of the order given.

    Args:
        texts: Shingles of each text, under distinct names.
        whence: The outlet and day of each, where known: what one outlet's texts of several days have in common is its footer.
    """
    by_name = {one.name: one for one in texts}
    known = whence or {}
    index = SharedTexts(by_name.__getitem__)
    index.fill((name, by_name[name].distinct, known.get(name, (None, None))) for name in sorted(by_name))
    return index.all_pairs()


def _longest(one: Shingles, shared: "Array") -> Span:
    """Return the longest stretch of a text that is made of shared runs, the first of several."""
    import numpy as np

    places = np.flatnonzero(np.isin(one.hashes, shared))
    breaks = np.flatnonzero(np.diff(places) != 1)
    firsts = places[np.concatenate([[0], breaks + 1])]
    lasts = places[np.concatenate([breaks, [len(places) - 1]])]
    best = int(np.argmax(one.ends[lasts] - one.begins[firsts]))
    return one.span(int(firsts[best]), int(lasts[best]))
