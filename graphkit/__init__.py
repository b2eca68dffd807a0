"""graphkit: who says what, on whose word, in which outlets, and how far that sourcing is worth trusting.

The public API is the names in ``__all__``; each is loaded when it is first used, so that ``import graphkit`` is cheap.

Example:
    >>> from graphkit import Graph, read_text
    >>> with Graph.temporary() as graph:
    ...     added = graph.add_article(read_text("Officials said 6,000 workers will go to Kursk."))
    ...     added.outcome
    'added'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphkit.errors import GraphkitError
    from graphkit.extraction import extract
    from graphkit.graph import Graph
    from graphkit.reading import read, read_text

__version__ = "0.1.0"
__all__ = ["Graph", "GraphkitError", "__version__", "extract", "read", "read_text"]

_HOMES = {
    "Graph": "graphkit.graph",
    "GraphkitError": "graphkit.errors",
    "extract": "graphkit.extraction",
    "read": "graphkit.reading",
    "read_text": "graphkit.reading",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        msg = f"module 'graphkit' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)
