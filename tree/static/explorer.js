// @ts-check
/**
 * The front end: shows a guide, walks its tree, highlights the branch, tells why.
 *
 * One file without imports, because notebooks load it from a blob. It holds no medical
 * rules: all it knows comes from the payload (see payload.py). Text enters the page through
 * textContent only; the drawing is the one piece of markup, made by Graphviz.
 *
 * In this order: types · walking · reasons · changes · small helpers · the parts of the
 * page (questions, drawing, text, outcome, outline, taking along, settings) · mount · the
 * notebook.
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
 * @typedef {{nodes: TreeNode[], svg: string}} View
 * @typedef {[words: string, quotes: number[], sentence: number | null]} Part
 * @typedef {{title: string, language: string, disclaimer: string,
 *   standings: Record<string, string>, passages: [string, string, boolean][],
 *   order: number[], average: number, factors: Factor[], options: Option[], groups: Group[],
 *   statements: Statement[], quotes: Quote[], examples: [string, Record<string, string>][],
 *   text: {author: string, parts: Part[]}[], sentences: string[], views: View[]}} Payload
 * @typedef {(string | undefined)[]} Answers  by factor; undefined is unknown
 * @typedef {"taken" | "possible" | "ruled-out"} State
 * @typedef {{standing: string | null, possible: string[], because: Statement[]}} OptionStanding
 * @typedef {{nodes: State[], branches: State[][], path: [number, string][], outcomes: number,
 *   matters: Set<number>, next: number | null, standings: OptionStanding[]}} Walk
 * @typedef {Map<number, string>} Change  factor → its new value
 * @typedef {{attach: (place: HTMLElement, label: string) => void, get: () => number,
 *   set: (index: number, together?: boolean) => void, listen: (heard: () => void) => void}} Control
 * @typedef {{payload: () => Payload, listen: (heard: () => void) => void,
 *   set?: (name: "passages" | "order", value: string[]) => void,
 *   ask?: (question: unknown) => void, level?: number, address?: boolean}} Source
 *   `level`: of the first headings; `address`: whether the address holds the patient
 */

const UNKNOWN = "unknown";
/** @type {{factors: Set<number>, branches: Set<string>, options: Set<number>}} */
const NOTHING = { factors: new Set(), branches: new Set(), options: new Set() };
const MOST_WAYS = 20;
// The level of headings; the place that shows the explorer decides.
let level = 3;
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
  const reachable = reach(nodes, answers);

  /** @type {[number, string][]} */
  const path = [];
  const taken = new Set([0]);
  for (let index = 0; ; ) {
    const factor = nodes[index].factor;
    if (factor === undefined || answers[factor] === undefined) break;
    const [value, target] = ahead(nodes[index], answers)[0];
    path.push([index, value]);
    taken.add((index = target));
  }
  const outcomes = outcomesOf(nodes, reachable);
  if (outcomes.length === 1) {
    nodes.forEach(({ standings }, i) => standings && reachable[i] && taken.add(i));
  }
  const answerAt = new Map(path);
  const open = openFactors(nodes, answers);

  return {
    path,
    outcomes: outcomes.length,
    nodes: nodes.map((_, i) => (taken.has(i) ? "taken" : reachable[i] ? "possible" : "ruled-out")),
    branches: nodes.map((node, i) => {
      const fitting = new Set(reachable[i] ? ahead(node, answers).map(([value]) => value) : []);
      return (node.branches ?? []).map(([value]) =>
        answerAt.get(i) === value ? "taken" : fitting.has(value) ? "possible" : "ruled-out",
      );
    }),
    matters: matters(nodes, answers, open),
    next: nextQuestion(payload, nodes, answers, open),
    standings: payload.options.map((_, option) => {
      const seen = new Set(outcomes.map((standings) => standings[option]));
      const possible = STRONGEST_FIRST.filter((standing) => seen.has(standing));
      const standing = possible.length === 1 ? possible[0] : null;
      return { standing, possible, because: because(payload, answers, option, standing) };
    }),
  };
}

