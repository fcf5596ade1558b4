// @ts-check
/**
 * The front end: shows a guide, walks its tree, highlights the branch, tells why.
 *
 * notebook.js shows it in notebooks, page.js in a page of its own, large.js adds what large
 * trees need. They are joined to one file (see page.py), because nothing can be imported from
 * a blob, where notebooks load it from, nor where nothing may be requested. It holds no medical
 * rules: all it knows comes from the payload (see payload.py). Text enters the page through
 * textContent only; the drawing is the one piece of markup, made by Graphviz.
 *
 * In this order: types · walking · reasons · changes · small helpers · the parts of the
 * page (questions, drawing, text, outcome, outline, taking along) · mount.
 *
 * @typedef {[words: string, passage?: number]} Quote
 * @typedef {{id: string, question: string, values: string[], help: string,
 *   judgement: number[], quotes: number[]}} Factor
 * @typedef {{id: string, name: string, synonyms: string[], quotes: number[],
 *   does: number[]}} Option
 * @typedef {{name: string, options: number[], quotes: number[]}} Group
 * @typedef {[factor: number, values: string[]][][]} Condition
 * @typedef {{quotes: number[], condition: Condition, effects: [number, string][],
 *   remark: string, because: string}} Statement
 * @typedef {{factor?: number, branches?: [string, number][], standings?: string[]}} TreeNode
 * @typedef {{nodes: TreeNode[], svg: string, large: boolean}} View
 * @typedef {[words: string, quotes: number[], sentence: number | null]} Part
 * @typedef {{title: string, language: string, disclaimer: string,
 *   standings: Record<string, string>, passages: [string, string, boolean][],
 *   order: number[], average: number, factors: Factor[], options: Option[], groups: Group[],
 *   statements: Statement[], quotes: Quote[], examples: [string, Record<string, string>][],
 *   text: {author: string, parts: Part[]}[], sentences: string[], views: View[]}} Payload
 * @typedef {(string | undefined)[]} Answers  by factor; undefined is unknown
 * @typedef {"taken" | "possible" | "ruled-out"} State
 * @typedef {{standing: string | null, possible: string[], because: Statement[]}} OptionStanding
 * @typedef {{nodes: State[], branch: (node: number, branch: number) => State,
 *   path: [number, string][], outcomes: number, matters: () => Set<number>,
 *   next: () => number | null, standings: () => OptionStanding[]}} Walk
 * @typedef {Map<number, string>} Change  factor → its new value
 * @typedef {{attach: (place: HTMLElement, label: string) => void, get: () => number,
 *   set: (index: number, together?: boolean) => void, listen: (heard: () => void) => void}} Control
 * @typedef {{payload: () => Payload, listen: (heard: () => void) => void,
 *   set?: (name: "passages" | "order", value: string[]) => void,
 *   ask?: (question: unknown) => void, level?: number, address?: boolean,
 *   drawn?: (heard: (svg: string, problem: string) => void) => void}} Source
 *   `level`: of the first headings; `address`: whether the address holds the patient; `drawn`:
 *   hears of a drawing that comes later than the payload
 * @typedef {ReturnType<typeof draw>} Drawn
 * @typedef {{bar: HTMLElement, zoom: HTMLElement, outline: HTMLElement,
 *   take: (drawing: Drawn) => void, fail: (problem: string) => void,
 *   show: (found: Walk) => void, whole: () => Element, close: () => void}} Large
 */

const UNKNOWN = "unknown";
/** @type {{factors: Set<number>, branches: Set<string>, options: Set<number>}} */
const NOTHING = { factors: new Set(), branches: new Set(), options: new Set() };
const MOST_WAYS = 20;
// The level of headings; the place that shows the explorer decides.
let level = 3;
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
const STRONGEST_FIRST = ["withheld", "preferred", "offered", "silent"];
const SHOWN_FIRST = ["preferred", "offered", "withheld", "silent"];

// --- walking: the same as walking.py -----------------------------------------------------

/**
 * What a tree says of one patient.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {View} [view]
 * @returns {Walk}
 */
export function walk(payload, answers, view = payload.views[0]) {
  const { nodes } = view;
  const diagram = compiled(payload, view);
  const { start, targets, values } = diagram;
  const given = answers.map((answer, factor) =>
    answer === undefined ? -1 : payload.factors[factor].values.indexOf(answer),
  );
  /** @param {number} node @param {number} at  a branch that does not fit the answers */
  const closed = (node, at) => {
    const known = given[diagram.factors[node]] ?? -1;
    return known >= 0 && known !== values[at];
  };

  // By node: its place in STATES. Every node comes before those it leads to, so one pass
  // finds all that can be reached.
  const states = new Uint8Array(nodes.length);
  states[0] = 1;
  const left = new Set();
  for (let node = 0; node < states.length; node++) {
    if (!states[node]) continue;
    if (diagram.outcomes[node] >= 0) left.add(diagram.outcomes[node]);
    for (let at = start[node]; at < start[node + 1]; at++) {
      if (!closed(node, at)) states[targets[at]] = 1;
    }
  }
  // Where one outcome is left, its leaves are taken, whichever way leads there.
  for (let node = 0; left.size === 1 && node < states.length; node++) {
    if (states[node] && diagram.outcomes[node] >= 0) states[node] = 2;
  }

  /** @type {[number, string][]} */
  const path = [];
  /** @type {Set<number>} */
  const crossed = new Set();
  for (let index = 0; ;) {
    states[index] = 2;
    const value = given[diagram.factors[index]] ?? -1;
    if (value < 0) break;
    const at = values.indexOf(value, start[index]);
    path.push([index, payload.factors[diagram.factors[index]].values[value]]);
    crossed.add(at);
    index = targets[at];
  }

  const rest = once(() => remaining(diagram, given, states));
  return {
    path,
    outcomes: left.size,
    nodes: Array.from(states, (state) => STATES[state]),
    branch(node, branch) {
      const at = start[node] + branch;
      if (crossed.has(at)) return "taken";
      return states[node] && !closed(node, at) ? "possible" : "ruled-out";
    },
    // Worked out when asked for: the highlight, which is to be seen at once, needs none of it.
    matters: () => rest().matters,
    next: once(() => nextQuestion(payload, rest())),
    standings: once(() =>
      payload.options.map((_, option) => {
        const seen = new Set([...left].map((outcome) => diagram.standings[outcome][option]));
        const possible = STRONGEST_FIRST.filter((standing) => seen.has(standing));
        const standing = possible.length === 1 ? possible[0] : null;
        return { standing, possible, because: because(payload, answers, option, standing) };
      }),
    ),
  };
}

