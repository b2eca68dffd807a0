"""Personal and organisational names that no table knows, by capitals, titles and last words."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from graphkit.extraction.attribution.phrases import speaking_nouns
from graphkit.extraction.attribution.view import Range, View
from graphkit.extraction.language.lexicon import word_classes
from graphkit.extraction.protocol import RawAttribution, RawMention

_RULE_CONFIDENCE = 0.6
_WEAK_CONFIDENCE = 0.5
_INITIAL_GAP = re.compile(r"\.(?:\s[A-Z]\.){0,2}\s[A-Z][^\W\d_]+")
_TRAILING = re.compile(r"(?:['’]s?|[\s,.;:]|\s(?:of|for|the|and|in|at|to|on|de))+$")
_LEADING = re.compile(r"(?:[\s,.;:(“\"‘']+|(?:[Tt]he|[Aa]n?)\s)+")
_BASED = re.compile(
    r"[A-Z][\w.]*(?:-[A-Z][\w.]*)*-(?:based|owned|backed|run|led|born|controlled|funded|listed|registered)\s(?=[A-Z])"
)
_PARTED = re.compile(r"\n|[!?]\s|\s[‘“\"(\[/|]|\s/\s|\.\s(?=[A-Z][a-z]*-$)")
_REST_OF_WORD = re.compile(r"[a-zß-ÿ]{1,30}|-[A-Z][^\W\d_]{1,30}|(?<=-)[A-Z][^\W\d_]{1,30}")
_LONGEST_PERSON = 4
_PEOPLES = ("ans", "ians", "ists", "ers", "ese", "ish", "crats", "ents", "icans", "ites", "ists", "i")


@cache
def titles(kind: str) -> frozenset[str]:
    """Return the words of one class of ``titles.txt``."""
    return word_classes("titles")[kind]


@cache
def first_names() -> frozenset[str]:
    """Return the first names of people in lower case."""
    classes = word_classes("first_names")
    return classes["male"] | classes["female"]


def is_title(word: str, following: str) -> bool:
    """Say whether a word before a personal name belongs to a title: "Senator", "Insp", and "District" before "Attorney"."""
    first, second = (one.lower().rstrip(".") for one in (word, following))
    if first in titles("person") or first in titles("abbreviated"):
        return True
    return first in titles("before_title") and (second in titles("person") or second in titles("abbreviated"))


def is_body_name(words: str) -> bool:
    """Say whether a wording can name a body: it has a capital, is no text or deed ("Constitution", "… Act") and no mere acronym."""
    parts = words.split()
    if not any(character.isupper() for character in words) or words[0].isdigit():
        return False
    head = re.split(r"\s(?:of|on|for)\s", words, maxsplit=1)[0].split()[-1] if parts else ""
    lower = [part.lower().strip(".,") for part in parts]
    if len(parts) > 1 and (head.lower().removesuffix("s") in titles("office_holder") or head.lower() in titles("place_head")):
        return False
    return not (head.lower() in titles("no_body") or lower[-1] in titles("no_body") or words.lower() in titles("no_acronym"))


def _whole_words(text: str, begin: int, end: int) -> tuple[int, int]:
    """Return a name on one line, without what a quotation mark or slash parts from it, and with the rest of a word cut in two."""
    cut = _PARTED.search(text, begin, end)
    if cut is not None and cut.start() > begin:
        end = cut.start()
    rest = _REST_OF_WORD.match(text, end) if text[end - 1].isalpha() or text[end - 1] == "-" else None
    return begin, rest.end() if rest else end


def trim_name(text: str, mention: RawMention) -> RawMention | None:
    """Return a name without article, titles, possessive ending or stray preposition; completed where it was cut at an initial."""
    begin, end = _whole_words(text, mention.begin, mention.end)
    leading = _LEADING.match(text, begin, end)
    if (
        leading
        and leading.end() < end
        and not (
            mention.label == "ORG"
            and text[begin].isupper()
            and leading.group().strip() == "The"
            and text[leading.end()].islower()
        )
    ):
        begin = leading.end()
    described = _BASED.match(text, begin, end)
    if described is not None:
        begin = described.end()
    if mention.label == "PER":
        begin = _after_titles(text, begin, end)
        if text[end - 1 : end].isupper() and text[max(0, end - 2)] in " .":
            rest = _INITIAL_GAP.match(text, end)
            end = rest.end() if rest and rest.group().split()[-1].lower() not in titles("no_name") else end
    trailing = _TRAILING.search(text[begin:end])
    if trailing:
        end = begin + trailing.start()
    return RawMention(begin, end, mention.label, mention.confidence) if begin < end and text[begin:end].strip() else None


def _after_titles(text: str, begin: int, end: int) -> int:
    while True:
        word, space, _ = text[begin:end].partition(" ")
        if not space or not is_title(word, text[begin + len(word) + 1 : end].split(" ", 1)[0]):
            return begin
        begin += len(word) + 1


def find_names(view: View) -> Iterator[RawMention]:
    """Yield names of people and organisations of one paragraph; places and things are not asked for."""
    for run in capital_runs(view):
        yield from _names_of(view, run)


def titled_people(view: View) -> Iterator[RawMention]:
    """Yield what follows a title: "Mrs Tarrant", "Justice A. K. Menon"."""
    for first, last in capital_runs(view):
        skip = first
        while skip < last - 1 and view.word(skip).rstrip(".") in titles("person"):
            skip += 1
        if (
            skip > first
            and last - skip <= _LONGEST_PERSON
            and not any(view.word(i) in titles("organisation") for i in range(skip, last))
            and view.word(last - 1) not in titles("person")
        ):
            yield RawMention(view.tokens[skip].begin, view.tokens[last - 1].end, "PER", _RULE_CONFIDENCE)


def bodies(view: View) -> Iterator[RawMention]:
    """Yield names that their words tell to be bodies: "Harbour Commission", "Ministry of Trade and Industry"."""
    runs = list(capital_runs(view))
    for number, (first, last) in enumerate(runs):
        heads = [i for i in range(first, last) if view.word(i) in titles("organisation")]
        if not heads:
            continue
        end = _of_end(view, last, runs[number + 1 :]) if view.word(last - 1) in titles("organisation") else last
        if end > last or (last - first > 1 and heads[-1] == last - 1):
            yield RawMention(view.tokens[first].begin, view.tokens[end - 1].end, "ORG", _RULE_CONFIDENCE)


def _of_end(view: View, last: int, following: list[Range]) -> int:
    """Return where "… of Trade and Industry" behind the head of a name ends; ``last`` when nothing of the kind follows."""
    end = last
    for first, stop in following[:3]:
        gap = [view.word(i) for i in range(end, first)]
        if (gap in (["of"], ["for"], ["of", "the"], ["for", "the"], ["on"]) and end == last) or (
            end > last and gap == ["and"] and view.word(first) in titles("portfolio")
        ):
            end = stop
        else:
            break
    return end


def names_in_sources(views: Sequence[View], attributions: Iterable[RawAttribution]) -> Iterator[RawMention]:
    """Yield the names that stand as sources: what speaks and has a capital is a person, unless its last word names a body."""
    begins = [view.tokens[0].begin for view in views]
    for raw in attributions:
        for span in raw.sources:
            place = bisect_right(begins, span.begin) - 1
            tokens = views[place].tokens_in(span) if place >= 0 else None
            if tokens is not None:
                yield from _name_in_source(views[place], tokens)


def _name_in_source(view: View, tokens: Range) -> Iterator[RawMention]:
    run = next((run for run in capital_runs(view, *tokens)), None)
    if run is None or run[1] - run[0] > _LONGEST_PERSON + 2 or view.tag(run[0] - 1) == "P":
        return
    if run[1] - run[0] == 1 and view.word(run[0]) in speaking_nouns():
        return
    if all(view.word(i) in titles("person") or view.word(i) in titles("before_title") for i in range(*run)):
        return
    if run[1] - run[0] <= 2 and view.tag(run[0] - 1) == "D":
        yield RawMention(view.tokens[run[0]].begin, view.tokens[run[1] - 1].end, "ORG", _WEAK_CONFIDENCE)
        return
    found = list(_names_of(view, run))
    if found:
        yield from found
    elif run[1] - run[0] <= 3 and not any(view.tokens[i].text.isupper() and len(view.tokens[i].text) > 1 for i in range(*run)):
        end_word = view.word(run[1] - 1)
        if run[1] - run[0] > 1 or not end_word.endswith(_PEOPLES):
            yield RawMention(view.tokens[run[0]].begin, view.tokens[run[1] - 1].end, "PER", _WEAK_CONFIDENCE)


def capital_runs(view: View, first: int = 0, last: int | None = None) -> Iterator[Range]:
    """Yield maximal runs of capitalised words of a token range, particles inside them included."""
    last = len(view.tokens) if last is None else last
    start: int | None = None
    for i in range(first, last + 1):
        inside = i < last and (_is_capital(view, i) or (start is not None and _joins(view, i)))
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            yield start, i
            start = None


def _is_capital(view: View, index: int) -> bool:
    return view.tags[index] == "NP" and view.word(index) not in titles("no_name")


def _joins(view: View, index: int) -> bool:
    return view.tokens[index].text in titles("particle") and index + 1 < len(view.tokens) and _is_capital(view, index + 1)


def _names_of(view: View, run: Range) -> Iterator[RawMention]:
    first, last = run
    words = [view.word(i).rstrip(".") for i in range(first, last)]
    begin, end = view.tokens[first].begin, view.tokens[last - 1].end
    if words[-1] in titles("organisation") and len(words) > 1:
        yield RawMention(begin, end, "ORG", _RULE_CONFIDENCE)
        return
    skip = 0
    while skip < len(words) and words[skip] in titles("person"):
        skip += 1
    before = view.word(first - 1).rstrip(".")
    count = len(words) - skip
    if not count:
        return
    if (skip or before in titles("person")) and count <= _LONGEST_PERSON:
        yield RawMention(view.tokens[first + skip].begin, end, "PER", _RULE_CONFIDENCE)
    elif count == 1 and last - first == 1:
        text = view.tokens[first].text
        if text.isupper() and 2 < len(text) <= 6 and "." not in text and not _shouts(view, first):
            yield RawMention(begin, end, "ORG", _WEAK_CONFIDENCE)
    elif 2 <= count <= 3 and _looks_personal(view, run):
        yield RawMention(begin, end, "PER", _WEAK_CONFIDENCE)


def _shouts(view: View, index: int) -> bool:
    """Say whether the words around are in capitals too, so that capitals tell nothing."""
    near = [view.tokens[i].text for i in range(max(0, index - 2), min(len(view.tokens), index + 3)) if i != index]
    return sum(word.isupper() and len(word) > 1 for word in near) > 1


def _looks_personal(view: View, run: Range) -> bool:
    """Say whether a run of two or three capitalised words is rather a person: it acts, owns, or is described after a comma."""
    first, last = run
    before, follows, after = view.word(first - 1), view.word(last), view.tag(last)
    if before in titles("place_preposition"):
        return False
    for i in range(first, last):
        word = view.tokens[i].text
        if (word.isupper() and len(word) > 2) or not word.replace("-", "").replace("’", "").replace("'", "").replace(
            ".", ""
        ).isalpha():
            return False
    return (
        after in {"V", "H", "M"}
        or view.word(first) in first_names()
        or follows in {"who", "whose"}
        or before in titles("speech")
        or (after == "," and before != ",")
    )
