"""How long the credibility model takes on invented assertions, and how much memory.

    python tests/benchmarks/bench_credibility.py [--large] [--peer PATH]

``--large`` adds ten million assertions, without copying.  ``--peer`` is a Python file with ``Assertions(outlet, object, value,
n_outlets=…)``, ``infer`` and ``assess`` (a prototype of the same model), which is measured on the same assertions in the same run.

Each row is a process of its own on one core; CPU seconds are those of the step, memory is the most that the process held from
its start to the end of the step, the arrays of the assertions included.  It measures and never asserts.
"""

import argparse
import importlib.util
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np  # noqa: E402

from graphkit.credibility.inference.copying import assess, find_copying  # noqa: E402
from graphkit.credibility.inference.corpus import Corpus, corpus_from_arrays  # noqa: E402
from graphkit.credibility.inference.model import infer  # noqa: E402

SEED = 7
SHARE_COPIED, GROUP = 0.28, 6
Columns = tuple[np.ndarray, np.ndarray, np.ndarray]


def invent(n_assertions: int) -> Columns:
    """Invent outlets of Zipf-like size and unequal reliability, questions of unequal popularity, and copiers of a few leaders."""
    random = np.random.default_rng(SEED)
    n_outlets, n_objects = max(n_assertions // 20, 10), max(n_assertions // 4, 2)
    size = random.pareto(1.2, n_outlets) + 1
    size = np.minimum(size, np.quantile(size, 0.995))
    leaders = random.choice(n_outlets, max(n_outlets // (3 * GROUP), 1), replace=False)
    size[leaders] *= 4
    popularity = random.lognormal(0, 1, n_objects)
    drawn = int(n_assertions * 1.35)
    outlet = _draw(random, size, drawn)
    obj = _draw(random, popularity, drawn)
    reliability = random.beta(6, 2.5, n_outlets)
    value = np.where(random.random(drawn) < reliability[outlet], 0, random.integers(1, 9, drawn))
    leader = leaders[random.integers(0, len(leaders), n_outlets)]
    copied = (outlet % 3 == 0) & (random.random(drawn) < 3 * SHARE_COPIED)
    by_outlet = np.argsort(outlet, kind="stable")
    first = np.searchsorted(outlet[by_outlet], np.arange(n_outlets))
    count = np.bincount(outlet, minlength=n_outlets)[leader[outlet]]
    copied &= count > 0
    picked = by_outlet[np.minimum(first[leader[outlet]] + (random.random(drawn) * count).astype(np.int64), drawn - 1)]
    obj[copied], value[copied] = obj[picked[copied]], value[picked[copied]]
    _, kept = np.unique(outlet.astype(np.int64) * n_objects + obj, return_index=True)
    kept = kept[random.permutation(len(kept))[:n_assertions]]
    return outlet[kept], obj[kept], value[kept]


def _draw(random: np.random.Generator, weight: np.ndarray, count: int) -> np.ndarray:
    edges = np.cumsum(weight / weight.sum())
    return np.minimum(np.searchsorted(edges, random.random(count)), len(weight) - 1)


def steps_of(columns: Columns, peer: Path | None) -> dict[str, Callable[[], object]]:
    """Return what can be measured of these assertions, by name."""
    kept: dict[str, Corpus] = {}

    def corpus() -> Corpus:
        return kept.setdefault("corpus", corpus_from_arrays(*columns))

    steps: dict[str, Callable[[], object]] = {
        "sort": corpus,
        "iterations (EM alone)": lambda: infer(corpus()),
        "find copying": lambda: find_copying(infer(corpus(), most_iterations=3)),
        "all, two rounds of copying": lambda: assess(corpus()),
    }
    if peer is not None:
        spec = importlib.util.spec_from_file_location("peer", peer)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["peer"] = module
        spec.loader.exec_module(module)
        given: dict[str, object] = {}

        def peers() -> object:
            return given.setdefault("given", module.Assertions(*columns, n_outlets=int(columns[0].max()) + 1))

        steps |= {
            "peer: sort": peers,
            "peer: iterations": lambda: module.infer(peers()),
            "peer: all": lambda: module.assess(peers()),
        }
    return steps


def save(columns: Columns, file: Path) -> None:
    """Save assertions, sorted already, so that sorting is no part of what the iterations are measured with."""
    corpus = corpus_from_arrays(*columns)
    parts = {key: getattr(corpus, key) for key in ("outlet", "claim_start", "claim_value", "object_start", "row")}
    np.savez(file, n_outlets=corpus.n_outlets, **parts)


def load(file: Path) -> Corpus:
    """Load what ``save`` saved."""
    with np.load(file) as parts:
        read = {key: parts[key] for key in ("outlet", "claim_start", "claim_value", "object_start", "row")}
        names = range(int(parts["n_outlets"]))
    one = np.broadcast_to(np.ones(1), len(read["outlet"]))
    return Corpus(names, range(len(read["object_start"])), range(9), weight=one, **read)  # type: ignore[arg-type]


def row(what: str, n: int, step: Callable[[], object]) -> None:
    """Run a step and print its row."""
    begin, clock = time.process_time(), time.perf_counter()
    step()
    cpu, wall = time.process_time() - begin, time.perf_counter() - clock
    memory = _most_memory()
    print(f"{what:34s}{n:>12,d}{cpu:>10.2f} s{wall:>10.2f} s{memory:>10.0f} MiB", flush=True)


def _most_memory() -> float:
    """Return the most MiB held; ``ru_maxrss`` would also count the parent's, which a child starts with."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Print the table, a process a row."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", action="store_true", help="ten million assertions, too, without copying")
    parser.add_argument("--peer", type=Path, help="a prototype to measure beside it")
    parser.add_argument("--row", nargs=2, metavar=("STEP", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.row:
        measure_row(options.row[0], Path(options.row[1]), options.peer)
        return
    print(f"{'what':34s}{'assertions':>12s}{'CPU':>12s}{'wall':>12s}{'most memory':>14s}", flush=True)
    more = ["--peer", str(options.peer)] if options.peer else []
    with tempfile.TemporaryDirectory() as folder:
        for n in (20_000, 200_000, 1_000_000, *((10_000_000,) if options.large else ())):
            columns, file = invent(n), Path(folder) / f"{n}.npz"
            save(columns, file) if n > 1_000_000 else np.savez(file, *columns)
            names = ["iterations (EM alone)"] if n > 1_000_000 else list(steps_of(columns, options.peer))
            del columns
            for name in names:
                subprocess.run([sys.executable, __file__, "--row", name, str(file), *more], check=True)


def measure_row(name: str, file: Path, peer: Path | None) -> None:
    """Measure one step on saved assertions."""
    with np.load(file) as parts:
        is_sorted = "claim_start" in parts.files
        columns = None if is_sorted else tuple(parts[key] for key in parts.files)
    if columns is None:
        corpus = load(file)
        row(name, corpus.n_assertions, lambda: infer(corpus))
        return
    steps = steps_of(columns, peer)  # type: ignore[arg-type]
    sorting = "peer: sort" if name.startswith("peer") else "sort"
    if name != sorting:
        steps[sorting]()
    row(name, len(columns[0]), steps[name])


if __name__ == "__main__":
    main()
