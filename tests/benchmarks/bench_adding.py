"""How many articles a second ``graphkit add`` takes in, on one core and on all: python tests/benchmarks/bench_adding.py FOLDER [--limit N]

Everything is counted: reading, extraction, mapping, storing.  Each run is the command itself, into a graph of its own.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def used() -> float:
    """Return the CPU seconds of the children so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure(folder: Path, jobs: int, limit: int) -> None:
    """Print one line: articles, seconds by the clock and of CPU, articles a second."""
    with tempfile.TemporaryDirectory() as place:
        graph = Path(place) / "graph.db"
        command = [
            sys.executable,
            "-m",
            "graphkit",
            "-g",
            str(graph),
            "add",
            str(folder),
            "--jobs",
            str(jobs),
            "--limit",
            str(limit),
        ]
        started, before = time.perf_counter(), used()
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall, cpu = time.perf_counter() - started, used() - before
        from graphkit import Graph

        with Graph.open(graph, create=False) as opened:
            articles = opened.record.count_articles()
        print(f"{jobs:>9} {articles:>9,} {wall:>9.1f} {cpu:>9.1f} {articles / wall:>12.1f} {articles / cpu:>15.1f}", flush=True)


def main() -> None:
    """Measure with one process and with one a core."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    given = parser.parse_args()
    print(f"{'processes':>9} {'articles':>9} {'wall s':>9} {'CPU s':>9} {'a wall sec.':>12} {'a CPU second':>15}")
    for jobs in (1, os.cpu_count() or 1):
        measure(given.folder, jobs, given.limit)


if __name__ == "__main__":
    main()
