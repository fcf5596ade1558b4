// @ts-check
import { button, put, make, paragraph } from "../explorer/elements.js";
import { extras } from "../explorer/extras.js";
import { plural, say } from "../messages.js";

/**
 * What the browser keeps of practising, to be saved or forgotten.
 *
 * @import { PracticeRecord } from "./record.js"
 */

/** @param {string} words @param {() => void} act @param {string} [kind] */
export const bigButton = (words, act, kind = "") =>
  button(words, act, { class: `tp-button ${kind}`.trim() });

/**
 * @param {PracticeRecord} record
 * @param {HTMLElement} warnings  where they stand
 * @param {() => void} forgotten  called when all is forgotten
 */
export function keepingView(record, warnings, forgotten) {
  const element = make("div", "tp-keeping");
  // Whether a person is asked if all is to be forgotten.
  let forgetting = false;

  const render = () => {
    const lost = say`This browser keeps nothing here: your answers will be gone when this page is closed. Save your record before.`;
    const messages = [...record.messages, ...(record.isKept() ? [] : [lost])];
    // Said again only where it changed.
    if (warnings.textContent !== messages.join("")) {
      put(warnings, ...messages.map(words => paragraph(words, "tp-warning")));
    }
    const number = record.kept().attempts.length;
    const answered = plural("{count} answer", "{count} answers", number);
    const summary = paragraph(
      record.isKept()
        ? (extras.kept?.(answered) ??
            say`${answered} kept in this browser, with a random number and no name.`)
        : say`${answered} so far.`,
      "tp-quiet"
    );
    const acts = forgetting
      ? [
          make("span", {}, say`Forget ${answered} for good?`),
          bigButton(say`Yes, forget`, forget),
          bigButton(say`No, keep`, () => askToForget(false))
        ]
      : [
          bigButton(say`Save my record`, record.save),
          ...(number ? [bigButton(say`Forget it`, () => askToForget(true))] : [])
        ];
    put(element, summary, make("div", "tp-buttons", ...acts));
  };
  /** @param {boolean} really */
  const askToForget = really => {
    forgetting = really;
    render();
    /** @type {HTMLElement | null} */ (element.querySelector("button:last-of-type"))?.focus();
  };
  const forget = () => {
    forgetting = false;
    record.forget();
    forgotten();
  };
  return { element, render };
}
