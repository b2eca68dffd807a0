"""Copies and shared text: which articles carry the same runs of eight words.

All runs of all texts are sorted once, which finds the pairs that share two runs or more; the exact share is measured on those only.
Containment (of the shorter text) is the measure, because a short agency report inside a long article is a copy though most of the
long text is not: MinHash estimates the symmetric share and misses it.  A run in more than ``COMMON`` texts of few outlets, or in most
texts of one outlet and no other, is a footer.  A run in more than ``COMMON`` texts of many outlets is an agency's: then each text is
compared with the first only, which joins them all without comparing all pairs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, Literal

from graphkit.matching.shingles import Shingles
from graphkit.model import Span

if TYPE_CHECKING:
    import numpy

COPY: Final = 0.5
SHARES_TEXT: Final = 0.1
SHARES_QUOTE: Final = 0.02
COMMON: Final = 50
_FEWEST_OF_OUTLET: Final = 3
_FEWEST_RUNS: Final = 4
_TEXTS_AN_OUTLET: Final = 3

Overlap = Literal["copy", "sharesText", "sharesQuote", "ownWords"]


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


def find_shared_text(texts: Iterable[Shingles], *, outlets: Mapping[str, str | None] | None = None) -> list[SharedText]:
    """Return the pairs of texts that share at least a fiftieth of the shorter one, by their names; independent of the order given.

    Args:
        texts: Shingles of each text, under distinct names.
        outlets: The outlet of each, where known: a run in most texts of one outlet is its footer.
    """
    ordered = sorted(texts, key=lambda one: one.name)
    groups = list(_groups(ordered, outlets or {}))
    footers = _array([value for value, _, is_footer in groups if is_footer])
    shared: Counter[tuple[int, int]] = Counter()
    for _, members, is_footer in groups:
        if not is_footer:
            shared.update(combinations(members, 2) if len(members) <= COMMON else ((members[0], one) for one in members[1:]))
    kept: dict[int, numpy.ndarray[Any, Any]] = {}
    found = (
        _measured((ordered[a], ordered[b]), (a, b), footers, kept) for (a, b), count in sorted(shared.items()) if count >= 2
    )
    return [pair for pair in found if pair is not None and pair.containment >= SHARES_QUOTE]


def _array(values: Sequence[int]) -> "numpy.ndarray[Any, Any]":
    import numpy as np

    return np.array(sorted(values), dtype=np.uint64)


def _groups(ordered: Sequence[Shingles], outlets: Mapping[str, str | None]) -> Iterator[tuple[int, tuple[int, ...], bool]]:
    """Yield each run that several texts have: its hash, the texts by number, and whether it is a footer."""
    import numpy as np

    if not ordered:
        return
    hashes = np.concatenate([one.distinct for one in ordered])
    numbers = np.repeat(np.arange(len(ordered)), [len(one.distinct) for one in ordered])
    order = np.argsort(hashes, kind="stable")
    hashes, numbers = hashes[order], numbers[order]
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else np.zeros(0, dtype=np.int64)
    ends = np.concatenate([starts[1:], [len(hashes)]]) if len(hashes) else starts
    of_text = [outlets.get(one.name) for one in ordered]
    sizes = Counter(of_text)
    for begin, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
        members = tuple(numbers[begin:end].tolist())
        yield int(hashes[begin]), members, _is_footer([of_text[member] for member in members], sizes)


def _is_footer(outlets: Sequence[str | None], sizes: Mapping[str | None, int]) -> bool:
    distinct = set(outlets)
    if len(outlets) > COMMON:
        return len(outlets) > _TEXTS_AN_OUTLET * len(distinct)
    outlet = outlets[0]
    if len(distinct) > 1 or outlet is None:
        return False
    return len(outlets) >= max(_FEWEST_OF_OUTLET, sizes[outlet] // 2 + 1)


def _measured(
    pair: tuple[Shingles, Shingles], numbers: tuple[int, int], footers: "numpy.ndarray[Any, Any]", kept: dict[int, Any]
) -> SharedText | None:
    import numpy as np

    for one, number in zip(pair, numbers, strict=True):
        if number not in kept:
            kept[number] = np.setdiff1d(one.distinct, footers, assume_unique=True) if len(footers) else one.distinct
    left, right = (kept[number] for number in numbers)
    shared = np.intersect1d(left, right, assume_unique=True)
    if not len(shared):
        return None
    union = len(left) + len(right) - len(shared)
    spans = _longest(pair[0], shared), _longest(pair[1], shared)
    share = len(shared) / min(len(left), len(right))
    return SharedText(pair[0].name, pair[1].name, share, len(shared) / union, len(shared), spans)


def _longest(one: Shingles, shared: "numpy.ndarray[Any, Any]") -> Span:
    """Return the longest stretch of a text that is made of shared runs, the first of several."""
    import numpy as np

    places = np.flatnonzero(np.isin(one.hashes, shared))
    breaks = np.flatnonzero(np.diff(places) != 1)
    firsts = places[np.concatenate([[0], breaks + 1])]
    lasts = places[np.concatenate([breaks, [len(places) - 1]])]
    best = int(np.argmax(one.ends[lasts] - one.begins[firsts]))
    return one.span(int(firsts[best]), int(lasts[best]))
