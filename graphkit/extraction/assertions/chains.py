"""Attributions that stand inside each other, as chains: who says that who says what."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphkit.extraction.protocol import RawAttribution
from graphkit.model import Span


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
    """Hang each attribution of a deeper level under the one whose content holds it; one that fits nowhere is outermost."""
    links: list[Link] = []
    for raw in sorted(attributions, key=lambda a: (a.level, _begin(a))):
        outer = _holder(raw, links) if raw.level > 1 else None
        links.append(Link(raw, outer))
    return sorted(links, key=lambda link: (_begin(link.raw), link.raw.level))


def _begin(raw: RawAttribution) -> int:
    return min(span.begin for span in raw.spans())


def _holder(raw: RawAttribution, links: list[Link]) -> "Link | None":
    for link in reversed(links):
        if link.raw.level == raw.level - 1 and any(_holds(content, raw) for content in link.raw.contents):
            return link
    return None


def _holds(content: Span, raw: RawAttribution) -> bool:
    return all(content.covers(span) for span in (*raw.cues, *raw.contents))
