// @ts-check
import { drawingView } from "./drawing.js";
import { button, make, paragraph, put, write } from "./elements.js";
import { extras } from "./extras.js";
import { NARROW } from "./fitting.js";
import { noticesView } from "./notices.js";
import { outcomeView } from "./outcome.js";
import { outlineView } from "./outline.js";
import { paperView } from "./paper.js";
import { questionsView } from "./questions.js";
import { viewOf } from "./state.js";
import { textView } from "./text.js";
import { say } from "../messages.js";

/**
 * The views of an explorer, and how they stand in the page.
 *
 * @import { Control, Source } from "../explorer.js"
 * @import { Actions } from "./actions.js"
 * @import { State } from "./state.js"
 *
 * @typedef {object} Renders  what a view does where it has something to show of it
 * @property {() => void} [rebuild]  for another payload
 * @property {() => void} [render]  for other answers; this may come a frame after the highlight
 * @property {(scroll: boolean) => void} [light]  for what is pointed at; `scroll`: to its words
 *
 * @typedef {ReturnType<typeof makeViews>} Views
 */

/**
 * @param {State} state
 * @param {Source} source
 * @param {Control[]} controls
 * @param {Actions} actions
 */
export function makeViews(state, source, controls, actions) {
  const notices = noticesView(state);
  return {
    drawing: drawingView(state, source, actions),
    note: noteView(state),
    notices,
    questions: questionsView(state, controls, actions),
    text: textView(state, actions, notices.pointed),
    outcome: outcomeView(state, actions),
    outline: outlineView(state),
    settings: extras.settings?.(state, source, actions),
    trees: extras.trees?.(state, source, actions),
    paper: paperView(state, source)
  };
}

/**
 * @param {Views} views
 * @param {keyof Renders} act
 * @param {boolean} [scroll]
 */
export function all(views, act, scroll = false) {
  for (const view of Object.values(views)) {
    /** @type {Renders | undefined} */ (view)?.[act]?.(scroll);
  }
}

/** What is shown, and that it is no advice; while drafts are confirmed that changes. @param {State} state */
function noteView(state) {
  const element = paragraph("", "dtree-note");
  return {
    element,
    rebuild() {
      const { title, disclaimer } = state.payload;
      put(element, make("b", {}, title), ` ${disclaimer}`);
    }
  };
}

/** @param {State} state @param {Views} views */
export function layOut({ payload: { title, language } }, views) {
  const { questions, note, notices, drawing, text, paper, outcome, outline, settings, trees } =
    views;
  const view = make(
    "div",
    "dtree-view",
    questions.element,
    drawing.element,
    text.element,
    outcome.element
  );
  const parts = [
    notices.live,
    view,
    paper.element,
    outline.element,
    ...(settings ? [settings.element] : [])
  ];
  return make(
    "section",
    { class: "dtree", "aria-label": title, lang: language },
    make("div", "dtree-start", ...questions.bar, readButton(view), note.element),
    ...(trees ? [trees.around(...parts)] : parts)
  );
}

/**
 * Where there is no drawing to look at, and on a phone, the outline comes first.
 *
 * @param {State} state
 * @param {HTMLElement} root
 * @param {HTMLDetailsElement} outline
 */
export function outlineFirst(state, root, outline) {
  const isDrawn = !state.large || viewOf(state).svg;
  if (isDrawn && root.clientWidth >= NARROW) return;
  outline.open = true;
  root.querySelector(".dtree-drawn")?.before(outline);
}

/**
 * Where there is no room for the questions and the text beside the drawing, one of them is there.
 *
 * @param {HTMLElement} view
 */
function readButton(view) {
  const words = [say`Read the text`, say`Questions`];
  const read = button(words[0], () => {
    write(read, words[Number(view.classList.toggle("dtree-reading"))]);
  });
  read.className = "dtree-read";
  return read;
}
