"""Read PolNeAR: news on US politics of 2015–16 with the outermost attributions, and machine-made actors.

Each role of an attribution is a list of spans, each a list of segments; segments that only white space separates are one.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from graphkit.extraction.training.labelled import GoldAttribution, LabelledText, Span

SILVER_WEIGHT = 0.6
"""Weight of the machine-made actors against those marked by people."""


def join_segments(text: str, segments: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    """Merge neighbouring segments that only white space separates."""
    joined: list[Span] = []
    for begin, end in sorted((int(begin), int(end)) for begin, end in segments):
        if joined and not text[joined[-1][1] : begin].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


def read_polnear(path: Path, *, silver_weight: float = SILVER_WEIGHT) -> Iterator[LabelledText]:
    """Yield the documents of one split, each text once; with ``silver_weight`` 0 without the machine-made actors."""
    seen: set[str] = set()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if document["text"] not in seen:
                seen.add(document["text"])
                yield _labelled(document, silver_weight)


def _labelled(document: dict[str, Any], silver_weight: float) -> LabelledText:
    text, silver = document["text"], document["silver_entities"] if silver_weight else None

    def spans(role: list[list[list[int]]]) -> tuple[Span, ...]:
        return tuple(segment for span in role for segment in join_segments(text, span))

    return LabelledText(
        document["name"],
        text,
        tuple(GoldAttribution(spans(a["source"]), spans(a["cue"]), spans(a["content"])) for a in document["attrs"]),
        None if silver is None else tuple((begin, end, kind) for begin, end, kind in silver),
        entity_weight=silver_weight,
    )
