"""Fixtures of the RDF tests; the annotations they share are plain modules beside this file."""

import sys
from pathlib import Path

import pyoxigraph
import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def golden() -> list[pyoxigraph.Quad]:
    """The quads of the committed golden graph."""
    from graphkit.resources import folder

    return list(pyoxigraph.parse(path=str(folder("seeds") / "golden.trig")))


@pytest.fixture(scope="session")
def invented() -> list[pyoxigraph.Quad]:
    """The quads of an invented graph: four articles, ratings, links, assessments."""
    from invented_graph import quads

    return quads()


@pytest.fixture(scope="session")
def whole(golden: list[pyoxigraph.Quad], invented: list[pyoxigraph.Quad]) -> list[pyoxigraph.Quad]:
    """The golden graph and the invented one together."""
    return list(dict.fromkeys([*golden, *invented]))
