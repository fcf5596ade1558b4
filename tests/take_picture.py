"""Take the README's picture of the explorer, in a real JupyterLab: `make picture`."""

from __future__ import annotations

from jupyterlab_parts import ROOT, Lab, Server
from playwright.sync_api import Browser


def test_take_picture(browser: Browser, lab: Server) -> None:
    context = browser.new_context(viewport={"width": 1180, "height": 2000}, device_scale_factor=1)
    notebook = Lab(context.new_page(), lab)
    notebook.run_all()
    notebook.explorer.get_by_label("Example patient").select_option(index=1)
    # JupyterLab's bar would cover the top of a picture of the explorer alone.
    notebook.page.set_viewport_size({"width": 1180, "height": 2600})
    panel = notebook.page.locator(".jp-WindowedPanel-outer").first
    panel.evaluate("panel => panel.scrollBy(0, -300)")
    top, drawing = notebook.explorer.bounding_box(), notebook.page.locator(".dtree-drawing").first
    end = drawing.bounding_box()
    assert top
    assert end
    notebook.page.screenshot(
        path=ROOT / "notebooks" / "explorer.png",
        clip={**top, "height": end["y"] + end["height"] - top["y"] + 8},
    )
