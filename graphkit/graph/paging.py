"""The graph as one HTML page."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphkit.graph import Graph


def page(graph: "Graph", *, around: str | None, article: str | None, story: Path | None, with_network: bool) -> str:
    """Return the page, opened at an article's board or around an actor, claim or outlet when one is named."""
    from graphkit.graph.cards import find
    from graphkit.viewer import ViewOptions, build_view_model, read_story, render_page

    store = graph.index()
    options = ViewOptions(
        around=find(store, around)[0] if around else None,
        article=graph.find_article(article).name if article else None,
    )
    model = build_view_model(graph.quads(), graph.texts(), options=options)
    return render_page(model, with_network=with_network, story=read_story(story) if story else None)
