"""Every regular expression of the room stays linear on text made to hurt it."""

import importlib
import pkgutil
import re
import time

import pytest

import graphkit.reading

PIECES = (
    " ", "\t", "\n", "a", "A.", "-", "=", "#", "*", "_", "<", "<!", "<!--", "<a ", "<meta ", "charset", "<?xml ", "[a", "[a](", "](https://",
    "<https://a", "\\", "&", "{", '{"', '"a":', "read more ", "sign up ", "follow us ", "get the ", "by ", "and ", " | ", " - ", "/2024", "/20240101",
    "a: ", "'", "“", "0", "0x", "é", "À", "utm_", ";", ",", "more from ", "-->", "https://", "a-", "a’", "1.", "()",
)  # fmt: skip
LENGTH = 20_000
SUSPICIOUS = 0.15
"""CPU seconds: a pattern whose time grows with the square takes seconds, a linear one hundredths."""


def patterns():
    found = {}
    for module in pkgutil.walk_packages(graphkit.reading.__path__, "graphkit.reading."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name.removeprefix('graphkit.reading.')}.{name}"] = value
    return found


PATTERNS = patterns()


def seconds(pattern, text):
    started = time.process_time()
    for _ in pattern.finditer(text):
        pass
    pattern.fullmatch(text)
    return time.process_time() - started


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_are_linear(name):
    pattern = PATTERNS[name]
    for piece in PIECES:
        unit = piece.encode() if isinstance(pattern.pattern, bytes) else piece
        text = unit * (LENGTH // len(piece))
        if seconds(pattern, text) > SUSPICIOUS:
            ratio = min(seconds(pattern, text * 2) for _ in range(3)) / min(seconds(pattern, text) for _ in range(3))
            assert ratio < 2.9, f"{name} on {piece!r}"


def test_all_patterns_are_seen():
    assert len(PATTERNS) >= 30
