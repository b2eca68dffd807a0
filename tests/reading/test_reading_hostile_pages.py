"""Hostile markup: deep, large, bomb-like; refused or read within its limits, and never the end of the process."""

import time
from functools import partial

import pytest

from graphkit.errors import UnreadableInput
from graphkit.limits import ISOLATED_HTML_BYTES
from graphkit.model import Document
from graphkit.reading import parse
from graphkit.reading.html.isolation import parse_isolated
from graphkit.reading.html.page import measure_markup, parse_page

SENTENCE = "The mayor said on Monday that the old bridge will open again to traffic next week, after a year of repairs. "


def read_page(markup):
    return parse(Document(markup.encode(), "text/html", "page.html", url="https://post.example/a"))


@pytest.mark.parametrize("tag", ["div", "span", "b", "blockquote", "ul><li", "table><tr><td", "font"])
def test_deep_nesting_is_refused_before_parsing(tag):
    started = time.monotonic()
    with pytest.raises(UnreadableInput, match=r"nested [0-9,]+ deep"):
        read_page("<html><body>" + f"<{tag}>" * 60_000 + SENTENCE * 10)
    assert time.monotonic() - started < 20


def test_open_paragraphs_and_script_text_are_no_nesting():
    assert measure_markup("<p>" * 10_000)[0] == 0
    assert measure_markup("<div>" + "<li>x" * 10_000 + "</div>")[0] == 1
    assert measure_markup("<script>" + "'<div>'" * 10_000 + "</script><div></div>")[0] == 1
    assert measure_markup("<!--" + "<div>" * 10_000 + "--><div></div>")[0] == 1
    assert measure_markup("<div><div></div></div></div></div><div>")[0] == 2
    assert measure_markup("<script>" + "<div>" * 10)[0] == 0
    assert measure_markup("<!-- " + "<div>" * 10)[0] == 0


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<script>", "</script", "<a ", "<div></div", "&", "&#", "<p>", "]]>", "<![CDATA[", "\0", "<title>"]
)
def test_measuring_is_linear(piece):
    def seconds(count):
        started = time.process_time()
        measure_markup(piece * count)
        return time.process_time() - started

    seconds(1_000)
    assert seconds(40_000) < max(0.2, 8 * seconds(10_000))


@pytest.mark.slow
def test_a_large_page_is_read_in_a_child():
    filler = "<script>" + "x" * 1_000 + "</script>"
    page = (
        f"<html><body><article><h1>Bridge reopens</h1><p>{SENTENCE}</p><p>{SENTENCE * 2}</p></article>"
        + filler * (ISOLATED_HTML_BYTES // 1_000)
        + "</body></html>"
    )
    assert len(page) > ISOLATED_HTML_BYTES
    article = read_page(page)
    assert article.title == "Bridge reopens"
    assert SENTENCE.strip() in article.text


@pytest.mark.slow
def test_the_child_answers_like_the_parent():
    page = f"<html lang=en><head><title>Bridge</title></head><body><article><p>{SENTENCE * 3}<a href='/x'>a link</a></p></article></body></html>"
    url = "https://post.example/a"
    assert parse_isolated(page, url, origin="page.html") == parse_page(page, url, origin="page.html")


@pytest.mark.slow
def test_a_child_that_takes_too_long_is_killed():
    started = time.monotonic()
    with pytest.raises(UnreadableInput, match=r"took more than 0\.2 s"):
        parse_isolated("<p>" + SENTENCE * 20_000, None, origin="page.html", seconds=0.2)
    assert time.monotonic() - started < 10


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["<p>x</p>", "<h1>a b c d</h1>", "<a href=x>y</a>"])
def test_pages_of_very_many_elements_are_ended(piece, monkeypatch):
    monkeypatch.setattr("graphkit.reading.html.parse_isolated", partial(parse_isolated, seconds=1))
    started = time.monotonic()
    with pytest.raises(UnreadableInput):
        read_page(f"<html><body>{piece * 60_000}</body></html>")
    assert time.monotonic() - started < 15


@pytest.mark.slow
def test_an_error_of_the_child_is_told_like_one_of_the_parent():
    with pytest.raises(UnreadableInput, match=r"page\.html: no HTML") as caught:
        parse_isolated("<!-- -->", None, origin="page.html")
    assert caught.value.hint


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><html><body><p>&b;&b;</p></body></html>",
        "<!DOCTYPE html SYSTEM 'file:///etc/passwd'><html><body><p>words</p></body></html>",
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><html><body><p>&e;</p></body></html>",
    ],
)
def test_entities_open_nothing(page):
    with pytest.raises(UnreadableInput, match="no article"):
        read_page(page)


def test_text_keeps_what_looks_like_markup_as_text():
    page = f"<html><body><article><h1>Bridge</h1><p>{SENTENCE}&lt;script&gt;alert(1)&lt;/script&gt; he wrote.</p><p>{SENTENCE * 2}</p></article></body></html>"
    assert "<script>alert(1)</script> he wrote." in read_page(page).text
