"""For everyone: axe finds nothing in any view, theme and width; nothing overlaps, is cut off, or scrolls sideways."""

from importlib.resources import files

import pytest
from page_reading import data_of
from viewer_world import morning, name, told

VIEWS = {
    "board": "",
    "claim": f"#v=board&n={name(morning())}&s={told(morning(), 0)}",
    "neighbourhood": "#v=neighbourhood&n=outlet-alpha.example.org&h=2",
    "map": "#v=map",
    "group": "#v=cluster&c=0",
    "table": "#v=table",
    "chosen": "#v=table&k=outlet&s=outlet-beta.example.net",
}
TEXT_BOXES = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.data.trim() || node.parentElement.closest('script,style,option,.unseen,[hidden],#live')) continue;
        const style = getComputedStyle(node.parentElement);
        if (style.visibility === 'hidden' || !node.parentElement.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
            if (box.width < 1 || box.height < 1) continue;
            let { left, right, top, bottom } = box;
            for (let up = node.parentElement; up; up = up.parentElement) {
                const clips = getComputedStyle(up);
                if (clips.overflow === 'visible' && clips.overflowX === 'visible') continue;
                const frame = up.getBoundingClientRect();
                [left, right, top, bottom] = [Math.max(left, frame.left), Math.min(right, frame.right), Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
            }
            if (right - left > 2 && bottom - top > 4) found.push([left, top, right, bottom, node.data.trim().slice(0, 40), box.right - right]);
        }
    }
    return found;
}"""


def overlaps(boxes: list) -> list[tuple]:
    """Pairs of boxes of text of which one lies on the other."""
    return [
        (a, b)
        for at, a in enumerate(boxes)
        for b in boxes[at + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 2 and min(a[3], b[3]) - max(a[1], b[1]) > 4
    ]


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core that the pip package carries."""
    folder = files("axe_playwright_python")
    return next(path for path in (folder / "axe.min.js", folder / "axe.js") if path.is_file()).read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("page", ["world", "plain"])
def test_axe_finds_nothing(opened, pages, axe, page, width, theme):
    found = []
    for view, fragment in VIEWS.items():
        if page == "plain" and view not in {"neighbourhood", "map"}:
            continue
        one = opened(pages(page), fragment, width=width, theme=theme)
        one.page.evaluate(axe)
        violations = one.page.evaluate(
            "axe.run().then(result => result.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target).join(' ')}`))"
        )
        found += [f"{view} {violation}" for violation in violations]
        one.page.close()
    assert not found


@pytest.mark.parametrize("state", ["filters", "menu", "search", "help"])
def test_axe_finds_nothing_in_what_opens(opened, pages, axe, state):
    one = opened(pages("world"), width=1024)
    if state == "filters":
        one.page.get_by_role("button", name="Filters").click()
    elif state == "menu":
        one.page.locator("#take summary").click()
    elif state == "search":
        one.page.locator("#search-field").fill("port")
        one.page.keyboard.press("ArrowDown")
    else:
        one.page.keyboard.press("?")
    one.page.evaluate(axe)
    assert not one.page.evaluate(
        "axe.run().then(result => result.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target).join(' ')}`))"
    )


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("view", VIEWS)
def test_no_text_lies_on_another_and_none_is_cut_at_the_side(opened, pages, view, width):
    one = opened(pages("plain"), VIEWS[view], width=width)
    one.settle()
    boxes = one.page.evaluate(TEXT_BOXES)
    assert len(boxes) > 20
    assert not [(a[4], b[4]) for a, b in overlaps(boxes)]
    scrolled = "#table-body" if view in {"table", "chosen"} else "nothing"
    cut = [box[4] for box in boxes if box[5] > 2]
    if scrolled == "nothing":
        assert not cut
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    assert one.was_quiet()


@pytest.mark.parametrize("width", [1440, 390])
def test_large_graphs_are_drawn_without_text_on_text(opened, pages, width):
    page = pages("large-plain")
    ids = data_of(page.read_text(encoding="utf-8"))["tables"]["outlets"]["id"]
    one = opened(page, width=width)
    for fragment in (
        "v=map",
        "v=cluster&c=0",
        "v=cluster&c=1",
        *(f"v=neighbourhood&n={outlet}&h={hops}" for outlet in ids[:2] for hops in (1, 2, 3)),
    ):
        one.go(fragment)
        boxes = [box for box in one.page.evaluate(TEXT_BOXES) if box[0] > 215 or width < 900]
        overlapping = [(fragment, a[4], b[4]) for a, b in overlaps(boxes)]
        assert not overlapping
    assert one.was_quiet()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_view_is_half_empty(opened, pages, width):
    """The marks of a drawing reach over most of its room."""
    for fragment in (VIEWS["neighbourhood"], VIEWS["map"], VIEWS["group"]):
        one = opened(pages("plain"), fragment, width=width)
        share = one.page.evaluate(
            """() => {
                const room = document.querySelector('#canvas').getBoundingClientRect();
                const marks = [...document.querySelectorAll('#canvas .mark')].map((mark) => mark.getBoundingClientRect());
                const reach = (low, high, size) => (Math.max(...marks.map((box) => box[high])) - Math.min(...marks.map((box) => box[low]))) / room[size];
                return [reach('left', 'right', 'width'), reach('top', 'bottom', 'height')];
            }"""
        )
        assert min(share) > 0.6
        one.page.close()


def test_targets_are_large_enough_for_a_finger(opened, pages):
    one = opened(pages("world"), width=390, is_mobile=True, has_touch=True)
    small = one.page.evaluate(
        """() => [...document.querySelectorAll('button,select,summary,input[type=search],a.outward')]
            .filter((one) => one.offsetParent && !one.closest('blockquote'))
            .map((one) => [one.textContent.trim().slice(0, 30), one.getBoundingClientRect().height])
            .filter(([, height]) => height < 44 && height > 0)"""
    )
    assert not small


def test_the_sheet_of_the_phone_grows_closes_and_comes_back(opened, pages):
    one = opened(pages("world"), width=390)
    panel = one.page.locator("#panel")
    half = panel.bounding_box()["height"]
    assert half <= 0.41 * 844
    one.page.get_by_role("button", name="Taller").click()
    one.holds(lambda: panel.bounding_box()["height"] > 1.5 * half)
    one.page.get_by_role("button", name="Close", exact=True).click()
    panel.wait_for(state="hidden")
    one.page.locator("#board .card.claim").first.click()
    panel.wait_for(state="visible")


def test_reduced_motion_and_forced_colours_are_respected(opened, pages):
    one = opened(pages("world"), reduced_motion="reduce", forced_colors="active")
    assert one.page.evaluate("document.getAnimations().length") == 0
    assert one.was_quiet()


def test_the_printed_page_has_board_and_evidence_and_no_controls(opened, pages):
    one = opened(pages("world"), VIEWS["claim"])
    one.page.emulate_media(media="print")
    assert not one.page.locator("#filters").is_visible()
    assert not one.page.locator("#search").is_visible()
    assert one.page.locator("#board .card.claim").last.is_visible()
    assert one.page.locator("#panel mark").first.is_visible()
    frame = one.page.evaluate(
        "(() => { const box = document.querySelector('#board'); return box.scrollHeight - box.clientHeight })()"
    )
    assert frame <= 1
