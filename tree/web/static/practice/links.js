// @ts-check
import { put, make, on, paragraph } from "../explorer/elements.js";
import { takeDrawings } from "../page/drawings.js";
import { inflated } from "../page/inflating.js";
import { payloadHere } from "../page/unpacking.js";
import { nameQuestions } from "./worksheet.js";
import { say, speak } from "../messages.js";

/**
 * Links between the explorer and practising. Both stand in the address, so that Back and a reload
 * do what one expects: `#practise`, or else the patient.
 *
 * @import { Payload } from "../explorer/payload.js"
 * @import { Worksheet } from "./worksheet.js"
 *
 * @callback ShowPractice
 * @param {HTMLElement} root
 * @param {Worksheet} sheet
 * @param {Payload} payload
 * @returns {void}
 */

const PRACTISE = "#practise";

/**
 * @param {string} packed
 * @param {ShowPractice} showPractice
 */
export function offerPractice(packed, showPractice) {
  speak(payloadHere());
  const root = /** @type {HTMLElement} */ (document.getElementById("tp-page"));
  // The page takes its still parts away; the drawings are needed with their ids.
  const drawings = document.querySelectorAll("#dtree-plain .dtree-drawing");
  const exploreLink = make("a", { href: "#" }, say`Explore`);
  const practiseLink = make("a", { href: PRACTISE }, say`Practise`);
  const nav = { class: "tp-nav", "aria-label": say`Parts of this page` };
  document.getElementById("dtree-live")?.before(make("nav", nav, exploreLink, practiseLink));
  let begun = false;
  let patient = "";
  const isPractising = () => location.hash === PRACTISE;
  const look = () => {
    const practising = isPractising();
    document.body.classList.toggle("tp-practising", practising);
    for (const link of [exploreLink, practiseLink]) link.removeAttribute("aria-current");
    (practising ? practiseLink : exploreLink).setAttribute("aria-current", "page");
    if (!practising || begun) return;
    begun = true;
    startPractice(root, drawings, packed, showPractice);
  };
  on(practiseLink, "click", () => {
    if (!isPractising()) patient = location.hash;
  });
  on(exploreLink, "click", event => {
    event.preventDefault();
    if (isPractising()) location.hash = patient;
  });
  // Before the explorer hears it: practising is no patient.
  addEventListener("popstate", event => {
    if (isPractising()) event.stopImmediatePropagation();
    look();
  });
  const straight = isPractising();
  if (straight) history.replaceState(null, "", "#");
  queueMicrotask(() => {
    patient = location.hash;
    if (straight) history.replaceState(null, "", PRACTISE);
    look();
  });
}

/**
 * @param {HTMLElement} root
 * @param {NodeListOf<Element>} drawings
 * @param {string} packed
 * @param {ShowPractice} showPractice
 */
async function startPractice(root, drawings, packed, showPractice) {
  const fail = (/** @type {string} */ words) => put(root, paragraph(words, "tp-warning"));
  /** @type {Worksheet | null} */
  const sheet = await inflated(packed).catch(() => null);
  if (!sheet) {
    fail(say`The questions are broken: copy the whole page again.`);
    return;
  }
  /** @type {Payload} */
  const payload = payloadHere();
  await takeDrawings(payload, drawings);
  try {
    nameQuestions(sheet);
    showPractice(root, sheet, payload);
  } catch (error) {
    fail(say`Practising needs a newer browser.`);
    console.error(error);
  }
}
