import { mount } from "./explorer.js";
import { placeOf } from "./explorer/answering.js";

// The static page: toggles of its own, the patient in the address, paper.

/** @import { Payload } from "./explorer/types.js" */
/** @import { Control } from "./explorer.js" */

const element = document.getElementById("dtree-payload");
if (element) startPage(element);

/**
 * The live page in place of the still one; where that cannot be, the still one stays.
 *
 * @param {HTMLElement} element  holds the payload
 */
function startPage(element) {
  const plain = /** @type {HTMLElement} */ (document.getElementById("dtree-plain"));
  const place = /** @type {HTMLElement} */ (document.getElementById("dtree-live"));
  try {
    showPage(JSON.parse(element.textContent ?? ""), plain, place);
    plain.remove();
  } catch (error) {
    place.textContent = "";
    plain.insertAdjacentText("afterbegin", "This page answers to toggles in a newer browser.");
    console.error(error);
  }
}

/**
 * @param {Payload & {start: (string | null)[]}} payload  `start`: the patient that it opens on,
 *   a value for each factor; empty where nothing is known
 * @param {HTMLElement} plain  the still page
 * @param {HTMLElement} place  where the live one comes to stand
 */
function showPage(payload, plain, place) {
  const svg = plain.querySelector("svg");
  payload.views[0].svg = svg ? new XMLSerializer().serializeToString(svg) : "";

  const notice = document.createElement("p");
  notice.className = "dtree-notice";
  notice.setAttribute("role", "status");
  place.append(notice);

  // Inside a notebook's page there is no address to keep the patient in.
  const addressed = location.protocol !== "about:";
  document.body.classList.toggle("dtree-framed", !addressed);
  const unknown = payload.factors.map(({ values }) => values.length - 1);
  const chosen = [...unknown];
  // Each once, however many toggles it listens to.
  /** @type {Set<() => void>} */
  const heard = new Set();
  let waiting = false;

  /** One step of history, however many answers it moves. */
  const remember = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      const hash = written();
      if (addressed && hash !== location.hash.slice(1)) history.pushState(null, "", `#${hash}`);
      notice.textContent = "";
    });
  };
  const written = () => {
    const address = new URLSearchParams();
    payload.factors.forEach(({ id, values }, i) => {
      // A page that opens on a patient says so too where an answer was taken back.
      const started = payload.start[i] != null;
      if (started || chosen[i] !== unknown[i]) address.set(id, values[chosen[i]]);
    });
    return address.toString();
  };
  const tell = () => heard.forEach((listener) => listener());

  const controls = payload.factors.map((factor, i) =>
    radios(factor.values, `dtree-${factor.id}`, {
      get: () => chosen[i],
      set(index) {
        if (chosen[i] === index) return;
        chosen[i] = index;
        remember();
        tell();
      },
      listen: (listener) => heard.add(listener),
    }),
  );

  /** Answer as the address says; what it names wrongly is said and left out. */
  const read = () => {
    /** @type {string[]} */
    const wrong = [];
    chosen.splice(0, chosen.length, ...unknown);
    const given = new Set();
    for (const [id, value] of new URLSearchParams(location.hash.slice(1))) {
      const i = payload.factors.findIndex((factor) => factor.id === id);
      const index = i < 0 ? -1 : placeOf(payload.factors[i], value);
      if (i < 0) wrong.push(`unknown factor “${id}”`);
      else if (given.has(id)) wrong.push(`a second answer to ${id}`);
      else if (index < 0) wrong.push(`unknown value “${value}” of ${id}`);
      else {
        given.add(id);
        chosen[i] = index;
      }
    }
    const said = wrong.join("; ").slice(0, 500);
    notice.textContent = wrong.length ? `Left out of the address: ${said}.` : "";
    tell();
  };

  if (!location.hash) {
    payload.start.forEach((value, i) => {
      if (value !== null) chosen[i] = payload.factors[i].values.indexOf(value);
    });
    const hash = written();
    if (addressed && hash) history.replaceState(null, "", `#${hash}`);
  }
  mount(
    place,
    {
      ...{ payload: () => payload, listen: () => {}, level: 2, address: addressed },
      drawn: (heard) => svg ?? heard("", "this page has the outline alone"),
    },
    controls,
  );
  if (!addressed) return;
  read();
  window.addEventListener("popstate", read);
}

/**
 * A group of radio buttons as a control.
 *
 * @param {string[]} values
 * @param {string} name
 * @param {Omit<Control, "attach">} state
 * @returns {Control}
 */
function radios(values, name, state) {
  return {
    ...state,
    attach(place, label) {
      const group = document.createElement("div");
      group.className = "dtree-choice";
      group.setAttribute("role", "radiogroup");
      group.setAttribute("aria-label", label);
      const inputs = values.map((value, i) => {
        const input = document.createElement("input");
        input.type = "radio";
        input.name = name;
        input.addEventListener("change", () => state.set(i));
        const choice = document.createElement("label");
        choice.append(input, value.charAt(0).toUpperCase() + value.slice(1));
        group.append(choice);
        return input;
      });
      const check = () => inputs.forEach((input, i) => (input.checked = i === state.get()));
      state.listen(check);
      check();
      place.append(group);
    },
  };
}
