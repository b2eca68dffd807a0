"""Extraction does not get worse on the project's own labelled sentences, and the floors belong to this gold and these weights."""

import importlib.util
import json
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("golden_gate", Path(__file__).parent / "gate.py")
assert SPEC is not None
assert SPEC.loader is not None
gate = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(gate)


@pytest.fixture(scope="module")
def kept():
    return json.loads(gate.FLOORS.read_text(encoding="utf-8"))


def test_the_floors_belong_to_this_gold_and_these_weights(kept):
    assert kept["inputs"] == gate.inputs(), "gold or weights changed: run tests/golden/gate.py --update and read the difference"


@pytest.mark.parametrize("extractor", gate.extractors())
def test_no_figure_falls_under_its_floor(kept, extractor):
    assert not gate.fallen(kept["floors"][extractor], gate.measured(extractor), kept["tolerance"][extractor])


def test_a_fall_is_noticed():
    assert gate.fallen({"a": 90.0, "b": 80.0}, {"a": 89.5, "b": 70.0}, 0.6) == ["b: 70.0 under 80.0"]


def test_the_gold_is_large_varied_and_slices_back():
    rows = [json.loads(line) for line in gate.GOLD.read_text(encoding="utf-8").splitlines()]
    assert sum(len(row["sentences"]) for row in rows) >= 150
    assert {row["style"] for row in rows} >= {"wire", "british", "indian", "tabloid", "press", "opinion", "translated"}
    for row in rows:
        spans = [segment for a in row["attrs"] for role in ("source", "cue", "content") for span in a[role] for segment in span]
        spans += row["hedges"] + [[n["start"], n["end"]] for n in row["numbers"]]
        assert all(0 <= begin < end <= len(row["text"]) for begin, end in spans)
        for actor in row["actors"]:
            assert all(row["text"][m["start"] : m["end"]] == m["text"] for m in actor["mentions"])
