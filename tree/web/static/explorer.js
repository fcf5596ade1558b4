// @ts-check
import { UNKNOWN } from "./explorer/changing.js";
import { draw, dress } from "./explorer/drawing.js";
import {
  afterFrame,
  capitalized,
  heading,
  headingsFrom,
  labelOf,
  make,
} from "./explorer/elements.js";
import { speaks } from "./explorer/explaining.js";
import {
  changeEntries,
  onPaper,
  optionReasons,
  outcomeParts,
  sentence,
} from "./explorer/outcome.js";
import { outline } from "./explorer/outline.js";
import { question, start } from "./explorer/questions.js";
import { takeAlong, zoom } from "./explorer/taking.js";
import { restsOn, textPanel } from "./explorer/text.js";
import { walk } from "./explorer/walking.js";

/**
 * The front end: shows a guide, walks its tree, highlights the branch, tells why.
 *
 * notebook.js shows it in notebooks, page.js in a page of its own, large.js adds what large
 * trees need, practice.js what practising in the page needs. They and the parts in folders of
 * their names are joined to one file (see bundling.py), so no two may give the same name at
 * their top level. It holds no medical rules: all it knows comes from the payload (see
 * payload.py). Text enters the page through textContent only; the drawing is the one piece of
 * markup, made by Graphviz.
 *
 * @import { Drawn } from "./explorer/drawing.js"
 * @import { Rests } from "./explorer/text.js"
 * @import { Answers, Change, Payload, View, Walk } from "./explorer/types.js"
 * @typedef {{attach: (place: HTMLElement, label: string) => void, get: () => number,
 *   set: (index: number, together?: boolean) => void, listen: (heard: () => void) => void}} Control
 * @typedef {{payload: () => Payload, listen: (heard: () => void) => void,
 *   set?: (name: "passages" | "order", value: string[]) => void,
 *   ask?: (words: object) => void, level?: number, address?: boolean,
 *   drawn?: (heard: (svg: string, problem: string) => void) => void}} Source
 *   `level`: of the first headings; `address`: whether the address holds the patient; `drawn`:
 *   hears of a drawing that comes later than the payload
 * @typedef {{bar: HTMLElement, zoom: HTMLElement, outline: HTMLElement,
 *   take: (drawing: Drawn) => void, fail: (problem: string) => void,
 *   show: (found: Walk) => void, whole: () => Element, close: () => void}} Large
 */

/** @type {{factors: Set<number>, branches: Set<string>, options: Set<number>}} */
const NOTHING = { factors: new Set(), branches: new Set(), options: new Set() };

/**
 * What is only there where it is needed: large.js is for large trees, and notebook.js has
 * settings, whose changes need a kernel.
 *
 * @type {{large?: (payload: Payload, view: View, frame: HTMLElement,
 *   point: (node: number, branch: number | null) => void) => Large,
 *   settings?: (payload: Payload, source: Source, shown: number,
 *   form: (view: number) => void) => HTMLElement[]}}
 */
export const extras = {};

/**
 * Show a guide in an element.
 *
 * @param {HTMLElement} place
 * @param {Source} source
 * @param {Control[]} controls  one for each factor, in the order of the payload's factors
 */
