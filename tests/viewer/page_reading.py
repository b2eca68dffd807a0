"""Reading a page back: its tags, its blocks, its data."""

import base64
import gzip
import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any


@dataclass
class Parsed(HTMLParser):
    """The tags of a page with the names of their attributes, and the raw blocks of scripts and styles."""

    tags: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    blocks: list[tuple[str, dict[str, str | None], str]] = field(default_factory=list)
    policy: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        found = dict(attrs)
        self.addresses += [str(value) for name, value in attrs if name in {"src", "href", "action", "data", "srcset", "poster"}]
        if found.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = str(found["content"])
        if tag in {"script", "style"}:
            self.blocks.append((tag, found, ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem and self.blocks:
            tag, found, body = self.blocks[-1]
            self.blocks[-1] = tag, found, body + data


def parse(page: str) -> Parsed:
    """Return what an HTML parser sees of a page."""
    parsed = Parsed()
    parsed.feed(page)
    parsed.close()
    return parsed


def data_of(page: str) -> dict[str, Any]:
    """Return the data block of a page as the page's script reads it."""
    for _, attributes, body in parse(page).blocks:
        if attributes.get("id") == "page-data":
            packed = attributes["type"] != "application/json"
            loaded: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(body)) if packed else body)
            if "source_steps" in loaded["edges"]:
                loaded["edges"]["source"] = list(accumulate(loaded["edges"].pop("source_steps")))
            return loaded
    raise AssertionError("the page holds no data")
