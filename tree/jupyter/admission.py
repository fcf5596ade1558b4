"""Who may use the app: its own pages, under names of this computer, as many as find room.

A server on this computer can be reached by every page that the browser shows, not by its owner
alone. So a request is refused before any part of Voilà sees it if it comes under a foreign name
(a foreign page can make its own name point here: DNS rebinding) or from a page of another site.
"""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import time
import uuid
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher, Rule
from tornado.web import HTTPError, RequestHandler
from traitlets import Integer
from voila.app import Voila

from ..messages import in_language, later, say
from .front_page import error_page, language_of_pages

MEGABYTE = 1_000_000
PLACES = 40
# Megabytes that a session takes at its start, and that are left to others.
SESSION, SPARE = 80, 300
# Seconds that a visitor waits for a place: who loads a page again gives the old place back first.
PATIENCE, PAUSE = 5, 0.2

# Said in the language that the pages share.
NAME = later(
    "This app answers to names of this computer alone, such as localhost and 127.0.0.1. "
    "To open it under another name, start it with --allow-host and that name."
)
SITE = later("A page of another site asked for this. It is not given to other sites.")
LINK = later(
    "You come from another site. Nothing was started yet; go on only if you meant to come here."
)
FULL = later("All places are taken. There are no more than {places}.")
SCARCE = later("This computer has too little memory left for one more session.")
AGAIN = later(
    "A place is free again a few minutes after somebody closes their page. "
    "This page tries again every 20 seconds."
)


def refusal(request: HTTPServerRequest, names: Collection[str] = (), home: str = "/") -> str:
    """Why a request is refused; nothing if it is not.

    `names`: other names that the app may be opened under; `home`: the first page, which starts
    nothing and may be linked from anywhere.

    >>> from tornado.httputil import HTTPHeaders, RequestStartLine
    >>> def asked(**headers):
    ...     names = {name.replace("_", "-"): value for name, value in headers.items()}
    ...     line = RequestStartLine("GET", "/voila/render/a.ipynb", "HTTP/1.1")
    ...     return HTTPServerRequest(headers=HTTPHeaders(names), start_line=line)
    >>> refusal(asked(Host="localhost:8866", Sec_Fetch_Site="none"))
    ''
    >>> refusal(asked(Host="evil.example:8866")) == NAME
    True
    >>> refusal(asked(Host="localhost:8866", Origin="http://evil.example")) == SITE
    True
    """
    if not _here(request.host_name, names):
        return NAME
    headers = request.headers
    origin = headers.get("Origin")
    # Browsers send the one or the other, and no page can change them; programs send neither.
    if origin is not None:
        ours = _place(origin) == request.host.lower()
    else:
        ours = headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
    if ours:
        return ""
    # A visitor who follows a link on a course page sees the page alone, and not in a frame.
    followed = ("navigate", "document")
    if (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")) != followed:
        return SITE
    if request.method not in ("GET", "HEAD"):
        return SITE
    return "" if request.path == home else LINK


def _here(name: str, names: Collection[str]) -> bool:
    name = name.lower().rstrip(".")
    if name == "localhost" or name in {other.lower() for other in names}:
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def _place(origin: str) -> str:
    """The name and port of an origin."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


class Foreign(Matcher):
    """Takes the requests that are refused, whatever they ask for."""

    def __init__(self, names: Collection[str], home: str) -> None:
        self.names, self.home = names, home

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        why = refusal(request, self.names, self.home)
        return {"target_kwargs": {"why": why}} if why else None


class Refusal(RequestHandler):
    """Says why a request is refused; without a reason, that there is no such page."""

    def initialize(self, why: str = "") -> None:
        self.why = why

    def prepare(self) -> None:
        status = 403 if self.why else 404
        self.set_status(status)
        # Two slashes at its beginning would lead to another site.
        link = "/" + self.request.uri.lstrip("/") if self.why == LINK else ""
        template = self.settings["voila_jinja2_env"].get_template("error.html")
        base = self.settings["base_url"]
        self.finish(template.render(status_code=status, why=self.why, link=link, base_url=base))


class Sessions(AsyncMappingKernelManager):
    """The kernels of the visitors: bounded in number and memory, and ended when nobody looks."""

    places = Integer(PLACES, config=True, help="how many sessions there may be at once")
    spare = Integer(SPARE, config=True, help="megabytes of memory that are left to others")

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._starting: set[str] = set()

    # Jupyter declares it as any awaitable; it is called by keywords alone.
    async def start_kernel(self, **settings: Any) -> str:  # type: ignore[override]
        """Start a kernel where there is room. Raises HTTPError, with words for the visitor."""
        await self._room()
        id = settings.setdefault("kernel_id", str(uuid.uuid4()))
        self._starting.add(id)
        try:
            return str(await super().start_kernel(**settings))
        finally:
            self._starting.discard(id)

    def kernel_model(self, kernel_id: str) -> dict[str, Any]:
        """What a page asks while somebody looks at it; so its kernel is not idle."""
        model: dict[str, Any] = super().kernel_model(kernel_id)
        kernel: Any = self.get_kernel(kernel_id)
        kernel.last_activity = datetime.now(UTC)
        return model

    async def _room(self) -> None:
        until = time.monotonic() + PATIENCE
        while why := self._lack():
            if time.monotonic() > until:
                with in_language(language_of_pages(Path(self.root_dir))):
                    words = f"{say(why, places=self.places)} {say(AGAIN)}"
                raise HTTPError(503, words)
            await asyncio.sleep(PAUSE)

    def _lack(self) -> str:
        """What there is too little of for one more session; nothing if there is room."""
        if len(self._starting | set(self.list_kernel_ids())) >= self.places:
            return FULL
        # Those that are starting have not taken their memory yet.
        free = psutil.virtual_memory().available / MEGABYTE - SESSION * len(self._starting)
        return SCARCE if free - SESSION < self.spare else ""


class App(Voila):
    """Voilà behind a gate."""

    names: Collection[str] = ()

    def init_handlers(self) -> list[Any]:
        notebooks = self.app.settings["notebooks"] = Path(self.root_dir)
        environment = self.app.settings["voila_jinja2_env"]
        environment.globals["error_page"] = functools.partial(error_page, notebooks)
        # Where Voilà has nothing, Tornado's own page is in English.
        self.app.settings["default_handler_class"] = Refusal
        gate = Rule(Foreign(self.names, self.server_url), Refusal)
        return [gate, *super().init_handlers()]
