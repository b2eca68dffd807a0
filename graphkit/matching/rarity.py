"""How rare each stem is in news: inverse document frequencies frozen in the package.

``stem_rarity.csv.gz`` holds stem and the number of sentences it stands in, of ``SENTENCES`` read by ``graphkit.matching.training``.
"""

import gzip
import math
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from graphkit.errors import DamagedPart

TABLE: Final = "stem_rarity.csv.gz"


@cache
def counts() -> tuple[int, dict[str, int]]:
    """Return how many sentences were read, and in how many of them each stem stands.

    Raises:
        DamagedPart: The table is not as it was packaged.
    """
    try:
        lines = gzip.decompress((files(__package__) / "tables" / TABLE).read_bytes()).decode().splitlines()
        total = int(lines[0].split(",")[1])
        return total, {stem: int(count) for stem, count in (line.split(",") for line in lines[1:])}
    except (OSError, ValueError, IndexError) as error:
        raise DamagedPart(
            f"the table {TABLE} of graphkit.matching cannot be read: {error}", hint="install graphkit again"
        ) from error


@lru_cache(maxsize=1 << 16)
def rarity(stem: str) -> float:
    """Return the inverse document frequency of a stem; an unknown one counts as seen half a time."""
    total, found = counts()
    return math.log(total / (found.get(stem, 0) + 0.5))


def share(stem: str) -> float:
    """Return the share of sentences that hold a stem."""
    total, found = counts()
    return found.get(stem, 0) / total


def packed(total: int, counts: dict[str, int], *, least: int = 3) -> bytes:
    """Return the table as it is stored, without a time stamp, so that equal counts give equal bytes."""
    rows = [f"{stem},{count}" for stem, count in sorted(counts.items()) if count >= least and "," not in stem]
    return gzip.compress("\n".join([f"#sentences,{total}", *rows]).encode() + b"\n", mtime=0)
