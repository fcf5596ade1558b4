// @ts-check
import { put, make, paragraph, set, statusLine } from "./explorer/elements.js";
import { choiceParts } from "./practice/choices.js";
import { bigButton, keepingView } from "./practice/keeping.js";
import { offerPractice } from "./practice/links.js";
import { openRecord } from "./practice/record.js";
import {
  beginRound,
  beginTry,
  gradeAnswers,
  nameOfRow,
  newSession,
  nextInRound,
  openRows,
  scoreOf,
  takeHint
} from "./practice/session.js";
import { book, showWalk } from "./practice/still.js";
import {
  gradedBox,
  hintBox,
  markedUp,
  overBox,
  storyPieces,
  unsubmittedBox
} from "./practice/telling.js";
import { say } from "./messages.js";

/**
 * Practising in the static page.
 *
 * It holds no rule of medicine and none of grading but one: the steps are walked in their order,
 * and the first whose answer is not accepted is where the reading left the text. What the steps
 * are, what they accept and what each answer shows is in the worksheet (see
 * `tree/teaching/questions/worksheet.py`), which lies packed in the page, so that nobody reads it
 * by accident.
 *
 * @import { Payload } from "./explorer/payload.js"
 * @import { Session } from "./practice/session.js"
 * @import { Worksheet } from "./practice/worksheet.js"
 *
 * @typedef {object} Screen
 * @property {Session} state
 * @property {ReturnType<typeof placesInOrder>} places
 * @property {ReturnType<typeof keepingView>} keeping
 * @property {Record<"hint" | "submit" | "again" | "show" | "next" | "another", HTMLElement>} buttons
 */

const sheetPlace = document.getElementById("tp-sheet");
if (sheetPlace) offerPractice(sheetPlace.textContent ?? "", showPractice);

/**
 * @param {HTMLElement} root
 * @param {Worksheet} sheet
 * @param {Payload} payload
 */
function showPractice(root, sheet, payload) {
  const state = newSession(sheet, openRecord(sheet));
  const startAgain = () => {
    beginRound(state);
    showQuestion(screen);
  };
  const focus = (/** @type {HTMLElement} */ button) => button.focus({ preventScroll: true });
  const toTop = () => root.scrollIntoView({ block: "start" });
  const primary = (/** @type {string} */ words, /** @type {() => void} */ act) =>
    bigButton(words, act, "tp-primary");
  const places = placesInOrder();
  const buttons = {
    hint: bigButton(say`Hint`, () => showHint(screen)),
    submit: primary(say`Submit`, () => submitAnswers(screen)),
    again: bigButton(say`Try again`, () => {
      beginTry(state);
      showTry(screen);
      buttons.submit.focus();
    }),
    show: bigButton(say`Show the path`, () => {
      showWalk(places.walk, payload, state.asked?.walk ?? []);
      showState(screen);
      focus(buttons.next);
      places.walk.scrollIntoView({ block: "nearest" });
    }),
    next: primary(say`Next`, () => {
      nextInRound(state);
      showQuestion(screen);
      focus(state.asked ? buttons.hint : buttons.another);
      toTop();
    }),
    another: primary(say`Another round`, () => {
      startAgain();
      focus(buttons.hint);
      toTop();
    })
  };
  const keeping = keepingView(state.record, places.warnings, () => {
    startAgain();
    buttons.hint.focus();
  });
  /** @type {Screen} */
  const screen = { state, places, keeping, buttons };
  put(
    root,
    make("h2", "tp-title", say`Practise`),
    paragraph(
      say`Read the vignette and answer as the text would. Where your reading leaves the text, you are shown the first such place.`,
      "tp-quiet"
    ),
    ...Object.values(places),
    ...book(payload),
    keeping.element
  );
  showQuestion(screen);
}

/** The places of what changes, in their order on the page. */
const placesInOrder = () => ({
  count: make("div", "tp-quiet"),
  bar: make(
    "div",
    { class: "tp-bar", role: "progressbar", "aria-label": say`Answered`, "aria-valuemin": "0" },
    make("div")
  ),
  warnings: statusLine("div"),
  story: make("div", "tp-story"),
  hintRow: make("div", "tp-buttons"),
  hint: statusLine("div"),
  choices: make("div"),
  result: statusLine("div"),
  acts: make("div", "tp-buttons"),
  walk: make("div")
});

/** @param {Screen} screen */
function showHint({ state, places }) {
  const step = takeHint(state);
  const { asked, hints } = state;
  if (!asked) return;
  put(places.hint, hintBox(asked, step, nameOfRow(state, step.row), hints));
}

/** @param {Screen} screen */
function submitAnswers(screen) {
  const { state, places, buttons } = screen;
  const { asked } = state;
  if (!asked || state.grade) return;
  const rows = openRows(state);
  if (rows.length) {
    put(places.result, unsubmittedBox(rows.length, nameOfRow(state, rows[0])));
    return;
  }
  const grade = gradeAnswers(state, asked);
  put(places.result, gradedBox(asked, grade));
  showStory(screen);
  showState(screen);
  (grade.divergence ? buttons.again : buttons.next).focus();
}

/** A question from its beginning. @param {Screen} screen */
function showQuestion(screen) {
  const { state, places } = screen;
  put(places.choices, ...choiceParts(state));
  showTry(screen);
  if (!state.asked) put(places.result, overBox(...scoreOf(state)));
}

/** A try from its beginning. @param {Screen} screen */
function showTry(screen) {
  const { hint, result, walk } = screen.places;
  for (const place of [hint, result, walk]) put(place);
  showStory(screen);
  showState(screen);
}

/** The patient, with what was misread marked. @param {Screen} screen */
function showStory({ state: { asked, grade }, places: { story } }) {
  story.hidden = !asked;
  const pieces = storyPieces(asked?.story ?? "", grade?.divergence?.words ?? []);
  put(story, ...markedUp(pieces));
}

/** How far the round is, and what can be done now. @param {Screen} screen */
function showState({ state, places, keeping, buttons }) {
  const { round, at, asked, grade } = state;
  const { count, bar, hintRow, choices, acts, walk } = places;
  const { hint, submit, again, show, next, another } = buttons;
  const total = round.questions.length;
  const done = Math.min(at + (grade ? 1 : 0), total);
  count.textContent = say`${done} of ${total} answered`;
  set(bar, { "aria-valuemax": `${total}`, "aria-valuenow": `${done}` });
  /** @type {HTMLElement} */ (bar.firstElementChild).style.width =
    `${(100 * done) / Math.max(total, 1)}%`;
  for (const fieldset of choices.querySelectorAll("fieldset")) fieldset.disabled = grade !== null;
  put(hintRow, ...(asked && !grade ? [hint] : []));
  next.textContent = at + 1 < total ? say`Next` : say`Finish`;
  const toTry = grade?.divergence ? [again] : [];
  const toShow = walk.hasChildNodes() ? [] : [show];
  put(acts, ...(!asked ? [another] : grade ? [...toTry, ...toShow, next] : [submit]));
  keeping.render();
}
