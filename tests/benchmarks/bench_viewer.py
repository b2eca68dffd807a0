"""How large, how fast, how heavy: python tests/benchmarks/bench_viewer.py [--nodes 50000] [--pyvis 2000] [--no-browser]

Invented news is mapped to quads, made a page, and the page is opened in a headless Chromium, offline.  CPU seconds of the browser
are those of all its processes; milliseconds of a click or search are CPU time of the page's main thread, so that a busy machine does
not show (the clock's are given beside them).  ``--pyvis N`` builds a page of N nodes as pyvis ships it and waits until its physics settle.
"""

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / folder) for folder in ("benchmarks", "browser", "viewer")]

from invented_news import invent  # noqa: E402

NEXT_FRAMES = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));"
GO = f"async address => {{ location.hash = address; {NEXT_FRAMES} }}"
SEARCH = (
    "words => { const field = document.querySelector('#search-field'); field.value = words;"
    " field.dispatchEvent(new Event('input')); }"
)
FRAMES = "() => { window.frames_ = 0; const count = () => { window.frames_ += 1; requestAnimationFrame(count); }; requestAnimationFrame(count); }"


def row(what: str, value: str) -> None:
    """Print a line of the table."""
    print(f"{what:58} {value}", flush=True)


def build(nodes: int) -> str:
    """Build the page and print what it took."""
    from graphkit.viewer import build_view_model, render_page

    world = invent(nodes)
    quads, texts = list(world.quads()), world.texts()
    start = time.process_time()
    model = build_view_model(quads, texts)
    middle = time.process_time()
    page = render_page(model)
    end = time.process_time()
    row(
        "nodes, assertions, edges, groups",
        f"{model.node_count:,}  {len(model.assertions):,}  {len(model.edges):,}  {len(model.clusters):,}",
    )
    row("quads read", f"{len(quads):,}")
    row("quads → view model with groups", f"{middle - start:.1f} CPU-s")
    row("view model → page", f"{end - middle:.1f} CPU-s")
    row("file", f"{len(page.encode()) / 1e6:.2f} MB")
    row("memory of the building process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return page


class Cpu:
    """CPU seconds of all processes of a browser."""

    def __init__(self, browser: Any) -> None:
        self._session = browser.new_browser_cdp_session()

    def seconds(self) -> float:
        """Seconds so far."""
        return float(sum(process["cpuTime"] for process in self._session.send("SystemInfo.getProcessInfo")["processInfo"]))


class MainThread:
    """What one act costs the page's main thread."""

    def __init__(self, page: Any) -> None:
        self._page, self._session = page, page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def _seconds(self) -> float:
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))

    def cost(self, script: str, argument: str) -> tuple[float, float]:
        """Return the CPU and the clock's milliseconds of a script."""
        before, start = self._seconds(), time.perf_counter()
        self._page.evaluate(script, argument)
        end = time.perf_counter()
        return 1000 * (self._seconds() - before), 1000 * (end - start)


def costs(what: str, found: list[tuple[float, float]]) -> None:
    """Print the CPU and the clock of some acts."""
    cpu, clock = ([one[at] for one in found] for at in (0, 1))
    row(
        what,
        f"median {statistics.median(cpu):.0f}, most {max(cpu):.0f} CPU-ms (clock: {statistics.median(clock):.0f}, {max(clock):.0f})",
    )


@contextmanager
def browser_page() -> Iterator[tuple[Any, Any]]:
    """A browser and a page of it, offline."""
    from conftest import ARGUMENTS, browser_program
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_program(), args=[*ARGUMENTS, "--enable-precise-memory-info"]
        )
        context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
        yield browser, context.new_page()
        browser.close()


def first_view(html: str) -> None:
    """Open a page three times, each in a browser of its own, and print what its first view costs."""
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(html, encoding="utf-8", newline="\n")
        for _ in range(3):
            with browser_page() as (browser, page):
                page.goto("about:blank")
                cpu = Cpu(browser)
                before = cpu.seconds()
                page.goto(path.as_uri())
                page.locator("html[data-ready]").wait_for(state="attached", timeout=120_000)
                spent.append(cpu.seconds() - before)
    row("file", f"{len(html.encode()) / 1e6:.2f} MB")
    row("first view", f"{min(spent):.2f} to {max(spent):.2f} CPU-s")


