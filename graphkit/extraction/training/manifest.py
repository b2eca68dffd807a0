"""What the training reads: every corpus with its files' checksum, origin and licence, and the check before it is read.

A corpus's ``sha256`` is taken over its files in order of their paths, each as path, NUL, content, NUL.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from graphkit.errors import InputError


@dataclass(frozen=True, slots=True)
class Corpus:
    """One row of ``corpora.json``; ``patterns`` are globs under the corpora folder."""

    name: str
    patterns: tuple[str, ...]
    n_files: int
    sha256: str
    origin: str
    licence: str
    use: str

    def paths(self, folder: Path) -> list[Path]:
        """Return its files under ``folder``, in order."""
        found = {path for pattern in self.patterns for path in folder.glob(pattern)}
        return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


@cache
def read_manifest() -> dict[str, Corpus]:
    """Return the packaged manifest by corpus name; the base encoder is one of its rows."""
    rows = json.loads(files(__package__).joinpath("corpora.json").read_text(encoding="utf-8"))
    return {row["name"]: Corpus(**{**row, "patterns": tuple(row["patterns"])}) for row in rows}


OPTIONAL = frozenset(("gum",))
"""Corpora that an epoch sees only when asked for, or when nothing else teaches attribution."""


def left_out(without: frozenset[str], *, with_gum: bool = False) -> frozenset[str]:
    """Return all corpora to leave out: those named, and the optional ones unless they are needed."""
    return without if with_gum or "polnear" in without else without | OPTIONAL


def digest(paths: list[Path], folder: Path) -> str:
    """Return the sha256 of some files and of how they are named under ``folder``."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(path.read_bytes() + b"\0")
    return total.hexdigest()


def checked_paths(name: str, folder: Path) -> list[Path]:
    """Return the files of one corpus under ``folder`` when they are exactly those of the manifest.

    Raises:
        InputError: Files are missing, too many, unreadable, or differ.
    """
    corpus = read_manifest()[name]
    hint = f"take it from {corpus.origin}, or leave it out with --without {name}"
    paths = corpus.paths(folder)
    if len(paths) != corpus.n_files:
        raise InputError(f"{folder}: corpus {name!r} has {len(paths)} files, the manifest lists {corpus.n_files}", hint=hint)
    try:
        found = digest(paths, folder)
    except OSError as error:
        raise InputError(f"{error.filename}: {error.strerror}", hint=hint) from error
    if found != corpus.sha256:
        message = f"{folder}: corpus {name!r} has sha256 {found[:12]}…, the manifest says {corpus.sha256[:12]}…"
        raise InputError(message, hint=hint)
    return paths


def check_inputs(corpora: Path, base: Path, *, without: frozenset[str], named: frozenset[str] = frozenset()) -> None:
    """Check the base encoder and every corpus but those named in ``without``.

    Raises:
        InputError: One is not what the manifest says, or ``without`` or ``named`` names an unknown one.
    """
    known = read_manifest()
    if unknown := (without | named) - known.keys():
        raise InputError(f"no corpus {min(unknown)!r} in the manifest", hint=f"known: {', '.join(known)}")
    checked_paths("base", base)
    for name in known:
        if name != "base" and name not in without:
            checked_paths(name, corpora)
