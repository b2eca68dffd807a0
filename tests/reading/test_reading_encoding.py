"""Bytes to text: the right letters, or a refusal; never mojibake."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import UnreadableInput
from graphkit.reading.encoding import decode, normalise

FRENCH = "L’été dernier, la mairie a rouvert le pont : « c’est sûr », a dit la maire à la presse déçue."
RUSSIAN = "Мэр города заявил в понедельник, что мост снова открыт для движения, и поблагодарил рабочих за быстрый ремонт. " * 3


@pytest.mark.parametrize(
    "body",
    [
        FRENCH.encode(),
        codecs.BOM_UTF8 + FRENCH.encode(),
        FRENCH.encode("utf-16"),
        codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"),
        FRENCH.encode("utf-16-le"),
        FRENCH.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + FRENCH.encode("utf-32-le"),
        FRENCH.encode("cp1252"),
    ],
    ids=[
        "utf-8",
        "utf-8 mark",
        "utf-16 mark",
        "utf-16-be mark",
        "utf-16-le bare",
        "utf-16-be bare",
        "utf-32 mark",
        "windows-1252",
    ],
)
def test_encodings_are_told_apart(body):
    assert normalise(decode(body, origin="a.txt")) == FRENCH


def test_other_alphabets_are_detected():
    assert decode(RUSSIAN.encode("cp1251"), origin="a.txt") == RUSSIAN
    assert decode(RUSSIAN.encode("koi8-r"), origin="a.txt", stated="koi8-r") == RUSSIAN


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<meta charset="windows-1251">', "cp1251"),
        (b'<META http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        (b'<?xml version="1.0" encoding="iso-8859-5"?><html>', "iso8859-5"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta charset=no-such-thing>", "utf-8"),
        (b"<meta charset=hex>", "utf-8"),
    ],
)
def test_a_page_states_its_encoding(head, encoding):
    assert RUSSIAN in decode(head + RUSSIAN.encode(encoding), origin="a.html", is_html=True)


def test_latin_1_means_windows_1252_on_the_web():
    assert decode("“ok” – 5 €".encode("cp1252"), origin="a.html", stated="ISO-8859-1", is_html=True) == "“ok” – 5 €"


def test_a_mark_beats_what_the_server_says():
    assert normalise(decode(codecs.BOM_UTF8 + FRENCH.encode(), origin="a.txt", stated="koi8-r")) == FRENCH


def test_a_wrong_statement_does_not_spoil_utf_8():
    assert decode(FRENCH.encode(), origin="a.txt", stated="ascii") != ""
    assert decode(("é" * 3 + RUSSIAN).encode(), origin="a.txt", stated="shift_jis").startswith("ééé")


@pytest.mark.parametrize(
    "body",
    [
        b"Plain words and then \xff\xfe\xfd broken ones.",
        b"\xc3\x28 and more of it",
        b"A word\x81\x8d\x90 more words in a line of text",
        bytes(range(128, 256)) * 20,
        b"\x80\x80\x80\x80",
        "Truncated é".encode()[:-1] + b" \xf0\x9f",
    ],
)
def test_undecodable_bytes_are_refused_with_their_place(body):
    with pytest.raises(UnreadableInput, match=r"a\.txt: byte 0x[0-9a-f]{2} at \d+"):
        decode(body, origin="a.txt")


@pytest.mark.parametrize(
    "body", [b"\0\1\2\3" * 50, b"words " + b"\0" * 30, bytes(range(32)) * 9, b"MZ\x90\0\3\0\0\0\4\0\0\0" * 9]
)
def test_binary_content_is_refused(body):
    with pytest.raises(UnreadableInput, match=r"binary|fits neither"):
        decode(body, origin="a.txt")


def test_a_page_may_have_a_few_broken_bytes():
    page = ("<html><p>" + FRENCH * 40 + "</p>").encode()
    broken = page.replace("été".encode(), "été".encode()[:-1], 1)
    assert decode(broken, origin="a.html", is_html=True).count("\ufffd") == 1
    with pytest.raises(UnreadableInput):
        decode(broken, origin="a.txt")


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    assert not set(once) & {"\r", "\0"}
    assert not once.startswith("\ufeff")
    once.encode()


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_utf_8_text_comes_back_as_it_was(text):
    try:
        assert normalise(decode(text.encode(), origin="a.txt")) == normalise(text)
    except UnreadableInput as error:
        assert "binary" in error.message or any(character < " " for character in text)  # noqa: PT017


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(body):
    try:
        normalise(decode(body, origin="a.txt")).encode()
    except UnreadableInput as error:
        assert error.message.startswith("a.txt: ")  # noqa: PT017


def test_normalise_by_hand():
    assert normalise("\ufeffe\u0301\r\nx\ry\0\ud800z") == "é\nx\nyz"