/** @type {State[]} */
const STATES = ["ruled-out", "possible", "taken"];

/**
 * What is worked out when it is first asked for.
 *
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
function once(make) {
  /** @type {[T] | undefined} */
  let made;
  return () => (made ??= [make()])[0];
}

/**
 * A view in numbers, made once: for each node its factor (-1: an outcome) and where its
 * branches begin; for each branch its value and target; for each outcome its number.
 *
 * @typedef {{factors: Int32Array, start: Int32Array, targets: Int32Array, values: Int32Array,
 *   outcomes: Int32Array, standings: string[][]}} Diagram
 * @type {WeakMap<View, Diagram>}
 */
const diagrams = new WeakMap();

/** @param {Payload} payload @param {View} view */
function compiled(payload, view) {
  const known = diagrams.get(view);
  if (known) return known;
  const { nodes } = view;
  const all = nodes.flatMap(({ factor = 0, branches = [] }) =>
    branches.map(([value, target]) => [payload.factors[factor].values.indexOf(value), target]),
  );
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {string[][]} */
  const standings = [];
  const outcomes = nodes.map((node) => {
    if (!node.standings) return -1;
    const key = node.standings.join();
    const number = numbers.get(key) ?? standings.push(node.standings) - 1;
    numbers.set(key, number);
    return number;
  });
  let branches = 0;
  const made = {
    factors: Int32Array.from(nodes, ({ factor = -1 }) => factor),
    start: Int32Array.of(0, ...nodes.map((node) => (branches += node.branches?.length ?? 0))),
    targets: Int32Array.from(all, ([, target]) => target),
    values: Int32Array.from(all, ([value]) => value),
    outcomes: Int32Array.from(outcomes),
    standings,
  };
  diagrams.set(view, made);
  return made;
}

/**
 * The tree that remains: equal remainders are one number, each greater than those it leads
 * to. And what still matters: an answer does where the remainders beside it differ, for on
 * no path is a question asked twice.
 *
 * @typedef {{root: number, factors: number[], ends: [number, number][][],
 *   matters: Set<number>, open: Set<number>}} Rest  `ends`: value and number
 * @param {Diagram} diagram
 * @param {number[]} given
 * @param {Uint8Array} reachable
 * @returns {Rest}
 */
