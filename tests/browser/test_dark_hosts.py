"""Widgets are dark where their host is, however it says so."""

from __future__ import annotations

from playwright.sync_api import Page

from tree.web.bundle import styles

SHEETS = styles(
    "explorer.css", "notebook.css", "practice.css", "practice/notebook.css", "workshop.css"
)
# What the host does to the body or the root of its page, and how a widget is shown then.
HOSTS = {
    "<html><body>": "light",
    '<html><body data-jp-theme-light="true">': "light",
    '<html><body data-jp-theme-light="false">': "dark",
    '<html><body class="vscode-light">': "light",
    '<html><body class="vscode-dark">': "dark",
    '<html><body class="vscode-high-contrast">': "dark",
    '<html><body class="vscode-high-contrast vscode-high-contrast-light">': "light",
    '<html theme="dark"><body>': "dark",
    '<html style="color-scheme: dark"><body>': "light",
}
WIDGETS = ["dtree", "tree-practice", "tree-workshop"]
MARKUP = "".join(f'<div class="{name} dtree-colours">Words</div>' for name in WIDGETS)
READ = """widgets => widgets.map(widget => {
  const root = document.querySelector("#alone")?.shadowRoot ?? document;
  const style = getComputedStyle(root.querySelector(`.${widget}`));
  return [style.colorScheme, style.color, style.backgroundColor];
})"""
SHADES = {
    "light": ["light", "rgb(26, 26, 26)", "rgb(255, 255, 255)"],
    "dark": ["dark", "rgb(236, 236, 236)", "rgb(22, 24, 27)"],
}


def test_each_widget_has_words_and_ground_of_its_host(page: Page) -> None:
    for host, shade in HOSTS.items():
        page.set_content(f"<!doctype html>{host}<style>{SHEETS}</style>{MARKUP}")
        assert page.evaluate(READ, WIDGETS) == [SHADES[shade]] * len(WIDGETS), host


def test_in_a_root_of_its_own_a_widget_inherits(page: Page) -> None:
    for shade, read in SHADES.items():
        page.set_content(f'<!doctype html><html style="color-scheme: {shade}"><p id="alone"></p>')
        page.evaluate(
            "markup => document.querySelector('#alone').attachShadow({ mode: 'open' })"
            ".setHTMLUnsafe(markup)",
            f"<style>{SHEETS}</style>{MARKUP}",
        )
        assert page.evaluate(READ, WIDGETS) == [read] * len(WIDGETS)
