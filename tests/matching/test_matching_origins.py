"""Origins of a claim: outlets are many, those who can know are few."""

import random
import time

import pytest

from graphkit.matching.accounts import account_of
from graphkit.matching.derivation import CONFIDENCE, Edge
from graphkit.matching.origins import find_cold, find_origins
from graphkit.model import Actor, Annotation, Article, Assertion, Attribution, ExtractorId, Outlet, Span
from graphkit.rdf import identifiers

SURVEY = Actor("organisation", "Samplian Geological Survey")
ANN, BEN = Actor("person", "Ann Example"), Actor("person", "Ben Sample")
WIRE = Outlet("wire.example")


def telling(outlet, *told, published="2031-03-04"):
    """The account of one outlet; ``told`` are sentences, each alone or with its source, the first tells the claim."""
    sentences = [one if isinstance(one, tuple) else (one, None) for one in told]
    text, found = "", []
    for sentence, source in sentences:
        said = (Attribution(source, "indirect"),) if source else ()
        span = Span(len(text), len(text) + len(sentence))
        found.append(Assertion(span, sentence, attributions=said, voice="attributed" if said else "author"))
        text += sentence + "\n\n"
    article = Article(text, outlet, url=f"https://{outlet}/1", outlet=outlet, published=published)
    return account_of(Annotation(article, tuple(found), (), (), ExtractorId("hand", "1")))


def edge(taker, giver, kind, *, is_later=False):
    end = identifiers.outlet(giver) if isinstance(giver, str) else giver.name
    return Edge(taker.name, end, kind, CONFIDENCE[kind], is_later=is_later)


def origins(accounts, edges=(), **more):
    members = [next(iter(account.assertions)) for account in accounts]
    return find_origins(members, {account.name: account for account in accounts}, list(edges), **more)


def labels(accounts, edges=(), **more):
    return {origin.label for origin in origins(accounts, edges, **more).origins}


QUAKE = "A magnitude 6.4 earthquake struck off the coast of Samplia early on Tuesday, the Samplian Geological Survey said."


@pytest.fixture(scope="module", name="quake")
def _quake():
    """Fourteen outlets on one quake: an agency and who runs it, own reporting on one survey's word, an expert, and who says nothing."""
    wire = telling("wire.example", (QUAKE, SURVEY))
    run = [telling(outlet, (QUAKE, SURVEY)) for outlet in ("morning.example", "herald.example", "post.example")]
    citing = [
        telling("radio.example", ("Samplia was hit by a quake of magnitude 6.4 on Tuesday, Example Wire reported.", WIRE)),
        telling("tv.example", ("A strong quake was felt in Samplia before dawn, according to Example Wire.", WIRE)),
    ]
    own = [
        telling(
            "daily.example", ("Samplia was shaken by an earthquake of magnitude 6.4, the survey of the country said.", SURVEY)
        ),
        telling(
            "gazette.example", ("The survey put the magnitude of Tuesday's quake at 6.4.", Actor("anonymous", "the survey"))
        ),
        telling("globe.example", ("Tuesday's quake measured 6.4.", Actor("anonymous", "the country's geological survey"))),
        telling("courier.example", ("The quake, of magnitude 6.4, was felt across the strait.", Actor("organisation", "SGS"))),
        telling(
            "tribune.example", "What we know: a quake of magnitude 6.4, as the Samplian Geological Survey said on its site."
        ),
    ]
    rest = [
        telling("observer.example", ("His own instruments showed a quake of about 6.4, Ben Sample said.", BEN)),
        telling(
            "echo.example", ("A quake of magnitude 6.4 was felt in Samplia, officials said.", Actor("anonymous", "officials"))
        ),
        telling(
            "star.example",
            "A magnitude 6.4 earthquake struck off the coast of Samplia early on Tuesday.",
            published="2031-03-05",
        ),
    ]
    accounts = [wire, *run, *citing, *own, *rest]
    edges = [*(edge(one, wire, "copy") for one in run[:2]), edge(run[2], "wire.example", "credit")]
    edges += [edge(one, "wire.example", "attribution") for one in citing]
    return accounts, edges


def test_fourteen_outlets_on_one_quake_have_three_origins(quake):
    accounts, edges = quake
    assert len({account.outlet for account in accounts}) == 14
    assert labels(accounts, edges) == {"Samplian Geological Survey", "Ben Sample", "officials (echo.example)"}
    assert origins(accounts, edges).independent == 3.0


def test_origins_do_not_depend_on_order(quake):
    accounts, edges = quake
    expected = origins(accounts, edges)
    for seed in range(5):
        dice = random.Random(seed)
        assert origins(dice.sample(accounts, len(accounts)), dice.sample(edges, len(edges))) == expected


