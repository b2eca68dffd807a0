"""``ViewModel`` → one HTML file."""

from graphkit.garbage import collector_paused
from graphkit.viewer.page.data import page_data
from graphkit.viewer.page.static_tables import static_tables
from graphkit.viewer.page.story import Story, story_data
from graphkit.viewer.page.template import PageParts, render
from graphkit.viewer.page.wording import words
from graphkit.viewer.view_model.rows import ViewModel


def render_page(model: ViewModel, *, with_network: bool = True, story: Story | None = None, title: str | None = None) -> str:
    """Return a view model as one self-contained HTML page; the same model gives the same page.

    Args:
        model: What the page shows.
        with_network: Put pyvis's vis-network in, so that drawings can be dragged and zoomed.  Without it they are SVG, and the page
            holds no third-party code.
        story: A guided tour.
        title: The page's heading; by default the story's, the only article's, or how many articles there are.

    Raises:
        NotFound: The story names something that is not in the graph.
        StoreError: The installed pyvis holds no vis-network.
    """
    extra = {"story": story_data(story, model)} if story else None
    with collector_paused():
        parts = PageParts(title or _title(model, story), page_data(model, extra), static_tables(model, words()))
        if not with_network:
            return render(parts)
        from graphkit.viewer.page.network import EvidenceNetwork

        html: str = EvidenceNetwork(model, parts).generate_html()
        return html


def _title(model: ViewModel, story: Story | None) -> str:
    if story and story.title:
        return story.title
    if len(model.articles) == 1:
        return model.articles[0].label
    return words().say("title_articles", n=len(model.articles))
