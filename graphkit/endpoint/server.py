"""Starting and ending the server: where it listens, who may ask, and uvicorn around the routes."""

import ipaddress
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkit import limits
from graphkit.endpoint.guarding import Guard, Rules
from graphkit.endpoint.holding import Keeper
from graphkit.errors import NetworkError, NotAllowed

if TYPE_CHECKING:
    from starlette.applications import Starlette

PORT: Final = 7878
_HEAD_BYTES: Final = 64 * 1024
_CONNECTIONS: Final = 64
_IDLE_SECONDS: Final = 5
_CLOSING_SECONDS: Final = 2


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Where and how to serve.

    ``bind`` is a numeric address, loopback unless ``is_open``; ``port`` 0 takes a free one; ``hosts`` are names by which others reach
    this server; ``origins`` pages of other places whose scripts may ask (CORS); ``seconds`` is the limit of one query.
    """

    bind: str = "127.0.0.1"
    port: int = PORT
    is_open: bool = False
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    seconds: float = limits.QUERY_SECONDS


def run(path: Path, program: str, options: ServeOptions, *, on_start: Callable[[str], None]) -> None:
    """Serve the graph at ``path`` until a signal ends it.

    Args:
        path: The graph's file.
        program: The keeper's "module:function"; see ``keeper.keep``.
        options: Where and how.
        on_start: Called with the server's address when it answers.

    Raises:
        NotAllowed: The address is not loopback and ``is_open`` is off, or is no address.
        NetworkError: The address or port cannot be had.
        NotFound, StoreError: The graph cannot be opened.
    """
    import uvicorn

    rules = _rules(options)
    listening = _listen(options)
    try:
        url = _url(listening)
        keeper = Keeper(path, program)
        application = application_of(keeper, path.name, rules, seconds=options.seconds, on_start=lambda: on_start(url))
        config = uvicorn.Config(
            application,
            log_config=None,
            access_log=False,
            http="h11",
            ws="none",
            lifespan="on",
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_CLOSING_SECONDS,
            h11_max_incomplete_event_size=_HEAD_BYTES,
        )
        try:
            held = keeper.start()
            application.app.state.held = held  # type: ignore[attr-defined]
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            keeper.end()
    finally:
        listening.close()


def application_of(
    keeper: Keeper, title: str, rules: Rules, *, seconds: float, on_start: Callable[[], None] = lambda: None
) -> Guard:
    """Return the ASGI application over a keeper, guarded."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    from graphkit.endpoint.pool import Pool
    from graphkit.endpoint.serving import Serving

    @asynccontextmanager
    async def lifespan(app: "Starlette") -> AsyncIterator[None]:
        pool = Pool(keeper, app.state.held)
        serving = Serving(pool, seconds=seconds, title=title)
        app.state.serving = serving
        await pool.start()
        on_start()
        yield
        await pool.stop()

    def route(path: str, name: str, methods: tuple[str, ...] = ("GET",)) -> Route:
        async def answer(request):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - starlette looks at no annotation
            return await getattr(request.app.state.serving, name)(request)

        return Route(path, answer, methods=list(methods))

    app = Starlette(
        routes=[
            route("/", "home"),
            route("/sparql", "sparql", ("GET", "POST")),
            route("/questions/{name}", "question"),
            route("/view", "view"),
            route("/id/{name}", "resource"),
            route("/graphs", "graph"),
            route("/ns", "vocabulary"),
            route("/ns.{ending}", "vocabulary"),
        ],
        lifespan=lifespan,
    )
    return Guard(app, rules)


def _rules(options: ServeOptions) -> Rules:
    try:
        address = ipaddress.ip_address(options.bind)
    except ValueError as error:
        raise NotAllowed(
            f"--bind takes a numeric address, got {options.bind!r}", hint="127.0.0.1 is this machine alone"
        ) from error
    if not address.is_loopback and not options.is_open:
        raise NotAllowed(
            f"{options.bind} can be reached from other machines",
            hint="--allow-remote allows it: whoever reaches it can read the whole graph, without a password",
        )
    hosts = frozenset(name.lower().rstrip(".") for name in (*options.hosts, options.bind))
    return Rules(hosts, frozenset(options.origins), any_address=address.is_unspecified)


def _listen(options: ServeOptions) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.bind else socket.AF_INET
    # asyncio turns Nagle's algorithm off, which would hold each answer back for 40 ms, only where the protocol is named
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((options.bind, options.port))
        listening.listen(_CONNECTIONS)
    except OSError as error:
        listening.close()
        raise NetworkError(
            f"{options.bind} port {options.port} cannot be listened on ({error.strerror})", hint="--port 0 takes a free port"
        ) from error
    return listening


def _url(listening: socket.socket) -> str:
    host, port, *_ = listening.getsockname()
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