def test_an_agency_that_is_not_here_is_followed_through_who_runs_it(quake):
    accounts, edges = quake
    without = [account for account in accounts if account.outlet != "wire.example"]
    assert labels(without, edges) == labels(accounts, edges)
    # where nobody runs its text, the agency is all that is known
    citing = [account for account in accounts if account.outlet in {"radio.example", "tv.example"}]
    assert labels(citing, edges) == {"wire.example"}


def test_an_outlet_leads_to_what_it_had_published_by_then():
    own = telling("own.example", "The Sample river bridge fell on Monday night.", published="2031-03-04")
    citing = telling("citing.example", ("A bridge fell, own.example reported.", Outlet("own.example")), published="2031-03-05")
    cited = [edge(citing, "own.example", "attribution")]
    assert [(one.kind, one.label) for one in origins([own, citing], cited).origins] == [("article", "own.example")]
    later = telling("own.example", "The Sample river bridge fell on Monday night.", published="2031-03-09")
    assert {one.kind for one in origins([later, citing], cited).origins} == {"article", "outlet"}


def test_a_listed_source_that_carries_the_claim_leaves_a_doubt():
    one = telling("one.example", "The Sample river bridge fell on Monday night.", published="2031-03-04")
    two = telling("two.example", "A bridge over the Sample is gone.", published="2031-03-05")
    listed = [edge(two, "one.example", "list")]
    found = {origin.label: origin.independence for origin in origins([one, two], listed).origins}
    assert found == {"one.example": 1.0, "two.example": 0.8}
    assert origins([one, two], listed).independent == 1.8
    # a list that leads to nobody who carries the claim says nothing of it, nor does one who has it from a named speaker doubt it
    assert origins([one, two], [edge(two, "else.example", "list")]).independent == 2.0
    spoken = telling("two.example", ("A bridge over the Sample is gone.", ANN), published="2031-03-05")
    assert origins([one, spoken], [edge(spoken, "one.example", "list")]).independent == 2.0


def test_two_that_have_it_from_each_other_have_no_origin():
    one, two = telling("a.example", "The bridge at Testford fell."), telling("b.example", "Testford has lost its bridge.")
    found = origins([one, two], [edge(one, "b.example", "attribution"), edge(two, "a.example", "attribution")])
    assert found.is_circular
    assert found.independent == 0.0


def test_one_text_of_several_outlets_is_one_origin_though_nothing_tells_whose():
    same = "Rescuers were digging through the rubble with their bare hands on Tuesday."
    one, two = telling("a.example", same), telling("b.example", same)
    other = telling("c.example", "People dug for survivors without tools.")
    assert len(labels([one, two])) == 1
    assert len(labels([one, two, other])) == 2
    # a copy tells a sentence in other words, and has it from the same text
    assert len(labels([one, other], one_text={frozenset((one.name, other.name))})) == 1


def test_short_sentences_alike_by_chance_stay_two():
    assert len(labels([telling("a.example", "Nobody was hurt."), telling("b.example", "Nobody was hurt.")])) == 2


def test_a_text_without_its_speaker_has_it_from_the_speaker_of_that_text():
    told = "The council of Exampleton will close the old bridge for the whole of the summer."
    assert labels([telling("a.example", (told, ANN)), telling("b.example", told)]) == {"Ann Example"}


@pytest.mark.parametrize(
    ("short", "long", "is_one"),
    [
        (Actor("person", "Example"), ANN, True),
        (Actor("person", "Sample"), ANN, False),
        (Actor("organisation", "SGS"), SURVEY, True),
        (Actor("organisation", "Geological Survey"), SURVEY, True),
        (Actor("organisation", "Geological Society"), SURVEY, False),
        (Actor("organisation", "S.G.S."), SURVEY, True),
        (Actor("organisation", "SAMPLIAN Geological Survey"), SURVEY, True),
        (Actor("organisation", "Example"), ANN, False),
    ],
)
def test_a_short_name_is_the_one_long_name_it_stands_for(short, long, is_one):
    one, two = telling("a.example", ("It was so.", short)), telling("b.example", ("So it was.", long))
    assert (len(labels([one, two])) == 1) is is_one


def test_a_short_name_of_two_is_neither():
    told = [("a.example", "Example"), ("b.example", "Ann Example"), ("c.example", "Otto Example")]
    accounts = [telling(outlet, (f"It was so, {name} said.", Actor("person", name))) for outlet, name in told]
    assert len(labels(accounts)) == 3


