"""Numbers as news writes them: how they are spelt, what they count, what bounds them, and what only looks like one."""

from decimal import Decimal

import pytest

from graphkit.extraction.attribution.rules import paragraph_views
from graphkit.extraction.labels.numbers import find_quantities


def quantities(text):
    return [(str(q.value), q.comparator, q.unit) for view in paragraph_views(text) for q in find_quantities(text, view)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The talks lasted five-and-a-half years.", "5.5", "years"),
        ("It sold three and a half million lamps.", "3500000", "lamps"),
        ("Wages rose by six point six per cent.", "6.6", "percent"),
        ("Norvale saw negative six-point-six degrees.", "-6.6", "degrees"),
        ("It fell to -15C overnight.", "-15", "degrees Celsius"),
        ("It warmed by 1.4°C.", "1.4", "degrees Celsius"),
        ("Tern shares moved -5.4% on Monday.", "-5.4", "percent"),
        ("More than 20, 000 gulls came.", "20000", "gulls"),
        ("They lost 10 000 trees.", "10000", "trees"),
        ("They lost 10\u202f000 trees.", "10000", "trees"),
        ("The mill got INR 500 crore.", "5000000000", "rupees"),
        ("The mill got 5 million USD.", "5000000", "US dollars"),
        ("The mill was fined R250 000.", "250000", "rand"),
        ("Turnout was 64pc.", "64", "percent"),
        ("The pay is 20p.", "20", "pence"),
        ("The feed has 300K readers.", "300000", "readers"),
        ("A 110bn-euro plan passed.", "110000000000", "euro"),
    ],
)
def test_a_number_keeps_its_value_however_it_is_spelt(text, value, unit):
    ((found, _, counted),) = quantities(text)
    assert (Decimal(found), counted) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three were killed and two were hurt.", [("3", "killed people"), ("2", "hurt people")]),
        ("Seven have died.", [("7", "people")]),
        ("One was killed.", [("1", "killed people")]),
        ("Gunmen stormed in, killing six.", [("6", "people")]),
        ("Police arrested 12.", [("12", "people")]),
        ("Ten mills failed; seven are shut.", [("10", "mills"), ("7", "mills")]),
        ("Six gunmen came, killing four.", [("6", "gunmen"), ("4", "people")]),
        ("Forty firms had a plan, 12 a draft, and 20 had none.", [("40", "firms"), ("12", "firms"), ("20", "firms")]),
        ("It lost three out of four of its spires.", [("3", "spires"), ("4", "spires")]),
        ("Only 14 of the country's 90 ports are open.", [("14", "ports"), ("90", "ports")]),
        ("They won two of their last 10 matches.", [("2", "matches"), ("10", "matches")]),
        ("A crowd of 60,000 came.", [("60000", "people")]),
        ("It owns 12,000 homes worth a lot.", [("12000", "homes")]),
        ("It sat on a three-member panel.", [("3", "member")]),
        ("He was banned for one year.", [("1", "year")]),
        ("Jo Bloggs hired 40 guards. Another 12 were sacked.", [("40", "guards"), ("12", "sacked people")]),
        ("The port sank 40 boats. It had 60.", [("40", "boats"), ("60", "boats")]),
    ],
)
def test_what_a_number_counts(text, expected):
    assert [(value, unit) for value, _, unit in quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It takes two or three days.", [("2", "atLeast"), ("3", "atMost")]),
        ("It takes one-to-seven days.", [("1", "atLeast"), ("7", "atMost")]),
        ("Fees ranged from approximately $350 to $600.", [("350", "atLeast"), ("600", "atMost")]),
        (
            "Estimates of the size of the crowd range from 7,000 to as many as 14,000 people.",
            [("7000", "atLeast"), ("14000", "atMost")],
        ),
        ("There were no immediate reports of any casualties.", [("0", "exactly")]),
        ("Nobody was hurt.", [("0", "exactly")]),
        ("Flats are priced from €500,000 to over €3 million.", [("500000", "atLeast"), ("3000000", "moreThan")]),
        ("Prices often exceed 40,000 euros.", [("40000", "moreThan")]),
        ("Fees rose from $350 to $600.", [("350", "exactly"), ("600", "exactly")]),
        ("It won four titles over two seasons.", [("4", "exactly"), ("2", "exactly")]),
        ("It ran for over two seasons.", [("2", "moreThan")]),
        ("A fire broke out near two schools.", [("2", "exactly")]),
        ("It cost north of $3 billion.", [("3000000000", "moreThan")]),
        ("As few as 10 rooms were let.", [("10", "atLeast")]),
        ("Twenty-odd rooms were let.", [("20", "approximately")]),
        ("That is well below the 260,000 jobs of last year.", [("260000", "exactly")]),
        ("It is above the 30,000 mark.", [("30000", "moreThan")]),
        ("The error is plus or minus 3 percentage points.", [("3", "exactly")]),
    ],
)
def test_what_bounds_a_number(text, expected):
    assert [(value, bound) for value, bound, _ in quantities(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nine in 10 voters agreed.",
        "One in five people left.",
        "She called 911 operators.",
        "He died at the age of 79 on Monday.",
        "Children between the ages of 5 and 12 came.",
        "People over 65 get in free.",
        "The teacher, 34, waved.",
        "Emissions fell to 1990 levels after fiscal year 2019 sales rose.",
        "He lives in the 12000 block of Main Street.",
        "She left at 3 p. m. and came on June 10 and 12.",
        "They meet from 10-12 May.",
        "The Six Nations met the Group of 20 ministers in Game 7.",
        "They came in, one after the other, one close to the wall.",
        "When one is killed, all lose.",
    ],
)
def test_what_only_looks_like_a_count(text):
    assert quantities(text) == []