/**
 * The branches of a node that fit the answers.
 *
 * @param {TreeNode} node
 * @param {Answers} answers
 */
function ahead({ factor, branches = [] }, answers) {
  const answer = factor === undefined ? undefined : answers[factor];
  return answer === undefined ? branches : branches.filter(([value]) => value === answer);
}

/**
 * @param {TreeNode[]} nodes
 * @param {Answers} answers
 */
function reach(nodes, answers) {
  const reachable = nodes.map((_, index) => index === 0);
  // Every node comes before those it leads to, so one pass finds them all.
  nodes.forEach((node, index) => {
    if (reachable[index]) for (const [, target] of ahead(node, answers)) reachable[target] = true;
  });
  return reachable;
}

/**
 * The distinct outcomes still reachable.
 *
 * @param {TreeNode[]} nodes
 * @param {boolean[]} reachable
 */
function outcomesOf(nodes, reachable) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  nodes.forEach(({ standings }, i) => {
    if (standings && reachable[i]) found.set(standings.join(), standings);
  });
  return [...found.values()];
}

/**
 * The open factors that still matter: those that the tree that remains asks.
 *
 * @param {TreeNode[]} nodes
 * @param {Answers} answers
 * @returns {Set<number>}
 */
function openFactors(nodes, answers) {
  // From the leaves up; equal remainders are one number.
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {number[]} */
  const numberOf = [];
  /** @type {[number | undefined, number[]][]} */
  const asked = [];
  for (let index = nodes.length - 1; index >= 0; index--) {
    const { factor, standings } = nodes[index];
    const ends = ahead(nodes[index], answers).map(([, target]) => numberOf[target]);
    if (ends.length && ends.every((end) => end === ends[0])) {
      numberOf[index] = ends[0];
      continue;
    }
    const key = standings ? standings.join() : `${factor}: ${ends}`;
    const number = numbers.get(key) ?? asked.push([factor, ends]) - 1;
    numbers.set(key, number);
    numberOf[index] = number;
  }
  /** @type {Set<number>} */
  const found = new Set();
  const seen = new Set([numberOf[0]]);
  for (let number = asked.length - 1; number >= 0; number--) {
    if (!seen.has(number)) continue;
    const [factor, ends] = asked[number];
    for (const end of ends) seen.add(end);
    if (factor !== undefined) found.add(factor);
  }
  return found;
}

/**
 * Factors whose answer, given all the others, can still change the outcome.
 *
 * @param {TreeNode[]} nodes
 * @param {Answers} answers
 * @param {Set<number>} open
 */
function matters(nodes, answers, open) {
  const found = new Set(open);
  answers.forEach((answer, factor) => {
    if (answer === undefined) return;
    if (openFactors(nodes, answers.with(factor, undefined)).has(factor)) found.add(factor);
  });
  return found;
}

/**
 * The open question that leaves the fewest outcomes on average.
 *
 * @param {Payload} payload
 * @param {TreeNode[]} nodes
 * @param {Answers} answers
 * @param {Set<number>} open
 * @returns {number | null}
 */
