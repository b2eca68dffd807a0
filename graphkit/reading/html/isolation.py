"""A page in a process of its own that may be killed: large pages take the extractor seconds and hundreds of megabytes.

The child gets the markup on its standard input and answers in JSON, never in pickle: what a hostile page might make of the child
must not become code in the parent.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import graphkit
from graphkit.errors import UnreadableInput
from graphkit.limits import ISOLATED_HTML_SECONDS, MIB
from graphkit.reading.html.body import Block
from graphkit.reading.html.facts import PageFacts
from graphkit.reading.html.page import Page, parse_page

CHILD_MEMORY_BYTES = 2_048 * MIB
"""Address space of the child: ten times what the largest page allowed was seen to need."""


def parse_isolated(markup: str, url: str | None, *, origin: str, seconds: float = ISOLATED_HTML_SECONDS) -> Page:
    """Parse a page in a child process that is killed after ``seconds``.

    Raises:
        UnreadableInput: The child ran out of time or memory, crashed, or found the page unreadable.
    """
    asked = json.dumps({"markup": markup, "url": url, "origin": origin}).encode()
    command = [sys.executable, "-P", "-m", "graphkit.reading.html.isolation"]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=seconds, check=False, env=_environment())
    except subprocess.TimeoutExpired:
        raise UnreadableInput(
            f"{origin}: the page took more than {seconds:g} s to read",
            hint="save the article alone, as text",
        ) from None
    if done.returncode != 0:
        raise UnreadableInput(f"{origin}: the page could not be read (its reader ended with {done.returncode})")
    return _from_json(done.stdout)


def _environment() -> dict[str, str]:
    """Let the child find this very graphkit, and nothing in the working folder."""
    package = str(Path(graphkit.__file__).resolve().parent.parent)
    inherited = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (package, inherited))), "PYTHONSAFEPATH": "1"}


def _from_json(answer: bytes) -> Page:
    value = json.loads(answer)
    if "error" in value:
        raise UnreadableInput(str(value["error"]), hint=value.get("hint"))
    facts: dict[str, Any] = {key: tuple(fact) if isinstance(fact, list) else fact for key, fact in value["facts"].items()}
    blocks = (Block(**{**item, "links": tuple(map(tuple, item["links"]))}) for item in value["blocks"])
    return Page(PageFacts(**facts), tuple(blocks), value["is_fragment"])


def _bound_resources() -> None:
    """Bound memory and forbid core files where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY_BYTES, CHILD_MEMORY_BYTES))


def _answer() -> None:
    _bound_resources()
    asked = json.loads(sys.stdin.buffer.read())
    try:
        page = parse_page(asked["markup"], asked["url"], origin=asked["origin"])
    except UnreadableInput as error:
        answer: dict[str, object] = {"error": error.message, "hint": error.hint}
    else:
        answer = {
            "facts": asdict(page.facts),
            "blocks": [asdict(block) for block in page.blocks],
            "is_fragment": page.is_fragment,
        }
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    _answer()
