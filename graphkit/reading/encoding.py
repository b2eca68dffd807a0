"""Bytes to text: which encoding, and the one normal form that all offsets count in.

Order of trust, as browsers have it: byte-order mark, what the server or the user said, what the page says of itself, UTF-8,
detection.  A byte that fits nowhere is an error and not a wrong letter.  The one leniency is for HTML: a page in UTF-8 with a few
broken bytes (cut captions, pasted Latin-1) is read with U+FFFD in their place, as every browser does.
"""

import codecs
import re
import unicodedata

from graphkit.errors import UnreadableInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a label means on the web (WHATWG Encoding Standard, §4.2) where Python's codec of that name is narrower.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_HTML_HEAD = 4_096
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}[\"']([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_UNWANTED = re.compile("[\x00\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DETECTION_BYTES = 200_000
# A letter beyond ASCII that stands alone and is none of the one-letter words of French, Italian, Spanish, Portuguese.
_STRAY_LETTER = re.compile(r"(?<![^\W_])[^\W\da-zA-Z_àÀéÉèÈóÓòÒôÔíÍêâåÅäöÖøªº](?![^\W_])")
# Letters and signs of Western newspapers; the rest of Windows-1252 stands in no text one meets ("ÿþ" is a broken file).
_WESTERN = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøœùúûüßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜŠšŽž“”‘’‚„–—…•€£§©®°«»·¡¿´\u00a0\u00adºª½¼¾²³×†™"
)
MAX_BROKEN_SHARE = 0.001
"""Share of broken bytes up to which an HTML page still counts as UTF-8."""


def normalise(text: str) -> str:
    """Return ``text`` in the form that offsets count in: NFC, LF line ends, no leading byte-order mark, no NUL or lone surrogate.

    Doing it twice changes nothing.
    """
    cleaned = _UNWANTED.sub("", text).lstrip("\ufeff")
    return unicodedata.normalize("NFC", _LINE_END.sub("\n", cleaned))


def decode(body: bytes, *, origin: str, stated: str | None = None, is_html: bool = False) -> str:
    """Decode the bytes of one text or page; the result is not normalised yet.

    Args:
        body: The bytes as they came.
        origin: What the user named, for the message.
        stated: The encoding that the server or the user states.
        is_html: Look for the page's own statement, and bear a few broken bytes.

    Raises:
        UnreadableInput: The bytes are no text, or fit no encoding.
    """
    for candidate in _candidates(body, stated, is_html):
        text = _try_decode(body, candidate)
        if text is not None:
            return _refuse_binary(text, origin)
    if is_html and (text := _decode_with_few_broken(body)) is not None:
        return _refuse_binary(text, origin)
    return _detect(body, origin)


def _candidates(body: bytes, stated: str | None, is_html: bool) -> list[str]:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return [name]
    names = [stated] if stated else []
    if is_html:
        head = body[:_HTML_HEAD]
        names += [match[1].decode("ascii") for match in (_XML_ENCODING.search(head), _META_CHARSET.search(head)) if match]
    known = [_codec(name) for name in names]
    wide = [_wide_guess(body)]
    return [name for name in dict.fromkeys([*wide, *known, "utf-8"]) if name]


def _wide_guess(body: bytes) -> str | None:
    """Return UTF-16 where every other byte of the beginning is NUL: such files often come without a mark."""
    head = body[:1_000]
    if len(head) < 4 or b"\0" not in head:
        return None
    even, odd = head[0::2].count(0) / len(head[0::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None


def _codec(name: str) -> str | None:
    """Return Python's codec for a label, widened as the web means it, or None for an unknown or non-text one."""
    try:
        info = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    # A page that states UTF-16 in ASCII bytes is lying (WHATWG: read as UTF-8); "hex" and "rot13" are no encodings of text.
    if info.name.startswith(("utf-16", "utf-32", "utf-7")) or not getattr(info, "_is_text_encoding", True):
        return None
    return _WIDER.get(info.name, info.name)


def _try_decode(body: bytes, name: str) -> str | None:
    try:
        return body.decode("utf-8-sig" if name == "utf-8" else name)
    except (UnicodeDecodeError, ValueError):
        return None


def _decode_with_few_broken(body: bytes) -> str | None:
    text = body.decode("utf-8", errors="replace")
    broken = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    return text if broken <= max(1, MAX_BROKEN_SHARE * len(body)) and _is_broken_utf8(body) else None


def _detect(body: bytes, origin: str) -> str:
    if _is_broken_utf8(body):
        raise _undecodable(body, origin)
    western = _try_decode(body, "cp1252")
    if western is not None and _reads_as_western(western):
        return _refuse_binary(western, origin)
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_DETECTION_BYTES], preemptive_behaviour=False).best()
    text = _try_decode(body, best.encoding) if best is not None and best.coherence > 0.3 and best.chaos < 0.1 else None
    if text is None:
        raise _undecodable(body, origin)
    return _refuse_binary(text, origin)


def _reads_as_western(text: str) -> bool:
    """Say whether all that is beyond ASCII looks like a Western newspaper: its letters, inside words, and few of them."""
    beyond = [character for character in text if character > "\x7f"]
    is_plausible = len(beyond) * 4 <= len(text) and _WESTERN.issuperset(beyond)
    return is_plausible and _STRAY_LETTER.search(text) is None


def _is_broken_utf8(body: bytes) -> bool:
    """Say whether there are more whole UTF-8 sequences than broken bytes: then no other encoding is meant."""
    text = body.decode("utf-8", errors="replace")
    whole = sum(character > "\x7f" for character in text) - text.count("\ufffd")
    return whole > text.count("\ufffd")


def _undecodable(body: bytes, origin: str) -> UnreadableInput:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        where = f"byte 0x{body[error.start]:02x} at {error.start:,}"
    else:
        where = "its bytes"
    return UnreadableInput(
        f"{origin}: {where} fits neither UTF-8 nor any encoding that was stated or detected", hint="convert the file to UTF-8"
    )


def _refuse_binary(text: str, origin: str) -> str:
    sample = text[:100_000]
    strange = len(_CONTROL.findall(sample)) + 10 * sample.count("\0")
    if strange * 50 > len(sample):
        raise UnreadableInput(f"{origin}: the content is binary, not text", hint="give plain text, Markdown or HTML")
    return text
