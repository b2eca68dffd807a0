"""All matching of a growing set of articles: an added one touches its own story, and what shares text with it, and nothing else.

Of each article an index holds what tells its story, the runs of its text and its imprint; whole articles are asked for again when
their story is matched.  What comes out is a function of the set of articles, however they came: one by one, at once, in any order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from graphkit.matching.accounts import Account
from graphkit.matching.copies import SharedText, SharedTexts, Whence
from graphkit.matching.decided import Decided
from graphkit.matching.derivation import CONFIDENCE, Edge, Imprint, copy_edge, declared_edges
from graphkit.matching.links import Link, article_links, joined, run, story_links
from graphkit.matching.matching import StoryMatches, match_story
from graphkit.matching.pairs.clustering import Pair, pair_of
from graphkit.matching.shingles import shingle
from graphkit.matching.stories import Stories
from graphkit.matching.traits import Traits

if TYPE_CHECKING:
    from graphkit.matching.copies import Array
    from graphkit.matching.kept import Kept

Story = tuple[str, ...]
Load = Callable[[Sequence[str]], Iterable[Account]]


class Matcher:
    """The matches of a growing set of articles.

    Args:
        load: Returns the articles of these names, wherever they are kept.
        decided: What people decided.
        kept: What earlier passes found, if it is to be used again; then the traits must have contents.
    """

    def __init__(self, load: Load, decided: Decided = Decided(), kept: "Kept | None" = None) -> None:  # noqa: B008 - frozen
        self._load = load
        self._decided = decided
        self._kept = kept
        self._ruled = [sorted(pairs) for pairs in (decided.together, decided.apart, decided.derived, decided.not_derived)]
        self._contents: dict[str, str] = {}
        self._imprints: dict[str, Imprint] = {}
        self._by_url: dict[str, str] = {}
        self._linking: dict[str, set[str]] = defaultdict(set)
        self._declared: dict[str, list[Edge]] = {}
        self._shared: dict[Pair, SharedText] = {}
        self._copies: dict[Pair, Edge] = {}
        self._partners: dict[str, set[str]] = defaultdict(set)
        self._texts = SharedTexts(lambda name: shingle(name, next(iter(load([name]))).text))
        self._stories = Stories()
        self._links: dict[Story, tuple[Link, ...]] = {}

    def fill(self, articles: Iterable[Traits]) -> None:
        """Take in many articles at once, before any is added singly."""

        def noted() -> "Iterator[tuple[str, Array, Whence]]":
            for traits in articles:
                self._note(traits)
                yield traits.name, traits.runs, traits.whence

        self._texts.fill(noted())
        for shared in self._texts.all_pairs():
            self._keep(shared)
        self._declare(list(self._imprints))
        self._stories.settle()
        for story in self._stories.all():
            self._match(story)

    def add(self, traits: Traits) -> tuple[Story, ...]:
        """Take in one article; return the stories that were matched anew for it."""
        self._note(traits)
        touched = {traits.name, *self._linking.get(traits.imprint.url or "", ())}
        changed, found = self._texts.add(traits.name, traits.runs, traits.whence)
        for pair in changed:
            self._shared.pop(pair, None)
            self._copies.pop(pair, None)
            touched.update(pair)
        for shared in found:
            self._keep(shared)
        self._declare(touched)
        gone, new = self._stories.settle([traits.name])
        for story in gone:
            del self._links[story]
        again = sorted(new | {self._stories.story_of(name) for name in touched})
        for story in again:
            self._match(story)
        return tuple(again)

    def links(self) -> list[Link]:
        """Return all links, sorted, one of a relation between two nodes."""
        edges = [edge for name in sorted(self._imprints) for edge in self._edges(name)]
        of_stories = (link for story in sorted(self._links) for link in self._links[story])
        return joined([*article_links(self._shared.values(), edges, self._imprints), *of_stories])

    def matches(self) -> Iterator[tuple[tuple[Account, ...], StoryMatches]]:
        """Yield each story's articles and what was found in it."""
        for story in self._stories.all():
            accounts = tuple(self._load(story))
            yield accounts, self._matched(story, accounts)

    def _note(self, traits: Traits) -> None:
        imprint, name = traits.imprint, traits.name
        self._imprints[name] = imprint
        self._contents[name] = traits.content
        if imprint.url:
            self._by_url[imprint.url] = name
        for url, _, _ in imprint.links:
            self._linking[url].add(name)
        self._stories.add(traits.key)
        # two of which people decided that something in both is one are one story, however little they are alike
        for pair in self._decided.one_story:
            if name in pair and all(one in self._imprints for one in pair):
                self._stories.join(*pair)

    def _keep(self, shared: SharedText) -> None:
        self._shared[shared.one, shared.two] = shared
        self._partners[shared.one].add(shared.two)
        self._partners[shared.two].add(shared.one)

    def _declare(self, names: Iterable[str]) -> None:
        """Find anew what these articles declare, and the direction of what they share."""
        pairs: set[Pair] = set()
        for name in names:
            self._declared[name] = declared_edges(self._imprints[name], self._by_url, self._imprints)
            pairs.update(pair_of(name, other) for other in self._partners.get(name, ()))
        for pair in pairs:
            shared = self._shared.get(pair)
            if shared is None:
                continue
            cited = {(edge.taker, edge.giver) for name in pair for edge in self._declared.get(name, ())}
            edge = copy_edge(shared, (self._imprints[pair[0]], self._imprints[pair[1]]), cited)
            if edge is None:
                self._copies.pop(pair, None)
            else:
                self._copies[pair] = edge

    def _edges(self, taker: str) -> list[Edge]:
        """Return who an article has it from, people's decisions in place of what was found."""
        copied = [
            self._copies[pair] for other in self._partners.get(taker, ()) if (pair := pair_of(taker, other)) in self._copies
        ]
        found = [*self._declared[taker], *(edge for edge in copied if edge.taker == taker)]
        decided = self._decided
        kept = [
            edge
            for edge in found
            if (edge.taker, edge.giver) not in decided.not_derived
            and (edge.taker, edge.giver) not in decided.derived
            and (edge.giver, edge.taker) not in decided.derived
        ]
        ruled = [
            Edge(taker, giver, "decision", CONFIDENCE["decision"])
            for one, giver in decided.derived
            if one == taker and giver in self._imprints
        ]
        return sorted([*kept, *ruled])

    def _matched(self, story: Story, accounts: Sequence[Account]) -> StoryMatches:
        return match_story(accounts, (edge for name in story for edge in self._edges(name)), self._decided)

    def _match(self, story: Story) -> None:
        if len(story) == 1:
            self._links[story] = ()
            return
        digest = None if self._kept is None else self._digest(story)
        links = None if self._kept is None or digest is None else self._kept.links(digest)
        if links is None:
            accounts = tuple(self._load(story))
            links = tuple(story_links(self._matched(story, accounts), accounts))
            if self._kept is not None and digest is not None:
                self._kept.keep_links(digest, links)
        self._links[story] = links

    def _digest(self, story: Story) -> str:
        """Return a digest of all that decides a story's links."""
        edges = [edge for name in story for edge in self._edges(name)]
        parts = (run(), [(name, self._contents[name]) for name in story], edges, self._ruled)
        return sha256(repr(parts).encode()).hexdigest()
