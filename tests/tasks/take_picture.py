"""Take the pictures of what is shown, in a real JupyterLab: `make picture`."""

from __future__ import annotations

from jupyterlab_parts import Lab, Server
from lesson_parts import Teacher
from places import ROOT
from playwright.sync_api import Browser, expect
from practice_parts import Student
from processes import until


def test_take_picture(browser: Browser, lab: Server) -> None:
    # Wide enough for the questions beside the drawing, not for the text.
    context = browser.new_context(viewport={"width": 1360, "height": 2000}, device_scale_factor=1)
    notebook = Lab(context.new_page(), lab)
    notebook.run_all()
    notebook.explorer.get_by_label("Example patient").select_option(index=1)
    # High enough for the whole explorer below JupyterLab's own bars.
    page, explorer = notebook.page, notebook.explorer
    page.set_viewport_size({"width": 1360, "height": 2600})
    panel = page.locator(".jp-WindowedPanel-outer").first

    def in_view() -> bool:
        box, frame = explorer.bounding_box(), panel.bounding_box()
        if box and frame and frame["y"] < box["y"] < frame["y"] + 400:
            return True
        if box and frame:
            panel.evaluate("(panel, by) => panel.scrollBy(0, by)", box["y"] - frame["y"] - 100)
        return False

    until(in_view, what="the explorer stands below the bars")
    assert explorer.locator(".dtree-question").count() == 5
    top = explorer.bounding_box()
    view = page.locator(".dtree-drawn").first.bounding_box()
    assert top
    assert view
    page.screenshot(
        path=ROOT / "notebooks" / "explorer.png",
        clip={**top, "height": view["y"] + view["height"] - top["y"] + 2},
    )


def test_take_picture_of_practising(browser: Browser, lab: Server) -> None:
    context = browser.new_context(viewport={"width": 1180, "height": 2000}, device_scale_factor=1)
    name = "metastatic_liver_cancer"
    student = Student(context.new_page(), lab, "picture", name, "seed=1, kinds=['branch']")
    question = student.questions[0]
    student.choose(question, {f.id: "no" for f in student.guide.factors})
    student.button("Submit").click()
    expect(student.said).to_contain_text("Not what the text says.")
    student.practice.screenshot(path=ROOT / "notebooks" / "practice.png")


def test_take_picture_of_a_lesson(browser: Browser, lab: Server) -> None:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, device_scale_factor=1)
    teacher = Teacher(context.new_page(), lab, "picture_lesson")
    teacher.gives(guide="metastatic_liver_cancer", questions=["branch/weak_heart"])
    for place, votes in enumerate(("4", "19", "3")):
        teacher.row(place).locator("input").fill(votes)
        teacher.row(place).locator("input").press("Tab")
    expect(teacher.row(1)).to_contain_text("19 (73 %)")
    teacher.button("Reveal").click()
    expect(teacher.said).to_contain_text("The vignette says: No.")
    teacher.lesson.screenshot(path=ROOT / "notebooks" / "teach.png")
