"""Hosts and URLs: what keys an outlet must be the same for every spelling, and never an IP address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.reading.addresses import absolute_url, article_url, domain_of_url, is_web_address, registrable_domain


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.example.co.uk", "example.co.uk"),
        ("NEWS.Example.COM.", "example.com"),
        ("example.com", "example.com"),
        ("daily.github.io", "daily.github.io"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("herald.test", "herald.test"),
        ("co.uk", None),
        ("com", None),
        ("localhost", None),
        ("", None),
        (".", None),
        ("a..example.com", None),
        ("-example.com", None),
        ("exam ple.com", None),
        ("exa<b>mple.com", None),
        ("example.com:80", None),
        (f"{'a' * 64}.com", None),
        (f"{'a.' * 130}com", None),
        ("192.168.0.1", None),
        ("8.8.8.8", None),
        ("127.1", None),
        ("2130706433", None),
        ("0x7f.1", None),
        ("0177.0.0.01", None),
        ("[2001:db8::1]", None),
        ("2001:db8::1", None),
        ("fe80::1%eth0", None),
        ("１２７.0.0.1", None),
    ],
)
def test_registrable_domain(host, domain):
    assert registrable_domain(host) == domain


@given(st.text(max_size=60))
def test_registrable_domain_is_ascii_lower_case_and_stable(host):
    domain = registrable_domain(host)
    if domain is not None:
        assert domain == domain.lower()
        assert domain.isascii()
        assert registrable_domain(domain) == domain


@pytest.mark.parametrize(
    ("given_url", "url"),
    [
        ("HTTPS://Example.COM/A?b=1", "https://example.com/A?b=1"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com/a#part", "https://example.com/a"),
        ("https://example.com/a?utm_source=rss&id=7&fbclid=x", "https://example.com/a?id=7"),
        ("https://example.com/a?q=a+b&empty=", "https://example.com/a?q=a+b&empty="),
        ("https://example.com/a b<c>", "https://example.com/a%20b%3Cc%3E"),
        ("https://example.com/%C3%A9", "https://example.com/%C3%A9"),
        ("https://example.com/é", "https://example.com/%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://45.89.97.6/a", "http://45.89.97.6/a"),
        ("http://[2001:db8::1]/a", "http://[2001:db8::1]/a"),
        ("/only/a/path", None),
        ("ftp://example.com/a", None),
        ("javascript:alert(1)", None),
        ("https://user:secret@example.com/", None),
        ("https:///nohost", None),
        ("https://exa mple.com/", None),
        ("https://example.com:99999/", None),
        ("https://[::1/", None),
        ("", None),
        (f"https://example.com/{'a' * 3000}", None),
    ],
)
def test_article_url(given_url, url):
    assert article_url(given_url) == url
    if url is not None:
        assert article_url(url) == url


def test_links_are_resolved_against_their_page():
    base = "https://example.org/news/2024/story.html"
    assert absolute_url("../about#us", base) == "https://example.org/news/about#us"
    assert absolute_url("//cdn.example.net/x", base) == "https://cdn.example.net/x"
    assert absolute_url("mailto:a@example.org", base) is None
    assert absolute_url("#top") is None


@given(st.text(max_size=80))
def test_urls_hold_nothing_that_an_iri_may_not(reference):
    url = absolute_url(reference, "https://example.org/a/")
    if url is not None:
        assert url.isascii()
        assert not set(url) & set('<>"{}|\\^` \t\n\r\0')


def test_an_address_on_a_numeric_host_has_no_domain():
    assert domain_of_url("http://45.89.97.6/a.html") is None
    assert domain_of_url("https://www.example.co.uk/a") == "example.co.uk"
    assert domain_of_url(None) is None


def test_paths_are_no_web_addresses():
    assert [
        is_web_address(source) for source in ("https://a.example", "ftp://a.example", "a/b.html", "C:/a.html", "-", "://")
    ] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
