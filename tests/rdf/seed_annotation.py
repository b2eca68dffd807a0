"""The seed article annotated by hand, as data: what ``seeds/golden.trig`` is made from.

Spans are found by their words in the text, so that no offset is copied; the ones that matter are checked again, as numbers, in
``test_rdf_golden.py``.  The claim of an assertion is the wording of its span.  Not annotated: clauses that only set the scene
("As North Korean troops bolster Putin's war machine"), and places that neither act nor speak (Kursk, Europe, the Pacific).
The call for vigilance is two assertions: what Trump called for, on his word, and that he did, on the author's.
"""

from decimal import Decimal

from graphkit.model import (
    Actor,
    Annotation,
    Article,
    Assertion,
    Attribution,
    Citation,
    ExtractorId,
    Mention,
    Outlet,
    Quantity,
    SkippedSentence,
    Span,
)
from graphkit.resources import folder

TEXT = (folder("seeds") / "seed.md").read_text(encoding="utf-8")

NORTH_KOREA = Actor("country", "North Korea", "Q423")
RUSSIA = Actor("country", "Russia", "Q159")
UKRAINE = Actor("country", "Ukraine", "Q212")
UNITED_STATES = Actor("country", "United States", "Q30")
KIM = Actor("person", "Kim Jong Un", "Q56226")
PUTIN = Actor("person", "Vladimir Putin", "Q7747")
TRUMP = Actor("person", "Donald Trump", "Q22686")
BIDEN_ADMINISTRATION = Actor("organisation", "Biden administration")
STATE_MEDIA = Actor("group", "North Korean state media")
REPORTS = Actor("anonymous", "Reports", anonymous_type="reports")
INTELLIGENCE = Actor("anonymous", "Intelligence sources", anonymous_type="intelligence")


def at(words: str, *, after: str = "") -> Span:
    """Return the span of ``words``, the first at or after the words ``after``."""
    begin = TEXT.index(words, TEXT.index(after))
    return Span(begin, begin + len(words))


def every(words: str) -> list[Span]:
    """Return each span of ``words`` that no letter follows or precedes."""
    spans, begin = [], TEXT.find(words)
    while begin >= 0:
        end = begin + len(words)
        if not TEXT[end : end + 1].isalpha() and not TEXT[begin - 1 : begin].isalpha():
            spans.append(Span(begin, end))
        begin = TEXT.find(words, end)
    return spans


def assertion(span: Span, **labels: object) -> Assertion:
    """Make an assertion whose claim is the wording of its span."""
    return Assertion(span, " ".join(span.of(TEXT).split()), **labels)  # type: ignore[arg-type]


BY_REPORTS = Attribution(REPORTS, "indirect", 1, at("Reports"), at("confirm"))
POSSIBLE = {"certainty": "possible", "claim_type": "predictive", "tense": "future"}

