"""Random annotations for property tests: odd texts, spans anywhere, every field in use."""

from decimal import Decimal
from typing import get_args

from hypothesis import strategies as st

from graphkit import model
from graphkit.model import (
    Actor,
    Annotation,
    Article,
    Assertion,
    Attribution,
    Citation,
    ExtractorId,
    Mention,
    Note,
    Outlet,
    Quantity,
    Span,
)
from graphkit.rdf.identifiers import canonical_wording

ODD = 'ab C\n\t"\\é😀—‘\u2028\x0b\x00\x7f\ufeff\ufffe<>{}|^`%_@\r'
# a few odd strings, and random ones: drawing every string at random takes most of a test's time
texts = st.one_of(
    st.sampled_from(
        [*ODD, "é e\u0301", 'said "no"\\', "a  b", "<script>alert(1)</script>", "'; DROP GRAPH <x>", "line\r\nline", "😀—bé"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
)
words = texts.map(canonical_wording).filter(bool)
domains = st.sampled_from(["alpha.example.org", "beta.example.net", "xn--bcher-kva.example", "gamma.example.com"])
outlets = domains.map(Outlet)
scores = st.one_of(st.none(), st.floats(0, 1))
addresses = st.one_of(
    st.none(),
    st.sampled_from(
        ["https://alpha.example.org/a?b=c#d", "https://alpha.example.org/ü", "https://a.example/[1] 2", "no address", "%"]
    ),
    texts,
)


def listed(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(getattr(model, name)))


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    kind = draw(listed("ActorKind"))
    if kind == "anonymous":
        name = draw(words)
        # one label of one article is one node, so its type follows from it here
        sorts = (None, *get_args(model.AnonymousType))
        return Actor("anonymous", name, None, sorts[len(name) % len(sorts)])
    if draw(st.booleans()):
        number = draw(st.integers(1, 40))
        # an actor with an id always carries the name and kind that the tables give the id
        return Actor(("person", "country", "organisation", "group")[number % 4], f"Known {number}", f"Q{number}")
    return Actor(kind, draw(words))


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    text = "".join(draw(st.lists(texts, min_size=3, max_size=12)))
    size = len(text)
    spans = st.tuples(st.integers(0, size - 1), st.integers(1, size)).map(
        lambda pair: Span(min(pair[0], pair[1] - 1), max(pair[0] + 1, pair[1]))
    )
    maybe_span = st.one_of(st.none(), spans)
    parties = st.one_of(actors(), outlets)
    few = st.lists(spans, max_size=3, unique=True).map(tuple)

    def spread(thing: st.SearchStrategy, count: int = 2) -> st.SearchStrategy:
        return st.lists(thing, max_size=count, unique_by=lambda one: one.span).map(tuple)

    attribution = st.builds(
        Attribution, source=parties, mode=listed("Mode"), depth=st.integers(1, 3), source_span=maybe_span, cue_span=maybe_span
    )
    quantities = draw(
        spread(
            st.builds(
                Quantity,
                span=spans,
                value=st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9).map(
                    lambda v: v + Decimal(0)
                ),
                comparator=listed("Comparator"),
                unit=st.one_of(st.none(), texts),
            )
        )
    )
    assertion = st.builds(
        Assertion,
        span=spans,
        claim=words,
        voice=listed("Voice"),
        certainty=listed("Certainty"),
        polarity=listed("Polarity"),
        tense=listed("Tense"),
        claim_type=listed("ClaimType"),
        about=st.lists(parties, max_size=3, unique=True).map(tuple),
        attributions=st.lists(attribution, max_size=3, unique=True).map(tuple),
        hedges=few,
        loaded=few,
        quantities=st.lists(st.sampled_from(quantities), unique=True).map(tuple) if quantities else st.just(()),
        checkworthiness=scores,
        confidence=scores,
    )
    mention = st.builds(
        Mention,
        span=spans,
        actor=actors(),
        kind=listed("MentionKind"),
        runner_up=st.lists(actors(), max_size=3, unique=True).map(tuple),
    )
    about_citation = {
        "span": spans,
        "kind": listed("CitationKind"),
        "candidates": st.lists(domains, max_size=2, unique=True).map(tuple),
        "via": st.one_of(st.none(), parties),
        "url": addresses.filter(lambda url: url != ""),
        "margin": st.one_of(st.none(), st.floats(-1e6, 1e6), st.just(float("inf"))),
        "is_guess": st.booleans(),
    }
    citation = st.one_of(
        st.builds(Citation, outlet=outlets, name=st.one_of(st.none(), texts), **about_citation),
        st.builds(Citation, outlet=st.none(), name=words, **about_citation),
    )
    note = st.builds(Note, kind=words, spans=few.filter(bool), question=texts, fact=texts, fact_source=texts)
    article = Article(
        text,
        draw(texts),
        url=draw(addresses),
        outlet=draw(st.one_of(st.none(), domains)),
        published=draw(st.one_of(st.none(), st.dates().map(str))),
        language=draw(st.sampled_from(["en", "de", "en-GB", "x", ""])),
        authors=draw(st.lists(texts.filter(lambda name: "; " not in name), max_size=3, unique=True).map(tuple)),
    )
    return Annotation(
        article,
        draw(spread(assertion)),
        draw(spread(mention)),
        draw(spread(citation)),
        ExtractorId(draw(texts), draw(texts), draw(st.one_of(st.just(""), texts))),
        draw(st.lists(note, max_size=2, unique_by=lambda one: (one.kind, tuple(sorted(one.spans)))).map(tuple)),
    )
