"""Checking RDF files that others made against the shapes."""

from pathlib import Path
from typing import TYPE_CHECKING

from graphkit import limits
from graphkit.errors import TextTooLong, UnreadableInput

if TYPE_CHECKING:
    from graphkit.rdf.shapes import Violation


def read_shapes(path: Path) -> bytes:
    """Return the bytes of a file of shapes.

    Raises:
        UnreadableInput: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(
            f"{path}: cannot be read ({error.strerror})", hint="name a Turtle file of SHACL shapes"
        ) from error


def validate_file(path: Path, shapes: bytes | None = None) -> list["Violation"]:
    """Return what in an RDF file breaks the shapes; its format is that of its ending.

    Raises:
        UnreadableInput: It cannot be read, or is not in that format.
        UnsupportedFormat: The ending is unknown.
        TextTooLong: It is larger than ``limits.MAX_GRAPH_BYTES``.
    """
    from graphkit.rdf.foreign import read_foreign
    from graphkit.rdf.shapes import validate

    if path.is_file() and path.stat().st_size > limits.MAX_GRAPH_BYTES:
        raise TextTooLong(
            f"{path}: has {path.stat().st_size:,} bytes",
            hint=f"at most {limits.MAX_GRAPH_BYTES:,} are validated; 'graphkit check' takes more",
        )
    return validate(read_foreign(path), shapes=shapes)
