"""A real Chromium, offline, with everything written down that a page does."""

import os
import shutil
import sys
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
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type in {"error", "warning"} else None)
        self.page.on("request", lambda request: self.requests.append(request.url))

    def visit(self, path: Path, fragment: str = "") -> "Opened":
        """Open a file and wait until its first view is there; the policy forbids waiting for a function."""
        self.page.goto(path.resolve().as_uri() + fragment)
        self.page.locator("html[data-ready]").wait_for(state="attached", timeout=60_000)
        return self

    def go(self, fragment: str) -> None:
        """Change the address within the page, as a click on a link would."""
        self.page.evaluate("address => { location.hash = address; }", fragment)
        self.page.wait_for_timeout(60)

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
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        refuse("playwright is not installed: pip install 'graphkit-credibility[test]'")
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
    from viewer_world import morning, quads, texts, told

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
        return build_view_model(quads(), texts(), options=ViewOptions(**options))

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
    from viewer_world import quads, texts

    from graphkit.viewer import build_view_model

    return build_view_model(quads(), texts())
