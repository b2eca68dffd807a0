"""What the store costs: adding, following, asking, taking out, and the size of the file, in CPU time and bytes.

    python tests/benchmarks/bench_store.py [ARTICLES] [--rdflib ARTICLES] [--in FOLDER]

Articles are invented, of the seed's shape (about 390 quads each); 2,500 of them are about a million quads.  rdflib's own store is
measured on fewer (default 100, 0: not at all), beside the index on the same ones.  Commits wait for the disk, so wall times are
those of the folder and of who else writes to it.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from bench_rdf import invented

from graphkit import limits
from graphkit.model import Annotation, Document
from graphkit.rdf import identifiers
from graphkit.rdf.quads import run_name, to_nquads
from graphkit.resources import folder
from graphkit.store.index import Index, open_index
from graphkit.store.index.folder import IndexFolder
from graphkit.store.query import Limits, run_query
from graphkit.store.record import ArticleFilter, Entry, Record, RunInfo

MORE = 50
QUERIES = ("cq01", "cq03", "cq04", "cq07", "cq11")


def cpu() -> float:
    """CPU seconds of this process and of its ended children."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def measured(work: Callable[[], object], rounds: int = 1) -> tuple[float, float, object]:
    """Return CPU milliseconds and wall milliseconds of one round of ``work``, and what the last one gave."""
    began, wall = cpu(), time.perf_counter()
    result = None
    for _ in range(rounds):
        result = work()
    return (cpu() - began) * 1000 / rounds, (time.perf_counter() - wall) * 1000 / rounds, result


def show(what: str, spent: tuple[float, float, object], note: str = "") -> None:
    print(f"{what:<58} {spent[0]:>11,.2f} {spent[1]:>11,.2f}   {note}", flush=True)


def entry(annotation: Annotation, number: int) -> Entry:
    """An entry with a page around the text, as pages are: some 8 KB of markup."""
    article = annotation.article
    name = identifiers.article(article.url, article.text_sha256)
    menu = "".join(f'<li class="menu-{k % 7}"><a href="/section/{k}/{number % 5}">Section {k}</a></li>' for k in range(120))
    page = f"<html><head><title>{escape(article.title)}</title></head><body><ul>{menu}</ul><p>{escape(article.text)}</p></body></html>"
    document = Document(page.encode(), "text/html", f"{number}.html", url=article.url, fetched_at="2025-02-01T00:00:00Z")
    run = RunInfo(run_name(annotation.extractor), "add", "0", "2025-02-01T00:00:00Z")
    nquads = to_nquads(annotation)
    return Entry(article, name, identifiers.article_graph(name), nquads, run, document, input_key=document.sha256)


def packaged(name: str) -> str:
    """The text of a packaged question."""
    (path,) = (folder("ontology") / "queries").glob(f"{name}*.rq")
    return path.read_text(encoding="utf-8")


def size_of(path: Path) -> int:
    return sum(file.stat().st_size for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file())


def bench_adding(record: Record, articles: int) -> None:
    for number in range(articles):
        record.put(entry(invented(number, articles), number))
    new = [entry(invented(number, articles), number) for number in range(articles, articles + MORE)]
    added = iter(new)
    show(f"put one article into {articles:,}", measured(lambda: record.put(next(added)), MORE), "aim: 15 ms CPU")
    again = iter(new)
    show("put it again: unchanged", measured(lambda: record.put(next(again)), MORE))
    show("known input: the extractor is not even asked", measured(lambda: record.known(new[0].input_key), MORE))
    changed = (entry(invented(number + 1_000_000, articles), number) for number in range(articles, articles + MORE))
    replacing = iter(
        [
            Entry(one.article, old.article_name, old.graph_name, renamed(one, old), one.run)
            for one, old in zip(changed, new, strict=True)
        ]
    )
    show("replace one", measured(lambda: record.put(next(replacing)), MORE))
    names = iter([one.article_name for one in new])
    show("remove one", measured(lambda: record.remove(next(names)), MORE))
    show("search the texts", measured(lambda: list(record.articles(ArticleFilter(search="ceasefire convoy"), limit=20)), 10))
    record.compact()
    size = size_of(record.path)
    print(f"{'record, per article':<58} {size / articles / 1000:>11,.1f} KB          aim: 16 KB; {size / 1e6:,.1f} MB in all")


def renamed(new: Entry, old: Entry) -> bytes:
    lines = new.nquads.replace(new.graph_name.encode(), old.graph_name.encode()).splitlines(keepends=True)
    return b"".join(sorted(set(lines)))


