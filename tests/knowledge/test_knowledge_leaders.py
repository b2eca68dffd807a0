"""Who held which office when: well-known terms, every state at any date, and the build that makes the table."""

import csv
from datetime import date, timedelta

import pytest

from graphkit.knowledge import build_leaders
from graphkit.knowledge.actors import office_holders
from graphkit.knowledge.actors.countries import territories
from graphkit.knowledge.actors.leaders import Term, terms, terms_of
from graphkit.knowledge.actors.people import spellings, surname_of
from graphkit.knowledge.build_leaders import SeedTerm, build, closed, merged, without_years
from graphkit.knowledge.factbook_leaders import FactbookTerm
from graphkit.knowledge.own_tables import read_table, table_path

STATE, GOVERNMENT = "head_of_state", "head_of_government"


@pytest.mark.parametrize(
    ("where", "role", "day", "name"),
    [
        ("US", STATE, "2020-12-31", "Donald Trump"),
        ("US", STATE, "2021-01-20", "Joe Biden"),
        ("US", STATE, "2025-07-01", "Donald Trump"),
        ("US", GOVERNMENT, "2009-01-21", "Barack Obama"),
        ("RU", STATE, "2000-02-01", "Vladimir Putin"),
        ("RU", STATE, "2010-01-01", "Dmitry Medvedev"),
        ("RU", GOVERNMENT, "2010-01-01", "Vladimir Putin"),
        ("KP", STATE, "2025-06-25", "Kim Jong Un"),
        ("KP", STATE, "2011-12-16", "Kim Jong Il"),
        ("UA", STATE, "2022-02-24", "Volodymyr Zelenskyy"),
        ("UA", GOVERNMENT, "2005-06-01", "Yulia Tymoshenko"),
        ("GB", GOVERNMENT, "2003-03-20", "Tony Blair"),
        ("GB", GOVERNMENT, "2022-10-01", "Liz Truss"),
        ("GB", STATE, "2022-09-09", "Charles III"),
        ("AU", STATE, "2010-01-01", "Elizabeth II"),
        ("FR", GOVERNMENT, "2003-01-01", "Jean-Pierre Raffarin"),
        ("DE", GOVERNMENT, "2005-11-01", "Gerhard Schröder"),
        ("ES", GOVERNMENT, "2008-01-01", "José Luis Rodríguez Zapatero"),
        ("AF", STATE, "2005-01-01", "Hamid Karzai"),
        ("LY", STATE, "2009-01-01", "Muammar Gaddafi"),
        ("IR", GOVERNMENT, "2024-06-15", "Mohammad Mokhber"),
        ("SY", STATE, "2025-01-10", "Ahmed al-Sharaa"),
        ("VN", STATE, "2008-01-01", "Nguyễn Minh Triết"),
        ("CH", STATE, "2020-06-01", "Simonetta Sommaruga"),
        ("SA", GOVERNMENT, "2023-01-01", "Mohammed bin Salman"),
        ("JP", GOVERNMENT, "2025-11-01", "Sanae Takaichi"),
        ("VA", STATE, "2025-06-01", "Pope Leo XIV"),
        ("GU", STATE, "2022-01-01", "Joe Biden"),
    ],
)
def test_well_known_holders(where, role, day, name):
    assert office_holders(where, role, day)[0].name == name


def test_on_the_day_of_a_change_the_successor_comes_first():
    assert [actor.name for actor in office_holders("US", STATE, "2017-01-20")] == ["Donald Trump", "Barack Obama"]


def test_nobody_holds_an_office_nowhere():
    assert office_holders("XX", STATE, "2020-01-01") == ()
    assert office_holders("US", STATE, "1900-01-01") == ()


def test_every_state_has_holders_at_nearly_any_date():
    days = [(date(2000, 1, 15) + timedelta(days=61 * step)).isoformat() for step in range(155)]
    states = [place.code for place in territories() if place.kind == "state" and place.code not in {"PS", "XK", "TW", "VA"}]
    asked = [(code, role, day) for code in states for role in (STATE, GOVERNMENT) for day in days]
    held = [bool(office_holders(code, role, day)) for code, role, day in asked]
    assert len(states) == 193
    assert sum(held) / len(held) >= 0.99


def test_invented_and_misplaced_holders_are_out():
    names = {term.person.name for term in terms()}
    assert names.isdisjoint({"Phil Baker", "Abdul Rab al-Shadadi", "Jetsun Pema", "Juan Guaidó", "Quentin Bryce"})


def test_no_two_hold_one_office_for_long():
    shared = {("AND", STATE), ("BIH", STATE), ("SMR", STATE), ("NIC", STATE), ("NIC", GOVERNMENT), ("BIH", GOVERNMENT)}
    recent = [
        term
        for term in terms()
        if (term.iso3, term.role) not in shared and term.role != "prime_minister" and term.start > "2012"
    ]
    both = [
        (one, two)
        for one in recent
        for two in recent
        if one.iso3 == two.iso3 and one.role == two.role and one.person != two.person and one.start < two.start
        if (one.end or "9999") > _later(two.start, 60)
    ]
    assert [pair for pair in both if pair[1].end is None or pair[1].end > _later(pair[1].start, 60)] == []


