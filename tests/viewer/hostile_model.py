"""A view model with hostile strings in every field of every row."""

import itertools
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from hostile_strings import STRINGS

from graphkit.viewer.page.data import TABLES
from graphkit.viewer.view_model.rows import ViewModel


def poison(model: ViewModel, turn: int) -> ViewModel:
    """Return ``model`` with a hostile string in every field of text; each turn puts others there.

    The texts of articles keep their length, so that spans stay inside them.
    """
    strings = itertools.cycle(STRINGS[turn:] + STRINGS[:turn])
    seen: set[str] = set()
    tables = {}
    for table in TABLES:
        rows = getattr(model, table)
        tables[table] = tuple(_row(row, strings, seen) for row in rows)
    return replace(model, **tables)


def _row(row: Any, strings: Iterator[str], seen: set[str]) -> Any:
    changes = {}
    for field in fields(row):
        value = getattr(row, field.name)
        if field.name == "id":
            changes["id"] = _unique(next(strings), seen)
        elif field.name == "parts":
            changes["parts"] = tuple((begin, _fill(text, strings)) for begin, text in value)
        else:
            changes[field.name] = _value(value, strings, field.name)
    return replace(row, **changes)


def _value(value: Any, strings: Iterator[str], name: str) -> Any:
    if isinstance(value, str) or (value is None and name in {"url", "quote", "wikidata", "anonymous_type", "unit", "words"}):
        return next(strings)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: _value(getattr(value, field.name), strings, field.name) for field in fields(value)}
        )
    if isinstance(value, tuple):
        return tuple(_value(one, strings, name) for one in value)
    return value


def _unique(text: str, seen: set[str]) -> str:
    while text in seen:
        text += "."
    seen.add(text)
    return text


def _fill(text: str, strings: Iterator[str]) -> str:
    filled = ""
    while len(filled) < len(text):
        filled += next(strings) + " "
    return filled[: len(text)]
