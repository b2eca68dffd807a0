"""The tables that a page shows where there is no JavaScript."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graphkit.viewer.page.wording import Words
from graphkit.viewer.view_model.excerpts import to_utf16
from graphkit.viewer.view_model.rows import EDGE_KINDS, NO_REF, ArticleRow, AssertionRow, ViewModel

MOST_ROWS = 1000
MOST_ROWS_OF_LARGE = 250
LARGE_FROM = 10_000
"""Nodes and assertions from which fewer rows are kept: such a page is hardly read without JavaScript."""


@dataclass(frozen=True, slots=True)
class StaticTable:
    """A caption, heads and rows of text."""

    caption: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]


def quote_of(row: AssertionRow, article: ArticleRow) -> str:
    """Return the words of an assertion, "" where the page holds none."""
    if row.quote is not None:
        return row.quote
    for begin, text in article.parts:
        if begin <= row.begin and row.end <= begin + len(text):
            return text[row.begin - begin : row.end - begin]
    return ""


def slice_utf16(text: str, begin: int, end: int, article: ArticleRow) -> str:
    """Return what JavaScript finds between two code-point offsets once they are counted in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    low, high = (2 * to_utf16(offset, article.astral) for offset in (begin, end))
    return units[low:high].decode("utf-16-le", "surrogatepass")


def static_tables(model: ViewModel, words: Words) -> list[StaticTable]:
    """Return a table for each kind of thing, cut at ``MOST_ROWS`` rows and saying so."""
    sheets = _Sheets(model, words)
    tables = (sheets.assertions(), sheets.claims(), sheets.outlets(), sheets.actors(), sheets.articles())
    return [table for table in tables if table.rows]


class _Sheets:
    def __init__(self, model: ViewModel, words: Words) -> None:
        self.model = model
        self.words = words
        self.most = MOST_ROWS if model.node_count + len(model.assertions) < LARGE_FROM else MOST_ROWS_OF_LARGE
        self.labels = model.labels()
        self.first_article = len(model.outlets)
        self.first_claim = self.first_article + len(model.articles)
        self.told = Counter(ref for row in model.assertions for ref in (row.article, row.claim))
        self.says = Counter(source for row in model.assertions for source in {link.source for link in row.chain})
        self.about = Counter(ref for row in model.assertions for ref in row.about)
        cites = EDGE_KINDS.index("cites")
        self.cited = Counter(
            target for source, kind, target in model.edges if kind == cites and self.first_article <= source < self.first_claim
        )

    def _table(
        self, kind: str, heads: Sequence[str], items: Sequence[Any], cells: Callable[[int, Any], Iterable[object]]
    ) -> StaticTable:
        shown = items[: self.most]
        key = "table_rows_cut" if len(shown) < len(items) else "table_rows"
        caption = f"{self.words.say('kinds_' + kind)}: {self.words.say(key, shown=len(shown), total=len(items))}"
        rows = [tuple(str(cell) for cell in cells(at, item)) for at, item in enumerate(shown)]
        return StaticTable(caption, tuple(self.words.say("column_" + head) for head in heads), rows)

    def assertions(self) -> StaticTable:
        def cells(_: int, row: AssertionRow) -> Iterable[object]:
            article = self.model.articles[row.article - self.first_article]
            support = self.model.claims[row.claim - self.first_claim].support
            speakers = "; ".join(self.labels[link.source] for link in row.chain) or self.words.say("the_article_itself")
            yield from (quote_of(row, article), speakers, self.words.value("certainty", row.certainty))
            yield from (self.words.value("support", support), article.label, row.begin, row.end)

        heads = ("quote", "speaker", "certainty", "support", "article", "begin", "end")
        return self._table("assertion", heads, self.model.assertions, cells)

    def claims(self) -> StaticTable:
        def cells(at: int, row: Any) -> Iterable[object]:
            yield from (row.label, self.words.value("support", row.support), row.origins, self.told[self.first_claim + at])

        return self._table("claim", ("label", "support", "origins", "assertions"), self.model.claims, cells)

    def outlets(self) -> StaticTable:
        def cells(at: int, row: Any) -> Iterable[object]:
            yield from (row.label, self.words.value("band", row.band))
            yield from (self.words.say(f"verdict_{row.verdict}", n=row.families), self.cited[at])

        return self._table("outlet", ("label", "band", "verdict", "cited"), self.model.outlets, cells)

    def actors(self) -> StaticTable:
        first = self.first_claim + len(self.model.claims)

        def cells(at: int, row: Any) -> Iterable[object]:
            yield from (row.label, self.words.value("actor", row.kind), self.says[first + at], self.about[first + at])

        return self._table("actor", ("label", "kind", "says", "about"), self.model.actors, cells)

    def articles(self) -> StaticTable:
        def cells(at: int, row: ArticleRow) -> Iterable[object]:
            outlet = self.labels[row.publisher] if row.publisher != NO_REF else ""
            yield from (row.label, outlet, row.published or self.words.say("undated"))
            yield from (self.told[self.first_article + at], row.url or "")

        heads = ("label", "outlet", "published", "assertions", "url")
        return self._table("article", heads, self.model.articles, cells)
