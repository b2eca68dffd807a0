"""Sources as users name them: each gives its article or one clear line, whatever is wrong with it."""

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest

from graphkit.errors import GraphkitError, InputError, NotFound, TextTooLong, UnreadableInput, UnsupportedFormat, UsageError
from graphkit.limits import MAX_FILE_BYTES
from graphkit.model import Document, Overrides
from graphkit.reading import Rejection, gather, parse, read

BODY = "The mayor said on Monday that the bridge is open."


def test_standard_input(tmp_path):
    (document,) = gather(["-"], stdin=io.BytesIO(b"# A\n" + BODY.encode()))
    assert (document.origin, document.media_type) == ("-", "text/plain")
    assert parse(document).title == "A"
    (found,) = gather(["-"], stdin=io.BytesIO(b""))
    assert found.error.message == "-: it is empty"


def test_a_pipe_that_trickles_is_read_whole():
    script = "import sys; from graphkit.reading import read; print(len(read('-').text))"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        for _ in range(20):
            child.stdin.write(BODY.encode())
            child.stdin.flush()
        assert child.communicate()[0].strip() == str(20 * len(BODY)).encode()


def test_as_format_wins_over_the_guess():
    (document,) = gather(["-"], stdin=io.BytesIO(b"<p>" + BODY.encode() * 3), as_format="html")
    assert document.media_type == "text/html"
    (document,) = gather(["-"], stdin=io.BytesIO(b"<html>" + BODY.encode()), as_format="text")
    assert parse(document).text.startswith("<html>")


def test_one_bad_source_does_not_stop_the_rest(tmp_path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_text(BODY)
    bad.write_bytes(b"%PDF-1.4")
    found = list(gather([str(bad), str(tmp_path / "none.txt"), str(good)]))
    assert [type(item) for item in found] == [Rejection, Rejection, Document]
    assert [item.error.exit_code for item in found[:2]] == [3, 3]


def test_the_limit_counts_documents_and_is_lazy(tmp_path):
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(BODY)
    sources = [str(tmp_path / "none.txt"), *(str(tmp_path / f"{number}.txt") for number in range(4))]
    assert [type(item) for item in gather(sources, limit=2)] == [Rejection, Document, Document]
    assert [type(item) for item in gather([str(tmp_path)], limit=1)] == [Document]
    assert not [item for item in gather(sources, limit=0) if isinstance(item, Document)]


def test_documents_carry_their_bytes(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(b"# A\r\n" + BODY.encode())
    (document,) = gather([str(path)])
    assert document == Document(path.read_bytes(), "text/markdown", str(path))
    assert parse(document).source_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "body", "error", "words"),
    [
        ("empty.txt", b"", UnreadableInput, "it is empty"),
        ("blank.txt", b" \n\t\n", UnreadableInput, "no text"),
        ("mark.txt", b"\xef\xbb\xbf", UnreadableInput, "no text"),
        ("notes.pdf", b"%PDF-1.4\n%\xe2\xe3", UnsupportedFormat, "PDF is not read; export it as text or HTML first"),
        ("notes.txt", b"%PDF-1.4\n%\xe2\xe3", UnsupportedFormat, "PDF is not read"),
        ("a.docx", b"PK\x03\x04", UnsupportedFormat, "an archive is not read"),
        ("a.zip", b"PK\x03\x04", UnsupportedFormat, "an archive is not read; unpack it"),
        ("a.png", b"\x89PNG\r\n\x1a\n", UnsupportedFormat, "an image is not read"),
        ("broken.txt", b"Plain words, then \xff\xfe\xfa broken ones.", UnreadableInput, "byte 0xff at 18"),
        ("binary.txt", bytes(range(32)) * 20, UnreadableInput, "binary"),
        ("login.html", b"<html><form><input type=password></form></html>", UnreadableInput, "no article on this HTML page"),
        ("a.unknown", b"\x7fELF", UnsupportedFormat, "a program is not read"),
    ],
)
def test_bad_input_is_one_line_with_a_way_out(tmp_path, name, body, error, words):
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(error) as caught:
        read(path)
    assert words in caught.value.message
    assert caught.value.message.startswith(f"{path}: ")
    assert "\n" not in caught.value.message
    assert caught.value.exit_code == 3
    assert caught.value.hint


def test_a_missing_file_is_not_found(tmp_path):
    for source in (str(tmp_path / "none.txt"), "no\0such", "x" * 5_000):
        with pytest.raises(InputError) as caught:
            read(source)
        assert isinstance(caught.value, NotFound | UnreadableInput)


def test_a_huge_file_is_refused_unread(tmp_path, monkeypatch):
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(1 << 30)
    monkeypatch.setattr(type(path), "open", lambda *_, **__: pytest.fail("opened"))
    with pytest.raises(TextTooLong, match="1,073,741,824 bytes"):
        read(path)


def test_an_endless_device_is_read_to_the_limit_only():
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero on this system")
    with pytest.raises(GraphkitError):
        read("/dev/zero")


def test_a_file_that_may_not_be_read_says_so(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(BODY)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(UnreadableInput, match="permission denied"):
        read(path)


@pytest.mark.parametrize("source", ["ftp://example.org/a", "file:///etc/passwd"])
def test_other_schemes_are_blocked_by_name(source):
    with pytest.raises(GraphkitError, match="only http and https"):
        read(source)


def test_read_takes_one_article(tmp_path):
    path = tmp_path / "two.jsonl"
    path.write_text('{"text": "One of it."}\n{"text": "Two of it."}\n')
    with pytest.raises(UsageError, match="several articles"):
        read(path)
    path.write_text('{"text": "One of it."}\n')
    assert read(path, overrides=Overrides(title="T")).title == "T"


def test_parse_knows_documents_that_gather_did_not_make():
    assert parse(Document(b"<!DOCTYPE html><p>" + BODY.encode() * 5, "", "a")).text == BODY * 5
    with pytest.raises(UnsupportedFormat, match="a feed holds several"):
        parse(Document(b"<rss>", "application/rss+xml", "a"))
    with pytest.raises(UnsupportedFormat, match="PDF"):
        parse(Document(b"%PDF-1.4", "text/plain", "a"))
    with pytest.raises(TextTooLong):
        parse(Document(b"a" * (MAX_FILE_BYTES + 1), "text/plain", "a"))
    assert parse(Document(BODY.encode(), "text/plain", "a", url="https://www.example.org/x")).outlet == "example.org"


def test_importing_reading_is_cheap():
    script = "import sys, graphkit.reading; print([m for m in ('trafilatura', 'lxml', 'urllib3', 'fastwarc', 'feedparser', 'dateparser') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_plain_text_needs_no_html_library(seed_path):
    script = f"import sys, graphkit.reading as r; r.read({str(seed_path)!r}); print([m for m in ('trafilatura', 'lxml', 'fastwarc', 'dateparser') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