def bench_index(record: Record, articles: int) -> None:
    spent = measured(lambda: Index.in_memory(record))
    index = spent[2]
    assert isinstance(index, Index)
    show(
        "index in memory from the record",
        spent,
        f"{len(index.store):,} quads, {articles / spent[0] * 1000:,.0f} articles a CPU second",
    )
    show("export: N-Quads, sorted", measured(index.dump))
    memory_sha256 = index.sha256()
    limits.MEMORY_INDEX_ARTICLES = 0  # type: ignore[misc]
    spent = measured(lambda: IndexFolder(record.path).rebuild(record))
    show("index on disk, built", spent, f"{articles / spent[0] * 1000:,.0f} articles a CPU second")
    on_disk = open_index(record)
    stored = size_of(IndexFolder(record.path).path / "current")
    print(f"{'index on disk':<58} {stored / 1e6:>11,.1f} MB          {stored / len(index.store):,.0f} bytes a quad")
    print(f"{'the same quads in memory and on disk':<58} {on_disk.sha256() == memory_sha256!s:>11}")
    more = iter(range(articles, articles + 2 * MORE))

    def one_more() -> None:
        number = next(more)
        record.put(entry(invented(number, articles), number))

    def follow(index: Index) -> Callable[[], object]:
        def work() -> None:
            index.apply(record)

        return work

    for name, one in (("memory", index), ("disk, with flush and snapshot", on_disk)):
        total = [0.0, 0.0]
        for _ in range(10):
            one_more()
            spent = measured(follow(one))
            total = [total[0] + spent[0] / 10, total[1] + spent[1] / 10]
        show(f"one article more in the index: {name}", (total[0], total[1], None))


def bench_queries(record: Record) -> None:
    indexes = {"memory": Index.in_memory(record), "the folder": open_index(record)}
    for name in QUERIES:
        query = packaged(name)
        for place, index in indexes.items():

            def ask(index: Index = index, query: str = query) -> int:
                found = index.store.query(query, use_default_graph_as_union=True)
                return sum(1 for _ in found)  # type: ignore[misc, union-attr]

            spent = measured(ask)
            show(f"{name} in {place}", spent, f"{spent[2]:,} rows")


def bench_children(record: Record, small: Path) -> None:
    with Record.open(small) as three:
        for number in range(3):
            three.put(entry(invented(number, 3), number))
    ask = "ASK { ?s a gk:Assertion }"
    show("run_query on 3 articles", measured(lambda: run_query(small, ask), 10), "aim: 500 ms wall")
    show(f"run_query on {record.count_articles():,} articles (folder)", measured(lambda: run_query(record.path, ask), 5))
    rows = run_query(record.path, "SELECT ?a ?q { ?a nif:anchorOf ?q }", bounds=Limits(rows=20_000))
    spent = measured(lambda: run_query(record.path, "SELECT ?a ?q { ?a nif:anchorOf ?q }", bounds=Limits(rows=20_000)))
    show("run_query, 20,000 rows", spent, f"{len(rows.rows):,} rows")


def bench_rdflib(articles: int) -> None:
    import pyoxigraph
    import rdflib

    nquads = b"".join(to_nquads(invented(number, articles)) for number in range(articles))
    print(f"\n{articles:,} articles, {nquads.count(10):,} lines{'':<33} {'rdflib':>11} {'pyoxigraph':>11}   times")
    plain, ours = rdflib.Dataset(default_union=True), pyoxigraph.Store()
    pairs: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        (
            "load N-Quads",
            lambda: plain.parse(data=nquads, format="nquads"),
            lambda: ours.load(nquads, format=pyoxigraph.RdfFormat.N_QUADS),
        ),
        ("dump N-Quads", lambda: plain.serialize(format="nquads"), lambda: ours.dump(format=pyoxigraph.RdfFormat.N_QUADS)),
        *((name, *both(plain, ours, packaged(name))) for name in ("cq02", "cq03", "cq04", "cq07")),
    ]
    for what, theirs, mine in pairs:
        slow, fast = measured(theirs)[0], measured(mine)[0]
        print(f"{what:<58} {slow:>11,.1f} {fast:>11,.1f}   {slow / fast if fast else 0:,.0f}")


def both(plain: object, ours: object, query: str) -> Iterator[Callable[[], object]]:
    yield lambda: list(plain.query(query))  # type: ignore[attr-defined]
    yield lambda: list(ours.query(query, use_default_graph_as_union=True))  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=2_500)
    parser.add_argument("--rdflib", type=int, default=100, metavar="ARTICLES")
    parser.add_argument("--in", dest="place", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.place) as place, Record.open(Path(place) / "graph.db") as record:
        print(f"{'':<58} {'CPU ms':>11} {'wall ms':>11}")
        bench_adding(record, options.articles)
        bench_index(record, options.articles)
        bench_queries(record)
        bench_children(record, Path(place) / "small.db")
    if options.rdflib:
        bench_rdflib(options.rdflib)


if __name__ == "__main__":
    main()
