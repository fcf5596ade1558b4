// @ts-check
/**
 * The front end: shows a guide, walks its tree, highlights the branch.
 *
 * One file without imports, because notebooks load it from a blob. It holds no medical
 * rules: all it knows comes from the payload (see payload.py). Text enters the page through
 * textContent only; the drawing is the one piece of markup, made by Graphviz.
 *
 * @typedef {{words: string, author: string}} Quote
 * @typedef {{id: string, question: string, values: string[], help: string,
 *   judgement: string, quotes: number[]}} Factor
 * @typedef {{id: string, name: string, synonyms: string[], does: number[]}} Option
 * @typedef {[number, string[]][][]} Condition
 * @typedef {{quotes: number[], condition: Condition, effects: [number, string][],
 *   remark: string, because: string}} Statement
 * @typedef {{factor?: number, branches?: [string, number][], standings?: string[]}} TreeNode
 * @typedef {{title: string, language: string, disclaimer: string,
 *   standings: Record<string, string>, factors: Factor[], options: Option[],
 *   statements: Statement[], quotes: Quote[], examples: [string, Record<string, string>][],
 *   nodes: TreeNode[], svg: string}} Payload
 * @typedef {(string | undefined)[]} Answers  by factor; undefined is unknown
 * @typedef {"taken" | "possible" | "ruled-out"} State
 * @typedef {{standing: string | null, possible: string[], because: Statement[]}} OptionStanding
 * @typedef {{nodes: State[], branches: State[][], path: [number, string][], outcomes: number[],
 *   next: number | null, standings: OptionStanding[]}} Walk
 * @typedef {{attach: (place: HTMLElement, label: string) => void, get: () => number,
 *   set: (index: number) => void, listen: (heard: () => void) => void}} Control
 */

const UNKNOWN = "unknown";
const STRONGEST_FIRST = ["withheld", "preferred", "offered", "silent"];
const SHOWN_FIRST = ["preferred", "offered", "withheld", "silent"];

/**
 * What a tree says of one patient; the same as walking.py.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @returns {Walk}
 */
export function walk(payload, answers) {
  const { nodes } = payload;
  /** @param {number} index @returns {[string, number][]} the branches that fit the answers */
  const ahead = (index) => {
    const { factor, branches } = nodes[index];
    if (factor === undefined || !branches) return [];
    const answer = answers[factor];
    return answer === undefined ? branches : branches.filter(([value]) => value === answer);
  };

  // Every node comes before those it leads to, so one pass finds all that can be reached.
  const reachable = nodes.map((_, index) => index === 0);
  nodes.forEach((_, index) => {
    if (reachable[index]) for (const [, target] of ahead(index)) reachable[target] = true;
  });
  const outcomes = [...nodes.keys()].filter((i) => reachable[i] && nodes[i].standings);

  /** @type {[number, string][]} */
  const path = [];
  const taken = new Set([0]);
  for (let index = 0; ; ) {
    const factor = nodes[index].factor;
    if (factor === undefined || answers[factor] === undefined) break;
    const [value, target] = ahead(index)[0];
    path.push([index, value]);
    taken.add((index = target));
  }
  if (outcomes.length === 1) taken.add(outcomes[0]);
  const answerAt = new Map(path);

  return {
    path,
    outcomes,
    nodes: nodes.map((_, i) => (taken.has(i) ? "taken" : reachable[i] ? "possible" : "ruled-out")),
    branches: nodes.map(({ branches }, i) => {
      const open = reachable[i] ? new Set(ahead(i).map(([value]) => value)) : new Set();
      return (branches ?? []).map(([value]) =>
        answerAt.get(i) === value ? "taken" : open.has(value) ? "possible" : "ruled-out",
      );
    }),
    next: nextQuestion(nodes, ahead),
    standings: payload.options.map((_, option) => {
      const seen = new Set(outcomes.map((i) => nodes[i].standings?.[option] ?? ""));
      const possible = STRONGEST_FIRST.filter((standing) => seen.has(standing));
      const standing = possible.length === 1 ? possible[0] : null;
      return { standing, possible, because: because(payload, answers, option, standing) };
    }),
  };
}

