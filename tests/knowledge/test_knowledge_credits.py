"""Datelines, by-lines and credits: the agency behind a text, and who carries it."""

import pytest

from graphkit.knowledge.outlets import find_credits, is_wire, wires

BODY = " Rain fell on Monday over the whole of the country, officials said."


def credited(text):
    return [(text[c.begin : c.end], c.origin, c.carrier, c.form) for c in find_credits(text)]


@pytest.mark.parametrize(
    ("line", "words", "origin"),
    [
        ("KYIV (Reuters) -", "Reuters", "reuters.com"),
        ("KYIV, Ukraine (AP) —", "AP", "apnews.com"),
        ("PARIS, Aug 31 (Reuters) -", "Reuters", "reuters.com"),
        ("MOSCOW, June 17. /TASS/.", "TASS", "tass.com"),
        ("BEIJING, June 5 (Xinhua) --", "Xinhua", "news.cn"),
        ("SEOUL, June 18 (Yonhap) --", "Yonhap", "yna.co.kr"),
        ("(CNN) —", "CNN", "cnn.com"),
        ("**WASHINGTON** (AFP) –", "AFP", "afp.com"),
        ("ISLAMABAD: (APP)", "APP", "app.com.pk"),
        ("LONDON (PA) -", "PA", "pa.media"),
    ],
)
def test_datelines_name_the_agency(line, words, origin):
    assert credited(line + BODY) == [(words, origin, None, "dateline")]


@pytest.mark.parametrize(
    ("line", "origin", "form"),
    [
        ("By AP staff", "apnews.com", "byline"),
        ("By Jane Doe, Associated Press", "apnews.com", "byline"),
        ("By Jane Doe | The Associated Press", "apnews.com", "byline"),
        ("By Reuters Staff", "reuters.com", "byline"),
        ("AFP via Getty Images", "afp.com", "via"),
        ("The Associated Press contributed to this report.", "apnews.com", "contribution"),
        ("Associated Press writer Jane Doe contributed from Rainville.", "apnews.com", "contribution"),
        ("This story was first published by The Guardian.", "theguardian.com", "republished"),
        ("This article originally appeared on ProPublica.", "propublica.org", "republished"),
        ("Originally published at Meduza.", "meduza.io", "republished"),
        ("Republished from The Conversation.", "theconversation.com", "republished"),
        ("Copyright 2025 The Associated Press. All rights reserved.", "apnews.com", "copyright"),
        ("© 2024 AFP", "afp.com", "copyright"),
        ("Rain fell. (AFP)", "afp.com", "closing"),
        ("Rain fell on Monday. PTI", "ptinews.com", "closing"),
        ("with inputs from PTI", "ptinews.com", "closing"),
    ],
)
def test_credit_lines_name_the_origin(line, origin, form):
    assert [(c.origin, c.form) for c in find_credits(line)] == [(origin, form)]


@pytest.mark.parametrize(
    ("text", "origin", "carrier"),
    [
        ("AFP via France 24", "afp.com", "france24.com"),
        ("PA via Sky News", "pa.media", "sky.com"),
        ("It rained, according to Reuters, citing TASS.", "tass.com", "reuters.com"),
        ("Meduza, citing RIA Novosti, reported that it rained.", "ria.ru", "meduza.io"),
        ("Reuters cited a report by the Xinhua news agency.", "news.cn", "reuters.com"),
        ("TASS reported, as quoted by Reuters, that it rained.", "tass.com", "reuters.com"),
        ("Interfax was cited by the BBC as saying so.", "interfax.ru", "bbc.com"),
    ],
)
def test_origin_and_carrier_are_kept_apart(text, origin, carrier):
    (credit,) = find_credits(text)
    assert (credit.origin, credit.carrier) == (origin, carrier)
    begin, end = credit.carrier_span
    assert text[begin:end] != text[credit.begin : credit.end]


@pytest.mark.parametrize(
    "text",
    [
        "The Philadelphia (PA) office opened.",
        "He worked for Reuters and the BBC.",
        "Reuters and AFP met.",
        "The party (PTI) lost, and members of it left the capital on Monday.",
        "",
    ],
)
def test_being_spoken_of_is_no_credit(text):
    assert find_credits(text) == ()


def test_agencies_have_names_domains_and_countries():
    assert len(wires()) > 100
    by_domain = {wire.domain: wire for wire in wires()}
    assert by_domain["reuters.com"].dateline == "(Reuters) -"
    assert by_domain["tass.com"].typology == "stateControlled"
    assert "AFP" in by_domain["afp.com"].short_forms
    assert is_wire("kcna.kp")
    assert not is_wire("example.org")
