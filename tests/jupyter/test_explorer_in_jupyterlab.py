"""The explorer as a student meets it: a real JupyterLab, a real browser, the real notebook."""

from __future__ import annotations

from explorer_state import YES_NO_UNKNOWN, answers_of, expected, seen
from jupyterlab_parts import Lab, Server
from pairwise import pairwise
from playwright.sync_api import Locator, expect
from processes import until

import tree
from tree.logic.firmness import firmness_of


def test_opens_with_the_answers_that_python_set(opened: Lab, liver: tree.Guide) -> None:
    walk = liver.walk(other_organ_involvement="no", extensive_liver_involvement="yes")
    assert seen(opened.state()) == expected(walk)


def test_combinations_highlight_what_walk_says(opened: Lab, liver: tree.Guide) -> None:
    """Of all 243, which node walks, those in which any two answers meet."""
    for labels in pairwise([YES_NO_UNKNOWN] * 5):
        now = opened.state()["toggles"]
        for factor, label in enumerate(labels):
            if now[factor] != label:
                opened.toggle(factor, label).click()
        shown = opened.state()
        walk = liver.walk(answers_of(liver, labels))
        assert seen(shown) == expected(walk), labels
        for option in liver.options:
            quotes = shown["quotes"][firmness_of(walk)[option.id].after(option.label)]
            assert set(walk.standings[option.id].quotes) <= set(quotes), (labels, option.id)


def heard_by_python(opened: Lab) -> Locator:
    """Where the notebook prints the walk, printed anew."""
    cell = opened.page.locator(".jp-CodeCell", has_text="print(explorer.walk)").first
    cell.locator(".jp-Editor").click()
    opened.page.keyboard.press("Control+Enter")
    return cell.locator(".jp-OutputArea")


def test_every_toggle_reaches_python(opened: Lab) -> None:
    opened.page.get_by_role("button", name="Reset").first.click()
    opened.toggle(0, "Yes").click()
    opened.toggle(4, "No").click()
    output = heard_by_python(opened)
    expect(output).to_contain_text("spread to organs other than the liver? yes")
    expect(output).to_contain_text("chemotherapy may be effective? no")
    opened.show_explorer()


# Python hears of a click a frame after the branch lights up: these come within one.
AT_ONCE = """root => {
  const groups = [...root.querySelectorAll(".dtree-toggle [role=radiogroup]")];
  const reset = [...root.querySelectorAll("button")].find(each => each.textContent === "Reset");
  const click = (group, at) => groups[group].children[at].click();
  CLICKS
}"""


def test_clicks_within_one_frame(opened: Lab, liver: tree.Guide) -> None:
    first, second, *_, last = (factor.id for factor in liver.factors)

    def at_once(clicks: str, **answers: str) -> None:
        opened.show_explorer()
        opened.explorer.evaluate(AT_ONCE.replace("CLICKS", clicks))
        walk = liver.walk(answers)
        assert seen(opened.state()) == expected(walk), clicks
        output = heard_by_python(opened)
        for factor in liver.factors:
            for value in factor.values:
                said = f"{factor.question} {value}"
                if answers.get(factor.id) == value:
                    expect(output).to_contain_text(said)
                else:
                    expect(output).not_to_contain_text(said)
        # What Python answers does not undo it.
        opened.show_explorer()
        assert seen(opened.state()) == expected(walk), clicks

    at_once("reset.click(); click(0, 0); click(1, 1); click(0, 1)", **{first: "no", second: "no"})
    at_once("click(4, 0); reset.click()")
    at_once("click(0, 0); reset.click(); click(4, 1); click(4, 0); click(4, 1)", **{last: "no"})


def test_a_click_that_changes_nothing_tells_python_nothing(opened: Lab, liver: tree.Guide) -> None:
    """Else it would tell what an example had set before Python set something else."""
    opened.explorer.get_by_label("Example patient").select_option(index=1)
    assert opened.state()["toggles"][:2] == ["No", "No"]
    cell = opened.page.locator(".jp-CodeCell", has_text="explorer.answers = {").first
    cell.locator(".jp-Editor").click()
    opened.page.keyboard.press("Control+Enter")
    opened.show_explorer()
    until(lambda: opened.state()["toggles"][:2] == ["No", "Yes"], what="Python has set them")
    opened.toggle(1, "Yes").click()
    expect(heard_by_python(opened)).to_contain_text(f"{liver.factors[1].question} yes")
    opened.show_explorer()
    walk = liver.walk(other_organ_involvement="no", extensive_liver_involvement="yes")
    assert seen(opened.state()) == expected(walk)


def test_click_on_a_branch_answers_its_question(opened: Lab, liver: tree.Guide) -> None:
    opened.page.get_by_role("button", name="Reset").first.click()
    question = liver.factor("other_factors_against_resection").question
    opened.branch(question, "No").locator("text").click()
    assert seen(opened.state()) == expected(liver.walk(other_factors_against_resection="no"))
    # The same branch again takes the answer back.
    opened.branch(question, "No").locator("text").click()
    assert seen(opened.state()) == expected(liver.walk())