/**
 * The first question whose answer still matters. Answered questions are passed through, and
 * so are those whose answers no longer lead to different ends.
 *
 * @param {TreeNode[]} nodes
 * @param {(index: number) => [string, number][]} ahead
 * @returns {number | null}
 */
function nextQuestion(nodes, ahead) {
  /** @type {Map<string, number>} */
  const known = new Map();
  /** @type {number[]} what is left of each node: equal numbers, equal subtrees */
  const left = [];
  /** @type {(number | null)[]} */
  const asks = [];
  for (let index = nodes.length - 1; index >= 0; index--) {
    const ends = ahead(index).map(([, target]) => left[target]);
    const leaf = ends.length === 0;
    if (!leaf && ends.every((end) => end === ends[0])) {
      left[index] = ends[0];
      continue;
    }
    const key = leaf ? `leaf ${index}` : `${nodes[index].factor}: ${ends}`;
    if (!known.has(key)) {
      known.set(key, asks.length);
      asks.push(leaf ? null : (nodes[index].factor ?? null));
    }
    left[index] = known.get(key) ?? 0;
  }
  return asks[left[0]];
}

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
  const fitting = payload.statements.filter((statement) =>
    statement.effects.some(([on, effect]) => on === option && effect === standing),
  );
  const sure = fitting.filter((statement) => applies(statement.condition, answers) === true);
  if (sure.length) return sure;
  return fitting.filter((statement) => applies(statement.condition, answers) === null);
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

/** @param {string} text */
const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Show a guide in an element.
 *
 * @param {HTMLElement} place
 * @param {Payload} payload
 * @param {Control[]} controls  one for each factor, in order
 */
export function mount(place, payload, controls) {
  const root = make("section", { class: "dtree", "aria-label": payload.title });
  root.lang = payload.language;
  // JupyterLab would take arrows and Enter for its own.
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  const drawing = draw(payload, (factor, value) => {
    const index = payload.factors[factor].values.indexOf(value);
    const unknown = payload.factors[factor].values.length - 1;
    controls[factor].set(controls[factor].get() === index ? unknown : index);
  });
  const questions = payload.factors.map((factor, i) => question(payload, factor, controls[i]));
  const live = make("p", { class: "dtree-live", "aria-live": "polite" });
  const outcome = make("div", { class: "dtree-outcome" });
  /** @type {Map<number, boolean>} options that a person has opened or closed */
  const opened = new Map();

  root.append(
    make("p", { class: "dtree-note" }, `${payload.title} ${payload.disclaimer}`),
    start(payload, controls),
    make("div", { class: "dtree-questions" }, ...questions.map(({ row }) => row)),
    live,
    make("div", { class: "dtree-drawing" }, drawing.svg),
    outcome,
  );
  place.append(root);
  drawing.fit();

  const update = () => {
    /** @type {Answers} */
    const answers = payload.factors.map(({ values }, i) => {
      const value = values[controls[i].get()];
      return value === UNKNOWN ? undefined : value;
    });
    const found = walk(payload, answers);
    drawing.highlight(found, answers);
    questions.forEach(({ mark }, i) => mark(found.next === i));
    const said = sentence(payload, found);
    if (live.textContent !== said) live.textContent = said;
    outcome.replaceChildren(...outcomeParts(payload, found, opened));
  };
  for (const control of controls) control.listen(update);
  update();
}

/**
 * Example patients and Reset.
 *
 * @param {Payload} payload
 * @param {Control[]} controls
 */
function start(payload, controls) {
  /** @param {Record<string, string>} answers */
  const fill = (answers) =>
    payload.factors.forEach(({ id, values }, i) =>
      controls[i].set(values.indexOf(Object.hasOwn(answers, id) ? answers[id] : UNKNOWN)),
    );
  const reset = make("button", { type: "button", class: "dtree-reset" }, "Reset");
  const bar = make("div", { class: "dtree-start" }, reset);
  const select = /** @type {HTMLSelectElement} */ (make("select"));
  select.append(
    make("option", { value: "" }, "Choose a patient…"),
    ...payload.examples.map(([name], i) => make("option", { value: `${i}` }, name)),
  );
  select.addEventListener("change", () => {
    if (select.value) fill(payload.examples[Number(select.value)][1]);
  });
  reset.addEventListener("click", () => {
    select.value = "";
    fill({});
  });
  if (payload.examples.length) bar.prepend(make("label", {}, "Example patient ", select));
  return bar;
}