def look(html: str) -> None:
    """Open the page and print how it behaves."""
    from page_reading import data_of

    outlets = data_of(html)["tables"]["outlets"]["id"]
    articles = data_of(html)["tables"]["articles"]["id"]
    with tempfile.TemporaryDirectory() as folder, browser_page() as (browser, page):
        path = Path(folder) / "page.html"
        path.write_text(html, encoding="utf-8", newline="\n")
        cpu = Cpu(browser)
        before, start = cpu.seconds(), time.perf_counter()
        page.goto(path.as_uri())
        page.locator("html[data-ready]").wait_for(state="attached", timeout=120_000)
        row("first view", f"{cpu.seconds() - before:.2f} CPU-s, {time.perf_counter() - start:.2f} s wall")
        page.wait_for_timeout(1500)
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        row("heap", f"{session.send('Runtime.getHeapUsage')['usedSize'] / 1e6:.0f} MB")
        views = {
            "neighbourhood, 1 hop": [f"v=neighbourhood&n={one}" for one in outlets[:5]],
            "neighbourhood, 3 hops": [f"v=neighbourhood&n={one}&h=3" for one in outlets[5:10]],
            "board": [f"v=board&n={one}" for one in articles[:5]],
            "map": ["v=map", "v=map&xc=possible", "v=map&xv=author"],
            "group": [f"v=cluster&c={one}" for one in range(5)],
            "table of 1,000 rows": ["v=table", "v=table&k=claim", "v=table&k=article", "v=table&k=actor"],
        }
        thread = MainThread(page)
        for view, addresses in views.items():
            costs(f"click to view: {view}", [thread.cost(GO, one) for one in addresses])
        # a table goes on filling for a while after it is shown
        page.evaluate(GO, "v=map")
        page.wait_for_timeout(1000)
        page.evaluate(SEARCH, "warm up")
        costs("search", [thread.cost(SEARCH, words) for words in ("the", "abandon", "kel", "gorrala", "zzzz", "warn of")])
        page.keyboard.press("Escape")
        drag(page, cpu, f"v=neighbourhood&n={outlets[0]}&h=3")


def drag(page: Any, cpu: Cpu, address: str) -> None:
    """Drag the middle mark of a full neighbourhood about and print the CPU of a drawn frame."""
    page.evaluate(GO, address)
    box = page.locator("#canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    before, frames = cpu.seconds(), page.evaluate("window.frames_")
    for step in range(150):
        page.mouse.move(x + 60 * ((step % 20) - 10) / 10, y + 40 * ((step % 14) - 7) / 7)
    spent, drawn = cpu.seconds() - before, page.evaluate("window.frames_") - frames
    page.mouse.up()
    row("drag", f"{1000 * spent / max(1, drawn):.1f} CPU-ms a frame of {drawn}, {page.locator('#bar .caption').inner_text()}")


def as_shipped(nodes: int, limit: float = 240.0) -> None:
    """Build and open a page as pyvis ships it, and print when its physics settle."""
    import networkx
    from pyvis.network import Network

    graph = networkx.barabasi_albert_graph(nodes, 2, seed=1)
    start = time.process_time()
    network = Network(directed=True, cdn_resources="in_line")
    for node in graph.nodes:
        network.add_node(node, label=f"node {node}")
    for left, right in graph.edges:
        network.add_edge(left, right)
    html = network.generate_html()
    row(f"pyvis as shipped, {nodes:,} nodes: build", f"{time.process_time() - start:.1f} CPU-s")
    with tempfile.TemporaryDirectory() as folder, browser_page() as (browser, page):
        path = Path(folder) / "page.html"
        path.write_text(html, encoding="utf-8")
        cpu = Cpu(browser)
        before = cpu.seconds()
        page.goto(path.as_uri(), wait_until="commit")
        settled = False
        while not settled and cpu.seconds() - before < limit:
            time.sleep(2)
            try:
                settled = page.evaluate(
                    "typeof network !== 'undefined' && network.physics.stabilized === true && network.physics.startedStabilization === false"
                )
            except Exception as error:  # noqa: BLE001 - the page may be frozen
                row("pyvis as shipped", str(error).splitlines()[0])
        word = "settled after" if settled else "not settled after"
        row(f"pyvis as shipped, {nodes:,} nodes: physics", f"{word} {cpu.seconds() - before:.0f} CPU-s")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--nodes", type=int, default=53_000, help="asked of the generator; a few are spoken of by nobody and left out"
    )
    parser.add_argument(
        "--pyvis", type=int, default=0, metavar="N", help="also N nodes as pyvis ships them (2000 takes minutes)"
    )
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--page", type=Path, help="only the size and first view of this page")
    arguments = parser.parse_args()
    if arguments.page:
        first_view(arguments.page.read_text(encoding="utf-8"))
        return
    page = build(arguments.nodes)
    if not arguments.no_browser:
        look(page)
    if arguments.pyvis:
        as_shipped(arguments.pyvis)


if __name__ == "__main__":
    main()
