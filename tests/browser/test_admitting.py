"""Who may open the app, how many at once, and when a session ends: real requests, real Voilà."""

from __future__ import annotations

import contextlib
import functools
import json
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from app_parts import App, ask, running
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from practice_parts import Practising
from practised_guide import right_answer
from processes import until
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

import tree
from tree.jupyter.admission import LINK, NAME, SITE, refusal

KERNEL = "0a1b2c3d-0000-4000-8000-000000000000"
# Something of every kind that the app serves.
PATHS = (
    "/",
    "/?theme=dark",
    "/voila/tree/",
    "/voila/render/practice.ipynb",
    "/voila/render/practice.ipynb?visitor=otter-7",
    "/voila/api/contents/",
    "/voila/api/themes/x/index.css",
    f"/voila/api/shutdown/{KERNEL}",
    "/voila/files/x.png",
    "/voila/static/voila.js",
    "/voila/templates/tree-app/static/looking.js",
    f"/api/kernels/{KERNEL}",
    f"/api/kernels/{KERNEL}/channels",
    "/nothing",
)
NAVIGATION = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
FORGED = {
    "another name": {"Host": "evil.example"},
    "another name and its own origin": {
        "Host": "evil.example:8866",
        "Origin": "http://evil.example:8866",
        "Sec-Fetch-Site": "same-origin",
    },
    "a name that begins like ours": {"Host": "localhost.evil.example"},
    "an address that begins like ours": {"Host": "127.0.0.1.evil.example"},
    "an address of the network": {"Host": "192.168.1.7"},
    "every address": {"Host": "0.0.0.0"},
    "another origin": {"Origin": "http://evil.example"},
    "no origin to speak of": {"Origin": "null"},
    "another port": {"Origin": "http://127.0.0.1:1"},
    "an origin that is none": {"Origin": "http://["},
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another port of this computer": {"Sec-Fetch-Site": "same-site"},
    "a frame": {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "iframe",
        "Sec-Fetch-User": "?1",
    },
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    settings = ("--places", "2", "--allow-host", "class.example")
    with running(tmp_path_factory.mktemp("app"), *settings) as found:
        yield found


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED)
def test_nothing_is_given_to_others_and_nothing_starts(app: App, headers: dict[str, str]) -> None:
    asked = [(path, "GET") for path in PATHS]
    asked += [(PATHS[0], method) for method in ("POST", "OPTIONS")]
    asked += [(f"/api/kernels/{KERNEL}", "DELETE"), (f"/voila/api/shutdown/{KERNEL}", "POST")]
    for path, method in asked:
        status, body = ask(app, path, method, **headers)
        assert (status, NAME in body or SITE in body) == (403, True), (method, path)
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    channels = f"/api/kernels/{KERNEL}/channels"
    upgrade["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    assert ask(app, channels, **upgrade, **headers)[0] == 403
    assert app.kernels() == 0


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:80", "localhost.", "127.0.0.1:9", "[::1]:8866", "class.example"],
)
def test_it_answers_to_its_own_names(app: App, host: str) -> None:
    for headers in ({}, {"Sec-Fetch-Site": "none"}, {"Origin": f"https://{host}"}):
        status, body = ask(app, "/", Host=host, **headers)
        assert (status, "not medical advice" in body) == (200, True)


@given(st.from_regex(r"[0-9a-z.:\[\]@%-]{1,30}", fullmatch=True))
def test_no_other_name_is_one_of_this_computer(host: str) -> None:
    headers = HTTPHeaders({"Host": host, "Sec-Fetch-Site": "none"})
    try:
        line = RequestStartLine("GET", "/", "HTTP/1.1")
        request = HTTPServerRequest(start_line=line, headers=headers)
    except Exception:
        return  # tornado itself answers that this is no request
    ours = re.fullmatch(r"(localhost|127(\.\d+){3}|\[[0:]*:0*1\])\.?(:\d*)?", host)
    assert ours or refusal(request) == NAME


@contextlib.contextmanager
def foreign_page(context: BrowserContext, folder: Path, content: str) -> Iterator[Page]:
    """A page of another server. Of this computer, too: browsers of today keep others out."""
    (folder / "index.html").write_text(f"<!doctype html>{content}", encoding="utf-8")
    handler = functools.partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        yield page
        server.shutdown()


@pytest.fixture
def viewport() -> ViewportSize:
    return {"width": 1280, "height": 2200}


