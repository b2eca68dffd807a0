"""What can be taken away: pictures of every view, tables without formulas, quotes with their source."""

import csv
import io
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from viewer_world import morning, name, told

from graphkit.viewer import render_page

VIEWS = {
    "board": "",
    "neighbourhood": "#v=neighbourhood&n=outlet-alpha.example.org&h=2",
    "map": "#v=map",
    "cluster": "#v=cluster&c=0",
    "table": "#v=table",
}
SVG = "{http://www.w3.org/2000/svg}"


def take(one, label: str) -> tuple[str, bytes]:
    one.page.locator("#take summary").click()
    with one.page.expect_download() as download:
        one.page.locator("#take-menu").get_by_role("button", name=label).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def sheet(body: bytes) -> list[list[str]]:
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


@pytest.mark.parametrize("page", ["world", "plain"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_drawing_with_its_words(opened, pages, page, view):
    one = opened(pages(page), VIEWS[view])
    filename, body = take(one, "Drawing of this view (SVG)")
    assert filename == f"graphkit-{view}.svg"
    root = ET.fromstring(body)
    words = " ".join(node.text or "" for node in root.iter(f"{SVG}text"))
    assert {
        "board": "within 30 days",
        "neighbourhood": "alpha.example.org",
        "map": "alpha.example.org",
        "table": "the port may close",
    }.get(view, "") in words
    assert len(list(root.iter(f"{SVG}path"))) + len(list(root.iter(f"{SVG}rect"))) > 5
    assert b"href" not in body
    assert b"<script" not in body
    assert one.was_quiet()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_picture_that_is_not_blank(opened, pages, view):
    one = opened(pages("world"), VIEWS[view])
    filename, body = take(one, "Picture of this view (PNG)")
    assert filename == f"graphkit-{view}.png"
    assert body.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", body[16:24])
    assert width > 1200
    assert height > 900
    assert len(body) > 12_000
    assert one.was_quiet()


def test_pictures_keep_shapes_apart(opened, pages):
    one = opened(pages("world"), VIEWS["neighbourhood"])
    _, body = take(one, "Drawing of this view (SVG)")
    paths = [node.get("d") for node in ET.fromstring(body).iter(f"{SVG}path")]
    assert any(path.startswith("M0 -") for path in paths), "a claim is a diamond"
    assert any("A" in path for path in paths), "a person is a disc"
    assert any("H" in path and "V" in path for path in paths), "an outlet is a square"


@pytest.mark.parametrize(("kind", "rows"), [("assertions", 10), ("claims", 7), ("outlets", 3), ("articles", 3)])
def test_tables_are_whole_lists_with_identifiers_and_offsets(opened, pages, kind, rows):
    one = opened(pages("world"))
    filename, body = take(one, f"All {kind} (CSV)")
    table = sheet(body)
    assert filename == f"graphkit-{kind}.csv"
    assert len(table) == rows + 1
    assert table[0][0] == "id"
    if kind == "assertions":
        row = next(row for row in table if row[0] == told(morning(), 0))
        span = morning().assertions[0].span
        assert row[1] == "the port may close within 30 days"
        assert row[-2:] == [str(span.begin), str(span.end)]


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_shown_is_a_table_with_its_evidence(opened, pages, view):
    one = opened(pages("world"), VIEWS[view])
    _, body = take(one, "What is shown (CSV)")
    table = sheet(body)
    assert len(table) > 3
    if view in {"board", "neighbourhood", "table"}:
        assert any("the port may close within 30 days" in cell for row in table for cell in row)


def test_no_cell_is_a_formula(opened, pages, model):
    starts = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\uff1d1", " =1", "\ufeff=1", "|calc", "%x")
    actors = tuple(replace(row, label=starts[at % len(starts)]) for at, row in enumerate(model.actors))
    claims = tuple(replace(row, label=starts[at % len(starts)] + str(at)) for at, row in enumerate(model.claims))
    page = pages("formulas", render_page(replace(model, actors=actors, claims=claims)))
    one = opened(page)
    for kind in ("actors", "claims", "assertions"):
        _, body = take(one, f"All {kind} (CSV)")
        for cell in (cell for row in sheet(body) for cell in row):
            assert (
                cell.strip("\ufeff \u00a0")[:1] not in {"=", "+", "-", "@", "|", "%", "\uff1d", "\t", "\r"}
                or cell.lstrip("-").isdigit()
            )


def test_a_quote_is_copied_with_its_source(opened, pages):
    one = opened(
        pages("world"),
        f"#v=board&n={name(morning())}&s={told(morning(), 0)}",
        permissions=["clipboard-read", "clipboard-write"],
    )
    one.page.get_by_role("button", name="Quote with source").click()
    one.page.locator("#message").wait_for(state="visible")
    text = one.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("“the port may close within 30 days”\n— Port of Harbourland to close")
    assert "https://alpha.example.org/port" in text
    assert "characters" in text


def test_downloads_send_nothing(opened, pages):
    one = opened(pages("world"))
    for label in ("What is shown (CSV)", "Drawing of this view (SVG)", "Picture of this view (PNG)"):
        take(one, label)
    assert one.was_quiet()
