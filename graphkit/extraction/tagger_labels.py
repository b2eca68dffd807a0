"""What the tagger tags: roles, actor types, label numbering, and the sizes the network and its users must agree on.

Labels are numbered BIO: 0 is O, ``2 * i + 1`` is B and ``2 * i + 2`` is I of the i-th name.
"""

from typing import Final, NamedTuple

ROLES: Final = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(3)
ENTITY_TYPES: Final = ("PER", "ORG", "LOC", "MISC")
WINDOW: Final = 192
"""Wordpieces of one window, the two special ones included."""
ROOM: Final = WINDOW - 2
LINK_SIZE: Final = 64
"""Dimensions of one query or key; a projection holds two: cue to source, then content to cue."""
N_SHAPES: Final = 14
"""Seven word shapes, each also as the first word of a paragraph."""
N_GAPS: Final = 16
"""Buckets of the signed distance between two spans."""


class TokenSpan(NamedTuple):
    """A run of wordpieces, end-exclusive, with the number of its role or actor type."""

    begin: int
    end: int
    kind: int


def bio_labels(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the label names of a BIO scheme over ``names``."""
    return ("O", *(f"{prefix}-{name}" for name in names for prefix in "BI"))


def gap_bucket(begin: int, end: int, other_begin: int, other_end: int) -> int:
    """Return the bucket of the distance from one span to another: 0–7 to the left, 8–15 to the right, by powers of two."""
    if other_begin >= end:
        return 8 + min(7, (other_begin - end).bit_length())
    return min(7, max(0, begin - other_end).bit_length())