def test_an_unnamed_source_is_the_person_whom_others_call_so():
    unnamed = telling("a.example", ("Samplia sends 6,000 builders.", Actor("anonymous", "Samplian officials")))
    first = telling("b.example", ("Builders go, 6,000 of them.", ANN), "The Samplian official Ann Example spoke in Testford.")
    second = telling("c.example", ("6,000 builders go from Samplia.", ANN))
    assert labels([unnamed, first, second]) == {"Ann Example"}
    # one article on their word is not enough, nor is a bare "officials"
    assert len(labels([unnamed, first])) == 2
    bare = telling("a.example", ("Samplia sends 6,000 builders.", Actor("anonymous", "officials")))
    assert len(labels([bare, first, second])) == 2


def test_names_of_signs_and_stop_words_are_nobody_else():
    names = ["!!!", "???", "The Who", "Then"]
    accounts = [
        telling(f"o{place}.example", (f"It was so, as heard in {place}.", Actor("organisation", name)))
        for place, name in enumerate(names)
    ]
    unnamed = telling("a.example", ("So it was told.", Actor("anonymous", "they")))
    assert len(labels([*accounts, unnamed])) == 5


def test_a_text_made_to_be_slow_is_not():
    slow = "a" * 200_000 + " " + "Example " * 20_000 + "!" * 100_000
    accounts = [telling(f"{name}.example", (f"It was so in {name}.", ANN), slow) for name in ("a", "b")]
    accounts.append(telling("c.example", ("It was so elsewhere.", Actor("anonymous", "Samplian officials")), slow))
    accounts.append(telling("d.example", slow))
    begin = time.process_time()
    origins(accounts)
    assert time.process_time() - begin < 5


def test_who_made_the_announcement_is_the_origin_of_what_is_announced():
    named = [telling(outlet, (f"Samplia sends builders, says {outlet}.", ANN)) for outlet in ("a.example", "b.example")]
    news = "Samplia will send 5,000 builders abroad."
    told = telling("c.example", (news, Outlet("times.example")), "Ann Example made the announcement on Tuesday.")
    cited = [edge(told, "times.example", "attribution")]
    assert labels([*named, told], cited) == {"Ann Example"}
    silent = telling("c.example", (news, Outlet("times.example")), "Ann Example was born in Testford.")
    assert labels([*named, silent], [edge(silent, "times.example", "attribution")]) == {"Ann Example", "times.example"}


def test_to_be_spoken_of_is_not_to_have_said_it():
    named = [
        telling(outlet, (f"Ann Example went to Testford, as {outlet} has it.", ANN)) for outlet in ("a.example", "b.example")
    ]
    seen = telling("c.example", "Ann Example walked through Testford this morning and shook hands.")
    assert labels([*named, seen]) == {"Ann Example", "c.example"}


def test_who_tells_the_figure_on_a_word_elsewhere_has_it_from_there():
    account = telling(
        "own.example",
        "The council sends 6,000 engineers to Exampleton.",
        ("Exampleton will get 6,000 engineers of the council, Ann Example said.", ANN),
    )
    first, kin = account.assertions
    alone = find_origins([first], {account.name: account}, [])
    assert [origin.kind for origin in alone.origins] == ["article"]
    told = find_origins([first], {account.name: account}, [], [kin])
    assert [origin.label for origin in told.origins] == ["Ann Example"]


def test_an_unnamed_source_is_not_whoever_speaks_of_the_figure_elsewhere():
    account = telling(
        "own.example",
        ("The council sends 6,000 engineers.", Actor("anonymous", "Samplian officials")),
        ("6,000 engineers are too few, Ben Sample said.", BEN),
    )
    first, kin = account.assertions
    told = find_origins([first], {account.name: account}, [], [kin])
    assert [origin.label for origin in told.origins] == ["Samplian officials (own.example)"]


def test_a_role_and_an_agency_are_the_person_whom_others_name():
    first, second = telling("a.example", ("The bridge is closed.", ANN)), telling("b.example", ("They shut the bridge.", ANN))
    role = telling("c.example", ("No way over.", Actor("anonymous", "a top aide")), ("It is old.", ANN))
    agency = telling("d.example", ("Bridge shut.", Actor("organisation", "Example Wire")), ("It is old.", ANN))
    silent, other = telling("e.example", "Nobody may cross."), telling("f.example", ("It is shut.", BEN))
    assert labels([first, second, role, agency]) == {"Ann Example"}
    # who does not quote that person may have it from elsewhere, and two persons are two origins
    assert labels([first, second, role, silent]) == {"Ann Example", "e.example"}
    assert labels([first, role, other]) == {"Ann Example", "a top aide (c.example)", "Ben Sample"}


def test_the_walk_goes_cold_where_no_one_is_named():
    one, two = telling("a.example", "The bridge at Testford fell."), telling("b.example", ("A bridge fell.", ANN))
    members = [next(iter(account.assertions)) for account in (one, two)]
    assert find_cold(members, {account.name: account for account in (one, two)}, []) == [one.name]
