"""Running the command line in this process, and looking at all three of its outputs."""

import sys
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture
def graphkit(tmp_path, monkeypatch, capsys):
    """Call ``graphkit("add", "x.txt")`` in an empty folder."""
    from graphkit.cli import group
    from graphkit.cli.failures import run

    monkeypatch.chdir(tmp_path)
    for name in ("GRAPHKIT_GRAPH", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, stdin: bytes | None = None) -> Outcome:
        if stdin is not None:
            import io

            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = run(group, [str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


@pytest.fixture
def article(tmp_path):
    """An invented article in the folder."""
    path = tmp_path / "article.txt"
    path.write_text(
        "Harbour reopens\n"
        "Officials said on Tuesday that the harbour of Northport may reopen on Friday.\n"
        'Mayor Maria Examplova said: "At least 3,000 containers are waiting."\n'
        "Sources:\nalpha.example.org\n",
        encoding="utf-8",
    )
    return path
