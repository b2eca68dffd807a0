"""Attributions that stand inside each other, as chains: who says that who says what."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from graphkit.extraction.protocol import RawAttribution
from graphkit.model import Span

NEIGHBOURS = 24
"""Outer attributions before an inner one among which the one that holds it is looked for."""


@dataclass(frozen=True, slots=True)
class Link:
    """A raw attribution with the one it stands in; ``outer`` is None for the outermost."""

    raw: RawAttribution
    outer: "Link | None"
    has_inner: bool = False

    def chain(self) -> tuple[RawAttribution, ...]:
        """Return the attributions from the nearest to the claim outwards."""
        return (self.raw, *(self.outer.chain() if self.outer else ()))


def link_levels(attributions: Sequence[RawAttribution]) -> list[Link]:
    """Hang each attribution of a deeper level under the nearest one above whose content holds it; one that fits nowhere is outermost."""
    by_level: dict[int, list[Link]] = {}
    for raw in sorted(attributions, key=lambda a: (a.level, _begin(a))):
        above = (_holder(raw, by_level.get(level, [])) for level in range(raw.level - 1, 0, -1))
        outer = next((link for link in above if link is not None), None)
        by_level.setdefault(raw.level, []).append(Link(raw, outer))
    links = [link for level in sorted(by_level) for link in by_level[level]]
    return sorted(links, key=lambda link: (_begin(link.raw), link.raw.level))


def _begin(raw: RawAttribution) -> int:
    return min(span.begin for span in raw.spans())


def _holder(raw: RawAttribution, candidates: list[Link]) -> "Link | None":
    """Return the nearest of an outer level, which is sorted by where each begins, that holds ``raw``."""
    last = bisect_right(candidates, _begin(raw), key=lambda link: _begin(link.raw))
    near = candidates[max(0, last - NEIGHBOURS) : last]
    return next((link for link in reversed(near) if any(_holds(content, raw) for content in link.raw.contents)), None)


def _holds(content: Span, raw: RawAttribution) -> bool:
    return all(content.covers(span) for span in (*raw.cues, *raw.contents))