ASSERTIONS = (
    assertion(at("North Korea deepens military ties with Russia"), about=(NORTH_KOREA, RUSSIA)),
    assertion(
        Span(at("North Korea is sending").begin, at("particularly in Kursk").end),
        about=(NORTH_KOREA, RUSSIA),
        loaded=(at("shocking"),),
        quantities=(Quantity(at("6,000"), Decimal(6000), "exactly", "engineers and construction workers"),),
    ),
    assertion(
        Span(at("This move is").begin, at("global security").end),
        claim_type="interpretive",
        about=(KIM, PUTIN),
        loaded=(at("clear"), at("significant", after="This move")),
    ),
    assertion(
        Span(at("over 10,000").begin, at("Russian forces in Ukraine").end),
        voice="attributed",
        about=(NORTH_KOREA, RUSSIA, UKRAINE),
        attributions=(BY_REPORTS,),
        quantities=(Quantity(at("over 10,000"), Decimal(10000), "moreThan", "troops"),),
    ),
    assertion(
        Span(at("contributing to a conflict").begin, at("stability in the region").end),
        voice="attributed",
        about=(UKRAINE,),
        attributions=(BY_REPORTS,),
    ),
    assertion(
        Span(at('"unconditional support"').begin, at("Russia's military efforts").end),
        voice="attributed",
        about=(KIM, RUSSIA),
        attributions=(Attribution(KIM, "direct", 1, at("Kim Jong Un", after="region.\n"), at("pledge")),),
    ),
    assertion(
        at("highlights a dangerous alliance"),
        claim_type="interpretive",
        about=(KIM, RUSSIA),
        loaded=(at("dangerous"),),
    ),
    assertion(
        Span(at("signals a shift").begin, at("North Korea's military capabilities").end),
        **POSSIBLE,
        about=(KIM, NORTH_KOREA),
        hedges=(at("could", after="signals a shift"),),
    ),
    assertion(
        Span(at("this partnership may").begin, at("shells and troops").end),
        **POSSIBLE,
        voice="attributed",
        about=(NORTH_KOREA, RUSSIA),
        attributions=(Attribution(INTELLIGENCE, "indirect", 1, at("Intelligence sources"), at("indicate")),),
        hedges=(at("may", after="this partnership"), at("potentially")),
    ),
    assertion(
        Span(at("This military alliance").begin, at("United States and its allies").end),
        **POSSIBLE,
        about=(UNITED_STATES, NORTH_KOREA, RUSSIA),
        hedges=(at("could", after="This military alliance"),),
        loaded=(at("dire"),),
    ),
    assertion(
        Span(at("North Korean forces").begin, at("heavy casualties in Ukraine").end),
        voice="mixed",
        about=(NORTH_KOREA, UKRAINE),
        attributions=(Attribution(STATE_MEDIA, "indirect", 1, at("state media"), at("showcasing")),),
    ),
    assertion(
        Span(at("it is concerning").begin, at("the Pacific region").end),
        claim_type="evaluative",
        about=(NORTH_KOREA,),
        loaded=(at("concerning"),),
    ),
    assertion(
        Span(at("The implications of").begin, at("other authoritarian regimes").end),
        **POSSIBLE,
        about=(NORTH_KOREA,),
        hedges=(at("could", after="The implications of"),),
    ),
    # "could" of the clause before is still in scope
    assertion(
        Span(at("while presenting").begin, at("allied interests").end),
        **POSSIBLE,
        about=(NORTH_KOREA, UNITED_STATES),
        hedges=(at("could", after="The implications of"),),
        loaded=(at("formidable"),),
    ),
    assertion(
        Span(at("President Trump").begin, at("states like North Korea").end),
        about=(TRUMP, NORTH_KOREA),
        loaded=(at("rogue"),),
    ),
    assertion(
        Span(at("greater vigilance").begin, at("states like North Korea").end),
        voice="attributed",
        claim_type="normative",
        about=(NORTH_KOREA,),
        attributions=(Attribution(TRUMP, "indirect", 1, at("President Trump"), at("has called for")),),
    ),
    assertion(
        Span(at("the Biden administration's").begin, at("further escalation").end),
        claim_type="evaluative",
        about=(BIDEN_ADMINISTRATION, NORTH_KOREA),
        loaded=(at("lackluster"),),
    ),
    assertion(
        Span(at("As the world watches").begin, at("never been clearer").end),
        claim_type="normative",
        about=(NORTH_KOREA, RUSSIA),
        loaded=(at("unholy"),),
    ),
    assertion(
        Span(at("The collaboration between").begin, at("democracy worldwide").end),
        claim_type="normative",
        about=(NORTH_KOREA, RUSSIA),
        loaded=(at("stark"),),
    ),
)

MENTIONS = tuple(
    sorted(
        (
            *(Mention(span, NORTH_KOREA) for span in every("North Korea")),
            *(Mention(span, NORTH_KOREA, "demonym") for span in every("North Korean")),
            *(Mention(span, RUSSIA) for span in every("Russia")),
            *(Mention(span, RUSSIA, "demonym") for span in every("Russian")),
            *(Mention(span, UKRAINE) for span in every("Ukraine")),
            Mention(at("United States"), UNITED_STATES),
            Mention(at("U.S."), UNITED_STATES),
            *(Mention(span, KIM) for span in every("Kim Jong Un")),
            Mention(at("Kim", after="how much longer"), KIM),
            Mention(at("Vladimir Putin"), PUTIN),
            Mention(at("Putin", after="troops bolster"), PUTIN),
            Mention(at("President Trump"), TRUMP),
            Mention(at("Biden administration"), BIDEN_ADMINISTRATION),
        ),
        key=lambda mention: mention.span,
    )
)

CITATIONS = tuple(
    Citation(at(domain, after="Sources:"), "sourceList", Outlet(domain))
    for domain in ("naturalnews.com", "meduza.io", "foxnews.com")
)

SKIPPED = (
    SkippedSentence(at("how much longer will Kim sustain this costly military engagement"), "question"),
    SkippedSentence(Span(at("Sources:").begin, len(TEXT)), "sourceList"),
)

SEED = Annotation(
    Article(TEXT, "Threats loom as North Korea deepens military ties with Russia"),
    ASSERTIONS,
    MENTIONS,
    CITATIONS,
    ExtractorId("hand annotation", "golden-1"),
    skipped=SKIPPED,
)