function nextQuestion(payload, nodes, answers, open) {
  let best = null;
  let least = Infinity;
  for (const factor of payload.order.filter((factor) => open.has(factor))) {
    const values = payload.factors[factor].values.slice(0, -1);
    let left = 0;
    for (const value of values) {
      left += outcomesOf(nodes, reach(nodes, answers.with(factor, value))).length;
    }
    if (left / values.length < least) {
      best = factor;
      least = left / values.length;
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
function make(tag, attributes = {}, ...children) {
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
function button(words, act, attributes = {}) {
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
const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

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
function consume(event) {
  // Notebooks have keys of their own.
  event.preventDefault();
  event.stopPropagation();
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
      note.textContent = isNext ? "ask this next" : matters ? "" : "no longer matters";
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
 * The drawing. Branches can be clicked and focused; so can nodes, to see their words.
 *
 * @param {Payload} payload
 * @param {View} view
 * @param {(factor: number, value: string) => void} choose
 * @param {(node: number, branch: number | null) => void} point
 */
function draw(payload, view, choose, point) {
  const parsed = new DOMParser().parseFromString(view.svg, "image/svg+xml");
  const svg = document.importNode(parsed.documentElement, true);
  svg.setAttribute("role", "group");
  // Small enough to be seen whole, yet never too small to read: then it scrolls.
  const width = Number(svg.getAttribute("width"));
  svg.style.maxWidth = `${width}px`;
  svg.style.minWidth = `${0.7 * width}px`;
  /** @type {Element[]} */
  const nodes = [];
  /** @type {Element[][]} */
  const branches = view.nodes.map(() => []);
  for (const part of svg.querySelectorAll("g[id]")) {
    const [, node, branch] = /^n(\d+)(?:-(\d+))?$/.exec(part.id) ?? [];
    // Ids would clash where a page shows two explorers.
    part.removeAttribute("id");
    if (node === undefined) continue;
    const at = Number(node);
    const k = branch === undefined ? null : Number(branch);
    if (k === null) nodes[at] = part;
    else branches[at][k] = part;
    part.setAttribute("role", "button");
    part.setAttribute("tabindex", "0");
    part.setAttribute("aria-label", part.querySelector("title")?.textContent ?? "");
    onPointed(part, () => point(at, k));
    const { factor = 0, branches: values = [] } = view.nodes[at];
    const act = () => k !== null && choose(factor, values[k][0]);
    part.addEventListener("click", act);
    part.addEventListener("keydown", (event) => {
      const pressed = /** @type {KeyboardEvent} */ (event);
      if (pressed.key !== "Enter" && pressed.key !== " ") return;
      consume(pressed);
      point(at, k);
      act();
    });
    if (k !== null) widen(part);
  }
  return {
    svg,
    nodes,
    branches,
    /** Keep words inside their boxes where the page's font is wider than the measured one. */
    fit() {
      for (const node of nodes) {
        const room = /** @type {SVGGraphicsElement} */ (node.querySelector("path, polygon"));
        for (const text of node.querySelectorAll("text")) {
          const most = room.getBBox().width - 16;
          if (most > 0 && text.getComputedTextLength() > most) {
            text.setAttribute("textLength", `${most}`);
            text.setAttribute("lengthAdjust", "spacingAndGlyphs");
          }
        }
      }
    },
    /**
     * Where the drawing is wider than its frame, bring the end of the path into view.
     *
     * @param {Walk} found
     */
    follow(found) {
      const frame = svg.parentElement;
      const end = nodes[found.nodes.lastIndexOf("taken")];
      if (!frame || frame.scrollWidth <= frame.clientWidth) return;
      const [box, place] = [end.getBoundingClientRect(), frame.getBoundingClientRect()];
      if (box.left < place.left || box.right > place.right) {
        frame.scrollLeft += (box.left + box.right - place.left - place.right) / 2;
      }
    },
    /** @param {Walk} found @param {Answers} answers */
    highlight(found, answers) {
      nodes.forEach((node, i) => {
        const { factor } = view.nodes[i];
        const next = factor !== undefined && factor === found.next;
        mark(node, found.nodes[i]);
        node.classList.toggle("dtree-asked-next", next && found.nodes[i] !== "ruled-out");
      });
      branches.forEach((parts, i) =>
        parts.forEach((part, k) => {
          const { factor = 0, branches: values = [] } = view.nodes[i];
          const answered = answers[factor] === values[k][0];
          mark(part, found.branches[i][k]);
          part.classList.toggle("dtree-answered", answered);
          part.setAttribute("aria-pressed", `${answered}`);
        }),
      );
    },
  };
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

/** @param {Element} part @param {State} state */
function mark(part, state) {
  for (const other of ["taken", "possible", "ruled-out"]) {
    part.classList.toggle(`dtree-${other}`, other === state);
  }
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
  if (found.next !== null) parts.push(`Next question: ${payload.factors[found.next].question}`);
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
    all.filter((i) => found.standings[i].standing === standing),
  ]);
  groups.push(["Not decided yet", all.filter((i) => found.standings[i].standing === null)]);
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
function outcomeParts(payload, found, entry) {
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
function optionReasons(payload, answers, option, found) {
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
      const state = found.branches[index][k];
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
  const sharp = 2;
  canvas.width = image.width * sharp;
  canvas.height = image.height * sharp;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture")))),
  );
}

/** @param {string} name @param {Blob} blob */
function download(name, blob) {
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
    const { standing, possible, because } = found.standings[i];
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

// --- settings ------------------------------------------------------------------------------

/**
 * Whose statements, in which order, and in which form. What needs a kernel is left out where
 * there is none.
 *
 * @param {Payload} payload
 * @param {Source} source
 * @param {number} shown  the view that is shown
 * @param {(view: number) => void} form
 */
function settings(payload, source, shown, form) {
  const parts = [];
  if (payload.views.length > 1) {
    const name = `dtree-form-${Math.random()}`;
    const radios = ["Shared parts drawn once", "Every path its own leaf"].map((words, i) => {
      const radio = /** @type {HTMLInputElement} */ (make("input", { type: "radio", name }));
      radio.checked = i === shown;
      radio.addEventListener("change", () => form(i));
      return make("label", {}, radio, ` ${words}`);
    });
    parts.push(make("fieldset", {}, make("legend", {}, "Form of the tree"), ...radios));
  }
  const { set, ask } = source;
  if (set && payload.passages.length > 1) {
    const boxes = payload.passages.map(([, author, speaks]) => {
      const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
      box.checked = speaks;
      box.addEventListener("change", () => {
        const ids = payload.passages.filter((_, i) => boxes[i].box.checked).map(([id]) => id);
        // Somebody has to speak.
        if (ids.length) set("passages", ids);
        else box.checked = true;
      });
      return { box, label: make("label", {}, box, ` ${author}`) };
    });
    const labels = boxes.map(({ label }) => label);
    parts.push(make("fieldset", {}, make("legend", {}, "Whose words make the tree"), ...labels));
  }
  if (set && ask) {
    const items = payload.order.map((factor, i) => {
      /** @param {number} step */
      const move = (step) => {
        const order = payload.order.toSpliced(i, 1).toSpliced(i + step, 0, factor);
        set("order", order.map((at) => payload.factors[at].id));
      };
      const words = payload.factors[factor].question;
      const up = button("↑", () => move(-1), { "aria-label": `Ask earlier: ${words}` });
      const down = button("↓", () => move(1), { "aria-label": `Ask later: ${words}` });
      if (i === 0) up.setAttribute("disabled", "");
      if (i === payload.order.length - 1) down.setAttribute("disabled", "");
      return make("li", {}, up, down, ` ${words}`);
    });
    parts.push(
      make(
        "fieldset",
        { class: "dtree-order" },
        make("legend", {}, "Order of the questions"),
        make("ol", {}, ...items),
        make("p", {}, `On average ${payload.average} questions are asked.`),
        button("Shortest order", () => ask("shortest order")),
        button("As in the guide", () => set("order", payload.factors.map(({ id }) => id))),
      ),
    );
  }
  return parts;
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
  const tools = make(
    "div",
    { class: "dtree-tools" },
    zoom(() => drawing.svg),
    takeAlong(() => drawing.svg, source),
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
  /** @type {ReturnType<typeof draw>} */
  let drawing;
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
    const { nodes } = payload.views[shown];
    nodes.forEach(({ factor, branches = [], standings }, i) => {
      // A leaf holds every option; it is lit for options alone.
      const leaf = standings !== undefined && on.options.size > 0 && on.factors.size === 0;
      const asked = factor !== undefined && on.factors.has(factor);
      drawing.nodes[i].classList.toggle("dtree-lit", asked || leaf);
      branches.forEach(([value], k) =>
        drawing.branches[i][k].classList.toggle("dtree-lit", on.branches.has(`${factor} ${value}`)),
      );
    });
    for (const entry of outcome.querySelectorAll("[data-option]")) {
      const option = Number(entry.getAttribute("data-option"));
      entry.classList.toggle("dtree-lit", on.options.has(option));
    }
    for (const entry of outcome.querySelectorAll("[data-remark]")) {
      const statement = Number(entry.getAttribute("data-remark"));
      const remark = payload.statements[statement];
      entry.classList.toggle("dtree-lit", remark?.quotes.some((number) => quotes.has(number)));
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
    const { factor, branches = [], standings } = payload.views[shown].nodes[node];
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
      const key = branch === null ? null : `${factor} ${branches[branch][0]}`;
      rests.forEach((on, number) => {
        if (key ? on.branches.has(key) : on.factors.has(factor)) quotes.add(number);
      });
      // A branch that no statement names still has the question's words.
      if (!quotes.size) add(payload.factors[factor].quotes);
    }
    const on = {
      factors: new Set(factor === undefined ? [] : [factor]),
      branches: new Set(branch === null ? [] : [`${factor} ${branches[branch][0]}`]),
      options: /** @type {Set<number>} */ (new Set()),
    };
    light(quotes, on, true);
    const part = branch === null ? drawing.nodes[node] : drawing.branches[node][branch];
    const words = [...quotes].map((number) => `“${payload.quotes[number][0]}”`);
    pointed.textContent = `${part.getAttribute("aria-label")}: ${words.join(" · ")}`;
  };

  const update = () => {
    const answers = answersNow();
    const view = payload.views[shown];
    const found = walk(payload, answers);
    drawing.highlight(shown ? walk(payload, answers, view) : found, answers);
    starting.match(answers);
    // Measuring would hold up the highlight; the next frame is soon enough.
    requestAnimationFrame(() => drawing.follow(found));
    questions.forEach(({ mark }, i) => mark(found.next === i, found.matters.has(i)));
    const said = sentence(payload, found);
    if (live.textContent !== said) live.textContent = said;
    outcome.replaceChildren(
      ...outcomeParts(payload, found, (option) => optionEntry(answers, found, option)),
    );
    const deciding = found.standings.flatMap((standing) => standing.because);
    text.decide(new Set(deciding.flatMap(({ quotes }) => quotes)));
    paper.replaceChildren(...onPaper(payload, answers, found));
    if (outlined.open) showOutline(found);
  };

  /** @param {Answers} answers @param {Walk} found @param {number} option */
  const optionEntry = (answers, found, option) => {
    const summary = make("summary", {}, payload.options[option].name);
    const entry = /** @type {HTMLDetailsElement} */ (
      make("details", { class: "dtree-option", "data-option": `${option}` }, summary)
    );
    const standing = found.standings[option];
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
        // The button is gone; go on where it was.
        const again = outcome.querySelector(`[data-option="${option}"] > summary`);
        if (again instanceof HTMLElement) again.focus();
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

  /** @param {Walk} found */
  const showOutline = (found) => {
    const view = payload.views[shown];
    const walked = shown ? walk(payload, answersNow(), view) : found;
    outlinePlace.replaceChildren(outline(payload, view, walked));
  };
  outlined.addEventListener("toggle", () => {
    if (outlined.open) showOutline(walk(payload, answersNow()));
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
    drawing = draw(payload, payload.views[shown], choose, pointAtPart);
    drawingPlace.replaceChildren(drawing.svg);
    text = textPanel(payload, pointAtWords);
    textPlace.replaceChildren(text.panel, pointed);
    rows.append(...payload.order.map((factor) => questions[factor].row));
    const parts = settings(payload, answering, shown, (view) => {
      shown = view;
      rebuild();
    });
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
    drawing.fit();
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
    make("div", { class: "dtree-middle" }, make("div", {}, drawingPlace, tools), textPlace),
    paper,
    outcome,
    outlined,
    setting,
  );
  place.append(root);
  rebuild();
  source.listen(() => {
    clearTimeout(silence);
    unheard.textContent = "";
    rebuild();
  });
  for (const control of controls) control.listen(update);
}

// --- the notebook --------------------------------------------------------------------------

/**
 * A stock ipywidgets ToggleButtons as a control. Its own view is shown, made a radio group
 * for screen readers.
 *
 * @param {any} toggle  the widget's model
 * @param {any} manager
 * @param {AbortSignal | undefined} signal
 * @returns {Control}
 */
function stockToggle(toggle, manager, signal) {
  return {
    attach(place, label) {
      manager.create_view(toggle).then((/** @type {any} */ view) => {
        place.append(view.el);
        view.trigger("displayed");
        const group = view.el.querySelector("button").parentElement;
        group.setAttribute("role", "radiogroup");
        group.setAttribute("aria-label", label);
        group.addEventListener("keydown", arrow);
        // The stock view makes its buttons anew when its model is changed from elsewhere.
        const check = () =>
          [...group.children].forEach((choice, i) => {
            const checked = i === toggle.get("index");
            choice.setAttribute("role", "radio");
            choice.setAttribute("aria-checked", `${checked}`);
            choice.tabIndex = checked ? 0 : -1;
          });
        view.listenTo(toggle, "change", check);
        check();
        signal?.addEventListener("abort", () => view.remove());
      });
    },
    get: () => toggle.get("index"),
    set(index, together = false) {
      if (toggle.get("index") === index) return;
      toggle.set("index", index);
      // Several answers reach Python in one message.
      if (!together) toggle.save_changes();
    },
    listen(heard) {
      toggle.on("change:index", heard);
      signal?.addEventListener("abort", () => toggle.off("change:index", heard));
    },
  };
}

/**
 * The keys of a radio group: an arrow chooses the button beside the focused one.
 *
 * @param {KeyboardEvent} event
 */
function arrow(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  consume(event);
  const focused = /** @type {HTMLElement} */ (event.target);
  const buttons = /** @type {HTMLElement[]} */ ([...(focused.parentElement?.children ?? [])]);
  const chosen = buttons[(buttons.indexOf(focused) + step + buttons.length) % buttons.length];
  chosen.focus();
  chosen.click();
}

export default {
  /** @param {{model: any, el: HTMLElement, signal?: AbortSignal}} context */
  async render({ model, el, signal }) {
    const manager = model.widget_manager;
    const toggles = await Promise.all(
      model
        .get("controls")
        .map((/** @type {string} */ ref) => manager.get_model(ref.replace("IPY_MODEL_", ""))),
    );
    mount(
      el,
      {
        payload: () => model.get("payload"),
        listen(heard) {
          model.on("change:payload", heard);
          signal?.addEventListener("abort", () => model.off("change:payload", heard));
        },
        set(name, value) {
          model.set(name, value);
          model.save_changes();
        },
        ask(question) {
          try {
            model.send(question);
          } catch {
            // Without a kernel the front end goes on alone.
          }
        },
      },
      toggles.map((toggle) => stockToggle(toggle, manager, signal)),
    );
    // The page that Save asked the kernel for.
    const save = (/** @type {{name: string, page: string}} */ { name, page }) =>
      download(name, new Blob([page], { type: "text/html" }));
    model.on("msg:custom", save);
    signal?.addEventListener("abort", () => model.off("msg:custom", save));
  },
};

// For practising in the static page; in the page all scripts are one module, without exports.
export { button, download, draw, make, optionReasons, outcomeParts };