/**
 * A question with its toggle, and the words behind it at hand.
 *
 * @param {Payload} payload
 * @param {Factor} factor
 * @param {Control} control
 */
function question(payload, factor, control) {
  const next = make("span", { class: "dtree-next" }, "ask this next");
  const asked = make("span", { class: "dtree-asked" }, factor.question);
  const words = make("details", {}, make("summary", {}, "The words of the text"));
  words.append(...factor.quotes.map((i) => quotation(payload.quotes[i])));
  if (factor.help) words.append(make("p", {}, factor.help));
  const heading = make("div", { class: "dtree-heading" }, asked, next);
  if (factor.judgement) {
    const mark = `a judgement: “${factor.judgement}”`;
    heading.append(make("span", { class: "dtree-judgement" }, mark));
  }
  const toggle = make("div", { class: "dtree-toggle" });
  control.attach(toggle, factor.question);
  const row = make("div", { class: "dtree-question" }, heading, toggle, words);
  return {
    row,
    /** @param {boolean} isNext */
    mark: (isNext) => row.classList.toggle("dtree-is-next", isNext),
  };
}

/** @param {Quote} quote */
function quotation(quote) {
  const words = make("q", {}, quote.words);
  return make("blockquote", {}, words, make("cite", {}, ` ${quote.author}`));
}

/**
 * The drawing, with branches that can be clicked and focused.
 *
 * @param {Payload} payload
 * @param {(factor: number, value: string) => void} choose
 */
