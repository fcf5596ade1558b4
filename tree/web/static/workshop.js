// @ts-check
import { make, on } from "./explorer/elements.js";
import { keepForms, newDesk, takeFiles } from "./workshop/desk.js";
import { doingsOn } from "./workshop/doing.js";
import { panelView } from "./workshop/panel.js";
import { talkTo } from "./workshop/talk.js";
import { writtenText } from "./workshop/text_view.js";
import { treesView } from "./workshop/tree_view.js";
import { say, speak } from "./messages.js";

/**
 * The workshop: a guide is written beside its text. Python holds the files and answers every step;
 * the screen holds what is selected and what stands in its forms.
 *
 * @import { Doings } from "./workshop/doing.js"
 */

const THREE_COLUMNS = 1150; // px: here the tree stands beside the panel

export default {
  /** @param {{model: any, el: HTMLElement, signal?: AbortSignal}} context */
  render({ model, el, signal }) {
    speak(model.get("state"));
    const desk = newDesk(model.get("state"));
    const ask = talkTo(
      model,
      silent => {
        if (desk.silent === silent) return;
        desk.silent = silent;
        show();
      },
      signal
    );
    const show = () => {
      root.classList.toggle("tw-begun", desk.files.begun && !desk.files.unreadable);
      root.setAttribute("aria-busy", `${desk.working || desk.busy}`);
      text.render();
      panel.render();
      const tree = treesView(desk);
      beside.replaceChildren(tree);
    };
    const doings = doingsOn(desk, ask, show);
    const text = writtenText(desk, doings);
    const panel = panelView(desk, doings);
    const beside = make("div", {
      class: "tw-beside",
      tabindex: "0",
      role: "group",
      "aria-label": say`The tree`
    });
    const columns = make("div", "tw-columns", text.element, panel.element, beside);
    const look = { class: "tree-workshop dtree-colours", dir: say`ltr` };
    const root = make("div", look, panel.bar, columns);
    const follow = () => {
      speak(model.get("state"));
      if (takeFiles(desk, model.get("state"))) text.rebuild();
      show();
    };
    model.on("change:state", follow);
    signal?.addEventListener("abort", () => model.off("change:state", follow));
    on(root, "input", () => keepForms(desk));
    on(root, "keydown", event => keys(event, doings));
    new ResizeObserver(() =>
      root.classList.toggle("tw-wide", root.clientWidth >= THREE_COLUMNS)
    ).observe(root);
    el.append(root);
    text.rebuild();
    show();
  }
};

/** JupyterLab would take arrows, Enter and letters for its own. @param {KeyboardEvent} event @param {Doings} doings */
function keys(event, doings) {
  const { tagName } = /** @type {HTMLElement} */ (event.target);
  const types = tagName === "INPUT" || tagName === "TEXTAREA";
  if (event.key === "z" && (event.ctrlKey || event.metaKey) && !types) {
    event.preventDefault();
    if (event.shiftKey) doings.redo();
    else doings.undo();
  }
  event.stopPropagation();
}
