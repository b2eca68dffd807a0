"""The choice that labels made, kept in the record as the options of a run, so that it holds until labels choose anew."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from graphkit import __version__
from graphkit.credibility.calibration.guard import Choice, Scaling
from graphkit.credibility.inference.model import Settings
from graphkit.errors import StoreCorrupt
from graphkit.rdf import identifiers, terms
from graphkit.rdf.facts import Facts
from graphkit.rdf.terms import resource, term

if TYPE_CHECKING:
    from graphkit.store.record import Record

GRAPH_CALIBRATION = "graph-calibration"
PROCESS = "graphkit.credibility.calibration"


def keep_choice(record: "Record", choice: Choice) -> None:
    """Keep a choice in place of the last one."""
    settings = None if choice.settings is None else asdict(choice.settings)
    kept = {"method": choice.name, "settings": settings, "labels": choice.n_labels, **asdict(choice.scaling)}
    options = json.dumps(kept, sort_keys=True)
    name = identifiers.run(PROCESS, __version__, options)
    about = (
        ("rdf:type", term("gk:Run")),
        ("rdfs:label", terms.text(PROCESS)),
        ("gk:softwareVersion", terms.text(__version__)),
        ("gk:options", terms.text(options)),
    )
    lines = sorted(f"{resource(name)} {term(p)} {value} {resource(GRAPH_CALIBRATION)} .\n" for p, value in about)
    record.put_graph(GRAPH_CALIBRATION, "".join(lines).encode())


def forget_choice(record: "Record") -> bool:
    """Forget the choice; say whether there was one."""
    return record.drop_graph(GRAPH_CALIBRATION)


def kept_choice(record: "Record") -> Choice | None:
    """Return the choice that is kept, None where labels never chose.

    Raises:
        StoreCorrupt: What is kept is no choice.
    """
    from graphkit.rdf.formats import FORMATS, parse

    nquads = record.graph_nquads(GRAPH_CALIBRATION)
    if nquads is None:
        return None
    facts = Facts(parse(nquads, FORMATS[".nq"], name=GRAPH_CALIBRATION))
    try:
        kept = json.loads(facts.one(facts.having("gk:options")[0], "gk:options"))
        given = kept["settings"]
        settings = None if given is None else Settings(**(given | {"prior": tuple(given["prior"])}))
        scaling = Scaling(kept["slope"], kept["shift"], kept.get("votes", 0.0))
        return Choice(kept["method"], settings, scaling, kept["labels"], is_chosen=True)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise StoreCorrupt(f"{GRAPH_CALIBRATION} holds no calibration ({error})", hint="calibrate again") from error