def test_a_page_of_another_site_starts_and_reads_nothing(
    app: App, context: BrowserContext, tmp_path: Path
) -> None:
    at = app.at("practice")
    content = f"""<title>wait</title>
        <img src="{at}"><iframe src="{at}"></iframe><script src="{at}"></script>
        <form method="post" action="{at}" target="frame"></form><iframe name="frame"></iframe>
        <script>
        document.forms[0].submit();
        Promise.all([
          fetch("{at}", {{mode: "no-cors"}}).then(answer => answer.type),
          fetch("{at}").then(answer => answer.text()).catch(() => "nothing"),
          new Promise(done => {{
            const socket = new WebSocket("{at.replace("http", "ws")}");
            socket.onopen = () => done("open");
            socket.onerror = () => done("closed");
          }}),
        ]).then(found => document.title = JSON.stringify(found));
        </script>"""
    answers: list[int] = []
    context.on("response", lambda r: r.url.startswith(app.url) and answers.append(r.status))
    with foreign_page(context, tmp_path, content) as page:
        until(lambda: page.title().startswith("["), 60, "all was asked")
        page.wait_for_load_state("load")
        assert json.loads(page.title()) == ["opaque", "nothing", "closed"]
    assert set(answers) == {403}
    assert app.kernels() == 0


def test_a_link_on_a_course_page_leads_here_by_one_more_click(
    app: App, context: BrowserContext, tmp_path: Path
) -> None:
    links = f'<a href="{app.at("practice")}">Practise</a> <a href="{app.url}">All</a>'
    with foreign_page(context, tmp_path, links) as page:
        course = page.url
        page.get_by_role("link", name="Practise").click()
        expect(page.get_by_text(LINK)).to_be_visible()
        assert app.kernels() == 0
        page.get_by_role("link", name="Open the page").click()
        page.locator(".tree-practice").wait_for()
        assert app.kernels() == 1
        # The first page starts nothing, so a link to it needs no question.
        page.goto(course)
        page.get_by_role("link", name="All", exact=True).click()
        heading = page.get_by_role("heading", name="Decision trees from quoted statements")
        expect(heading).to_be_visible()
    until(lambda: app.kernels() == 0, 60, "a page that was left gives its session back")


def test_the_way_on_leads_nowhere_else(app: App) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", **NAVIGATION}
    for path in ("//evil.example/x", "http://evil.example/x", '/x?"><script>alert(1)</script>'):
        _, body = ask(app, path, **headers)
        (link,) = re.findall(r'<a href="([^"]*)">Open the page', body)
        assert re.match(r"/[^/]", link)
        assert "<script" not in body


def test_only_so_many_sessions_and_a_page_that_says_so(app: App, context: BrowserContext) -> None:
    pages = [context.new_page() for _ in range(3)]
    for page in pages[:2]:
        page.goto(app.at("practice"))
        page.locator(".tree-practice").wait_for()
    answer = pages[2].goto(app.at("practice"))
    assert answer
    assert answer.status == 503
    expect(pages[2].get_by_text("All places are taken. There are no more than 2.")).to_be_visible()
    assert app.kernels() == 2
    # Loading again gives one place back and takes it; so does closing one page for another.
    pages[1].reload()
    pages[1].locator(".tree-practice").wait_for()
    pages[0].close(run_before_unload=True)
    until(lambda: app.kernels() == 1, 60, "the place is given back")
    pages[2].reload()
    pages[2].locator(".tree-practice").wait_for()
    assert app.kernels() == 2


@pytest.mark.slow
def test_memory_is_left_to_others(tmp_path: Path) -> None:
    with running(tmp_path, "--spare", "1000000000") as app:
        status, body = ask(app, "/voila/render/practice.ipynb?visitor=a")
        assert status == 503
        assert "too little memory" in body
        assert app.kernels() == 0


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[App]:
    """An app that ends a session 12 seconds after somebody looked."""
    with running(tmp_path, "--away", "0.2") as app:
        yield app


def test_a_session_that_nobody_looks_at_ends_and_the_student_goes_on(
    hasty: App, context: BrowserContext, liver: tree.Guide
) -> None:
    page = context.new_page()
    page.goto(hasty.at("practice"))
    visitor = re.findall("visitor=(.*)", page.url)[0]
    student = Practising(page, liver, hasty.records / f"practice-record-{visitor}.sqlite", seed=0)
    student.button("Submit").wait_for()
    first, second = student.questions[:2]
    student.choose(first, right_answer(first))
    student.button("Submit").click()
    expect(student.said).to_contain_text("Right.")
    # It came later, and nobody looks at it.
    assert ask(hasty, "/voila/render/explore.ipynb?visitor=a")[0] == 200
    assert hasty.kernels() == 2
    until(lambda: hasty.kernels() == 1, 120, "what nobody looks at ends")
    expect(page.locator(".app-ended")).to_have_count(0)
    # The student does something else. A browser without a screen never hides a page, so say so.
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    until(lambda: hasty.kernels() == 0, 120, "a page in the background is not looked at")
    expect(page.locator(".app-ended")).to_have_count(0)
    page.evaluate("delete document.hidden")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("alert")).to_contain_text("What you have answered in practice is kept")
    page.get_by_role("button", name="Go on").click()
    student.waits_for(second)
    expect(page.locator(".app-ended")).to_have_count(0)
