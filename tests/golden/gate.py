"""The gate on extraction quality: floors on the project's own labelled sentences, with hashes of the gold and the weights.

Run ``python tests/golden/gate.py`` to see the figures, ``--update`` to raise the floors to them; a floor is lowered only with
``--allow-regression``, and the new file shows it.  The rules' figures are on sentences that they were written with in view: the
floors guard against losing what was reached, they do not say how well unseen text is read.
"""

import argparse
import hashlib
import json
import sys
from importlib.resources import files
from pathlib import Path

from graphkit.extraction.evaluation import Score, predict, read_rows, score
from graphkit.extraction.registry import has_model

FOLDER = Path(__file__).parent
GOLD = FOLDER / "sentences.jsonl"
FLOORS = FOLDER / "scores.json"
TOLERANCE = {"rules": 0.6, "model": 3.0}
"""Points that a figure may fall: one changed sentence of 157 moves most figures by about 0.6.  The rules' figures are exact; int8
products differ between processors (without VNNI, sums of two products saturate), so the model is allowed a few sentences."""
MEASURES = {
    "attribution": ("source EM bare", "cue EM bare", "content EM bare", "claim", "claim + speaker", "speaker accuracy"),
    "extraction": (
        "actor.country", "actor.entity", "actor.linked", "actor.mention", "actor.typed", "claim.ap", "claim.attr", "claim.check",
        "claim.hedged", "claim.skip", "claim.source", "num.bound", "num.span", "num.unit",
    ),
}  # fmt: skip


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sha256_of_text(path: Path) -> str:
    """The hash whatever line ends a checkout has."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def inputs() -> dict[str, str | None]:
    """The hashes of what the figures rest on."""
    weights = Path(str(files("graphkit.extraction") / "model" / "tagger.int8.onnx"))
    return {"gold": sha256_of_text(GOLD), "weights": sha256(weights) if weights.is_file() else None}


def figure(row: Score) -> float:
    value = row.value if row.value is not None else row.f1
    assert value is not None, row.name
    return value


def measured(extractor: str) -> dict[str, float]:
    """F1 (or the value) of each measure, by ``task: measure``."""
    found: dict[str, float] = {}
    for task, names in MEASURES.items():
        rows = read_rows(GOLD, "attribution" if task == "attribution" else "extraction")
        table = {row.name: figure(row) for row in score(task, rows, predict(task, rows, extractor=extractor))}
        found |= {f"{task}: {name}": table[name] for name in names}
    return found


def extractors() -> tuple[str, ...]:
    return ("rules", "model") if has_model() else ("rules",)


def fallen(floors: dict[str, float], now: dict[str, float], tolerance: float) -> list[str]:
    return [
        f"{name}: {now.get(name)} under {floor}" for name, floor in floors.items() if now.get(name, 0.0) < floor - tolerance
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write the figures as the new floors")
    parser.add_argument("--allow-regression", action="store_true", help="write them even where one is lower")
    options = parser.parse_args()
    kept = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {"floors": {}}
    now = {name: measured(name) for name in extractors()}
    for name, table in now.items():
        for measure, value in table.items():
            print(f"{name:6s} {measure:34s} {value:6.1f}   floor {kept['floors'].get(name, {}).get(measure)}")
    if not options.update:
        return 0
    lower = [line for name, floors in kept["floors"].items() for line in fallen(floors, now.get(name, {}), 0.0)]
    if lower and not options.allow_regression:
        print("not updated, lower than before:", *lower, sep="\n  ", file=sys.stderr)
        return 1
    written = {"inputs": inputs(), "tolerance": TOLERANCE, "floors": now}
    FLOORS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
