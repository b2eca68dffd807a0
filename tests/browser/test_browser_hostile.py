"""Hostile strings in every field of every kind of thing: nothing runs, nothing is asked for, no link but to the web."""

import urllib.parse
from dataclasses import replace

import pytest
from hostile_model import poison
from hostile_strings import STRINGS
from page_reading import data_of

from graphkit.viewer import Step, Story, build_view_model, render_page


def visit_everything(one, page, *, views=("neighbourhood", "board")):
    """Show every node's neighbourhood, every article's board, every assertion's evidence, each table, map and group."""
    tables = data_of(page.read_text(encoding="utf-8"))["tables"]
    ids = {kind: tables[kind].get("id", []) for kind in ("outlets", "articles", "claims", "actors", "assertions")}

    def link(**parts: str) -> str:
        return urllib.parse.urlencode(parts, quote_via=urllib.parse.quote)

    if "neighbourhood" in views:
        for node in (*ids["outlets"], *ids["articles"], *ids["claims"], *ids["actors"]):
            one.go(link(v="neighbourhood", n=node, h="2"))
            one.page.mouse.move(600, 450)
    for article in ids["articles"]:
        one.go(link(v="board", n=article))
    for at, assertion in enumerate(ids["assertions"]):
        article = ids["articles"][tables["assertions"]["article"][at] - len(ids["outlets"])]
        one.go(link(v="board", n=article, s=assertion))
    for kind in ("assertion", "claim", "outlet", "actor", "article"):
        one.go(link(v="table", k=kind))
        one.page.locator("#table-body tbody button").first.click()
    one.go("v=map")
    for cluster in range(tables["clusters"]["rows"]):
        one.go(link(v="cluster", c=str(cluster)))
    one.page.locator("#search-field").fill("script")
    one.page.locator("#search-field").fill("wor")


def assert_harmless(one):
    assert one.page.evaluate("window.broken ?? 'nothing ran'") == "nothing ran"
    assert not one.outside()
    assert not one.errors
    assert (
        one.page.evaluate(
            "document.images.length + document.querySelectorAll('iframe,object,embed,base,form:not([method=dialog])').length"
        )
        == 0
    )
    links = one.page.evaluate("[...document.links].map(link => link.protocol)")
    assert set(links) <= {"file:", "http:", "https:"}
    assert one.page.evaluate("Object.prototype.polluted ?? {}.constructor === Object")


@pytest.mark.parametrize("turn", [0, 9, 18, 27, 36, 45, 54, 63])
def test_hostile_strings_in_turn_in_every_field(opened, pages, model, turn):
    page = pages(f"hostile{turn}", render_page(poison(model, turn), title=STRINGS[turn], with_network=turn % 2 == 0))
    one = opened(page)
    visit_everything(one, page, views=("neighbourhood", "board") if turn in {0, 27} else ("board",))
    assert_harmless(one)


def test_all_hostile_strings_together_in_every_field(opened, pages, model):
    import hostile_model

    everything = " ".join(STRINGS)
    strings, hostile_model.STRINGS = hostile_model.STRINGS, (everything,)
    try:
        poisoned = poison(model, 0)
    finally:
        hostile_model.STRINGS = strings
    steps = (Step(everything, everything, ("alpha",)),)
    poisoned = replace(poisoned, outlets=(replace(poisoned.outlets[0], label="alpha"), *poisoned.outlets[1:]))
    page = pages("hostile-all", render_page(poisoned, title=everything, story=Story(everything, steps)))
    one = opened(page)
    visit_everything(one, page, views=("board",))
    one.page.get_by_role("button", name="Tour").click()
    assert_harmless(one)


def test_hostile_words_in_the_graph_itself(opened, pages):
    from pyoxigraph import Literal, Quad
    from viewer_world import quads, texts

    spoken = {
        "http://www.w3.org/2000/01/rdf-schema#label",
        "https://schema.org/text",
        "https://schema.org/headline",
        "https://schema.org/author",
        "https://w3id.org/graphkit/ns#question",
        "https://w3id.org/graphkit/ns#unit",
        "https://w3id.org/graphkit/ns#method",
    }
    hostile = [
        Quad(quad.subject, quad.predicate, Literal(f"{STRINGS[at % len(STRINGS)]} {at}"), quad.graph_name)
        if quad.predicate.value in spoken
        else quad
        for at, quad in enumerate(quads())
    ]
    page = pages("hostile-graph", render_page(build_view_model(hostile, texts())))
    one = opened(page)
    visit_everything(one, page)
    assert_harmless(one)


def test_hostile_addresses_make_no_link(opened, pages, model):
    articles = tuple(
        replace(row, url=url)
        for row, url in zip(
            model.articles, ("javascript:window.broken=1", "data:text/html,x", "file:///etc/passwd"), strict=True
        )
    )
    page = pages("hostile-links", render_page(replace(model, articles=articles)))
    one = opened(page)
    for row in model.articles:
        one.go(f"v=board&n={row.id}")
        assert one.page.locator("#panel a.outward").count() == 0
    assert_harmless(one)


def test_hostile_fragments_of_the_address_are_data(opened, pages):
    one = opened(pages("world"))
    for text in STRINGS:
        coded = urllib.parse.quote(text)
        one.go(f"v={coded}&n={coded}&s={coded}&x={coded}&xc={coded}&t={coded}&o={coded}&h={coded}&c={coded}&k={coded}")
    assert_harmless(one)
