"""Parts of a page → its HTML, by the one autoescaped template."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from graphkit.viewer.page.data import PageData, escape, json_of
from graphkit.viewer.page.scripts import BOOT, asset, content_security_policy, page_script, style_sheet
from graphkit.viewer.page.static_tables import StaticTable
from graphkit.viewer.page.wording import words

if TYPE_CHECKING:
    from jinja2 import Template

KEYS = (
    ("/", "key_search"),
    ("b", "key_board"),
    ("l", "key_links"),
    ("m", "key_map"),
    ("t", "key_table"),
    ("← ↑ ↓ →", "key_arrows"),
    ("Enter", "key_enter"),
    ("Esc", "key_escape"),
    ("Tab", "key_tab"),
    ("?", "key_help"),
)


@dataclass(frozen=True, slots=True)
class PageParts:
    """What differs from page to page."""

    title: str
    data: PageData
    tables: list[StaticTable]


@cache
def _template() -> "Template":
    from jinja2 import BaseLoader, Environment, StrictUndefined

    environment = Environment(
        loader=BaseLoader(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(asset("page.html.j2"))


def render(parts: PageParts, *, vis_script: str | None = None, vis_options: Mapping[str, Any] | None = None) -> str:
    """Return the page; without ``vis_script`` its drawings are SVG and it holds no third-party code."""
    style, script = style_sheet(), page_script()
    scripts = (BOOT, script) if vis_script is None else (BOOT, vis_script, script)
    return _template().render(
        title=parts.title,
        policy=content_security_policy(style, scripts),
        style=style,
        boot=BOOT,
        page_script=script,
        vis_script=vis_script,
        vis_options=escape(json_of(vis_options or {})),
        with_network=vis_script is not None,
        data=parts.data,
        tables=parts.tables,
        words=words().table,
        words_json=escape(json_of(words().table)),
        keys=KEYS,
    )
