"""How fast actors are found and ratings are read and looked up; run as a script, prints a table, asserts nothing.

``python tests/benchmarks/bench_knowledge_actors.py [FOLDER]``: FOLDER is the shared data folder, for the published rating sets.
"""

import sys
import time
from pathlib import Path


def cpu(action, times=1):
    """Return CPU seconds of one call."""
    begin = time.process_time()
    for _ in range(times):
        action()
    return (time.process_time() - begin) / times


def bench_actors():
    """Yield the rows about actors."""
    begin = time.process_time()
    from graphkit.knowledge.actors import find_actor_names, office_holders, resolve_person
    from graphkit.knowledge.actors.finding import gazetteer
    from graphkit.knowledge.checks import background_notes
    from graphkit.model import Annotation, Article, ExtractorId
    from graphkit.resources import folder

    yield "import of the room", time.process_time() - begin
    yield "gazetteer, built once", cpu(gazetteer)
    text = (folder("seeds") / "seed.md").read_text("utf-8")
    find_actor_names(text)
    yield f"find_actor_names, seed ({len(text)} characters)", cpu(lambda: find_actor_names(text, date="2025-07-14"), 50)
    annotation = Annotation(Article(text, "", published="2025-07-14"), (), (), (), ExtractorId("bench", "1"))
    background_notes(annotation)
    yield "background_notes, seed", cpu(lambda: background_notes(annotation), 20)
    office_holders("US", "head_of_state", "2020-01-01")
    yield "office_holders", cpu(lambda: office_holders("US", "head_of_state", "2020-01-01"), 2_000)
    resolve_person("Kim", date="2025-07-14")
    yield "resolve_person", cpu(lambda: resolve_person("Kim", date="2025-07-14"), 500)


def bench_ratings(data):
    """Yield the rows about ratings."""
    from graphkit.knowledge.ratings import RatingIndex, explain, read_ratings

    file = data / "ratings" / "mbfc_2026-08-19.json"
    body = file.read_bytes()
    imported = read_ratings("mbfc", body)
    yield f"read mbfc ({imported.n_rows} rows, {len(imported.ratings)} ratings)", cpu(lambda: read_ratings("mbfc", body))
    index = RatingIndex(imported.ratings)
    yield "look-up by domain", cpu(lambda: index.of_outlet("foxnews.com"), 20_000)
    index.of_address("https://www.foxnews.com/politics/")
    yield "look-up by address", cpu(lambda: index.of_address("https://www.foxnews.com/politics/"), 5_000)
    rows = index.of_outlet("foxnews.com")
    yield "explain", cpu(lambda: explain(rows, as_of="2026-09-01"), 200)


def main(arguments):
    """Print the table."""
    rows = list(bench_actors())
    if arguments:
        rows += bench_ratings(Path(arguments[0]))
    for name, seconds in rows:
        print(f"{name:60} {seconds * 1e6:12.1f} µs CPU")


if __name__ == "__main__":
    main(sys.argv[1:])
