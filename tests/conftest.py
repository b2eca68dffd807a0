"""Fixtures that every room's tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

REPOSITORY = Path(__file__).resolve().parent.parent


def shared_folder() -> Path | None:
    """Return the folder of corpora and articles that may lie beside the checkout, or None."""
    named = os.environ.get("GRAPHKIT_SHARED_DATA")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "data"
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of shared articles and corpora; the test is skipped where it is absent."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the shared data folder is not beside this checkout (set GRAPHKIT_SHARED_DATA to use one)")
    return folder


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The packaged seed article."""
    from graphkit.resources import folder

    return folder("seeds") / "seed.md"
