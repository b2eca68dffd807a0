"""The scripts and styles of a page, and the policy that lets nothing else run.

The page's own code is plain ES2020 in ``assets/``; the files are joined in the order below into one script.  vis-network is read
from the installed pyvis; no copy of it is kept here.
"""

import base64
import hashlib
import re
import warnings
from functools import cache
from importlib.resources import files
from typing import Any

from graphkit.errors import StoreError

ORDER = (
    "core/words.js",
    "core/elements.js",
    "core/graph.js",
    "core/state.js",
    "finding/filters.js",
    "finding/time.js",
    "evidence/quote.js",
    "evidence/reasons.js",
    "evidence/ratings.js",
    "evidence/relations.js",
    "evidence/trace.js",
    "evidence/panel.js",
    "drawing/marks.js",
    "drawing/layout.js",
    "drawing/labels.js",
    "drawing/vector.js",
    "drawing/canvas.js",
    "views/board.js",
    "views/curves.js",
    "views/neighbourhood.js",
    "views/map.js",
    "views/table.js",
    "finding/search.js",
    "finding/permalink.js",
    "finding/story.js",
    "finding/keyboard.js",
    "taking/painting.js",
    "taking/csv.js",
    "taking/download.js",
    "core/start.js",
)
BOOT = "document.documentElement.classList.add('js')"
"""Runs before the body: what needs JavaScript is never seen without it, and the tables never flash with it."""
VIS_NETWORK_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
_SOURCE_MAP = re.compile(r"(?m)^//# sourceMappingURL=.*$")


def asset(path: str) -> str:
    """Return the text of a file of ``assets/``."""
    return files("graphkit.viewer").joinpath("assets", *path.split("/")).read_text(encoding="utf-8")


@cache
def style_sheet() -> str:
    """Return the page's style sheet."""
    return asset("page.css")


@cache
def page_script() -> str:
    """Return the page's own script, safe between tags: its files one after the other inside one function."""
    body = "\n".join(asset(path) for path in ORDER)
    return inline("(() => {\n'use strict';\n" + body + "\n})();")


@cache
def vis_network_script() -> str:
    """Return vis-network as the installed pyvis ships it, safe between tags, its licence header kept.

    Warns where it is not the version this page was tested with.

    Raises:
        StoreError: The installed pyvis holds no vis-network.
    """
    package: Any = files("pyvis")
    for folder in ("templates/lib", "lib"):
        script = package.joinpath(*folder.split("/"), "vis-9.1.2", "vis-network.min.js")
        if script.is_file():
            raw: bytes = script.read_bytes()
            if hashlib.sha256(raw).hexdigest() != VIS_NETWORK_SHA256:
                warnings.warn("pyvis ships another vis-network than the page was tested with", stacklevel=2)
            return inline(raw.decode("utf-8"))
    raise StoreError(
        "the installed pyvis holds no vis-9.1.2/vis-network.min.js", hint="install pyvis again, or use --without-network"
    )


def inline(source: str) -> str:
    """Make a script safe between tags; the hash in the policy is taken after this.

    Lines are not split: vis-network 9.1.2 holds a raw U+0085 inside string literals, at which ``str.splitlines`` would cut.
    """
    source = _SOURCE_MAP.sub("", source.replace("\r\n", "\n"))
    return source.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def content_security_policy(style: str, scripts: tuple[str, ...]) -> str:
    """Return the policy: these scripts and this style sheet, pictures made in the page, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, scripts)),
            "style-src " + _hash(style),
            "img-src data: blob:",
            "connect-src 'none'",
            "form-action 'none'",
            "base-uri 'none'",
            "object-src 'none'",
        )
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode('ascii')}'"
