"""The words of the page, from the one table that page and script share."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from graphkit.viewer.page.scripts import asset

_SLOT = re.compile(r"\{(\w{1,30})\}")


@dataclass(frozen=True, slots=True)
class Words:
    """A table of words; a pair is for one and for many."""

    table: Mapping[str, str | list[str]]

    def say(self, key: str, **values: object) -> str:
        """Return the words of ``key`` with ``{n}`` and other names filled in; numbers get their thousands apart."""
        text = self.table.get(key, key)
        if not isinstance(text, str):
            text = text[0 if values.get("n") == 1 else 1]
        return _SLOT.sub(lambda match: _shown(values.get(match[1], match[0])), text)

    def value(self, prefix: str, value: str) -> str:
        """Return the words of ``prefix_value``, or the value where the table has none."""
        key = f"{prefix}_{value}"
        return self.say(key) if key in self.table else value


@cache
def words() -> Words:
    """Return the table that ships with the page."""
    return Words(json.loads(asset("words.json")))


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
