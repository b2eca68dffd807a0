"""One article in, its annotation out: the order in which the parts of the room work."""

from collections.abc import Sequence
from dataclasses import replace

from graphkit.extraction.actors.entities import named_entities
from graphkit.extraction.actors.mentions import find_mentions
from graphkit.extraction.actors.peoples import with_peoples
from graphkit.extraction.actors.sources import Speakers
from graphkit.extraction.actors.styled_names import with_styles
from graphkit.extraction.assertions.building import Builder
from graphkit.extraction.attribution.boundaries import within_bounds
from graphkit.extraction.attribution.rules import RuleExtractor, paragraph_views
from graphkit.extraction.attribution.speakers import with_right_speakers
from graphkit.extraction.attribution.supplement import supplemented
from graphkit.extraction.attribution.terms import without_terms
from graphkit.extraction.attribution.told import as_told
from graphkit.extraction.attribution.unspoken import left_alone
from graphkit.extraction.attribution.view import View
from graphkit.extraction.attribution.wholes import made_whole
from graphkit.extraction.citations import find_citations
from graphkit.extraction.protocol import Extractor, RawAttribution, Tagged
from graphkit.knowledge.checks import background_notes
from graphkit.knowledge.outlets import find_outlet_names
from graphkit.limits import MAX_ASSERTIONS
from graphkit.model import Annotation, Article
from graphkit.reading.front_matter import read_front_matter


def annotate(article: Article, extractor: Extractor) -> Annotation:
    """Return all that ``extractor`` and the rules find in ``article``; a pure function of the two."""
    prose = _without_front_matter(article)
    tagged = extractor.tag(prose.text)
    views = paragraph_views(prose.text)
    attributions = _attributions(prose, views, extractor, tagged)
    outlets = find_outlet_names(prose.text)
    entities = named_entities(prose.text, views, tagged.entities, attributions, outlets)
    index = find_mentions(prose, entities)
    citations = find_citations(article, outlets)
    speakers = Speakers(article.text, index, citations, prose.title_span)
    # who speaks is told by names; a people that is named so is no speaker's name ("many Mexicans")
    mentions = with_peoples(article.text, index.mentions, entities)
    builder = Builder(article.text, replace(index, mentions=mentions), speakers)
    assertions, skipped = builder.build(views, attributions)
    annotation = Annotation(
        article=article,
        assertions=tuple(assertions[:MAX_ASSERTIONS]),
        mentions=tuple(with_styles(article.text, mentions)),
        citations=citations,
        extractor=extractor.id,
        skipped=tuple(skipped),
    )
    return replace(annotation, notes=background_notes(annotation))


def _without_front_matter(article: Article) -> Article:
    """Return the article with its front matter blanked: what stands there is stated of the article, not in it; offsets stay."""
    end, title = read_front_matter(article.text).end, article.title_span
    title = title if title is not None and title.begin >= end else None
    return replace(article, text=" " * end + article.text[end:], title_span=title) if end else article


def _attributions(article: Article, views: Sequence[View], extractor: Extractor, tagged: Tagged) -> tuple[RawAttribution, ...]:
    """Return the extractor's attributions, and where it is not the rules themselves, what rules know better."""
    if isinstance(extractor, RuleExtractor):
        found = tuple(tagged.attributions)
    else:
        rules = RuleExtractor(article.language).tag(article.text).attributions
        spoken = with_right_speakers(views, tagged.attributions, rules)
        bounded = tuple(made_whole(article.text, views, within_bounds(article.text, views, spoken), rules))
        found = supplemented(article.text, views, bounded, rules, article.title_span)
    found = (*found, *left_alone(article.text, views, found))
    return without_terms(article.text, [as_told(article.text, raw) for raw in found])
