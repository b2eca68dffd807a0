"""One article in, its annotation out: the order in which the parts of the room work."""

from graphkit.extraction.actors.mentions import find_mentions
from graphkit.extraction.actors.names import find_names
from graphkit.extraction.actors.sources import Speakers
from graphkit.extraction.assertions.building import Builder
from graphkit.extraction.attribution.rules import paragraph_views
from graphkit.extraction.protocol import Extractor
from graphkit.limits import MAX_ASSERTIONS
from graphkit.model import Annotation, Article, Citation, Note


def annotate(article: Article, extractor: Extractor) -> Annotation:
    """Return all that ``extractor`` and the rules find in ``article``; a pure function of the two."""
    tagged = extractor.tag(article.text)
    views = list(paragraph_views(article.text))
    entities = tagged.entities or tuple(entity for view in views for entity in find_names(view))
    index = find_mentions(article, entities)
    citations = _citations(article)
    builder = Builder(article.text, index, Speakers(article.text, index, citations))
    assertions, skipped = builder.build(views, tagged.attributions)
    annotation = Annotation(
        article=article,
        assertions=tuple(assertions[:MAX_ASSERTIONS]),
        mentions=index.mentions,
        citations=citations,
        extractor=extractor.id,
        skipped=tuple(skipped),
    )
    return _with_notes(annotation)


def _citations(article: Article) -> tuple[Citation, ...]:
    try:
        from graphkit.extraction.citations import find_citations
    except ImportError:
        return ()
    return find_citations(article)


def _with_notes(annotation: Annotation) -> Annotation:
    try:
        from graphkit.knowledge.checks import background_notes
    except ImportError:
        return annotation
    from dataclasses import replace

    notes: tuple[Note, ...] = background_notes(annotation)
    return replace(annotation, notes=notes)
