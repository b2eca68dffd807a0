"""What matching costs as a graph grows: a whole pass over invented articles, memory, the exponent, and one article added.

Run as a script: ``python tests/benchmarks/bench_matching.py [--events FILE] [10000 100000 ...]`` (numbers of assertions).  Articles are
made again from their numbers when they are asked for, so that what is measured is what matching itself holds.
"""

import argparse
import math
import resource
import statistics
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent)]

from invented_stories import invent  # noqa: E402

from graphkit.matching.accounts import Account, account_of  # noqa: E402
from graphkit.matching.matcher import Matcher  # noqa: E402
from graphkit.matching.traits import traits_of  # noqa: E402

ADDED = 40


def measure(count: int, events: Path | None) -> tuple[float, int, int, list[float]]:
    """Return CPU seconds of a whole pass, links, assertions, and CPU milliseconds of each of the articles added after it."""
    annotations = {}
    for annotation in invent(count, events=events):
        account = account_of(annotation)
        annotations[account.name] = annotation

    def load(names: tuple[str, ...]) -> list[Account]:
        return [account_of(annotations[name]) for name in names]

    # every so many-th article is kept back, and added when the others are there
    names = sorted(annotations)
    late = names[:: max(1, len(names) // ADDED)]
    early = [name for name in names if name not in set(late)]
    matcher = Matcher(load)
    begin = time.process_time()
    matcher.fill(traits_of(account_of(annotations[name])) for name in early)
    links = len(matcher.links())
    whole = time.process_time() - begin
    took = []
    for name in late:
        account = account_of(annotations[name])
        begin = time.process_time()
        matcher.add(traits_of(account))
        took.append(1000 * (time.process_time() - begin))
    return whole, links, sum(len(one.assertions) for one in annotations.values()), took


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("counts", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--events", type=Path)
    options = parser.parse_args()
    print(
        f"{'assertions':>12} {'CPU s':>8} {'links':>9} {'MB':>6} {'exponent':>8} {'added: median ms':>17} {'90 %':>6} {'most':>6}"
    )
    before: tuple[int, float] | None = None
    for count in options.counts:
        whole, links, assertions, took = measure(count, options.events)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        grown = f"{math.log(whole / before[1]) / math.log(assertions / before[0]):.2f}" if before else ""
        tenth = statistics.quantiles(took, n=10)[-1]
        print(
            f"{assertions:>12,} {whole:>8.1f} {links:>9,} {memory:>6} {grown:>8} {statistics.median(took):>17.0f} {tenth:>6.0f} {max(took):>6.0f}",
            flush=True,
        )
        before = assertions, whole


if __name__ == "__main__":
    main()
