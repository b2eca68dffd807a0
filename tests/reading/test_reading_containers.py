"""Folders, feeds, web archives, JSON lines and gzip: every article comes out, a bad item is told and does not stop the rest."""

import gzip
import json
import os
from io import BytesIO

import pytest

from graphkit.errors import TextTooLong, UnreadableInput, UnsupportedFormat
from graphkit.limits import MAX_FILE_BYTES
from graphkit.model import Document
from graphkit.reading import Rejection, gather, parse
from graphkit.reading.containers import feed, folders
from graphkit.reading.containers.packed import BoundedStream

BODY = "The mayor said on Monday that the old bridge will open again to traffic next week, after a year of repairs. "
PAGE = f"<html lang='en'><head><title>Bridge reopens</title></head><body><article><h1>Bridge reopens</h1><p>{BODY * 2}</p></article></body></html>"


PAGE_BYTES = PAGE.encode()


def take(*sources, **options):
    """Return what gather gives: origins of documents, and (origin, code) of rejections."""
    found = list(gather([str(source) for source in sources], **options))
    return [item.origin if isinstance(item, Document) else (item.origin, item.error.code) for item in found]


def names(found, folder):
    return [os.path.relpath(item, folder) if isinstance(item, str) else item for item in found]


# folders


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "articles"
    (place / "b").mkdir(parents=True)
    (place / "a.txt").write_text(BODY)
    (place / "b" / "c.html").write_text(PAGE)
    (place / "b" / "d.md.gz").write_bytes(gzip.compress(BODY.encode()))
    (place / "Z.markdown").write_text(BODY)
    for name in (".hidden.txt", "graph.ttl", "data.trig", "meta.json", "picture.png", "notes.pdf", "README", "graph.db"):
        (place / name).write_text("x")
    (place / ".git").mkdir()
    (place / ".git" / "e.txt").write_text(BODY)
    return place


def test_a_folder_gives_its_articles_in_path_order(folder):
    assert names(take(folder), folder) == ["Z.markdown", "a.txt", "b/c.html", "b/d.md.gz"]


def test_a_named_file_is_never_passed_over(folder):
    assert take(folder / "notes.pdf", folder / "graph.ttl", folder / "data.json") == [
        (str(folder / "notes.pdf"), "unsupported_format"),
        (str(folder / "graph.ttl"), "unsupported_format"),
        (str(folder / "data.json"), "not_found"),
    ]


