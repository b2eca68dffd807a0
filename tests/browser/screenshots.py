"""Pictures of every view, to be looked at: python tests/browser/screenshots.py FOLDER [--page PAGE.html] [--only WORD]

Without ``--page`` it pictures three graphs: the packaged golden graph of the seed article, the invented graph of the tests, and
2,000 invented nodes.  Every view × 1440, 1024 and 390 pixels × light and dark.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / folder) for folder in ("browser", "viewer", "benchmarks")]

from conftest import ARGUMENTS, HEIGHTS, browser_program  # noqa: E402
from page_reading import data_of  # noqa: E402

KINDS = ("outlets", "articles", "claims", "actors", "assertions")


def graphs() -> Iterator[tuple[str, str]]:
    """Names and pages of the three graphs."""
    import pyoxigraph
    from invented_news import invent
    from viewer_world import quads, texts

    from graphkit.resources import folder
    from graphkit.viewer import build_view_model, render_page

    golden = list(pyoxigraph.parse(path=str(folder("seeds") / "golden.trig")))
    bodies = {
        quad.subject.value.rsplit("/", 1)[-1]: quad.object.value
        for quad in golden
        if quad.predicate.value == "https://schema.org/articleBody"
    }
    yield "seed", render_page(build_view_model(golden, bodies))
    yield "world", render_page(build_view_model(quads(), texts()))
    large = invent(2000, seed=3)
    yield "large", render_page(build_view_model(large.quads(), large.texts()))


def views(page: str) -> dict[str, str]:
    """Addresses of the views of a page: its best-linked outlet, actor and claim, its fullest article."""
    data = data_of(page)
    tables, edges = data["tables"], data["edges"]
    ids = [one for kind in KINDS[:4] for one in tables[kind].get("id", [])]
    starts = {kind: sum(tables[other]["rows"] for other in KINDS[:at]) for at, kind in enumerate(KINDS)}
    degree = [0] * len(ids)
    for end in (*edges["source"], *edges["target"]):
        degree[end] += 1

    def best(kind: str) -> str:
        refs = range(starts[kind], starts[kind] + tables[kind]["rows"])
        return ids[max(refs, key=lambda ref: (degree[ref], -ref))] if refs else ""

    told = tables["assertions"]
    article = max(sorted(set(told["article"])), key=told["article"].count)
    nth = told["article"].index(article)
    own = ids[article]
    assertion = told["id"][nth] if "id" in told else f"{own}%23char%3D{told['begin'][nth]}%2C{told['end'][nth]}"
    return {
        "board": f"#v=board&n={own}",
        "assertion": f"#v=board&n={own}&s={assertion}",
        "claim": f"#v=neighbourhood&n={best('claims')}",
        "outlet": f"#v=neighbourhood&n={best('outlets')}",
        "outlet2": f"#v=neighbourhood&n={best('outlets')}&h=2",
        "actor3": f"#v=neighbourhood&n={best('actors')}&h=3",
        "map": "#v=map",
        "group": "#v=cluster&c=0",
        "table": "#v=table",
        "row": f"#v=table&k=outlet&s={best('outlets')}",
    }


def picture(browser: Any, path: Path, fragment: str, *, width: int, theme: str, out: Path) -> None:
    """Take one picture."""
    context = browser.new_context(offline=True, viewport={"width": width, "height": HEIGHTS[width]}, color_scheme=theme)
    page = context.new_page()
    page.on("pageerror", lambda error: print(f"{out.name}: {error}"))
    page.goto(path.resolve().as_uri() + fragment)
    page.locator("html[data-ready]").wait_for(state="attached")
    page.wait_for_timeout(250)
    page.screenshot(path=str(out))
    context.close()


def main() -> None:
    """Take all pictures."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--page", type=Path, help="picture this page instead")
    parser.add_argument("--only", default="", help="only pictures whose name holds this")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    pages = [(arguments.page.stem, arguments.page.read_text(encoding="utf-8"))] if arguments.page else graphs()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program(), args=list(ARGUMENTS))
        for name, html in pages:
            path = arguments.folder / f"{name}.html"
            path.write_text(html, encoding="utf-8", newline="\n")
            for view, fragment in views(html).items():
                for width in HEIGHTS:
                    for theme in ("light", "dark"):
                        out = arguments.folder / f"{name}-{view}-{width}-{theme}.png"
                        if arguments.only in out.name:
                            picture(browser, path, fragment, width=width, theme=theme, out=out)
        browser.close()


if __name__ == "__main__":
    main()
