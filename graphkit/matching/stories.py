"""Stories: which articles are about one event, so that only their sentences are compared.

Each article has a key: the heaviest rare stems of what it asserts.  Articles whose keys are alike are joined, the most alike first, as
long as a story has at most ``LARGEST`` articles: single linkage with a ceiling, so that a long war does not become one story.  The
result is a function of the set of articles: an added one changes only the stories of the articles that lead to it.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.rarity import rarity
from graphkit.matching.words import stems_of

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

KEY_STEMS: Final = 32
"""How many stems make up an article's key."""
RARE: Final = 4.0
"""Only stems at least this rare (in fewer than two of a hundred sentences) are part of a key."""
LEAST_ALIKE: Final = 0.25
"""The cosine of keys from which on two articles may be of one story."""
NEAR_DAYS: Final = 60
FAR_ALIKE: Final = 0.5
"""The cosine it takes where the two are dated more than ``NEAR_DAYS`` apart: old news given as new is told in the old words."""
FULL: Final = 20.0
"""The length of a key of three or four rare stems; a shorter one is not stretched to one."""
LEAST_SHARED: Final = 2
LARGEST: Final = 48
"""How many articles a story has at most: what one comparison of all with all costs."""


@dataclass(frozen=True, slots=True)
class Key:
    """What tells an article's story: stems with weights of at most unit length together, heaviest first.

    ``day`` is the proleptic ordinal of its date, 0 where unknown.
    """

    name: str
    weights: tuple[tuple[str, float], ...]
    day: int = 0


def key_of(name: str, texts: Iterable[str], *, published: str | None = None) -> Key:
    """Return the key of an article from the words of its assertions: how often a stem stands there, by how rare it is."""
    counts = Counter(stem for text in texts for stem in stems_of(text))
    heavy = sorted(
        (
            (round((1 + min(count, 8)) ** 0.5 * rare, 6), stem)
            for stem, count in counts.items()
            if (rare := rarity(stem)) >= RARE
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )[:KEY_STEMS]
    # few and half-rare stems ("Monday", "go") do not make two short texts alike: a key has at least this length
    length = max(FULL, sum(weight * weight for weight, _ in heavy) ** 0.5)
    return Key(name, tuple((stem, weight / length) for weight, stem in heavy), _ordinal(published))


def _ordinal(published: str | None) -> int:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return 0


class Stories:
    """The stories of a growing set of articles."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._names: list[str] = []
        self._days = array("i")
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        self._near: dict[str, dict[str, float]] = {}
        self._story: dict[str, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._near)

    def add(self, key: Key) -> None:
        """Add an article; its story is known after ``settle``.

        Raises:
            ValueError: An article of that name is there.
        """
        if key.name in self._number:
            raise ValueError(f"{key.name} is there already")
        near = self._alike(key)
        self._near[key.name] = near
        for other, likeness in near.items():
            self._near[other][key.name] = likeness
        number = self._number[key.name] = len(self._names)
        self._names.append(key.name)
        self._days.append(key.day)
        for stem, weight in key.weights:
            numbers, weights = self._postings.setdefault(stem, (array("i"), array("f")))
            numbers.append(number)
            weights.append(weight)

    def _alike(self, key: Key) -> dict[str, float]:
        import numpy as np

        lists = [(self._postings[stem], weight) for stem, weight in key.weights if stem in self._postings]
        if not lists:
            return {}
        numbers = np.concatenate([np.frombuffer(numbers, dtype=np.int32) for (numbers, _), _ in lists])
        products = np.concatenate(
            [np.frombuffer(weights, dtype=np.float32) * np.float32(weight) for (_, weights), weight in lists]
        )
        # a cell for each article there is: quicker than sorting the numbers of those that share a stem
        shared, sums = np.bincount(numbers), np.bincount(numbers, weights=products)
        found = np.flatnonzero(shared >= LEAST_SHARED)
        likeness = sums[found]
        days = np.frombuffer(self._days, dtype=np.int32)[found]
        is_far = (days > 0) & (key.day > 0) & (np.abs(days - key.day) > NEAR_DAYS)
        kept = likeness >= np.where(is_far, FAR_ALIKE, LEAST_ALIKE)
        return {
            self._names[number]: round(value, 6)
            for number, value in zip(found[kept].tolist(), likeness[kept].tolist(), strict=True)
        }

    def join(self, one: str, two: str) -> None:
        """Take two articles that are there for as alike as can be."""
        self._near[one][two] = self._near[two][one] = 1.0

    def settle(self, names: Iterable[str] | None = None) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
        """Find the stories anew around some articles (all if None); return those that are gone and those that are new."""
        gone: set[tuple[str, ...]] = set()
        new: set[tuple[str, ...]] = set()
        for component in self._components(self._near if names is None else names):
            gone |= {self._story[name] for name in component if name in self._story}
            for story in _joined(component, self._near):
                new.add(story)
                self._story.update(dict.fromkeys(story, story))
        return gone - new, new - gone

    def story_of(self, name: str) -> tuple[str, ...]:
        """Return the names of the articles of one story, sorted."""
        return self._story[name]

    def all(self) -> list[tuple[str, ...]]:
        """Return every story, sorted."""
        return sorted(set(self._story.values()))

    def _components(self, names: Iterable[str]) -> Iterator[list[str]]:
        seen: set[str] = set()
        for start in names:
            if start in seen:
                continue
            seen.add(start)
            component = [start]
            for name in component:
                for other in self._near[name]:
                    if other not in seen:
                        seen.add(other)
                        component.append(other)
            yield component


def _joined(component: Sequence[str], near: dict[str, dict[str, float]]) -> list[tuple[str, ...]]:
    """Return the stories of articles that lead to each other: the most alike joined first, ties by name."""
    if len(component) <= LARGEST:
        return [tuple(sorted(component))]
    edges = sorted((-likeness, one, two) for one in component for two, likeness in near[one].items() if one < two)
    home = {name: name for name in component}
    members: dict[str, list[str]] = defaultdict(list)
    for name in component:
        members[name].append(name)
    for _, one, two in edges:
        a, b = home[one], home[two]
        if a == b or len(members[a]) + len(members[b]) > LARGEST:
            continue
        kept, gone = (a, b) if len(members[a]) >= len(members[b]) else (b, a)
        for name in members[gone]:
            home[name] = kept
        members[kept] += members.pop(gone)
    return [tuple(sorted(group)) for group in members.values()]
