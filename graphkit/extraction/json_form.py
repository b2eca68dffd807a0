"""An annotation as one JSON object: what ``graphkit extract`` prints, as ``annotation.schema.json`` describes it.

Every find stands as ``{"begin", "end", "text"}`` in code points of ``article.text``.  Actors are listed once and referred to by
``actor`` ids ("actor1", …), assertions by "assertion1", …, in text order; ids hold within one object only.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from graphkit.model import Actor, Annotation, Article, Assertion, Attribution, Citation, Mention, Note, Outlet, Quantity, Span

Json = dict[str, Any]


@cache
def annotation_schema() -> Json:
    """Return the JSON Schema (2020-12) of ``annotation_to_json``'s result."""
    schema: Json = json.loads((files("graphkit.extraction") / "annotation.schema.json").read_text(encoding="utf-8"))
    return schema


def annotation_to_json(annotation: Annotation) -> Json:
    """Return an annotation as plain JSON types; the same annotation gives the same object, key order included."""
    return _Writer(annotation.article.text).write(annotation)


@dataclass(slots=True)
class _Writer:
    """Writes one annotation, numbering actors as they first appear."""

    text: str
    actors: dict[Actor, str] = field(default_factory=dict)

    def write(self, annotation: Annotation) -> Json:
        article = annotation.article
        assertions = list(annotation.assertions)
        names = [f"assertion{number}" for number in range(1, len(assertions) + 1)]
        written: Json = {
            "id": article.url or f"sha256:{article.text_sha256}",
            "extractor": {
                "name": annotation.extractor.name,
                "version": annotation.extractor.version,
                "options": annotation.extractor.options,
            },
            "article": _article(article),
            "assertions": [self._assertion(name, item) for name, item in zip(names, assertions, strict=True)],
            "attributions": [
                self._attribution(name, item, link)
                for name, item in zip(names, assertions, strict=True)
                for link in item.attributions
            ],
            "mentions": [self._mention(mention) for mention in annotation.mentions],
            "citations": [self._citation(citation) for citation in annotation.citations],
            "numbers": [self._quantity(quantity) for quantity in quantities_of(assertions)],
            "notes": [self._note(note) for note in annotation.notes],
            "skipped": [self._span(item.span) | {"reason": item.reason} for item in annotation.skipped],
        }
        return written | {"actors": [_actor(actor) | {"id": name} for actor, name in self.actors.items()]}

    def _span(self, span: Span) -> Json:
        return {"begin": span.begin, "end": span.end, "text": span.of(self.text)}

    def _spans(self, spans: Iterable[Span]) -> list[Json]:
        return [self._span(span) for span in spans]

    def _actor_id(self, actor: Actor) -> str:
        return self.actors.setdefault(actor, f"actor{len(self.actors) + 1}")

    def _party(self, party: Actor | Outlet) -> Json:
        return {"outlet": party.domain} if isinstance(party, Outlet) else {"actor": self._actor_id(party)}

    def _assertion(self, name: str, assertion: Assertion) -> Json:
        return {
            "id": name,
            **self._span(assertion.span),
            "claim": assertion.claim,
            "voice": assertion.voice,
            "certainty": assertion.certainty,
            "polarity": assertion.polarity,
            "tense": assertion.tense,
            "claim_type": assertion.claim_type,
            "about": [self._party(party) for party in assertion.about],
            "hedges": self._spans(assertion.hedges),
            "loaded": self._spans(assertion.loaded),
            "numbers": self._spans(quantity.span for quantity in assertion.quantities),
            "checkworthiness": assertion.checkworthiness,
            "confidence": assertion.confidence,
        }

    def _attribution(self, name: str, assertion: Assertion, link: Attribution) -> Json:
        return {
            "assertion": name,
            "depth": link.depth,
            "mode": link.mode,
            "source": self._party(link.source),
            "source_span": self._span(link.source_span) if link.source_span else None,
            "cue_span": self._span(link.cue_span) if link.cue_span else None,
            "content_span": self._span(assertion.span),
        }

    def _mention(self, mention: Mention) -> Json:
        return {
            **self._span(mention.span),
            "actor": self._actor_id(mention.actor),
            "kind": mention.kind,
            "runner_up": [_actor(actor) for actor in mention.runner_up],
        }

    def _citation(self, citation: Citation) -> Json:
        return {
            **self._span(citation.span),
            "kind": citation.kind,
            "outlet": citation.outlet.domain if citation.outlet else None,
            "name": citation.name,
            "candidates": list(citation.candidates),
            "via": self._party(citation.via) if citation.via else None,
            "url": citation.url,
            "margin": citation.margin,
            "is_guess": citation.is_guess,
        }

    def _quantity(self, quantity: Quantity) -> Json:
        value = quantity.value
        return {
            **self._span(quantity.span),
            "value": int(value) if value == value.to_integral_value() else float(value),
            "unit": quantity.unit,
            "comparator": quantity.comparator,
        }

    def _note(self, note: Note) -> Json:
        return {
            "kind": note.kind,
            "spans": self._spans(note.spans),
            "question": note.question,
            "fact": note.fact,
            "fact_source": note.fact_source,
        }


def quantities_of(assertions: Iterable[Assertion]) -> list[Quantity]:
    """Return the quantities of assertions, each once, in text order."""
    return sorted({quantity for assertion in assertions for quantity in assertion.quantities}, key=lambda q: (q.span, q.value))


def _actor(actor: Actor) -> Json:
    return {"kind": actor.kind, "name": actor.name, "wikidata": actor.wikidata, "anonymous_type": actor.anonymous_type}


def _article(article: Article) -> Json:
    return {
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "published": article.published,
        "language": article.language,
        "authors": list(article.authors),
        "links": [{"begin": link.span.begin, "end": link.span.end, "url": link.url} for link in article.links],
        "text": article.text,
    }
