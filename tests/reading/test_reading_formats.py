"""Formats: known by their first bytes whatever their name says, refused by name and with a way out."""

import pytest

from graphkit.errors import UnsupportedFormat
from graphkit.reading.formats import guess_format


@pytest.mark.parametrize(
    ("head", "name", "media_type", "expected"),
    [
        (b"Words", "a.txt", None, "text"),
        (b"Words", "a", None, "text"),
        (b"# Words", "a.MD", None, "markdown"),
        (b"# Words", "a.md", "text/plain", "markdown"),
        (b"<p>Words", "a.htm", None, "html"),
        (b"<!DOCTYPE html><p>", "a.txt", None, "html"),
        (b"\xef\xbb\xbf <!-- x --><html>", "a", None, "html"),
        ("\ufeff<html>".encode("utf-16-le"), "a", None, "html"),
        (b"<?xml version='1.0'?><rss version='2.0'>", "a.xml", "text/xml", "feed"),
        (b"<?xml version='1.0'?><!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>", "a", "text/html", "feed"),
        (b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "a.xml", None, "feed"),
        (b"WARC/1.0\r\n", "a.bin", None, "warc"),
        (b'{"text": "x"}', "a.jsonl", None, "jsonl"),
        (b'{"text": "x"}', "https://example.org/a", "application/x-ndjson", "jsonl"),
        (b"Words", "https://example.org/a", "text/html; charset=utf-8", "html"),
        (b"Words", "page.html.gz", None, "html"),
        (b"{curly} is how it begins", "a", None, "text"),
    ],
)
def test_guess(head, name, media_type, expected):
    assert guess_format(head, name, media_type=media_type) == expected


@pytest.mark.parametrize(
    ("head", "name", "words"),
    [
        (b"%PDF-1.7", "a.txt", "PDF is not read; export it as text or HTML first"),
        (b"%PDF-1.7", "https://example.org/report", "PDF is not read"),
        (b"anything", "notes.pdf", "PDF is not read"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "an image is not read"),
        (b"\xff\xd8\xff\xe0", "a", "an image"),
        (b"GIF89a", "a", "an image"),
        (b"RIFF\0\0\0\0WEBPVP8", "a", "an image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "a.svg", "an image"),
        (b"<?xml version='1.0'?><svg>", "a", "an image"),
        (b"PK\x03\x04", "a.docx", "an archive"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", "a.docx", "an office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "an office document"),
        (b"{\\rtf1", "a.txt", "RTF"),
        (b"7z\xbc\xaf\x27\x1c", "a", "an archive"),
        (b"\0" * 257 + b"ustar", "a", "an archive"),
        (b"\x28\xb5\x2f\xfd", "a", "an archive"),
        (b"\x7fELF", "a", "a program"),
        (b"SQLite format 3\0", "graph.db", "a database"),
        (b"\0\0\0\x18ftypmp42", "a", "audio or video"),
        (b"@prefix a: <b> .", "a.ttl", "RDF is not read"),
        (b"{}", "a.json", "a JSON file"),
        (b'{"a": 1}', "a", "JSON without a name"),
        (b"<?xml version='1.0'?><sitemap>", "a.xml", "an XML file"),
        (b"a,b", "a.csv", "a table"),
        (b"words", "a.csv.gz", "a table"),
        (b"From: a@example.org", "a.eml", "an e-mail"),
    ],
)
def test_refused_by_name_with_a_hint(head, name, words):
    with pytest.raises(UnsupportedFormat) as caught:
        guess_format(head, name)
    assert words in caught.value.message
    assert caught.value.message.startswith(f"{name}: ")
    assert "\n" not in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "media_type", ["application/pdf", "image/png", "video/mp4", "application/vnd.ms-excel", "application/json"]
)
def test_refused_by_what_the_server_says(media_type):
    with pytest.raises(UnsupportedFormat):
        guess_format(b"words", "https://example.org/x", media_type=media_type)
