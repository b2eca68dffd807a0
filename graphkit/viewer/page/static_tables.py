"""The tables that a page shows where there is no JavaScript."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graphkit.viewer.page.wording import Words
from graphkit.viewer.view_model.excerpts import to_utf16
from graphkit.viewer.view_model.rows import EDGE_KINDS, NO_REF, ArticleRow, AssertionRow, ViewModel

MOST_ROWS = 1000


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
    tables = (
        _assertions(model, words),
        _claims(model, words),
        _outlets(model, words),
        _actors(model, words),
        _articles(model, words),
    )
    return [table for table in tables if table.rows]


def _table(
    words: Words, kind: str, heads: Sequence[str], items: Sequence[Any], row: Callable[[Any], Iterable[object]]
) -> StaticTable:
    shown = items[:MOST_ROWS]
    key = "table_rows_cut" if len(shown) < len(items) else "table_rows"
    caption = f"{words.say('kinds_' + kind)}: {words.say(key, shown=len(shown), total=len(items))}"
    return StaticTable(
        caption,
        tuple(words.say("column_" + head) for head in heads),
        [tuple(str(cell) for cell in row(item)) for item in shown],
    )


def _assertions(model: ViewModel, words: Words) -> StaticTable:
    names = model.labels()
    first = len(model.outlets)

    def row(item: AssertionRow) -> Iterable[object]:
        article = model.articles[item.article - first]
        speakers = "; ".join(names[link.source] for link in item.chain) or words.say("the_article_itself")
        support = model.claims[item.claim - first - len(model.articles)].support
        yield from (quote_of(item, article), speakers, words.value("certainty", item.certainty))
        yield from (words.value("support", support), article.label, item.begin, item.end)

    heads = ("quote", "speaker", "certainty", "support", "article", "begin", "end")
    return _table(words, "assertion", heads, model.assertions, row)


def _claims(model: ViewModel, words: Words) -> StaticTable:
    first = len(model.outlets) + len(model.articles)
    told = Counter(row.claim - first for row in model.assertions)
    items = list(enumerate(model.claims))
    return _table(
        words,
        "claim",
        ("label", "support", "origins", "assertions"),
        items,
        lambda item: (item[1].label, words.value("support", item[1].support), item[1].origins, told[item[0]]),
    )


def _outlets(model: ViewModel, words: Words) -> StaticTable:
    cites = EDGE_KINDS.index("cites")
    last = len(model.outlets) + len(model.articles)
    cited = Counter(target for source, kind, target in model.edges if kind == cites and len(model.outlets) <= source < last)
    items = list(enumerate(model.outlets))

    def row(item: tuple[int, Any]) -> Iterable[object]:
        ref, outlet = item
        yield from (outlet.label, words.value("band", outlet.band))
        yield words.say(f"verdict_{outlet.verdict}", n=outlet.families)
        yield cited[ref]

    return _table(words, "outlet", ("label", "band", "verdict", "cited"), items, row)


def _actors(model: ViewModel, words: Words) -> StaticTable:
    first = len(model.outlets) + len(model.articles) + len(model.claims)
    says = Counter(source - first for row in model.assertions for source in {link.source for link in row.chain})
    about = Counter(one - first for row in model.assertions for one in row.about)
    return _table(
        words,
        "actor",
        ("label", "kind", "says", "about"),
        list(enumerate(model.actors)),
        lambda item: (item[1].label, words.value("actor", item[1].kind), says[item[0]], about[item[0]]),
    )


def _articles(model: ViewModel, words: Words) -> StaticTable:
    first = len(model.outlets)
    told = Counter(row.article - first for row in model.assertions)

    def row(item: tuple[int, ArticleRow]) -> Iterable[object]:
        at, article = item
        outlet = model.outlets[article.publisher].label if article.publisher != NO_REF else ""
        yield from (article.label, outlet, article.published or words.say("undated"), told[at], article.url or "")

    heads = ("label", "outlet", "published", "assertions", "url")
    return _table(words, "article", heads, list(enumerate(model.articles)), row)
