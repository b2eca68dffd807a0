"""Matching invented articles without a record."""

import pytest

from graphkit.matching.accounts import account_of
from graphkit.matching.decided import Decided
from graphkit.matching.matcher import Matcher
from graphkit.matching.traits import traits_of


def make_matcher(annotations, decided=None, *, one_by_one=False):
    """Return a matcher of these articles, filled at once or article by article."""
    accounts = {account.name: account for account in map(account_of, annotations)}
    matcher = Matcher(lambda names: [accounts[name] for name in names], decided or Decided())
    if not one_by_one:
        matcher.fill(map(traits_of, accounts.values()))
        return matcher
    matcher.fill([])
    for account in accounts.values():
        matcher.add(traits_of(account))
    return matcher


@pytest.fixture(name="matcher_of")
def _matcher_of():
    """Return a matcher of annotations, filled at once or article by article."""
    return make_matcher
