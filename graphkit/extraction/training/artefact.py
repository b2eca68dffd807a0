"""Write the model folder: network, tokenizer, settings, metrics, and the manifest with a sha256 of each."""

import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphkit.extraction.tagger_labels import ENTITY_TYPES, ROLES, bio_labels
from graphkit.extraction.tagger_model import MANIFEST, NETWORK, SETTINGS, TOKENIZER
from graphkit.extraction.training.export import export_int8
from graphkit.extraction.training.labelled import LabelledText
from graphkit.extraction.training.loop import FIRST_ID, LAST_ID
from graphkit.extraction.training.network import TRANSITION_SCALE, TaggerNetwork

METRICS = "metrics.json"
WORD = re.compile(r"\w+(?:['’]\w+)?")
N_ATTRIBUTION_LABELS = len(bio_labels(ROLES))


@dataclass(frozen=True, slots=True)
class Tuned:
    """What is set on the development documents after training; the defaults change nothing."""

    label_biases: tuple[float, ...] = (0.0,) * N_ATTRIBUTION_LABELS
    attribution_temperature: float = 1.0
    entity_temperature: float = 1.0
    link_temperature: float = 1.0
    confidence_weights: tuple[float, float, float] = (0.0, 1.0, 0.5)
    least_confidence: float = 0.0
    short_content_confidence: float = 0.0
    nesting_words: tuple[str, ...] = field(default=())


def cue_words(texts: Iterable[LabelledText], *, least: int = 3, share: float = 0.3) -> tuple[str, ...]:
    """Return the words of which at least ``least`` uses, and that share of all uses, stand in an annotated cue."""
    all_uses, in_cues = Counter[str](), Counter[str]()
    for labelled in texts:
        all_uses.update(WORD.findall(labelled.text.lower()))
        for begin, end in {cue for attribution in labelled.attributions or () for cue in attribution.cue}:
            in_cues.update(WORD.findall(labelled.text[begin:end].lower()))
    return tuple(sorted(word for word, n in in_cues.items() if n >= least and n >= share * all_uses[word]))


def settings_row(network: TaggerNetwork, tuned: Tuned, version: str) -> dict[str, Any]:
    """Return what ``settings.json`` holds; numbers at six digits, so that the file is the same everywhere."""

    def numbers(values: Iterable[float]) -> list[float]:
        return [round(float(value), 6) for value in values]

    return {
        "version": version,
        "attribution_labels": list(bio_labels(ROLES)),
        "entity_labels": list(bio_labels(ENTITY_TYPES)),
        "first_id": FIRST_ID,
        "last_id": LAST_ID,
        "links": {
            "no_source": round(network.no_source.item(), 6),
            "source_gaps": numbers(network.source_gaps.tolist()),
            "content_gaps": numbers(network.content_gaps.tolist()),
            "temperature": round(tuned.link_temperature, 4),
        },
        "label_biases": numbers(tuned.label_biases),
        "attribution_temperature": round(tuned.attribution_temperature, 4),
        "entity_temperature": round(tuned.entity_temperature, 4),
        "confidence_weights": numbers(tuned.confidence_weights),
        "least_confidence": tuned.least_confidence,
        "short_content_confidence": tuned.short_content_confidence,
        "transitions": [numbers(row) for row in (network.transitions * TRANSITION_SCALE).tolist()],
        "nesting_words": list(tuned.nesting_words),
    }


def write_json(path: Path, row: Mapping[str, Any]) -> None:
    """Write JSON with a line per entry and a final line break."""
    path.write_text(json.dumps(row, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_model(network: TaggerNetwork, base: Path, out: Path, *, tuned: Tuned, version: str) -> None:
    """Write network, tokenizer and settings to ``out`` and seal them."""
    out.mkdir(parents=True, exist_ok=True)
    export_int8(network, out / NETWORK)
    shutil.copyfile(base / TOKENIZER, out / TOKENIZER)
    write_json(out / SETTINGS, settings_row(network, tuned, version))
    seal(out)


def seal(out: Path) -> None:
    """Write the manifest over what stands in the folder: size and sha256 of each data file."""
    rows = {}
    for name in (NETWORK, TOKENIZER, SETTINGS, METRICS):
        path = out / name
        if path.exists():
            data = path.read_bytes()
            rows[name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    write_json(out / MANIFEST, {"files": rows})
