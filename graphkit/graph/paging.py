"""The graph as one HTML page."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.graph.selecting import select

if TYPE_CHECKING:
    from pyoxigraph import Store

    from graphkit.graph import Graph
    from graphkit.store.record import Record
    from graphkit.viewer import Circle

_CITED = "SELECT ?from ?to WHERE { ?from gk:citesOutlet ?to }"


def page(
    graph: "Graph",
    *,
    around: str | None,
    article: str | None,
    story: Path | None,
    with_network: bool,
    store: "Store | None" = None,
) -> str:
    """Return the page, opened at an article's board or around an actor, claim or outlet when one is named.

    ``store`` is an index that is there already, with what was decided about it.
    """
    from graphkit.graph.deciding import standing_of
    from graphkit.graph.finding import find
    from graphkit.viewer import Remark, ViewOptions, build_view_model, read_story, render_page

    standing = standing_of(graph.record)
    store = graph.decided_index(is_for_all=True) if store is None else store
    options = ViewOptions(
        around=find(store, around)[0] if around else None,
        article=graph.find_article(article).name if article else None,
        remarks=tuple(
            Remark(standing.canonical(target), one.value, one.decided_by, one.decided_at)
            for target, notes in standing.notes.items()
            for one in notes
        ),
        circles=tuple(_circles(graph.record, store)),
    )
    model = build_view_model(store, graph.texts(), options=options)
    return render_page(model, with_network=with_network, story=read_story(story) if story else None)


def _circles(record: "Record", store: "Store") -> Iterator["Circle"]:
    """Yield the circles in which claims go round, and those of outlets that cite each other and nobody else.

    Outlets that cite others as well cite each other like anybody: nothing is to be said of that.
    """
    from graphkit.matching.circles import find_circles
    from graphkit.matching.circular import find_circular
    from graphkit.viewer import Circle

    for one in find_circular(record):
        yield Circle(one.circle.members, one.circle.loop, one.circle.is_closed, one.assertions)
    for circle in find_circles((row["from"] or "", row["to"] or "") for row in select(store, _CITED)):
        if circle.is_closed:
            yield Circle(circle.members, circle.loop, is_closed=True)