function draw(payload, choose) {
  const parsed = new DOMParser().parseFromString(payload.svg, "image/svg+xml");
  const svg = document.importNode(parsed.documentElement, true);
  svg.setAttribute("role", "group");
  /** @type {Element[]} */
  const nodes = [];
  /** @type {Element[][]} */
  const branches = payload.nodes.map(() => []);
  for (const part of svg.querySelectorAll("g[id]")) {
    const [, node, branch] = /^n(\d+)(?:-(\d+))?$/.exec(part.id) ?? [];
    // Ids would clash where a notebook shows two explorers.
    part.removeAttribute("id");
    if (node === undefined) continue;
    const at = Number(node);
    if (branch === undefined) {
      nodes[at] = part;
      continue;
    }
    branches[at][Number(branch)] = part;
    const { factor = 0, branches: values = [] } = payload.nodes[at];
    makeButton(part, () => choose(factor, values[Number(branch)][0]));
  }
  return {
    svg,
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
    /** @param {Walk} found @param {Answers} answers */
    highlight(found, answers) {
      nodes.forEach((node, i) => {
        mark(node, found.nodes[i]);
        node.classList.toggle("dtree-asked-next", asks(payload, found, i));
      });
      branches.forEach((parts, i) =>
        parts.forEach((part, k) => {
          const { factor = 0, branches: values = [] } = payload.nodes[i];
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
 * Whether a node asks the next question where the patient may come through.
 *
 * @param {Payload} payload
 * @param {Walk} found
 * @param {number} node
 */
function asks(payload, found, node) {
  const factor = payload.nodes[node].factor;
  return factor !== undefined && factor === found.next && found.nodes[node] !== "ruled-out";
}

/** @param {Element} part @param {State} state */
function mark(part, state) {
  for (const other of ["taken", "possible", "ruled-out"]) {
    part.classList.toggle(`dtree-${other}`, other === state);
  }
}

/** @param {Element} part @param {() => void} act */
function makeButton(part, act) {
  part.setAttribute("role", "button");
  part.setAttribute("tabindex", "0");
  part.setAttribute("aria-label", part.querySelector("title")?.textContent ?? "");
  // A wider, unseen line below the drawn one, so that a finger can hit it.
  const line = part.querySelector("path");
  if (line) {
    const target = /** @type {Element} */ (line.cloneNode());
    target.setAttribute("class", "dtree-target");
    line.before(target);
  }
  part.addEventListener("click", act);
  part.addEventListener("keydown", (event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    if (key !== "Enter" && key !== " ") return;
    // Notebooks have keys of their own.
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

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
  if (found.outcomes.length > 1) parts.push(`Outcomes still possible: ${found.outcomes.length}`);
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
 * The path, every option with the words that made its standing, and the remarks.
 *
 * @param {Payload} payload
 * @param {Walk} found
 * @param {Map<number, boolean>} opened
 * @returns {HTMLElement[]}
 */
function outcomeParts(payload, found, opened) {
  const parts = grouped(payload, found).map(([heading, options]) => {
    const entries = options.map((i) => optionEntry(payload, i, found.standings[i], opened));
    const section = make("section", {}, make("h4", {}, heading), ...entries);
    if (heading === payload.standings.offered && options.length > 1) {
      section.append(make("p", {}, "The text does not rank what it offers together."));
    }
    return section;
  });
  const steps = found.path.map(([node, value]) => {
    const factor = payload.factors[payload.nodes[node].factor ?? 0];
    const step = make("li", {}, `${factor.question} `, make("strong", {}, capitalized(value)));
    step.append(...factor.quotes.map((i) => quotation(payload.quotes[i])));
    return step;
  });
  if (steps.length) {
    parts.push(make("section", {}, make("h4", {}, "The path so far"), make("ol", {}, ...steps)));
  }
  const remarks = payload.statements
    .filter(({ remark }) => remark)
    .map(({ remark, quotes }) =>
      make("li", {}, remark, ...quotes.map((i) => quotation(payload.quotes[i]))),
    );
  if (remarks.length) {
    parts.push(make("section", {}, make("h4", {}, "For everyone"), make("ul", {}, ...remarks)));
  }
  return parts;
}

/**
 * @param {Payload} payload
 * @param {number} option
 * @param {OptionStanding} found
 * @param {Map<number, boolean>} opened
 */
function optionEntry(payload, option, found, opened) {
  const { name, synonyms, does } = payload.options[option];
  const summary = make("summary", {}, name);
  const entry = /** @type {HTMLDetailsElement} */ (
    make("details", { class: "dtree-option" }, summary)
  );
  // What sets this patient apart shows its words at once; the rest is a click away.
  const telling = found.standing === "preferred" || found.standing === "withheld";
  entry.open = opened.get(option) ?? telling;
  summary.addEventListener("click", () => opened.set(option, !entry.open));
  if (synonyms.length) entry.append(make("p", {}, `Also called: ${synonyms.join(", ")}.`));
  if (found.standing === null) {
    const may = found.possible.map((standing) => payload.standings[standing].toLowerCase());
    entry.append(make("p", {}, `Still possible: ${may.join(" or ")}.`));
  }
  if (found.standing === "silent") {
    entry.append(make("p", {}, "The text says nothing of this option for this patient."));
  }
  for (const { quotes, because } of found.because) {
    entry.append(...quotes.map((i) => quotation(payload.quotes[i])));
    if (because) entry.append(make("p", { class: "dtree-implied" }, `Implied: ${because}`));
  }
  if (does.length) {
    entry.append(make("p", {}, "What it does, in the words of the text:"));
    entry.append(...does.map((i) => quotation(payload.quotes[i])));
  }
  return entry;
}

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
          [...group.children].forEach((button, i) => {
            const checked = i === toggle.get("index");
            button.setAttribute("role", "radio");
            button.setAttribute("aria-checked", `${checked}`);
            button.tabIndex = checked ? 0 : -1;
          });
        view.listenTo(toggle, "change", check);
        check();
        signal?.addEventListener("abort", () => view.remove());
      });
    },
    get: () => toggle.get("index"),
    set(index) {
      if (toggle.get("index") === index) return;
      toggle.set("index", index);
      toggle.save_changes();
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
  event.preventDefault();
  event.stopPropagation();
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
      model.get("payload"),
      toggles.map((toggle) => stockToggle(toggle, manager, signal)),
    );
  },
};