def test_a_folder_without_articles_is_an_error(tmp_path):
    (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.4")
    (found,) = gather([str(tmp_path)])
    assert isinstance(found.error, UnreadableInput)
    assert "no article in this folder" in found.error.message
    assert ".html" in found.error.hint


def test_links_are_followed_inside_the_folder_only(folder, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("Somebody's own words, not meant for any graph.")
    (folder / "out.txt").symlink_to(secret)
    (folder / "in.txt").symlink_to(folder / "a.txt")
    (folder / "linked.txt").symlink_to(folder / "README")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "outside").symlink_to(tmp_path, target_is_directory=True)
    (folder / "dangling.txt").symlink_to(folder / "nothing.txt")
    assert names(take(folder), folder) == [
        "Z.markdown",
        "a.txt",
        "b/c.html",
        "b/d.md.gz",
        "linked.txt",
        (str(folder / "out.txt"), "unreadable_input"),
    ]


def test_frames_saved_beside_a_page_are_left_out(folder):
    (folder / "page.html").write_text(PAGE)
    (folder / "page_files").mkdir()
    (folder / "page_files" / "frame.html").write_text(PAGE)
    assert "page_files/frame.html" not in names(take(folder), folder)


def test_catalogues_of_articles_are_no_articles(folder):
    (folder / "index.jsonl").write_text(json.dumps({"id": "p1", "text": "text/p001.txt"}) + "\n")
    (folder / "dump.jsonl").write_text(json.dumps({"text": BODY}) + "\n")
    (folder / "sitemap.xml").write_text("<?xml version='1.0'?><urlset/>")
    (folder / "feed.xml").write_text(
        f"<?xml version='1.0'?><rss><channel><item><description>{BODY}</description></item></channel></rss>"
    )
    assert names(take(folder), folder)[-3:] == ["b/d.md.gz", "dump.jsonl#1", "feed.xml#1"]


def test_a_bad_file_does_not_stop_the_folder(folder):
    (folder / "a2.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "a3.txt").write_bytes(b"")
    found = names(take(folder), folder)
    assert found[2:4] == [(str(folder / "a2.txt"), "unsupported_format"), (str(folder / "a3.txt"), "unreadable_input")]
    assert len(found) == 6


def test_the_number_of_files_is_bounded_aloud(folder, monkeypatch):
    monkeypatch.setattr(folders, "MAX_FOLDER_FILES", 2)
    assert names(take(folder), folder) == ["Z.markdown", "a.txt", (str(folder), "text_too_long")]


# JSON lines


def test_json_lines(tmp_path):
    lines = [
        json.dumps({"text": "# A\n" + BODY, "url": "https://www.example.org/a", "date": "2024-02-20"}),
        "",
        json.dumps({"text": BODY, "title": "Bridge", "outlet": "Example Post", "date": 5}),
        "{broken",
        json.dumps({"title": "no text"}),
        json.dumps([1, 2]),
        '{"text": "' + "\\ud800" + BODY + '"}',
        "[" * 100_000,
    ]
    path = tmp_path / "dump.jsonl"
    path.write_text("\n".join(lines))
    found = list(gather([str(path)]))
    assert [item.origin.rpartition("#")[2] for item in found] == ["1", "3", "4", "5", "6", "7", "8"]
    assert [isinstance(item, Rejection) for item in found] == [False, False, True, True, True, False, True]
    first, second = parse(found[0]), parse(found[1])
    assert (first.title, first.outlet, first.published) == ("A", "example.org", "2024-02-20")
    assert (second.text, second.title, second.outlet, second.published) == (BODY, "Bridge", "Example Post", None)


def test_a_line_in_another_encoding_spoils_itself_only(tmp_path):
    path = tmp_path / "dump.jsonl"
    path.write_bytes(b'{"text": "caf\xe9 is open again"}\n' + json.dumps({"text": BODY}).encode() + b"\n")
    assert take(path) == [(f"{path}#1", "unreadable_input"), f"{path}#2"]
    path.write_bytes(b"\n \n")
    assert take(path) == [(str(path), "unreadable_input")]


def test_a_line_without_end_is_refused(tmp_path):
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(b"x" * (3 * MAX_FILE_BYTES)))
    assert take(path) == [(str(path), "text_too_long")]


# feeds

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Exampleton Post</title><link>https://example.org/</link>{}</channel></rss>"""
ITEM = """<item><title>Bridge &amp; tunnel</title><link>https://example.org/{}?utm_source=rss</link>
<pubDate>Tue, 20 Feb 2024 23:30:00 -0500</pubDate><description>{}</description></item>"""


def write_feed(tmp_path, *items):
    path = tmp_path / "feed.rss"
    path.write_text(RSS.format("".join(items)))
    return path


def test_a_feed_in_a_file_is_read_from_its_own_content(tmp_path):
    full = f"<content:encoded><![CDATA[<p>{BODY}</p><p>It is <a href='/safe'>safe</a>, she said.</p><script>x</script>]]></content:encoded></item>"
    path = write_feed(
        tmp_path, ITEM.format("a", BODY + "R&amp;amp;D\n\nIt is safe."), ITEM.format("b", "short").replace("</item>", full)
    )
    first, second = map(parse, gather([str(path)]))
    assert first.text == f"Bridge & tunnel\n{BODY}R&D\nIt is safe."
    assert (first.title, first.url, first.outlet, first.published) == (
        "Bridge & tunnel",
        "https://example.org/a",
        "example.org",
        "2024-02-20",
    )
    assert second.text == f"Bridge & tunnel\n{BODY.strip()}\nIt is safe, she said."
    assert [(link.span.of(second.text), link.url) for link in second.links] == [("safe", "https://example.org/safe")]


def test_atom_and_the_source_of_an_aggregated_item(tmp_path):
    path = tmp_path / "feed.atom"
    path.write_text(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>All</title><entry><title>Bridge</title><link href='https://agg.example/x'/>"
        f"<updated>2024-02-20T10:00:00Z</updated><content type='html'>&lt;p&gt;{BODY}&lt;/p&gt;</content></entry></feed>"
    )
    (document,) = gather([str(path)])
    assert (parse(document).published, parse(document).outlet) == ("2024-02-20", "agg.example")
    item = ITEM.format("a", BODY).replace("</item>", "<source url='https://www.wire.example/feed'>Wire</source></item>")
    (document,) = gather([str(write_feed(tmp_path, item))])
    assert parse(document).outlet == "wire.example"


@pytest.mark.parametrize(
    "text",
    [
        RSS.format("").replace("<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss'),
        RSS.format(ITEM.format("a", BODY)).replace("<rss", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><rss'),
        RSS.format(""),
        "<?xml version='1.0'?><rss>",
    ],
)
def test_feeds_with_declarations_or_without_items_are_refused(tmp_path, text):
    for body in (text.encode(), text.replace("UTF-8", "UTF-16").encode("utf-16")):
        path = tmp_path / "feed.rss"
        path.write_bytes(body)
        assert take(path) == [(str(path), "unreadable_input")]


def test_items_are_bounded_aloud_and_empty_ones_told(tmp_path, monkeypatch):
    monkeypatch.setattr(feed, "MAX_FEED_ITEMS", 3)
    path = write_feed(tmp_path, ITEM.format("a", ""), *(ITEM.format(n, BODY) for n in range(3)))
    found = list(gather([str(path)]))
    assert len(found) == 4
    assert found[0].error.code == "unreadable_input"
    assert isinstance(found[-1].error, TextTooLong)


class FakeFetcher:
    """Answers from a table, as the web would."""

    def __init__(self, pages):
        self.pages, self.asked = pages, []

    def fetch(self, url):
        self.asked.append(url)
        body, media_type = self.pages[url]
        if isinstance(body, Exception):
            raise body
        return Document(body, media_type, url, url=url, fetched_at="2024-02-21T00:00:00Z")


def test_a_feed_from_the_web_leads_to_its_pages(tmp_path):
    markup = RSS.format(ITEM.format("a", "teaser") + ITEM.format("b", "teaser") + "<item><title>none</title></item>").encode()
    fetcher = FakeFetcher(
        {
            "https://example.org/feed": (markup, "text/html"),
            "https://example.org/a": (PAGE.encode(), "text/html"),
            "https://example.org/b": (UnreadableInput("gone"), ""),
        }
    )
    found = list(gather(["https://example.org/feed"], fetcher=fetcher))
    article = parse(found[0])
    assert (article.title, article.url, article.published) == ("Bridge & tunnel", "https://example.org/a", "2024-02-20")
    assert [item.error.message for item in found[1:]] == [
        "gone",
        "https://example.org/feed: the item 'none' has no web address",
    ]
    assert take("https://example.org/feed", fetcher=fetcher, limit=1) == ["https://example.org/a"]


def test_a_feed_in_a_file_fetches_nothing(tmp_path):
    fetcher = FakeFetcher({})
    list(gather([str(write_feed(tmp_path, ITEM.format("a", BODY)))], fetcher=fetcher))
    assert fetcher.asked == []


# web archives


def record(
    body=PAGE_BYTES, *, headers=b"Content-Type: text/html; charset=utf-8", status=b"200 OK", kind=b"response", length=None
):
    http = b"HTTP/1.1 " + status + b"\r\n" + headers + b"\r\n\r\n" + body
    return (
        b"WARC/1.0\r\nWARC-Type: " + kind + b"\r\nWARC-Target-URI: https://example.org/a\r\nWARC-Date: 2024-02-20T00:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: " + str(len(http) if length is None else length).encode() + b"\r\n\r\n" + http + b"\r\n\r\n"
    )  # fmt: skip


def packed(body):
    return record(gzip.compress(body), headers=b"Content-Type: text/html\r\nContent-Encoding: gzip")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_web_archive_gives_its_pages(tmp_path, pack):
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode())
    archive = [
        record(kind=b"request"),
        record(),
        record(b"\x89PNG\r\n\x1a\n", headers=b"Content-Type: image/png"),
        record(b"", status=b"301 Moved"),
        packed(PAGE.encode()),
        record(chunked, headers=b"Content-Type: text/html\r\nTransfer-Encoding: chunked"),
        record(b"not packed", headers=b"Content-Type: text/html\r\nContent-Encoding: gzip"),
        record(b"%PDF-1.4"),
        record(),
    ]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(map(pack, archive)))
    found = list(gather([str(path)]))
    assert [item.origin.rpartition("#")[2] for item in found] == ["1", "4", "5", "6", "7", "8"]
    assert [isinstance(item, Rejection) for item in found] == [False, False, False, True, True, False]
    assert {parse(item).title for item in found if isinstance(item, Document)} == {"Bridge reopens"}
    assert (found[0].url, found[0].fetched_at, found[0].encoding) == ("https://example.org/a", "2024-02-20T00:00:00Z", "utf-8")


def test_bombs_and_cut_records_in_an_archive_are_told(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(packed(b"\0" * (2 * MAX_FILE_BYTES)) + record(b"x" * (MAX_FILE_BYTES + 1)) + record() + record()[:-100])
    assert take(path) == [
        (f"{path}#1", "text_too_long"),
        (f"{path}#2", "text_too_long"),
        f"{path}#3",
        (f"{path}#4", "unreadable_input"),
    ]


@pytest.mark.parametrize("body", [b"WARC/1.0\r\nnonsense", record(kind=b"request"), record(length=10**15), record()[:60]])
def test_archives_without_pages_are_refused(tmp_path, body):
    path = tmp_path / "a.warc"
    path.write_bytes(body)
    ((origin, code),) = take(path)
    assert origin == str(path)
    assert code in {"unreadable_input", "text_too_long"}


# gzip


def test_gzip_is_one_bounded_layer(tmp_path):
    def write(name, body):
        (tmp_path / name).write_bytes(body)
        return tmp_path / name

    once = write("a.html.gz", gzip.compress(PAGE.encode()))
    unnamed = write("b", gzip.compress(PAGE.encode()))
    twice = write("c.txt.gz", gzip.compress(gzip.compress(BODY.encode())))
    bomb = write("d.txt.gz", gzip.compress(b"a" * (5 * MAX_FILE_BYTES)))
    cut = write("e.txt.gz", gzip.compress(os.urandom(50_000))[:-5_000])
    tar = write("f.tar.gz", gzip.compress(b"\0" * 257 + b"ustar" + b"\0" * 300))
    empty = write("g.txt.gz", gzip.compress(b""))
    assert take(once, unnamed, twice, bomb, cut, tar, empty) == [
        str(once),
        str(unnamed),
        (str(twice), "unreadable_input"),
        (str(bomb), "text_too_long"),
        (str(cut), "unreadable_input"),
        (str(tar), "unsupported_format"),
        (str(empty), "unreadable_input"),
    ]


def test_packed_pages_from_the_web_are_unpacked(tmp_path):
    fetcher = FakeFetcher({"https://example.org/a.gz": (gzip.compress(PAGE.encode()), "application/gzip")})
    (document,) = gather(["https://example.org/a.gz"], fetcher=fetcher)
    assert document.body == PAGE.encode()


def test_a_stream_with_look_ahead_reads_like_a_stream():
    body = b"one\ntwo\n" + b"x" * 50 + b"\nlast"
    for peeked in (0, 1, 4, 10, 100):
        stream = BoundedStream(BytesIO(body), "a")
        assert stream.peek(peeked) == body[:peeked]
        assert [stream.readline(20), stream.readline(20), stream.readline(20), stream.read(5), stream.read()] == [
            b"one\n",
            b"two\n",
            b"x" * 20,
            b"x" * 5,
            b"x" * 25 + b"\nlast",
        ]
        assert stream.tell() == len(body)


def test_a_format_that_is_unknown_is_refused_at_once():
    with pytest.raises(UnsupportedFormat, match="no format 'docx'"):
        gather([], as_format="docx")
