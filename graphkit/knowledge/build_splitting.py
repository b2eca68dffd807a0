"""The maintainer's script that makes the splitting model: ``python -m graphkit.knowledge.build_splitting --from FOLDER``.

FOLDER holds lists of hosts, one a line, in files ``*.txt`` ("news.example.org"), such as ``build_outlets --hosts`` writes; the same
lists give the same bytes.  Only counts
and scores reach the model, no list does; ``tables/subdomains.csv`` is kept by hand.
"""

import argparse
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log
from pathlib import Path

from graphkit.knowledge.splitting.label_model import BACKOFF_CODE, BEGIN, BLANK_CODE, END, ORDER, STEP, model_path
from graphkit.reading.addresses import registrable_domain

DISCOUNT = 0.75
PRUNE_FROM = 4
PRUNE_BELOW = 2.0
"""Nats a stretch must save over the whole list to be kept: 2.0 keeps a third of them and costs 0.1 nat a label held out."""
WORST = 93
UNIFORM = 1 / 40

Grams = dict[str, dict[str, float]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the lists of hosts and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=model_path())
    options = parser.parse_args(arguments)
    hosts = [line.strip() for path in sorted(options.folder.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    options.out.write_bytes(gzip.compress(build_model(hosts).encode(), 9, mtime=0))


def build_model(hosts: Iterable[str]) -> str:
    """Return the text of the model that ``hosts`` teach."""
    found = {registrable_domain(host) for host in set(hosts)}
    labels, suffixes = _split_sites(site for site in found if site is not None and "xn--" not in site)
    head = f"graphkit splitting model 1: {len(labels)} sites, order {ORDER}"
    return "\n\n".join([head, _write_counts(suffixes), _write_grams(*_learn(labels))])


def _split_sites(sites: Iterable[str]) -> tuple[list[str], Counter[str]]:
    pairs = [site.split(".", 1) for site in sorted(sites)]
    return [label for label, _ in pairs], Counter(suffix for _, suffix in pairs)


def _write_counts(counts: Mapping[str, int]) -> str:
    return "\n".join(f"{name} {count}" for name, count in sorted(counts.items()))


def _count_continuations(labels: Iterable[str]) -> list[Counter[str]]:
    """Count stretches of each length: whole ones as they occur, shorter ones by how many characters precede them."""
    levels: list[Counter[str]] = [Counter() for _ in range(ORDER + 1)]
    for label in labels:
        word = f"{BEGIN}{label}{END}"
        for i in range(1, len(word)):
            stretch = word[max(0, i - ORDER + 1) : i + 1]
            levels[len(stretch)][stretch] += 1
    for length in range(ORDER - 1, 0, -1):
        levels[length].update(Counter(stretch[1:] for stretch in levels[length + 1]))
    return levels


def _learn(labels: Sequence[str]) -> tuple[Grams, dict[str, float]]:
    """Learn an interpolated Kneser-Ney model and prune it, from the shortest context to the longest."""
    successors: dict[str, dict[str, int]] = defaultdict(dict)
    for level in _count_continuations(labels):
        for stretch, count in level.items():
            successors[stretch[:-1]][stretch[-1]] = count
    full: Grams = {}
    kept: Grams = {}
    weights: dict[str, float] = {}
    for context in sorted(successors, key=lambda c: (len(c), c)):
        counts = successors[context]
        full[context] = _interpolate(context, counts, full)
        worth = {c: p for c, p in full[context].items() if _is_worth(context, c, counts, p, kept=kept, weights=weights)}
        if worth:
            kept[context] = {c: exp(-_steps(p) / STEP) for c, p in sorted(worth.items())}
            weights[context] = _back_off(context, kept, weights)
    return kept, weights


def _interpolate(context: str, counts: Mapping[str, int], full: Grams) -> dict[str, float]:
    total = sum(counts.values())
    spread = DISCOUNT * len(counts) / total
    lower = full[context[1:]] if context else {}
    return {c: (n - DISCOUNT) / total + spread * lower.get(c, UNIFORM) for c, n in counts.items()}


def _is_worth(
    context: str, character: str, counts: Mapping[str, int], probability: float, *, kept: Grams, weights: Mapping[str, float]
) -> bool:
    if len(context) + 1 < PRUNE_FROM:
        return True
    spread = DISCOUNT * len(counts) / sum(counts.values())
    without = spread * _probability(context[1:], character, kept, weights)
    return counts[character] * (log(probability) - log(without)) >= PRUNE_BELOW


def _back_off(context: str, kept: Grams, weights: Mapping[str, float]) -> float:
    rest = max(1 - sum(kept[context].values()), 1e-3)
    if not context:
        return rest
    lower = 1 - sum(_probability(context[1:], c, kept, weights) for c in kept[context])
    return exp(-_steps(rest / max(lower, 1e-3)) / STEP)


def _probability(context: str, character: str, kept: Grams, weights: Mapping[str, float]) -> float:
    weight = 1.0
    while True:
        known = kept.get(context)
        if known is not None:
            if character in known:
                return weight * known[character]
            weight *= weights[context]
        if not context:
            return weight * UNIFORM
        context = context[1:]


def _steps(probability: float) -> int:
    return min(WORST, round(-log(probability) * STEP))


def _write_grams(kept: Grams, weights: Mapping[str, float]) -> str:
    return "\n".join(_write_gram(context, kept[context], weights[context]) for context in sorted(kept))


def _write_gram(context: str, successors: Mapping[str, float], weight: float) -> str:
    pairs = (c + chr(BLANK_CODE + _steps(p)) for c, p in sorted(successors.items()))
    return f"{context} {chr(BACKOFF_CODE - _steps(weight))}{''.join(pairs)}"


if __name__ == "__main__":
    main()
