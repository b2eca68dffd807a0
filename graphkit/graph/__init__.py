"""``Graph``: the one object that a Python user holds; ties reading, extraction, store, export and page together.

It is loaded on first use, so that a command that needs only one of its modules does not pay for the others.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphkit.graph.facade import Graph

__all__ = ["Graph"]


def __getattr__(name: str) -> Any:
    """Load ``Graph`` when it is first asked for (PEP 562)."""
    if name != "Graph":
        msg = f"module 'graphkit.graph' has no attribute {name!r}"
        raise AttributeError(msg)
    from graphkit.graph.facade import Graph

    return Graph
