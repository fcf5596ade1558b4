import { mount } from "./explorer.js";
import { make } from "./explorer/elements.js";
import { extras } from "./explorer/extras.js";
import { readAddress, writeAddress } from "./page/address.js";
import { takeDrawings } from "./page/drawings.js";
import { radios } from "./page/radios.js";
import { payloadHere } from "./page/unpacking.js";
import { say } from "./messages.js";

// The static page: toggles of its own, the patient in the address, paper.

/** @import { Payload } from "./explorer/payload.js" */

if (document.getElementById("dtree-payload")) startPage();

/** The live page in place of the still one; where that cannot be, the still one stays. */
function startPage() {
  const plain = /** @type {HTMLElement} */ (document.getElementById("dtree-plain"));
  const place = /** @type {HTMLElement} */ (document.getElementById("dtree-live"));
  try {
    showPage(payloadHere(), plain, place);
    plain.remove();
  } catch (error) {
    place.textContent = "";
    plain.insertAdjacentText("afterbegin", say`This page answers to toggles in a newer browser.`);
    console.error(error);
  }
}

/**
 * @param {Payload & {start: (string | string[] | null)[]}} payload  `start`: the patient that it opens on,
 *   a value for each factor; empty where nothing is known
 * @param {HTMLElement} plain  the still page
 * @param {HTMLElement} place  where the live one comes to stand
 */
function showPage(payload, plain, place) {
  const later = takeDrawings(payload, plain.querySelectorAll(".dtree-drawing"));
  const notice = make("p", { class: "dtree-notice", role: "status" });
  place.append(notice);
  // Inside a notebook's page there is no address to keep the patient in.
  const address = location.protocol !== "about:";
  document.body.classList.toggle("dtree-framed", !address);
  const { controls, inView, read } = addressed(payload, notice, address);
  if (address) read();
  mount(
    place,
    {
      payload: () => payload,
      listen: () => {},
      address,
      inView,
      async drawn(take) {
        const undrawn = [...payload.trees.entries()].filter(([, { views }]) => !views[0].svg);
        await later;
        for (const [tree, { views }] of undrawn) {
          take(tree, views[0].svg, views[0].problem ?? "");
        }
      }
    },
    controls
  );
  if (address) addEventListener("popstate", read);
}

/**
 * The answers, which the address keeps: a control for each factor, and a function that answers as
 * the address says.
 *
 * @param {Payload & {start: (string | string[] | null)[]}} payload
 * @param {HTMLElement} notice  says what the address names wrongly
 * @param {boolean} kept  whether there is an address
 */
function addressed(payload, notice, kept) {
  const { factors, start } = payload;
  // The tree in view is kept like an answer.
  const ofTree = extras.treeAsked?.(payload);
  const asked = ofTree ? [...factors, ofTree.asked] : factors;
  let { chosen } = readAddress("", asked);
  const written = () => writeAddress(asked, chosen, start);
  /** For each answer what follows it. @type {((answered?: number) => void)[][]} */
  const listeners = asked.map(() => []);
  /** Each listener once, however many answers it follows. @param {number[]} answered */
  const changed = answered => {
    const only = answered.length === 1 ? answered[0] : undefined;
    new Set(answered.flatMap(i => listeners[i])).forEach(listener => listener(only));
  };
  let waiting = false;
  /** One step of history, however many answers it moves. */
  const remember = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      const hash = written();
      if (kept && hash !== location.hash.slice(1)) history.pushState(null, "", `#${hash}`);
      notice.textContent = "";
    });
  };
  if (!location.hash) {
    start.forEach((value, i) => {
      if (value !== null) chosen[i] = [value].flat().map(one => factors[i].values.indexOf(one));
    });
    const hash = written();
    if (kept && hash) history.replaceState(null, "", `#${hash}`);
  }
  /** @param {number} i */
  const answer = i => ({
    get: () => chosen[i],
    set(/** @type {number[]} */ places) {
      if (`${chosen[i]}` === `${places}`) return;
      chosen[i] = places;
      remember();
      changed([i]);
    },
    listen: (/** @type {(answered?: number) => void} */ listener) => listeners[i].push(listener)
  });
  const controls = factors.map(({ id, values }, i) => radios(values, `dtree-${id}`, answer(i)));
  const inView = ofTree?.inView(answer(factors.length));
  const read = () => {
    const found = readAddress(location.hash, asked);
    const before = chosen;
    chosen = found.chosen;
    const words = found.wrong.join("; ").slice(0, 500);
    notice.textContent = words && say`Left out of the address: ${words}.`;
    changed([...asked.keys()].filter(i => `${chosen[i]}` !== `${before[i]}`));
  };
  return { controls, inView, read };
}
