r"""The gate: refuse SPARQL that reaches out, writes or nests absurdly, before the engine sees it.

Oxigraph's Python binding has no switch that forbids SERVICE (it sends the request), and some thousands of brackets end its process.
The gate reads tokens, not grammar, and refuses what it cannot read: the engine never sees a character that the gate did not
understand.  Engines differ in when they resolve ``\u0053``-style escapes (SPARQL 1.1 §19.2 asks for it before anything else), so the
query is read twice, as it is written and with the escapes resolved.

The engine's parser asks for no space between tokens, so ``trueSERVICE<x:y>{}`` and ``SERVICE:x{}`` are federated calls to it; and it
may read ``?a<?b)SERVICE#>`` as a comparison and a comment where a lexer sees an IRI.  The rules below are for these; each was
seen to connect.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, NoReturn

from graphkit import limits
from graphkit.errors import QueryForbidden, QuerySyntax
from graphkit.rdf.namespaces import SCHEMA

_UPDATES: Final = frozenset({"load", "insert", "delete", "drop", "clear", "create", "copy", "move", "add"})
_FORMS: Final = frozenset({"select", "ask", "construct", "describe"})
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN: Final = re.compile(
    r"""
      (?P<comment> \#[^\n\r]* )
    | (?P<iri> < (?: [^<>"{}|^`\\\x00-\x20] | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} )* > )
    | (?P<string>
          \"\"\" (?: (?:"|"")? (?: [^"\\] | \\[tbnrf\\"'] | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} ) )* \"\"\"
        | '''    (?: (?:'|'')? (?: [^'\\] | \\[tbnrf\\"'] | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} ) )* '''
        | "      (?: [^"\\\n\r] | \\[tbnrf\\"'] | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} )* "
        | '      (?: [^'\\\n\r] | \\[tbnrf\\"'] | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} )* '
      )
    | (?P<variable> [?$]\w+ )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<blank> _:\w[\w.\-]* )
    | (?P<name> (?: [^\W\d_][\w.\-]{0,100} )? : (?: [\w:.\-] | %[0-9A-Fa-f]{2} | \\[_~.\-!$&'()*+,;=/?\#@%] )* )
    | (?P<word> [^\W\d]\w* )
    | (?P<number> \d+(?:\.\d*)?(?:[eE][+-]?\d+)? | \.\d+(?:[eE][+-]?\d+)? )
    | (?P<space> [ \t\r\n]+ )
    | (?P<sign> [{}()\[\];,.*/|^?+!=<>&~\-] )
    """,
    re.VERBOSE | re.DOTALL,
)
# an IRI that begins like this cannot be read as "less than" and an expression: nothing divides by a division sign
_PLAIN_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query and where it begins (code points)."""

    kind: str
    text: str
    begin: int

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.begin + len(self.text)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the gate saw of a query.

    ``group`` is where the outermost pattern stands (offsets of its first character and of its closing brace), None without one;
    ``is_nested`` says that the pattern is nothing but a SELECT of its own.
    """

    tokens: tuple[Token, ...]
    names_graphs: bool
    mentions_text: bool
    variables: frozenset[str]
    group: tuple[int, int] | None
    is_nested: bool


def read_query(query: str, *, allow_network: bool = False) -> Reading:
    """Read a query and refuse it unless it is plainly a local, read-only one.

    Raises:
        QueryForbidden: It has SERVICE (unless ``allow_network``) or an update, or is longer or deeper than the limits.
        QuerySyntax: It has a sign that SPARQL has not, or a string that does not end.
    """
    if len(query) > limits.MAX_QUERY_LENGTH:
        raise QueryForbidden(f"the query is longer than {limits.MAX_QUERY_LENGTH} characters ({len(query)})")
    resolved = _resolve_escapes(query)
    if resolved != query:
        _check(resolved, _tokens_of(resolved), allow_network=allow_network)
    tokens = _tokens_of(query)
    _check(query, tokens, allow_network=allow_network)
    return _reading(tokens)


def place(query: str, offset: int) -> str:
    """Return where ``offset`` is as "line 2, column 7"; both count from 1, columns in code points."""
    begin = query.rfind("\n", 0, offset) + 1
    return f"line {query.count(chr(10), 0, offset) + 1}, column {offset - begin + 1}"


def line_of(query: str, line: int) -> str:
    """Return line number ``line`` (from 1) of a query, empty past its end."""
    return ([*query.split("\n"), ""][line - 1 : line] or [""])[0].rstrip("\r")


def _tokens_of(query: str) -> list[Token]:
    """Cut a query into tokens, without comments and spaces."""
    tokens: list[Token] = []
    position = 0
    while position < len(query):
        match = _TOKEN.match(query, position)
        if match is None:
            _refuse_sign(query, position)
        if match.lastgroup not in {"comment", "space"}:
            tokens.append(Token(match.lastgroup or "", match[0], position))
        position = match.end()
    return tokens


def _refuse_sign(query: str, position: int) -> NoReturn:
    sign = query[position]
    what = "this string does not end, or has an escape that SPARQL has not" if sign in "\"'" else f"SPARQL has no {sign!r} here"
    line = query.count("\n", 0, position) + 1
    raise QuerySyntax(f"{place(query, position)}: {what}", hint=line_of(query, line).strip()[:200] or None)


def _check(query: str, tokens: Sequence[Token], *, allow_network: bool) -> None:
    """Refuse what the tokens show of federation, updates and nesting."""
    depth = 0
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.kind == "word" and token.text.casefold() in _UPDATES:
            _refuse(query, token, f"{token.text.upper()} changes data, and queries only read")
        if not allow_network and _may_federate(token, following):
            _refuse(query, token, "SERVICE would send the question to another machine")
        if token.kind == "iri" and _may_hide(token.text):
            _refuse(query, token, f"{token.text[:60]} can be read in two ways; write the IRI in full (https://...)")
        if token.kind == "sign":
            depth += (token.text in "{([") - (token.text in "})]")
        hidden = token.text.count("(") if token.kind == "iri" else 0
        if max(depth, hidden) > limits.MAX_QUERY_DEPTH:
            _refuse(query, token, f"brackets are nested deeper than {limits.MAX_QUERY_DEPTH}")


def _refuse(query: str, token: Token, why: str) -> NoReturn:
    hint = "--allow-network lets it" if why.startswith("SERVICE") else None
    raise QueryForbidden(f"{place(query, token.begin)}: {why}", hint=hint)


def _may_federate(token: Token, following: Token | None) -> bool:
    """Say whether the engine could find the keyword SERVICE here: no other bare word of SPARQL has it inside."""
    if token.kind == "word":
        return "service" in token.text.casefold()
    if token.kind == "name":
        prefix = token.text.partition(":")[0].casefold()
        return prefix.endswith("service") and following is not None and following.text == "{"
    return False


def _may_hide(iri: str) -> bool:
    """Say whether ``<...>`` could be read as a comparison whose right side begins a comment or a string."""
    return ("#" in iri or "'" in iri) and _PLAIN_IRI.match(iri) is None


def _resolve_escapes(query: str) -> str:
    r"""Resolve ``\u0053`` and ``\U00000053`` the way SPARQL 1.1 asks: before any token is read."""

    def character(match: re.Match[str]) -> str:
        value = int(match[1] or match[2], 16)
        if value > 0x10FFFF or 0xD800 <= value <= 0xDFFF:
            raise QuerySyntax(f"{place(query, match.start())}: {match[0]} is no character")
        return chr(value)

    return _ESCAPE.sub(character, query)


def _reading(tokens: Sequence[Token]) -> Reading:
    words = [token.text.casefold() for token in tokens if token.kind == "word"]
    group, is_nested = _outer_group(tokens)
    return Reading(
        tokens=tuple(tokens),
        names_graphs="from" in words,
        mentions_text=any(_is_text(token) for token in tokens),
        variables=frozenset(token.text[1:] for token in tokens if token.kind == "variable"),
        group=group,
        is_nested=is_nested,
    )


def _is_text(token: Token) -> bool:
    if token.kind == "name":
        return token.text.partition(":")[2] == "articleBody"
    return token.kind == "iri" and token.text == f"<{SCHEMA}articleBody>"


def _outer_group(tokens: Sequence[Token]) -> tuple[tuple[int, int] | None, bool]:
    """Find the pattern of a query: the outermost braces, but for the template of CONSTRUCT."""
    form = next((i for i, token in enumerate(tokens) if token.kind == "word" and token.text.casefold() in _FORMS), None)
    if form is None:
        return None, False
    groups = _top_groups(tokens[form:])
    if tokens[form].text.casefold() == "construct":
        has_template = form + 1 < len(tokens) and tokens[form + 1].text == "{"
        # the short form (CONSTRUCT WHERE) takes bare triples only
        groups = groups[1:] if has_template else []
    if not groups:
        return None, False
    opening, closing, inner = groups[0]
    return (opening.end, closing.begin), inner is not None and inner.text.casefold() == "select"


def _top_groups(tokens: Sequence[Token]) -> list[tuple[Token, Token, Token | None]]:
    """Return opening brace, closing brace and first token inside of each group that stands in no other bracket."""
    found: list[tuple[Token, Token, Token | None]] = []
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text in "{([":
            opened.append(index)
        elif token.text in "})]" and opened:
            begin = opened.pop()
            if not opened and tokens[begin].text == "{" and token.text == "}":
                found.append((tokens[begin], token, tokens[begin + 1]))
    return found
