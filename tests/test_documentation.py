"""What the documents show is what happens: README's Python example and the examples in docstrings run as they stand."""

import doctest
import importlib
import re
import subprocess
import sys

import pytest

MODULES = ("graphkit", "graphkit.graph.facade", "graphkit.reading")


def test_readme_example_runs_as_it_stands(repository, tmp_path):
    readme = (repository / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.+?)```", readme, re.DOTALL).group(1)
    done = subprocess.run([sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "6,000" in done.stdout
    assert (tmp_path / "graph.ttl").stat().st_size > 1_000


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name):
    module = importlib.import_module(name)
    failed, tried = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert tried
    assert not failed


def test_every_environment_default_in_help_is_true(monkeypatch, tmp_path):
    """The help names GRAPHKIT_GRAPH; a command given nothing else must use it."""
    monkeypatch.setenv("GRAPHKIT_GRAPH", str(tmp_path / "other.db"))
    done = subprocess.run(
        [sys.executable, "-m", "graphkit", "list", "claims"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "other.db" in done.stderr
