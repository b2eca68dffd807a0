"""Fixtures of the viewer's tests; the invented graph they share is a plain module beside this file."""

import sys
from pathlib import Path

import pytest
from pyoxigraph import Quad

from graphkit.viewer import ViewModel, ViewOptions, build_view_model

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "benchmarks")]


@pytest.fixture(scope="session")
def world() -> list[Quad]:
    """The quads of the invented graph."""
    from viewer_world import quads

    return quads()


@pytest.fixture(scope="session")
def model(world: list[Quad]) -> ViewModel:
    """What a page shows of the invented graph."""
    from viewer_world import circles, remarks, texts

    return build_view_model(world, texts(), options=ViewOptions(remarks=remarks(), circles=circles()))
