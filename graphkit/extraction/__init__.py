"""Article → Annotation: who says what, how surely, about whom, and where an article points to.

Decisions that cost something to reverse:

* Extraction is a pure function of the article and the extractor: no network, no clock, no store.
* An extractor finds spans (attributions, entities); everything else (voice, hedges, numbers, actors, coreference, what is
  skipped) is done by rules of this room, whichever extractor was used.
* Every sentence is accounted for: it yields assertions, or stands in ``skipped`` with a reason.
* There is no parser.  Word lists written by hand and rules of context take its place, see ``extraction.language``.
* An assertion's ``claim`` is its own wording; nothing is paraphrased.
"""

from typing import TYPE_CHECKING

from graphkit.extraction.json_form import annotation_schema, annotation_to_json

if TYPE_CHECKING:
    from graphkit.extraction.protocol import Extractor
    from graphkit.model import Annotation, Article

__all__ = ["annotation_schema", "annotation_to_json", "extract"]


def extract(article: "Article", extractor: "str | Extractor | None" = None) -> "Annotation":
    """Return all that can be found in an article: assertions, attributions, mentions, citations, quantities, notes.

    Args:
        article: What to read; offsets of the result are code points of ``article.text``.
        extractor: A name ("model", "rules", a plug-in's) or an object; the model where its weights are packaged, else the rules.

    Raises:
        TextTooLong: The text exceeds ``limits.MAX_TEXT``.
        NotFound: No extractor of that name.
        StoreError: The packaged model is missing or damaged.
    """
    from graphkit.errors import TextTooLong
    from graphkit.extraction import registry
    from graphkit.extraction.pipeline import annotate
    from graphkit.limits import MAX_TEXT

    if len(article.text) > MAX_TEXT:
        raise TextTooLong(f"the text has {len(article.text)} characters", hint=f"at most {MAX_TEXT} are read")
    return annotate(article, registry.choose(extractor, language=article.language))
