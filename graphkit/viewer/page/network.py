"""The page as a pyvis ``Network``: directed, filled in linear time, and written by our own template.

pyvis's own page asks four addresses for scripts, lets hostile titles run, and its ``add_edge`` looks through all edges.  Only its
class and the vis-network that it ships are used.  Importing this module imports pyvis, and with it IPython.
"""

from pathlib import Path
from typing import Any

from pyvis.network import Network

from graphkit.viewer.page.scripts import vis_network_script
from graphkit.viewer.page.template import PageParts, render
from graphkit.viewer.view_model.rows import EDGE_KINDS, ViewModel

VIS_OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "keyboard": False, "multiselect": False, "selectConnectedEdges": False, "zoomSpeed": 0.6},
}


class EvidenceNetwork(Network):  # type: ignore[misc]
    """A pyvis network of outlets, articles, claims and actors whose page is graphkit's."""

    def __init__(self, model: ViewModel, parts: PageParts) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.parts = parts
        ids = model.ids()
        for identifier, label, kind in zip(ids, model.labels(), model.kinds(), strict=False):
            self.add_node(identifier, label=label, group=kind)
        for source, number, target in model.edges:
            self.add_edge(ids[source], ids[target], title=EDGE_KINDS[number])

    def add_node(
        self, n_id: str, label: str | None = None, shape: str = "dot", color: str | None = None, **options: Any
    ) -> None:
        """Add a node once; pyvis's own looks through a list."""
        if n_id in self.node_map:
            return
        node = {"id": n_id, "label": label or n_id, "shape": shape, **({"color": color} if color else {}), **options}
        self.nodes.append(node)
        self.node_ids.append(n_id)
        self.node_map[n_id] = node

    def add_edge(self, source: str, to: str, **options: Any) -> None:
        """Add an edge; two nodes may have several, of different kinds.

        Raises:
            KeyError: One of the ends was not added.
        """
        if source not in self.node_map or to not in self.node_map:
            raise KeyError((source, to))
        self.edges.append({"from": source, "to": to, "arrows": "to", **options})

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """Return the page; the arguments are pyvis's and change nothing."""
        del name, local, notebook
        return render(self.parts, vis_script=vis_network_script(), vis_options=VIS_OPTIONS)

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page in UTF-8 with LF line ends, whatever the locale."""
        del local, notebook, open_browser
        Path(name).write_text(self.generate_html(), encoding="utf-8", newline="\n")
