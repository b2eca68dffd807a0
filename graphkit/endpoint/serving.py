"""What is answered at each address."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from graphkit.endpoint import pages
from graphkit.endpoint.description import service_description
from graphkit.endpoint.negotiation import GRAPHS, RESULTS, chosen, media_type_of
from graphkit.endpoint.requests import Asked, Refused, read_request
from graphkit.endpoint.responses import problem_of, told
from graphkit.errors import NotFound
from graphkit.limits import SERVED_PAGE_SECONDS
from graphkit.rdf.namespaces import GKD
from graphkit.store.query.gate import Reading, read_query
from graphkit.store.query.mistakes import Spread, spread, syntax_error

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from graphkit.endpoint.pool import Answer, Pool

Route = Callable[["Serving", "Request"], Awaitable["Response"]]
_ENDINGS: Final = ("ttl", "nt", "nq", "trig", "rdf", "jsonld", "html")
_CARD_SECONDS: Final = 30.0
_VARIES: Final = {"Vary": "Accept"}


def explained(route: Route) -> Route:
    """Tell what goes wrong in a route as a response."""

    @wraps(route)
    async def guarded(self: "Serving", request: "Request") -> "Response":
        try:
            return await route(self, request)
        except Exception as error:
            problem = problem_of(error)
            if problem is None:
                raise
            if _wants_page(request):
                return pages.page(pages.problem(problem), problem.status)
            return told(problem, _VARIES)

    return guarded


@dataclass(frozen=True, slots=True)
class Query:
    """A query that passed the gate: its text, what the gate saw, and the request that a worker gets."""

    text: str
    reading: Reading
    spread: Spread
    is_graph: bool

    @property
    def task(self) -> str:
        """Which workers answer it."""
        return "ask-texts" if self.reading.mentions_text else "ask"

    def request(self, asked: Asked, form: str) -> dict[str, Any]:
        """Return the request for a worker."""
        return {
            "query": self.text,
            "spread": self.spread.text,
            # the engine would let the union win over FROM
            "is_union": not self.reading.names_graphs,
            "default_graphs": asked.default_graphs,
            "named_graphs": asked.named_graphs,
            "form": form,
        }


def read(text: str) -> Query:
    """Read a query through the gate.

    Raises:
        QuerySyntax, QueryForbidden: See ``store.query.gate.read_query``.
    """
    reading = read_query(text)
    words = [token.text.casefold() for token in reading.tokens if token.kind == "word"]
    form = next((word for word in words if word in {"select", "ask", "construct", "describe"}), "select")
    return Query(text, reading, spread(text, reading.tokens), form in {"construct", "describe"})


class Serving:
    """The routes over one pool of workers."""

    def __init__(self, pool: "Pool", *, seconds: float, title: str) -> None:
        self.pool = pool
        self.seconds = seconds
        self.title = title
        self._view: tuple[str, bytes] | None = None
        self._building = asyncio.Lock()

    # the pages

    @explained
    async def home(self, request: "Request") -> "Response":  # noqa: ARG002 - every route takes the request
        """The form, the packaged questions, and what there is."""
        return pages.page(pages.home(self.title, self.pool.held))

    @explained
    async def question(self, request: "Request") -> "Response":
        """One packaged question, narrowed where something is set."""
        from graphkit.rdf.ontology.questions import narrowed, question

        found = question(request.path_params["name"])
        settings = {key: value.strip() for key, value in request.query_params.items() if value.strip()}
        text = narrowed(found, settings)
        form = _form(request, RESULTS)
        if form != "html":
            return await self._answered(request, read(text), Asked(text), form)
        return await self._table(request, text, Asked(text), question=found, settings=settings)

    @explained
    async def view(self, request: "Request") -> "Response":  # noqa: ARG002 - every route takes the request
        """The page of the whole graph."""
        from starlette.responses import Response

        async with self._building:
            chain = self.pool.held.chain
            if self._view is None or self._view[0] != chain:
                answer = await self.pool.ask("view", {}, SERVED_PAGE_SECONDS)
                self._view = (chain, answer.body)
        # the page brings its own policy; as a header it may add what a page cannot say of itself
        return Response(self._view[1], media_type="text/html", headers={"Content-Security-Policy": "frame-ancestors 'none'"})

    # the protocol

    @explained
    async def sparql(self, request: "Request") -> "Response":
        """Answer a query; without one, say what this service is (SPARQL 1.1 Service Description)."""
        asked = await read_request(request)
        if asked.query is None:
            if request.method == "POST":
                raise Refused(400, "the parameter 'query' is missing")
            return self._described(request)
        offered = RESULTS
        try:
            query = read(asked.query)
            offered = GRAPHS if query.is_graph else RESULTS
            form = _form(request, offered)
            if form == "html":
                return await self._table(request, asked.query, asked)
            return await self._answered(request, query, asked, form)
        except Exception as error:
            problem = problem_of(error)
            if problem is None or not _wants_page(request):
                raise
            return pages.page(pages.results(asked.query, problem=problem), problem.status)

    def _described(self, request: "Request") -> "Response":
        from starlette.responses import RedirectResponse, Response

        form = _form(request, GRAPHS)
        if form == "html":
            return RedirectResponse("/", 303, headers=_VARIES)
        body = service_description(str(request.url.replace(query="")), form)
        return Response(body, media_type=_typed(form, GRAPHS), headers=_VARIES)

    async def _ask(self, request: "Request", query: Query, asked: Asked, form: str) -> "Answer":
        seconds = min(self.seconds, asked.seconds or self.seconds)
        answer = await _while_connected(request, self.pool.ask(query.task, query.request(asked, form), seconds))
        if "syntax" in answer.head:
            raise syntax_error(answer.head["syntax"], query.spread)
        return answer

    async def _answered(self, request: "Request", query: Query, asked: Asked, form: str) -> "Response":
        from starlette.responses import Response

        answer = await self._ask(request, query, asked, form)
        offered = GRAPHS if query.is_graph else RESULTS
        return Response(answer.body, media_type=_typed(form, offered), headers=_VARIES)

    async def _table(self, request: "Request", text: str, asked: Asked, **shown: Any) -> "Response":
        query = read(text)
        answer = await self._ask(request, query, asked, "ttl" if query.is_graph else "rows")
        return pages.page(pages.results(text, answer=answer, **shown))

    # resources

    @explained
    async def resource(self, request: "Request") -> "Response":
        """What the graph tells of one of its IRIs: a card for people, RDF for programs."""
        name, form = _name_and_form(request)
        form = form or _form(request, GRAPHS)
        told_of = {"resource": GKD + name}
        if form != "html":
            return await self._told(request, told_of, form)
        try:
            answer = await _while_connected(request, self.pool.ask("card", {"name": name}, _CARD_SECONDS))
        except NotFound:
            answer = None
        statements = await _while_connected(request, self.pool.ask("ask", {**told_of, "form": "nq"}, _CARD_SECONDS))
        return pages.page(pages.card(name, None if answer is None else answer.head["card"], statements.body))

    @explained
    async def graph(self, request: "Request") -> "Response":
        """One named graph, or all of them, as the Graph Store HTTP Protocol gives them; for reading."""
        given = request.query_params
        if ("graph" in given) == ("default" in given):
            raise Refused(400, "give 'graph' with an IRI, or 'default'")
        return await self._told(request, {"graph": given.get("graph")}, _form(request, {**GRAPHS, "text/html": "ttl"}))

    async def _told(self, request: "Request", told_of: dict[str, Any], form: str) -> "Response":
        from starlette.responses import Response

        answer = await _while_connected(request, self.pool.ask("ask", {**told_of, "form": form}, self.seconds))
        return Response(answer.body, media_type=_typed(form, GRAPHS), headers=_VARIES)

    @explained
    async def vocabulary(self, request: "Request") -> "Response":
        """The ontology: as RDF, or as its terms in words."""
        from starlette.responses import Response

        _, form = _name_and_form(request, "ns")
        form = form or _form(request, GRAPHS)
        if form == "html":
            return pages.page(pages.vocabulary())
        return Response(pages.ontology(form), media_type=_typed(form, GRAPHS), headers=_VARIES)


def _name_and_form(request: "Request", default: str = "") -> tuple[str, str | None]:
    """Split an address like ``/id/claim-….ttl``; a domain may hold dots of its own."""
    name = str(request.path_params.get("name", default))
    ending = str(request.path_params.get("ending", "")) or name.rpartition(".")[2]
    if ending in _ENDINGS and name != ending:
        return name.removesuffix(f".{ending}"), ending
    return name, None


def _form(request: "Request", offered: dict[str, str]) -> str:
    form = chosen(request.headers.get("Accept"), offered)
    if form is None:
        types = ", ".join(dict.fromkeys(media_type_of(name, offered) for name in offered.values()))
        raise Refused(406, "no form of this answer is one that was asked for", hint=f"it comes as {types}")
    return form


def _wants_page(request: "Request") -> bool:
    return chosen(request.headers.get("Accept"), {"text/plain": "text", "text/html": "html"}) == "html"


def _typed(form: str, offered: dict[str, str]) -> str:
    media_type = media_type_of(form, offered)
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


async def _while_connected(request: "Request", asking: "Awaitable[Answer]") -> "Answer":
    """Await an answer, and give the question up when the client has gone."""
    task = asyncio.ensure_future(asking)
    gone = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Refused(499, "the client has gone")
        return await task
    finally:
        for one in (task, gone):
            one.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _disconnected(request: "Request") -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
