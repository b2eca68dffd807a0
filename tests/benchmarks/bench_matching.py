"""What matching costs as a graph grows: a whole pass over invented articles, memory, the exponent, and one article added.

Run as a script: ``python tests/benchmarks/bench_matching.py [--events FILE] [--keep FOLDER] [10000 100000 ...]`` (numbers of
assertions).  Articles are made first and written to a file, and read from it again when they are asked for, as from a record: neither
their making nor their size in memory is in what is measured.
"""

import argparse
import math
import pickle
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

sys.path[:0] = [str(Path(__file__).parent)]

from invented_stories import invent  # noqa: E402

from graphkit.matching.accounts import Account, account_of  # noqa: E402
from graphkit.matching.matcher import Matcher  # noqa: E402
from graphkit.matching.traits import traits_of  # noqa: E402
from graphkit.model import Annotation  # noqa: E402

ADDED = 40


class Shelf:
    """Annotated articles in a file, by name."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[str, int] = {}
        self.assertions = 0

    def fill(self, annotations: Iterable[Annotation]) -> None:
        """Write articles to the file."""
        for annotation in annotations:
            self._places[account_of(annotation).name] = self._file.tell()
            self.assertions += len(annotation.assertions)
            pickle.dump(annotation, self._file, protocol=5)

    def names(self) -> list[str]:
        """Return the names of all articles, sorted."""
        return sorted(self._places)

    def load(self, names: Sequence[str]) -> list[Account]:
        """Return the articles of these names."""
        return [self._load(name) for name in names]

    def _load(self, name: str) -> Account:
        self._file.seek(self._places[name])
        return account_of(pickle.load(self._file))


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of a whole pass, links, assertions, and, of each article added after it, CPU milliseconds and its story's size."""

    seconds: float
    links: int
    assertions: int
    added: list[tuple[float, int]] = field(default_factory=list)


def measure(shelf: Shelf) -> Cost:
    """Match all articles of a shelf but some, at once, and then add these, one by one."""
    names = shelf.names()
    late = names[:: max(2, len(names) // ADDED)]
    kept_back = set(late)
    matcher = Matcher(shelf.load)
    begin = time.process_time()
    matcher.fill(traits_of(account) for name in names if name not in kept_back for account in shelf.load([name]))
    links = len(matcher.links())
    cost = Cost(time.process_time() - begin, links, shelf.assertions)
    for name in late:
        (account,) = shelf.load([name])
        begin = time.process_time()
        stories = matcher.add(traits_of(account))
        cost.added.append((1000 * (time.process_time() - begin), max(map(len, stories))))
    return cost


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("counts", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--events", type=Path)
    parser.add_argument("--keep", type=Path, help="where the articles are written; a temporary folder if not given")
    options = parser.parse_args()
    print(
        f"{'assertions':>12} {'CPU s':>8} {'links':>9} {'MB':>6} {'exponent':>8} {'added: median ms':>17} {'90 %':>6} {'most':>6} {'of':>4}"
    )
    before: Cost | None = None
    with tempfile.TemporaryDirectory() if options.keep is None else nullcontext(options.keep) as folder:
        for count in options.counts:
            with (Path(folder) / f"articles-{count}.pickle").open("w+b") as file:
                shelf = Shelf(file)
                shelf.fill(invent(count, events=options.events))
                cost = measure(shelf)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            took = [milliseconds for milliseconds, _ in cost.added]
            grown = (
                math.log(cost.seconds / before.seconds) / math.log(cost.assertions / before.assertions) if before else math.nan
            )
            tenth, (most, size) = statistics.quantiles(took, n=10)[-1], max(cost.added)
            print(
                f"{cost.assertions:>12,} {cost.seconds:>8.1f} {cost.links:>9,} {memory:>6} {grown:>8.2f} "
                f"{statistics.median(took):>17.0f} {tenth:>6.0f} {most:>6.0f} {size:>4}",
                flush=True,
            )
            before = cost


if __name__ == "__main__":
    main()