export function mount(place, source, controls) {
  const first = source.payload();
  headingsFrom(source.level ?? 3);
  const root = make("section", { class: "dtree", "aria-label": first.title });
  root.lang = first.language;
  // JupyterLab would take arrows, Enter and letters for its own.
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light(new Set(), NOTHING, false);
    event.stopPropagation();
  });

  /** @param {string[]} values  one for each factor */
  const fill = (values) => {
    light(new Set(), NOTHING, false);
    give(values.map((value, i) => first.factors[i].values.indexOf(value)));
  };
  /**
   * Give several answers in one step.
   *
   * @param {number[]} indices  one for each factor
   */
  const give = (indices) => {
    indices.forEach((index, i) => controls[i].set(index, true));
    const { factors } = first;
    const answers = indices.map((index, i) => [factors[i].id, factors[i].values[index]]);
    source.ask?.({ answers });
  };
  const starting = start(first, fill);
  const questions = first.factors.map((factor, i) => question(first, factor, controls[i]));
  const rows = make("div", { class: "dtree-questions" });
  const live = make("p", { class: "dtree-live", "aria-live": "polite" });
  const pointed = make("p", { class: "dtree-pointed", "aria-live": "polite" });
  const drawingPlace = make("div", {
    class: "dtree-drawing",
    role: "region",
    "aria-label": "The drawing",
    tabindex: "0",
  });
  const barPlace = make("div");
  const zoomPlace = make("div");
  const tools = make(
    "div",
    { class: "dtree-tools" },
    zoomPlace,
    takeAlong(() => large?.whole() ?? drawing.svg, source),
  );
  const paper = make("div", { class: "dtree-print" });
  const textPlace = make("div", { class: "dtree-side" });
  const outcome = make("div", { class: "dtree-outcome" });
  const outlinePlace = make("div");
  const outlined = /** @type {HTMLDetailsElement} */ (
    make("details", {}, make("summary", {}, "The tree as an outline"), outlinePlace)
  );
  const settingsPlace = make("div", { class: "dtree-settings" });
  const setting = make("details", {}, make("summary", {}, "Change the tree"), settingsPlace);

  /** @type {Map<number, boolean>} options that a person has opened or closed */
  const opened = new Map();
  /** @type {Map<number, boolean>} options of which a person has asked what would change them */
  const asked = new Map();
  let payload = first;
  let shown = 0;
  /** @type {Drawn} */
  let drawing;
  /** @type {Large | undefined} */
  let large;
  /** @type {ReturnType<typeof textPanel>} */
  let text;
  /** @type {Rests[]} */
  let rests;

  /** @returns {Answers} */
  const answersNow = () =>
    payload.factors.map(({ values }, i) => {
      const value = values[controls[i].get()];
      return value === UNKNOWN ? undefined : value;
    });

  /**
   * Light what rests on some words, and the words.
   *
   * @param {Set<number>} quotes
   * @param {{factors: Set<number>, branches: Set<string>, options: Set<number>}} on
   * @param {boolean} scroll
   */
  const light = (quotes, on, scroll) => {
    text.light(quotes, scroll);
    questions.forEach(({ row }, i) => row.classList.toggle("dtree-lit", on.factors.has(i)));
    // A leaf holds every option; it is lit for options alone.
    const leaves = on.options.size > 0 && on.factors.size === 0;
    for (const part of drawing.parts) {
      const { factor, value } = part;
      if (factor === undefined) part.lit = leaves;
      else part.lit = value ? on.branches.has(`${factor} ${value}`) : on.factors.has(factor);
      dress(part);
    }
    for (const entry of outcome.querySelectorAll("[data-option]")) {
      const option = Number(entry.getAttribute("data-option"));
      entry.classList.toggle("dtree-lit", on.options.has(option));
    }
    for (const entry of outcome.querySelectorAll("[data-remark]")) {
      const statement = Number(entry.getAttribute("data-remark"));
      const remark = payload.statements[statement];
      entry.classList.toggle(
        "dtree-lit",
        remark?.quotes.some((number) => quotes.has(number)),
      );
    }
  };

  /** @param {number[]} quotes  a clause of the text */
  const pointAtWords = (quotes) => {
    const on = {
      factors: new Set(quotes.flatMap((number) => [...rests[number].factors])),
      branches: new Set(quotes.flatMap((number) => [...rests[number].branches])),
      options: new Set(quotes.flatMap((number) => [...rests[number].options])),
    };
    light(new Set(quotes), on, false);
    const remarks = new Set(quotes.flatMap((number) => [...rests[number].remarks]));
    const parts = [
      ...[...on.factors].map((i) => {
        const values = payload.factors[i].values.filter((v) => on.branches.has(`${i} ${v}`));
        const words = values.map(capitalized).join(", ");
        return `${payload.factors[i].question}${words ? ` ${words}` : ""}`;
      }),
      ...[...on.options].map((i) => payload.options[i].name),
      ...[...remarks].map((i) => payload.statements[i].remark),
    ];
    pointed.textContent = `On these words rest: ${parts.join(" · ")}`;
  };

  /** @param {number} node @param {number | null} branch  a part of the drawing */
  const pointAtPart = (node, branch) => {
    const part = branch === null ? drawing.nodes[node] : drawing.branches[node][branch];
    const { factor, branches = [], standings } = payload.views[shown].nodes[node];
    const key = branch === null ? "" : `${factor} ${branches[branch][0]}`;
    // The path can be pointed at before there is a drawing.
    let label = part?.element.getAttribute("aria-label") ?? "The outcome";
    /** @type {Set<number>} */
    const quotes = new Set();
    const add = (/** @type {number[]} */ numbers) => numbers.forEach((n) => quotes.add(n));
    const answers = answersNow();
    if (standings) {
      // The words that can give the options these standings for this patient.
      for (const statement of payload.statements) {
        const gives = statement.effects.some(
          ([option, standing]) =>
            standings[option] === standing &&
            speaks(payload, statement, option, answers) !== false,
        );
        if (gives) add(statement.quotes);
      }
    } else if (factor !== undefined) {
      rests.forEach((on, number) => {
        if (key ? on.branches.has(key) : on.factors.has(factor)) quotes.add(number);
      });
      const asked = payload.factors[factor];
      if (!part) label = asked.question;
      // A branch that no statement names still has the question's words.
      if (!quotes.size) add(asked.quotes);
    }
    const on = {
      factors: new Set(factor === undefined ? [] : [factor]),
      branches: new Set(key ? [key] : []),
      options: /** @type {Set<number>} */ (new Set()),
    };
    light(quotes, on, true);
    const words = [...quotes].map((number) => `“${payload.quotes[number][0]}”`);
    pointed.textContent = `${label}: ${words.join(" · ")}`;
  };

  /** @type {{found: Walk, walked: Walk, answers: Answers}} `walked`: the view that is shown */
  let now;
  const update = () => {
    const answers = answersNow();
    const found = walk(payload, answers);
    const walked = shown ? walk(payload, answers, payload.views[shown]) : found;
    now = { found, walked, answers };
    drawing.highlight(walked, answers);
    finishSoon();
  };

  /** What may come a frame later than the highlight. */
  const finish = () => {
    const { found, walked, answers } = now;
    drawing.advise(walked);
    questions.forEach(({ mark }, i) => mark(found.next() === i, found.matters().has(i)));
    large?.show(walked);
    starting.match(answers);
    const said = sentence(payload, found);
    if (live.textContent !== said) live.textContent = said;
    const focused = document.activeElement?.closest("[data-option]");
    outcome.replaceChildren(
      ...outcomeParts(payload, found, (option) => optionEntry(answers, found, option)),
    );
    if (focused && !focused.isConnected) focusOption(focused.getAttribute("data-option"));
    const deciding = found.standings().flatMap((standing) => standing.because);
    text.decide(new Set(deciding.flatMap(({ quotes }) => quotes)));
    paper.replaceChildren(...onPaper(payload, answers, found));
    if (large) paper.append(heading(0, "The tree"), large.outline.cloneNode(true));
    else if (outlined.open) showOutline(walked);
  };
  const finishSoon = afterFrame(() => {
    // What measures comes before what changes the page.
    if (!large) drawing.follow(now.walked);
    finish();
  });
  const fitSoon = () =>
    // A new drawing is measured when it is laid out anyway, so that nothing waits for it.
    requestAnimationFrame(() => {
      if (large) return;
      drawing.fit();
      drawing.follow(now.walked);
    });

  /** @param {string | null} option */
  const focusOption = (option) => {
    // What was focused is made anew; go on where it was.
    const again = outcome.querySelector(`[data-option="${option}"] > summary`);
    if (again instanceof HTMLElement) again.focus();
  };

  /** @param {Answers} answers @param {Walk} found @param {number} option */
  const optionEntry = (answers, found, option) => {
    const summary = make("summary", {}, payload.options[option].name);
    const entry = /** @type {HTMLDetailsElement} */ (
      make("details", { class: "dtree-option", "data-option": `${option}` }, summary)
    );
    const standing = found.standings()[option];
    // What sets this patient apart shows its words at once; the rest is a click away, and is
    // made only then.
    const telling = standing.standing === "preferred" || standing.standing === "withheld";
    const open = opened.get(option) ?? telling;
    let made = false;
    const fillIn = () => {
      if (made) return;
      made = true;
      /** @param {Change} change */
      const apply = (change) => {
        const indices = controls.map((control) => control.get());
        for (const [factor, value] of change) {
          indices[factor] = payload.factors[factor].values.indexOf(value);
        }
        give(indices);
      };
      entry.append(...optionReasons(payload, answers, option, standing));
      const ways = /** @type {HTMLDetailsElement} */ (
        make("details", { class: "dtree-would" }, make("summary", {}, "What would change it"))
      );
      // Worked out only when somebody asks.
      ways.addEventListener("toggle", () => {
        asked.set(option, ways.open);
        if (ways.open && ways.children.length === 1) {
          ways.append(...changeEntries(payload, answers, option, standing, apply));
        }
      });
      ways.open = asked.get(option) ?? false;
      entry.append(ways);
    };
    if (open) fillIn();
    entry.open = open;
    summary.addEventListener("click", () => {
      opened.set(option, !entry.open);
      fillIn();
    });
    return entry;
  };

  /** @param {Walk} walked */
  const showOutline = (walked) => {
    outlinePlace.replaceChildren(outline(payload, payload.views[shown], walked));
  };
  outlined.addEventListener("toggle", () => {
    if (outlined.open && !large) showOutline(now.walked);
  });

  /** @param {number} factor @param {string} value */
  const choose = (factor, value) => {
    const { values } = payload.factors[factor];
    const index = values.indexOf(value);
    // The same branch again takes the answer back.
    controls[factor].set(controls[factor].get() === index ? values.length - 1 : index);
  };

  const rebuild = () => {
    payload = source.payload();
    shown = Math.min(shown, payload.views.length - 1);
    rests = restsOn(payload);
    const view = payload.views[shown];
    large?.close();
    large = view.large ? extras.large?.(payload, view, drawingPlace, pointAtPart) : undefined;
    root.classList.toggle("dtree-large", large !== undefined);
    barPlace.replaceChildren(...(large ? [large.bar] : []));
    zoomPlace.replaceChildren(large?.zoom ?? zoom(() => drawing.svg));
    outlinePlace.replaceChildren(...(large ? [large.outline] : []));
    showDrawing();
    text = textPanel(payload, pointAtWords);
    textPlace.replaceChildren(text.panel, pointed);
    rows.append(...payload.order.map((factor) => questions[factor].row));
    const settle = (/** @type {number} */ view) => {
      shown = view;
      rebuild();
    };
    const parts = extras.settings?.(payload, answering, shown, settle) ?? [];
    setting.hidden = !parts.length;
    const focused = document.activeElement;
    const label = settingsPlace.contains(focused) ? labelOf(focused) : null;
    settingsPlace.replaceChildren(...parts);
    // What was focused is made anew: focus its successor.
    if (label !== null) {
      for (const part of settingsPlace.querySelectorAll("button:enabled, input")) {
        if (part instanceof HTMLElement && labelOf(part) === label) part.focus();
      }
    }
    update();
    finish();
    fitSoon();
  };

  const showDrawing = () => {
    drawing = draw(payload.views[shown], choose, pointAtPart);
    if (!large) drawingPlace.replaceChildren(drawing.svg);
    else if (payload.views[shown].svg) large.take(drawing);
  };

  // The source, with a word where nobody answers.
  let silence = 0;
  /** @type {Source} */
  const answering = {
    ...source,
    set:
      source.set &&
      ((name, value) => {
        source.set?.(name, value);
        clearTimeout(silence);
        silence = setTimeout(() => {
          rebuild();
          unheard.textContent = "No kernel answers. Run the notebook again to change the tree.";
        }, 5000);
      }),
  };
  const unheard = make("p", { role: "status" });
  setting.append(unheard);

  root.append(
    make("p", { class: "dtree-note" }, `${first.title} ${first.disclaimer}`),
    starting.bar,
    rows,
    live,
    make(
      "div",
      { class: "dtree-middle" },
      make("div", {}, barPlace, drawingPlace, tools),
      textPlace,
    ),
    paper,
    outcome,
    outlined,
    setting,
  );
  place.append(root);
  rebuild();
  source.drawn?.((svg, problem) => {
    payload.views[0].svg = svg;
    if (problem) large?.fail(problem);
    if (!svg) return;
    showDrawing();
    update();
  });
  // Where the drawing is too large for a look, and on a phone, the outline comes first.
  if (large) {
    outlined.open = !first.views[0].svg || root.clientWidth < 620;
    if (outlined.open) root.insertBefore(outlined, root.querySelector(".dtree-middle"));
  }
  source.listen(() => {
    clearTimeout(silence);
    unheard.textContent = "";
    rebuild();
  });
  for (const control of controls) control.listen(update);
}
