"""How long the credibility model takes on invented assertions: ``python tests/benchmarks/bench_credibility.py [--large]``.

Prints CPU seconds and the most memory used (the arrays of the assertions included).  It measures and never asserts.
"""

import resource
import sys
import time

import numpy as np

from graphkit.credibility.inference.copying import assess, find_copying
from graphkit.credibility.inference.corpus import Corpus, corpus_from_arrays
from graphkit.credibility.inference.model import MOST_ITERATIONS, Settings, infer

SEED = 7


def invent(n_assertions: int) -> Corpus:
    """Invent outlets of unequal size and reliability; a third of them copy one of a few leaders."""
    random = np.random.default_rng(SEED)
    n_outlets, n_objects = max(n_assertions // 20, 10), max(n_assertions // 4, 2)
    size = random.pareto(1.2, n_outlets) + 1
    outlet = random.choice(n_outlets, n_assertions, p=size / size.sum())
    obj = (random.random(n_assertions) ** 2 * n_objects).astype(np.int64)
    reliability = random.beta(6, 2.5, n_outlets)
    value = np.where(random.random(n_assertions) < reliability[outlet], 0, random.integers(1, 8, n_assertions))
    leader = random.integers(0, max(n_outlets // 50, 1), n_outlets)
    copied = (outlet % 3 == 0) & (random.random(n_assertions) < 0.8)
    by_leader = np.argsort(outlet, kind="stable")
    first = np.searchsorted(outlet[by_leader], np.arange(n_outlets))
    count = np.maximum(np.bincount(outlet, minlength=n_outlets), 1)
    picked = by_leader[
        np.minimum(
            first[leader[outlet]] + (random.random(n_assertions) * count[leader[outlet]]).astype(np.int64), n_assertions - 1
        )
    ]
    obj[copied], value[copied] = obj[picked[copied]], value[picked[copied]]
    return corpus_from_arrays(outlet, obj, value)


def timed(what: str, n: int, begin: float) -> None:
    """Print one row of the table."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:34s}{n:>12,d}{time.process_time() - begin:>10.2f} s{memory:>10.0f} MiB", flush=True)


def main() -> None:
    """Print the table."""
    print(f"{'what':34s}{'assertions':>12s}{'CPU':>12s}{'most memory':>14s}")
    sizes = (20_000, 200_000, 1_000_000, *((10_000_000,) if "--large" in sys.argv else ()))
    for n in sizes:
        begin = time.process_time()
        corpus = invent(n)
        timed("invent and sort", n, begin)
        begin = time.process_time()
        result = infer(corpus)
        timed(f"EM, at most {MOST_ITERATIONS} iterations", corpus.n_assertions, begin)
        if n > 1_000_000:
            continue
        begin = time.process_time()
        pairs = find_copying(result)
        timed(f"copying, {len(pairs):,} pairs", corpus.n_assertions, begin)
        begin = time.process_time()
        assess(corpus, Settings())
        timed("all, two rounds of copying", corpus.n_assertions, begin)


if __name__ == "__main__":
    main()
