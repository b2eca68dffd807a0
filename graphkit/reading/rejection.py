"""What stands in the place of a document that could not be had, so that the rest of a batch goes on."""

from dataclasses import dataclass

from graphkit.errors import GraphkitError


@dataclass(frozen=True, slots=True)
class Rejection:
    """One bad item of a batch: what the user named (or the place in it), and why it was left out."""

    origin: str
    error: GraphkitError