function remaining({ factors, start, targets, values, outcomes }, given, reachable) {
  const numberOf = new Int32Array(factors.length);
  /** @type {Map<number | string, number>} */
  const numbers = new Map();
  /** @type {Rest} */
  const rest = { root: 0, factors: [], ends: [], matters: new Set(), open: new Set() };
  const most = factors.length + 1;
  for (let node = factors.length - 1; node >= 0; node--) {
    const [from, to, factor] = [start[node], start[node + 1], factors[node]];
    let differ = false;
    for (let at = from + 1; at < to; at++) {
      if (numberOf[targets[at]] !== numberOf[targets[from]]) differ = true;
    }
    if (factor >= 0 && differ && reachable[node]) {
      rest.matters.add(factor);
      if (given[factor] < 0) rest.open.add(factor);
    }
    if (factor >= 0 && given[factor] >= 0) {
      numberOf[node] = numberOf[targets[values.indexOf(given[factor], from)]];
      continue;
    }
    if (factor >= 0 && !differ) {
      numberOf[node] = numberOf[targets[from]];
      continue;
    }
    /** @type {[number, number][]} */
    const ends = [];
    for (let at = from; at < to; at++) ends.push([values[at], numberOf[targets[at]]]);
    // A number where it is exact, which is faster than words.
    /** @type {number | string} */
    let key = -1 - outcomes[node];
    if (ends.length === 2) key = (factor * most + ends[0][1]) * most + ends[1][1];
    else if (factor >= 0) key = `${factor}: ${ends}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = rest.factors.push(factor) - 1;
      numbers.set(key, number);
      rest.ends.push(ends);
    }
    numberOf[node] = number;
  }
  rest.root = numberOf[0];
  return rest;
}

/**
 * The open question that leaves the fewest outcomes on average.
 *
 * @param {Payload} payload
 * @param {Rest} rest
 * @returns {number | null}
 */
function nextQuestion(payload, { root, factors, ends, open }) {
  let best = null;
  let least = Infinity;
  for (const asked of payload.order.filter((factor) => open.has(factor))) {
    const count = payload.factors[asked].values.length - 1;
    let left = 0;
    for (let answer = 0; answer < count; answer++) {
      const seen = new Uint8Array(root + 1);
      seen[root] = 1;
      for (let number = root; number >= 0; number--) {
        if (!seen[number]) continue;
        if (factors[number] < 0) left += 1;
        for (const [value, end] of ends[number]) {
          if (factors[number] !== asked || value === answer) seen[end] = 1;
        }
      }
    }
    if (left / count < least) {
      best = asked;
      least = left / count;
    }
  }
  return best;
}

// --- reasons: the same as explaining.py --------------------------------------------------

/**
 * The statements behind a standing: those that surely apply, or else those of which one will.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {string | null} standing
 * @returns {Statement[]}
 */
function because(payload, answers, option, standing) {
  const fitting = payload.statements.filter((statement) => effect(statement, option) === standing);
  const sure = fitting.filter((statement) => applies(statement.condition, answers) === true);
  if (sure.length) return sure;
  return fitting.filter((statement) => applies(statement.condition, answers) === null);
}

/**
 * @param {Statement} statement
 * @param {number} option
 */
function effect({ effects }, option) {
  return effects.find(([on]) => on === option)?.[1];
}

/**
 * @param {Condition} condition
 * @param {Answers} answers
 * @returns {boolean | null} null while open
 */
function applies(condition, answers) {
  let open = false;
  for (const clause of condition) {
    const known = clause.filter(([factor]) => answers[factor] !== undefined);
    if (known.every(([factor, values]) => values.includes(answers[factor] ?? ""))) {
      if (known.length === clause.length) return true;
      open = true;
    }
  }
  return open ? null : false;
}

/**
 * Every statement for and against an option that may apply, the strongest first, with its
 * weight.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {OptionStanding} found
 * @returns {{statement: Statement, says: string, weight: string}[]}
 */
function argumentsAbout(payload, answers, option, found) {
  const all = [];
  for (const says of STRONGEST_FIRST) {
    for (const statement of payload.statements) {
      if (effect(statement, option) !== says) continue;
      const sure = applies(statement.condition, answers);
      if (sure === false) continue;
      const outweighed = found.standing !== null && stronger(found.standing, says);
      const weight = found.because.includes(statement)
        ? "decides"
        : outweighed
          ? "outweighed"
          : sure
            ? "applies"
            : "open";
      all.push({ statement, says, weight });
    }
  }
  return all;
}

/** @param {string} a @param {string} b */
const stronger = (a, b) => STRONGEST_FIRST.indexOf(a) < STRONGEST_FIRST.indexOf(b);

// --- changes: the same as changing.py ----------------------------------------------------

/**
 * All minimal changes of answers after which an option surely has a standing, the smallest
 * first.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {string} wanted
 * @returns {Change[]}
 */
export function whatWould(payload, answers, option, wanted) {
  const { nodes } = payload.views[0];
  /** @type {Map<string, Change[]>} */
  const known = new Map();

  /**
   * The smallest changes after which every one of these nodes leads to what is wanted. An
   * open question leads to several nodes at once: one change must serve all of them, so they
   * go on together, factor by factor.
   *
   * @param {number[]} from
   * @returns {Change[]}
   */
  const sets = (from) => {
    const key = from.join();
    const found = known.get(key) ?? smallest(ways(from));
    known.set(key, found);
    return found;
  };
  /** @param {number[]} from @returns {Change[]} */
  const ways = (from) => {
    const ends = from.flatMap((i) => nodes[i].standings?.[option] ?? []);
    if (ends.some((standing) => standing !== wanted)) return [];
    const factor = payload.order.find((factor) => from.some((i) => nodes[i].factor === factor));
    if (factor === undefined) return [new Map()];
    const values = payload.factors[factor].values.slice(0, -1);
    const answer = answers[factor];
    const found = [...sets(after(from, factor, answer === undefined ? values : [answer]))];
    for (const value of values) {
      if (value === answer) continue;
      for (const change of sets(after(from, factor, [value]))) {
        found.push(new Map([[factor, value], ...change]));
      }
    }
    return found;
  };
  /**
   * The nodes that are ahead once a factor has one of these values.
   *
   * @param {number[]} from
   * @param {number} factor
   * @param {string[]} values
   */
  const after = (from, factor, values) => {
    const on = from.flatMap((i) => {
      if (nodes[i].factor !== factor) return [i];
      const branches = nodes[i].branches ?? [];
      return branches.flatMap(([value, target]) => (values.includes(value) ? [target] : []));
    });
    return [...new Set(on)].sort((a, b) => a - b);
  };

  const place = new Map(payload.order.map((factor, i) => [factor, i]));
  /** @param {Change} change */
  const key = (change) =>
    [...change].map(([factor]) => place.get(factor) ?? 0).sort((a, b) => a - b);
  return sets([0])
    .map((change) => ({ change, key: key(change) }))
    .sort((a, b) => a.key.length - b.key.length || compare(a.key, b.key))
    .map(({ change }) => {
      const ordered = [...change].sort(([a], [b]) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
      return new Map(ordered);
    });
}

/** @param {number[]} a @param {number[]} b */
function compare(a, b) {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}

/**
 * Drop every change that holds another one.
 *
 * @param {Change[]} changes
 */
function smallest(changes) {
  /** @type {Change[]} */
  const kept = [];
  for (const change of changes.toSorted((a, b) => a.size - b.size)) {
    const holds = (/** @type {Change} */ other) =>
      [...other].every(([factor, value]) => change.get(factor) === value);
    if (!kept.some(holds)) kept.push(change);
  }
  return kept;
}

// --- small helpers -------------------------------------------------------------------------

/**
 * Make an element; strings become text, never markup.
 *
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * @param {string} words
 * @param {() => void} act
 * @param {Record<string, string>} [attributes]
 */
export function button(words, act, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, words);
  element.addEventListener("click", act);
  return element;
}

/** @param {Element | null} part */
const labelOf = (part) =>
  part?.getAttribute("aria-label") ?? part?.closest("label, button")?.textContent ?? "";

/** @param {number} below @param {string} words */
const heading = (below, words) =>
  make(`h${level + below}`, { class: `dtree-h${below + 1}` }, words);

/** @param {string} text */
export const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {Payload} payload @param {number} number */
function quotation(payload, number) {
  const [words, passage] = payload.quotes[number];
  const author = passage === undefined ? "" : payload.passages[passage][1];
  return make("blockquote", {}, make("q", {}, words), make("cite", {}, ` ${author}`));
}

/**
 * Act when something is pointed at or focused.
 *
 * @param {Element} part
 * @param {() => void} act
 */
function onPointed(part, act) {
  let moved = false;
  // Only a pointer that moves: what scrolls below a resting one is not pointed at.
  part.addEventListener("pointermove", (event) => {
    const { movementX, movementY } = /** @type {PointerEvent} */ (event);
    if (moved || !(movementX || movementY)) return;
    moved = true;
    act();
  });
  part.addEventListener("pointerleave", () => (moved = false));
  part.addEventListener("focus", act);
  part.addEventListener("click", act);
}

/** @param {KeyboardEvent} event */
export function consume(event) {
  // Notebooks have keys of their own.
  event.preventDefault();
  event.stopPropagation();
}

/**
 * An act that waits until the next frame is shown; asked for often, it is done once.
 *
 * @param {() => void} act
 */
export function afterFrame(act) {
  let waiting = false;
  const go = () => {
    waiting = false;
    act();
  };
  return () => {
    if (waiting) return;
    waiting = true;
    // No frame is shown of a page in the background.
    if (document.hidden) setTimeout(go);
    else requestAnimationFrame(() => setTimeout(go));
  };
}

// --- questions -----------------------------------------------------------------------------

/**
 * A question with its toggle, and the words behind it at hand.
 *
 * @param {Payload} payload
 * @param {Factor} factor
 * @param {Control} control
 */
function question(payload, factor, control) {
  const note = make("span", { class: "dtree-next" });
  const asked = make(
    "div",
    { class: "dtree-heading" },
    make("span", { class: "dtree-asked" }, factor.question),
    note,
  );
  for (const number of factor.judgement) {
    const mark = `a judgement: “${payload.quotes[number][0]}”`;
    asked.append(make("span", { class: "dtree-judgement" }, mark));
  }
  const words = make("details", {}, make("summary", {}, "The words of the text"));
  words.append(...factor.quotes.map((number) => quotation(payload, number)));
  if (factor.help) words.append(make("p", {}, factor.help));
  const toggle = make("div", { class: "dtree-toggle" });
  control.attach(toggle, factor.question);
  const row = make("div", { class: "dtree-question" }, asked, toggle, words);
  return {
    row,
    /** @param {boolean} isNext @param {boolean} matters */
    mark(isNext, matters) {
      row.classList.toggle("dtree-is-next", isNext);
      row.classList.toggle("dtree-idle", !matters);
      const words = isNext ? "ask this next" : matters ? "" : "no longer matters";
      if (note.textContent !== words) note.textContent = words;
    },
  };
}

/**
 * Example patients and Reset.
 *
 * @param {Payload} payload
 * @param {(answers: Record<string, string>) => void} fill
 */
function start(payload, fill) {
  const known = payload.examples.map(([, answers]) => JSON.stringify(inOrder(payload, answers)));
  const select = /** @type {HTMLSelectElement} */ (make("select"));
  select.append(
    make("option", { value: "" }, "Choose a patient…"),
    ...payload.examples.map(([name], i) => make("option", { value: `${i}` }, name)),
  );
  select.addEventListener("change", () => {
    if (select.value) fill(payload.examples[Number(select.value)][1]);
  });
  const reset = button("Reset", () => fill({}));
  const bar = make("div", { class: "dtree-start" }, reset);
  if (payload.examples.length) bar.prepend(make("label", {}, "Example patient ", select));
  return {
    bar,
    /** @param {Answers} answers  name the example that the patient is, if any */
    match(answers) {
      const at = known.indexOf(JSON.stringify(answers.map((answer) => answer ?? UNKNOWN)));
      select.value = at < 0 ? "" : `${at}`;
    },
  };
}

/**
 * @param {Payload} payload
 * @param {Record<string, string>} answers
 */
const inOrder = (payload, answers) =>
  payload.factors.map(({ id }) => (Object.hasOwn(answers, id) ? answers[id] : UNKNOWN));

// --- what rests on which words -------------------------------------------------------------

/**
 * What rests on a quote, by number: factors, branches ("factor value") and options.
 *
 * @typedef {{factors: Set<number>, branches: Set<string>, options: Set<number>,
 *   remarks: Set<number>}} Rests
 * @param {Payload} payload
 * @returns {Rests[]}
 */
function restsOn(payload) {
  const all = payload.quotes.map(() => ({
    factors: new Set(),
    branches: new Set(),
    options: new Set(),
    remarks: new Set(),
  }));
  payload.factors.forEach(({ quotes, judgement }, factor) => {
    for (const number of [...quotes, ...judgement]) all[number].factors.add(factor);
  });
  payload.options.forEach(({ quotes, does }, option) => {
    for (const number of [...quotes, ...does]) all[number].options.add(option);
  });
  for (const { quotes, options } of payload.groups) {
    for (const number of quotes) for (const option of options) all[number].options.add(option);
  }
  payload.statements.forEach(({ quotes, condition, effects, remark }, statement) => {
    for (const number of quotes) {
      for (const [factor, values] of condition.flat()) {
        all[number].factors.add(factor);
        for (const value of values) all[number].branches.add(`${factor} ${value}`);
      }
      for (const [option] of effects) all[number].options.add(option);
      if (remark) all[number].remarks.add(statement);
    }
  });
  return all;
}

// --- the drawing ---------------------------------------------------------------------------

/**
 * A node or branch of the drawing, what is known of it and what its element wears of that,
 * beside the class that is its own. `away`: the element is not in the page, and is dressed when
 * it comes back.
 *
 * @typedef {{element: Element, node: number, branch: number | null, factor: number | undefined,
 *   value: string | undefined, state: State | null, answered: boolean, next: boolean,
 *   lit: boolean, hit: string, away: boolean, own: string, worn: string}} Piece
 */

const NO_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

/**
 * The drawing. Branches can be clicked and focused; so can nodes, to see their words.
 *
 * @param {View} view
 * @param {(factor: number, value: string) => void} choose
 * @param {(node: number, branch: number | null) => void} point
 */
export function draw(view, choose, point) {
  const parsed = new DOMParser().parseFromString(view.svg || NO_DRAWING, "image/svg+xml");
  const svg = /** @type {SVGSVGElement} */ (
    /** @type {unknown} */ (document.adoptNode(parsed.documentElement))
  );
  svg.setAttribute("role", "group");
  // Small enough to be seen whole, yet never too small to read: then it scrolls.
  const width = Number(svg.getAttribute("width"));
  svg.style.maxWidth = `${width}px`;
  svg.style.minWidth = `${0.7 * width}px`;
  /** @type {Piece[]} */
  const nodes = [];
  /** @type {Piece[][]} */
  const branches = view.nodes.map(() => []);
  /** @type {Map<Element, Piece>} */
  const partOf = new Map();
  for (const element of svg.querySelectorAll("g[id]")) {
    const [, node, branch] = /^n(\d+)(?:-(\d+))?$/.exec(element.id) ?? [];
    // Ids would clash where a page shows two explorers.
    element.removeAttribute("id");
    if (node === undefined) continue;
    const at = Number(node);
    const k = branch === undefined ? null : Number(branch);
    const { factor, branches: values = [] } = view.nodes[at];
    /** @type {Piece} */
    const part = {
      ...{ element, node: at, branch: k, factor, value: k === null ? undefined : values[k][0] },
      ...{ state: null, answered: false, next: false, lit: false, hit: "", away: false },
      // Its own class: node or edge, question or leaf.
      ...{ own: element.getAttribute("class") ?? "", worn: "" },
    };
    partOf.set(element, part);
    if (k === null) nodes[at] = part;
    else branches[at][k] = part;
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "0");
    element.setAttribute("aria-label", element.firstElementChild?.textContent ?? "");
    if (k !== null) widen(element);
  }
  const parts = [...nodes, ...branches.flat()];

  /** @param {Event} event */
  const at = ({ target }) =>
    partOf.get(/** @type {Element} */ (/** @type {Element} */ (target).closest("g.node, g.edge")));
  /** @param {Piece} part */
  const pointAt = (part) => point(part.node, part.branch);
  /** @param {Piece} part */
  const act = ({ factor, value }) => {
    if (factor !== undefined && value !== undefined) choose(factor, value);
  };
  /** @type {Piece | undefined} */
  let moved;
  svg.addEventListener("pointermove", (event) => {
    const part = at(event);
    // Only a pointer that moves: what scrolls below a resting one is not pointed at.
    if (part === moved || (part && !(event.movementX || event.movementY))) return;
    moved = part;
    if (part) pointAt(part);
  });
  svg.addEventListener("pointerleave", () => (moved = undefined));
  svg.addEventListener("focusin", (event) => {
    const part = at(event);
    if (part) pointAt(part);
  });
  svg.addEventListener("click", (event) => {
    const part = at(event);
    if (!part) return;
    pointAt(part);
    act(part);
  });
  svg.addEventListener("keydown", (event) => {
    const part = at(event);
    if (!part || (event.key !== "Enter" && event.key !== " ")) return;
    consume(event);
    pointAt(part);
    act(part);
  });

  return {
    svg,
    nodes,
    branches,
    parts,
    /**
     * Keep words inside their boxes where the page's font is wider than the measured one.
     *
     * @param {Piece[]} some
     */
    fit(some = nodes) {
      const wide = some.flatMap(({ element }) => {
        const room = /** @type {SVGGraphicsElement} */ (element.querySelector("path, polygon"));
        const most = room.getBBox().width - 16;
        return [...element.querySelectorAll("text")]
          .filter((text) => most > 0 && text.getComputedTextLength() > most)
          .map((text) => ({ text, most }));
      });
      for (const { text, most } of wide) {
        text.setAttribute("textLength", `${most}`);
        text.setAttribute("lengthAdjust", "spacingAndGlyphs");
      }
    },
    /**
     * Where the drawing is wider than its frame, bring the end of the path into view.
     *
     * @param {Walk} found
     */
    follow(found) {
      const frame = svg.parentElement;
      const end = nodes[found.nodes.lastIndexOf("taken")]?.element;
      if (!frame || !end || frame.scrollWidth <= frame.clientWidth) return;
      const [box, place] = [end.getBoundingClientRect(), frame.getBoundingClientRect()];
      if (box.left < place.left || box.right > place.right) {
        frame.scrollLeft += (box.left + box.right - place.left - place.right) / 2;
      }
    },
    /** @param {Walk} found @param {Answers} answers */
    highlight(found, answers) {
      for (const part of parts) {
        const { node, branch, factor = 0, value } = part;
        const state = branch === null ? found.nodes[node] : found.branch(node, branch);
        const answered = branch !== null && answers[factor] === value;
        if (state === part.state && answered === part.answered) continue;
        part.state = state;
        part.answered = answered;
        dress(part);
      }
    },
    /**
     * Mark where the next question is asked.
     *
     * @param {Walk} found
     */
    advise(found) {
      for (const part of nodes) {
        part.next = part.factor === found.next() && part.state !== "ruled-out";
        dress(part);
      }
    },
  };
}

/**
 * Show what is known of a part; nothing is touched where nothing has changed.
 *
 * @param {Piece} part
 */
export function dress(part) {
  if (part.away || !part.state) return;
  const { element, branch, state, answered, next, lit, hit, own } = part;
  const marks = (answered ? " dtree-answered" : "") + (next ? " dtree-asked-next" : "");
  const worn = `dtree-${state}${marks}${lit ? " dtree-lit" : ""}${hit}`;
  if (worn === part.worn) return;
  element.setAttribute("class", `${own} ${worn}`);
  if (branch !== null && element.getAttribute("aria-pressed") !== `${answered}`) {
    element.setAttribute("aria-pressed", `${answered}`);
  }
  part.worn = worn;
}

/**
 * A wider, unseen line below the drawn one, so that a finger can hit it.
 *
 * @param {Element} branch
 */
function widen(branch) {
  const line = branch.querySelector("path");
  if (!line) return;
  const target = /** @type {Element} */ (line.cloneNode());
  target.setAttribute("class", "dtree-target");
  line.before(target);
}

// --- the text ------------------------------------------------------------------------------

/**
 * The text as written, every quoted clause marked. One clause is in the tab order; arrows
 * go from clause to clause.
 *
 * @param {Payload} payload
 * @param {(quotes: number[]) => void} point
 */
function textPanel(payload, point) {
  /** @type {{element: HTMLElement, quotes: number[]}[]} */
  const clauses = [];
  const page = make("div", {
    class: "dtree-text",
    role: "group",
    "aria-label": "The text. Arrow keys go from clause to clause.",
  });
  for (const { author, parts } of payload.text) {
    const passage = make("div", { class: "dtree-passage" });
    if (author) passage.append(make("div", { class: "dtree-author" }, author));
    const words = make("div", { class: "dtree-words" });
    for (const [part, quotes, sentence] of parts) {
      const claim = sentence === null ? "" : ` dtree-${payload.sentences[sentence]}`;
      if (!quotes.length) {
        words.append(make("span", { class: `dtree-plain${claim}` }, part));
        continue;
      }
      const deep = quotes.length > 1 ? " dtree-deep" : "";
      const element = make("mark", { class: `dtree-clause${claim}${deep}`, tabindex: "-1" }, part);
      onPointed(element, () => point(quotes));
      clauses.push({ element, quotes });
      words.append(element);
    }
    passage.append(words);
    page.append(passage);
  }
  const first = clauses[0]?.element;
  if (first) first.tabIndex = 0;
  page.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = clauses.findIndex(({ element }) => element === document.activeElement);
    if (!step || at < 0) return;
    consume(event);
    const to = clauses[(at + step + clauses.length) % clauses.length].element;
    clauses[at].element.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });

  /** @type {Record<string, number>} */
  const counts = { used: 0, context: 0, unclaimed: 0 };
  for (const claim of payload.sentences) counts[claim] += 1;
  const said = Object.entries(counts).map(([claim, count]) => `${count} ${claim}`);
  const show = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  show.addEventListener("change", () => page.classList.toggle("dtree-coverage", show.checked));
  const coverage = make("label", {}, show, ` Sentences: ${said.join(", ")}`);
  return {
    panel: make("div", { class: "dtree-text-panel" }, heading(0, "The text"), coverage, page),
    /**
     * @param {Set<number>} quotes
     * @param {boolean} [scroll]
     */
    light(quotes, scroll = false) {
      let first = null;
      for (const clause of clauses) {
        const lit = clause.quotes.some((number) => quotes.has(number));
        clause.element.classList.toggle("dtree-lit", lit);
        if (lit) first ??= clause.element;
      }
      // Scroll the text alone, never the page.
      if (scroll && first) {
        const gap = first.getBoundingClientRect().top - page.getBoundingClientRect().top;
        page.scrollTop += gap - page.clientHeight / 3;
      }
    },
    /** @param {Set<number>} quotes */
    decide(quotes) {
      for (const clause of clauses) {
        const decides = clause.quotes.some((number) => quotes.has(number));
        clause.element.classList.toggle("dtree-deciding", decides);
      }
    },
  };
}

// --- the outcome ---------------------------------------------------------------------------

/**
 * The outcome in one plain sentence.
 *
 * @param {Payload} payload
 * @param {Walk} found
 */
function sentence(payload, found) {
  const parts = grouped(payload, found).map(
    ([heading, options]) => `${heading}: ${options.map((i) => payload.options[i].name).join(", ")}`,
  );
  if (found.outcomes > 1) parts.push(`Outcomes still possible: ${found.outcomes}`);
  const next = found.next();
  if (next !== null) parts.push(`Next question: ${payload.factors[next].question}`);
  return parts.map((part) => (/[.?!]$/.test(part) ? part : `${part}.`)).join(" ");
}

/**
 * Options by what is known of them.
 *
 * @param {Payload} payload
 * @param {Walk} found
 * @returns {[string, number[]][]}
 */
function grouped(payload, found) {
  const all = [...payload.options.keys()];
  /** @type {[string, number[]][]} */
  const groups = SHOWN_FIRST.map((standing) => [
    payload.standings[standing],
    all.filter((i) => found.standings()[i].standing === standing),
  ]);
  groups.push(["Not decided yet", all.filter((i) => found.standings()[i].standing === null)]);
  return groups.filter(([, options]) => options.length);
}

/**
 * Options in order, those of a group together under its name: as reading.py arranges them.
 *
 * @param {Payload} payload
 * @param {number[]} options
 * @returns {[string, number[]][]}
 */
function arranged(payload, options) {
  const left = new Set(options);
  /** @type {Map<number, Group>} */
  const groupOf = new Map();
  for (const group of payload.groups.toSorted((a, b) => b.options.length - a.options.length)) {
    if (group.options.length > 1 && group.options.every((option) => left.has(option))) {
      for (const option of group.options) left.delete(option) && groupOf.set(option, group);
    }
  }
  /** @type {Map<Group | number, [string, number[]]>} */
  const found = new Map();
  for (const option of options) {
    const group = groupOf.get(option);
    const key = group ?? option;
    if (!found.has(key)) found.set(key, [group?.name ?? "", []]);
    found.get(key)?.[1].push(option);
  }
  return [...found.values()];
}

/**
 * The path, every option with its reasons, and the remarks.
 *
 * @param {Payload} payload
 * @param {Walk} found
 * @param {(option: number) => HTMLElement} entry
 * @returns {HTMLElement[]}
 */
export function outcomeParts(payload, found, entry) {
  const parts = grouped(payload, found).map(([standing, options]) => {
    const section = make("section", {}, heading(0, standing));
    for (const [group, members] of arranged(payload, options)) {
      const entries = members.map(entry);
      const together = { class: "dtree-group", role: "group", "aria-label": group };
      const named = () => make("div", together, make("p", {}, `${group}:`), ...entries);
      section.append(...(group ? [named()] : entries));
    }
    if (standing === payload.standings.offered && options.length > 1) {
      section.append(make("p", {}, "The text does not rank what it offers together."));
    }
    return section;
  });
  const { nodes } = payload.views[0];
  const steps = found.path.map(([node, value]) => {
    const factor = payload.factors[nodes[node].factor ?? 0];
    const step = make("li", {}, `${factor.question} `, make("strong", {}, capitalized(value)));
    step.append(...factor.quotes.map((number) => quotation(payload, number)));
    return step;
  });
  if (steps.length) {
    parts.push(make("section", {}, heading(0, "The path so far"), make("ol", {}, ...steps)));
  }
  const remarks = payload.statements.flatMap(({ remark, quotes }, statement) => {
    if (!remark) return [];
    const words = quotes.map((number) => quotation(payload, number));
    return [make("li", { "data-remark": `${statement}` }, remark, ...words)];
  });
  if (remarks.length) {
    parts.push(make("section", {}, heading(0, "For everyone"), make("ul", {}, ...remarks)));
  }
  return parts;
}

/**
 * An option: its reasons for and against, and what it does.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {OptionStanding} found
 */
export function optionReasons(payload, answers, option, found) {
  const { synonyms, does } = payload.options[option];
  /** @type {HTMLElement[]} */
  const parts = [];
  if (synonyms.length) parts.push(make("p", {}, `Also called: ${synonyms.join(", ")}.`));
  if (found.standing === null) {
    const may = found.possible.map((standing) => payload.standings[standing].toLowerCase());
    parts.push(make("p", {}, `Still possible: ${may.join(" or ")}.`));
  }
  if (found.standing === "silent") {
    parts.push(make("p", {}, "The text says nothing of this option for this patient."));
  }
  const all = argumentsAbout(payload, answers, option, found);
  for (const [side, wanted] of /** @type {[string, boolean][]} */ ([
    ["Against it", true],
    ["For it", false],
  ])) {
    const entries = all
      .filter(({ says }) => (says === "withheld") === wanted)
      .map((argument) => argumentEntry(payload, argument));
    if (entries.length) parts.push(heading(1, side), ...entries);
  }
  if (does.length) {
    parts.push(heading(1, "What it does, in the words of the text"));
    parts.push(...does.map((number) => quotation(payload, number)));
  }
  return parts;
}

/**
 * What would give an option each standing that it has not.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {OptionStanding} found
 * @param {(change: Change) => void} apply
 */
function changeEntries(payload, answers, option, found, apply) {
  return ["preferred", "offered", "withheld"]
    .filter((wanted) => wanted !== found.standing)
    .map((wanted) => changeEntry(payload, answers, option, wanted, apply));
}

/**
 * @param {Payload} payload
 * @param {{statement: Statement, says: string, weight: string}} argument
 */
function argumentEntry(payload, { statement, says, weight }) {
  const basis = statement.because ? "implied" : "stated";
  const words = weight === "open" ? "depends on open answers" : weight;
  const label = make("span", {}, `${payload.standings[says]}, ${basis}; `, make("b", {}, words));
  const entry = make("div", { class: `dtree-argument dtree-weight-${weight}` }, label);
  entry.append(...statement.quotes.map((number) => quotation(payload, number)));
  if (statement.because) {
    entry.append(make("p", { class: "dtree-implied" }, `Implied: ${statement.because}`));
  }
  return entry;
}

/**
 * The smallest changes that give an option a standing, each with the words that then decide.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {string} wanted
 * @param {(change: Change) => void} apply
 */
function changeEntry(payload, answers, option, wanted, apply) {
  const becomes = payload.standings[wanted];
  const changes = whatWould(payload, answers, option, wanted);
  if (!changes.length) return make("p", {}, `${becomes}: nothing can make it so.`);
  const how = changes.length > 1 ? "one of these would do" : "if exactly this changes";
  const entry = make("div", { class: "dtree-change" }, make("p", {}, `${becomes}: ${how}`));
  for (const change of changes.slice(0, MOST_WAYS)) {
    const after = [...answers];
    for (const [factor, value] of change) after[factor] = value;
    const items = [...change].map(([factor, value]) => {
      const words = `${payload.factors[factor].question} `;
      return make("li", {}, words, make("strong", {}, capitalized(value)));
    });
    const words = because(payload, after, option, wanted).flatMap(({ quotes }) => quotes);
    entry.append(
      make(
        "div",
        { class: "dtree-way" },
        make("ul", {}, ...items),
        ...[...new Set(words)].map((number) => quotation(payload, number)),
        button("Try it", () => apply(change), { class: "dtree-try" }),
      ),
    );
  }
  const more = changes.length - MOST_WAYS;
  if (more > 0) entry.append(make("p", {}, `… and ${more} more ways, none of them smaller.`));
  return entry;
}

// --- the outline ---------------------------------------------------------------------------

/**
 * The tree as a nested list, which says the same as the drawing.
 *
 * @param {Payload} payload
 * @param {View} view
 * @param {Walk} found
 */
function outline(payload, view, found) {
  const said = { taken: " (taken)", possible: "", "ruled-out": " (ruled out)" };
  // What several branches lead to is written out once, under a number.
  const leading = view.nodes.flatMap(({ branches = [] }) => branches.map(([, target]) => target));
  const shared = [...view.nodes.keys()].filter(
    (index) => leading.indexOf(index) !== leading.lastIndexOf(index),
  );
  /** @type {Set<number>} */
  const written = new Set();
  /** @param {number} index @returns {HTMLElement[]} */
  const lines = (index) => {
    const { factor, branches = [], standings = [] } = view.nodes[index];
    const label = shared.includes(index) ? ` [${shared.indexOf(index) + 1}]` : "";
    if (written.has(index)) return [make("div", {}, `as above${label}`)];
    written.add(index);
    if (factor === undefined) {
      const found = SHOWN_FIRST.flatMap((standing) => {
        const named = [...standings.keys()].filter((i) => standings[i] === standing);
        const names = arranged(payload, named).map(([group, members]) => {
          const list = members.map((i) => payload.options[i].name).join(", ");
          return group ? `${group} (${list})` : list;
        });
        const line = `${payload.standings[standing]}: ${names.join(", ")}`;
        return named.length ? [make("div", {}, line)] : [];
      });
      found[0]?.append(label);
      return found;
    }
    const list = make("ul");
    branches.forEach(([value, target], k) => {
      const state = found.branch(index, k);
      const words = `${capitalized(value)}${said[state]}`;
      const item = make("li", { class: `dtree-${state}` }, make("b", {}, words), ...lines(target));
      list.append(item);
    });
    return [make("div", {}, `${payload.factors[factor].question}${label}`), list];
  };
  return make("div", { class: "dtree-outline" }, ...lines(0));
}

// --- taking the picture along ----------------------------------------------------------------

/**
 * The drawing as it looks now, as an SVG that stands alone.
 *
 * @param {Element} svg
 */
function picture(svg) {
  const copy = /** @type {Element} */ (svg.cloneNode(true));
  const shown = svg.querySelectorAll("path, polygon, text");
  copy.querySelectorAll("path, polygon, text").forEach((part, i) => {
    const style = getComputedStyle(shown[i]);
    for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-weight"]) {
      part.setAttribute(name, style.getPropertyValue(name));
    }
  });
  for (const target of copy.querySelectorAll(".dtree-target")) target.remove();
  for (const part of copy.querySelectorAll("g")) {
    for (const name of ["class", "role", "tabindex", "aria-label", "aria-pressed"]) {
      part.removeAttribute(name);
    }
  }
  const root = svg.closest(".dtree");
  copy.removeAttribute("style");
  copy.setAttribute("role", "img");
  const back = root ? getComputedStyle(root).backgroundColor : "white";
  copy.querySelector("polygon")?.setAttribute("fill", back);
  return new XMLSerializer().serializeToString(copy);
}

/**
 * @param {string} svg
 * @returns {Promise<Blob>}
 */
async function asPng(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  // A browser's canvas ends somewhere.
  const sharp = Math.min(2, 16_000 / Math.max(image.width, image.height));
  canvas.width = image.width * sharp;
  canvas.height = image.height * sharp;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture")))),
  );
}

/** @param {string} name @param {Blob} blob */
export function download(name, blob) {
  const link = /** @type {HTMLAnchorElement} */ (make("a", { download: name }));
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * Copy SVG, Copy PNG, and where the page's address holds the patient, Copy link. Where the
 * clipboard is closed to us, a picture is saved as a file and a link shown.
 *
 * @param {() => Element} svg
 * @param {Source} source
 */
function takeAlong(svg, source) {
  const said = make("span", { role: "status" });
  const { ask, address } = source;
  const bar = make(
    "div",
    { class: "dtree-along" },
    button("Copy SVG", async () => {
      const words = picture(svg());
      try {
        await navigator.clipboard.writeText(words);
        said.textContent = "Copied.";
      } catch {
        download("tree.svg", new Blob([words], { type: "image/svg+xml" }));
        said.textContent = "Saved as tree.svg.";
      }
    }),
    button("Copy PNG", async () => {
      const png = await asPng(picture(svg()));
      try {
        await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
        said.textContent = "Copied.";
      } catch {
        download("tree.png", png);
        said.textContent = "Saved as tree.png.";
      }
    }),
  );
  if (address) {
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(location.href);
        said.textContent = "Copied.";
      } catch {
        said.textContent = location.href;
      }
    };
    bar.append(button("Copy link", copy));
  }
  if (ask) {
    const save = () => {
      said.textContent = "Asking the kernel for the page …";
      ask("page");
    };
    bar.append(button("Save as a page", save));
  }
  bar.append(said);
  return bar;
}

/**
 * Buttons that make the drawing larger and smaller; it scrolls in its frame.
 *
 * @param {() => SVGElement | HTMLElement} svg
 */
function zoom(svg) {
  /** @param {number} by  0 for as large as fits */
  const by = (by) => {
    const { style } = svg();
    const natural = Number(svg().getAttribute("width"));
    const wanted = svg().getBoundingClientRect().width * by;
    const width = Math.min(4 * natural, Math.max(natural / 4, wanted));
    style.width = by ? `${width}px` : "100%";
    style.minWidth = "0";
    style.maxWidth = by ? "none" : `${natural}px`;
  };
  return make(
    "div",
    { class: "dtree-zoom" },
    button("+", () => by(1.25), { "aria-label": "Larger drawing" }),
    button("−", () => by(0.8), { "aria-label": "Smaller drawing" }),
    button("Fit", () => by(0), { "aria-label": "Drawing as large as fits" }),
  );
}

/**
 * What a printed page says beside the drawing: the patient, the outcome and its words, the
 * source and the day.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {Walk} found
 */
function onPaper(payload, answers, found) {
  const known = payload.factors.flatMap(({ question }, i) =>
    make("li", {}, `${question} `, make("b", {}, capitalized(answers[i] ?? UNKNOWN))),
  );
  const outcome = payload.options.map(({ name }, i) => {
    const { standing, possible, because } = found.standings()[i];
    const may = possible.map((one) => payload.standings[one].toLowerCase()).join(" or ");
    const said = standing ? payload.standings[standing] : `Not decided yet (${may})`;
    const words = [...new Set(because.flatMap(({ quotes }) => quotes))];
    const quoted = words.map((number) => quotation(payload, number));
    return make("li", {}, `${name}: `, make("b", {}, said), ...quoted);
  });
  const remarks = payload.statements
    .filter(({ remark }) => remark)
    .map(({ remark, quotes }) =>
      make("li", {}, remark, ...quotes.map((number) => quotation(payload, number))),
    );
  const authors = payload.passages.map(([, author]) => author).join("; ");
  const day = new Date().toISOString().slice(0, 10);
  return [
    heading(0, "The patient"),
    make("ul", {}, ...known),
    heading(0, "What the text says"),
    make("ul", {}, ...outcome),
    ...(remarks.length ? [heading(0, "For everyone"), make("ul", {}, ...remarks)] : []),
    make("p", {}, `Source: “${payload.title}”, ${authors}. Printed ${day}. ${payload.disclaimer}`),
  ];
}

// --- mount ---------------------------------------------------------------------------------

/**
 * Show a guide in an element.
 *
 * @param {HTMLElement} place
 * @param {Source} source
 * @param {Control[]} controls  one for each factor, in the order of the payload's factors
 */
export function mount(place, source, controls) {
  const first = source.payload();
  level = source.level ?? 3;
  const root = make("section", { class: "dtree", "aria-label": first.title });
  root.lang = first.language;
  // JupyterLab would take arrows, Enter and letters for its own.
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light(new Set(), NOTHING, false);
    event.stopPropagation();
  });

  /** @param {Record<string, string>} answers */
  const fill = (answers) => {
    light(new Set(), NOTHING, false);
    const values = inOrder(first, answers);
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
    source.ask?.({ answers: Object.fromEntries(answers) });
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
      for (const { quotes: numbers, condition, effects } of payload.statements) {
        const gives = effects.some(([option, standing]) => standings[option] === standing);
        if (gives && applies(condition, answers) !== false) add(numbers);
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
