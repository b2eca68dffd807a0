"""Read actor corpora in column format (one word a line, its BIO tag in another column) as running text."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graphkit.extraction.training.labelled import LabelledText

PASSAGE_LENGTH = 500
"""Code points up to which sentences are joined to one passage, so that windows are not mostly padding."""
TYPE_NAMES = {
    "PER": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
    "MISC": "MISC",
    "person": "PER",
    "location": "LOC",
    "corporation": "ORG",
    "group": "ORG",
    "product": "MISC",
    "creative-work": "MISC",
}
CLITICS = frozenset(("n't", "'s", "'re", "'ve", "'ll", "'m", "'d"))
Entity = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns hold the word and the tag, whether MISC is annotated, and whether "# " opens a comment."""

    word: int = 0
    tag: int = -1
    has_misc: bool = False
    has_comments: bool = False


LAYOUTS = {
    "wikigold": Layout(has_misc=True, has_comments=True),
    "uner": Layout(word=1, tag=2, has_comments=True),
    "wnut": Layout(),
    "btc": Layout(),
}


def read_columns(path: Path, layout: Layout) -> Iterator[LabelledText]:
    """Yield passages of about ``PASSAGE_LENGTH`` code points, sentences on lines of their own."""
    text, entities = "", list[Entity]()
    for words, tags in _sentences(path, layout):
        sentence, spans = join_words(words)
        if text and len(text) + len(sentence) > PASSAGE_LENGTH:
            yield LabelledText(path.name, text, None, tuple(entities), layout.has_misc)
            text, entities = "", []
        text += "\n" if text else ""
        shift = len(text)
        text += sentence
        entities += [(spans[a][0] + shift, spans[b - 1][1] + shift, kind) for a, b, kind in tag_spans(tags)]
    if text:
        yield LabelledText(path.name, text, None, tuple(entities), layout.has_misc)


def _sentences(path: Path, layout: Layout) -> Iterator[tuple[list[str], list[str]]]:
    words, tags = list[str](), list[str]()
    for line in [*path.read_text(encoding="utf-8", errors="replace").splitlines(), ""]:
        if not line.strip():
            if words:
                yield words, tags
            words, tags = [], []
        elif not (layout.has_comments and line.startswith("# ")):
            fields = line.split("\t") if "\t" in line else line.split()
            if len(fields) > 1:
                words.append(fields[layout.word])
                tags.append(fields[layout.tag])


def tag_spans(tags: list[str]) -> list[Entity]:
    """Return (first word, word after the last, actor type) of each tagged run whose type is one of ours."""
    spans, begin, name = list[Entity](), -1, ""
    for index, tag in enumerate([*tags, "O"]):
        if begin >= 0 and (tag == "O" or tag.startswith("B") or tag[2:] != name):
            if name in TYPE_NAMES:
                spans.append((begin, index, TYPE_NAMES[name]))
            begin = -1
        if tag != "O" and begin < 0:
            begin, name = index, tag[2:]
    return spans


def join_words(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return the words as text with ordinary spacing, and the character span of each."""
    text, spans = "", list[tuple[int, int]]()
    for word in words:
        is_glued = word in ".,;:!?)]}%" or word in CLITICS
        if text and not is_glued and text[-1] not in "([{$#":
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans
