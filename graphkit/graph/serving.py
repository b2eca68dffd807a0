"""Serving the graph: what the endpoint's workers need of this room, the cards and the page."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from graphkit.endpoint.asking import Asking
from graphkit.endpoint.keeper import keep
from graphkit.endpoint.worker import Answerer

if TYPE_CHECKING:
    from pyoxigraph import Store

    from graphkit.endpoint.frames import Out
    from graphkit.endpoint.server import ServeOptions
    from graphkit.store.index import Index

PROGRAM = "graphkit.graph.serving:main"
"""What the endpoint's keeper runs."""


class Cards:
    """Cards of articles, claims, actors and outlets, as people decided to call them.  They read the record: no question reaches the engine."""

    is_shut = False

    def prepare(self, path: Path, index: "Index") -> Answerer:
        """Make ready over one snapshot."""
        from graphkit.graph.cards import card
        from graphkit.store.record import Record

        store = _decided(path, index)

        def answer(request: dict[str, Any], out: "Out") -> None:
            with Record.open(path, read_only=True) as record:
                found = card(store, request["name"], record)
            out.head(card=asdict(found))

        return answer


class View:
    """The page of the whole graph."""

    is_shut = False

    def prepare(self, path: Path, index: "Index") -> Answerer:
        """Make ready over one snapshot."""
        store = None if index.is_on_disk else _decided(path, index)

        def answer(_request: dict[str, Any], out: "Out") -> None:
            from graphkit.graph.facade import Graph
            from graphkit.graph.paging import page

            with Graph.open(path, is_read_only=True) as graph:
                body = page(graph, around=None, article=None, story=None, with_network=True, store=store).encode()
            out.head(bytes=len(body))
            out.write(body)

        return answer


def _decided(path: Path, index: "Index") -> "Store":
    """Return a snapshot as people decided to call its things, once for all that a worker answers.

    What is in memory is this worker's own, forked off for it, and is changed; what is on disk is others' too, and is copied.
    """
    from graphkit.graph.deciding import apply_standing, change_by, standing_of
    from graphkit.store.record import Record

    with Record.open(path, read_only=True) as record:
        standing = standing_of(record)
    if index.is_on_disk:
        return apply_standing(index.store, standing)
    change_by(index.store, standing)
    return index.store


def main() -> NoReturn:
    """Be the endpoint's keeper."""
    keep({"ask": Asking(), "ask-texts": Asking(with_text=True), "card": Cards(), "view": View()})


def serve(path: Path, options: "ServeOptions", *, on_start: Callable[[str], None]) -> None:
    """Serve the graph at ``path`` over HTTP until a signal ends it; ``on_start`` is told the address.

    Raises:
        NotAllowed: The address can be reached from elsewhere and ``options.is_open`` is off.
        NetworkError: The address or port cannot be had.
        NotFound, StoreError: The graph cannot be opened.
    """
    from graphkit.endpoint.server import run

    run(path, PROGRAM, options, on_start=on_start)
