"""An invented news world of any size, the same for the same seed: outlets on reserved domains, people of made-up syllables.

Its sentences are nonsense of real words in real proportions, so that a page made of it weighs and packs much like a page of news.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

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
    Span,
)
from graphkit.rdf.namespaces import DQV, GK, GKD, PROV, RDF, RDFS, SCHEMA, XSD

SYLLABLES = [
    "ba",
    "be",
    "bri",
    "da",
    "do",
    "el",
    "fa",
    "gor",
    "ha",
    "in",
    "jo",
    "ka",
    "kel",
    "la",
    "lo",
    "ma",
    "mir",
    "na",
    "nor",
    "o",
    "pa",
    "qua",
    "ra",
    "rin",
    "sa",
    "sel",
    "ta",
    "tor",
    "u",
    "va",
    "ven",
    "wi",
    "ya",
    "zo",
]
CUES = ("said", "reported", "confirmed", "claimed", "announced", "denied", "warned")
GROUPS = ("officials", "residents", "two people briefed on the matter", "a spokesman", "analysts")
SHARES = {"outlet": 0.04, "article": 0.22, "claim": 0.54, "actor": 0.13}
TOPIC_SIZE = 400
SMALL = [
    "the",
    "of",
    "to",
    "a",
    "in",
    "and",
    "for",
    "on",
    "that",
    "with",
    "by",
    "at",
    "from",
    "as",
    "it",
    "is",
    "was",
    "has",
    "had",
    "be",
    "were",
    "their",
    "its",
    "an",
    "not",
]


@cache
def vocabulary() -> tuple[str, ...]:
    """Words of our own lexicons, in a fixed order."""
    words: set[str] = set()
    for name in ("verbs", "nouny_verbs", "adjectives", "loaded"):
        text = files("graphkit.extraction.language").joinpath("lexicons", f"{name}.txt").read_text(encoding="utf-8")
        words.update(word for line in text.splitlines() if not line.startswith("#") for word in line.split() if word.isalpha())
    return tuple(sorted(words))


@dataclass
class World:
    """What there is: annotations, and the N-Quads of ratings, links and assessments beside them."""

    annotations: list[Annotation] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def texts(self) -> dict[str, str]:
        """Texts by the identifier of their article."""
        from graphkit.rdf import identifiers

        return {identifiers.article(one.article.url, one.article.text_sha256): one.article.text for one in self.annotations}

    def quads(self) -> Iterator[object]:
        """Quads of the whole world."""
        from pyoxigraph import RdfFormat, parse

        from graphkit.rdf.quads import annotation_to_quads

        for annotation in self.annotations:
            yield from annotation_to_quads(annotation)
        yield from parse("".join(self.extra), format=RdfFormat.N_QUADS)


class _Maker:
    def __init__(self, size: int, seed: int) -> None:
        self.rng = random.Random(seed)
        counts = {kind: max(2, int(size * share)) for kind, share in SHARES.items()}
        self.topics = max(2, size // TOPIC_SIZE)
        self.weights = [self.rng.paretovariate(1.3) for _ in range(self.topics)]
        self.outlets = self._spread([f"{self._name().lower()}{number}.example" for number in range(counts["outlet"])])
        kinds = ("person", "organisation", "country", "person")
        self.actors = self._spread([Actor(kinds[n % 4], f"{self._name()} {self._name()}{n}") for n in range(counts["actor"])])
        self.claims = self._spread([self._sentence() for _ in range(counts["claim"])])
        self.articles = counts["article"]
        self.unused = [list(claims) for claims in self.claims]

    def _name(self) -> str:
        return "".join(self.rng.choices(SYLLABLES, k=self.rng.randint(2, 3))).capitalize()

    def _words(self, count: int) -> str:
        words = vocabulary()
        return " ".join(
            self.rng.choice(SMALL) if self.rng.random() < 0.42 else words[int(len(words) * self.rng.random() ** 1.6)]
            for _ in range(count)
        )

    def _sentence(self, low: int = 9, high: int = 20) -> str:
        return f"{self._words(self.rng.randint(low, high))} {self._name()}"

    def _spread(self, things: list) -> list[list]:
        """Things by topic; every topic has some."""
        topics = self.rng.choices(range(self.topics), self.weights, k=len(things))
        found: list[list] = [[] for _ in range(self.topics)]
        for topic, thing in zip(topics, things, strict=True):
            found[topic].append(thing)
        for topic in found:
            if not topic:
                topic.append(things[0])
        return found

    def pick(self, groups: list[list], topic: int, loyalty: float = 0.9) -> object:
        """One thing, mostly of the topic, early ones preferred: this makes hubs."""
        pool = groups[topic if self.rng.random() < loyalty else self.rng.choices(range(self.topics), self.weights)[0]]
        return pool[int(len(pool) * self.rng.random() ** 3)]

    def claim(self, topic: int) -> str:
        """A claim of the topic: one that nobody has told yet, sometimes one that others told."""
        if self.unused[topic] and self.rng.random() < 0.85:
            return self.unused[topic].pop()
        return str(self.pick(self.claims, topic))

    def annotation(self, number: int, topic: int) -> Annotation:
        """One article with its assertions, each quoted at its place."""
        text, assertions, mentions, outlet = "", [], [], str(self.pick(self.outlets, topic))
        for _ in range(self.rng.randint(2, 3)):
            text += f"{self._sentence()}. "
            claim = self.claim(topic)
            who = self.pick(self.actors, topic)
            if self.rng.random() < 0.14:
                who = Actor("anonymous", self.rng.choice(GROUPS))
            begin, cue = len(text), self.rng.choice(CUES)
            source, cue_span = (
                Span(begin, begin + len(who.name)),
                Span(begin + len(who.name) + 1, begin + len(who.name) + 1 + len(cue)),
            )
            said = f"{who.name} {cue} that "
            hedge = self.rng.random() < 0.3
            start = begin + len(said)
            topic_actor = self.pick(self.actors, topic, 0.7)
            text += f"{said}{'it may be that ' if hedge else ''}{claim}. {self._sentence()}. "
            mentions += [Mention(source, who)] if who.kind != "anonymous" else []
            assertions.append(
                Assertion(
                    Span(start, start + (15 if hedge else 0) + len(claim)),
                    claim[:1].upper() + claim[1:] + ".",
                    voice="attributed",
                    certainty="possible" if hedge else "certain",
                    polarity="negative" if cue == "denied" else "positive",
                    about=(topic_actor,),
                    attributions=(Attribution(who, "indirect", 1, source, cue_span),),
                    hedges=(Span(start + 3, start + 6),) if hedge else (),
                )
            )
        cited = sorted({str(self.pick(self.outlets, topic)) for _ in range(self.rng.randint(1, 2))} - {outlet})
        citations = []
        for domain in cited:
            text += f"Source: {domain} "
            citations.append(Citation(Span(len(text) - 1 - len(domain), len(text) - 1), "mention", Outlet(domain)))
        day = f"2025-{self.rng.randint(1, 12):02d}-{self.rng.randint(1, 28):02d}"
        title = self._sentence(6, 10).capitalize()
        article = Article(text.strip(), title, url=f"https://{outlet}/{number}", outlet=outlet, published=day)
        return Annotation(article, tuple(assertions), tuple(mentions), tuple(citations), ExtractorId("invented", "1"))

    def ratings(self) -> Iterator[str]:
        """Ratings of three outlets in four by one or two families."""
        graph = f"<{GKD}graph-ratings-invented> .\n"
        scale = f"<{GKD}scale-invented>"
        for name, low, high in (("invented", 1, 5),):
            yield f"<{GKD}scale-{name}> <{RDF}type> <{GK}Scale> {graph}"
            yield f'<{GKD}scale-{name}> <{RDFS}label> "Invented scale" {graph}'
            yield f"<{GKD}scale-{name}> <{GK}dimension> <{GK}reliability> {graph}"
            yield f'<{GKD}scale-{name}> <{SCHEMA}worstRating> "{low}"^^<{XSD}integer> {graph}'
            yield f'<{GKD}scale-{name}> <{SCHEMA}bestRating> "{high}"^^<{XSD}integer> {graph}'
        for desk in range(3):
            yield f'<{GKD}rater-{desk}> <{RDFS}label> "Invented desk {desk}" {graph}'
            yield f'<{GKD}rater-{desk}> <{GK}family> "desk-{desk}" {graph}'
        for number, domain in enumerate(sorted({one for group in self.outlets for one in group})):
            if number % 4 == 3:
                continue
            for desk in range(1 + number % 2):
                value = 1 + (number * 7 + desk * 3) % 5
                node = f"<{GKD}rating-{number}-{desk}>"
                yield f"{node} <{RDF}type> <{GK}Rating> {graph}"
                yield f"{node} <{GK}rates> <{GKD}outlet-{domain}> {graph}"
                yield f'{node} <{SCHEMA}ratingValue> "{value}" {graph}'
                yield f"{node} <{GK}onScale> {scale} {graph}"
                yield f"{node} <{SCHEMA}author> <{GKD}rater-{desk}> {graph}"
                yield f'{node} <{SCHEMA}dateCreated> "2025-01-01"^^<{XSD}date> {graph}'
                yield f'{node} <{GK}normalised> "{(value - 1) / 4}"^^<{XSD}decimal> {graph}'

    def links(self, annotations: list[Annotation]) -> Iterator[str]:
        """A conflict or a derivation between assertions of every tenth pair of neighbouring articles; an assessment beside."""
        from graphkit.rdf import identifiers

        def first(annotation: Annotation) -> tuple[str, str]:
            article = annotation.article
            name = identifiers.article(article.url, article.text_sha256)
            one = annotation.assertions[0]
            return identifiers.assertion(name, article.text_sha256, one.span.begin, one.span.end), identifiers.claim(one.claim)

        for at in range(0, len(annotations) - 1, 10):
            (left, claim), (right, _) = first(annotations[at]), first(annotations[at + 1])
            relation = "contradicts" if at % 20 else "derivedFrom"
            graph = f"<{GKD}graph-links> .\n"
            node = f"<{GKD}link-{at}>"
            yield f"{node} <{RDF}type> <{GK}Link> {graph}"
            yield f"{node} <{GK}from> <{GKD}{left}> {graph}"
            yield f"{node} <{GK}to> <{GKD}{right}> {graph}"
            yield f"{node} <{GK}relation> <{GK}{relation}> {graph}"
            yield f'{node} <{GK}score> "0.9"^^<{XSD}decimal> {graph}'
            graph = f"<{GKD}graph-assessments> .\n"
            node = f"<{GKD}assess-{at}>"
            yield f"{node} <{RDF}type> <{GK}Assessment> {graph}"
            yield f"{node} <{DQV}computedOn> <{GKD}{claim}> {graph}"
            yield f"{node} <{PROV}used> <{GKD}{left}> {graph}"
            for name, value in (("score", 0.6), ("low", 0.3), ("high", 0.8), ("level", 0.9)):
                yield f'{node} <{GK}{name}> "{value}"^^<{XSD}decimal> {graph}'


def invent(size: int, seed: int = 1) -> World:
    """Return a world of about ``size`` outlets, articles, claims and actors."""
    maker = _Maker(size, seed)
    topics = maker.rng.choices(range(maker.topics), maker.weights, k=maker.articles)
    annotations = [maker.annotation(number, topic) for number, topic in enumerate(topics)]
    return World(annotations, [*maker.ratings(), *maker.links(annotations)])
