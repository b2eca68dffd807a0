"""Records that weigh something → rows: ratings and assessments."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from graphkit.viewer.view_model.records import Record, first, number, optional
from graphkit.viewer.view_model.rows import NO_REF, AssessmentRow, RatingRow, Ref, Term, ViewModel

Names = Mapping[str, Sequence[str]]
ToRef = Callable[[str | None], Ref]


def between(record: Record, name: str) -> float | None:
    """Return a value of [0, 1], None where there is none or it lies outside."""
    value = number(record, name)
    return value if value is not None and 0 <= value <= 1 else None


def ratings(records: Mapping[str, Record], of_type: Names, ref: ToRef) -> tuple[RatingRow, ...]:
    """Return every rating of a shown outlet, by outlet, family and date."""
    found = []
    for name in of_type.get("Rating", ()):
        record = records[name]
        scale, rater = (records.get(first(record, key), {}) for key in ("onScale", "schema:author"))
        row = RatingRow(
            outlet=ref(optional(record, "rates")),
            rater=first(rater, "rdfs:label", first(record, "schema:author")),
            family=first(rater, "family"),
            value=first(record, "printedValue", first(record, "schema:ratingValue")),
            scale=first(scale, "rdfs:label", first(record, "onScale")),
            worst=optional(scale, "schema:worstRating"),
            best=optional(scale, "schema:bestRating"),
            dimension=first(scale, "dimension", "reliability"),
            rated_on=first(record, "schema:dateCreated"),
            scope=first(record, "scope"),
            normalised=between(record, "normalised"),
            is_imputed=first(record, "imputed") == "true",
            url=optional(record, "writtenAddress") or optional(record, "schema:url"),
            rating_set=first(records.get(first(record, "ratingSet"), {}), "rdfs:label"),
            version=first(record, "schema:version"),
            licence=first(record, "schema:license"),
        )
        if row.outlet != NO_REF:
            found.append(row)
    return tuple(sorted(found, key=lambda row: (row.outlet, row.family, row.rater, row.rated_on, row.scope, row.value)))


def reliability(rows: Sequence[RatingRow]) -> dict[Ref, list[tuple[str, str, float]]]:
    """Return per outlet the (family, date, value) of the ratings that say something of the whole outlet's reliability."""
    found: dict[Ref, list[tuple[str, str, float]]] = defaultdict(list)
    for row in rows:
        if row.dimension == "reliability" and not row.is_imputed and not row.scope and row.normalised is not None:
            found[row.outlet].append((row.family or row.rater, row.rated_on, row.normalised))
    return found


def assessments(records: Mapping[str, Record], of_type: Names, ref: ToRef, model: ViewModel) -> tuple[AssessmentRow, ...]:
    """Return the assessments of shown claims and outlets.

    A claim with one origin and no rated outlet behind it gets no number, whatever the graph says: the page must not show one.
    """
    unfounded = _unfounded(model)
    found = []
    for name in of_type.get("Assessment", ()):
        record = records[name]
        target = ref(optional(record, "dqv:computedOn"))
        score, low, high = (between(record, key) for key in ("score", "low", "high"))
        if target == NO_REF or score is None or low is None or high is None or target in unfounded:
            continue
        found.append(
            AssessmentRow(
                target=target,
                metric=first(record, "dqv:isMeasurementOf").removeprefix("metric-"),
                score=score,
                low=low,
                high=high,
                level=between(record, "level") or 0.0,
                method=first(record, "method"),
                evidence=tuple(sorted(one for used in record.get("prov:used", ()) if (one := ref(used)) != NO_REF)),
                terms=_terms(records, record, ref),
                is_estimate="EstimatedRating" in record.get("rdf:type", ()),
            )
        )
    return tuple(sorted(found, key=lambda row: (row.target, row.metric, row.method)))


def _unfounded(model: ViewModel) -> set[Ref]:
    """Return the claims with at most one origin that no rated outlet carries."""
    first_claim = len(model.outlets) + len(model.articles)
    weak = {first_claim + at for at, row in enumerate(model.claims) if row.origins <= 1}
    for row in model.assertions:
        publisher = model.articles[row.article - len(model.outlets)].publisher
        if publisher != NO_REF and model.outlets[publisher].band != "unrated":
            weak.discard(row.claim)
    return weak


def _terms(records: Mapping[str, Record], record: Record, ref: ToRef) -> tuple[Term, ...]:
    found = []
    for name in record.get("contribution", ()):
        part = records.get(name, {})
        value = number(part, "value")
        if value is not None:
            found.append(Term(value, ref(optional(part, "outlet")), ref(optional(part, "assertion")), first(part, "reason")))
    return tuple(sorted(found, key=lambda term: (-abs(term.value), term.outlet, term.assertion, term.reason)))
