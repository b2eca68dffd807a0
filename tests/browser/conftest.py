"""A real Chromium, offline, with everything written down that a page does.

Nothing here asks once what a browser shows a moment later: going back, drawing on a canvas, filling a table and narrowing time are
done after the key or click that asked for them, on a busy machine long after.  ``Opened.until`` and Playwright's ``expect`` wait.
"""

import os
import shutil
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / folder) for folder in ("browser", "viewer", "benchmarks")]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HEIGHTS = {1440: 900, 1024: 768, 390: 844}
PATIENCE = 60.0  # seconds after which a page is believed never to do what it was asked for
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# a copy is read, since browsers warn of reading often from what is drawn on: ink drawn, a number for where and which, the height
INK = """() => {
    const canvas = document.querySelector('#canvas canvas');
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', {willReadFrequently: true});
    copy.drawImage(canvas, 0, 0);
    const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data;
    let [sum, hash] = [0, 0];
    for (let at = 0; at < pixels.length; at += 4) {
        if (!pixels[at + 3]) continue;
        sum += 1;
        hash = (hash * 31 + at + 7 * pixels[at] + 5 * pixels[at + 1] + pixels[at + 2]) % 1e9;
    }
    return {sum, hash, height: canvas.getBoundingClientRect().height};
}"""
# the address is read when the browser tells of its change; drawings are in place two frames later
GO = (
    "address => new Promise(done => { const drawn = () => requestAnimationFrame(() => requestAnimationFrame(done));"
    " const before = location.hash; location.hash = address;"
    " if (location.hash === before) drawn(); else addEventListener('hashchange', drawn, {once: true}); })"
)


def browser_program() -> str | None:
    """The path of a Chromium of this machine."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything beside this file."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def refuse(reason: str) -> None:
    """Skip, or fail where a browser must be there."""
    if os.environ.get("GRAPHKIT_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass
class Opened:
    """A page with what it did: errors, messages of the console, requests."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Write down all that happens."""
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console", lambda message: self.errors.append(message.text) if message.type in {"error", "warning"} else None
        )
        self.page.on("request", lambda request: self.requests.append(request.url))

    def visit(self, path: Path, fragment: str = "") -> "Opened":
        """Open a file and wait until its first view is there; the policy forbids waiting for a function."""
        self.page.goto(path.resolve().as_uri() + fragment)
        self.page.locator("html[data-ready]").wait_for(state="attached", timeout=1000 * PATIENCE)
        return self

    def go(self, fragment: str) -> None:
        """Change the address within the page, as a click on a link would, and wait until it is shown."""
        self.page.evaluate(GO, fragment)

    def settle(self) -> None:
        """Wait until what was asked for has been drawn."""
        self.page.evaluate(TWO_FRAMES)

    def address(self) -> dict[str, str]:
        """Return the parts of the address, as the page itself sees it now."""
        return dict(urllib.parse.parse_qsl(self.page.evaluate("location.hash.slice(1)")))

    def part(self, name: str) -> str:
        """Return one part of the address, empty where it is not there."""
        return self.address().get(name, "")

    def until(self, ask: Callable[[], Any], wanted: Any) -> None:
        """Wait until a question has the wanted answer; fail with the last answer it had."""
        last = time.monotonic() + PATIENCE
        while (answer := ask()) != wanted and time.monotonic() < last:
            self.page.wait_for_timeout(25)
        assert answer == wanted

    def holds(self, ask: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.until(lambda: bool(ask()), wanted=True)

    def shows(self, view: str) -> None:
        """Wait until the address names a view and the view is the one that is drawn."""
        self.until(lambda: (self.part("v"), self.page.evaluate("document.documentElement.dataset.view")), (view, view))

    def outside(self) -> list[str]:
        """Requests that would have left the machine."""
        return [url for url in self.requests if not url.startswith(("file:", "blob:", "data:"))]

    def was_quiet(self) -> bool:
        """Say whether nothing went wrong and nothing was asked for."""
        return not self.errors and not self.outside()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium; skipped with a reason where there is none."""
    program = browser_program()
    if program is None:
        refuse("no Chromium on the PATH: install your system's chromium package")
    try:
        from playwright.sync_api import Error, expect, sync_playwright
    except ImportError:
        refuse("playwright is not installed: pip install 'graphkit-credibility[test]'")
    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        except Error as error:
            refuse(f"{program} does not start: {error}")
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Any) -> Iterator[Callable[..., Opened]]:
    """Open pages: ``opened(path, fragment, width=…, theme=…)``; every context is offline."""
    contexts = []

    def open_page(path: Path, fragment: str = "", *, width: int = 1440, theme: str = "light", **options: Any) -> Opened:
        settings = {"viewport": {"width": width, "height": HEIGHTS.get(width, 900)}, "color_scheme": theme}
        context = chromium.new_context(offline=True, accept_downloads=True, **{**settings, **options})
        context.set_default_timeout(1000 * PATIENCE)
        contexts.append(context)
        page = Opened(context.new_page())
        page.watch()
        if options.get("java_script_enabled", True):
            return page.visit(path, fragment)
        page.page.goto(path.resolve().as_uri() + fragment)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Pages by name, built once: "world", "plain" (without the network library), "story", "large"."""
    from invented_news import invent
    from viewer_world import circles, morning, quads, remarks, texts, told

    from graphkit.viewer import Step, Story, ViewOptions, build_view_model, render_page

    folder = tmp_path_factory.mktemp("pages")
    tour = Story(
        "A tour of the port",
        (
            Step("The outlet", "It printed the first report.", ("alpha.example.org",), "neighbourhood"),
            Step("The sentence", "An unnamed official says it.", (told(morning(), 0),)),
            Step("All groups", "The whole graph.", (), "map"),
        ),
    )

    def world(**options: Any) -> Any:
        return build_view_model(quads(), texts(), options=ViewOptions(remarks=remarks(), circles=circles(), **options))

    def large(**options: Any) -> str:
        invented = invent(1500, seed=7)
        return render_page(build_view_model(invented.quads(), invented.texts()), **options)

    makers: dict[str, Callable[[], str]] = {
        "world": lambda: render_page(world()),
        "plain": lambda: render_page(world(), with_network=False),
        "story": lambda: render_page(world(), story=tour),
        "embedded": lambda: render_page(world(embed=True)),
        "large": large,
        "large-plain": lambda: large(with_network=False),
    }

    def page(name: str, html: str | None = None) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(makers[name]() if html is None else html, encoding="utf-8", newline="\n")
        return path

    return page


@pytest.fixture(scope="session")
def model() -> Any:
    """What a page shows of the invented graph."""
    from viewer_world import circles, quads, remarks, texts

    from graphkit.viewer import ViewOptions, build_view_model

    return build_view_model(quads(), texts(), options=ViewOptions(remarks=remarks(), circles=circles()))