def _later(day, days):
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("Kim Jong Un", "Kim Jong-un"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Moon Jae-in", "Moon Jae In"),
    ],
)
def test_transliterations(name, spelling):
    assert spelling in spellings(name)


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Kim Jong Un", "Kim"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Donald Trump", "Trump"),
        ("Ferdinand Marcos Jr.", "Marcos"),
        ("Xi Jinping", "Xi"),
    ],
)
def test_surnames(name, surname):
    assert surname_of(name) == surname


def test_terms_of_one_person_come_in_order():
    (putin,) = {term.person for term in terms() if term.person.name == "Vladimir Putin"}
    assert [term.start for term in terms_of(putin)] == sorted(term.start for term in terms_of(putin))


# --- the build


def seed(name, start, end="", qid=None, role=STATE):
    return SeedTerm("XXA", role, qid or f"Q{len(name)}", name, start, end)


def test_one_persons_adjoining_terms_are_one():
    terms_ = [
        seed("Ada", "2001-05-01", "2005-05-01"),
        seed("Ada", "2005-05-10", "2009-05-01"),
        seed("Ben", "2009-05-01", "", "Q9"),
    ]
    assert [(term.name, term.start, term.end) for term in merged(terms_)] == [
        ("Ada", "2001-05-01", "2009-05-01"),
        ("Ben", "2009-05-01", ""),
    ]


def test_a_return_to_office_is_another_term():
    terms_ = [seed("Ada", "2001-05-01", "2005-05-01"), seed("Ben", "2005-05-01", "2009-05-01", "Q9"), seed("Ada", "2009-05-01")]
    assert len(merged(terms_)) == 3


def test_years_give_way_to_days_and_open_terms_end_with_the_next():
    terms_ = [seed("Ada", "2001-01-01", "2005-01-01"), seed("Ada", "2001-05-01"), seed("Ben", "2006-02-03", "", "Q9")]
    assert [(term.start, term.end) for term in closed(without_years(terms_), ("XXA", STATE))] == [
        ("2001-05-01", "2006-02-03"),
        ("2006-02-03", ""),
    ]


def test_a_term_that_only_one_source_has_is_left_out_unless_checked():
    own = [SeedTerm("ASM", GOVERNMENT, "Q1", "Ada Example", "2013-01-03", "")]
    agreeing = FactbookTerm("ASM", GOVERNMENT, "2013-01-10", "Governor Ada EXAMPLE", "2015-01-01", "2020-01-01")
    assert not [term for term in build(own, []) if term.name == "Ada Example"]
    assert [term.source for term in build(own, [agreeing]) if term.name == "Ada Example"] == ["leaders-seed;factbook"]


@pytest.mark.parametrize(
    ("text", "name", "is_like"),
    [
        ("President Vladimir Vladimirovich PUTIN", "Vladimir Putin", True),
        ("KIM Jong Un", "Kim Jong-un", True),
        ("Prime Minister Volodymyr HROYSMAN", "Volodymyr Groysman", True),
        ("President Petro POROSHENKO", "Viktor Yanukovych", False),
    ],
)
def test_factbook_names_are_matched_over_spellings(text, name, is_like):
    assert FactbookTerm("XXA", STATE, "2000-01-01", text, "", "").is_named_like(name) is is_like


@pytest.mark.slow
def test_the_table_is_what_the_script_makes_of_the_sources(shared_data, tmp_path):
    assert build_leaders.main(["--from", str(shared_data / "actors"), "--to", str(tmp_path / "leaders.csv")]) == 0
    assert (tmp_path / "leaders.csv").read_bytes() == table_path("leaders").read_bytes()


# --- the tables themselves

ACTOR_TABLES = (
    "territories",
    "metonyms",
    "decoys",
    "organisations",
    "leaders",
    "leader_names",
    "leader_corrections",
    "figures",
    "places",
    "verdicts",
)


@pytest.mark.parametrize("name", ACTOR_TABLES)
def test_every_row_names_its_sources_and_their_date(name):
    keys = {row["key"] for row in read_table("sources")}
    for row in read_table(name):
        assert row["source"], row
        assert set(row["source"].split(";")) <= keys, row
        date.fromisoformat(row["source_date"])


@pytest.mark.parametrize("name", ["leaders", "leader_corrections"])
def test_dates_and_identifiers_are_well_formed(name):
    for row in read_table(name):
        assert not row["qid"] or (row["qid"][1:].isdigit() and row["qid"][0] == "Q"), row
        if name == "leaders" or row["action"].startswith("set"):
            assert date.fromisoformat(row["start"])
            assert not row["end"] or row["start"] < row["end"], row


def test_sources_have_unique_keys():
    keys = [row["key"] for row in read_table("sources")]
    assert len(keys) == len(set(keys))


def test_codes_and_parents_of_territories_are_known():
    codes = {place.code for place in territories()}
    assert len(codes) == len(territories())
    assert {place.parent for place in territories() if place.parent} <= codes
    assert {row["state"] for row in read_table("places")} <= codes
    assert {term.iso3 for term in terms()} <= {place.iso3 for place in territories()}


def test_terms_are_frozen():
    assert isinstance(terms()[0], Term)
    with pytest.raises(AttributeError):
        terms()[0].start = "x"


def test_tables_stay_small():
    sizes = [path.stat().st_size for path in table_path("leaders").parent.iterdir()]
    assert sum(sizes) <= 2_000_000
    with table_path("leaders").open(encoding="utf-8", newline="") as lines:
        assert sum(1 for _ in csv.reader(lines)) > 2_500
