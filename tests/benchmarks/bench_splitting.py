"""How well and how fast run-together source lists are split and outlets are named; run as a script, prints a table, asserts nothing.

``python tests/benchmarks/bench_splitting.py [FOLDER]``: FOLDER is the shared data folder, for the lists of real events.

Lists "none known" are drawn from a tenth of the sites of the tables, with a label model taught on the other nine tenths and no outlet
known at all: what an unseen corner of the press looks like.  Half of the hosts get a subdomain in the rows that say so.
"""

import json
import random
import sys
import time
from pathlib import Path

from graphkit.knowledge import build_splitting
from graphkit.knowledge.outlets import find_outlet_names, known_domains, outlet_of_name
from graphkit.knowledge.splitting import hosts, split_run_together
from graphkit.knowledge.splitting.label_model import LabelModel
from graphkit.resources import folder

SUBDOMAINS = [
    "www",
    "www",
    "www",
    "www",
    "news",
    "edition",
    "en",
    "m",
    "amp",
    "blog",
    "sport",
    "world",
    "business",
    "old",
    "web",
    "fr",
    "es",
    "today",
    "live",
    "research",
]
MARGIN = 7.0


def score(lists):
    """Return the shares exact, answered above the margin, and right among these, and milliseconds a list."""
    begin = time.process_time()
    splits = [split_run_together("".join(parts)) for parts in lists]
    spent = time.process_time() - begin
    pairs = list(zip(lists, splits, strict=True))
    right = [split is not None and [p.host for p in split.parts] == parts for parts, split in pairs]
    sure = [ok for ok, split in zip(right, splits, strict=True) if split is not None and split.margin >= MARGIN]
    return sum(right) / len(right), len(sure) / len(right), sum(sure) / max(len(sure), 1), 1000 * spent / len(lists)


def draw_lists(sites, *, share, seed, n=1000):
    """Draw lists of two to six sites, a share of them under a subdomain."""
    chance = random.Random(seed)
    for _ in range(n):
        drawn = chance.sample(sites, chance.randint(2, 6))
        yield [f"{chance.choice(SUBDOMAINS)}.{site}" if chance.random() < share else site for site in drawn]


def rows_of_given_lists(shared):
    """Yield the rows on lists of real events, with the tables as they ship."""
    lines = (shared / "citations" / "runtogether.jsonl").read_text("utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    for kind in ("one event", "mixed"):
        yield f"given lists, {kind}", score([row["domains"] for row in gold if row["kind"] == kind])


def rows_of_unseen_sites(seed=31):
    """Yield the rows on lists of sites that neither the tables nor the model know."""
    sites = sorted(site for site in known_domains() if "xn--" not in site)
    random.Random(seed).shuffle(sites)
    cut = len(sites) * 9 // 10
    model = LabelModel(build_splitting.build_model(sites[:cut]))
    kept = hosts.label_model, hosts.is_known
    hosts.label_model, hosts.is_known = (lambda: model), (lambda _: False)
    try:
        for name, share in (("none known", 0.0), ("none known, half with subdomains", 0.5)):
            yield name, score(list(draw_lists(sorted(sites[cut:]), share=share, seed=seed)))
    finally:
        hosts.label_model, hosts.is_known = kept


def rows_of_names(shared):
    """Yield precision, recall and the share of citations right for names of outlets."""
    lines = (shared / "citations" / "outlet_names.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    answers = [(row, outlet_of_name(row["name"])) for row in rows]
    answered = [(row, outlet) for row, outlet in answers if outlet is not None]
    right = [row for row, outlet in answered if outlet.domain in row["domains"]]
    uses = sum(row["count"] for row in right) / sum(row["count"] for row in rows)
    yield (
        "names of outlets (many are in the tables): P, R, citations right",
        (len(right) / len(answered), len(right) / len(rows), uses),
    )


def main(arguments):
    """Print the table."""
    shared = Path(arguments[0]) if arguments else None
    rows = list(rows_of_unseen_sites())
    if shared is not None:
        rows = [*rows_of_given_lists(shared), *rows, *rows_of_names(shared)]
    print(f"{'':42s}  exact  answered  right  ms")
    for name, (*shares, last) in rows:
        print(f"{name:42s}  " + "  ".join(f"{100 * share:6.2f}" for share in shares) + f"  {last:.3f}")
    text = (folder("seeds") / "seed.md").read_text("utf-8")
    find_outlet_names(text)
    begin = time.process_time()
    for _ in range(50):
        find_outlet_names(text)
    print(f"find_outlet_names, seed: {1000 * (time.process_time() - begin) / 50:.2f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
