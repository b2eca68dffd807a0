"""Paragraphs that the extractor lost: those that stand in the page at the very place where the kept ones stand.

A *place* is the path of tags and classes from a paragraph to the root.  Templates give one place to body text and others to
teasers, captions and comments, so a lost paragraph at a place that holds much of the kept text belongs to the article.  Two guards
keep a second article on the same page out: the same ``article`` element, and no ``h1`` in between.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from graphkit.reading.html.body import Block, read_blocks
from graphkit.reading.html.facts import squash

Place = tuple[str, ...]

_MOST_PARAGRAPHS = 5_000
_SURE_LENGTH = 20
"""Letters from which on a paragraph is recognised by its words: shorter ones stand in a text by chance."""
_MAIN_SHARE = 0.2
"""Share of the kept text from which on a place is where the article stands."""
_MOSTLY_LINK = 0.95
_HEADINGS = ("h2", "h3", "h4")
_OUTSIDE = frozenset({"nav", "aside", "footer", "figure", "figcaption", "form", "button", "template", "noscript", "dialog"})


@dataclass(slots=True)
class _Paragraph:
    element: HtmlElement
    words: str
    place: Place
    at: int
    """Where its words stand in the kept text; -1 where they do not."""

    @property
    def is_sure(self) -> bool:
        """Say whether it is a paragraph of the kept text beyond doubt."""
        return self.at >= 0 and len(self.words) >= _SURE_LENGTH and self.element.tag == "p"


def complete(blocks: list[Block], tree: HtmlElement, url: str | None) -> list[Block]:
    """Return the kept blocks with the lost paragraphs of the same places put where they stand in the page.

    Blocks at those places are marked ``is_main``.
    """
    kept = _Kept(blocks)
    paragraphs = [_locate(element, kept) for element in _paragraphs(tree)]
    main = _main_places(paragraphs)
    lost = _find_lost(paragraphs, main)
    inserts: dict[int, list[Block]] = {}
    marked: set[int] = set()
    after = -1
    for paragraph in paragraphs:
        if paragraph.is_sure:
            begin, after = kept.index_of(paragraph.at), kept.index_of(paragraph.at + len(paragraph.words) - 1)
            marked.update(range(begin, after + 1) if paragraph.place in main else ())
        elif id(paragraph) in lost:
            found = (replace(block, is_main=True) for block in read_blocks(paragraph.element, url))
            inserts.setdefault(after, []).extend(found)
    whole = [*inserts.get(-1, [])]
    for index, block in enumerate(blocks):
        whole += [replace(block, is_main=index in marked), *inserts.get(index, ())]
    return whole


class _Kept:
    """The kept text as one run of letters, with the way back from a letter to its block."""

    def __init__(self, blocks: list[Block]) -> None:
        runs = [squash(block.text) for block in blocks]
        self.letters = "".join(runs)
        self._owner = [index for index, run in enumerate(runs) for _ in run]

    def index_of(self, at: int) -> int:
        return self._owner[at]


def _paragraphs(tree: HtmlElement) -> Iterator[HtmlElement]:
    for count, element in enumerate(tree.iter("p", "h1", *_HEADINGS)):
        if count >= _MOST_PARAGRAPHS:
            return
        yield element


def _locate(element: HtmlElement, kept: _Kept) -> _Paragraph:
    words = squash("".join(element.itertext())) if len(element) < 1_000 else ""
    return _Paragraph(element, words, _place_of(element), kept.letters.find(words) if words else -1)


def _place_of(element: HtmlElement) -> Place:
    own = () if element.tag != "p" else (f"p.{element.get('class') or ''}",)
    return (*own, *(f"{above.tag}.{above.get('class') or ''}" for above in element.iterancestors()))


def _find_lost(paragraphs: list[_Paragraph], main: set[Place]) -> set[int]:
    """Return the identities of the lost paragraphs, and of the headings that stand directly above one."""
    articles = {_article_of(paragraph.element) for paragraph in paragraphs if paragraph.is_sure}
    lost: set[int] = set()
    headings: list[_Paragraph] = []
    for paragraph in _before_next_article(paragraphs):
        if paragraph.element.tag != "p":
            headings = [*headings, paragraph] if paragraph.at < 0 else []
        elif paragraph.at >= 0:
            headings = headings if not paragraph.words else []
        elif paragraph.place in main and _article_of(paragraph.element) in articles and _is_prose(paragraph.element):
            lost.add(id(paragraph))
            lost.update(id(heading) for heading in headings if heading.place == paragraph.place[1:])
            headings = []
    return lost


def _before_next_article(paragraphs: list[_Paragraph]) -> Iterator[_Paragraph]:
    """Yield paragraphs and headings up to the first ``h1`` behind the beginning of the kept text."""
    has_begun = False
    for paragraph in paragraphs:
        has_begun = has_begun or paragraph.is_sure
        if paragraph.element.tag != "h1":
            yield paragraph
        elif has_begun and paragraph.at < 0:
            return


def _main_places(paragraphs: list[_Paragraph]) -> set[Place]:
    weights: Counter[Place] = Counter()
    for paragraph in paragraphs:
        if paragraph.is_sure:
            weights[paragraph.place] += len(paragraph.words)
    whole = sum(weights.values())
    main = {place for place, weight in weights.items() if weight >= _MAIN_SHARE * whole}
    return {place for place in main if not _OUTSIDE.intersection(step.partition(".")[0] for step in place)}


def _article_of(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("article"), None)


def _is_prose(element: HtmlElement) -> bool:
    text = " ".join("".join(element.itertext()).split())
    linked = sum(len(" ".join("".join(anchor.itertext()).split())) for anchor in element.iter("a"))
    return len(text.split()) >= 4 and linked < _MOSTLY_LINK * len(text)
