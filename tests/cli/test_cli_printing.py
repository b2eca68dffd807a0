"""Printed text is harmless to terminals and spreadsheets, and the same rows come out in every form."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.cli.printing import Column, print_rows, visible
from graphkit.cli.settings import Settings
from graphkit.graph.formulas import defused

COLUMNS = (Column("name", "name"), Column("n", "count", is_number=True))


@given(st.text())
def test_visible_text_holds_no_control_character(text):
    shown = visible(text)
    assert not any(
        ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069" for c in shown
    )


def test_an_escape_sequence_becomes_a_visible_sign():
    assert visible("\x1b[31mred\x07") == "␛[31mred␇"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "|cmd", "％x", " =1", "\ufeff=1", "\u00a0@x"])
def test_formulas_are_defused(cell):
    assert defused(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "a=b", "North Korea", "1 - 2", "‘quoted’"])
def test_plain_text_is_left_alone(cell):
    assert defused(cell) == cell


def test_csv_defuses_text_and_leaves_numbers(capsys):
    print_rows(Settings(form="csv"), COLUMNS, [("=1+1", -3)])
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [["name", "n"], ["'=1+1", "-3"]]


def test_raw_csv_is_as_it_was(capsys):
    print_rows(Settings(form="csv", is_raw=True), COLUMNS, [("=1+1", -3)])
    assert "=1+1,-3" in capsys.readouterr().out


def test_a_pipe_gets_tab_separated_lines(capsys):
    print_rows(Settings(), COLUMNS, [("a\tb\nc", None)])
    assert capsys.readouterr().out == "name\tn\na b c\t\n"


def test_json_keeps_the_text_whole(capsys):
    print_rows(Settings(form="json"), COLUMNS, [("=1\x1b[0m", 1)])
    assert json.loads(capsys.readouterr().out) == {"items": [{"name": "=1\x1b[0m", "n": 1}], "truncated": False}
