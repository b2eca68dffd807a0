"""The ``Graph`` object."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import InputError, NotAllowed, NotFound
from graphkit.graph.cards import Card
from graphkit.graph.exporting import ExportOptions, Only, export_bytes
from graphkit.graph.files import write_whole
from graphkit.graph.listing import LISTERS, Filter, Kind, ListRow
from graphkit.graph.opened import OpenGraph
from graphkit.model import Article, Document, Overrides

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyoxigraph import Quad

    from graphkit.credibility.network import EstimatedRating
    from graphkit.graph.adding import Added, Refused
    from graphkit.graph.assessing import Why
    from graphkit.graph.calibrating import Calibrated
    from graphkit.graph.importing import Import
    from graphkit.graph.pushing import Plan, Pulled
    from graphkit.graph.report.content import Report
    from graphkit.graph.retrieving import Repeated
    from graphkit.graph.tracing import Traced
    from graphkit.graph.updating import Change
    from graphkit.store.query import QueryResult
    from graphkit.store.record.rows import Totals
    from graphkit.store.remote import Remote


class Graph(OpenGraph):
    """A graph of articles in one file.

    Use ``Graph.open(path)`` as a context manager.  What ``add`` reports as added is on disk.

    Example:
        >>> from graphkit import Graph, read_text
        >>> with Graph.temporary() as graph:
        ...     added = graph.add_article(read_text("Reports say over 10,000 troops are in Ukraine."))
        ...     [row.who for row in graph.assertions()]
        ['Reports']
    """

    # adding and removing

    def add(
        self,
        source: str | Path,
        *,
        overrides: Overrides = Overrides(),
        as_format: str | None = None,
        extractor: str | None = None,
    ) -> "Added":
        """Add the one article at ``source`` (path, URL or "-").

        Raises:
            GraphkitError: The article cannot be read or stored.
        """
        from graphkit.graph.adding import Refused

        results = list(self.add_all([str(source)], overrides=overrides, as_format=as_format, extractor=extractor, processes=1))
        for result in results:
            if isinstance(result, Refused):
                raise result.error
        if not results:
            raise NotFound(f"{source}: no article is there")
        return results[-1]  # type: ignore[return-value]

    def add_article(self, article: Article, *, extractor: str | None = None) -> "Added":
        """Add an article that has been read already."""
        from graphkit.graph.adding import prepare_article
        from graphkit.graph.storing import store

        document = Document(article.text.encode(), "text/plain", origin=article.url or "(text)", url=article.url)
        return store(self, prepare_article(article, document, extractor), input_key="")

    def add_all(
        self,
        sources: Sequence[str],
        *,
        as_format: str | None = None,
        overrides: Overrides = Overrides(),
        extractor: str | None = None,
        processes: int = 1,
        limit: int | None = None,
    ) -> "Iterator[Added | Refused]":
        """Add every article of files, folders, URLs, feeds and archives, in their order.

        Each is stored on its own as soon as it is ready; one that cannot be used comes out as ``Refused`` and the rest go on.
        """
        from graphkit.graph.storing import add_all

        return add_all(
            self,
            sources,
            as_format=as_format,
            overrides=overrides,
            extractor=extractor,
            processes=processes,
            limit=limit,
        )

    def import_file(self, path: str | Path, *, replace: bool = False) -> "Import":
        """Take in graphkit RDF made elsewhere, or ClaimReviews, all of the file or nothing; see ``graphkit.graph.importing``.

        Raises:
            InputError: The file cannot be read, is not whole, or breaks graphkit's rules.
        """
        from graphkit.graph.importing import import_file

        return import_file(self, Path(path), replace=replace)

    def remove(self, name: str) -> str:
        """Take out the article called ``name`` (identifier, URL or title) and return its identifier.

        Raises:
            NotFound: No article, or more than one, is called that.
        """
        article = self.find_article(name)
        self.record.remove(article.name)
        return article.name

    # asking

    def query(
        self, sparql: str, *, timeout: float | None = None, limit: int | None = None, values: Mapping[str, str] | None = None
    ) -> "QueryResult":
        """Answer a SPARQL query in a process of its own, without the network.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes of graphkit need not be declared.
            timeout: Seconds; the default is ``limits.QUERY_SECONDS``.
            limit: At most so many rows or triples.
            values: Terms in Turtle that take the place of variables (``{"actor": "gkd:actor-Q159"}``).

        Raises:
            QuerySyntax: The query does not parse; line and column are named.
            QueryForbidden: The query asks for the network or for a change.
            QueryTimeout: The answer took longer than ``timeout``.
        """
        from graphkit import limits
        from graphkit.store.query import run_query
        from graphkit.store.query.run import Limits

        bounds = Limits(seconds=limits.QUERY_SECONDS if timeout is None else timeout, rows=limit)
        return run_query(self.record.path, sparql, bounds=bounds, substitutions=values)

    def assertions(self, wanted: Filter | None = None) -> list[Any]:
        """Return the assertions as rows, in order of date, article and place."""
        from graphkit.graph.listing import list_assertions

        return list_assertions(self.decided_index(), wanted)

    def rows(self, kind: Kind, wanted: Filter = Filter()) -> list[ListRow]:
        """Return articles, claims, actors, outlets or citations as rows."""
        return LISTERS[kind](self.decided_index(), wanted)

    def columns(self, kind: Kind) -> dict[str, type]:
        """Return the names and types of the columns of ``list(kind)``."""
        from graphkit.graph import listing

        row = {
            "articles": "ArticleRow",
            "claims": "ClaimRow",
            "actors": "ActorRow",
            "outlets": "OutletRow",
            "citations": "CitationRow",
        }[kind]
        return {field.name: field.type for field in fields(getattr(listing, row))}  # type: ignore[misc]

    def card(self, name: str) -> Card:
        """Return what is known of the article, claim, actor or outlet called ``name``.

        Raises:
            NotFound: Nothing, or more than one thing, is called that.
        """
        from graphkit.graph.cards import card

        return card(self.decided_index(), self.article_by_file(name) or name, self.record)

    def why(self, claim: str, *, without: Sequence[str] = (), as_of: str | None = None) -> "Why":
        """Return the support of a claim (identifier), the exact sum behind it, and what it would be without some outlets (domains).

        Raises:
            InputError: ``claim`` is no claim.
            NotFound: No article of such an outlet is in this graph.
        """
        from graphkit.graph.assessing import why

        if not claim.startswith("claim-"):
            raise InputError(f"{claim} is no claim", hint="only claims have a support; 'graphkit list claims' shows them")
        return why(self.record, claim, without=without, as_of=as_of)

    def texts(self, names: Iterable[str] | None = None) -> dict[str, str]:
        """Return the texts of articles by identifier; of all when no names are given."""
        wanted = [row.name for row in self.record.articles()] if names is None else sorted(names)
        return {name: self.record.text(name) for name in wanted}

    # across articles

    def update(self) -> "tuple[Change, ...]":
        """Recompute links across articles and assessments; return what changed."""
        from graphkit.graph.updating import update

        return update(self.record)

    def trace(self, name: str, *, depth: int | None = None) -> "Traced":
        """Return the chains behind a claim or an article back to the first known origins.

        Raises:
            NotFound: Nothing, or more than one thing, is called that.
            InputError: It is neither a claim nor an article.
        """
        from graphkit.graph.tracing import trace_name

        return trace_name(self, self.article_by_file(name) or name, depth=depth)

    def match(self, text: str, *, most: int = 5) -> "list[Repeated]":
        """Return the claims that ``text`` repeats, best first."""
        from graphkit.graph.retrieving import find_repeated

        return find_repeated(self, text, most=most)

    def report(self, article: str) -> "Report":
        """Return the report on the article called ``article`` (identifier, URL or title) for a reader who checks it.

        Raises:
            NotFound: No article, or more than one, is called that.
        """
        from graphkit.graph.reporting import report_article

        return report_article(self.record, self.find_article(article).name)

    def estimates(self) -> "tuple[EstimatedRating, ...]":
        """Return what the network suggests of unrated outlets that enough rated ones cite or carry; an estimate is no rating."""
        from graphkit.credibility.network import estimate_outlets

        return estimate_outlets(self.record)

    def calibrate(self, labels: Path) -> "Calibrated":
        """Choose and calibrate by labels (a CSV file), keep the choice, assess all anew, and return what there is to publish.

        Raises:
            InputError: The labels cannot be read, or fewer than 100 are of claims that are assessed.
        """
        from graphkit.graph.calibrating import calibrate

        return calibrate(self.record, labels)

    def forget_calibration(self) -> bool:
        """Forget what labels chose and assess all anew; say whether there was a choice."""
        from graphkit.graph.calibrating import forget

        return forget(self.record)

    # looking after

    def totals(self) -> "Totals":
        """Return the counts of articles, graphs, quads, ratings and bytes."""
        return self.record.totals()

    def verify(self) -> list[str]:
        """Return what is wrong with the file, one line each; empty when it is sound."""
        from graphkit.store.index import check_index

        stale = check_index(self.record)
        return [*(str(problem) for problem in self.record.verify()), *([stale] if stale else [])]

    def rebuild(self) -> str:
        """Throw the index away and make it anew; return the canonical SHA-256 of its quads.

        Raises:
            StoreBusy: Another process writes the index.
        """
        from graphkit.store.index import rebuild_index

        self._index = None
        return rebuild_index(self.record)

    def backup(self, path: str | Path, *, force: bool = False) -> None:
        """Write a copy of the file to ``path``, whole or not at all.

        Raises:
            NotAllowed: Something is there already and ``force`` is off.
        """
        target = Path(path)
        if target.exists() and not force:
            raise NotAllowed(f"{target} exists", hint="choose another name, or use --force")
        self.record.backup(target)

    def compact(self) -> int:
        """Give back the room that removed articles took; return how many bytes that were."""
        return self.record.compact()

    def canonical_sha256(self) -> str:
        """Return the SHA-256 of the graph's sorted N-Quads: equal for equal graphs, however they came about."""
        from graphkit.store.index import canonical_sha256

        lines = (line + b"\n" for row in self.record.graphs() for line in (row.nquads or b"").split(b"\n") if line)
        return canonical_sha256(lines)

    # taking out

    def quads(self, *, only: Only | None = None, with_text: bool = False) -> Iterator["Quad"]:
        """Yield the quads of the graph, of one part of it, and the articles' texts when asked for."""
        from graphkit.graph.parts import quads_of

        yield from quads_of(self.record, None if only else self.whole(), only=only, with_text=with_text)

    def export(self, path: str | Path, *, options: ExportOptions = ExportOptions(), force: bool = False) -> int:
        """Write the graph to ``path`` in the format of its ending, whole or not at all; return the size in bytes.

        Raises:
            UnsupportedFormat: No format has that ending.
            NotAllowed: A file that graphkit did not write is there.
        """
        body = export_bytes(self, Path(path), options)
        write_whole(Path(path), body, force=force)
        return len(body)

    def view(
        self,
        path: str | Path,
        *,
        around: str | None = None,
        article: str | None = None,
        story: Path | None = None,
        with_network: bool = True,
        force: bool = False,
    ) -> int:
        """Write the graph as one self-contained HTML page; return its size in bytes.

        Raises:
            NotFound: ``around`` or ``article`` names nothing of this graph.
        """
        from graphkit.graph.paging import page

        body = page(self, around=around, article=article, story=story, with_network=with_network).encode()
        write_whole(Path(path), body, force=force)
        return len(body)

    def push(self, remote: "Remote", *, keep_surplus: bool = False, with_text: bool = False) -> "Plan":
        """Make a remote store hold what this graph holds, and return what that took.

        Args:
            remote: The store; see ``store.remote.Remote``.
            keep_surplus: Leave graphs there that this graph has not.
            with_text: Send the articles' texts too.

        Raises:
            NotAllowed: The store is only read.
            NetworkError: It cannot be reached, or refuses; the next push goes on where this one ended.
        """
        from graphkit.graph.pushing import plan_push, push_graph

        plan = plan_push(self.record, remote, keep_surplus=keep_surplus, with_text=with_text)
        push_graph(self, remote, plan)
        return plan

    def pull(self, remote: "Remote") -> "Iterator[Pulled]":
        """Bring the graphs of a remote store into this one, yielding what became of each; what is only here stays."""
        from graphkit.graph.pushing import pull

        return pull(self, remote)

    def to_networkx(self) -> "networkx.MultiDiGraph":
        """Return the graph as a ``networkx.MultiDiGraph`` of articles, claims, actors and outlets."""
        from graphkit.graph.networks import to_networkx

        return to_networkx(self.decided_index())

    def to_rdflib(self, *, with_text: bool = False) -> "rdflib.Dataset":
        """Return the graph as an ``rdflib.Dataset`` with one named graph an article."""
        from graphkit.graph.parts import to_rdflib

        return to_rdflib(self.quads(with_text=with_text))