def test_keyboard_alone(opened: Lab, liver: tree.Guide) -> None:
    opened.page.get_by_role("button", name="Reset").first.click()
    opened.toggle(1, "Unknown").focus()
    for key, value in (("ArrowRight", "yes"), ("ArrowDown", "no"), ("ArrowLeft", "yes")):
        opened.page.keyboard.press(key)
        walk = liver.walk(extensive_liver_involvement=value)
        assert seen(opened.state()) == expected(walk), key
    opened.branch(liver.factors[0].question, "Yes").focus()
    opened.page.keyboard.press("Enter")
    walk = liver.walk(other_organ_involvement="yes", extensive_liver_involvement="yes")
    assert seen(opened.state()) == expected(walk)
    opened.page.keyboard.press("Space")
    assert seen(opened.state()) == expected(liver.walk(extensive_liver_involvement="yes"))


def test_whoever_answers_a_focus_stays(opened: Lab, liver: tree.Guide) -> None:
    """And a press of the mouse that is halfway: the buttons of a toggle are never made anew."""
    opened.page.get_by_role("button", name="Reset").first.click()
    focused = opened.toggle(1, "Unknown")
    focused.focus()
    before = opened.explorer.locator(".dtree-toggle [role=radio]").element_handles()
    select = opened.explorer.get_by_label("Example patient")
    select.evaluate("""select => {
        select.selectedIndex = 1;
        select.dispatchEvent(new Event("change"));
    }""")
    assert opened.state()["toggles"][:2] == ["No", "No"]
    expect(focused).to_be_focused()
    opened.page.keyboard.press("ArrowLeft")
    opened.page.keyboard.press("ArrowLeft")
    assert opened.state()["toggles"][1] == "Yes"
    output = heard_by_python(opened)
    expect(output).to_contain_text(f"{liver.factors[1].question} yes")
    opened.show_explorer()
    after = opened.explorer.locator(".dtree-toggle [role=radio]")
    assert all(after.nth(i).evaluate("(a, b) => a === b", old) for i, old in enumerate(before))


def test_example_patients_and_reset(opened: Lab, liver: tree.Guide) -> None:
    select = opened.explorer.get_by_label("Example patient")
    for name, answers in liver.examples:
        select.select_option(label=name)
        wanted = expected(liver.walk(dict(answers)))
        # What the kernel answers to the example before may still come in between.
        until(lambda wanted=wanted: seen(opened.state()) == wanted, what=name)
    opened.page.get_by_role("button", name="Reset").first.click()
    assert seen(opened.state()) == expected(liver.walk())
    assert select.input_value() == ""


def test_outcome_is_said_in_one_plain_sentence(opened: Lab) -> None:
    opened.explorer.get_by_label("Example patient").select_option(index=1)
    said = " ".join(opened.state()["said"].split())
    assert said == (
        "First choice · “In general”, “usually”: Complete surgical removal. “In general, the most "
        "effective treatment for tumors that have spread (metastasized) to the liver is complete "
        "surgical removal” Robert A. Wascher, MD, FACS"
    )
    # What is the same for everyone is said once, beside the tree.
    expect(opened.explorer.locator(".dtree-everyone")).to_contain_text(
        "For everyone: Offered · “likely”, “may”: Ablation, Chemoembolization, "
    )
    expect(opened.explorer).to_contain_text("not medical advice")


def test_the_branch_is_lit_by_the_click_itself(opened: Lab) -> None:
    """Before anything else happens: no frame is asked for, and no answer of the kernel awaited."""
    lit, frames = opened.explorer.evaluate("""root => {
        const toggle = root.querySelector("[role=radiogroup]");
        const branch = root.querySelector("g.edge");
        const ask = window.requestAnimationFrame;
        let frames = 0;
        window.requestAnimationFrame = act => {
            frames += 1;
            return ask(act);
        };
        const lit = Array.from({length: 50}, (_, i) => {
            toggle.children[i % 2].click();
            return branch.getAttribute("class");
        });
        window.requestAnimationFrame = ask;
        return [lit, frames];
    }""")
    assert frames == 0
    states = ["taken" if "dtree-taken" in each else "ruled out" for each in lit]
    assert states in (["taken", "ruled out"] * 25, ["ruled out", "taken"] * 25)


def test_works_after_the_kernel_is_shut_down(opened: Lab, lab: Server, liver: tree.Guide) -> None:
    opened.page.get_by_role("button", name="Reset").first.click()
    opened.menu("Kernel", "kernelmenu:shutdown")
    until(lambda: lab.kernel_of(opened.notebook) is None, what="the kernel is gone")
    opened.show_explorer()
    opened.toggle(0, "No").click()
    opened.toggle(3, "Yes").click()
    walk = liver.walk(other_organ_involvement="no", complete_removal_feasible="yes")
    assert seen(opened.state()) == expected(walk)
    opened.branch(liver.factors[1].question, "Yes").locator("text").click()
    assert seen(opened.state()) == expected(
        liver.walk({**walk.answers, "extensive_liver_involvement": "yes"})
    )
    opened.explorer.get_by_label("Example patient").select_option(index=2)
    assert seen(opened.state()) == expected(liver.walk(dict(liver.examples[1][1])))
    opened.page.get_by_role("button", name="Reset").first.click()
    assert seen(opened.state()) == expected(liver.walk())


def test_nothing_went_wrong_or_outside(opened: Lab) -> None:
    # ipywidgets itself says so where a toggle has no kernel any more to tell.
    assert [error for error in opened.errors if error != "Cannot send"] == []
    assert opened.outside == []
