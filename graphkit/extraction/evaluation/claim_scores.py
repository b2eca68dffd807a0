"""How well sentences are labelled through the claims in them: worth checking, attributed, hedged, and to whom."""

from collections.abc import Sequence

from graphkit.extraction.evaluation.measures import Counts, Row, fold, overlap, percent


def add_claims(reference: Row, predicted: list[Row], counts: dict[str, Counts], ranked: list[tuple[float, bool]]) -> None:
    """Add one article; ``ranked`` gathers (score, is worth checking) of its sentences for average precision."""
    sentences = [row for row in reference["sentences"] if row["kind"] == "sentence"]
    elsewhere = [row for row in reference["sentences"] if row["kind"] != "sentence"]
    claims_of = _place(predicted, sentences, elsewhere, counts)
    for sentence, claims in zip(sentences, claims_of, strict=True):
        _add_sentence(sentence, claims, counts, ranked)


def _place(predicted: list[Row], sentences: list[Row], elsewhere: list[Row], counts: dict[str, Counts]) -> list[list[Row]]:
    """Give each claim to the sentence it shares most with, if it lies inside or covers half of both together."""
    claims_of: list[list[Row]] = [[] for _ in sentences]
    for claim in predicted:
        length = claim["end"] - claim["start"]
        if not sentences or any(overlap(claim, other) >= length / 2 for other in elsewhere):
            continue
        index = max(range(len(sentences)), key=lambda j, claim=claim: overlap(claim, sentences[j]))  # type: ignore[misc]
        sentence = sentences[index]
        shared = overlap(claim, sentence)
        union = length + sentence["end"] - sentence["start"] - shared
        if shared and (shared >= union / 2 or shared == length):
            claims_of[index].append(claim)
        elif claim.get("checkworthy", True) and sentences[0]["checkworthy"] is not None:
            counts.setdefault("claim.check", Counts()).add(0, 1, 0)
    return claims_of


def _add_sentence(sentence: Row, claims: list[Row], counts: dict[str, Counts], ranked: list[tuple[float, bool]]) -> None:
    sources = [source for claim in claims for source in claim.get("sources", [])]
    checkworthy = any(claim.get("checkworthy", True) for claim in claims)
    gold = sentence["checkworthy"]
    _add_label(counts, "claim.check", gold, predicted=checkworthy)
    if gold is not None:
        _add_label(counts, "claim.skip", not gold, predicted=not checkworthy)
        ranked.append((max((c.get("score", float(c.get("checkworthy", True))) for c in claims), default=0.0), gold))
    attributed = bool(sources) or any(claim.get("attributed") for claim in claims)
    _add_label(counts, "claim.attr", sentence["attributed"], predicted=attributed)
    _add_label(counts, "claim.hedged", sentence["hedged"], predicted=any(claim.get("hedged") for claim in claims))
    if sentence["attributed"] is not None:
        _add_sources(counts, sources, sentence["sources"])


def _add_label(counts: dict[str, Counts], name: str, gold: bool | None, *, predicted: bool) -> None:
    if gold is not None:
        counts.setdefault(name, Counts()).add(int(gold and predicted), int(predicted), int(gold))


def _add_sources(counts: dict[str, Counts], predicted: list[Row], wanted: list[Row]) -> None:
    recalled = sum(any(_is_same_source(p, r) for p in predicted) for r in wanted)
    wrong = sum(not any(_is_same_source(p, r) for r in wanted) for p in predicted)
    counts.setdefault("claim.source", Counts()).add(recalled, recalled + wrong, len(wanted))


def _is_same_source(p: Row, r: Row) -> bool:
    if "start" in p and "start" in r and overlap(p, r) > 0:
        return True
    return bool(p.get("name")) and fold(p["name"]) == fold(r["name"])


def average_precision(ranked: Sequence[tuple[float, bool]]) -> float:
    """Return the mean precision at each sentence that is worth checking, best score first, in percent."""
    hits, total = 0, 0.0
    for rank, (_, positive) in enumerate(sorted(ranked, key=lambda item: -item[0]), 1):
        if positive:
            hits += 1
            total += hits / rank
    return percent(total / hits) if hits else 0.0
